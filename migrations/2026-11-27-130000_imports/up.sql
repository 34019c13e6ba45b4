-- Imports: many figures in one request, with a receipt for every row. They are working papers, not figures: the change log has what
-- they wrote, and the receipts go after a while.

CREATE FUNCTION turn_of(of_measure text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN hashtext(of_measure) & 63;
COMMENT ON FUNCTION turn_of(text) IS 'Number of the turn that writers of a measure''s figures share: one who writes a single figure holds it together with others, one who writes many holds it alone.';

CREATE TABLE imports (
    number bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT imports_pkey PRIMARY KEY,
    caller text NOT NULL,
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
    CONSTRAINT imports_end_known CHECK ((ended_at IS NULL) = (state IN ('receiving', 'waiting', 'working')))
);
CREATE INDEX imports_by_update ON imports (updated_at, number);
CREATE INDEX imports_in_hand ON imports (number) WHERE state IN ('receiving', 'waiting', 'working');
CREATE INDEX imports_by_end ON imports (ended_at);
COMMENT ON TABLE imports IS 'Many figures sent in one request, and what became of them. Kept for a while after the end, then deleted.';
COMMENT ON COLUMN imports.number IS 'Number of the import, by which it is addressed.';
COMMENT ON COLUMN imports.caller IS 'Caller who sent it, in whose name the change log has what it wrote.';
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
-- Callers with limited grants see their own imports and nobody else's: a receipt names what others pushed.
CALL limit_reach('imports', 'caller = current_setting(''app.actor'', true)', 'caller = current_setting(''app.actor'', true)');
CALL limit_reach('import_rows', 'EXISTS (SELECT FROM imports i WHERE i.number = import)', 'EXISTS (SELECT FROM imports i WHERE i.number = import)');
CALL limit_reach('import_contents', 'EXISTS (SELECT FROM imports i WHERE i.number = import)', 'EXISTS (SELECT FROM imports i WHERE i.number = import)');
