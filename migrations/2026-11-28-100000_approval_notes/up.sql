-- Whoever approves an unlikely figure says why it is right. The note stands in the revision, and so in its past and in the change log.

CALL forget('quarterly_submissions');
ALTER TABLE quarterly_submissions
    ADD COLUMN approval_note text CONSTRAINT quarterly_submissions_note_of_approval CHECK (approval_note IS NULL OR approved_by IS NOT NULL);
COMMENT ON COLUMN quarterly_submissions.approval_note IS 'What the approver said of the figure; why it is right, where it is unlikely beside the measure''s own history.';
CREATE OR REPLACE FUNCTION keep_approved_figures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.measure, OLD.quarter, OLD.revision, OLD.data_period, OLD.value, OLD.value_symbol, OLD.numerator, OLD.numerator_symbol,
        OLD.denominator, OLD.denominator_symbol, OLD.stage, OLD.narrative, OLD.quality_note, OLD.breakdowns, OLD.breakdown_note, OLD.submitted_by, OLD.approval_note)
       IS DISTINCT FROM
       (NEW.measure, NEW.quarter, NEW.revision, NEW.data_period, NEW.value, NEW.value_symbol, NEW.numerator, NEW.numerator_symbol,
        NEW.denominator, NEW.denominator_symbol, NEW.stage, NEW.narrative, NEW.quality_note, NEW.breakdowns, NEW.breakdown_note, NEW.submitted_by, NEW.approval_note) THEN
        RAISE EXCEPTION 'an approved figure is never edited' USING ERRCODE = 'check_violation', CONSTRAINT = 'quarterly_submissions_approved_kept';
    END IF;
    RETURN NEW;
END $$;
CALL remember('quarterly_submissions', 'measure', 'quarter', 'revision');
CREATE INDEX quarterly_submissions_reported ON history.quarterly_submissions (measure, quarter DESC, revision DESC, superseded_at, updated_at)
    WHERE state IN ('approved', 'published');

-- What is forgotten is shown anew, with what asks for it: as before, and the note to nobody but officers.
DO $$
DECLARE
    of_measure text := 'EXISTS (SELECT FROM public.measures m JOIN public.outcomes o ON o.code = m.outcome
        JOIN public.frameworks f ON f.code = o.framework WHERE m.code = known.measure AND m.status <> ''proposed'' AND f.status <> ''draft'')';
    -- Of a hidden entry nothing is shown, as of a confidential figure.
    number text := 'CASE WHEN x.entry THEN NULL ELSE d.%I END';
    worded text := 'CASE WHEN d.reasons = ''[]'' AND x.entry IS NOT TRUE THEN known.%I ELSE NULL END';
    nobody text := 'NULL::text';
    -- What the public may not see of a measure's quarter: by the newest version that is signed off, and whoever writes on a later one
    -- can add to it at once and takes away by the signature.
    exempt text := 'LEFT JOIN LATERAL (
        SELECT bool_or(part ->> ''part'' = ''measure'') AS entry, bool_or(part ->> ''part'' = ''narrative'' AND part ->> ''section'' IS NULL) AS narrative,
            coalesce(array_agg(part ->> ''section'') FILTER (WHERE part ->> ''section'' IS NOT NULL), ''{}'') AS sections
        FROM {then}.quarterly_reports r, jsonb_array_elements(r.exempt_parts) AS part
        WHERE NOT sees_exempt() AND r.quarter = known.quarter AND r.exempt_parts <> ''[]'' AND part ->> ''measure'' = known.measure
            AND part ->> ''part'' IN (''measure'', ''narrative'') AND NOT EXISTS (SELECT FROM {then}.quarterly_reports l
                WHERE l.framework = r.framework AND l.quarter = r.quarter AND l.version > r.version AND l.content_hash IS NOT NULL)
        ) x ON true';
