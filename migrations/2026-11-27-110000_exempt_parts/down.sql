DROP VIEW disclosed_as_of.report_contents;
DROP VIEW disclosed.report_contents;
CALL forget('quarterly_reports');
DROP VIEW disclosed.quarterly_submissions;
ALTER POLICY granted_seen ON report_contents USING (EXISTS (SELECT FROM quarterly_reports r WHERE r.content_hash = report_contents.content_hash));
CREATE OR REPLACE FUNCTION keep_sealed_reports() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR
       (OLD.framework, OLD.quarter, OLD.version, OLD.kind, OLD.overview, OLD.correction_reason, OLD.content_hash, OLD.rule_set_version, OLD.as_of,
        OLD.signed_off_by, OLD.signed_off_at) IS DISTINCT FROM
       (NEW.framework, NEW.quarter, NEW.version, NEW.kind, NEW.overview, NEW.correction_reason, NEW.content_hash, NEW.rule_set_version, NEW.as_of,
        NEW.signed_off_by, NEW.signed_off_at) THEN
        RAISE EXCEPTION 'a sealed report is never changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'quarterly_reports_sealed_kept';
    END IF;
    RETURN NEW;
END $$;
ALTER TABLE quarterly_reports DROP COLUMN exempt_parts, DROP COLUMN unpublished, DROP COLUMN members_hash, DROP COLUMN public_hash, DROP COLUMN disclosed_at;
CALL remember('quarterly_reports', 'framework', 'quarter', 'version');

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
            EXECUTE format('CREATE VIEW %I.%I WITH (security_barrier) AS SELECT %s FROM %I.%I AS known %s WHERE %s',
                place.ours, name, columns, place.theirs, name, beside, shown);
            EXECUTE format('GRANT SELECT ON %I.%I TO performance_framework_audience', place.ours, name);
        END IF;
    END LOOP;
END $$;
COMMENT ON PROCEDURE disclose(regclass, text, jsonb, text) IS 'Says which rows of a table members and the public see (a condition on known), what they see instead of a column''s value, and what must be joined for that; now and as at an instant. Called by the migration that makes the table, or adds columns to it, after remember.';
CREATE OR REPLACE PROCEDURE forget(remembered regclass) LANGUAGE plpgsql AS $$
DECLARE
    name text := (SELECT relname FROM pg_class WHERE oid = remembered);
BEGIN
    EXECUTE format('DROP VIEW IF EXISTS disclosed.%I', name);
    EXECUTE format('DROP VIEW IF EXISTS disclosed_as_of.%I', name);
    EXECUTE format('DROP VIEW IF EXISTS granted_as_of.%I', name);
    CALL forget_for_all(remembered);
END $$;
DROP FUNCTION exempt_notes(jsonb);
DROP FUNCTION sees_exempt();

DO $$
DECLARE
    adopted text := 'EXISTS (SELECT FROM public.frameworks f WHERE f.code = known.framework AND f.status <> ''draft'')';
    of_measure text := 'EXISTS (SELECT FROM public.measures m JOIN public.outcomes o ON o.code = m.outcome
        JOIN public.frameworks f ON f.code = o.framework WHERE m.code = known.measure AND m.status <> ''proposed'' AND f.status <> ''draft'')';
    worded text := 'CASE WHEN d.reasons = ''[]'' THEN known.%I ELSE NULL END';
    nobody text := 'NULL::text';
BEGIN
    CALL disclose('quarterly_submissions', format('known.state = ''published'' AND %s', of_measure), jsonb_build_object(
        'value', 'd.value', 'numerator', 'd.numerator', 'denominator', 'd.denominator',
        'value_symbol', 'CASE WHEN d.measure IS NULL THEN ''c'' ELSE d.value_symbol END',
        'numerator_symbol', 'd.numerator_symbol', 'denominator_symbol', 'd.denominator_symbol',
        'breakdowns', 'coalesce(d.breakdowns, ''[]'')', 'breakdown_note', format(worded, 'breakdown_note'),
        'narrative', 'CASE WHEN d.reasons = ''[]'' THEN known.narrative ELSE ''{}'' END', 'quality_note', format(worded, 'quality_note'),
        'revision_reason', nobody, 'return_reason', nobody, 'submitted_by', nobody, 'approved_by', nobody, 'published_by', nobody),
        'LEFT JOIN public.disclosures d ON d.measure = known.measure AND d.quarter = known.quarter AND d.revision = known.revision');
    CALL disclose('quarterly_reports', format('known.state IN (''published'', ''considered'') AND %s', adopted), jsonb_build_object(
        'content_hash', nobody, 'correction_reason', nobody, 'return_reason', nobody,
        'signed_off_by', nobody, 'published_by', nobody, 'considered_by', nobody));
END $$;
