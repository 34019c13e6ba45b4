-- Members and the public see what was published, as it may be shown: their sessions take a role of their own, which reads no table, only
-- views. Of each table there is one in schema disclosed, and one in schema disclosed_as_of for the past. They show nothing but what a
-- call of disclose lets them show.

DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'performance_framework_audience') THEN
        CREATE ROLE performance_framework_audience NOLOGIN;
        COMMENT ON ROLE performance_framework_audience IS 'What a session for members and the public may do; whoever serves may take it.';
        GRANT performance_framework_audience TO performance_framework_service;
    END IF;
EXCEPTION
    -- Roles belong to the whole cluster: the migration of another database was first.
    WHEN duplicate_object OR unique_violation THEN NULL;
    WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'the role performance_framework_audience is missing, and % may not make it: let an administrator run '
            '`CREATE ROLE performance_framework_audience NOLOGIN; GRANT performance_framework_audience TO performance_framework_service;`', current_user
            USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE SCHEMA disclosed;
COMMENT ON SCHEMA disclosed IS 'What members and the public see of each table; read with this schema first in search_path.';
CREATE SCHEMA disclosed_as_of;
COMMENT ON SCHEMA disclosed_as_of IS 'What members and the public see of each table as at the instant in the setting app.as_of.';
GRANT USAGE ON SCHEMA public, disclosed, disclosed_as_of TO performance_framework_audience;

CREATE PROCEDURE disclose(told regclass, shown text, instead jsonb DEFAULT '{}', beside text DEFAULT '') LANGUAGE plpgsql AS $$
DECLARE
    name text := (SELECT relname FROM pg_class WHERE oid = told);
    columns text := (SELECT string_agg(coalesce(instead ->> attname, 'known.' || quote_ident(attname)) || ' AS ' || quote_ident(attname), ', ' ORDER BY attnum)
        FROM pg_attribute WHERE attrelid = told AND attnum > 0 AND NOT attisdropped);
    unknown text := (SELECT string_agg(field, ', ') FROM jsonb_object_keys(instead) AS field
        WHERE NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = told AND attname = field AND NOT attisdropped));
    place record;
BEGIN
    IF unknown IS NOT NULL THEN
        RAISE EXCEPTION '% has no column %', name, unknown;
    END IF;
    FOR place IN SELECT * FROM (VALUES ('disclosed', 'public'), ('disclosed_as_of', 'as_of')) AS schemas (ours, theirs) LOOP
        IF to_regclass(format('%I.%I', place.theirs, name)) IS NOT NULL THEN
            EXECUTE format('CREATE VIEW %I.%I WITH (security_barrier) AS SELECT %s FROM %I.%I AS known %s WHERE %s',
                place.ours, name, columns, place.theirs, name, beside, shown);
            EXECUTE format('GRANT SELECT ON %I.%I TO performance_framework_audience', place.ours, name);
        END IF;
    END LOOP;
END $$;
COMMENT ON PROCEDURE disclose(regclass, text, jsonb, text) IS 'Says which rows of a table members and the public see (a condition on known), what they see instead of a column''s value, and what must be joined for that; now and as at an instant. Called by the migration that makes the table, or adds columns to it, after remember.';

CREATE OR REPLACE PROCEDURE forget(remembered regclass) LANGUAGE plpgsql AS $$
DECLARE
    name text := (SELECT relname FROM pg_class WHERE oid = remembered);
BEGIN
    EXECUTE format('DROP VIEW IF EXISTS disclosed.%I', name);
    EXECUTE format('DROP VIEW IF EXISTS disclosed_as_of.%I', name);
    EXECUTE format('DROP VIEW IF EXISTS granted_as_of.%I', name);
    CALL forget_for_all(remembered);
END $$;

