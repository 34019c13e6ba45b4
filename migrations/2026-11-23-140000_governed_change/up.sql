-- Governed change: in a framework that a committee adopted, nothing that members see changes without a decision, and every
-- version of a definition or target stays with the quarters that it was in force for.

CALL forget('frameworks');
CALL forget('measures');
CALL forget('targets');

ALTER TABLE frameworks ADD COLUMN adopted_by text CONSTRAINT frameworks_adopted_by_fkey REFERENCES decisions;
CREATE INDEX frameworks_of_decision ON frameworks (adopted_by);
COMMENT ON COLUMN frameworks.adopted_by IS 'Decision that adopted it; from then on changes cite decisions of their own.';
-- A framework adopted before decisions were recorded goes on as a draft until its adoption is.
UPDATE frameworks SET status = 'draft' WHERE status = 'adopted';
ALTER TABLE frameworks ADD CONSTRAINT frameworks_adoption_decided CHECK (status <> 'adopted' OR adopted_by IS NOT NULL);

CREATE FUNCTION keep_adoption() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.adopted_by := coalesce(NEW.adopted_by, OLD.adopted_by);
    IF NEW.status = 'draft' OR NEW.adopted_by <> OLD.adopted_by THEN
        RAISE EXCEPTION 'an adopted framework is never a draft again' USING ERRCODE = 'check_violation', CONSTRAINT = 'frameworks_adoption_kept';
    END IF;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION keep_adoption() IS 'Trigger: what was adopted can be closed, but never goes back to a draft, in which anything may change.';
CREATE TRIGGER a_keep_adoption BEFORE UPDATE ON frameworks FOR EACH ROW WHEN (OLD.adopted_by IS NOT NULL) EXECUTE FUNCTION keep_adoption();

CREATE FUNCTION decided_on(decision text) RETURNS date LANGUAGE sql STABLE
RETURN (SELECT held_on FROM decisions d JOIN meetings m ON m.code = d.meeting WHERE d.code = decision);
COMMENT ON FUNCTION decided_on(text) IS 'Day of the meeting that took a decision.';

CREATE FUNCTION quarter_of(day date) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT format('%s-%s-Q%s', y, lpad(((y + 1) % 100)::text, 2, '0'), q)
    FROM (SELECT extract(year FROM day - interval '3 months')::int AS y, extract(quarter FROM day - interval '3 months')::int AS q) parts
);
COMMENT ON FUNCTION quarter_of(date) IS 'Quarter of the April financial year in which a day lies.';

CREATE FUNCTION is_binding(outcome text, level text) RETURNS boolean LANGUAGE sql STABLE
RETURN level IN ('outcome', 'committee')
    AND EXISTS (SELECT FROM outcomes o JOIN frameworks f ON f.code = o.framework WHERE o.code = outcome AND f.adopted_by IS NOT NULL);
COMMENT ON FUNCTION is_binding(text, text) IS 'Whether members see a measure of this outcome at this level, so that its changes need a decision: reported to committee, in an adopted framework.';

-- Measures ------------------------------------------------------------------------------------------------------------

ALTER TABLE measures
    ADD COLUMN version integer NOT NULL DEFAULT 1 CONSTRAINT measures_version_positive CHECK (version > 0),
    ADD COLUMN series integer NOT NULL DEFAULT 1 CONSTRAINT measures_series_positive CHECK (series > 0),
    ADD COLUMN baseline_series integer NOT NULL DEFAULT 1,
    ADD COLUMN effective_from text CONSTRAINT measures_effective_from_form CHECK (is_quarter(effective_from)),
    ADD COLUMN change_reason text,
    ADD COLUMN decision text CONSTRAINT measures_decision_fkey REFERENCES decisions,
    ADD CONSTRAINT measures_change_explained CHECK (version = 1 OR (effective_from IS NOT NULL AND change_reason IS NOT NULL));
