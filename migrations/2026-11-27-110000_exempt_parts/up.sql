-- A report has parts that are exempt from publication (Schedule 12A to the Local Government Act 1972), and three readings of what it
-- says: the sealed one of those who work with the figures, that of members, and that of the public.

-- Whose eyes a session of the audiences' role has: the public's, unless it says members'.
CREATE FUNCTION sees_exempt() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN current_setting('app.audience', true) IS NOT DISTINCT FROM 'members';
COMMENT ON FUNCTION sees_exempt() IS 'Whether the session is one for members, who are shown what is exempt from publication, too.';

CREATE FUNCTION exempt_notes(parts jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (SELECT coalesce(jsonb_agg(part || '{"issue": null, "public_interest": null}' ORDER BY at), '[]')
    FROM jsonb_array_elements(parts) WITH ORDINALITY AS each (part, at));
COMMENT ON FUNCTION exempt_notes(jsonb) IS 'What the public is told of exempt parts: that they are, and under which paragraph; not which issue, and not why.';

-- Called again, it changes what is shown; and a condition can ask for what else was known at the instant.
CREATE OR REPLACE PROCEDURE disclose(told regclass, shown text, instead jsonb DEFAULT '{}', beside text DEFAULT '') LANGUAGE plpgsql AS $$
DECLARE
    name text := (SELECT relname FROM pg_class WHERE oid = told);
    columns text := (SELECT string_agg(coalesce(instead ->> attname, 'known.' || quote_ident(attname)) || ' AS ' || quote_ident(attname), ', ' ORDER BY attnum)
        FROM pg_attribute WHERE attrelid = told AND attnum > 0 AND NOT attisdropped);
    unknown text := (SELECT string_agg(field, ', ') FROM jsonb_object_keys(instead) AS field
        WHERE NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = told AND attname = field AND NOT attisdropped));
    place record;
BEGIN
    IF unknown IS NOT NULL THEN
        RAISE EXCEPTION '% has no column %', name, unknown;
    END IF;
    FOR place IN SELECT * FROM (VALUES ('disclosed', 'public'), ('disclosed_as_of', 'as_of')) AS schemas (ours, theirs) LOOP
        IF to_regclass(format('%I.%I', place.theirs, name)) IS NOT NULL THEN
            EXECUTE replace(format('CREATE OR REPLACE VIEW %I.%I WITH (security_barrier) AS SELECT %s FROM %I.%I AS known %s WHERE %s',
                place.ours, name, columns, place.theirs, name, beside, shown), '{then}', place.theirs);
            EXECUTE format('GRANT SELECT ON %I.%I TO performance_framework_audience', place.ours, name);
        END IF;
    END LOOP;
END $$;
COMMENT ON PROCEDURE disclose(regclass, text, jsonb, text) IS 'Says which rows of a table members and the public see (a condition on known), what they see instead of a column''s value, and what must be joined for that; now and as at an instant, where {then} is the schema of what else was known. Called by the migration that makes the table, or adds columns to it, after remember; and again to change what is shown.';

CREATE OR REPLACE PROCEDURE forget(remembered regclass) LANGUAGE plpgsql AS $$
DECLARE
    name text := (SELECT relname FROM pg_class WHERE oid = remembered);
    dependent text;
BEGIN
    EXECUTE format('DROP VIEW IF EXISTS disclosed.%I', name);
    EXECUTE format('DROP VIEW IF EXISTS disclosed_as_of.%I', name);
    -- Views of other tables that ask for this one: whoever forgets says anew what they show.
    FOR dependent IN SELECT DISTINCT r.ev_class::regclass::text FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid JOIN pg_class c ON c.oid = r.ev_class
        WHERE d.refobjid = to_regclass(format('as_of.%I', name)) AND c.relnamespace = 'disclosed_as_of'::regnamespace LOOP
        EXECUTE format('DROP VIEW %s', dependent);
    END LOOP;
    EXECUTE format('DROP VIEW IF EXISTS granted_as_of.%I', name);
    CALL forget_for_all(remembered);
END $$;

