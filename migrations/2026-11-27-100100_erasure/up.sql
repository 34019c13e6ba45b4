-- What is held of an account, and its erasure. Both go to every place that `names_staff` names, so none can be forgotten.

CREATE FUNCTION held_of_account(asked bigint)
RETURNS TABLE (place text, resource text, resource_key text, field text, known_from timestamptz, known_until timestamptz, change bigint) LANGUAGE plpgsql STABLE AS $$
DECLARE
    names text[] := (SELECT coalesce(array_agg(a.name), '{}') FROM accounts a WHERE a.account = asked AND a.name IS NOT NULL);
    one record;
BEGIN
    RETURN QUERY SELECT 'register', 'accounts', a.number::text, 'name', a.registered_at, NULL::timestamptz, 0::bigint FROM accounts a
        WHERE a.account = asked AND a.name IS NOT NULL;
    FOR one IN SELECT relname AS name, keys, p.field, p.member FROM name_places() p JOIN logged_tables() ON logged = place_table
        JOIN pg_class c ON c.oid = place_table LOOP
        RETURN QUERY EXECUTE format('SELECT ''present'', %L, concat_ws(''/'', %s), %L, updated_at, NULL::timestamptz, 0::bigint FROM %I WHERE %s',
            one.name, (SELECT string_agg(quote_ident(k), ', ') FROM unnest(one.keys) AS k), concat_ws('.', one.field, one.member), one.name,
            names_one(one.field, one.member)) USING names;
        CONTINUE WHEN to_regclass(format('history.%I', one.name)) IS NULL;
        RETURN QUERY EXECUTE format('SELECT ''past'', %L, concat_ws(''/'', %s), %L, updated_at, superseded_at, 0::bigint FROM history.%I WHERE %s',
            one.name, (SELECT string_agg(quote_ident(k), ', ') FROM unnest(one.keys) AS k), concat_ws('.', one.field, one.member), one.name,
            names_one(one.field, one.member)) USING names;
    END LOOP;
    RETURN QUERY SELECT 'log', c.resource, c.resource_key, 'actor', c.changed_at, NULL::timestamptz, c.sequence FROM changes c
        WHERE c.actor = ANY (ARRAY(SELECT a.number FROM accounts a WHERE a.account = asked));
    RETURN QUERY SELECT 'stored answer', 'idempotent_answers', i.idempotency_key, CASE WHEN i.caller = ANY (names) THEN 'caller' ELSE 'body' END,
        i.answered_at, i.answered_at + interval '24 hours', 0::bigint FROM idempotent_answers i WHERE answer_names(i, names);
END $$;
COMMENT ON FUNCTION held_of_account(bigint) IS 'Every place where the names of an account stand, and every change that it made: in the register, in a table, in its past, in the log, in a stored answer.';

CREATE FUNCTION names_one(field text, member text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN member IS NULL THEN format('%I = ANY ($1)', field)
    ELSE format('EXISTS (SELECT FROM jsonb_path_query(%I, %L) AS it WHERE it #>> ''{}'' = ANY ($1))', field, '$.**.' || member) END;
COMMENT ON FUNCTION names_one(text, text) IS 'The condition, as SQL, that a place has one of the names in $1.';

CREATE FUNCTION answer_names(answer idempotent_answers, names text[]) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN answer.caller = ANY (names) OR EXISTS (
    SELECT FROM unnest(names) AS name WHERE position(convert_to(to_jsonb(name)::text, 'UTF8') IN answer.body) > 0);
COMMENT ON FUNCTION answer_names(idempotent_answers, text[]) IS 'Whether a stored answer is to one of these callers, or has one of these names in it.';

CREATE FUNCTION erase_account(erased bigint, reason text) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    instead text := erased_name(erased);
    names text[];
    in_use text;
    called text;
    one record;
BEGIN
    -- Given up before PostgreSQL looks for deadlocks, so that it is never a writer who has to give way.
    PERFORM set_config('lock_timeout', '900ms', true);
    -- Whoever is writing ends first, and nobody reads what is about to be written back.
    FOR one IN SELECT DISTINCT place_table AS it FROM name_places() UNION ALL VALUES ('idempotent_answers'::regclass), ('accounts') LOOP
        EXECUTE format('LOCK TABLE %s IN EXCLUSIVE MODE', one.it);
    END LOOP;
    names := (SELECT array_agg(name) FROM accounts WHERE account = erased AND name IS NOT NULL);
    IF names IS NULL THEN
        RETURN 0;
    END IF;
    IF EXISTS (SELECT FROM unnest(names) AS name
        WHERE caller_identity(name) = caller_identity(coalesce(nullif(current_setting('app.actor', true), ''), 'database:' || session_user))) THEN
        RAISE EXCEPTION 'the caller''s own account' USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_own';
    END IF;
    -- Other instances believe a key for a second after it was revoked.
    in_use := (SELECT string_agg(id::text, ', ') FROM api_keys
        WHERE name = ANY (names) AND (revoked_at IS NULL OR revoked_at > clock_timestamp() - interval '2 seconds'));
    IF in_use IS NOT NULL THEN
        RAISE EXCEPTION 'a key is not revoked' USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_key_not_revoked',
            HINT = jsonb_build_object('keys', in_use);
    END IF;
    -- A new account of the same person could approve what this one handed in.
    in_use := (SELECT string_agg(measure || '/' || quarter, ', ') FROM quarterly_submissions WHERE state = 'submitted' AND submitted_by = ANY (names));
    IF in_use IS NOT NULL THEN
        RAISE EXCEPTION 'a figure waits for approval' USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_figure_waits',
            HINT = jsonb_build_object('figures', in_use);
    END IF;

    -- To the log these rows stay what they were: it has the same numbers. So no trigger is to see this.
    FOR one IN SELECT DISTINCT place_table AS it FROM name_places() LOOP
        EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', one.it);
    END LOOP;
    FOR one IN SELECT schema, relname, field, member FROM name_places() JOIN pg_class c ON c.oid = place_table,
        (VALUES ('public'), ('history')) AS s (schema) WHERE to_regclass(format('%I.%I', schema, relname)) IS NOT NULL LOOP
        FOREACH called IN ARRAY names LOOP
            EXECUTE format('UPDATE %I.%I SET %I = %s WHERE %s', one.schema, one.relname, one.field,
                CASE WHEN one.member IS NULL THEN '$3' ELSE format('member_instead(%I, $2, $1[1], to_jsonb($3))', one.field) END,
                names_one(one.field, one.member)) USING ARRAY[called], one.member, instead;
        END LOOP;
    END LOOP;
    FOR one IN SELECT DISTINCT place_table AS it FROM name_places() LOOP
        EXECUTE format('ALTER TABLE %s ENABLE TRIGGER USER', one.it);
    END LOOP;
    DELETE FROM idempotent_answers i WHERE answer_names(i, names);
    UPDATE accounts SET name = NULL, salt = NULL, erased_at = clock_timestamp(), erasure_reason = reason WHERE account = erased AND name IS NOT NULL;
    RETURN cardinality(names);
END $$;
COMMENT ON FUNCTION erase_account(bigint, text) IS 'Erases every name of an account wherever it stands, and answers how many; `erased person` and its number stand there instead. The register keeps the commitment, and the log the numbers. Refused while one of its keys is not revoked, while a figure that it handed in waits for approval, and for the caller''s own account.';

CALL run_as_owner('held_of_account(bigint)');
CALL run_as_owner('erase_account(bigint, text)');
GRANT EXECUTE ON FUNCTION held_of_account(bigint), erase_account(bigint, text) TO performance_framework_service;
