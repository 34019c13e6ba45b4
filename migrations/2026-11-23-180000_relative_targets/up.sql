-- A target may be relative to a comparator: it is what a group, a region or a country comes to, not a number of its own.

CALL forget('targets');
CALL forget('target_versions');

ALTER TABLE targets
    ADD COLUMN comparator text,
    ADD COLUMN comparator_area text CONSTRAINT targets_comparator_area_fkey REFERENCES areas,
    ADD COLUMN comparator_group text CONSTRAINT targets_comparator_group_fkey REFERENCES comparator_groups,
    ADD COLUMN comparator_statistic text
        CONSTRAINT targets_comparator_statistic_known CHECK (comparator_statistic IN ('published', 'mean', 'median')),
    ADD COLUMN comparator_margin numeric CONSTRAINT targets_comparator_margin_range CHECK (abs(comparator_margin) < 1e14 AND scale(comparator_margin) <= 4),
    DROP CONSTRAINT targets_value_for_points,
    ADD CONSTRAINT targets_value_for_points CHECK (
        num_nonnulls(value, comparator) = CASE WHEN kind IN ('at_least', 'at_most', 'above', 'below') THEN 1 ELSE 0 END),
    ADD CONSTRAINT targets_one_comparator CHECK (
        num_nonnulls(comparator_area, comparator_group) = num_nonnulls(comparator)
        AND comparator IS NOT DISTINCT FROM coalesce(comparator_area, comparator_group)),
    ADD CONSTRAINT targets_comparator_whole CHECK (
        num_nonnulls(comparator) = num_nonnulls(comparator_statistic) AND (comparator_margin IS NULL OR comparator IS NOT NULL)),
    ADD CONSTRAINT targets_area_as_published CHECK (comparator_area IS NULL OR comparator_statistic = 'published'),
    ADD CONSTRAINT targets_nothing_fixed_beside_comparator CHECK (
        comparator IS NULL OR (tolerance_kind IS DISTINCT FROM 'floor' AND num_nonnulls(profile_q1, profile_q2, profile_q3, profile_q4) = 0));
CREATE INDEX targets_of_area ON targets (comparator_area);
CREATE INDEX targets_of_group ON targets (comparator_group);
COMMENT ON COLUMN targets.value IS 'The target, for kinds with one value; null where it is relative to a comparator.';
COMMENT ON COLUMN targets.comparator IS 'Code of the group, region or country that the target is relative to.';
COMMENT ON COLUMN targets.comparator_area IS 'The comparator, where it is an area; told by its code.';
COMMENT ON COLUMN targets.comparator_group IS 'The comparator, where it is a group; told by its code.';
COMMENT ON COLUMN targets.comparator_statistic IS 'Which figure of the comparator: published, mean or median.';
COMMENT ON COLUMN targets.comparator_margin IS 'Own units added to the comparator''s figure; none where null.';

ALTER TABLE target_versions
    ADD COLUMN comparator text,
    ADD COLUMN comparator_area text CONSTRAINT target_versions_comparator_area_fkey REFERENCES areas,
    ADD COLUMN comparator_group text CONSTRAINT target_versions_comparator_group_fkey REFERENCES comparator_groups,
    ADD COLUMN comparator_statistic text,
    ADD COLUMN comparator_margin numeric;
CREATE INDEX target_versions_of_area ON target_versions (comparator_area);
CREATE INDEX target_versions_of_group ON target_versions (comparator_group);
COMMENT ON COLUMN target_versions.value IS 'The target, for kinds with one value; null where it is relative to a comparator.';
COMMENT ON COLUMN target_versions.comparator IS 'Code of the group, region or country that the target is relative to.';
COMMENT ON COLUMN target_versions.comparator_area IS 'The comparator, where it is an area.';
COMMENT ON COLUMN target_versions.comparator_group IS 'The comparator, where it is a group.';
COMMENT ON COLUMN target_versions.comparator_statistic IS 'Which figure of the comparator: published, mean or median.';
COMMENT ON COLUMN target_versions.comparator_margin IS 'Own units added to the comparator''s figure; none where null.';

