CREATE TABLE frameworks (
    code text CONSTRAINT frameworks_pkey PRIMARY KEY CONSTRAINT frameworks_code_form CHECK (code ~ '^[A-Z0-9][A-Z0-9-]{0,31}$'),
    title text NOT NULL,
    committee text NOT NULL,
    council_plan text,
    first_year text NOT NULL CONSTRAINT frameworks_first_year_form CHECK (is_financial_year(first_year)),
    last_year text NOT NULL CONSTRAINT frameworks_last_year_form CHECK (is_financial_year(last_year)),
    narrative_sections jsonb NOT NULL CONSTRAINT frameworks_narrative_sections_list CHECK (jsonb_typeof(narrative_sections) = 'array'),
    status text NOT NULL CONSTRAINT frameworks_status_known CHECK (status IN ('draft', 'adopted', 'closed')),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    row_version bigint NOT NULL DEFAULT nextval('row_versions'),
    CONSTRAINT frameworks_years_in_order CHECK (first_year <= last_year)
);
COMMENT ON TABLE frameworks IS 'A committee''s performance framework, such as the Children''s Services Performance Framework 2024-28.';
COMMENT ON COLUMN frameworks.code IS 'Code that never changes and is never used again.';
COMMENT ON COLUMN frameworks.title IS 'Title in plain English.';
COMMENT ON COLUMN frameworks.committee IS 'Committee that owns it.';
COMMENT ON COLUMN frameworks.council_plan IS 'Council Plan that it serves.';
COMMENT ON COLUMN frameworks.first_year IS 'First financial year, such as 2024-25.';
COMMENT ON COLUMN frameworks.last_year IS 'Last financial year, such as 2027-28.';
COMMENT ON COLUMN frameworks.narrative_sections IS 'Narrative sections asked for, as a list of {from_quarter, sections}: each entry holds until the next begins.';
COMMENT ON COLUMN frameworks.status IS 'draft, adopted or closed.';
COMMENT ON COLUMN frameworks.created_at IS 'When it was recorded.';
COMMENT ON COLUMN frameworks.updated_at IS 'When it last changed.';
COMMENT ON COLUMN frameworks.row_version IS 'Version of the row; its ETag.';
CREATE TRIGGER b_register_code AFTER INSERT ON frameworks FOR EACH ROW EXECUTE FUNCTION register_code();
CALL govern('frameworks', 'code');
