CREATE TABLE targets (
    measure text NOT NULL CONSTRAINT targets_measure_fkey REFERENCES measures,
    year text NOT NULL CONSTRAINT targets_year_form CHECK (is_financial_year(year)),
    kind text NOT NULL CONSTRAINT targets_kind_known CHECK (kind IN ('at_least', 'at_most', 'above', 'below', 'band', 'none')),
    value numeric,
    lower numeric,
    upper numeric,
    tolerance_kind text CONSTRAINT targets_tolerance_kind_known CHECK (tolerance_kind IN ('relative', 'absolute', 'asymmetric', 'floor')),
    tolerance numeric,
    tolerance_below numeric CONSTRAINT targets_tolerance_below_sign CHECK (tolerance_below >= 0),
    tolerance_above numeric CONSTRAINT targets_tolerance_above_sign CHECK (tolerance_above >= 0),
    profile_q1 numeric,
    profile_q2 numeric,
    profile_q3 numeric,
    profile_q4 numeric,
    rationale text,
    source text NOT NULL CONSTRAINT targets_source_known CHECK (source IN ('decision', 'illustrative')),
    decision_reference text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    row_version bigint NOT NULL DEFAULT nextval('row_versions'),
    CONSTRAINT targets_pkey PRIMARY KEY (measure, year),
    CONSTRAINT targets_value_for_points CHECK ((value IS NOT NULL) = (kind IN ('at_least', 'at_most', 'above', 'below'))),
    CONSTRAINT targets_band_edges CHECK ((kind = 'band') = (lower IS NOT NULL AND upper IS NOT NULL) AND (lower IS NULL) = (upper IS NULL)),
    CONSTRAINT targets_band_in_order CHECK (lower < upper),
    CONSTRAINT targets_no_relative_tolerance_on_zero CHECK (tolerance_kind IS DISTINCT FROM 'relative' OR (value IS DISTINCT FROM 0 AND lower IS DISTINCT FROM 0 AND upper IS DISTINCT FROM 0)),
    CONSTRAINT targets_profile_whole CHECK (num_nonnulls(profile_q1, profile_q2, profile_q3, profile_q4) IN (0, 4)),
    CONSTRAINT targets_decision_cited CHECK (source <> 'decision' OR decision_reference IS NOT NULL)
);
CREATE INDEX targets_of_year ON targets (year, measure);
COMMENT ON TABLE targets IS 'What a measure is to reach in a financial year, and how far short of it is still amber.';
COMMENT ON COLUMN targets.measure IS 'Measure.';
COMMENT ON COLUMN targets.year IS 'Financial year in which reporting quarters are judged by it.';
COMMENT ON COLUMN targets.kind IS 'What it asks of the value.';
COMMENT ON COLUMN targets.value IS 'The target, for kinds with one value.';
COMMENT ON COLUMN targets.lower IS 'Lower edge of a band, included.';
COMMENT ON COLUMN targets.upper IS 'Upper edge of a band, included.';
COMMENT ON COLUMN targets.tolerance_kind IS 'How tolerance is stated; relative where null.';
COMMENT ON COLUMN targets.tolerance IS 'Percentage of the target (relative), own units (absolute) or the last amber value (floor).';
COMMENT ON COLUMN targets.tolerance_below IS 'For an asymmetric tolerance, own units below the target.';
COMMENT ON COLUMN targets.tolerance_above IS 'For an asymmetric tolerance, own units above the target.';
COMMENT ON COLUMN targets.profile_q1 IS 'For a cumulative measure, the point to reach by the end of quarter 1.';
COMMENT ON COLUMN targets.profile_q2 IS 'The same for quarter 2.';
COMMENT ON COLUMN targets.profile_q3 IS 'The same for quarter 3.';
COMMENT ON COLUMN targets.profile_q4 IS 'The same for quarter 4: equal to the target.';
COMMENT ON COLUMN targets.rationale IS 'Why this target.';
COMMENT ON COLUMN targets.source IS 'decision, or illustrative where nobody agreed it.';
COMMENT ON COLUMN targets.decision_reference IS 'Minute of the decision that set it.';
COMMENT ON COLUMN targets.created_at IS 'When it was recorded.';
COMMENT ON COLUMN targets.updated_at IS 'When it last changed.';
COMMENT ON COLUMN targets.row_version IS 'Version of the row; its ETag.';
CALL govern('targets', 'measure', 'year');