BEGIN
    CALL disclose('quarterly_submissions', format('known.state = ''published'' AND %s', of_measure), jsonb_build_object(
        'value', format(number, 'value'), 'numerator', format(number, 'numerator'), 'denominator', format(number, 'denominator'),
        'value_symbol', 'CASE WHEN x.entry OR d.measure IS NULL THEN ''c'' ELSE d.value_symbol END',
        'numerator_symbol', format(number, 'numerator_symbol'), 'denominator_symbol', format(number, 'denominator_symbol'),
        'breakdowns', 'CASE WHEN x.entry OR d.measure IS NULL THEN ''[]'' ELSE d.breakdowns END', 'breakdown_note', format(worded, 'breakdown_note'),
        'narrative', 'CASE WHEN d.reasons = ''[]'' AND x.entry IS NOT TRUE AND x.narrative IS NOT TRUE THEN known.narrative - x.sections ELSE ''{}'' END',
        'quality_note', format(worded, 'quality_note'),
        'revision_reason', nobody, 'return_reason', nobody, 'approval_note', nobody, 'submitted_by', nobody, 'approved_by', nobody, 'published_by', nobody),
        'LEFT JOIN public.disclosures d ON d.measure = known.measure AND d.quarter = known.quarter AND d.revision = known.revision ' || exempt);
END $$;

DO $$
DECLARE
    of_outcome text := 'EXISTS (SELECT FROM public.outcomes o JOIN public.frameworks f ON f.code = o.framework
        WHERE o.code = known.outcome AND f.status <> ''draft'')';
    nobody text := 'NULL::text';
    -- It is small itself, or exact beside counts that are rounded; it is of a period whose figure is not shown as it is; or, counting up
    -- like that, it is so near to a figure that is shown that the difference is small. In the last case the year is not asked: whoever
    -- set the baseline after the figures has another choice. What is asked are the figures of today, also where the past is read: a baseline
    -- of then would tell what was hidden since.
    hidden text := '((known.unit = ''count'' AND known.baseline_value > 0 AND (known.baseline_value < 8
            OR (%2$s = ''round5_suppress_1_7'' AND known.baseline_value %% 5 <> 0)))
        OR EXISTS (SELECT FROM public.quarterly_submissions s JOIN public.disclosures d
            ON d.measure = s.measure AND d.quarter = s.quarter AND d.revision = s.revision
            WHERE s.measure = %1$s AND ((s.data_period = known.baseline_period AND d.reasons <> ''[]'')
                OR (known.unit = ''count'' AND known.accumulation = ''cumulative'' AND d.policy IN (''cin_1_5'', ''cla_la_unrounded_pct_0dp'')
                    AND s.data_period <> known.baseline_period AND d.value <> known.baseline_value AND abs(d.value - known.baseline_value) <= 5)))
        OR (NOT sees_exempt() AND EXISTS (SELECT FROM {then}.quarterly_submissions s JOIN {then}.quarterly_reports r ON r.quarter = s.quarter
            WHERE s.measure = %1$s AND s.data_period = known.baseline_period AND r.exempt_parts <> ''[]''
                AND r.exempt_parts @> jsonb_build_array(jsonb_build_object(''part'', ''measure'', ''measure'', %1$s))
                AND NOT EXISTS (SELECT FROM {then}.quarterly_reports l WHERE l.framework = r.framework AND l.quarter = r.quarter
                    AND l.version > r.version AND l.content_hash IS NOT NULL))))';
    of_measure text := format(hidden, 'known.code', 'known.disclosure_policy');
    of_version text := format(hidden, 'known.measure', '(SELECT m.disclosure_policy FROM {then}.measures m WHERE m.code = known.measure)');
    unless text := 'CASE WHEN %s THEN NULL ELSE known.%I END';
BEGIN
    CALL disclose('measures', format('known.status <> ''proposed'' AND %s', of_outcome), jsonb_build_object(
        'baseline_value', format(unless, of_measure, 'baseline_value'), 'baseline_reason', format(unless, of_measure, 'baseline_reason'),
        'owner', nobody, 'provider', nobody));
    CALL disclose('measure_versions', format('known.status <> ''proposed'' AND %s', of_outcome), jsonb_build_object(
        'baseline_value', format(unless, of_version, 'baseline_value'), 'baseline_reason', format(unless, of_version, 'baseline_reason')));
END $$;
