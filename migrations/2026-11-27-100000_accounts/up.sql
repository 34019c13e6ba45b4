-- Names of staff stand in a register, and the change log has their numbers. So a name can be erased from a log that is never altered.

-- The register ---------------------------------------------------------------------------------------------------------

CREATE TABLE accounts (
    number bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT accounts_pkey PRIMARY KEY,
    account bigint NOT NULL CONSTRAINT accounts_account_fkey REFERENCES accounts,
    name text CONSTRAINT accounts_name_once UNIQUE,
    salt bytea CONSTRAINT accounts_salt_whole CHECK (octet_length(salt) = 32),
    commitment bytea NOT NULL CONSTRAINT accounts_commitment_whole CHECK (octet_length(commitment) = 32),
    registered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    erased_at timestamptz,
    erasure_reason text,
    updated_at timestamptz NOT NULL DEFAULT now(),
    row_version bigint NOT NULL DEFAULT nextval('row_versions'),
    CONSTRAINT accounts_commitment_true CHECK (name IS NULL OR commitment = sha256(salt || convert_to(name, 'UTF8'))),
    CONSTRAINT accounts_erased_whole CHECK ((name IS NULL) = (erased_at IS NOT NULL) AND (salt IS NULL) = (name IS NULL)
        AND (erasure_reason IS NULL) = (erased_at IS NULL))
);
CREATE INDEX accounts_by_account ON accounts (account);
CREATE INDEX accounts_by_identity ON accounts (caller_identity(name));
-- What is sampled for the planner would keep names after they were erased.
ALTER TABLE accounts ALTER name SET STATISTICS 0, ALTER salt SET STATISTICS 0;
ALTER INDEX accounts_by_identity ALTER COLUMN 1 SET STATISTICS 0;
COMMENT ON TABLE accounts IS 'Register of the names of staff and systems that stand anywhere in the records; the change log has their numbers in place of them.';
COMMENT ON COLUMN accounts.number IS 'What the change log says in place of the name.';
COMMENT ON COLUMN accounts.account IS 'Number of the first name of the same caller: a person who signs in can come to be called otherwise.';
COMMENT ON COLUMN accounts.name IS 'The name, as it stands in the records; null once it is erased.';
COMMENT ON COLUMN accounts.salt IS 'Random bytes under the commitment; erased with the name, so that nobody can try names out.';
COMMENT ON COLUMN accounts.commitment IS 'SHA-256 of salt and name. It stands in the change log, so that nobody gives a number another name unnoticed.';
COMMENT ON COLUMN accounts.registered_at IS 'When the name was first written.';
COMMENT ON COLUMN accounts.erased_at IS 'When it was erased.';
COMMENT ON COLUMN accounts.erasure_reason IS 'Why it was erased.';
COMMENT ON COLUMN accounts.updated_at IS 'When the row last changed.';
COMMENT ON COLUMN accounts.row_version IS 'Version of the row.';
GRANT SELECT ON accounts TO performance_framework_service;

