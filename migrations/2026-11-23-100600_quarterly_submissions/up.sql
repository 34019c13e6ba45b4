CREATE TABLE quarterly_submissions (
    measure text NOT NULL CONSTRAINT quarterly_submissions_measure_fkey REFERENCES measures,
    quarter text NOT NULL CONSTRAINT quarterly_submissions_quarter_form CHECK (is_quarter(quarter)),
    revision integer NOT NULL CONSTRAINT quarterly_submissions_revision_positive CHECK (revision > 0),
    data_period text NOT NULL,
    value numeric CONSTRAINT quarterly_submissions_value_range CHECK (abs(value) < 1e14 AND scale(value) <= 4),
    value_symbol text CONSTRAINT quarterly_submissions_value_symbol_known CHECK (value_symbol IN ('z', 'x', 'c', 'k', 'u')),
    numerator numeric CONSTRAINT quarterly_submissions_numerator_range CHECK (abs(numerator) < 1e14 AND scale(numerator) <= 4),
    numerator_symbol text CONSTRAINT quarterly_submissions_numerator_symbol_known CHECK (numerator_symbol IN ('z', 'x', 'c', 'k', 'u')),
    denominator numeric CONSTRAINT quarterly_submissions_denominator_range CHECK (denominator >= 0 AND denominator < 1e14 AND scale(denominator) <= 4),
    denominator_symbol text CONSTRAINT quarterly_submissions_denominator_symbol_known CHECK (denominator_symbol IN ('z', 'x', 'c', 'k', 'u')),
    stage text NOT NULL CONSTRAINT quarterly_submissions_stage_known CHECK (stage IN ('provisional', 'final', 'revised', 'estimated')),
    narrative jsonb NOT NULL CONSTRAINT quarterly_submissions_narrative_object CHECK (jsonb_typeof(narrative) = 'object'),
    quality_note text,
    state text NOT NULL CONSTRAINT quarterly_submissions_state_known CHECK (state IN ('draft', 'submitted', 'returned', 'approved', 'published', 'superseded')),
    revision_reason text,
    return_reason text,
    submitted_by text,
    submitted_at timestamptz,
    approved_by text,
    approved_at timestamptz,
    published_by text,
    published_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    row_version bigint NOT NULL DEFAULT nextval('row_versions'),
    CONSTRAINT quarterly_submissions_pkey PRIMARY KEY (measure, quarter, revision),
    CONSTRAINT quarterly_submissions_value_or_symbol CHECK (value IS NULL OR value_symbol IS NULL),
    CONSTRAINT quarterly_submissions_numerator_or_symbol CHECK (numerator IS NULL OR numerator_symbol IS NULL),
    CONSTRAINT quarterly_submissions_denominator_or_symbol CHECK (denominator IS NULL OR denominator_symbol IS NULL),
    CONSTRAINT quarterly_submissions_revision_explained CHECK (revision = 1 OR revision_reason IS NOT NULL),
    CONSTRAINT quarterly_submissions_return_explained CHECK (state <> 'returned' OR return_reason IS NOT NULL),
    CONSTRAINT quarterly_submissions_four_eyes CHECK (approved_by <> submitted_by),
    CONSTRAINT quarterly_submissions_figure_before_submit CHECK (state IN ('draft', 'returned') OR value IS NOT NULL OR value_symbol IS NOT NULL),
    CONSTRAINT quarterly_submissions_submitter_known CHECK (state IN ('draft', 'returned') OR (submitted_by IS NOT NULL AND submitted_at IS NOT NULL)),
    CONSTRAINT quarterly_submissions_approver_known CHECK (state NOT IN ('approved', 'published', 'superseded') OR (approved_by IS NOT NULL AND approved_at IS NOT NULL)),
    CONSTRAINT quarterly_submissions_publisher_known CHECK (state <> 'published' OR (published_by IS NOT NULL AND published_at IS NOT NULL))
);
CREATE UNIQUE INDEX quarterly_submissions_one_in_hand ON quarterly_submissions (measure, quarter) WHERE state IN ('draft', 'submitted', 'returned');
CREATE UNIQUE INDEX quarterly_submissions_one_approved ON quarterly_submissions (measure, quarter) WHERE state = 'approved';
CREATE UNIQUE INDEX quarterly_submissions_one_published ON quarterly_submissions (measure, quarter) WHERE state = 'published';
CREATE INDEX quarterly_submissions_reported ON quarterly_submissions (measure, quarter DESC, revision DESC) WHERE state IN ('approved', 'published');
CREATE INDEX quarterly_submissions_by_quarter ON quarterly_submissions (quarter, measure, revision);
CREATE INDEX quarterly_submissions_by_update ON quarterly_submissions (updated_at, measure, quarter, revision);
COMMENT ON TABLE quarterly_submissions IS 'The figure and narrative of a measure for a reporting quarter, one row for each revision.';
COMMENT ON COLUMN quarterly_submissions.measure IS 'Measure.';
COMMENT ON COLUMN quarterly_submissions.quarter IS 'Reporting quarter, such as 2024-25-Q2.';
COMMENT ON COLUMN quarterly_submissions.revision IS 'Number of the revision, from 1.';
COMMENT ON COLUMN quarterly_submissions.data_period IS 'Period that the figure describes, in the measure''s own calendar.';
COMMENT ON COLUMN quarterly_submissions.value IS 'The figure exactly as pushed; null when a symbol says why it is missing.';
COMMENT ON COLUMN quarterly_submissions.value_symbol IS 'Why the value is missing: z, x, c, k or u.';
COMMENT ON COLUMN quarterly_submissions.numerator IS 'Numerator as pushed.';
COMMENT ON COLUMN quarterly_submissions.numerator_symbol IS 'Why the numerator is missing.';
COMMENT ON COLUMN quarterly_submissions.denominator IS 'Denominator as pushed.';
COMMENT ON COLUMN quarterly_submissions.denominator_symbol IS 'Why the denominator is missing.';
COMMENT ON COLUMN quarterly_submissions.stage IS 'How settled the figure is.';
COMMENT ON COLUMN quarterly_submissions.narrative IS 'Texts by narrative section.';
COMMENT ON COLUMN quarterly_submissions.quality_note IS 'What a reader must know of the figure''s quality.';
COMMENT ON COLUMN quarterly_submissions.state IS 'Where the revision stands.';
COMMENT ON COLUMN quarterly_submissions.revision_reason IS 'Why an earlier figure is corrected; given for every revision after the first.';
COMMENT ON COLUMN quarterly_submissions.return_reason IS 'Why it was last sent back.';
COMMENT ON COLUMN quarterly_submissions.submitted_by IS 'Caller who handed it in.';
COMMENT ON COLUMN quarterly_submissions.submitted_at IS 'When it was handed in.';
COMMENT ON COLUMN quarterly_submissions.approved_by IS 'Caller who approved it; never the submitter.';
COMMENT ON COLUMN quarterly_submissions.approved_at IS 'When it was approved.';
COMMENT ON COLUMN quarterly_submissions.published_by IS 'Caller who published it.';
COMMENT ON COLUMN quarterly_submissions.published_at IS 'When it was published.';
COMMENT ON COLUMN quarterly_submissions.created_at IS 'When the revision was recorded.';
COMMENT ON COLUMN quarterly_submissions.updated_at IS 'When it last changed.';
COMMENT ON COLUMN quarterly_submissions.row_version IS 'Version of the row; its ETag.';

