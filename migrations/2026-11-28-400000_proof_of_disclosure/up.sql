-- What is shown of a figure is proved like the figure: it takes two people to show more of it, and what was decided stands in the log.

-- Two people for a policy ------------------------------------------------------------------------------------------------

CREATE FUNCTION policy_chosen_by(of_measure text) RETURNS text LANGUAGE sql STABLE
RETURN (
    SELECT account_name(actor) FROM changes
    WHERE resource = 'measures' AND resource_key = of_measure AND (before ->> 'disclosure_policy') IS DISTINCT FROM (after ->> 'disclosure_policy')
    ORDER BY sequence DESC LIMIT 1
);
COMMENT ON FUNCTION policy_chosen_by(text) IS 'Who chose the disclosure policy that a measure has, by the change log.';

CREATE FUNCTION keep_four_eyes_on_policy() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    chosen text := (SELECT disclosure_policy FROM measures WHERE code = NEW.measure);
    -- What is shown of this revision is decided already. Before the first, it is the policy that the measure was made with.
    used text := coalesce((SELECT policy FROM disclosures WHERE measure = NEW.measure AND (quarter, revision) <> (NEW.quarter, NEW.revision)
        ORDER BY created_at DESC LIMIT 1),
        (SELECT after ->> 'disclosure_policy' FROM changes WHERE resource = 'measures' AND resource_key = NEW.measure AND action = 'created'
        ORDER BY sequence LIMIT 1));
BEGIN
    IF chosen <> used AND plain_identity(policy_chosen_by(NEW.measure)) = plain_identity(NEW.published_by) THEN
        RAISE EXCEPTION 'nobody is the first to publish by a policy of their own choice'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'quarterly_submissions_policy_four_eyes';
    END IF;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION keep_four_eyes_on_policy() IS 'Trigger: what is shown of a figure is decided by the disclosure policy when it is published. Whoever chose another than the last figure was published by, or than the measure was made with, is not the first to publish by it.';
CALL run_as_owner('keep_four_eyes_on_policy()');
CREATE TRIGGER b_four_eyes_on_policy BEFORE UPDATE ON quarterly_submissions FOR EACH ROW
    WHEN (NEW.state = 'published' AND OLD.state <> 'published') EXECUTE FUNCTION keep_four_eyes_on_policy();

-- Nor by a definition that nobody approved it by ---------------------------------------------------------------------------

CREATE FUNCTION decides_what_is_shown(definition jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (SELECT jsonb_object_agg(name, definition -> name)
    FROM unnest('{unit,rate_base,decimal_places,accumulation,calendar,frequency}'::text[]) AS name);
COMMENT ON FUNCTION decides_what_is_shown(jsonb) IS 'What of a definition decides, beside the policy, how much of a figure is shown: what its numbers count, and with which others they add up.';

CREATE FUNCTION keep_approved_definition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    approved bigint := (SELECT max(sequence) FROM changes WHERE resource = 'quarterly_submissions'
        AND resource_key = concat_ws('/', NEW.measure, NEW.quarter, NEW.revision) AND after ->> 'state' = 'approved');
    -- The version in force for the quarter when it was approved, as it then was; the first, for the time before it.
    was jsonb := (SELECT known.after FROM measure_versions v, LATERAL (
            SELECT after, coalesce(after ->> 'effective_from' <= NEW.quarter, true) AS in_force FROM changes WHERE resource = 'measure_versions'
            AND resource_key = concat_ws('/', v.measure, v.version) AND sequence < approved ORDER BY sequence DESC LIMIT 1) known
        WHERE v.measure = NEW.measure
        ORDER BY known.in_force DESC, CASE WHEN known.in_force THEN -v.version ELSE v.version END LIMIT 1);
    is_now jsonb := (SELECT to_jsonb(v) FROM measure_versions v WHERE measure = NEW.measure AND version = version_in_force(NEW.measure, NEW.quarter));
BEGIN
    IF decides_what_is_shown(was) <> decides_what_is_shown(is_now) THEN
        RAISE EXCEPTION 'the definition is not the one that the figure was approved by'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'quarterly_submissions_approved_definition';
    END IF;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION keep_approved_definition() IS 'Trigger: a figure is published by the definition that it was approved by, for by another more of it might be shown.';
CALL run_as_owner('keep_approved_definition()');
CREATE TRIGGER b_keep_approved_definition BEFORE UPDATE ON quarterly_submissions FOR EACH ROW
    WHEN (NEW.state = 'published' AND OLD.state <> 'published') EXECUTE FUNCTION keep_approved_definition();

-- What was decided stands in the log ---------------------------------------------------------------------------------------

CALL put_in_log('disclosures', '{measure,quarter,revision}', '{}', '{}');
INSERT INTO changes (transaction_number, actor, resource, resource_key, action, after)
SELECT (SELECT ahead FROM change_clock) + pg_current_xact_id()::text::bigint, account_number('database:' || session_user), 'disclosures',
    concat_ws('/', measure, quarter, revision), 'created', to_jsonb(d) FROM disclosures d ORDER BY created_at, measure, quarter, revision;
