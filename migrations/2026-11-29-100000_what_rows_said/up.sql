-- A row that says again what another row of its import said is no contradiction: so that it is known where both are far apart, what each said is kept.

ALTER TABLE import_rows ADD COLUMN said bytea CONSTRAINT import_rows_said_length CHECK (length(said) = 16);
COMMENT ON COLUMN import_rows.said IS 'First 16 bytes of SHA-256 of what the row says, by which one that says the same again is known; null where it could not be read.';
