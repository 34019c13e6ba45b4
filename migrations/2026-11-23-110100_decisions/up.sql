CREATE TABLE decisions (
    code text CONSTRAINT decisions_pkey PRIMARY KEY CONSTRAINT decisions_code_form CHECK (code ~ '^[A-Z0-9][A-Z0-9-]{0,31}$'),
    meeting text NOT NULL CONSTRAINT decisions_meeting_fkey REFERENCES meetings,
    minute_reference text NOT NULL,
    title text NOT NULL,
    clauses jsonb NOT NULL CONSTRAINT decisions_clauses_list CHECK (jsonb_typeof(clauses) = 'array' AND clauses <> '[]'),
    reasons text,
    alternatives_rejected text,
    key_decision boolean NOT NULL,
    subject_to_call_in boolean NOT NULL,
    called_in boolean NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    row_version bigint NOT NULL DEFAULT nextval('row_versions'),
    CONSTRAINT decisions_called_in_where_subject CHECK (subject_to_call_in OR NOT called_in)
);
CREATE INDEX decisions_of_meeting ON decisions (meeting, code);
COMMENT ON TABLE decisions IS 'What a committee decided on one item of a meeting, clause by clause: the authority that changes cite.';
COMMENT ON COLUMN decisions.code IS 'Code that never changes and is never used again.';
COMMENT ON COLUMN decisions.meeting IS 'Meeting at which it was taken.';
COMMENT ON COLUMN decisions.minute_reference IS 'Where the minutes have it.';
COMMENT ON COLUMN decisions.title IS 'Title in plain English.';
COMMENT ON COLUMN decisions.clauses IS 'Its clauses: label, verb, text and, for a request or referral, to whom it goes.';
COMMENT ON COLUMN decisions.reasons IS 'Reasons given for it.';
COMMENT ON COLUMN decisions.alternatives_rejected IS 'Alternatives that were considered and rejected.';
COMMENT ON COLUMN decisions.key_decision IS 'Whether it was a key decision.';
COMMENT ON COLUMN decisions.subject_to_call_in IS 'Whether it may be called in for scrutiny.';
COMMENT ON COLUMN decisions.called_in IS 'Whether it was called in.';
COMMENT ON COLUMN decisions.created_at IS 'When it was recorded.';
COMMENT ON COLUMN decisions.updated_at IS 'When it last changed.';
COMMENT ON COLUMN decisions.row_version IS 'Version of the row; its ETag.';
CREATE TRIGGER b_register_code AFTER INSERT ON decisions FOR EACH ROW EXECUTE FUNCTION register_code();
CALL govern('decisions', 'code');
CALL remember('decisions', 'code');
