-- Import mappings: how published files in the Department for Education's tidy form become figures of ours.

CREATE TABLE import_mappings (
    code text CONSTRAINT import_mappings_pkey PRIMARY KEY CONSTRAINT import_mappings_code_form CHECK (code ~ '^[A-Z0-9][A-Z0-9-]{0,31}$'),
    title text NOT NULL,
    filters jsonb NOT NULL CONSTRAINT import_mappings_filters_object CHECK (jsonb_typeof(filters) = 'object'),
    measures jsonb NOT NULL CONSTRAINT import_mappings_measures_list CHECK (jsonb_typeof(measures) = 'array'),
    stage text NOT NULL CONSTRAINT import_mappings_stage_known CHECK (stage IN ('provisional', 'final', 'revised', 'estimated')),
    decimal_places smallint CONSTRAINT import_mappings_decimal_places_range CHECK (decimal_places BETWEEN 0 AND 4),
    quality_note text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    row_version bigint NOT NULL DEFAULT nextval('row_versions')
);
CREATE INDEX import_mappings_by_update ON import_mappings (updated_at, code);
COMMENT ON TABLE import_mappings IS 'How a published file in the tidy form becomes figures of measures.';
COMMENT ON COLUMN import_mappings.code IS 'Code that never changes and is never used again.';
COMMENT ON COLUMN import_mappings.title IS 'Title in plain English.';
COMMENT ON COLUMN import_mappings.filters IS 'What stands in the columns of a row that is meant, by column.';
COMMENT ON COLUMN import_mappings.measures IS 'The measures whose figures stand in such rows: each with its kind of year, its filters and its columns.';
COMMENT ON COLUMN import_mappings.stage IS 'How settled the figures are.';
COMMENT ON COLUMN import_mappings.decimal_places IS 'Decimal places to which numbers are rounded; null leaves them as they are.';
COMMENT ON COLUMN import_mappings.quality_note IS 'Quality note of every figure.';
COMMENT ON COLUMN import_mappings.created_at IS 'When it was recorded.';
COMMENT ON COLUMN import_mappings.updated_at IS 'When it last changed.';
COMMENT ON COLUMN import_mappings.row_version IS 'Version of the row; its ETag.';
CREATE TRIGGER b_register_code AFTER INSERT ON import_mappings FOR EACH ROW EXECUTE FUNCTION register_code();
CALL govern('import_mappings', 'code');
CALL remember('import_mappings', 'code');
CALL disclose('import_mappings', 'false');
-- It names measures: of one that was not granted nothing is told.
CALL limit_reach('import_mappings', 'NOT EXISTS (SELECT FROM jsonb_array_elements(measures) AS one
    WHERE one ->> ''measure'' <> ALL (ARRAY(SELECT granted_measures())))');
