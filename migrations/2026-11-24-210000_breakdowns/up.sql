-- A submission carries its figure's parts: by locality, sex, ethnicity, SEN provision. They follow its state and its disclosure.

CALL forget('quarterly_submissions');
ALTER TABLE quarterly_submissions
    ADD COLUMN breakdowns jsonb NOT NULL DEFAULT '[]' CONSTRAINT quarterly_submissions_breakdowns_list CHECK (jsonb_typeof(breakdowns) = 'array'),
    ADD COLUMN breakdown_note text;
COMMENT ON COLUMN quarterly_submissions.breakdowns IS 'The figure''s parts, a list of dimension, category and their numbers.';
COMMENT ON COLUMN quarterly_submissions.breakdown_note IS 'Why parts do not add up to the figure.';
CREATE OR REPLACE FUNCTION keep_approved_figures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.measure, OLD.quarter, OLD.revision, OLD.data_period, OLD.value, OLD.value_symbol, OLD.numerator, OLD.numerator_symbol,
        OLD.denominator, OLD.denominator_symbol, OLD.stage, OLD.narrative, OLD.quality_note, OLD.breakdowns, OLD.breakdown_note, OLD.submitted_by)
       IS DISTINCT FROM
       (NEW.measure, NEW.quarter, NEW.revision, NEW.data_period, NEW.value, NEW.value_symbol, NEW.numerator, NEW.numerator_symbol,
        NEW.denominator, NEW.denominator_symbol, NEW.stage, NEW.narrative, NEW.quality_note, NEW.breakdowns, NEW.breakdown_note, NEW.submitted_by) THEN
        RAISE EXCEPTION 'an approved figure is never edited' USING ERRCODE = 'check_violation', CONSTRAINT = 'quarterly_submissions_approved_kept';
    END IF;
    RETURN NEW;
END $$;
CALL remember('quarterly_submissions', 'measure', 'quarter', 'revision');
CREATE INDEX quarterly_submissions_reported ON history.quarterly_submissions (measure, quarter DESC, revision DESC, superseded_at, updated_at)
    WHERE state IN ('approved', 'published');

ALTER TABLE disclosures
    ADD COLUMN breakdowns jsonb NOT NULL DEFAULT '[]' CONSTRAINT disclosures_breakdowns_list CHECK (jsonb_typeof(breakdowns) = 'array');
COMMENT ON COLUMN disclosures.breakdowns IS 'The figure''s parts as they are shown.';
DO $$
DECLARE
    of_measure text := 'EXISTS (SELECT FROM public.measures m JOIN public.outcomes o ON o.code = m.outcome
        JOIN public.frameworks f ON f.code = o.framework WHERE m.code = known.measure AND m.status <> ''proposed'' AND f.status <> ''draft'')';
    worded text := 'CASE WHEN d.reasons = ''[]'' THEN known.%I ELSE NULL END';
    nobody text := 'NULL::text';
BEGIN
    CALL disclose('quarterly_submissions', format('known.state = ''published'' AND %s', of_measure), jsonb_build_object(
        'value', 'd.value', 'numerator', 'd.numerator', 'denominator', 'd.denominator',
        'value_symbol', 'CASE WHEN d.measure IS NULL THEN ''c'' ELSE d.value_symbol END',
        'numerator_symbol', 'd.numerator_symbol', 'denominator_symbol', 'd.denominator_symbol',
        'breakdowns', 'coalesce(d.breakdowns, ''[]'')', 'breakdown_note', format(worded, 'breakdown_note'),
        'narrative', 'CASE WHEN d.reasons = ''[]'' THEN known.narrative ELSE ''{}'' END', 'quality_note', format(worded, 'quality_note'),
        'revision_reason', nobody, 'return_reason', nobody, 'submitted_by', nobody, 'approved_by', nobody, 'published_by', nobody),
        'LEFT JOIN public.disclosures d ON d.measure = known.measure AND d.quarter = known.quarter AND d.revision = known.revision');
END $$;
