CALL forget('quarterly_submissions');
ALTER TABLE disclosures DROP COLUMN breakdowns;
ALTER TABLE quarterly_submissions DROP COLUMN breakdowns, DROP COLUMN breakdown_note;
CREATE OR REPLACE FUNCTION keep_approved_figures() RETURNS trigger LANGUAGE plpgsql AS $$
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
CALL remember('quarterly_submissions', 'measure', 'quarter', 'revision');
CREATE INDEX quarterly_submissions_reported ON history.quarterly_submissions (measure, quarter DESC, revision DESC, superseded_at, updated_at)
    WHERE state IN ('approved', 'published');
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
        'narrative', 'CASE WHEN d.reasons = ''[]'' THEN known.narrative ELSE ''{}'' END', 'quality_note', format(worded, 'quality_note'),
        'revision_reason', nobody, 'return_reason', nobody, 'submitted_by', nobody, 'approved_by', nobody, 'published_by', nobody),
        'LEFT JOIN public.disclosures d ON d.measure = known.measure AND d.quarter = known.quarter AND d.revision = known.revision');
END $$;
