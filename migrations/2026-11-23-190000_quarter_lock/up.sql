-- The quarter's lock: once a report is signed off, what its quarter and those before are judged by stays, so that the live
-- scorecard changes only where a figure is revised. And a decision keeps the clauses that something cites.

CREATE FUNCTION quarter_after(quarter text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN is_quarter(quarter) THEN quarter_of((quarter_start(quarter) + interval '3 months')::date) END;
COMMENT ON FUNCTION quarter_after(text) IS 'The quarter that follows; null for what is no quarter.';

CREATE FUNCTION sealed_to(of_framework text) RETURNS text LANGUAGE sql STABLE
RETURN (
    SELECT max(r.quarter) FROM quarterly_reports r
    WHERE r.framework = of_framework AND r.content_hash IS NOT NULL AND NOT EXISTS (
        SELECT FROM quarterly_reports l WHERE l.framework = r.framework AND l.quarter = r.quarter AND l.version > r.version
    )
);
COMMENT ON FUNCTION sealed_to(text) IS 'Newest quarter of a framework whose report is signed off and not being corrected; null where there is none. It and all quarters before are locked.';

CREATE FUNCTION free_from(of_framework text) RETURNS text LANGUAGE sql STABLE
RETURN quarter_after(sealed_to(of_framework));
COMMENT ON FUNCTION free_from(text) IS 'First quarter of a framework from which definitions and targets may still change; null where every quarter is free.';

CREATE FUNCTION is_reported(level text, status text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN level IN ('outcome', 'committee') AND status = 'active';
COMMENT ON FUNCTION is_reported(text, text) IS 'Whether reports to the committee have a measure of this level and status.';

CREATE FUNCTION told_of_seal(of_framework text) RETURNS text LANGUAGE sql STABLE
RETURN json_build_object('framework', of_framework, 'sealed', sealed_to(of_framework), 'free', free_from(of_framework))::text;
COMMENT ON FUNCTION told_of_seal(text) IS 'What the words of a refusal by the quarter''s lock name: the framework, its newest sealed quarter and the first that is free.';

-- Whoever signs off takes this lock alone before reading, whoever changes what is judged by shares it before writing: no change
-- falls between what a report read and its being sealed. Taken by statement, before known_at() is: the other way round,
-- the reader as at an instant would wait for a writer that waits for it.
CREATE FUNCTION share_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(20562);
    RETURN NULL;
END $$;
COMMENT ON FUNCTION share_seal() IS 'Trigger: waits for a sign-off under way, and holds the next one off until the transaction ends.';
CREATE TRIGGER share_seal BEFORE INSERT OR UPDATE OR DELETE ON measures FOR EACH STATEMENT EXECUTE FUNCTION share_seal();
CREATE TRIGGER share_seal BEFORE INSERT OR UPDATE OR DELETE ON targets FOR EACH STATEMENT EXECUTE FUNCTION share_seal();
CREATE TRIGGER share_seal BEFORE UPDATE OF framework ON outcomes FOR EACH STATEMENT EXECUTE FUNCTION share_seal();

CREATE FUNCTION take_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(20562);
    RETURN NULL;
END $$;
COMMENT ON FUNCTION take_seal() IS 'Trigger: waits for changes under way of what quarters are judged by, and holds others off until the transaction ends.';
CREATE TRIGGER take_seal BEFORE DELETE ON quarterly_reports FOR EACH STATEMENT EXECUTE FUNCTION take_seal();

-- Definitions ---------------------------------------------------------------------------------------------------------

CREATE FUNCTION begin_measure_unsealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.effective_from IS NULL AND is_reported(NEW.level, NEW.status) THEN
        SELECT greatest(f.free, (SELECT quarter_of(day) FROM decided_on(NEW.decision) AS day WHERE day IS NOT NULL)) INTO NEW.effective_from
        FROM outcomes o, free_from(o.framework) AS f (free) WHERE o.code = NEW.outcome AND f.free IS NOT NULL;
    END IF;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION begin_measure_unsealed() IS 'Trigger: a further measure is reported from the first free quarter on, unless a later one is asked for.';
CREATE TRIGGER a_begin_unsealed BEFORE INSERT ON measures FOR EACH ROW EXECUTE FUNCTION begin_measure_unsealed();

CREATE FUNCTION keep_sealed_definitions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    begins text;
    sides text[];
    told text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
    IF TG_OP = 'INSERT' THEN
        -- A version that is there is not inserted: ON CONFLICT updates it, and that is judged as what it is.
        IF EXISTS (SELECT FROM measure_versions v WHERE (v.measure, v.version) = (NEW.measure, NEW.version)) THEN
            RETURN NEW;
        END IF;
        begins := coalesce(NEW.effective_from, '');
        -- What it takes the place of.
        sides := ARRAY(SELECT v.outcome FROM measure_versions v
            WHERE v.measure = NEW.measure AND v.version = NEW.version - 1 AND is_reported(v.level, v.status));
    ELSE
        begins := coalesce(OLD.effective_from, '');
        sides := CASE WHEN is_reported(OLD.level, OLD.status) THEN ARRAY[OLD.outcome] ELSE '{}' END;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        sides := sides || CASE WHEN is_reported(NEW.level, NEW.status) THEN ARRAY[NEW.outcome] ELSE '{}' END;
    END IF;
    SELECT told_of_seal(o.framework) INTO told FROM outcomes o WHERE o.code = ANY (sides) AND begins <= sealed_to(o.framework) LIMIT 1;
    IF told IS NOT NULL THEN
        RAISE EXCEPTION 'a sealed quarter keeps its definitions' USING ERRCODE = 'check_violation', CONSTRAINT = 'measures_quarter_sealed', HINT = told;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.status <> 'proposed' AND is_binding(OLD.outcome, OLD.level) THEN
            RAISE EXCEPTION 'a measure goes by a decision' USING ERRCODE = 'check_violation', CONSTRAINT = 'measures_decided_kept';
        END IF;
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
COMMENT ON FUNCTION keep_sealed_definitions() IS 'Trigger: the definitions in force in a quarter whose report is signed off are neither changed nor replaced, and none is added; what members saw in an adopted framework is never deleted.';
CREATE TRIGGER b_keep_sealed BEFORE INSERT OR UPDATE OR DELETE ON measure_versions FOR EACH ROW EXECUTE FUNCTION keep_sealed_definitions();

CREATE FUNCTION keep_outcome_framework() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM measure_versions v WHERE v.outcome = OLD.code AND is_reported(v.level, v.status))
       AND EXISTS (SELECT FROM frameworks f WHERE f.code IN (OLD.framework, NEW.framework)
            AND (f.adopted_by IS NOT NULL OR sealed_to(f.code) IS NOT NULL)) THEN
        RAISE EXCEPTION 'an outcome takes its measures along' USING ERRCODE = 'check_violation', CONSTRAINT = 'outcomes_framework_kept';
    END IF;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION keep_outcome_framework() IS 'Trigger: an outcome with measures that members see stays in its framework once that is adopted or has a sealed report, and joins no such framework.';
CREATE TRIGGER b_keep_framework BEFORE UPDATE OF framework ON outcomes FOR EACH ROW
    WHEN (NEW.framework <> OLD.framework) EXECUTE FUNCTION keep_outcome_framework();

-- Targets -------------------------------------------------------------------------------------------------------------

CREATE FUNCTION reporting_framework(of_measure text) RETURNS text LANGUAGE sql STABLE
RETURN (
    SELECT o.framework FROM measures m JOIN outcomes o ON o.code = m.outcome
    WHERE m.code = of_measure AND EXISTS (SELECT FROM measure_versions v WHERE v.measure = m.code AND is_reported(v.level, v.status))
);
COMMENT ON FUNCTION reporting_framework(text) IS 'Framework whose reports have a measure, or had it; null where none has.';

CREATE FUNCTION is_binding_between(of_measure text, first text, last text) RETURNS boolean LANGUAGE sql STABLE
RETURN EXISTS (
    SELECT FROM measure_versions v
    WHERE v.measure = of_measure AND v.status <> 'proposed' AND is_binding(v.outcome, v.level) AND coalesce(v.effective_from, '') <= last
        AND NOT EXISTS (SELECT FROM measure_versions l WHERE l.measure = v.measure AND l.version > v.version AND coalesce(l.effective_from, '') <= first)
);
COMMENT ON FUNCTION is_binding_between(text, text, text) IS 'Whether members see a measure in one of these quarters, whatever its level is now, so that its targets there are a committee''s to decide.';

CREATE FUNCTION begin_target_unsealed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text := free_from(reporting_framework(NEW.measure));
BEGIN
    IF NEW.effective_from IS NULL AND left(free, 7) = NEW.year AND right(free, 2) <> 'Q1' THEN
        NEW.effective_from := free;
    END IF;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION begin_target_unsealed() IS 'Trigger: a new target of a year of which quarters are sealed judges from the first free one on, unless a later one is asked for.';
CREATE TRIGGER a_begin_unsealed BEFORE INSERT ON targets FOR EACH ROW EXECUTE FUNCTION begin_target_unsealed();

CREATE FUNCTION keep_sealed_targets() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- What no figure is judged by.
    beside text[] := ARRAY['rationale', 'decision_reference', 'created_at', 'updated_at', 'row_version'];
    one target_versions := coalesce(OLD, NEW);
    framework text := reporting_framework(one.measure);
    begins text := coalesce(one.effective_from, one.year || '-Q1');
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - beside = to_jsonb(OLD) - beside THEN
            RETURN NEW;
        END IF;
    ELSIF TG_OP = 'INSERT' THEN
        -- As for definitions: what is there is updated.
        IF EXISTS (SELECT FROM target_versions t WHERE (t.measure, t.year, t.version) = (NEW.measure, NEW.year, NEW.version)) THEN
            RETURN NEW;
        END IF;
    END IF;
    IF begins <= sealed_to(framework) THEN
        RAISE EXCEPTION 'a sealed quarter keeps its targets' USING ERRCODE = 'check_violation', CONSTRAINT = 'targets_quarter_sealed',
            HINT = told_of_seal(framework);
    END IF;
    -- A measure that is the service's own now may have been the committee's in quarters that this target judges.
    IF (TG_OP = 'UPDATE' OR (TG_OP = 'INSERT') = (one.decision IS NULL)) AND is_binding_between(one.measure, begins, one.year || '-Q4') THEN
        RAISE EXCEPTION 'what a committee decides is not changed without it' USING ERRCODE = 'check_violation',
            CONSTRAINT = CASE TG_OP WHEN 'DELETE' THEN 'targets_decided_kept' ELSE 'targets_decision_cited' END;
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
COMMENT ON FUNCTION keep_sealed_targets() IS 'Trigger: the targets that judge a quarter whose report is signed off are neither changed nor replaced, and none is added; those of quarters in which members see the measure change by decision.';
CREATE TRIGGER b_keep_sealed BEFORE INSERT OR UPDATE OR DELETE ON target_versions FOR EACH ROW EXECUTE FUNCTION keep_sealed_targets();

-- Corrections ---------------------------------------------------------------------------------------------------------

-- As the owner, who alone reads schema history: what was replaced or deleted stands there.
CREATE FUNCTION keep_needed_correction() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    since timestamptz := (SELECT r.as_of FROM quarterly_reports r
        WHERE r.framework = OLD.framework AND r.quarter = OLD.quarter AND r.version = OLD.version - 1);
BEGIN
    IF EXISTS (
        SELECT FROM (
            SELECT measure, effective_from FROM measure_versions WHERE updated_at > since
            UNION ALL SELECT measure, effective_from FROM history.measure_versions WHERE superseded_at > since AND updated_at <= since
            UNION ALL SELECT measure, coalesce(effective_from, year || '-Q1') FROM target_versions WHERE updated_at > since
            UNION ALL SELECT measure, coalesce(effective_from, year || '-Q1') FROM history.target_versions WHERE superseded_at > since AND updated_at <= since
        ) AS changed (measure, begins)
        WHERE coalesce(begins, '') <= OLD.quarter AND reporting_framework(measure) = OLD.framework
    ) OR EXISTS (
        -- A measure that is gone, or is the service's own now, is in no report any more.
        SELECT FROM history.measure_versions v JOIN outcomes o ON o.code = v.outcome
        WHERE o.framework = OLD.framework AND is_reported(v.level, v.status) AND v.superseded_at > since AND v.updated_at <= since
            AND coalesce(v.effective_from, '') <= OLD.quarter
    ) THEN
        RAISE EXCEPTION 'the sealed version is out of date' USING ERRCODE = 'check_violation', CONSTRAINT = 'quarterly_reports_correction_needed';
    END IF;
    RETURN OLD;
END $$;
REVOKE EXECUTE ON FUNCTION keep_needed_correction() FROM PUBLIC;
COMMENT ON FUNCTION keep_needed_correction() IS 'Trigger: a correction under which definitions or targets of its quarter were changed is signed off, never given up.';
CREATE TRIGGER b_keep_needed BEFORE DELETE ON quarterly_reports FOR EACH ROW
    WHEN (OLD.version > 1 AND OLD.content_hash IS NULL) EXECUTE FUNCTION keep_needed_correction();

-- Clauses -------------------------------------------------------------------------------------------------------------

CREATE FUNCTION citing(of_decision text, of_clauses text[]) RETURNS SETOF text LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT 'issue of concern ' || code FROM issues_of_concern WHERE decision = of_decision AND (clause IS NULL OR clause = ANY (of_clauses))
    UNION ALL SELECT format('review %s/%s', framework, year) FROM annual_target_reviews WHERE decision = of_decision
        AND EXISTS (SELECT FROM jsonb_array_elements(decided_outcomes) AS o (one) WHERE one ->> 'clause' = ANY (of_clauses))
    UNION ALL SELECT 'framework ' || code FROM frameworks WHERE adopted_by = of_decision
    UNION ALL SELECT format('report %s/%s', framework, quarter) FROM quarterly_reports WHERE decision = of_decision
    UNION ALL SELECT 'recovery plan ' || code FROM recovery_plans WHERE decision = of_decision
    UNION ALL SELECT DISTINCT 'measure ' || measure FROM measure_versions WHERE decision = of_decision
    UNION ALL SELECT DISTINCT format('target %s/%s', measure, year) FROM target_versions WHERE decision = of_decision;
END;
COMMENT ON FUNCTION citing(text, text[]) IS 'What cites one of these clauses of a decision, or the decision as a whole and so all of its clauses.';

CREATE FUNCTION keep_cited_clauses() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gone text[] := ARRAY(SELECT one ->> 'clause' FROM jsonb_array_elements(OLD.clauses) AS o (one)
        EXCEPT SELECT one ->> 'clause' FROM jsonb_array_elements(NEW.clauses) AS n (one) ORDER BY 1);
    cited text[];
BEGIN
    IF gone <> '{}' THEN
        cited := ARRAY(SELECT c FROM citing(OLD.code, gone) AS c ORDER BY c);
    END IF;
    IF cited <> '{}' THEN
        RAISE EXCEPTION 'a cited clause stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'decisions_cited_clauses_kept',
            HINT = json_build_object('clauses', array_to_string(gone, ', '), 'citing', array_to_string(cited[1:5], ', ')
                || CASE WHEN cardinality(cited) > 5 THEN format(' and %s more', cardinality(cited) - 5) ELSE '' END)::text;
    END IF;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION keep_cited_clauses() IS 'Trigger: a clause that something cites is reworded at most, never taken out.';
CREATE TRIGGER b_keep_cited BEFORE UPDATE ON decisions FOR EACH ROW
    WHEN (NEW.clauses <> OLD.clauses AND jsonb_typeof(NEW.clauses) = 'array') EXECUTE FUNCTION keep_cited_clauses();
