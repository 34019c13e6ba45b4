CREATE FUNCTION quarter_start(quarter text) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN is_quarter(quarter) THEN (make_date(left(quarter, 4)::int, 1, 1) + make_interval(months => 3 * right(quarter, 1)::int))::date END;
COMMENT ON FUNCTION quarter_start(text) IS 'First day of a quarter such as 2024-25-Q2; null for any other text.';

CREATE TABLE collection_cycles (
    framework text NOT NULL CONSTRAINT collection_cycles_framework_fkey REFERENCES frameworks,
    quarter text NOT NULL CONSTRAINT collection_cycles_quarter_form CHECK (is_quarter(quarter)),
    opens_on date NOT NULL,
    due_on date NOT NULL,
    locks_on date NOT NULL,
    committee_on date,
    note text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    row_version bigint NOT NULL DEFAULT nextval('row_versions'),
    CONSTRAINT collection_cycles_pkey PRIMARY KEY (framework, quarter),
    CONSTRAINT collection_cycles_due_not_before_opening CHECK (due_on >= opens_on),
    CONSTRAINT collection_cycles_lock_not_before_due CHECK (locks_on >= due_on),
    CONSTRAINT collection_cycles_committee_not_before_lock CHECK (committee_on >= locks_on),
    CONSTRAINT collection_cycles_due_after_first_day CHECK (due_on > quarter_start(quarter)),
    CONSTRAINT collection_cycles_near_the_quarter CHECK (opens_on >= quarter_start(quarter) - 365 AND greatest(locks_on, committee_on) <= quarter_start(quarter) + 1095)
);
CREATE INDEX collection_cycles_of_quarter ON collection_cycles (quarter, framework);
COMMENT ON TABLE collection_cycles IS 'When the figures of a framework are collected for a quarter: London dates from opening to committee.';
COMMENT ON COLUMN collection_cycles.framework IS 'Framework.';
COMMENT ON COLUMN collection_cycles.quarter IS 'Reporting quarter, such as 2024-25-Q2.';
COMMENT ON COLUMN collection_cycles.opens_on IS 'First day on which figures are asked for.';
COMMENT ON COLUMN collection_cycles.due_on IS 'Last day on which a figure is in time.';
COMMENT ON COLUMN collection_cycles.locks_on IS 'Day from which the quarter''s figures are taken as they stand.';
COMMENT ON COLUMN collection_cycles.committee_on IS 'Day of the committee that receives the quarter; null while not known.';
COMMENT ON COLUMN collection_cycles.note IS 'What people should know of this cycle.';
COMMENT ON COLUMN collection_cycles.created_at IS 'When it was recorded.';
COMMENT ON COLUMN collection_cycles.updated_at IS 'When it last changed.';
COMMENT ON COLUMN collection_cycles.row_version IS 'Version of the row; its ETag.';
CALL govern('collection_cycles', 'framework', 'quarter');
CALL remember('collection_cycles', 'framework', 'quarter');
