-- Keys can have grants in place of scopes, belong to networks, be rotated, and tell when they were last used. Callers can be people.

CREATE FUNCTION caller_identity(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(substring(name FROM ' \(oidc:([0-9a-f]{32})\)$'), name);
COMMENT ON FUNCTION caller_identity(text) IS 'What tells one caller from another: the mark at the end of a person''s name, which stays when the name changes; else the whole name.';

ALTER TABLE quarterly_submissions DROP CONSTRAINT quarterly_submissions_four_eyes;
ALTER TABLE quarterly_submissions ADD CONSTRAINT quarterly_submissions_four_eyes CHECK (caller_identity(approved_by) <> caller_identity(submitted_by));

ALTER TABLE api_keys DROP CONSTRAINT api_keys_scopes_known;
ALTER TABLE api_keys
    ADD COLUMN grants jsonb NOT NULL DEFAULT '[]' CONSTRAINT api_keys_grants_list CHECK (jsonb_typeof(grants) = 'array'),
    ADD COLUMN networks text[] NOT NULL DEFAULT '{}' CONSTRAINT api_keys_networks_form CHECK (networks::cidr[] IS NOT NULL),
    ADD COLUMN replaces uuid CONSTRAINT api_keys_replaces_fkey REFERENCES api_keys,
    ADD CONSTRAINT api_keys_scopes_known CHECK (scopes <@ ARRAY['read', 'submit', 'approve', 'configure', 'decide', 'audit', 'admin']),
    ADD CONSTRAINT api_keys_scopes_or_grants CHECK ((cardinality(scopes) > 0) <> (grants <> '[]')),
    ADD CONSTRAINT api_keys_name_no_person CHECK (caller_identity(name) = name);
CREATE UNIQUE INDEX api_keys_replaced_once ON api_keys (replaces);
COMMENT ON COLUMN api_keys.scopes IS 'What it may do, everywhere; admin includes all. Empty for a key with grants.';
COMMENT ON COLUMN api_keys.grants IS 'What it may do by roles, a list of {role, framework, outcome, measure}, each everywhere or within one of the three. Empty for a key with scopes.';
COMMENT ON COLUMN api_keys.networks IS 'Networks that it may be used from; empty for everywhere.';
COMMENT ON COLUMN api_keys.replaces IS 'Key that it took the place of.';

CREATE TABLE key_uses (
    key uuid CONSTRAINT key_uses_pkey PRIMARY KEY CONSTRAINT key_uses_key_fkey REFERENCES api_keys ON DELETE CASCADE,
    last_used_at timestamptz NOT NULL
);
COMMENT ON TABLE key_uses IS 'When keys were last used. Written at most once a minute for each key, and not logged: a use changes nothing.';
COMMENT ON COLUMN key_uses.key IS 'Key that was used.';
COMMENT ON COLUMN key_uses.last_used_at IS 'When it was last used, to the minute.';

GRANT SELECT, INSERT, UPDATE ON key_uses TO performance_framework_service;

CREATE FUNCTION key_last_used(used uuid) RETURNS timestamptz LANGUAGE sql STABLE
RETURN (SELECT last_used_at FROM key_uses WHERE key = used);
COMMENT ON FUNCTION key_last_used(uuid) IS 'When a key was last used; null for never.';