CREATE FUNCTION name_target_comparator() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.comparator_area := (SELECT code FROM areas WHERE code = NEW.comparator AND kind IN ('region', 'country'));
    NEW.comparator_group := (SELECT code FROM comparator_groups WHERE code = NEW.comparator);
    RETURN NEW;
END $$;
COMMENT ON FUNCTION name_target_comparator() IS 'Trigger: tells by its code whether a target is relative to a region or country, or to a group; another authority is neither.';
CREATE TRIGGER b_name_comparator BEFORE INSERT OR UPDATE ON targets FOR EACH ROW EXECUTE FUNCTION name_target_comparator();

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
        IF (NEW.kind, NEW.value, NEW.comparator, NEW.comparator_statistic, NEW.comparator_margin, NEW.lower, NEW.upper, NEW.tolerance_kind, NEW.tolerance, NEW.tolerance_below, NEW.tolerance_above,
            NEW.profile_q1, NEW.profile_q2, NEW.profile_q3, NEW.profile_q4, NEW.source) IS NOT DISTINCT FROM
           (OLD.kind, OLD.value, OLD.comparator, OLD.comparator_statistic, OLD.comparator_margin, OLD.lower, OLD.upper, OLD.tolerance_kind, OLD.tolerance, OLD.tolerance_below, OLD.tolerance_above,
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

CREATE OR REPLACE FUNCTION keep_target_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO target_versions (measure, year, version, effective_from, change_reason, decision, set_in_arrears, kind, value, comparator,
        comparator_area, comparator_group, comparator_statistic, comparator_margin, lower, upper, tolerance_kind, tolerance, tolerance_below,
        tolerance_above, profile_q1, profile_q2, profile_q3, profile_q4, rationale, source, decision_reference)
    VALUES (NEW.measure, NEW.year, NEW.version, NEW.effective_from, NEW.change_reason, NEW.decision, NEW.set_in_arrears, NEW.kind, NEW.value,
        NEW.comparator, NEW.comparator_area, NEW.comparator_group, NEW.comparator_statistic, NEW.comparator_margin, NEW.lower, NEW.upper,
        NEW.tolerance_kind, NEW.tolerance, NEW.tolerance_below, NEW.tolerance_above, NEW.profile_q1, NEW.profile_q2, NEW.profile_q3,
        NEW.profile_q4, NEW.rationale, NEW.source, NEW.decision_reference)
    ON CONFLICT (measure, year, version) DO UPDATE SET (effective_from, change_reason, decision, set_in_arrears, kind, value, comparator,
        comparator_area, comparator_group, comparator_statistic, comparator_margin, lower, upper, tolerance_kind, tolerance, tolerance_below,
        tolerance_above, profile_q1, profile_q2, profile_q3, profile_q4, rationale, source, decision_reference)
        = (EXCLUDED.effective_from, EXCLUDED.change_reason, EXCLUDED.decision, EXCLUDED.set_in_arrears, EXCLUDED.kind, EXCLUDED.value,
        EXCLUDED.comparator, EXCLUDED.comparator_area, EXCLUDED.comparator_group, EXCLUDED.comparator_statistic, EXCLUDED.comparator_margin,
        EXCLUDED.lower, EXCLUDED.upper, EXCLUDED.tolerance_kind, EXCLUDED.tolerance, EXCLUDED.tolerance_below, EXCLUDED.tolerance_above,
        EXCLUDED.profile_q1, EXCLUDED.profile_q2, EXCLUDED.profile_q3, EXCLUDED.profile_q4, EXCLUDED.rationale, EXCLUDED.source,
        EXCLUDED.decision_reference);
    RETURN NULL;
END $$;

-- A proposal can name more parts of a target than when it was settled: those that it does not name are no change.
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
            WHEN OLD.status NOT IN ('open', 'proposals_in') AND jsonb_strip_nulls(NEW.proposals) <> jsonb_strip_nulls(OLD.proposals) THEN 'annual_target_reviews_proposals_settled'
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

CALL remember('targets', 'measure', 'year');
CALL remember('target_versions', 'measure', 'year', 'version');
