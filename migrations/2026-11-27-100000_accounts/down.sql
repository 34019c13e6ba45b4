DROP TRIGGER z_log_change ON accounts;
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
        FROM changes c, jsonb_populate_record(NULL::%s, jsonb_build_object(%s) || c.before) r WHERE c.resource = %L AND c.before IS NOT NULL) known
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
END $$;

ALTER TABLE idempotent_answers ALTER caller SET STATISTICS -1, ALTER headers SET STATISTICS -1, ALTER body SET STATISTICS -1;
DO $$
DECLARE
    place record;
BEGIN
    FOR place IN SELECT schema, relname, field FROM name_places() JOIN pg_class c ON c.oid = place_table, (VALUES ('public'), ('history')) AS s (schema)
        WHERE member IS NULL AND to_regclass(format('%I.%I', schema, relname)) IS NOT NULL LOOP
        EXECUTE format('ALTER TABLE %I.%I ALTER %I SET STATISTICS -1', place.schema, place.relname, place.field);
    END LOOP;
END $$;

-- The log has names again, or what stands in place of those that were erased.
ALTER TABLE changes DISABLE TRIGGER changes_append_only;
DELETE FROM changes WHERE resource = 'accounts';
UPDATE changes SET before = by_name(before), after = by_name(after);
ALTER TABLE changes ALTER actor TYPE text USING account_name(actor);
ALTER TABLE changes ENABLE TRIGGER changes_append_only;
COMMENT ON COLUMN changes.actor IS 'Name of the caller''s key, or database:role for a write past the service.';
COMMENT ON COLUMN changes.before IS 'The row before; null when it was created. Secrets are left out.';
COMMENT ON COLUMN changes.after IS 'The row after; null when it was deleted. Secrets are left out.';

ALTER TABLE change_seals DISABLE TRIGGER change_seals_append_only;
DELETE FROM change_seals;
ALTER TABLE change_seals ENABLE TRIGGER change_seals_append_only;

CREATE OR REPLACE PROCEDURE log_writes(governed regclass, VARIADIC key_columns text[]) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER a_row_version BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION advance_row_version()', governed);
    EXECUTE format('CREATE TRIGGER z_log_change AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION log_change(%s)',
        governed, (SELECT string_agg(quote_literal(k), ', ') FROM unnest(key_columns) AS k));
END $$;
CREATE OR REPLACE FUNCTION log_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    row_before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - 'secret_hash' END;
    row_after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - 'secret_hash' END;
    whole jsonb := coalesce(row_after, row_before);
BEGIN
    IF TG_OP = 'UPDATE' AND OLD IS NOT DISTINCT FROM NEW THEN
        RETURN NULL;
    END IF;
    INSERT INTO changes (transaction_number, actor, request_id, resource, resource_key, action, before, after)
    VALUES (
        (SELECT ahead FROM change_clock) + pg_current_xact_id()::text::bigint,
        coalesce(nullif(current_setting('app.actor', true), ''), 'database:' || session_user),
        nullif(current_setting('app.request_id', true), ''),
        TG_TABLE_NAME,
        (SELECT string_agg(whole ->> part, '/' ORDER BY position) FROM unnest(TG_ARGV) WITH ORDINALITY AS k (part, position)),
        CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,
        row_before,
        row_after
    );
    RETURN NULL;
END $$;
COMMENT ON FUNCTION log_change() IS 'Trigger: writes the change row. Its arguments are the key columns. An update that changes nothing leaves no row.';
CALL run_as_owner('log_change()');
DO $$
DECLARE
    governed record;
BEGIN
    FOR governed IN SELECT * FROM logged_tables() LOOP
        EXECUTE format('DROP TRIGGER z_log_change ON %s', governed.logged);
        EXECUTE format('CREATE TRIGGER z_log_change AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION log_change(%s)',
            governed.logged, (SELECT string_agg(quote_literal(k), ', ') FROM unnest(governed.keys) AS k));
    END LOOP;
END $$;

ALTER TABLE api_keys DROP CONSTRAINT api_keys_name_not_erased;
DROP PROCEDURE names_staff(regclass, text[]);
DROP PROCEDURE sample_no_names(regclass);
DROP PROCEDURE put_in_log(regclass, text[], text[], text[]);
DROP FUNCTION name_places();
DROP FUNCTION logged_tables();
DROP FUNCTION by_number(jsonb, text[]);
DROP FUNCTION by_name(jsonb);
DROP FUNCTION member_instead(jsonb, text, text, jsonb);
DROP FUNCTION account_number(text);
DROP FUNCTION register_account(text);
DROP FUNCTION account_numbers(text);
DROP FUNCTION account_name(bigint);
DROP FUNCTION account_names(bigint);
DROP FUNCTION account_version(bigint);
DROP TABLE accounts;
DROP FUNCTION erased_name(bigint);
