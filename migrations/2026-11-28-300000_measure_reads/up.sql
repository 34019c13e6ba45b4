-- Which keys read which measures, so that it is known whom the retirement of one concerns.

CREATE TABLE measure_reads (
    key uuid CONSTRAINT measure_reads_key_fkey REFERENCES api_keys ON DELETE CASCADE,
    measure text CONSTRAINT measure_reads_measure_fkey REFERENCES measures ON DELETE CASCADE,
    first_read_on date NOT NULL,
    last_read_on date NOT NULL,
    CONSTRAINT measure_reads_pkey PRIMARY KEY (key, measure),
    CONSTRAINT measure_reads_in_order CHECK (first_read_on <= last_read_on)
);
CREATE INDEX measure_reads_of_measure ON measure_reads (measure, key);
COMMENT ON TABLE measure_reads IS 'Which keys read which measures. Written at most once a day for each pair by each instance, beside the reads, and not logged: a read changes nothing.';
COMMENT ON COLUMN measure_reads.key IS 'Key that read. People who sign in are not noted.';
COMMENT ON COLUMN measure_reads.measure IS 'Measure of which it read figures, or the definition.';
COMMENT ON COLUMN measure_reads.first_read_on IS 'First day, in London, on which it did.';
COMMENT ON COLUMN measure_reads.last_read_on IS 'Last day, in London, on which it did.';

GRANT SELECT, INSERT, UPDATE ON measure_reads TO performance_framework_service;
