DROP FUNCTION key_last_used(uuid);
DROP TABLE key_uses;
-- What the scopes before could not say: a key with grants is revoked, for it must not come to reach further than it did.
UPDATE api_keys SET scopes = ARRAY['read'], grants = '[]', revoked_at = coalesce(revoked_at, now()) WHERE grants <> '[]';
UPDATE api_keys SET scopes = array_remove(array_remove(scopes, 'decide'), 'audit') WHERE scopes && ARRAY['decide', 'audit'];
UPDATE api_keys SET scopes = ARRAY['read'], revoked_at = coalesce(revoked_at, now()) WHERE cardinality(scopes) = 0;
ALTER TABLE api_keys
    DROP CONSTRAINT api_keys_scopes_known,
    DROP COLUMN grants,
    DROP COLUMN networks,
    DROP COLUMN replaces,
    DROP CONSTRAINT api_keys_name_no_person,
    ADD CONSTRAINT api_keys_scopes_known CHECK (scopes <@ ARRAY['read', 'submit', 'approve', 'configure', 'admin'] AND cardinality(scopes) > 0);
COMMENT ON COLUMN api_keys.scopes IS 'What it may do; admin includes all.';
ALTER TABLE quarterly_submissions DROP CONSTRAINT quarterly_submissions_four_eyes;
ALTER TABLE quarterly_submissions ADD CONSTRAINT quarterly_submissions_four_eyes CHECK (approved_by <> submitted_by);
DROP FUNCTION caller_identity(text);
