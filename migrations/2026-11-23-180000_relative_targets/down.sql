CALL forget('target_versions');
CALL forget('targets');
-- What is relative to a comparator cannot be said any more: it is reported without a target.
ALTER TABLE targets DISABLE TRIGGER a_govern;
UPDATE targets SET kind = 'none', comparator = NULL, comparator_statistic = NULL, comparator_margin = NULL, tolerance_kind = NULL,
    tolerance = NULL, tolerance_below = NULL, tolerance_above = NULL WHERE comparator IS NOT NULL;
ALTER TABLE targets ENABLE TRIGGER a_govern;
UPDATE target_versions SET kind = 'none', tolerance_kind = NULL, tolerance = NULL, tolerance_below = NULL, tolerance_above = NULL
    WHERE comparator IS NOT NULL;
CREATE OR REPLACE FUNCTION keep_review() RETURNS trigger LANGUAGE plpgsql AS $$
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

DROP TRIGGER b_name_comparator ON targets;
DROP FUNCTION name_target_comparator();
CREATE OR REPLACE FUNCTION keep_target_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO target_versions (measure, year, version, effective_from, change_reason, decision, set_in_arrears, kind, value, lower, upper,
        tolerance_kind, tolerance, tolerance_below, tolerance_above, profile_q1, profile_q2, profile_q3, profile_q4, rationale, source,
        decision_reference)
    VALUES (NEW.measure, NEW.year, NEW.version, NEW.effective_from, NEW.change_reason, NEW.decision, NEW.set_in_arrears, NEW.kind, NEW.value,
        NEW.lower, NEW.upper, NEW.tolerance_kind, NEW.tolerance, NEW.tolerance_below, NEW.tolerance_above, NEW.profile_q1, NEW.profile_q2,
        NEW.profile_q3, NEW.profile_q4, NEW.rationale, NEW.source, NEW.decision_reference)
    ON CONFLICT (measure, year, version) DO UPDATE SET (effective_from, change_reason, decision, set_in_arrears, kind, value, lower, upper,
        tolerance_kind, tolerance, tolerance_below, tolerance_above, profile_q1, profile_q2, profile_q3, profile_q4, rationale, source,
        decision_reference) = (EXCLUDED.effective_from, EXCLUDED.change_reason, EXCLUDED.decision, EXCLUDED.set_in_arrears, EXCLUDED.kind,
        EXCLUDED.value, EXCLUDED.lower, EXCLUDED.upper, EXCLUDED.tolerance_kind, EXCLUDED.tolerance, EXCLUDED.tolerance_below,
        EXCLUDED.tolerance_above, EXCLUDED.profile_q1, EXCLUDED.profile_q2, EXCLUDED.profile_q3, EXCLUDED.profile_q4, EXCLUDED.rationale,
        EXCLUDED.source, EXCLUDED.decision_reference);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION govern_target() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    cites_anew boolean;
    refused text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.version := 1;
        cites_anew := true;
    ELSE
        NEW.version := OLD.version;
        NEW.set_in_arrears := OLD.set_in_arrears;
        cites_anew := (NEW.decision, NEW.effective_from) IS DISTINCT FROM (OLD.decision, OLD.effective_from);
        IF (NEW.kind, NEW.value, NEW.lower, NEW.upper, NEW.tolerance_kind, NEW.tolerance, NEW.tolerance_below, NEW.tolerance_above,
            NEW.profile_q1, NEW.profile_q2, NEW.profile_q3, NEW.profile_q4, NEW.source) IS NOT DISTINCT FROM
           (OLD.kind, OLD.value, OLD.lower, OLD.upper, OLD.tolerance_kind, OLD.tolerance, OLD.tolerance_below, OLD.tolerance_above,
            OLD.profile_q1, OLD.profile_q2, OLD.profile_q3, OLD.profile_q4, OLD.source)
           AND (NEW.decision IS NULL OR NEW.decision IS NOT DISTINCT FROM OLD.decision) THEN
            NEW.decision := OLD.decision;
            NEW.effective_from := OLD.effective_from;
            NEW.change_reason := OLD.change_reason;
            RETURN NEW;
        END IF;
        IF cites_anew THEN
            NEW.version := OLD.version + 1;
        END IF;
    END IF;
    refused := CASE
        WHEN (NEW.source <> 'decision' OR NEW.decision IS NULL OR NOT cites_anew) AND target_binds(NEW.measure) THEN 'targets_decision_cited'
        WHEN TG_OP = 'UPDATE' AND cites_anew AND (NEW.effective_from IS NULL OR NEW.effective_from < OLD.effective_from) THEN 'targets_effective_in_order'
    END;
    IF refused IS NOT NULL THEN
        RAISE EXCEPTION 'a target changes by a new version' USING ERRCODE = 'check_violation', CONSTRAINT = refused;
    END IF;
    NEW.set_in_arrears := coalesce(decided_on(NEW.decision) > make_date(left(NEW.year, 4)::int + 1, 3, 31), false);
    RETURN NEW;
END $$;

ALTER TABLE target_versions
    DROP COLUMN comparator_margin,
    DROP COLUMN comparator_statistic,
    DROP COLUMN comparator_group,
    DROP COLUMN comparator_area,
    DROP COLUMN comparator;
COMMENT ON COLUMN target_versions.value IS 'The target, for kinds with one value.';
ALTER TABLE targets
    DROP CONSTRAINT targets_nothing_fixed_beside_comparator,
    DROP CONSTRAINT targets_area_as_published,
    DROP CONSTRAINT targets_comparator_whole,
    DROP CONSTRAINT targets_one_comparator,
    DROP CONSTRAINT targets_value_for_points,
    DROP COLUMN comparator_margin,
    DROP COLUMN comparator_statistic,
    DROP COLUMN comparator_group,
    DROP COLUMN comparator_area,
    DROP COLUMN comparator,
    ADD CONSTRAINT targets_value_for_points CHECK ((value IS NOT NULL) = (kind IN ('at_least', 'at_most', 'above', 'below')));
COMMENT ON COLUMN targets.value IS 'The target, for kinds with one value.';
CALL remember('targets', 'measure', 'year');
CALL remember('target_versions', 'measure', 'year', 'version');
