CREATE TABLE outcomes (
    code text CONSTRAINT outcomes_pkey PRIMARY KEY CONSTRAINT outcomes_code_form CHECK (code ~ '^[A-Z0-9][A-Z0-9-]{0,31}$'),
    framework text NOT NULL CONSTRAINT outcomes_framework_fkey REFERENCES frameworks,
    title text NOT NULL,
    priority text,
    position integer NOT NULL CONSTRAINT outcomes_position_range CHECK (position BETWEEN 0 AND 9999),
    status text NOT NULL CONSTRAINT outcomes_status_known CHECK (status IN ('active', 'retired')),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    row_version bigint NOT NULL DEFAULT nextval('row_versions')
);
CREATE INDEX outcomes_of_framework ON outcomes (framework, position, code);
COMMENT ON TABLE outcomes IS 'An outcome that a framework works towards, under a priority of the Council Plan.';
COMMENT ON COLUMN outcomes.code IS 'Code that never changes and is never used again.';
COMMENT ON COLUMN outcomes.framework IS 'Framework it belongs to.';
COMMENT ON COLUMN outcomes.title IS 'Title in plain English.';
COMMENT ON COLUMN outcomes.priority IS 'Council Plan priority that it serves.';
COMMENT ON COLUMN outcomes.position IS 'Its place in reports, lowest first.';
COMMENT ON COLUMN outcomes.status IS 'active or retired.';
COMMENT ON COLUMN outcomes.created_at IS 'When it was recorded.';
COMMENT ON COLUMN outcomes.updated_at IS 'When it last changed.';
COMMENT ON COLUMN outcomes.row_version IS 'Version of the row; its ETag.';
CREATE TRIGGER b_register_code AFTER INSERT ON outcomes FOR EACH ROW EXECUTE FUNCTION register_code();
CALL govern('outcomes', 'code');