CREATE FUNCTION keep_approved_figures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.measure, OLD.quarter, OLD.revision, OLD.data_period, OLD.value, OLD.value_symbol, OLD.numerator, OLD.numerator_symbol,
        OLD.denominator, OLD.denominator_symbol, OLD.stage, OLD.narrative, OLD.quality_note, OLD.submitted_by)
       IS DISTINCT FROM
       (NEW.measure, NEW.quarter, NEW.revision, NEW.data_period, NEW.value, NEW.value_symbol, NEW.numerator, NEW.numerator_symbol,
        NEW.denominator, NEW.denominator_symbol, NEW.stage, NEW.narrative, NEW.quality_note, NEW.submitted_by) THEN
        RAISE EXCEPTION 'an approved figure is never edited' USING ERRCODE = 'check_violation', CONSTRAINT = 'quarterly_submissions_approved_kept';
    END IF;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION keep_approved_figures() IS 'Trigger: once approved, a revision''s figures and narrative never change; a correction is a new revision.';
CREATE TRIGGER b_keep_approved_figures BEFORE UPDATE ON quarterly_submissions FOR EACH ROW
    WHEN (OLD.state IN ('approved', 'published', 'superseded')) EXECUTE FUNCTION keep_approved_figures();

CREATE FUNCTION keep_approved_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a submission in hand or approved is never deleted' USING ERRCODE = 'check_violation', CONSTRAINT = 'quarterly_submissions_approved_kept';
END $$;
COMMENT ON FUNCTION keep_approved_rows() IS 'Trigger: only a draft or returned revision can be deleted.';
CREATE TRIGGER b_keep_approved_rows BEFORE DELETE ON quarterly_submissions FOR EACH ROW
    WHEN (OLD.state NOT IN ('draft', 'returned')) EXECUTE FUNCTION keep_approved_rows();
CALL govern('quarterly_submissions', 'measure', 'quarter', 'revision');
