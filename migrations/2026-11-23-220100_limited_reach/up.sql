-- Callers whose grants are limited see and write only what belongs to what they were granted: their sessions take a role of their own,
-- and policies that hold for that role alone compare every row with the codes in three settings.

DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'performance_framework_limited') THEN
        CREATE ROLE performance_framework_limited NOLOGIN;
        COMMENT ON ROLE performance_framework_limited IS 'What a session for a caller with limited grants may do; whoever serves may take it.';
        -- Who serves may take the role, but has none of its rights, nor its policies, before.
        ALTER ROLE performance_framework_service NOINHERIT;
        GRANT performance_framework_limited TO performance_framework_service;
    END IF;
EXCEPTION
    -- Roles belong to the whole cluster: the migration of another database was first.
    WHEN duplicate_object OR unique_violation THEN NULL;
    WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'the role performance_framework_limited is missing, and % may not make it: let an administrator run `CREATE ROLE '
            'performance_framework_limited NOLOGIN; ALTER ROLE performance_framework_service NOINHERIT; '
            'GRANT performance_framework_limited TO performance_framework_service;`', current_user
            USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE SCHEMA granted_as_of;
COMMENT ON SCHEMA granted_as_of IS 'The views of schema as_of for callers with limited grants: of each, what those reach.';
GRANT USAGE ON SCHEMA public, granted_as_of TO performance_framework_limited;
GRANT USAGE ON SEQUENCE row_versions TO performance_framework_limited;

-- What was granted -----------------------------------------------------------------------------------------------------

CREATE FUNCTION granted(kind text) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(string_to_array(nullif(current_setting('app.granted_' || kind, true), ''), ','), '{}');
COMMENT ON FUNCTION granted(text) IS 'The codes that the caller''s grants name: of frameworks, outcomes or measures. None where nothing was set.';

CREATE FUNCTION granted_outcomes() RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT code FROM outcomes WHERE code = ANY (granted('outcomes')) OR framework = ANY (granted('frameworks'))
$$;
COMMENT ON FUNCTION granted_outcomes() IS 'Outcomes that were granted as a whole, by themselves or with their framework.';

CREATE FUNCTION granted_measures() RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT code FROM measures WHERE code = ANY (granted('measures')) OR outcome IN (SELECT granted_outcomes())
$$;
COMMENT ON FUNCTION granted_measures() IS 'Measures that were granted, by themselves or with their outcome or framework.';

CREATE FUNCTION touched_outcomes() RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT granted_outcomes() UNION SELECT outcome FROM measures WHERE code = ANY (granted('measures'))
$$;
COMMENT ON FUNCTION touched_outcomes() IS 'Outcomes that were granted, or hold a measure that was.';

CREATE FUNCTION touched_frameworks() RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT unnest(granted('frameworks')) UNION SELECT framework FROM outcomes WHERE code IN (SELECT touched_outcomes())
$$;
COMMENT ON FUNCTION touched_frameworks() IS 'Frameworks that were granted, or hold an outcome or measure that was.';