CREATE INDEX measures_of_decision ON measures (decision);
COMMENT ON COLUMN measures.version IS 'Number of the definition, from 1.';
COMMENT ON COLUMN measures.series IS 'Number of the series: figures of different series are never compared.';
COMMENT ON COLUMN measures.baseline_series IS 'Series that the baseline belongs to.';
COMMENT ON COLUMN measures.effective_from IS 'First quarter for which this version is in force; null for every quarter.';
COMMENT ON COLUMN measures.change_reason IS 'Why the definition changed; given for every version after the first.';
COMMENT ON COLUMN measures.decision IS 'Decision that authorised this version.';

CREATE TABLE measure_versions (
    measure text NOT NULL CONSTRAINT measure_versions_measure_fkey REFERENCES measures ON DELETE CASCADE,
    version integer NOT NULL,
    effective_from text,
    change_reason text,
    decision text CONSTRAINT measure_versions_decision_fkey REFERENCES decisions,
    series integer NOT NULL,
    baseline_series integer NOT NULL,
    outcome text NOT NULL CONSTRAINT measure_versions_outcome_fkey REFERENCES outcomes,
    level text NOT NULL,
    title text NOT NULL,
    definition text NOT NULL,
    numerator_label text,
    denominator_label text,
    unit text NOT NULL,
    rate_base integer,
    decimal_places smallint NOT NULL,
    polarity text NOT NULL,
    kind text NOT NULL,
    frequency text NOT NULL,
    calendar text NOT NULL,
    accumulation text NOT NULL,
    stable_band numeric NOT NULL,
    expected_lower numeric,
    expected_upper numeric,
    baseline_period text,
    baseline_value numeric,
    baseline_reason text,
    status text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    row_version bigint NOT NULL DEFAULT nextval('row_versions'),
    CONSTRAINT measure_versions_pkey PRIMARY KEY (measure, version)
);
CREATE INDEX measure_versions_of_decision ON measure_versions (decision);
CREATE INDEX measure_versions_of_outcome ON measure_versions (outcome, measure);
COMMENT ON TABLE measure_versions IS 'Every version of a measure''s definition, each in force from its first quarter until the next begins; kept by trigger.';
COMMENT ON COLUMN measure_versions.measure IS 'Measure.';
COMMENT ON COLUMN measure_versions.version IS 'Number of the version, from 1.';
COMMENT ON COLUMN measure_versions.effective_from IS 'First quarter for which it is in force; null for every quarter.';
COMMENT ON COLUMN measure_versions.change_reason IS 'Why the definition changed.';
COMMENT ON COLUMN measure_versions.decision IS 'Decision that authorised it.';
COMMENT ON COLUMN measure_versions.series IS 'Number of the series: figures of different series are never compared.';
COMMENT ON COLUMN measure_versions.baseline_series IS 'Series that the baseline belongs to.';
COMMENT ON COLUMN measure_versions.outcome IS 'Outcome it belongs to.';
COMMENT ON COLUMN measure_versions.level IS 'To whom it is reported: outcome, committee or service.';
COMMENT ON COLUMN measure_versions.title IS 'Title in plain English.';
COMMENT ON COLUMN measure_versions.definition IS 'What is counted, what is not, in plain English.';
COMMENT ON COLUMN measure_versions.numerator_label IS 'What the numerator counts.';
COMMENT ON COLUMN measure_versions.denominator_label IS 'What the denominator counts.';
COMMENT ON COLUMN measure_versions.unit IS 'What one unit of the value is.';
COMMENT ON COLUMN measure_versions.rate_base IS 'For a rate, the population it is per.';
COMMENT ON COLUMN measure_versions.decimal_places IS 'Decimal places to which the value is printed and judged.';
COMMENT ON COLUMN measure_versions.polarity IS 'Which direction is good.';
COMMENT ON COLUMN measure_versions.kind IS 'kpi or activity.';
COMMENT ON COLUMN measure_versions.frequency IS 'How often a figure falls due.';
COMMENT ON COLUMN measure_versions.calendar IS 'Year that its figures follow.';
COMMENT ON COLUMN measure_versions.accumulation IS 'What stretch of time one figure covers.';
COMMENT ON COLUMN measure_versions.stable_band IS 'Greatest change that still counts as stable.';
COMMENT ON COLUMN measure_versions.expected_lower IS 'For activity, the least value expected.';
COMMENT ON COLUMN measure_versions.expected_upper IS 'For activity, the greatest value expected.';
COMMENT ON COLUMN measure_versions.baseline_period IS 'Data period of the baseline.';
COMMENT ON COLUMN measure_versions.baseline_value IS 'Value from which distance travelled is reckoned.';
COMMENT ON COLUMN measure_versions.baseline_reason IS 'Why this period is the baseline.';
COMMENT ON COLUMN measure_versions.status IS 'Where the measure stood.';
COMMENT ON COLUMN measure_versions.created_at IS 'When it was recorded.';
COMMENT ON COLUMN measure_versions.updated_at IS 'When it last changed.';
COMMENT ON COLUMN measure_versions.row_version IS 'Version of the row.';

