-- An annual review is decided clause by clause and applied in one transaction; what it made is kept with it.

CALL forget('annual_target_reviews');

-- A review that was called decided before its decision could be cited waits for it.
UPDATE annual_target_reviews SET status = 'submitted' WHERE status IN ('decided', 'applied');
ALTER TABLE annual_target_reviews
    ADD COLUMN decision text CONSTRAINT annual_target_reviews_decision_fkey REFERENCES decisions,
    ADD COLUMN decided_outcomes jsonb CONSTRAINT annual_target_reviews_outcomes_list CHECK (jsonb_typeof(decided_outcomes) = 'array'),
    ADD COLUMN applied_at timestamptz,
    ADD COLUMN applied_by text,
    ADD COLUMN applied_changes jsonb CONSTRAINT annual_target_reviews_changes_list CHECK (jsonb_typeof(applied_changes) = 'array'),
    ADD CONSTRAINT annual_target_reviews_decided_whole CHECK (
        num_nonnulls(decision, decided_outcomes) = CASE WHEN status IN ('decided', 'applied') THEN 2 ELSE 0 END),
    ADD CONSTRAINT annual_target_reviews_applied_whole CHECK (
        num_nonnulls(applied_at, applied_by, applied_changes) = CASE WHEN status = 'applied' THEN 3 ELSE 0 END);
CREATE INDEX annual_target_reviews_of_decision ON annual_target_reviews (decision);
COMMENT ON COLUMN annual_target_reviews.decision IS 'Decision that decided its proposals.';
COMMENT ON COLUMN annual_target_reviews.decided_outcomes IS 'For each proposal, the clause that decided it, and whether it was agreed or rejected.';
COMMENT ON COLUMN annual_target_reviews.applied_at IS 'When what was agreed took effect.';
COMMENT ON COLUMN annual_target_reviews.applied_by IS 'Who applied it.';
COMMENT ON COLUMN annual_target_reviews.applied_changes IS 'What applying made, proposal by proposal.';

CREATE FUNCTION keep_review() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    steps text[] := ARRAY['open', 'proposals_in', 'submitted', 'decided', 'applied'];
    refused text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        refused := CASE WHEN NEW.status <> 'open' THEN 'annual_target_reviews_begins_open' END;
    ELSE
        refused := CASE
            WHEN array_position(steps, NEW.status) - array_position(steps, OLD.status) NOT IN (0, 1) THEN 'annual_target_reviews_step_in_order'
            WHEN OLD.status NOT IN ('open', 'proposals_in') AND NEW.proposals <> OLD.proposals THEN 'annual_target_reviews_proposals_settled'
            WHEN (OLD.decision IS NOT NULL AND (NEW.decision, NEW.decided_outcomes) IS DISTINCT FROM (OLD.decision, OLD.decided_outcomes))
                OR (OLD.applied_at IS NOT NULL AND (NEW.applied_at, NEW.applied_by, NEW.applied_changes)
                    IS DISTINCT FROM (OLD.applied_at, OLD.applied_by, OLD.applied_changes)) THEN 'annual_target_reviews_record_kept'
        END;
    END IF;
    IF refused IS NOT NULL THEN
        RAISE EXCEPTION 'a review goes forward and keeps its record' USING ERRCODE = 'check_violation', CONSTRAINT = refused;
    END IF;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION keep_review() IS 'Trigger: a review begins open and goes one step at a time; what was put to the committee, what it decided and what was made of it stay as they are.';
CREATE TRIGGER a_keep_review BEFORE INSERT OR UPDATE ON annual_target_reviews FOR EACH ROW EXECUTE FUNCTION keep_review();

CALL remember('annual_target_reviews', 'framework', 'year');
