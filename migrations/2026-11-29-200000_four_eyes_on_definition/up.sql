-- What a measure counts decides, like its policy, how much of a figure is shown: it takes two people to define it so that more is shown, and to
-- publish by that definition first.

CREATE FUNCTION shows_more(earlier jsonb, later jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (earlier ->> 'unit' NOT IN ('score', 'days', 'currency') AND later ->> 'unit' IN ('score', 'days', 'currency'))
    OR (earlier ->> 'accumulation' = 'cumulative' AND later ->> 'accumulation' <> 'cumulative');
COMMENT ON FUNCTION shows_more(jsonb, jsonb) IS 'Whether more is shown of a figure by the later definition than by the earlier: of a value that counts nobody nothing is hidden, and of one that does not add up over the year no difference.';

CREATE FUNCTION definitions_of(of_measure text) RETURNS TABLE (defined_at timestamptz, defined_by bigint, earlier jsonb, later jsonb)
LANGUAGE sql STABLE
BEGIN ATOMIC
    -- A version begins as another definition than the version before it had then; the first is no choice of another.
    SELECT c.changed_at, c.actor,
        coalesce(c.before, (SELECT p.after FROM changes p WHERE p.resource = 'measure_versions'
            AND p.resource_key = concat_ws('/', v.measure, v.version - 1) AND p.sequence < c.sequence ORDER BY p.sequence DESC LIMIT 1)),
        c.after
    FROM measure_versions v
    JOIN changes c ON c.resource = 'measure_versions' AND c.resource_key = concat_ws('/', v.measure, v.version)
    WHERE v.measure = of_measure;
END;
COMMENT ON FUNCTION definitions_of(text) IS 'Each change of how a measure is defined, by the change log: when, by whom, and the definition before and after.';

CREATE FUNCTION keep_four_eyes_on_definition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_now jsonb := (SELECT to_jsonb(v) FROM measure_versions v WHERE measure = NEW.measure AND version = version_in_force(NEW.measure, NEW.quarter));
BEGIN
    IF EXISTS (
        SELECT FROM definitions_of(NEW.measure) d
        WHERE shows_more(d.earlier, d.later) AND shows_more(d.earlier, is_now)
            AND plain_identity(account_name(d.defined_by)) = plain_identity(NEW.published_by)
            AND NOT EXISTS (
                SELECT FROM quarterly_submissions s
                JOIN measure_versions v ON v.measure = s.measure AND v.version = version_in_force(s.measure, s.quarter)
                WHERE s.measure = NEW.measure AND s.published_at > d.defined_at AND NOT shows_more(to_jsonb(v), is_now)
                    AND plain_identity(s.published_by) <> plain_identity(NEW.published_by))
    ) THEN
        RAISE EXCEPTION 'nobody is the first to publish by a definition of their own that shows more'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'quarterly_submissions_definition_four_eyes';
    END IF;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION keep_four_eyes_on_definition() IS 'Trigger: whoever defined a measure so that more is shown of its figures is not the first to publish by that definition.';
CALL run_as_owner('keep_four_eyes_on_definition()');
CREATE TRIGGER b_four_eyes_on_definition BEFORE UPDATE ON quarterly_submissions FOR EACH ROW
    WHEN (NEW.state = 'published' AND OLD.state <> 'published') EXECUTE FUNCTION keep_four_eyes_on_definition();
