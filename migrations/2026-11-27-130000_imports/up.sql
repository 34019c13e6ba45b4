-- Imports: many figures in one request, with a receipt for every row. They are working papers, not figures: the change log has what
-- they wrote, and the receipts go after a while.

CREATE FUNCTION turn_of(of_measure text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN hashtext(of_measure) & 63;
COMMENT ON FUNCTION turn_of(text) IS 'Number of the turn that writers of a measure''s figures share: one who writes a single figure holds it together with others, one who writes many holds it alone.';

CREATE TABLE imports (
    number bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT imports_pkey PRIMARY KEY,
    caller bigint NOT NULL,
    request_id text NOT NULL,
    reach jsonb,
    state text NOT NULL CONSTRAINT imports_state_known CHECK (state IN ('receiving', 'waiting', 'working', 'done', 'refused', 'failed', 'cancelled')),
    form text NOT NULL CONSTRAINT imports_form_known CHECK (form IN ('json', 'ndjson', 'csv')),
    charset text CONSTRAINT imports_charset_known CHECK (charset IN ('utf-8', 'windows-1252')),
    mode text NOT NULL CONSTRAINT imports_mode_known CHECK (mode IN ('all_or_nothing', 'row_by_row')),
    strategy text NOT NULL CONSTRAINT imports_strategy_known CHECK (strategy IN ('upsert', 'create', 'update')),
    approved text NOT NULL CONSTRAINT imports_approved_known CHECK (approved IN ('refuse', 'revise')),
    reason text,
    dry_run boolean NOT NULL,
    mapping text,
    mapped jsonb,
    content_hash bytea,
    content_bytes bigint NOT NULL DEFAULT 0,
    place jsonb,
    counts jsonb NOT NULL DEFAULT '{}' CONSTRAINT imports_counts_object CHECK (jsonb_typeof(counts) = 'object'),
    notes jsonb NOT NULL DEFAULT '[]' CONSTRAINT imports_notes_list CHECK (jsonb_typeof(notes) = 'array'),
    layout jsonb,
    effect jsonb,
    problem jsonb,
    cancel_asked boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz,
    CONSTRAINT imports_end_told CHECK ((ended_at IS NULL) = (state IN ('receiving', 'waiting', 'working')))
);
CREATE INDEX imports_by_update ON imports (updated_at, number);
CREATE INDEX imports_in_hand ON imports (number) WHERE state IN ('receiving', 'waiting', 'working');
CREATE INDEX imports_by_end ON imports (ended_at);
CREATE INDEX imports_by_caller ON imports (caller);
COMMENT ON TABLE imports IS 'Many figures sent in one request, and what became of them. Kept for a while after the end, then deleted.';
COMMENT ON COLUMN imports.number IS 'Number of the import, by which it is addressed.';
COMMENT ON COLUMN imports.caller IS 'Number of the name, in accounts, of the caller who sent it, and in whose name the change log has what it wrote. No foreign key, as in the log.';
COMMENT ON COLUMN imports.request_id IS 'Request that brought it, by which the change log names what it wrote.';
COMMENT ON COLUMN imports.reach IS 'Codes of frameworks, outcomes and measures that the caller''s grants name; null where they reach everywhere.';
COMMENT ON COLUMN imports.state IS 'Where it stands: being received, waiting for its turn, working, or how it ended.';
COMMENT ON COLUMN imports.form IS 'Form of the content: json, ndjson or csv.';
COMMENT ON COLUMN imports.charset IS 'How the content writes characters, as it was found out; null until all of it is there.';
COMMENT ON COLUMN imports.mode IS 'Whether one refused row refuses all, or each stands by itself.';
COMMENT ON COLUMN imports.strategy IS 'Whether rows may create submissions, change those that are there, or both.';
COMMENT ON COLUMN imports.approved IS 'What becomes of a row that differs from an approved figure: it is refused, or a revision is proposed.';
COMMENT ON COLUMN imports.reason IS 'Why approved figures are revised, for rows that give no reason of their own.';
COMMENT ON COLUMN imports.dry_run IS 'Whether everything was done but storing.';
COMMENT ON COLUMN imports.mapping IS 'Mapping by which a published file was read; null for our own columns.';
COMMENT ON COLUMN imports.mapped IS 'That mapping as it was when the content came.';
COMMENT ON COLUMN imports.content_hash IS 'SHA-256 of the content: the same again, while this one is in hand, is this one.';
COMMENT ON COLUMN imports.content_bytes IS 'Bytes of the content.';
COMMENT ON COLUMN imports.place IS 'How far the content is worked: byte, line and row of what comes next.';
COMMENT ON COLUMN imports.counts IS 'Rows by what became of them.';
COMMENT ON COLUMN imports.notes IS 'What is to be said of the content as a whole, such as how it writes characters.';
COMMENT ON COLUMN imports.layout IS 'Names of the columns of a CSV content, in their order, for the file of refused rows.';
COMMENT ON COLUMN imports.effect IS 'What a dry run would do to the scorecards; null for what was stored.';
COMMENT ON COLUMN imports.problem IS 'Why the content as a whole was refused, or the work broke off.';
COMMENT ON COLUMN imports.cancel_asked IS 'Whether somebody asked to stop it.';
COMMENT ON COLUMN imports.created_at IS 'When it came.';
COMMENT ON COLUMN imports.started_at IS 'When work on it began.';
COMMENT ON COLUMN imports.updated_at IS 'When it last went on.';
COMMENT ON COLUMN imports.ended_at IS 'When it ended.';

CREATE TABLE import_rows (
    import bigint NOT NULL CONSTRAINT import_rows_import_fkey REFERENCES imports ON DELETE CASCADE,
    number integer NOT NULL,
    line integer NOT NULL,
    outcome text NOT NULL CONSTRAINT import_rows_outcome_known CHECK (outcome IN ('created', 'updated', 'proposed', 'unchanged', 'refused')),
    measure text,
    quarter text,
    revision integer,
    faults jsonb,
    warnings jsonb,
    notes jsonb,
    original text,
    CONSTRAINT import_rows_pkey PRIMARY KEY (import, number)
);
CREATE INDEX import_rows_refused ON import_rows (import, number) WHERE outcome = 'refused';
CREATE INDEX import_rows_taken ON import_rows (import, measure, quarter) WHERE outcome <> 'refused';
COMMENT ON TABLE import_rows IS 'The receipt: what became of each row of an import.';
COMMENT ON COLUMN import_rows.import IS 'Import.';
COMMENT ON COLUMN import_rows.number IS 'Number of the row, from 1.';
COMMENT ON COLUMN import_rows.line IS 'Line of the content on which it begins, from 1.';
COMMENT ON COLUMN import_rows.outcome IS 'What became of it.';
COMMENT ON COLUMN import_rows.measure IS 'Measure, as far as it could be read.';
COMMENT ON COLUMN import_rows.quarter IS 'Reporting quarter, as far as it could be read.';
COMMENT ON COLUMN import_rows.revision IS 'Revision of the submission that it made, changed or found the same; null where it was refused.';
COMMENT ON COLUMN import_rows.faults IS 'Why it was refused: each fault with its place, code, words and value; null without.';
COMMENT ON COLUMN import_rows.warnings IS 'What is unlikely of its figure; null without.';
COMMENT ON COLUMN import_rows.notes IS 'How its cells were read where that was not as they stand; null without.';
COMMENT ON COLUMN import_rows.original IS 'The row as it was sent, where it was refused.';

CREATE TABLE import_contents (
    import bigint NOT NULL CONSTRAINT import_contents_import_fkey REFERENCES imports ON DELETE CASCADE,
    first_byte bigint NOT NULL,
    bytes bytea NOT NULL,
    CONSTRAINT import_contents_pkey PRIMARY KEY (import, first_byte)
);
ALTER TABLE import_contents ALTER bytes SET STORAGE EXTERNAL;
COMMENT ON TABLE import_contents IS 'The content of imports that are worked after they were received, in parts; deleted when they end.';
COMMENT ON COLUMN import_contents.import IS 'Import.';
COMMENT ON COLUMN import_contents.first_byte IS 'Where in the content the part begins.';
COMMENT ON COLUMN import_contents.bytes IS 'The part.';

GRANT SELECT, INSERT, UPDATE, DELETE ON imports, import_rows, import_contents TO performance_framework_service;

-- Who sent it -----------------------------------------------------------------------------------------------------------

CREATE FUNCTION note_sender() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.caller := account_number(coalesce(nullif(current_setting('app.actor', true), ''), 'database:' || session_user));
    RETURN NEW;
END $$;
COMMENT ON FUNCTION note_sender() IS 'Trigger: an import is the caller''s, by the number that the change log has for the name.';
CALL run_as_owner('note_sender()');
CREATE TRIGGER a_note_sender BEFORE INSERT ON imports FOR EACH ROW EXECUTE FUNCTION note_sender();

CREATE FUNCTION sender_name(of_number bigint) RETURNS text LANGUAGE sql STABLE
RETURN account_name(of_number);
COMMENT ON FUNCTION sender_name(bigint) IS 'Name of who sent an import, or what stands in its place; also for callers who do not read the register.';
CALL run_as_owner('sender_name(bigint)');
GRANT EXECUTE ON FUNCTION sender_name(bigint) TO performance_framework_service, performance_framework_limited;

-- Volatile, so that it finds a caller whom the statement that asks has just registered.
CREATE FUNCTION own_numbers() RETURNS SETOF bigint LANGUAGE sql VOLATILE AS $$
    SELECT number FROM accounts WHERE account IN (SELECT account FROM accounts WHERE name = current_setting('app.actor', true))
$$;
COMMENT ON FUNCTION own_numbers() IS 'The numbers of the caller''s own account in the register; none where no caller is named.';
CALL run_as_owner('own_numbers()');
GRANT EXECUTE ON FUNCTION own_numbers() TO performance_framework_limited;

CREATE FUNCTION keep_sender() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    in_hand text := (SELECT string_agg(number::text, ', ' ORDER BY number) FROM imports
        WHERE caller = OLD.number AND state IN ('receiving', 'waiting', 'working'));
BEGIN
    IF in_hand IS NOT NULL THEN
        RAISE EXCEPTION 'an import is in hand' USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_import_in_hand',
            HINT = jsonb_build_object('imports', in_hand);
    END IF;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION keep_sender() IS 'Trigger: nobody is erased while an import of theirs is in hand, whose figures would be logged in their name.';
CALL run_as_owner('keep_sender()');
CREATE TRIGGER c_keep_sender BEFORE UPDATE OF name ON accounts FOR EACH ROW WHEN (OLD.name IS NOT NULL AND NEW.name IS NULL)
EXECUTE FUNCTION keep_sender();

ALTER FUNCTION held_of_account(bigint) RENAME TO held_beside_imports;
COMMENT ON FUNCTION held_beside_imports(bigint) IS 'Every place but imports where the names of an account stand, and every change that it made; part of held_of_account.';
REVOKE EXECUTE ON FUNCTION held_beside_imports(bigint) FROM performance_framework_service;
CREATE FUNCTION held_of_account(asked bigint)
RETURNS TABLE (place text, resource text, resource_key text, field text, known_from timestamptz, known_until timestamptz, change bigint) LANGUAGE sql STABLE AS $$
    SELECT * FROM held_beside_imports(asked)
    UNION ALL
    SELECT 'present', 'imports', i.number::text, 'caller', i.created_at, i.ended_at + interval '90 days', 0 FROM imports i JOIN accounts a ON a.number = i.caller
    WHERE a.account = asked AND a.name IS NOT NULL
$$;
COMMENT ON FUNCTION held_of_account(bigint) IS 'Every place where the names of an account stand, and every change that it made: in the register, in a table, in its past, in the log, in a stored answer, in an import.';
CALL run_as_owner('held_of_account(bigint)');
GRANT EXECUTE ON FUNCTION held_of_account(bigint) TO performance_framework_service;

-- Callers with limited grants see their own imports and nobody else's: a receipt names what others pushed.
CALL limit_reach('imports', 'caller = ANY (ARRAY(SELECT own_numbers()))', 'caller = ANY (ARRAY(SELECT own_numbers()))');
CALL limit_reach('import_rows', 'EXISTS (SELECT FROM imports i WHERE i.number = import)', 'EXISTS (SELECT FROM imports i WHERE i.number = import)');
CALL limit_reach('import_contents', 'EXISTS (SELECT FROM imports i WHERE i.number = import)', 'EXISTS (SELECT FROM imports i WHERE i.number = import)');
