-- What every governed table stands on: row versions, the change log and the register of codes.

CREATE SEQUENCE row_versions;
COMMENT ON SEQUENCE row_versions IS 'Source of every row_version: one number line for the whole database, so that a version is never met twice.';

CREATE FUNCTION is_financial_year(year text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN year ~ '^[0-9]{4}-[0-9]{2}$' AND (left(year, 4)::int + 1) % 100 = right(year, 2)::int;
COMMENT ON FUNCTION is_financial_year(text) IS 'Whether a text is a financial year such as 2024-25: two consecutive years.';

CREATE FUNCTION is_quarter(quarter text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN quarter ~ '^[0-9]{4}-[0-9]{2}-Q[1-4]$' AND is_financial_year(left(quarter, 7));
COMMENT ON FUNCTION is_quarter(text) IS 'Whether a text is a quarter of the April financial year, such as 2024-25-Q2.';

CREATE TABLE change_clock (
    only_row boolean CONSTRAINT change_clock_pkey PRIMARY KEY DEFAULT true,
    ahead bigint NOT NULL DEFAULT 0,
    CONSTRAINT change_clock_one_row CHECK (only_row)
);
COMMENT ON TABLE change_clock IS 'How far this log runs ahead of the cluster''s own transaction numbers; above 0 once the database was restored into another cluster.';
COMMENT ON COLUMN change_clock.only_row IS 'Always true: the table has one row.';
COMMENT ON COLUMN change_clock.ahead IS 'Added to every transaction number that the log records or compares.';
INSERT INTO change_clock DEFAULT VALUES;

CREATE TABLE changes (
    sequence bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT changes_pkey PRIMARY KEY,
    transaction_number bigint NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    actor text NOT NULL,
    request_id text,
    resource text NOT NULL,
    resource_key text NOT NULL,
    action text NOT NULL CONSTRAINT changes_action_known CHECK (action IN ('created', 'updated', 'deleted')),
    before jsonb,
    after jsonb,
    CONSTRAINT changes_before_and_after CHECK ((before IS NULL) = (action = 'created') AND (after IS NULL) = (action = 'deleted'))
);
CREATE INDEX changes_in_commit_order ON changes (transaction_number, sequence);
CREATE INDEX changes_of_a_resource ON changes (resource, resource_key, transaction_number, sequence);
COMMENT ON TABLE changes IS 'Append-only log: one row for every write to a governed table, made by trigger in the same transaction.';
COMMENT ON COLUMN changes.sequence IS 'Order within a transaction.';
COMMENT ON COLUMN changes.transaction_number IS 'Number of the writing transaction; with sequence, the order in which readers follow the log.';
COMMENT ON COLUMN changes.changed_at IS 'When the transaction began.';
COMMENT ON COLUMN changes.actor IS 'Name of the caller''s key, or database:role for a write past the service.';
COMMENT ON COLUMN changes.request_id IS 'The request that made the change, as in the access log.';
COMMENT ON COLUMN changes.resource IS 'Table of the changed row.';
COMMENT ON COLUMN changes.resource_key IS 'Key of the changed row, its parts joined by /.';
COMMENT ON COLUMN changes.action IS 'created, updated or deleted.';
COMMENT ON COLUMN changes.before IS 'The row before; null when it was created. Secrets are left out.';
COMMENT ON COLUMN changes.after IS 'The row after; null when it was deleted. Secrets are left out.';

CREATE FUNCTION log_change() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE FUNCTION advance_row_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW IS DISTINCT FROM OLD THEN
        NEW.row_version := nextval('row_versions');
        NEW.updated_at := now();
    END IF;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION advance_row_version() IS 'Trigger: a changed row gets the next version; an identical one keeps its own.';

CREATE FUNCTION refuse_log_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the change log is append-only' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'changes_append_only';
END $$;
COMMENT ON FUNCTION refuse_log_edit() IS 'Trigger: nobody edits or deletes a change row.';
CREATE TRIGGER changes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON changes
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_log_edit();

CREATE FUNCTION settle_change_clock() RETURNS bigint LANGUAGE sql AS $$
    UPDATE change_clock
    SET ahead = greatest(ahead, (SELECT coalesce(max(transaction_number), 0) + 1 FROM changes) - pg_current_xact_id()::text::bigint)
    WHERE (SELECT coalesce(max(transaction_number), 0) FROM changes) >= ahead + pg_current_xact_id()::text::bigint;
    SELECT ahead FROM change_clock;
$$;
COMMENT ON FUNCTION settle_change_clock() IS 'Run at start: after a restore into a cluster with lower transaction numbers, moves the clock past every recorded one.';

CREATE TABLE code_register (
    resource text NOT NULL,
    code text NOT NULL,
    registered_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT code_register_pkey PRIMARY KEY (resource, code),
    CONSTRAINT code_register_code_form CHECK (code ~ '^[A-Z0-9][A-Z0-9-]{0,31}$')
);
COMMENT ON TABLE code_register IS 'Every code ever given: a code is never used again, also not after its owner was deleted.';
COMMENT ON COLUMN code_register.resource IS 'Table that gave the code.';
COMMENT ON COLUMN code_register.code IS 'The code.';
COMMENT ON COLUMN code_register.registered_at IS 'When it was first given.';

CREATE FUNCTION register_code() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO code_register (resource, code) VALUES (TG_TABLE_NAME, NEW.code);
    RETURN NULL;
END $$;
COMMENT ON FUNCTION register_code() IS 'Trigger: records the code of a new row, and so refuses one that was used before.';

CREATE PROCEDURE govern(governed regclass, VARIADIC key_columns text[]) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER a_row_version BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION advance_row_version()', governed);
    EXECUTE format('CREATE TRIGGER z_log_change AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION log_change(%s)',
        governed, (SELECT string_agg(quote_literal(k), ', ') FROM unnest(key_columns) AS k));
END $$;
COMMENT ON PROCEDURE govern(regclass, text[]) IS 'Puts a table under row versions and the change log; called once by the migration that makes the table.';
