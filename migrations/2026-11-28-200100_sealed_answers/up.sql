-- Answers that show a secret are kept for a repetition too, encrypted: ADR 55.

ALTER TABLE idempotent_answers ADD COLUMN sealed boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN idempotent_answers.sealed IS 'Whether the body shows a secret and is kept encrypted: it opens only with the credential of the request, which is kept nowhere.';
