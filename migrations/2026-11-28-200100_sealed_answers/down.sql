-- What is encrypted would be told as it stands.
DELETE FROM idempotent_answers WHERE sealed;
ALTER TABLE idempotent_answers DROP COLUMN sealed;
