-- The role itself stays: it belongs to the whole cluster, and other databases may use it. So does the narrower schema public.
DO $$
DECLARE
    trusted regprocedure;
BEGIN
    FOR trusted IN SELECT oid FROM pg_proc WHERE prosecdef AND pronamespace IN ('public'::regnamespace, 'history'::regnamespace) LOOP
        EXECUTE format('ALTER FUNCTION %s SECURITY INVOKER RESET search_path', trusted);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO PUBLIC', trusted);
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION settle_change_clock() FROM performance_framework_service;
REVOKE ALL ON ALL TABLES IN SCHEMA public, as_of FROM performance_framework_service;
REVOKE ALL ON SEQUENCE row_versions FROM performance_framework_service;
REVOKE ALL ON SCHEMA public, as_of FROM performance_framework_service;
DROP PROCEDURE remember(regclass, text[]);
ALTER PROCEDURE keep_past(regclass, text[]) RENAME TO remember;
COMMENT ON PROCEDURE remember(regclass, text[]) IS 'Keeps every earlier version of a governed table''s rows, those in the change log included, and shows it in schema as_of; called by the migration that makes the table, or adds columns to it, after forget.';
DROP PROCEDURE govern(regclass, text[]);
ALTER PROCEDURE log_writes(regclass, text[]) RENAME TO govern;
COMMENT ON PROCEDURE govern(regclass, text[]) IS 'Puts a table under row versions and the change log; called once by the migration that makes the table.';
DROP PROCEDURE show_past(text);
DROP PROCEDURE run_as_owner(regprocedure);
