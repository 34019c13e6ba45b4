-- A baseline is a figure: it is not shown where it would give away what is hidden of another.

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