CREATE FUNCTION erased_name(account bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 'erased person ' || account;
COMMENT ON FUNCTION erased_name(bigint) IS 'What stands in place of the name of an account that was erased: the same everywhere, and another for each.';

ALTER TABLE api_keys ADD CONSTRAINT api_keys_name_not_erased CHECK (name !~ '^erased person [0-9]+$' OR revoked_at IS NOT NULL);

CREATE FUNCTION account_name(of_number bigint) RETURNS text LANGUAGE sql STABLE
RETURN coalesce((SELECT coalesce(name, erased_name(account)) FROM accounts WHERE number = of_number), 'nobody registered as ' || of_number);
COMMENT ON FUNCTION account_name(bigint) IS 'The name for a number of the change log, or what stands in its place.';

CREATE FUNCTION account_names(of_account bigint) RETURNS text[] LANGUAGE sql STABLE
RETURN (SELECT coalesce(array_agg(name ORDER BY number DESC) FILTER (WHERE name IS NOT NULL), '{}') FROM accounts WHERE account = of_account);
COMMENT ON FUNCTION account_names(bigint) IS 'The names of an account, newest first; none once they are erased.';

CREATE FUNCTION account_version(of_account bigint) RETURNS bigint LANGUAGE sql STABLE
RETURN (SELECT max(row_version) FROM accounts WHERE account = of_account);
COMMENT ON FUNCTION account_version(bigint) IS 'Version of an account: that of whichever of its names changed last.';

CREATE FUNCTION account_numbers(named text) RETURNS bigint[] LANGUAGE sql STABLE
RETURN (SELECT coalesce(array_agg(number), '{}') FROM accounts
    WHERE name = named OR (name IS NULL AND account = substring(named FROM '^erased person ([0-9]{1,18})$')::bigint));
COMMENT ON FUNCTION account_numbers(text) IS 'The numbers that the change log has for a name, or for what stands in place of one.';

CREATE FUNCTION register_account(named text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    known bigint;
    fresh bigint;
    salt bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
BEGIN
    -- What stands in place of an erased name is that account still.
    SELECT number INTO known FROM accounts WHERE number = account AND name IS NULL AND erased_name(account) = named;
    IF known IS NULL THEN
        -- Two who come with a new caller at the same moment register one account.
        PERFORM pg_advisory_xact_lock(20562, hashtext(caller_identity(named)));
        SELECT number INTO known FROM accounts WHERE name = named;
    END IF;
    IF known IS NULL THEN
        -- Somebody who is called otherwise now is the same account.
        SELECT account INTO known FROM accounts WHERE caller_identity(name) = caller_identity(named) LIMIT 1;
        fresh := nextval(pg_get_serial_sequence('accounts', 'number'));
        INSERT INTO accounts (number, account, name, salt, commitment) OVERRIDING SYSTEM VALUE
        VALUES (fresh, coalesce(known, fresh), named, salt, sha256(salt || convert_to(named, 'UTF8')));
        RETURN fresh;
    END IF;
    RETURN known;
END $$;
COMMENT ON FUNCTION register_account(text) IS 'Gives a name its number in the register. Another name of somebody who signed in before belongs to the same account.';

CREATE FUNCTION account_number(named text) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    RETURN coalesce((SELECT number FROM accounts WHERE name = named), register_account(named));
END $$;
COMMENT ON FUNCTION account_number(text) IS 'The number for a name, which is registered if it is new.';

-- The log has numbers --------------------------------------------------------------------------------------------------

CREATE FUNCTION by_number(told jsonb, places text[]) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    place text;
    named text;
    field text;
    member text;
BEGIN
    FOREACH place IN ARRAY places LOOP
        IF strpos(place, '.') = 0 THEN
            named := told ->> place;
            IF named IS NOT NULL THEN
                told := jsonb_set(told, ARRAY[place], jsonb_build_object('name_of_account', account_number(named)));
            END IF;
            CONTINUE;
        END IF;
        field := split_part(place, '.', 1);
        member := split_part(place, '.', 2);
        FOR named IN SELECT DISTINCT it #>> '{}' FROM jsonb_path_query(told -> field, ('$.**.' || member)::jsonpath) AS it
            WHERE jsonb_typeof(it) = 'string' LOOP
            told := jsonb_set(told, ARRAY[field],
                member_instead(told -> field, member, named, jsonb_build_object('name_of_account', account_number(named))));
        END LOOP;
    END LOOP;
    RETURN told;
END $$;
COMMENT ON FUNCTION by_number(jsonb, text[]) IS 'A row with the number of each name of staff in place of the name: {"name_of_account": 17}. Places are columns, or column.member for a member at any depth of a JSON column.';

CREATE FUNCTION member_instead(told jsonb, member text, is_now text, instead jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
-- Within a string the quotes before and after are escaped, so this finds members alone.
RETURN replace(told::text, format('%s: %s', to_jsonb(member), to_jsonb(is_now)), format('%s: %s', to_jsonb(member), instead))::jsonb;
COMMENT ON FUNCTION member_instead(jsonb, text, text, jsonb) IS 'JSON in which every member of this name, at whatever depth, that is this text has another value instead.';

CREATE FUNCTION by_name(told jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
    whole text := told;
    its_number bigint;
BEGIN
    FOR its_number IN SELECT DISTINCT one[1]::bigint FROM regexp_matches(whole, '\{"name_of_account": (\d{1,18})\}', 'g') AS one LOOP
        whole := replace(whole, format('{"name_of_account": %s}', its_number), to_jsonb(account_name(its_number))::text);
    END LOOP;
    RETURN whole;
END $$;
COMMENT ON FUNCTION by_name(jsonb) IS 'A row of the change log with the names again, or what stands in their place.';

CREATE OR REPLACE FUNCTION log_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    keys text[] := TG_ARGV[0];
    names text[] := TG_ARGV[1];
    left_out text[] := TG_ARGV[2];
    row_before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - left_out END;
    row_after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - left_out END;
    whole jsonb := coalesce(row_after, row_before);
    doer bigint;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD IS NOT DISTINCT FROM NEW THEN
        RETURN NULL;
    END IF;
    doer := account_number(coalesce(nullif(current_setting('app.actor', true), ''), 'database:' || session_user));
    IF names <> '{}' THEN
        row_before := by_number(row_before, names);
        row_after := by_number(row_after, names);
    END IF;
    INSERT INTO changes (transaction_number, actor, request_id, resource, resource_key, action, before, after)
    VALUES (
        (SELECT ahead FROM change_clock) + pg_current_xact_id()::text::bigint,
        doer,
        nullif(current_setting('app.request_id', true), ''),
        TG_TABLE_NAME,
        (SELECT string_agg(whole ->> part, '/' ORDER BY position) FROM unnest(keys) WITH ORDINALITY AS k (part, position)),
        CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,
        row_before,
        row_after
    );
    RETURN NULL;
END $$;
COMMENT ON FUNCTION log_change() IS 'Trigger: writes the change row. Its arguments are the key columns, where names of staff stand, and the columns that are left out. An update that changes nothing leaves no row.';
CALL run_as_owner('log_change()');

CREATE PROCEDURE put_in_log(governed regclass, keys text[], names text[], left_out text[]) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE OR REPLACE TRIGGER z_log_change AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION log_change(%L, %L, %L)',
        governed, keys, names, left_out);
END $$;
COMMENT ON PROCEDURE put_in_log(regclass, text[], text[], text[]) IS 'Puts a table into the change log by its key columns, with numbers in place of names at these places, and without these columns.';

CREATE OR REPLACE PROCEDURE log_writes(governed regclass, VARIADIC key_columns text[]) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER a_row_version BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION advance_row_version()', governed);
    CALL put_in_log(governed, key_columns, '{}', '{secret_hash}');
END $$;

CREATE FUNCTION logged_tables() RETURNS TABLE (logged regclass, keys text[], names text[], left_out text[]) LANGUAGE sql STABLE AS $$
    SELECT tgrelid::regclass, told[1]::text[], told[2]::text[], told[3]::text[]
    FROM pg_trigger, string_to_array(encode(tgargs, 'escape'), '\000') AS told WHERE tgname = 'z_log_change' AND tgnargs = 3
$$;
COMMENT ON FUNCTION logged_tables() IS 'Every table of the change log, with its key columns, the places where names of staff stand, and the columns that are left out.';

CREATE FUNCTION name_places() RETURNS TABLE (place_table regclass, field text, member text) LANGUAGE sql STABLE AS $$
    SELECT logged, split_part(place, '.', 1), nullif(split_part(place, '.', 2), '') FROM logged_tables(), unnest(names) AS place
$$;
COMMENT ON FUNCTION name_places() IS 'Where names of staff stand: the table, its column, and in a JSON column the member at whatever depth.';

CREATE PROCEDURE sample_no_names(holding regclass) LANGUAGE plpgsql AS $$
DECLARE
    name text := (SELECT relname FROM pg_class WHERE oid = holding);
    place record;
BEGIN
    FOR place IN SELECT DISTINCT schema, field FROM name_places(), (VALUES ('public'), ('history')) AS s (schema)
        WHERE place_table = holding AND to_regclass(format('%I.%I', schema, name)) IS NOT NULL LOOP
        EXECUTE format('ALTER TABLE %I.%I ALTER %I SET STATISTICS 0', place.schema, name, place.field);
    END LOOP;
END $$;
COMMENT ON PROCEDURE sample_no_names(regclass) IS 'Keeps names of staff out of what is sampled for the planner, where they would outlast their erasure; part of names_staff and remember.';

CREATE PROCEDURE names_staff(governed regclass, VARIADIC places text[]) LANGUAGE plpgsql AS $$
DECLARE
    is_now record;
    unknown text := (SELECT string_agg(place, ', ') FROM unnest(places) AS place
        WHERE NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = governed AND attname = split_part(place, '.', 1) AND attnum > 0 AND NOT attisdropped));
BEGIN
    IF unknown IS NOT NULL THEN
        RAISE EXCEPTION '% has no column %', governed, unknown;
    END IF;
    SELECT * INTO STRICT is_now FROM logged_tables() WHERE logged = governed;
    CALL put_in_log(governed, is_now.keys, places, is_now.left_out);
    CALL sample_no_names(governed);
END $$;
COMMENT ON PROCEDURE names_staff(regclass, text[]) IS 'Says in which columns of a governed table names of staff stand, all of them; column.member for a member at any depth of a JSON column. The log has numbers there, and export and erasure reach them. Called by the migration that makes the table, or adds such a column, after govern.';

-- What is there already ------------------------------------------------------------------------------------------------

DO $$
DECLARE
    governed record;
BEGIN
    FOR governed IN SELECT tgrelid::regclass AS it, (string_to_array(encode(tgargs, 'escape'), '\000'))[:tgnargs] AS keys
        FROM pg_trigger WHERE tgname = 'z_log_change' LOOP
        CALL put_in_log(governed.it, governed.keys, '{}', '{secret_hash}');
    END LOOP;
END $$;
CALL names_staff('annual_target_reviews', 'applied_by', 'proposals.owner', 'proposals.provider');
CALL names_staff('api_keys', 'name');
CALL names_staff('data_request_waivers', 'waived_by');
CALL names_staff('issues_of_concern', 'accepted_by', 'declined_by', 'scheduled_by', 'reported_by', 'closed_by', 'reopened_by');
CALL names_staff('measures', 'owner', 'provider');
CALL names_staff('quarterly_reports', 'signed_off_by', 'published_by', 'considered_by');
CALL names_staff('quarterly_submissions', 'submitted_by', 'approved_by', 'published_by');
CALL names_staff('recovery_plans', 'owner', 'interventions.owner', 'agreed_by', 'started_by', 'assessed_by', 'closed_by');

ALTER TABLE changes DISABLE TRIGGER changes_append_only;
DO $$
BEGIN
    PERFORM account_number(actor) FROM (SELECT DISTINCT actor FROM changes) known;
END $$;
ALTER TABLE changes ALTER actor TYPE bigint USING account_number(actor);
UPDATE changes SET before = by_number(before, names), after = by_number(after, names)
FROM logged_tables() WHERE names <> '{}' AND logged = to_regclass(format('public.%I', resource));
ALTER TABLE changes ENABLE TRIGGER changes_append_only;
COMMENT ON COLUMN changes.actor IS 'Number of the name, in accounts, of the caller; for a write past the service of database:role. No foreign key: the log''s trigger alone writes it, and a lock on the caller''s row would make writers of one caller queue.';
COMMENT ON COLUMN changes.before IS 'The row before; null when it was created. Secrets are left out, and names of staff are {"name_of_account": number}.';
COMMENT ON COLUMN changes.after IS 'The row after; null when it was deleted. Secrets are left out, and names of staff are {"name_of_account": number}.';

-- Every row of the log has another form now: the chain of seals begins anew.
ALTER TABLE change_seals DISABLE TRIGGER change_seals_append_only;
DELETE FROM change_seals;
ALTER TABLE change_seals ENABLE TRIGGER change_seals_append_only;

-- From now on the register is in the log itself, without name and salt.
CREATE TRIGGER a_row_version BEFORE UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION advance_row_version();
CALL put_in_log('accounts', '{number}', '{}', '{name,salt}');
INSERT INTO changes (transaction_number, actor, resource, resource_key, action, after)
SELECT (SELECT ahead FROM change_clock) + pg_current_xact_id()::text::bigint, account_number('database:' || session_user), 'accounts', number, 'created',
    to_jsonb(a) - '{name,salt}'::text[] FROM accounts a ORDER BY number;

ALTER TABLE idempotent_answers ALTER caller SET STATISTICS 0, ALTER headers SET STATISTICS 0, ALTER body SET STATISTICS 0;

-- The past is made from the log, by names.
CREATE OR REPLACE PROCEDURE keep_past(governed regclass, VARIADIC key_columns text[]) LANGUAGE plpgsql AS $$
DECLARE
    name text := (SELECT relname FROM pg_class WHERE oid = governed);
    columns text := (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
        WHERE attrelid = governed AND attnum > 0 AND NOT attisdropped);
    old_columns text := (SELECT string_agg('OLD.' || quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
        WHERE attrelid = governed AND attnum > 0 AND NOT attisdropped);
    -- What a column that came later held before: its default.
    defaults text := (SELECT coalesce(string_agg(format('%L, %s', attname, pg_get_expr(adbin, adrelid)), ', '), '')
        FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum
        WHERE adrelid = governed AND attname NOT IN ('created_at', 'updated_at', 'row_version'));
BEGIN
    EXECUTE format('ALTER TABLE %s ALTER updated_at SET DEFAULT known_at()', governed);
    EXECUTE format('CREATE TABLE history.%I (LIKE %s INCLUDING COMMENTS, superseded_at timestamptz NOT NULL)', name, governed);
    EXECUTE format('COMMENT ON TABLE history.%I IS %L', name, 'Earlier versions of the rows of ' || name || '.');
    EXECUTE format('COMMENT ON COLUMN history.%I.superseded_at IS %L', name, 'From when this version was no longer the one known.');
    EXECUTE format('CREATE INDEX %I ON history.%I (%s, superseded_at, updated_at)', name || '_by_key', name,
        (SELECT string_agg(quote_ident(k), ', ') FROM unnest(key_columns) AS k));
    EXECUTE format('INSERT INTO history.%I (%s, superseded_at) SELECT %s, superseded FROM (
        SELECT r.*, coalesce((c.after ->> ''updated_at'')::timestamptz, c.changed_at) AS superseded
        FROM changes c, jsonb_populate_record(NULL::%s, jsonb_build_object(%s) || by_name(c.before)) r WHERE c.resource = %L AND c.before IS NOT NULL) known
        WHERE updated_at < superseded', name, columns, columns, governed, defaults, name);
    EXECUTE format('CREATE FUNCTION history.%I() RETURNS trigger LANGUAGE plpgsql AS $keep$
        BEGIN
            IF TG_OP = ''DELETE'' THEN
                INSERT INTO history.%I (%s, superseded_at) VALUES (%s, greatest(known_at(), OLD.updated_at + interval ''1 microsecond''));
            ELSIF NEW IS DISTINCT FROM OLD THEN
                INSERT INTO history.%I (%s, superseded_at) VALUES (%s, NEW.updated_at);
            END IF;
            RETURN NULL;
        END $keep$', 'keep_' || name, name, columns, old_columns, name, columns, old_columns);
    EXECUTE format('CREATE TRIGGER y_keep_history AFTER UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION history.%I()', governed, 'keep_' || name);
    -- The condition stands above both parts, so that they are planned as one table, whose indexes serve look-ups and order.
    EXECUTE format('CREATE VIEW as_of.%I AS SELECT %s FROM (
        SELECT %s, ''infinity''::timestamptz AS superseded_at FROM %s UNION ALL SELECT %s, superseded_at FROM history.%I) known
        WHERE updated_at <= as_of() AND superseded_at > as_of()', name, columns, columns, governed, columns, name);
    CALL sample_no_names(governed);
END $$;
