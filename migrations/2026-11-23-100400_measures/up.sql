CREATE TABLE measures (
    code text CONSTRAINT measures_pkey PRIMARY KEY CONSTRAINT measures_code_form CHECK (code ~ '^[A-Z0-9][A-Z0-9-]{0,31}$'),
    outcome text NOT NULL CONSTRAINT measures_outcome_fkey REFERENCES outcomes,
    level text NOT NULL CONSTRAINT measures_level_known CHECK (level IN ('outcome', 'committee', 'service')),
    title text NOT NULL,
    definition text NOT NULL,
    numerator_label text,
    denominator_label text,
    unit text NOT NULL CONSTRAINT measures_unit_known CHECK (unit IN ('percent', 'rate', 'count', 'score', 'days', 'currency', 'ratio')),
    rate_base integer CONSTRAINT measures_rate_base_positive CHECK (rate_base > 0),
    decimal_places smallint NOT NULL CONSTRAINT measures_decimal_places_range CHECK (decimal_places BETWEEN 0 AND 4),
    polarity text NOT NULL CONSTRAINT measures_polarity_known CHECK (polarity IN ('high', 'low', 'band', 'neutral')),
    kind text NOT NULL CONSTRAINT measures_kind_known CHECK (kind IN ('kpi', 'activity')),
    frequency text NOT NULL CONSTRAINT measures_frequency_known CHECK (frequency IN ('monthly', 'quarterly', 'termly', 'annual')),
    calendar text NOT NULL CONSTRAINT measures_calendar_known CHECK (calendar IN ('financial', 'academic', 'calendar', 'september', 'january_census')),
    accumulation text NOT NULL CONSTRAINT measures_accumulation_known CHECK (accumulation IN ('snapshot', 'in_period', 'cumulative', 'rolling_12_months')),
    source_return text,
    owner text,
    provider text,
    expected_lag_days integer NOT NULL CONSTRAINT measures_expected_lag_range CHECK (expected_lag_days BETWEEN 0 AND 1000),
    disclosure_policy text NOT NULL CONSTRAINT measures_disclosure_policy_known CHECK (disclosure_policy IN ('cin_1_5', 'cla_la_unrounded_pct_0dp', 'round5_suppress_1_7', 'none')),
    stable_band numeric NOT NULL CONSTRAINT measures_stable_band_range CHECK (stable_band >= 0 AND stable_band < 1e14),
    expected_lower numeric CONSTRAINT measures_expected_lower_range CHECK (abs(expected_lower) < 1e14),
    expected_upper numeric CONSTRAINT measures_expected_upper_range CHECK (abs(expected_upper) < 1e14),
    baseline_period text,
    baseline_value numeric CONSTRAINT measures_baseline_value_range CHECK (abs(baseline_value) < 1e14),
    baseline_reason text,
    status text NOT NULL CONSTRAINT measures_status_known CHECK (status IN ('proposed', 'active', 'suspended', 'retired')),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    row_version bigint NOT NULL DEFAULT nextval('row_versions'),
    CONSTRAINT measures_rate_base_for_rates CHECK ((unit = 'rate') = (rate_base IS NOT NULL)),
    CONSTRAINT measures_expected_range_in_order CHECK (expected_lower <= expected_upper),
    CONSTRAINT measures_baseline_whole CHECK ((baseline_period IS NULL) = (baseline_value IS NULL) AND (baseline_reason IS NULL OR baseline_period IS NOT NULL))
);
CREATE INDEX measures_of_outcome ON measures (outcome, code);
COMMENT ON TABLE measures IS 'What is measured, how it is counted and which direction is good.';
COMMENT ON COLUMN measures.code IS 'Code that never changes and is never used again.';
COMMENT ON COLUMN measures.outcome IS 'Outcome it belongs to.';
COMMENT ON COLUMN measures.level IS 'To whom it is reported: outcome, committee or service.';
COMMENT ON COLUMN measures.title IS 'Title in plain English.';
COMMENT ON COLUMN measures.definition IS 'What is counted, what is not, in plain English.';
COMMENT ON COLUMN measures.numerator_label IS 'What the numerator counts.';
COMMENT ON COLUMN measures.denominator_label IS 'What the denominator counts.';
COMMENT ON COLUMN measures.unit IS 'What one unit of the value is.';
COMMENT ON COLUMN measures.rate_base IS 'For a rate, the population it is per, such as 10000.';
COMMENT ON COLUMN measures.decimal_places IS 'Decimal places to which the value is printed and judged.';
COMMENT ON COLUMN measures.polarity IS 'Which direction is good: high, low, band or neutral.';
COMMENT ON COLUMN measures.kind IS 'kpi (judged against a target) or activity (watched against an expected range).';
COMMENT ON COLUMN measures.frequency IS 'How often a figure falls due.';
COMMENT ON COLUMN measures.calendar IS 'Year that its figures follow.';
COMMENT ON COLUMN measures.accumulation IS 'What stretch of time one figure covers.';
COMMENT ON COLUMN measures.source_return IS 'Statutory return or local system that it comes from.';
COMMENT ON COLUMN measures.owner IS 'Post accountable for the performance.';
COMMENT ON COLUMN measures.provider IS 'Team that supplies the figure.';
COMMENT ON COLUMN measures.expected_lag_days IS 'Days from the end of its period until the figure can be had.';
COMMENT ON COLUMN measures.disclosure_policy IS 'How small numbers are protected before publication.';
COMMENT ON COLUMN measures.stable_band IS 'Greatest change, in its own units, that still counts as stable.';
COMMENT ON COLUMN measures.expected_lower IS 'For activity, the least value expected.';
COMMENT ON COLUMN measures.expected_upper IS 'For activity, the greatest value expected.';
COMMENT ON COLUMN measures.baseline_period IS 'Data period of the baseline.';
COMMENT ON COLUMN measures.baseline_value IS 'Value from which distance travelled is reckoned.';
COMMENT ON COLUMN measures.baseline_reason IS 'Why this period is the baseline.';
COMMENT ON COLUMN measures.status IS 'proposed, active, suspended or retired.';
COMMENT ON COLUMN measures.created_at IS 'When it was recorded.';
COMMENT ON COLUMN measures.updated_at IS 'When it last changed.';
COMMENT ON COLUMN measures.row_version IS 'Version of the row; its ETag.';
CREATE TRIGGER b_register_code AFTER INSERT ON measures FOR EACH ROW EXECUTE FUNCTION register_code();
CALL govern('measures', 'code');