CREATE FUNCTION version_in_force(of_measure text, in_quarter text) RETURNS integer LANGUAGE sql STABLE
RETURN coalesce((SELECT max(version) FROM measure_versions WHERE measure = of_measure AND (effective_from IS NULL OR effective_from <= in_quarter)), 1);
COMMENT ON FUNCTION version_in_force(text, text) IS 'Version of the definition by which a figure of this quarter is judged: the newest in force, or the first for the time before it.';

CREATE FUNCTION govern_measure() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- What is not part of the definition, but of how the figure is come by; and the version itself.
    beside text[] := ARRAY['code', 'source_return', 'owner', 'provider', 'expected_lag_days', 'disclosure_policy', 'created_at', 'updated_at',
        'row_version', 'version', 'baseline_series', 'effective_from', 'change_reason', 'decision'];
    cites_anew boolean;
    refused text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.version := 1;
        NEW.series := 1;
        NEW.baseline_series := 1;
        IF NEW.status <> 'proposed' AND is_binding(NEW.outcome, NEW.level) THEN
            IF NEW.decision IS NULL THEN
                RAISE EXCEPTION 'a measure is added by a decision' USING ERRCODE = 'check_violation', CONSTRAINT = 'measures_decision_cited';
            END IF;
            NEW.effective_from := coalesce(NEW.effective_from, quarter_of(decided_on(NEW.decision)));
        END IF;
        RETURN NEW;
    END IF;
    NEW.version := OLD.version;
    NEW.baseline_series := OLD.baseline_series;
    NEW.series := coalesce(NEW.series, OLD.series);
    IF to_jsonb(NEW) - beside = to_jsonb(OLD) - beside THEN
        NEW.decision := OLD.decision;
        NEW.effective_from := OLD.effective_from;
        NEW.change_reason := OLD.change_reason;
        RETURN NEW;
    END IF;
    cites_anew := (NEW.decision, NEW.effective_from) IS DISTINCT FROM (OLD.decision, OLD.effective_from);
    refused := CASE
        WHEN (NEW.decision IS NULL OR NOT cites_anew) AND (OLD.status, NEW.status) IS DISTINCT FROM ('proposed', 'proposed')
            AND (is_binding(OLD.outcome, OLD.level) OR is_binding(NEW.outcome, NEW.level)) THEN 'measures_decision_cited'
        WHEN cites_anew AND (NEW.effective_from IS NULL OR NEW.effective_from < OLD.effective_from) THEN 'measures_effective_in_order'
        WHEN NEW.series NOT IN (OLD.series, OLD.series + 1) OR (NEW.series > OLD.series AND NOT cites_anew) THEN 'measures_series_in_order'
        WHEN NEW.series = OLD.series AND (NEW.unit, NEW.rate_base, NEW.frequency, NEW.calendar, NEW.accumulation)
            IS DISTINCT FROM (OLD.unit, OLD.rate_base, OLD.frequency, OLD.calendar, OLD.accumulation)
            AND EXISTS (SELECT FROM quarterly_submissions s WHERE s.measure = NEW.code) THEN 'measures_series_needed'
    END;
    IF refused IS NOT NULL THEN
        RAISE EXCEPTION 'a definition changes by a new version' USING ERRCODE = 'check_violation', CONSTRAINT = refused;
    END IF;
    IF cites_anew THEN
        NEW.version := OLD.version + 1;
    END IF;
    IF (NEW.baseline_period, NEW.baseline_value) IS DISTINCT FROM (OLD.baseline_period, OLD.baseline_value) THEN
        NEW.baseline_series := NEW.series;
    END IF;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION govern_measure() IS 'Trigger: a change of definition at outcome or committee level of an adopted framework cites a decision and makes a new version from a quarter on; a new series where figures can no longer be compared. A citation given anew makes a version elsewhere too; without one, a draft is simply put right.';
