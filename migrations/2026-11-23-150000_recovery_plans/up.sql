CREATE FUNCTION is_trajectory(points jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN jsonb_typeof(points) <> 'array' THEN false ELSE NOT EXISTS (
    SELECT FROM (
        SELECT point, lag(point ->> 'quarter') OVER (ORDER BY position) AS before
        FROM jsonb_array_elements(points) WITH ORDINALITY AS p (point, position)
    ) AS pairs
    WHERE NOT coalesce(is_quarter(point ->> 'quarter') AND jsonb_typeof(point -> 'expected') = 'number'
        AND coalesce(before COLLATE "C" < (point ->> 'quarter') COLLATE "C", true), false)
) END;
COMMENT ON FUNCTION is_trajectory(jsonb) IS 'Whether a document is a list of quarters in ascending order, each with the number expected.';

CREATE TABLE recovery_plans (
    code text CONSTRAINT recovery_plans_pkey PRIMARY KEY CONSTRAINT recovery_plans_code_form CHECK (code ~ '^[A-Z0-9][A-Z0-9-]{0,31}$'),
    measure text NOT NULL CONSTRAINT recovery_plans_measure_fkey REFERENCES measures,
    title text NOT NULL,
    owner text NOT NULL,
    reason text NOT NULL,
    interventions jsonb NOT NULL CONSTRAINT recovery_plans_interventions_list CHECK (jsonb_typeof(interventions) = 'array'),
    trajectory jsonb NOT NULL CONSTRAINT recovery_plans_trajectory_form CHECK (is_trajectory(trajectory)),
    success_measure text,
    decision text CONSTRAINT recovery_plans_decision_fkey REFERENCES decisions,
    state text NOT NULL DEFAULT 'drafted' CONSTRAINT recovery_plans_state_known CHECK (
        state IN ('drafted', 'agreed', 'in_delivery', 'effective', 'ineffective', 'closed')),
    result jsonb CONSTRAINT recovery_plans_result_form CHECK (result IS NULL OR coalesce(
        result ->> 'assessment' IN ('no_effect', 'partial', 'achieved') AND is_quarter(result ->> 'evidence_quarter'), false)),
    agreed_by text,
    agreed_at timestamptz,
    started_by text,
    started_at timestamptz,
    assessed_by text,
    assessed_at timestamptz,
    closed_by text,
    closed_at timestamptz,
    close_reason text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    row_version bigint NOT NULL DEFAULT nextval('row_versions'),
    CONSTRAINT recovery_plans_whole_once_agreed CHECK (state = 'drafted' OR (interventions <> '[]' AND trajectory <> '[]')),
    CONSTRAINT recovery_plans_agreed_signed CHECK (state = 'drafted' OR (agreed_by IS NOT NULL AND agreed_at IS NOT NULL)),
    CONSTRAINT recovery_plans_started_signed CHECK (state IN ('drafted', 'agreed') OR (started_by IS NOT NULL AND started_at IS NOT NULL)),
    CONSTRAINT recovery_plans_assessed_signed CHECK (state NOT IN ('effective', 'ineffective')
        OR (result IS NOT NULL AND assessed_by IS NOT NULL AND assessed_at IS NOT NULL)),
    CONSTRAINT recovery_plans_closed_signed CHECK (state <> 'closed' OR (closed_by IS NOT NULL AND closed_at IS NOT NULL AND close_reason IS NOT NULL))
);
CREATE UNIQUE INDEX recovery_plans_one_open ON recovery_plans (measure) WHERE state <> 'closed';
CREATE INDEX recovery_plans_of_measure ON recovery_plans (measure, code);
CREATE INDEX recovery_plans_of_decision ON recovery_plans (decision);
COMMENT ON TABLE recovery_plans IS 'How a measure that is off target is to recover: interventions, the values expected quarter by quarter, and whether it worked.';
COMMENT ON COLUMN recovery_plans.code IS 'Code that never changes and is never used again.';
COMMENT ON COLUMN recovery_plans.measure IS 'Measure that is to recover; it has at most one plan that is not closed.';
COMMENT ON COLUMN recovery_plans.title IS 'Title in plain English.';
COMMENT ON COLUMN recovery_plans.owner IS 'Who answers for the plan.';
COMMENT ON COLUMN recovery_plans.reason IS 'Why the measure is off target.';
COMMENT ON COLUMN recovery_plans.interventions IS 'What is done: title, owner, dates, milestone and how delivery stands.';
COMMENT ON COLUMN recovery_plans.trajectory IS 'The value expected in each quarter, in ascending order; never changed once the plan is agreed.';
COMMENT ON COLUMN recovery_plans.success_measure IS 'What will show that the plan has worked.';
COMMENT ON COLUMN recovery_plans.decision IS 'Decision that asked for the plan or agreed it.';
COMMENT ON COLUMN recovery_plans.state IS 'drafted, agreed, in_delivery, effective, ineffective or closed.';
COMMENT ON COLUMN recovery_plans.result IS 'Whether it worked: assessment, the quarter whose figure shows it, and a note; null until it is assessed.';
COMMENT ON COLUMN recovery_plans.agreed_by IS 'Caller who agreed it.';
COMMENT ON COLUMN recovery_plans.agreed_at IS 'When it was agreed.';
COMMENT ON COLUMN recovery_plans.started_by IS 'Caller who started its delivery.';
COMMENT ON COLUMN recovery_plans.started_at IS 'When its delivery was started.';
COMMENT ON COLUMN recovery_plans.assessed_by IS 'Caller who assessed it.';
COMMENT ON COLUMN recovery_plans.assessed_at IS 'When it was assessed.';
COMMENT ON COLUMN recovery_plans.closed_by IS 'Caller who closed it.';
COMMENT ON COLUMN recovery_plans.closed_at IS 'When it was closed.';
COMMENT ON COLUMN recovery_plans.close_reason IS 'Why it was closed.';
COMMENT ON COLUMN recovery_plans.created_at IS 'When it was recorded.';
COMMENT ON COLUMN recovery_plans.updated_at IS 'When it last changed.';
COMMENT ON COLUMN recovery_plans.row_version IS 'Version of the row; its ETag.';

CREATE FUNCTION without_delivery(interventions jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (SELECT jsonb_agg(one - 'delivery' ORDER BY position) FROM jsonb_array_elements(interventions) WITH ORDINALITY AS i (one, position));
COMMENT ON FUNCTION without_delivery(jsonb) IS 'Interventions as they were agreed: without how their delivery stands.';

CREATE FUNCTION keep_agreed_plans() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.code, OLD.measure, OLD.title, OLD.reason, OLD.trajectory, OLD.success_measure, OLD.decision, without_delivery(OLD.interventions))
           IS NOT DISTINCT FROM
           (NEW.code, NEW.measure, NEW.title, NEW.reason, NEW.trajectory, NEW.success_measure, NEW.decision, without_delivery(NEW.interventions))
           AND NEW.state <> 'drafted' THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'an agreed plan stays as it was agreed' USING ERRCODE = 'check_violation', CONSTRAINT = 'recovery_plans_agreed_kept';
END $$;
COMMENT ON FUNCTION keep_agreed_plans() IS 'Trigger: once agreed, a plan keeps its trajectory and all else but its owner and how delivery stands; and it is never deleted.';
CREATE TRIGGER b_keep_agreed_plans BEFORE UPDATE OR DELETE ON recovery_plans FOR EACH ROW
    WHEN (OLD.state <> 'drafted') EXECUTE FUNCTION keep_agreed_plans();
CREATE TRIGGER b_register_code AFTER INSERT ON recovery_plans FOR EACH ROW EXECUTE FUNCTION register_code();
CALL govern('recovery_plans', 'code');
CALL remember('recovery_plans', 'code');
