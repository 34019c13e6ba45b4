-- Who may call, and what a repeated call was answered.

CREATE TABLE api_keys (
    id uuid CONSTRAINT api_keys_pkey PRIMARY KEY,
    name text NOT NULL CONSTRAINT api_keys_name_given CHECK (name <> ''),
    secret_hash bytea NOT NULL CONSTRAINT api_keys_secret_once UNIQUE,
    hint text NOT NULL,
    scopes text[] NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    row_version bigint NOT NULL DEFAULT nextval('row_versions'),
    CONSTRAINT api_keys_scopes_known CHECK (scopes <@ ARRAY['read', 'submit', 'approve', 'configure', 'admin'] AND cardinality(scopes) > 0)
);
COMMENT ON TABLE api_keys IS 'Keys of systems and people. Keys of one name are one caller, so that a key can be replaced without a gap.';
COMMENT ON COLUMN api_keys.id IS 'Address of the key.';
COMMENT ON COLUMN api_keys.name IS 'Who holds it: the actor in the change log and in the four-eyes rule.';
COMMENT ON COLUMN api_keys.secret_hash IS 'SHA-256 of the key, which itself is kept nowhere.';
COMMENT ON COLUMN api_keys.hint IS 'First characters of the key, to tell keys apart.';
COMMENT ON COLUMN api_keys.scopes IS 'What it may do; admin includes all.';
COMMENT ON COLUMN api_keys.expires_at IS 'First instant at which it no longer works; null for never.';
COMMENT ON COLUMN api_keys.revoked_at IS 'When it was revoked; null while it works.';
COMMENT ON COLUMN api_keys.created_at IS 'When it was made.';
COMMENT ON COLUMN api_keys.updated_at IS 'When it last changed.';
COMMENT ON COLUMN api_keys.row_version IS 'Version of the row; its ETag.';
CALL govern('api_keys', 'id');

CREATE TABLE idempotent_answers (
    caller text NOT NULL,
    idempotency_key text NOT NULL,
    request_hash bytea NOT NULL,
    status smallint NOT NULL,
    headers jsonb NOT NULL,
    body bytea NOT NULL,
    answered_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT idempotent_answers_pkey PRIMARY KEY (caller, idempotency_key)
);
CREATE INDEX idempotent_answers_by_age ON idempotent_answers (answered_at);
COMMENT ON TABLE idempotent_answers IS 'Answers to POST requests that carried an Idempotency-Key, kept 24 hours and stored in the same transaction as their effect.';
COMMENT ON COLUMN idempotent_answers.caller IS 'Name of the caller''s key.';
COMMENT ON COLUMN idempotent_answers.idempotency_key IS 'The caller''s own key for the request.';
COMMENT ON COLUMN idempotent_answers.request_hash IS 'SHA-256 of method, address and body: the same key must mean the same request.';
COMMENT ON COLUMN idempotent_answers.status IS 'HTTP status of the answer.';
COMMENT ON COLUMN idempotent_answers.headers IS 'Headers of the answer that belong to its content.';
COMMENT ON COLUMN idempotent_answers.body IS 'Body of the answer, byte for byte.';
COMMENT ON COLUMN idempotent_answers.answered_at IS 'When it was first answered.';