CALL forget('quarterly_reports');
ALTER TABLE quarterly_reports
    ADD COLUMN exempt_parts jsonb NOT NULL DEFAULT '[]'
        CONSTRAINT quarterly_reports_exempt_parts_list CHECK (jsonb_typeof(exempt_parts) = 'array'),
    ADD CONSTRAINT quarterly_reports_exempt_paragraph CHECK (NOT exempt_parts @? '$[*] ? (!(@.paragraph >= 1 && @.paragraph <= 7))'),
    ADD COLUMN unpublished jsonb NOT NULL DEFAULT '[]'
        CONSTRAINT quarterly_reports_unpublished_list CHECK (jsonb_typeof(unpublished) = 'array'),
    ADD COLUMN members_hash text CONSTRAINT quarterly_reports_members_hash_fkey REFERENCES report_contents,
    ADD COLUMN public_hash text CONSTRAINT quarterly_reports_public_hash_fkey REFERENCES report_contents,
    ADD COLUMN disclosed_at timestamptz,
    ADD CONSTRAINT quarterly_reports_disclosed_whole CHECK (num_nulls(members_hash, public_hash, disclosed_at) IN (0, 3)
        AND (members_hash IS NULL OR state IN ('published', 'considered')));
CREATE INDEX quarterly_reports_of_members_content ON quarterly_reports (members_hash);
CREATE INDEX quarterly_reports_of_public_content ON quarterly_reports (public_hash);
CREATE INDEX quarterly_reports_exempt ON quarterly_reports (quarter) WHERE exempt_parts <> '[]';
COMMENT ON COLUMN quarterly_reports.exempt_parts IS 'Parts that the public may not read, each with its paragraph of Part 1 of Schedule 12A to the Local Government Act 1972 and why the public interest in keeping it outweighs that in disclosing it.';
COMMENT ON COLUMN quarterly_reports.unpublished IS 'Measures whose figure it reports, and which was not published when the report was.';
COMMENT ON COLUMN quarterly_reports.members_hash IS 'SHA-256 of what it says to members; null until it is published.';
COMMENT ON COLUMN quarterly_reports.public_hash IS 'SHA-256 of what it says to the public; null until it is published.';
COMMENT ON COLUMN quarterly_reports.disclosed_at IS 'Instant as at which what members and the public read was read.';

CREATE OR REPLACE FUNCTION keep_sealed_reports() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR
       (OLD.framework, OLD.quarter, OLD.version, OLD.kind, OLD.overview, OLD.correction_reason, OLD.content_hash, OLD.rule_set_version, OLD.as_of,
        OLD.signed_off_by, OLD.signed_off_at, OLD.exempt_parts) IS DISTINCT FROM
       (NEW.framework, NEW.quarter, NEW.version, NEW.kind, NEW.overview, NEW.correction_reason, NEW.content_hash, NEW.rule_set_version, NEW.as_of,
        NEW.signed_off_by, NEW.signed_off_at, NEW.exempt_parts) OR
       (OLD.members_hash IS NOT NULL AND (OLD.members_hash, OLD.public_hash, OLD.disclosed_at, OLD.unpublished) IS DISTINCT FROM
           (NEW.members_hash, NEW.public_hash, NEW.disclosed_at, NEW.unpublished)) THEN
        RAISE EXCEPTION 'a sealed report is never changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'quarterly_reports_sealed_kept';
    END IF;
    RETURN NEW;
END $$;

ALTER POLICY granted_seen ON report_contents USING (EXISTS (SELECT FROM quarterly_reports r
    WHERE report_contents.content_hash IN (r.content_hash, r.members_hash, r.public_hash)));
CALL remember('quarterly_reports', 'framework', 'quarter', 'version');

