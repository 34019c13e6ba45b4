DROP VIEW disclosed.recovery_plans, disclosed_as_of.recovery_plans;
DO $$
DECLARE
    nobody text := 'NULL::text';
BEGIN
    CALL disclose('recovery_plans', 'known.state NOT IN (''drafted'') AND EXISTS (SELECT FROM public.measures m JOIN public.outcomes o ON o.code = m.outcome
        JOIN public.frameworks f ON f.code = o.framework WHERE m.code = known.measure AND m.status <> ''proposed'' AND f.status <> ''draft'')',
        jsonb_build_object('owner', '''not shown''', 'agreed_by', nobody, 'started_by', nobody, 'assessed_by', nobody, 'closed_by', nobody));
END $$;
