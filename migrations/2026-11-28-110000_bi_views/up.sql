-- Figures as views, for colleagues on the network who ask in SQL. They show what is stored, by the conditions and expressions of the feed;
-- what rules decide (colour, direction, distance) is told by the service alone. Values are the true ones, as for the feed's internal
-- callers: who may be given the role is said in docs/bi/sql.md. Names of staff are left out.

DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'performance_framework_bi') THEN
        CREATE ROLE performance_framework_bi NOLOGIN;
        COMMENT ON ROLE performance_framework_bi IS 'What a login for dashboards may do: read the views of schema bi, and nothing else.';
    END IF;
EXCEPTION
    -- Roles belong to the whole cluster: the migration of another database was first.
    WHEN duplicate_object OR unique_violation THEN NULL;
    WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'the role performance_framework_bi is missing, and % may not make it: let an administrator run '
            '`CREATE ROLE performance_framework_bi NOLOGIN;`', current_user USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE SCHEMA bi;
COMMENT ON SCHEMA bi IS 'Figures and what they belong to as views, for colleagues who ask in SQL; read by the role performance_framework_bi.';

CREATE VIEW bi.frameworks AS SELECT code, title, committee, first_year, last_year, status FROM public.frameworks;
COMMENT ON VIEW bi.frameworks IS 'What committees agreed to measure.';

CREATE VIEW bi.outcomes AS SELECT code, framework, title, priority, status FROM public.outcomes;
COMMENT ON VIEW bi.outcomes IS 'What a framework is to achieve.';

CREATE VIEW bi.measures AS
    SELECT code, outcome, level, title, definition, unit, rate_base, decimal_places, polarity, kind, frequency, calendar, accumulation, status
    FROM public.measures;
COMMENT ON VIEW bi.measures IS 'Measures as they are defined now.';

CREATE VIEW bi.targets AS
    SELECT measure, year, version, effective_from, kind, value, lower, upper, tolerance_kind, tolerance, tolerance_below, tolerance_above,
        comparator, comparator_statistic, source, decision, set_in_arrears
    FROM public.target_versions;
COMMENT ON VIEW bi.targets IS 'Every version of every target: the newest whose first quarter has come is in force.';

CREATE VIEW bi.benchmarks AS SELECT measure, area, data_period, value, value_symbol, stage, source FROM public.benchmarks;
COMMENT ON VIEW bi.benchmarks IS 'Figures of other areas.';

CREATE VIEW bi.areas AS SELECT code, name, kind FROM public.areas;
COMMENT ON VIEW bi.areas IS 'Areas that figures are compared with.';

CREATE VIEW bi.observations AS
    SELECT w.code AS framework, w.title AS framework_title, o.code AS outcome, o.title AS outcome_title, o.priority, f.measure, v.title AS measure_title, v.level, v.kind AS measure_kind,
        v.status AS measure_status, v.unit, v.rate_base, v.decimal_places, v.polarity, v.frequency, v.calendar, v.accumulation,
        v.version AS definition_version, v.series, left(f.quarter, 7) AS financial_year, f.quarter,
        (make_date(left(f.quarter, 4)::integer, 4, 1) + (right(f.quarter, 1)::integer - 1) * interval '3 months')::date AS quarter_start,
        (make_date(left(f.quarter, 4)::integer, 4, 1) + right(f.quarter, 1)::integer * interval '3 months' - interval '1 day')::date AS quarter_end,
        f.data_period, p.dimension, p.category,
        round(CASE WHEN p.part IS NULL THEN f.value ELSE (p.part ->> 'value')::numeric END, v.decimal_places) AS value,
        CASE WHEN p.part IS NULL THEN f.value ELSE (p.part ->> 'value')::numeric END AS value_as_pushed,
        CASE WHEN p.part IS NULL THEN f.value_symbol ELSE p.part ->> 'value_symbol' END AS value_symbol,
        CASE WHEN p.part IS NULL THEN f.numerator ELSE (p.part ->> 'numerator')::numeric END AS numerator,
        CASE WHEN p.part IS NULL THEN f.numerator_symbol ELSE p.part ->> 'numerator_symbol' END AS numerator_symbol,
        CASE WHEN p.part IS NULL THEN f.denominator ELSE (p.part ->> 'denominator')::numeric END AS denominator,
        CASE WHEN p.part IS NULL THEN f.denominator_symbol ELSE p.part ->> 'denominator_symbol' END AS denominator_symbol,
        f.stage, f.revision, f.state, f.quality_note, f.breakdown_note, f.approved_at, f.published_at
    FROM public.quarterly_submissions f
    JOIN public.measure_versions v ON v.measure = f.measure AND v.version = coalesce((
        SELECT max(l.version) FROM public.measure_versions l
        WHERE l.measure = f.measure AND (l.effective_from IS NULL OR l.effective_from <= f.quarter)
    ), 1)
    JOIN public.outcomes o ON o.code = v.outcome
    JOIN public.frameworks w ON w.code = o.framework
    CROSS JOIN LATERAL (
        SELECT 'total' AS dimension, 'total' AS category, NULL::jsonb AS part
        UNION ALL
        SELECT one ->> 'dimension', one ->> 'category', one FROM jsonb_array_elements(f.breakdowns) AS one
    ) p
    WHERE f.state IN ('approved', 'published') AND NOT EXISTS (
        SELECT FROM public.quarterly_submissions n
        WHERE n.measure = f.measure AND n.quarter = f.quarter AND n.revision > f.revision AND n.state IN ('approved', 'published')
    );
COMMENT ON VIEW bi.observations IS 'One row for each measure and quarter with a figure that counts, and one for each of its parts: the columns of the feed that are stored, by the same names.';

GRANT USAGE ON SCHEMA bi TO performance_framework_bi;
GRANT SELECT ON ALL TABLES IN SCHEMA bi TO performance_framework_bi;
