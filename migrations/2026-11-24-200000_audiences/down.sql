-- The role itself stays: it belongs to the whole cluster, and other databases may use it.
DROP SCHEMA disclosed_as_of CASCADE;
DROP SCHEMA disclosed CASCADE;
REVOKE ALL ON SCHEMA public FROM performance_framework_audience;
DROP PROCEDURE disclose(regclass, text, jsonb, text);
CREATE OR REPLACE PROCEDURE forget(remembered regclass) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('DROP VIEW IF EXISTS granted_as_of.%I', (SELECT relname FROM pg_class WHERE oid = remembered));
    CALL forget_for_all(remembered);
END $$;