CREATE TRIGGER a_govern BEFORE INSERT OR UPDATE ON measures FOR EACH ROW EXECUTE FUNCTION govern_measure();

CREATE FUNCTION keep_measure_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO measure_versions (measure, version, effective_from, change_reason, decision, series, baseline_series, outcome, level, title,
        definition, numerator_label, denominator_label, unit, rate_base, decimal_places, polarity, kind, frequency, calendar, accumulation,
        stable_band, expected_lower, expected_upper, baseline_period, baseline_value, baseline_reason, status)
    VALUES (NEW.code, NEW.version, NEW.effective_from, NEW.change_reason, NEW.decision, NEW.series, NEW.baseline_series, NEW.outcome, NEW.level,
        NEW.title, NEW.definition, NEW.numerator_label, NEW.denominator_label, NEW.unit, NEW.rate_base, NEW.decimal_places, NEW.polarity,
        NEW.kind, NEW.frequency, NEW.calendar, NEW.accumulation, NEW.stable_band, NEW.expected_lower, NEW.expected_upper,
        NEW.baseline_period, NEW.baseline_value, NEW.baseline_reason, NEW.status)
    ON CONFLICT (measure, version) DO UPDATE SET (effective_from, change_reason, decision, series, baseline_series, outcome, level, title,
        definition, numerator_label, denominator_label, unit, rate_base, decimal_places, polarity, kind, frequency, calendar, accumulation,
        stable_band, expected_lower, expected_upper, baseline_period, baseline_value, baseline_reason, status) = (EXCLUDED.effective_from,
        EXCLUDED.change_reason, EXCLUDED.decision, EXCLUDED.series, EXCLUDED.baseline_series, EXCLUDED.outcome, EXCLUDED.level, EXCLUDED.title,
        EXCLUDED.definition, EXCLUDED.numerator_label, EXCLUDED.denominator_label, EXCLUDED.unit, EXCLUDED.rate_base, EXCLUDED.decimal_places,
        EXCLUDED.polarity, EXCLUDED.kind, EXCLUDED.frequency, EXCLUDED.calendar, EXCLUDED.accumulation, EXCLUDED.stable_band,
        EXCLUDED.expected_lower, EXCLUDED.expected_upper, EXCLUDED.baseline_period, EXCLUDED.baseline_value, EXCLUDED.baseline_reason,
        EXCLUDED.status);
    RETURN NULL;
END $$;
COMMENT ON FUNCTION keep_measure_version() IS 'Trigger: keeps the version of a definition that a measure now has.';
CREATE TRIGGER c_keep_version AFTER INSERT OR UPDATE ON measures FOR EACH ROW EXECUTE FUNCTION keep_measure_version();
CALL govern('measure_versions', 'measure', 'version');

-- Targets -------------------------------------------------------------------------------------------------------------

