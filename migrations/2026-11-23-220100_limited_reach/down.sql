-- The role itself stays: it belongs to the whole cluster, and other databases may use it.
DROP SCHEMA granted_as_of CASCADE;
DO $$
DECLARE
    policy record;
BEGIN
    FOR policy IN SELECT polname, polrelid::regclass AS of_table FROM pg_policy LOOP
        EXECUTE format('DROP POLICY %I ON %s', policy.polname, policy.of_table);
        EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', policy.of_table);
    END LOOP;
END $$;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM performance_framework_limited;
REVOKE ALL ON SEQUENCE row_versions FROM performance_framework_limited;
REVOKE ALL ON SCHEMA public FROM performance_framework_limited;
DROP PROCEDURE forget(regclass);
ALTER PROCEDURE forget_for_all(regclass) RENAME TO forget;
COMMENT ON PROCEDURE forget(regclass) IS 'Undoes remember. The change log still has every version, from which remember makes the history again.';
DROP PROCEDURE remember(regclass, text[]);
ALTER PROCEDURE remember_for_all(regclass, text[]) RENAME TO remember;
COMMENT ON PROCEDURE remember(regclass, text[]) IS 'Keeps every earlier version of a governed table''s rows and lets the service read it as at an instant; called by the migration that makes the table, or adds columns to it, after forget.';
REVOKE ALL ON FUNCTION sealed_to(text) FROM performance_framework_service, performance_framework_limited;
ALTER FUNCTION sealed_to(text) SECURITY INVOKER RESET ALL;
GRANT EXECUTE ON FUNCTION sealed_to(text) TO PUBLIC;
DROP PROCEDURE limit_reach(regclass, text, text, text);
DROP PROCEDURE show_granted_past(text);
DROP FUNCTION touched_frameworks();
DROP FUNCTION touched_outcomes();
DROP FUNCTION granted_measures();
DROP FUNCTION granted_outcomes();
DROP FUNCTION present_framework(text);
DROP FUNCTION present_outcome(text);
DROP FUNCTION granted(text);
