CREATE TABLE benchmarks (
    measure text NOT NULL CONSTRAINT benchmarks_measure_fkey REFERENCES measures,
    comparator text NOT NULL,
    data_period text NOT NULL,
    area text CONSTRAINT benchmarks_area_fkey REFERENCES areas,
    "group" text CONSTRAINT benchmarks_group_fkey REFERENCES comparator_groups,
    value numeric CONSTRAINT benchmarks_value_range CHECK (abs(value) < 1e14 AND scale(value) <= 4),
    value_symbol text CONSTRAINT benchmarks_value_symbol_known CHECK (value_symbol IN ('z', 'x', 'c', 'k', 'u')),
    method text NOT NULL CONSTRAINT benchmarks_method_known CHECK (method IN ('published', 'mean', 'median')),
    contributors integer CONSTRAINT benchmarks_contributors_range CHECK (contributors BETWEEN 0 AND 100000),
    members integer CONSTRAINT benchmarks_members_range CHECK (members BETWEEN 0 AND 100000),
    release_date date,
    stage text NOT NULL CONSTRAINT benchmarks_stage_known CHECK (stage IN ('provisional', 'final', 'revised', 'estimated')),
    source text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    row_version bigint NOT NULL DEFAULT nextval('row_versions'),
    CONSTRAINT benchmarks_pkey PRIMARY KEY (measure, comparator, data_period),
    CONSTRAINT benchmarks_one_comparator CHECK (num_nonnulls(area, "group") = 1 AND comparator = coalesce(area, "group")),
    CONSTRAINT benchmarks_value_or_symbol CHECK (num_nonnulls(value, value_symbol) = 1),
    CONSTRAINT benchmarks_contributors_are_members CHECK (contributors <= members)
);
CREATE INDEX benchmarks_of_period ON benchmarks (measure, data_period, comparator);
CREATE INDEX benchmarks_of_area ON benchmarks (area);
CREATE INDEX benchmarks_of_group ON benchmarks ("group");
COMMENT ON TABLE benchmarks IS 'A published value of a measure for an area or a group of areas, to compare the council''s own figure with.';
COMMENT ON COLUMN benchmarks.measure IS 'Measure.';
COMMENT ON COLUMN benchmarks.comparator IS 'Code of the area or of the group.';
COMMENT ON COLUMN benchmarks.data_period IS 'Period that the value describes, in the measure''s own calendar.';
COMMENT ON COLUMN benchmarks.area IS 'The comparator, where it is an area.';
COMMENT ON COLUMN benchmarks."group" IS 'The comparator, where it is a group.';
COMMENT ON COLUMN benchmarks.value IS 'The value exactly as published; null when a symbol says why it is missing.';
COMMENT ON COLUMN benchmarks.value_symbol IS 'Why the value is missing: z, x, c, k or u.';
COMMENT ON COLUMN benchmarks.method IS 'How the value came about: published as it is, or the mean or median of members.';
COMMENT ON COLUMN benchmarks.contributors IS 'Of how many members it is made; null where that is not known.';
COMMENT ON COLUMN benchmarks.members IS 'How many members there were; null where that is not known.';
COMMENT ON COLUMN benchmarks.release_date IS 'Day on which it was published; null where only the month is known, or nothing.';
COMMENT ON COLUMN benchmarks.stage IS 'How settled the value is.';
COMMENT ON COLUMN benchmarks.source IS 'Where it was published, and under which licence.';
COMMENT ON COLUMN benchmarks.created_at IS 'When it was recorded.';
COMMENT ON COLUMN benchmarks.updated_at IS 'When it last changed.';
COMMENT ON COLUMN benchmarks.row_version IS 'Version of the row; its ETag.';

CREATE FUNCTION name_comparator() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.area := (SELECT code FROM areas WHERE code = NEW.comparator);
    NEW."group" := (SELECT code FROM comparator_groups WHERE code = NEW.comparator);
    RETURN NEW;
END $$;
COMMENT ON FUNCTION name_comparator() IS 'Trigger: tells by its code whether a benchmark is of an area or of a group.';
CREATE TRIGGER b_name_comparator BEFORE INSERT OR UPDATE ON benchmarks FOR EACH ROW EXECUTE FUNCTION name_comparator();
CALL govern('benchmarks', 'measure', 'comparator', 'data_period');
CALL remember('benchmarks', 'measure', 'comparator', 'data_period');