ALTER TABLE targets DROP CONSTRAINT targets_decision_cited;
ALTER TABLE targets
    ADD COLUMN version integer NOT NULL DEFAULT 1 CONSTRAINT targets_version_positive CHECK (version > 0),
    ADD COLUMN effective_from text CONSTRAINT targets_effective_from_in_year CHECK (is_quarter(effective_from) AND left(effective_from, 7) = year),
    ADD COLUMN change_reason text,
    ADD COLUMN decision text CONSTRAINT targets_decision_fkey REFERENCES decisions,
    ADD COLUMN set_in_arrears boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT targets_source_cited CHECK (source <> 'decision' OR decision_reference IS NOT NULL OR decision IS NOT NULL),
    ADD CONSTRAINT targets_change_explained CHECK (version = 1 OR (effective_from IS NOT NULL AND change_reason IS NOT NULL));
CREATE INDEX targets_of_decision ON targets (decision);
COMMENT ON COLUMN targets.version IS 'Number of the version, from 1.';
COMMENT ON COLUMN targets.effective_from IS 'First quarter of the year that this version judges; null for all of it.';
COMMENT ON COLUMN targets.change_reason IS 'Why the target changed in the year; given for every version after the first.';
COMMENT ON COLUMN targets.decision IS 'Decision that approved it.';
COMMENT ON COLUMN targets.set_in_arrears IS 'Whether it was decided after its year had ended.';

CREATE TABLE target_versions (
    measure text NOT NULL,
    year text NOT NULL,
    version integer NOT NULL,
    effective_from text,
    change_reason text,
    decision text CONSTRAINT target_versions_decision_fkey REFERENCES decisions,
    set_in_arrears boolean NOT NULL,
    kind text NOT NULL,
    value numeric,
    lower numeric,
    upper numeric,
    tolerance_kind text,
    tolerance numeric,
    tolerance_below numeric,
    tolerance_above numeric,
    profile_q1 numeric,
    profile_q2 numeric,
    profile_q3 numeric,
    profile_q4 numeric,
    rationale text,
    source text NOT NULL,
    decision_reference text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    row_version bigint NOT NULL DEFAULT nextval('row_versions'),
    CONSTRAINT target_versions_pkey PRIMARY KEY (measure, year, version),
    CONSTRAINT target_versions_target_fkey FOREIGN KEY (measure, year) REFERENCES targets ON DELETE CASCADE
);
CREATE INDEX target_versions_of_decision ON target_versions (decision);
COMMENT ON TABLE target_versions IS 'Every version of a target, each judging from its first quarter until the next begins; kept by trigger.';
COMMENT ON COLUMN target_versions.measure IS 'Measure.';
COMMENT ON COLUMN target_versions.year IS 'Financial year.';
COMMENT ON COLUMN target_versions.version IS 'Number of the version, from 1.';
COMMENT ON COLUMN target_versions.effective_from IS 'First quarter that it judges; null for all of the year.';
COMMENT ON COLUMN target_versions.change_reason IS 'Why the target changed in the year.';
COMMENT ON COLUMN target_versions.decision IS 'Decision that approved it.';
COMMENT ON COLUMN target_versions.set_in_arrears IS 'Whether it was decided after its year had ended.';
COMMENT ON COLUMN target_versions.kind IS 'What it asks of the value.';
COMMENT ON COLUMN target_versions.value IS 'The target, for kinds with one value.';
COMMENT ON COLUMN target_versions.lower IS 'Lower edge of a band, included.';
COMMENT ON COLUMN target_versions.upper IS 'Upper edge of a band, included.';
COMMENT ON COLUMN target_versions.tolerance_kind IS 'How tolerance is stated; relative where null.';
COMMENT ON COLUMN target_versions.tolerance IS 'The tolerance.';
COMMENT ON COLUMN target_versions.tolerance_below IS 'For an asymmetric tolerance, own units below the target.';
COMMENT ON COLUMN target_versions.tolerance_above IS 'For an asymmetric tolerance, own units above the target.';
COMMENT ON COLUMN target_versions.profile_q1 IS 'For a cumulative measure, the point to reach by the end of quarter 1.';
COMMENT ON COLUMN target_versions.profile_q2 IS 'The same for quarter 2.';
COMMENT ON COLUMN target_versions.profile_q3 IS 'The same for quarter 3.';
COMMENT ON COLUMN target_versions.profile_q4 IS 'The same for quarter 4.';
COMMENT ON COLUMN target_versions.rationale IS 'Why this target.';
COMMENT ON COLUMN target_versions.source IS 'decision, or illustrative where nobody agreed it.';
COMMENT ON COLUMN target_versions.decision_reference IS 'Minute of the decision that set it.';
COMMENT ON COLUMN target_versions.created_at IS 'When it was recorded.';
COMMENT ON COLUMN target_versions.updated_at IS 'When it last changed.';
COMMENT ON COLUMN target_versions.row_version IS 'Version of the row.';

