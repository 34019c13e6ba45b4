-- A row that could have been stored, of an import that stored nothing, was neither created nor changed; and how fast an import goes is
-- measured since it last went on.

ALTER TABLE import_rows DROP CONSTRAINT import_rows_outcome_known;
ALTER TABLE import_rows ADD CONSTRAINT import_rows_outcome_known
    CHECK (outcome IN ('created', 'updated', 'proposed', 'unchanged', 'not_stored', 'refused'));

ALTER TABLE imports ADD COLUMN resumed jsonb CONSTRAINT imports_resumed_object CHECK (jsonb_typeof(resumed) = 'object');
COMMENT ON COLUMN imports.resumed IS 'Where work last began, or went on after it had broken off: the instant, the rows read and the byte by then.';