DO $$
DECLARE
    adopted text := 'EXISTS (SELECT FROM public.frameworks f WHERE f.code = known.framework AND f.status <> ''draft'')';
    of_measure text := 'EXISTS (SELECT FROM public.measures m JOIN public.outcomes o ON o.code = m.outcome
        JOIN public.frameworks f ON f.code = o.framework WHERE m.code = known.measure AND m.status <> ''proposed'' AND f.status <> ''draft'')';
    -- Of a hidden entry nothing is shown, as of a confidential figure.
    number text := 'CASE WHEN x.entry THEN NULL ELSE d.%I END';
    worded text := 'CASE WHEN d.reasons = ''[]'' AND x.entry IS NOT TRUE THEN known.%I ELSE NULL END';
    nobody text := 'NULL::text';
    -- What the public may not see of a measure's quarter: by the newest version that is signed off, and whoever writes on a later one
    -- can add to it at once and takes away by the signature.
    exempt text := 'LEFT JOIN LATERAL (
        SELECT bool_or(part ->> ''part'' = ''measure'') AS entry, bool_or(part ->> ''part'' = ''narrative'' AND part ->> ''section'' IS NULL) AS narrative,
            coalesce(array_agg(part ->> ''section'') FILTER (WHERE part ->> ''section'' IS NOT NULL), ''{}'') AS sections
        FROM {then}.quarterly_reports r, jsonb_array_elements(r.exempt_parts) AS part
        WHERE NOT sees_exempt() AND r.quarter = known.quarter AND r.exempt_parts <> ''[]'' AND part ->> ''measure'' = known.measure
            AND part ->> ''part'' IN (''measure'', ''narrative'') AND NOT EXISTS (SELECT FROM {then}.quarterly_reports l
                WHERE l.framework = r.framework AND l.quarter = r.quarter AND l.version > r.version AND l.content_hash IS NOT NULL)
        ) x ON true';
BEGIN
    CALL disclose('quarterly_submissions', format('known.state = ''published'' AND %s', of_measure), jsonb_build_object(
        'value', format(number, 'value'), 'numerator', format(number, 'numerator'), 'denominator', format(number, 'denominator'),
        'value_symbol', 'CASE WHEN x.entry OR d.measure IS NULL THEN ''c'' ELSE d.value_symbol END',
        'numerator_symbol', format(number, 'numerator_symbol'), 'denominator_symbol', format(number, 'denominator_symbol'),
        'breakdowns', 'CASE WHEN x.entry OR d.measure IS NULL THEN ''[]'' ELSE d.breakdowns END', 'breakdown_note', format(worded, 'breakdown_note'),
        'narrative', 'CASE WHEN d.reasons = ''[]'' AND x.entry IS NOT TRUE AND x.narrative IS NOT TRUE THEN known.narrative - x.sections ELSE ''{}'' END',
        'quality_note', format(worded, 'quality_note'),
        'revision_reason', nobody, 'return_reason', nobody, 'submitted_by', nobody, 'approved_by', nobody, 'published_by', nobody),
        'LEFT JOIN public.disclosures d ON d.measure = known.measure AND d.quarter = known.quarter AND d.revision = known.revision ' || exempt);
    -- Each audience has its own content, and knows of no other hash: that of another would tell whoever guesses that the guess was right.
    CALL disclose('quarterly_reports', format('known.state IN (''published'', ''considered'') AND %s', adopted), jsonb_build_object(
        'content_hash', 'CASE WHEN sees_exempt() THEN known.members_hash ELSE known.public_hash END',
        'members_hash', nobody, 'public_hash', nobody,
        'overview', 'CASE WHEN sees_exempt() OR NOT known.exempt_parts @> ''[{"part": "overview"}]'' THEN known.overview ELSE NULL END',
        'exempt_parts', 'CASE WHEN sees_exempt() THEN known.exempt_parts ELSE exempt_notes(known.exempt_parts) END',
        'correction_reason', nobody, 'return_reason', nobody,
        'signed_off_by', nobody, 'published_by', nobody, 'considered_by', nobody));
END $$;

-- What was sealed for an audience is the same at every instant at which its report is there.
CREATE VIEW disclosed.report_contents WITH (security_barrier) AS SELECT known.* FROM public.report_contents known
    WHERE EXISTS (SELECT FROM public.quarterly_reports r JOIN public.frameworks f ON f.code = r.framework WHERE f.status <> 'draft'
        AND (r.public_hash = known.content_hash OR (sees_exempt() AND r.members_hash = known.content_hash)));
CREATE VIEW disclosed_as_of.report_contents WITH (security_barrier) AS SELECT * FROM disclosed.report_contents;
GRANT SELECT ON disclosed.report_contents, disclosed_as_of.report_contents TO performance_framework_audience;