CREATE FUNCTION target_binds(measure_code text) RETURNS boolean LANGUAGE sql STABLE
RETURN EXISTS (SELECT FROM measures m WHERE m.code = measure_code AND m.status <> 'proposed' AND is_binding(m.outcome, m.level));
COMMENT ON FUNCTION target_binds(text) IS 'Whether targets of a measure are a committee''s to decide.';

CREATE FUNCTION govern_target() RETURNS trigger LANGUAGE plpgsql AS $$
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
COMMENT ON FUNCTION govern_target() IS 'Trigger: at outcome or committee level of an adopted framework a target is set by a decision, and changed by another, as a new version from a quarter on. One decided after its year had ended is flagged.';
CREATE TRIGGER a_govern BEFORE INSERT OR UPDATE ON targets FOR EACH ROW EXECUTE FUNCTION govern_target();

CREATE FUNCTION keep_decided_target() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.decision IS NOT NULL AND target_binds(OLD.measure) THEN
        RAISE EXCEPTION 'a decided target is never deleted' USING ERRCODE = 'check_violation', CONSTRAINT = 'targets_decided_kept';
    END IF;
    RETURN OLD;
END $$;
COMMENT ON FUNCTION keep_decided_target() IS 'Trigger: a target that a committee decided is ended by another decision, never deleted.';
CREATE TRIGGER b_keep_decided BEFORE DELETE ON targets FOR EACH ROW EXECUTE FUNCTION keep_decided_target();

CREATE FUNCTION keep_target_version() RETURNS trigger LANGUAGE plpgsql AS $$
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
COMMENT ON FUNCTION keep_target_version() IS 'Trigger: keeps the version that a target now has.';
CREATE TRIGGER c_keep_version AFTER INSERT OR UPDATE ON targets FOR EACH ROW EXECUTE FUNCTION keep_target_version();
CALL govern('target_versions', 'measure', 'year', 'version');

-- What is there becomes version 1, known from when its measure or target was.
INSERT INTO measure_versions (measure, version, series, baseline_series, outcome, level, title, definition, numerator_label, denominator_label,
    unit, rate_base, decimal_places, polarity, kind, frequency, calendar, accumulation, stable_band, expected_lower, expected_upper,
    baseline_period, baseline_value, baseline_reason, status, created_at, updated_at)
SELECT code, version, series, baseline_series, outcome, level, title, definition, numerator_label, denominator_label, unit, rate_base,
    decimal_places, polarity, kind, frequency, calendar, accumulation, stable_band, expected_lower, expected_upper, baseline_period,
    baseline_value, baseline_reason, status, created_at, created_at FROM measures;
INSERT INTO target_versions (measure, year, version, set_in_arrears, kind, value, lower, upper, tolerance_kind, tolerance, tolerance_below,
    tolerance_above, profile_q1, profile_q2, profile_q3, profile_q4, rationale, source, decision_reference, created_at, updated_at)
SELECT measure, year, version, set_in_arrears, kind, value, lower, upper, tolerance_kind, tolerance, tolerance_below, tolerance_above,
    profile_q1, profile_q2, profile_q3, profile_q4, rationale, source, decision_reference, created_at, created_at FROM targets;

CALL remember('frameworks', 'code');
CALL remember('measures', 'code');
CALL remember('targets', 'measure', 'year');
CALL remember('measure_versions', 'measure', 'version');
CALL remember('target_versions', 'measure', 'year', 'version');
