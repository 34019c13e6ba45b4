ALTER TABLE imports DROP COLUMN resumed;

UPDATE import_rows SET outcome = 'created' WHERE outcome = 'not_stored';
ALTER TABLE import_rows DROP CONSTRAINT import_rows_outcome_known;
ALTER TABLE import_rows ADD CONSTRAINT import_rows_outcome_known
    CHECK (outcome IN ('created', 'updated', 'proposed', 'unchanged', 'refused'));