CREATE FUNCTION present_framework(of_outcome text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT framework FROM outcomes WHERE code = of_outcome
$$;
COMMENT ON FUNCTION present_framework(text) IS 'Framework that an outcome is in before the statement that asks: an outcome that was granted is changed, not moved.';

CREATE FUNCTION present_outcome(of_measure text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT outcome FROM measures WHERE code = of_measure
$$;
COMMENT ON FUNCTION present_outcome(text) IS 'Outcome that a measure is in before the statement that asks: a measure that was granted is changed, not moved.';

-- They read past the policies, which ask them.
DO $$
DECLARE
    trusted regprocedure;
BEGIN
    FOREACH trusted IN ARRAY ARRAY['granted_outcomes()', 'granted_measures()', 'touched_outcomes()', 'touched_frameworks()',
        'present_framework(text)', 'present_outcome(text)']::regprocedure[] LOOP
        CALL run_as_owner(trusted);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO performance_framework_limited', trusted);
    END LOOP;
END $$;

-- Which quarters are locked is so for everybody, whatever reports they see.
CALL run_as_owner('sealed_to(text)');
GRANT EXECUTE ON FUNCTION sealed_to(text) TO performance_framework_service, performance_framework_limited;

-- How far each table reaches -------------------------------------------------------------------------------------------

CREATE PROCEDURE show_granted_past(name text) LANGUAGE plpgsql AS $$
DECLARE
    seen text := (SELECT pg_get_expr(polqual, polrelid) FROM pg_policy
        WHERE polrelid = format('public.%I', name)::regclass AND polname = 'granted_seen');
BEGIN
    IF seen IS NOT NULL AND to_regclass(format('as_of.%I', name)) IS NOT NULL THEN
        EXECUTE format('CREATE VIEW granted_as_of.%I WITH (security_barrier) AS SELECT * FROM as_of.%I AS %I WHERE %s', name, name, name, seen);
        EXECUTE format('GRANT SELECT ON granted_as_of.%I TO performance_framework_limited', name);
    END IF;
END $$;
COMMENT ON PROCEDURE show_granted_past(text) IS 'Shows what limited grants reach of a remembered table as at an instant, by the condition of its policy; part of remember and limit_reach.';

CREATE PROCEDURE limit_reach(governed regclass, seen text, changed text DEFAULT NULL, placed text DEFAULT NULL) LANGUAGE plpgsql AS $$
DECLARE
    name text := (SELECT relname FROM pg_class WHERE oid = governed);
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', governed);
    EXECUTE format('CREATE POLICY everywhere ON %s TO performance_framework_service USING (true) WITH CHECK (true)', governed);
    EXECUTE format('CREATE POLICY granted_seen ON %s FOR SELECT TO performance_framework_limited USING (%s)', governed, seen);
    EXECUTE format('GRANT SELECT ON %s TO performance_framework_limited', governed);
    IF changed IS NOT NULL THEN
        EXECUTE format('CREATE POLICY granted_placed ON %s FOR INSERT TO performance_framework_limited WITH CHECK (%s)', governed, coalesce(placed, changed));
        EXECUTE format('CREATE POLICY granted_changed ON %s FOR UPDATE TO performance_framework_limited USING (%s) WITH CHECK (%s)',
            governed, changed, coalesce(placed, changed));
        EXECUTE format('CREATE POLICY granted_deleted ON %s FOR DELETE TO performance_framework_limited USING (%s)', governed, changed);
        EXECUTE format('GRANT INSERT, UPDATE, DELETE ON %s TO performance_framework_limited', governed);
    END IF;
    CALL show_granted_past(name);
END $$;
COMMENT ON PROCEDURE limit_reach(regclass, text, text, text) IS 'Says which rows of a table callers with limited grants see, which they may change or delete (null: none), and where they may put one; for all others nothing changes. Called once by the migration that makes the table, after govern and remember.';

ALTER PROCEDURE remember(regclass, text[]) RENAME TO remember_for_all;
COMMENT ON PROCEDURE remember_for_all(regclass, text[]) IS 'Keeps every earlier version of a governed table''s rows and lets the service read it as at an instant; part of remember.';
CREATE PROCEDURE remember(governed regclass, VARIADIC key_columns text[]) LANGUAGE plpgsql AS $$
DECLARE
    name text := (SELECT relname FROM pg_class WHERE oid = governed);
BEGIN
    CALL remember_for_all(governed, VARIADIC key_columns);
    CALL show_granted_past(name);
END $$;
COMMENT ON PROCEDURE remember(regclass, text[]) IS 'Keeps every earlier version of a governed table''s rows and lets the service read it as at an instant; called by the migration that makes the table, or adds columns to it, after forget.';

ALTER PROCEDURE forget(regclass) RENAME TO forget_for_all;
COMMENT ON PROCEDURE forget_for_all(regclass) IS 'Undoes remember_for_all; part of forget.';
CREATE PROCEDURE forget(remembered regclass) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('DROP VIEW IF EXISTS granted_as_of.%I', (SELECT relname FROM pg_class WHERE oid = remembered));
    CALL forget_for_all(remembered);
END $$;
COMMENT ON PROCEDURE forget(regclass) IS 'Undoes remember. The change log still has every version, from which remember makes the history again.';

DO $$
DECLARE
    name text;
    of_measure text := 'measure = ANY (ARRAY(SELECT granted_measures()))';
    of_framework text := 'framework = ANY (granted(''frameworks''))';
    in_framework text := 'framework = ANY (ARRAY(SELECT touched_frameworks()))';
BEGIN
    CALL limit_reach('frameworks', 'code = ANY (ARRAY(SELECT touched_frameworks()))', 'code = ANY (granted(''frameworks''))');
    CALL limit_reach('outcomes', format('code = ANY (ARRAY(SELECT touched_outcomes())) OR %s', of_framework),
        format('code = ANY (ARRAY(SELECT granted_outcomes())) OR %s', of_framework),
        format('%s OR (code = ANY (granted(''outcomes'')) AND framework = present_framework(code))', of_framework));
    CALL limit_reach('measures', 'code = ANY (ARRAY(SELECT granted_measures())) OR outcome = ANY (ARRAY(SELECT granted_outcomes()))',
        'code = ANY (ARRAY(SELECT granted_measures()))',
        'outcome = ANY (ARRAY(SELECT granted_outcomes())) OR (code = ANY (granted(''measures'')) AND outcome = present_outcome(code))');
    FOREACH name IN ARRAY ARRAY['targets', 'quarterly_submissions', 'benchmarks', 'data_request_waivers', 'recovery_plans'] LOOP
        CALL limit_reach(name::regclass, of_measure, of_measure);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['measure_versions', 'target_versions'] LOOP
        CALL limit_reach(name::regclass, of_measure);
    END LOOP;
    -- What tells of every measure of a framework is for those who were granted the whole.
    FOREACH name IN ARRAY ARRAY['annual_target_reviews', 'quarterly_reports'] LOOP
        CALL limit_reach(name::regclass, of_framework, of_framework);
    END LOOP;
    CALL limit_reach('collection_cycles', in_framework, of_framework);
    CALL limit_reach('issues_of_concern', format('%s OR NOT EXISTS (SELECT FROM jsonb_array_elements_text(measures) AS one
        WHERE one <> ALL (ARRAY(SELECT granted_measures())))', of_framework), of_framework);
    -- Named as the foreign key, in whose words it refuses: a measure that was not granted is as one that does not exist.
    CREATE POLICY issue_measures_measure_fkey ON issues_of_concern AS RESTRICTIVE TO performance_framework_limited USING (true) WITH CHECK (
        NOT EXISTS (SELECT FROM jsonb_array_elements_text(measures) AS one WHERE one <> ALL (ARRAY(SELECT granted_measures()))));
    FOREACH name IN ARRAY ARRAY['meetings', 'decisions', 'areas', 'comparator_groups', 'comparator_memberships'] LOOP
        CALL limit_reach(name::regclass, 'true');
    END LOOP;
END $$;

-- A decision is held while it is cited. To lock a row takes the right to update it, which no row that came of it could use.
CREATE POLICY granted_held ON decisions FOR UPDATE TO performance_framework_limited USING (true) WITH CHECK (false);
GRANT UPDATE ON decisions TO performance_framework_limited;

-- Beside the governed tables: what a report said, for who sees the report; and the caller's own stored answers.
CALL limit_reach('report_contents', 'EXISTS (SELECT FROM quarterly_reports r WHERE r.content_hash = report_contents.content_hash)');
CREATE POLICY granted_placed ON report_contents FOR INSERT TO performance_framework_limited WITH CHECK (true);
GRANT INSERT ON report_contents TO performance_framework_limited;
ALTER TABLE idempotent_answers ENABLE ROW LEVEL SECURITY;
CREATE POLICY everywhere ON idempotent_answers TO performance_framework_service USING (true) WITH CHECK (true);
CREATE POLICY granted_own ON idempotent_answers TO performance_framework_limited
    USING (caller = current_setting('app.actor', true)) WITH CHECK (caller = current_setting('app.actor', true));
GRANT SELECT, INSERT, DELETE ON idempotent_answers TO performance_framework_limited;
