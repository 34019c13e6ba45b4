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

-- What was decided stands in the log ---------------------------------------------------------------------------------------

CALL put_in_log('disclosures', '{measure,quarter,revision}', '{}', '{}');
INSERT INTO changes (transaction_number, actor, resource, resource_key, action, after)
SELECT (SELECT ahead FROM change_clock) + pg_current_xact_id()::text::bigint, account_number('database:' || session_user), 'disclosures',
    concat_ws('/', measure, quarter, revision), 'created', to_jsonb(d) FROM disclosures d ORDER BY created_at, measure, quarter, revision;
