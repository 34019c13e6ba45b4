DROP FUNCTION append_seal(bigint, bigint[], bytea, bytea);
DROP TABLE change_seals;
DROP FUNCTION seal_hash(bigint, bytea, timestamptz, bigint, bigint[], bytea, bytea);
