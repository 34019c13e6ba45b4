DO $$
DECLARE
    of_outcome text := 'EXISTS (SELECT FROM public.outcomes o JOIN public.frameworks f ON f.code = o.framework
        WHERE o.code = known.outcome AND f.status <> ''draft'')';
    small text := 'known.unit = ''count'' AND known.baseline_value > 0 AND known.baseline_value < 8';
    baseline jsonb := jsonb_build_object(
        'baseline_value', format('CASE WHEN %s THEN NULL ELSE known.baseline_value END', small),
        'baseline_reason', format('CASE WHEN %s THEN NULL ELSE known.baseline_reason END', small));
    nobody text := 'NULL::text';
BEGIN
    CALL disclose('measures', format('known.status <> ''proposed'' AND %s', of_outcome),
        baseline || jsonb_build_object('owner', nobody, 'provider', nobody));
    CALL disclose('measure_versions', format('known.status <> ''proposed'' AND %s', of_outcome), baseline);
END $$;
