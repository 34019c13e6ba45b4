CREATE TABLE meetings (
    code text CONSTRAINT meetings_pkey PRIMARY KEY CONSTRAINT meetings_code_form CHECK (code ~ '^[A-Z0-9][A-Z0-9-]{0,31}$'),
    committee text NOT NULL,
    held_on date NOT NULL CONSTRAINT meetings_held_on_range CHECK (held_on BETWEEN '1990-01-01' AND '2099-12-31'),
    kind text NOT NULL CONSTRAINT meetings_kind_known CHECK (kind IN ('ordinary', 'annual', 'extraordinary', 'urgent')),
    title text,
    papers text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    row_version bigint NOT NULL DEFAULT nextval('row_versions')
);
CREATE INDEX meetings_of_committee ON meetings (committee, held_on);
COMMENT ON TABLE meetings IS 'A meeting of a committee, at which decisions are taken.';
COMMENT ON COLUMN meetings.code IS 'Code that never changes and is never used again.';
COMMENT ON COLUMN meetings.committee IS 'Committee that met.';
COMMENT ON COLUMN meetings.held_on IS 'Day on which it was held, or is to be held, in London.';
COMMENT ON COLUMN meetings.kind IS 'ordinary, annual, extraordinary or urgent.';
COMMENT ON COLUMN meetings.title IS 'What the meeting is called, where its committee and day do not say it.';
COMMENT ON COLUMN meetings.papers IS 'Where its papers are to be read; never fetched.';
COMMENT ON COLUMN meetings.created_at IS 'When it was recorded.';
COMMENT ON COLUMN meetings.updated_at IS 'When it last changed.';
COMMENT ON COLUMN meetings.row_version IS 'Version of the row; its ETag.';
CREATE TRIGGER b_register_code AFTER INSERT ON meetings FOR EACH ROW EXECUTE FUNCTION register_code();
CALL govern('meetings', 'code');
CALL remember('meetings', 'code');