DO $$
DECLARE
    name text;
    adopted text := 'EXISTS (SELECT FROM public.frameworks f WHERE f.code = known.framework AND f.status <> ''draft'')';
    of_outcome text := 'EXISTS (SELECT FROM public.outcomes o JOIN public.frameworks f ON f.code = o.framework
        WHERE o.code = known.outcome AND f.status <> ''draft'')';
    of_measure text := 'EXISTS (SELECT FROM public.measures m JOIN public.outcomes o ON o.code = m.outcome
        JOIN public.frameworks f ON f.code = o.framework WHERE m.code = known.measure AND m.status <> ''proposed'' AND f.status <> ''draft'')';
    -- A baseline is a figure of before the framework: as a count it is shown unless it is small.
    small text := 'known.unit = ''count'' AND known.baseline_value > 0 AND known.baseline_value < 8';
    baseline jsonb := jsonb_build_object(
        'baseline_value', format('CASE WHEN %s THEN NULL ELSE known.baseline_value END', small),
        'baseline_reason', format('CASE WHEN %s THEN NULL ELSE known.baseline_reason END', small));
    -- Words are written about the true figure: where a part of it is hidden, so are they.
    worded text := 'CASE WHEN d.reasons = ''[]'' THEN known.%I ELSE NULL END';
    nobody text := 'NULL::text';
BEGIN
    CALL disclose('frameworks', 'known.status <> ''draft''');
    CALL disclose('outcomes', adopted);
    CALL disclose('measures', format('known.status <> ''proposed'' AND %s', of_outcome),
        baseline || jsonb_build_object('owner', nobody, 'provider', nobody));
    CALL disclose('measure_versions', format('known.status <> ''proposed'' AND %s', of_outcome), baseline);
    FOREACH name IN ARRAY ARRAY['targets', 'target_versions', 'benchmarks'] LOOP
        CALL disclose(name::regclass, of_measure);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['areas', 'comparator_groups', 'comparator_memberships', 'meetings', 'decisions'] LOOP
        CALL disclose(name::regclass, 'true');
    END LOOP;
    CALL disclose('collection_cycles', adopted);
    -- What nobody decided on is hidden: a published revision without its disclosure shows no number.
    CALL disclose('quarterly_submissions', format('known.state = ''published'' AND %s', of_measure), jsonb_build_object(
        'value', 'd.value', 'numerator', 'd.numerator', 'denominator', 'd.denominator',
        'value_symbol', 'CASE WHEN d.measure IS NULL THEN ''c'' ELSE d.value_symbol END',
        'numerator_symbol', 'd.numerator_symbol', 'denominator_symbol', 'd.denominator_symbol',
        'narrative', 'CASE WHEN d.reasons = ''[]'' THEN known.narrative ELSE ''{}'' END', 'quality_note', format(worded, 'quality_note'),
        'revision_reason', nobody, 'return_reason', nobody, 'submitted_by', nobody, 'approved_by', nobody, 'published_by', nobody),
        'LEFT JOIN public.disclosures d ON d.measure = known.measure AND d.quarter = known.quarter AND d.revision = known.revision');
    -- The hash of a sealed content would tell whoever guesses the hidden figures that the guess was right.
    CALL disclose('quarterly_reports', format('known.state IN (''published'', ''considered'') AND %s', adopted), jsonb_build_object(
        'content_hash', nobody, 'correction_reason', nobody, 'return_reason', nobody,
        'signed_off_by', nobody, 'published_by', nobody, 'considered_by', nobody));
    CALL disclose('issues_of_concern', adopted, jsonb_build_object('accepted_by', nobody, 'declined_by', nobody, 'scheduled_by', nobody,
        'reported_by', nobody, 'closed_by', nobody, 'reopened_by', nobody));
    CALL disclose('recovery_plans', format('known.state NOT IN (''drafted'') AND %s', of_measure), jsonb_build_object('owner', '''not shown''',
        'agreed_by', nobody, 'started_by', nobody, 'assessed_by', nobody, 'closed_by', nobody));
    -- Work in hand, which is nobody's but the officers'.
    FOREACH name IN ARRAY ARRAY['data_request_waivers', 'annual_target_reviews'] LOOP
        CALL disclose(name::regclass, 'false');
    END LOOP;
END $$;
