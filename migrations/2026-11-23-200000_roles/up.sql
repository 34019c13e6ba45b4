-- Who may do what in the database. One login owns the schema and migrates it; the service's sessions take the role
-- performance_framework_service, which may do what requests need and nothing else: the log and the versions kept by trigger it only reads.

DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'performance_framework_service') THEN
        CREATE ROLE performance_framework_service NOLOGIN;
        COMMENT ON ROLE performance_framework_service IS 'What a serving session of the performance framework may do; logins that serve are members.';
        -- Until there is a login for serving, the one that migrates serves, too.
        EXECUTE format('GRANT performance_framework_service TO %I', current_user);
    END IF;
EXCEPTION
    -- Roles belong to the whole cluster: the migration of another database was first.
    WHEN duplicate_object OR unique_violation THEN NULL;
    WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'the role performance_framework_service is missing, and % may not make it: let an administrator run '
            '`CREATE ROLE performance_framework_service NOLOGIN; GRANT performance_framework_service TO %;`', current_user, quote_ident(current_user)
            USING ERRCODE = 'insufficient_privilege';
END $$;

-- Before version 15 everybody may create in this schema.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public, as_of TO performance_framework_service;
GRANT USAGE ON SEQUENCE row_versions TO performance_framework_service;

CREATE PROCEDURE run_as_owner(trusted regprocedure) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = public, pg_temp', trusted);
    -- A trigger fires without it. With it, anybody could put the function on a table of their own, and so write what it writes.
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', trusted);
END $$;
COMMENT ON PROCEDURE run_as_owner(regprocedure) IS 'Lets a function write where the service''s role may not; called by the migration that makes the function.';

CREATE PROCEDURE show_past(name text) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('GRANT SELECT ON as_of.%I TO performance_framework_service', name);
    CALL run_as_owner(format('history.%I()', 'keep_' || name)::regprocedure);
END $$;
COMMENT ON PROCEDURE show_past(text) IS 'Lets the service read a remembered table as at an instant; only the trigger writes its history.';

ALTER PROCEDURE govern(regclass, text[]) RENAME TO log_writes;
COMMENT ON PROCEDURE log_writes(regclass, text[]) IS 'Puts a table under row versions and the change log; part of govern.';
CREATE PROCEDURE govern(governed regclass, VARIADIC key_columns text[]) LANGUAGE plpgsql AS $$
BEGIN
    CALL log_writes(governed, VARIADIC key_columns);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO performance_framework_service', governed);
END $$;
COMMENT ON PROCEDURE govern(regclass, text[]) IS 'Puts a table under row versions and the change log, and lets the service write it; called once by the migration that makes the table.';

ALTER PROCEDURE remember(regclass, text[]) RENAME TO keep_past;
COMMENT ON PROCEDURE keep_past(regclass, text[]) IS 'Keeps every earlier version of a governed table''s rows, those in the change log included, and shows it in schema as_of; part of remember.';
CREATE PROCEDURE remember(governed regclass, VARIADIC key_columns text[]) LANGUAGE plpgsql AS $$
DECLARE
    name text := (SELECT relname FROM pg_class WHERE oid = governed);
BEGIN
    CALL keep_past(governed, VARIADIC key_columns);
    CALL show_past(name);
END $$;
COMMENT ON PROCEDURE remember(regclass, text[]) IS 'Keeps every earlier version of a governed table''s rows and lets the service read it as at an instant; called by the migration that makes the table, or adds columns to it, after forget.';

-- What is there already.
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'z_log_change' LOOP
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO performance_framework_service', name);
    END LOOP;
    FOR name IN SELECT viewname FROM pg_views WHERE schemaname = 'as_of' LOOP
        CALL show_past(name);
    END LOOP;
    -- A migration run by hand leaves no such table.
    IF to_regclass('public.__diesel_schema_migrations') IS NOT NULL THEN
        GRANT SELECT ON __diesel_schema_migrations TO performance_framework_service;
    END IF;
END $$;
GRANT SELECT ON changes, change_clock, code_register TO performance_framework_service;
GRANT SELECT, INSERT ON report_contents TO performance_framework_service;
GRANT SELECT, INSERT, DELETE ON idempotent_answers TO performance_framework_service;
REVOKE DELETE ON api_keys FROM performance_framework_service;
-- Written by trigger alone.
REVOKE INSERT, UPDATE, DELETE ON measure_versions, target_versions FROM performance_framework_service;

CALL run_as_owner('log_change()');
CALL run_as_owner('register_code()');
CALL run_as_owner('register_comparator_code()');
CALL run_as_owner('keep_measure_version()');
CALL run_as_owner('keep_target_version()');
CALL run_as_owner('keep_issue_measures()');
CALL run_as_owner('settle_change_clock()');
GRANT EXECUTE ON FUNCTION settle_change_clock() TO performance_framework_service;
