-- 1,000,000 quarterly submissions, through every constraint and trigger: 125 frameworks of 200 measures, 39 quarters each
-- from 2016-17-Q1 on, one of them corrected once. Codes are digits, so that pgbench can draw them at random.
BEGIN;
SELECT set_config('app.actor', 'bench', true), setseed(0.5);

INSERT INTO frameworks (code, title, committee, council_plan, first_year, last_year, narrative_sections, status)
SELECT 1000 + f, 'Performance framework ' || f, 'Committee ' || f, 'Council Plan', '2016-17', '2029-30',
    '[{"from_quarter": null, "sections": [{"name": "challenges", "title": "Performance challenges"}, {"name": "interventions", "title": "Interventions taken"}, {"name": "results", "title": "Results of changes made"}]}]',
    'adopted'
FROM generate_series(1, 125) f;

INSERT INTO outcomes (code, framework, title, priority, position, status)
SELECT 20000 + (f - 1) * 10 + o, 1000 + f, 'Outcome ' || o || ' that the framework works towards', 'Priority ' || o, o, 'active'
FROM generate_series(1, 125) f, generate_series(1, 10) o;

INSERT INTO measures (code, outcome, level, title, definition, numerator_label, denominator_label, unit, decimal_places, polarity, kind,
    frequency, calendar, accumulation, source_return, owner, provider, expected_lag_days, disclosure_policy, stable_band,
    baseline_period, baseline_value, baseline_reason, status)
SELECT 100000 + m, 20001 + (m - 1) / 20, CASE m % 4 WHEN 0 THEN 'outcome' ELSE 'committee' END,
    'Share of cases of kind ' || m || ' decided in time',
    'Cases of kind ' || m || ' that fell due in the quarter and were decided within the time that the guidance allows, as a share of all that fell due.',
    'cases decided in time', 'cases that fell due', 'percent', 1, CASE m % 3 WHEN 0 THEN 'low' ELSE 'high' END, 'kpi',
    'quarterly', 'financial', 'in_period', 'Local system', 'Head of Service ' || m % 40, 'Performance Team', 30, 'cin_1_5', 0.5,
    '2016-17-Q1', 40 + m % 20, 'First quarter of the series.', 'active'
FROM generate_series(1, 25000) m;

INSERT INTO targets (measure, year, kind, value, tolerance_kind, tolerance, rationale, source)
SELECT code, y || '-' || right((y + 1)::text, 2), CASE polarity WHEN 'high' THEN 'at_least' ELSE 'at_most' END, 50 + y - 2016,
    'relative', 10, 'Halfway to the best quarter of neighbours.', 'illustrative'
FROM measures, generate_series(2016, 2025) y;

-- In the order in which years of pushing fill the table: quarter by quarter.
INSERT INTO quarterly_submissions (measure, quarter, revision, data_period, value, numerator, denominator, stage, narrative, quality_note,
    state, revision_reason, submitted_by, submitted_at, approved_by, approved_at, published_by, published_at)
SELECT 100000 + m, q, r, q, parts * 0.1, parts, 1000, CASE WHEN r = n THEN 'final' ELSE 'provisional' END,
    CASE WHEN m % 5 = 0 THEN jsonb_build_object(
        'challenges', 'Demand rose by a tenth against the same quarter a year before, and two posts were vacant.',
        'interventions', 'A second duty team began in the second month; overtime was agreed until the posts are filled.')
        ELSE '{}' END,
    CASE WHEN m % 10 = 0 THEN 'Counted from the case system on the last working day of the quarter.' END,
    CASE WHEN r < n THEN 'superseded' WHEN at = 38 THEN 'approved' ELSE 'published' END,
    CASE WHEN r > 1 THEN 'Cases decided in the last week were left out.' END,
    'case-system', ready, 'performance-officer', ready + interval '3 days',
    CASE WHEN at < 38 THEN 'performance-officer' END, CASE WHEN at < 38 THEN ready + interval '9 days' END
FROM generate_series(0, 38) at,
    LATERAL (SELECT 2016 + at / 4 AS y) years,
    LATERAL (SELECT y || '-' || right((y + 1)::text, 2) || '-Q' || at % 4 + 1 AS q,
        make_timestamptz(y, 7, 20, 9, 0, 0, 'UTC') + at % 4 * interval '3 months' AS ready) quarters,
    generate_series(1, 25000) m,
    LATERAL (SELECT CASE WHEN m % 39 = at THEN 2 ELSE 1 END AS n) revisions,
    generate_series(1, n) r,
    LATERAL (SELECT 300 + (m * 7 + at * 11 + r + floor(random() * 40)::int) % 400 AS parts) figures;
COMMIT;
VACUUM ANALYZE;
CHECKPOINT;
