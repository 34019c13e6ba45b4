-- What members and the public may see of a published figure is decided once, when it is published, and kept.

CREATE TABLE disclosures (
    measure text NOT NULL,
    quarter text NOT NULL,
    revision integer NOT NULL,
    policy text NOT NULL CONSTRAINT disclosures_policy_known CHECK (policy IN ('cin_1_5', 'cla_la_unrounded_pct_0dp', 'round5_suppress_1_7', 'none')),
    value numeric,
    value_symbol text,
    numerator numeric,
    numerator_symbol text,
    denominator numeric,
    denominator_symbol text,
    reasons jsonb NOT NULL CONSTRAINT disclosures_reasons_list CHECK (jsonb_typeof(reasons) = 'array'),
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT disclosures_pkey PRIMARY KEY (measure, quarter, revision),
    CONSTRAINT disclosures_submission_fkey FOREIGN KEY (measure, quarter, revision) REFERENCES quarterly_submissions,
    CONSTRAINT disclosures_value_or_symbol CHECK (value IS NULL OR value_symbol IS NULL),
    CONSTRAINT disclosures_numerator_or_symbol CHECK (numerator IS NULL OR numerator_symbol IS NULL),
    CONSTRAINT disclosures_denominator_or_symbol CHECK (denominator IS NULL OR denominator_symbol IS NULL)
);
COMMENT ON TABLE disclosures IS 'What members and the public may see of a published revision, decided when it was published. Never changed.';
COMMENT ON COLUMN disclosures.measure IS 'Measure.';
COMMENT ON COLUMN disclosures.quarter IS 'Reporting quarter.';
COMMENT ON COLUMN disclosures.revision IS 'Number of the published revision.';
COMMENT ON COLUMN disclosures.policy IS 'Policy of the measure by which it was decided.';
COMMENT ON COLUMN disclosures.value IS 'The value that is shown.';
COMMENT ON COLUMN disclosures.value_symbol IS 'What is shown in place of a value; c where it is hidden.';
COMMENT ON COLUMN disclosures.numerator IS 'The numerator that is shown.';
COMMENT ON COLUMN disclosures.numerator_symbol IS 'What is shown in place of a numerator.';
COMMENT ON COLUMN disclosures.denominator IS 'The denominator that is shown.';
COMMENT ON COLUMN disclosures.denominator_symbol IS 'What is shown in place of a denominator.';
COMMENT ON COLUMN disclosures.reasons IS 'Why something is hidden or rounded, for officers; empty where all is shown as it is.';
COMMENT ON COLUMN disclosures.created_at IS 'When it was decided.';

-- A policy never changes what was decided, so nobody who serves may change or delete a row.
GRANT SELECT, INSERT ON disclosures TO performance_framework_service;
CALL limit_reach('disclosures', 'measure = ANY (ARRAY(SELECT granted_measures()))');
CREATE POLICY granted_placed ON disclosures FOR INSERT TO performance_framework_limited
    WITH CHECK (measure = ANY (ARRAY(SELECT granted_measures())));
GRANT INSERT ON disclosures TO performance_framework_limited;
