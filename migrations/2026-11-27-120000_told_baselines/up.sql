-- A baseline is not shown where it would tell a figure that is hidden: one of the same period or, of a count that counts up, one that is
-- 1 to 5 away from what is shown of the same year. That goes for what was known in the past, too: it may have been decided later.
DROP VIEW disclosed.measures, disclosed_as_of.measures, disclosed.measure_versions, disclosed_as_of.measure_versions;

DO $$
DECLARE
    of_outcome text := 'EXISTS (SELECT FROM public.outcomes o JOIN public.frameworks f ON f.code = o.framework
        WHERE o.code = known.outcome AND f.status <> ''draft'')';
    -- Monthly periods do not name their year: each is compared with all.
    same_year text := '(known.frequency = ''monthly'' OR substring(s.data_period FROM ''^[A-Z]*[0-9]{4}(?:-[0-9]{2})?'')
        = substring(known.baseline_period FROM ''^[A-Z]*[0-9]{4}(?:-[0-9]{2})?''))';
    tells text := format('EXISTS (SELECT FROM public.disclosures d
        JOIN public.quarterly_submissions s ON s.measure = d.measure AND s.quarter = d.quarter AND s.revision = d.revision
        WHERE d.measure = known.%%1$I AND d.policy <> ''none'' AND (s.data_period = known.baseline_period AND s.value IS NOT NULL AND d.value IS NULL
            OR known.unit = ''count'' AND known.accumulation = ''cumulative'' AND d.policy <> ''round5_suppress_1_7'' AND %s
                AND abs(d.value - known.baseline_value) BETWEEN 1 AND 5))', same_year);
    hides text := 'known.unit = ''count'' AND known.baseline_value > 0 AND known.baseline_value < 8 OR ' || tells;
    instead text := 'CASE WHEN %s THEN NULL ELSE known.%I END';
    nobody text := 'NULL::text';
    measure text := format(hides, 'code');
    version text := format(hides, 'measure');
BEGIN
    CALL disclose('measures', format('known.status <> ''proposed'' AND %s', of_outcome), jsonb_build_object(
        'baseline_value', format(instead, measure, 'baseline_value'), 'baseline_reason', format(instead, measure, 'baseline_reason'),
        'owner', nobody, 'provider', nobody));
    CALL disclose('measure_versions', format('known.status <> ''proposed'' AND %s', of_outcome), jsonb_build_object(
        'baseline_value', format(instead, version, 'baseline_value'), 'baseline_reason', format(instead, version, 'baseline_reason')));
END $$;
