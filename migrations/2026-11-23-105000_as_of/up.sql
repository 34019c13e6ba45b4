-- Time travel: every earlier version of a governed row is kept, and schema `as_of` shows each table as it was known at an instant.

CREATE SCHEMA history;
COMMENT ON SCHEMA history IS 'Earlier versions of governed rows, written by trigger; a table for each remembered one.';
CREATE SCHEMA as_of;
COMMENT ON SCHEMA as_of IS 'The remembered tables as they were known at the instant in the setting app.as_of; read with this schema first in search_path.';

CREATE FUNCTION known_at() RETURNS timestamptz LANGUAGE plpgsql AS $$
DECLARE
    stamp text := current_setting('app.known_at', true);
BEGIN
    IF stamp IS NULL OR stamp = '' THEN
        -- Held until the transaction ends: whoever asks for an instant waits for the writers whose rows may still bear it.
        PERFORM pg_advisory_xact_lock_shared(20561, floor(extract(epoch FROM clock_timestamp()) / 60)::int);
        stamp := clock_timestamp()::text;
        PERFORM set_config('app.known_at', stamp, true);
    END IF;
    RETURN stamp::timestamptz;
END $$;
COMMENT ON FUNCTION known_at() IS 'Instant from which what this transaction writes is known: the same for all of its rows. Taken at its first write, after a shared lock on the minute.';

CREATE FUNCTION as_of() RETURNS timestamptz LANGUAGE sql STABLE RETURN current_setting('app.as_of')::timestamptz;
COMMENT ON FUNCTION as_of() IS 'The instant that the views of schema as_of show.';

CREATE FUNCTION still_writing(by timestamptz) RETURNS text[] LANGUAGE sql VOLATILE
RETURN (
    SELECT coalesce(array_agg(virtualtransaction), '{}') FROM pg_locks
    WHERE locktype = 'advisory' AND classid = 20561 AND objsubid = 2 AND objid::bigint <= floor(extract(epoch FROM by) / 60)
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
);
COMMENT ON FUNCTION still_writing(timestamptz) IS 'The transactions under way whose rows may be known from this instant or before.';

CREATE FUNCTION travel_to(instant timestamptz) RETURNS text[] LANGUAGE plpgsql AS $$
BEGIN
    IF instant > clock_timestamp() THEN
        RAISE EXCEPTION '% is still to come', instant USING ERRCODE = 'check_violation', CONSTRAINT = 'as_of_in_future';
    END IF;
    -- Planning views anew for each instant costs more than the best of plans saves.
    PERFORM set_config('search_path', 'as_of, public', false), set_config('app.as_of', instant::text, false),
        set_config('plan_cache_mode', 'force_generic_plan', false);
    RETURN still_writing(instant);
END $$;
COMMENT ON FUNCTION travel_to(timestamptz) IS 'Lets the session read every remembered table as it was known at the instant; answers whose writes must end before that is settled.';

CREATE OR REPLACE FUNCTION advance_row_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW IS DISTINCT FROM OLD THEN
        NEW.row_version := nextval('row_versions');
        -- A transaction that began later may have changed the row first: versions of a row never overlap.
        NEW.updated_at := greatest(known_at(), OLD.updated_at + interval '1 microsecond');
    END IF;
    RETURN NEW;
END $$;

CREATE PROCEDURE remember(governed regclass, VARIADIC key_columns text[]) LANGUAGE plpgsql AS $$
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
COMMENT ON PROCEDURE remember(regclass, text[]) IS 'Keeps every earlier version of a governed table''s rows, those in the change log included, and shows it in schema as_of; called by the migration that makes the table, or adds columns to it, after forget.';

CREATE PROCEDURE forget(remembered regclass) LANGUAGE plpgsql AS $$
DECLARE
    name text := (SELECT relname FROM pg_class WHERE oid = remembered);
BEGIN
    EXECUTE format('DROP VIEW as_of.%I', name);
    EXECUTE format('DROP TRIGGER y_keep_history ON %s', remembered);
    EXECUTE format('DROP FUNCTION history.%I()', 'keep_' || name);
    EXECUTE format('DROP TABLE history.%I', name);
    EXECUTE format('ALTER TABLE %s ALTER updated_at SET DEFAULT now()', remembered);
END $$;
COMMENT ON PROCEDURE forget(regclass) IS 'Undoes remember. The change log still has every version, from which remember makes the history again.';

CALL remember('frameworks', 'code');
CALL remember('outcomes', 'code');
CALL remember('measures', 'code');
CALL remember('targets', 'measure', 'year');
CALL remember('quarterly_submissions', 'measure', 'quarter', 'revision');
CALL remember('annual_target_reviews', 'framework', 'year');
CREATE INDEX quarterly_submissions_reported ON history.quarterly_submissions (measure, quarter DESC, revision DESC, superseded_at, updated_at)
    WHERE state IN ('approved', 'published');
