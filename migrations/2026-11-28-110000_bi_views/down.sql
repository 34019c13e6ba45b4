-- The role itself stays: it belongs to the whole cluster, and other databases may use it.
DROP SCHEMA bi CASCADE;
