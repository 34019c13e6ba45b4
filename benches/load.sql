-- 1,000,000 quarterly submissions, through every constraint and trigger: 125 frameworks of 200 measures, 39 quarters each
-- from 2016-17-Q1 on, one of them corrected once. Codes are digits, so that pgbench can draw them at random.
\if :{?frameworks}
\else
\set frameworks 125
\endif
BEGIN;
-- All of it is known from 2016 on, so that it can be asked for as at later instants; figures from when they were published.
SELECT set_config('app.actor', 'bench', true), set_config('app.known_at', '2016-04-01 00:00:00+00', true), setseed(0.5);

INSERT INTO frameworks (code, title, committee, council_plan, first_year, last_year, narrative_sections, status)
SELECT 1000 + f, 'Performance framework ' || f, 'Committee ' || f, 'Council Plan', '2016-17', '2029-30',
    '[{"from_quarter": null, "sections": [{"name": "challenges", "title": "Performance challenges"}, {"name": "interventions", "title": "Interventions taken"}, {"name": "results", "title": "Results of changes made"}]}]',
    'draft'
FROM generate_series(1, :frameworks) f;

INSERT INTO outcomes (code, framework, title, priority, position, status)
SELECT 20000 + (f - 1) * 10 + o, 1000 + f, 'Outcome ' || o || ' that the framework works towards', 'Priority ' || o, o, 'active'
FROM generate_series(1, :frameworks) f, generate_series(1, 10) o;

INSERT INTO measures (code, outcome, level, title, definition, numerator_label, denominator_label, unit, decimal_places, polarity, kind,
    frequency, calendar, accumulation, source_return, owner, provider, expected_lag_days, disclosure_policy, stable_band,
    baseline_period, baseline_value, baseline_reason, status)
SELECT 100000 + m, 20001 + (m - 1) / 20, CASE m % 4 WHEN 0 THEN 'outcome' ELSE 'committee' END,
    'Share of cases of kind ' || m || ' decided in time',
    'Cases of kind ' || m || ' that fell due in the quarter and were decided within the time that the guidance allows, as a share of all that fell due.',
    'cases decided in time', 'cases that fell due', 'percent', 1, CASE m % 3 WHEN 0 THEN 'low' ELSE 'high' END, 'kpi',
    'quarterly', 'financial', 'in_period', 'Local system', 'Head of Service ' || m % 40, 'Performance Team', 30, 'cin_1_5', 0.5,
    '2016-17-Q1', 40 + m % 20, 'First quarter of the series.', 'active'
FROM generate_series(1, :frameworks * 200) m;

INSERT INTO targets (measure, year, kind, value, tolerance_kind, tolerance, rationale, source)
SELECT code, y || '-' || right((y + 1)::text, 2), CASE polarity WHEN 'high' THEN 'at_least' ELSE 'at_most' END, 50 + y - 2016,
    'relative', 10, 'Halfway to the best quarter of neighbours.', 'illustrative'
FROM measures, generate_series(2016, 2025) y;

INSERT INTO meetings (code, committee, held_on, kind) VALUES ('1', 'Committee', '2016-04-01', 'ordinary');
INSERT INTO decisions (code, meeting, minute_reference, title, clauses, key_decision, subject_to_call_in, called_in)
VALUES ('1', '1', 'Item 1', 'Frameworks', '[{"clause": "a", "verb": "agree", "text": "Agreed.", "committee": null}]', false, false, false);
UPDATE frameworks SET status = 'adopted', adopted_by = '1';

-- In the order in which years of pushing fill the table: quarter by quarter.
INSERT INTO quarterly_submissions (measure, quarter, revision, data_period, value, numerator, denominator, stage, narrative, quality_note,
    state, revision_reason, submitted_by, submitted_at, approved_by, approved_at, published_by, published_at, updated_at)
SELECT 100000 + m, q, r, q, parts * 0.1, parts, 1000, CASE WHEN r = n THEN 'final' ELSE 'provisional' END,
    CASE WHEN m % 5 = 0 THEN jsonb_build_object(
        'challenges', 'Demand rose by a tenth against the same quarter a year before, and two posts were vacant.',
        'interventions', 'A second duty team began in the second month; overtime was agreed until the posts are filled.')
        ELSE '{}' END,
    CASE WHEN m % 10 = 0 THEN 'Counted from the case system on the last working day of the quarter.' END,
    CASE WHEN r < n THEN 'superseded' WHEN at = 38 THEN 'approved' ELSE 'published' END,
    CASE WHEN r > 1 THEN 'Cases decided in the last week were left out.' END,
    'case-system', ready, 'performance-officer', ready + interval '3 days',
    CASE WHEN at < 38 THEN 'performance-officer' END, CASE WHEN at < 38 THEN ready + interval '9 days' END,
    ready + interval '9 days'
FROM generate_series(0, 38) at,
    LATERAL (SELECT 2016 + at / 4 AS y) years,
    LATERAL (SELECT y || '-' || right((y + 1)::text, 2) || '-Q' || at % 4 + 1 AS q,
        make_timestamptz(y, 7, 20, 9, 0, 0, 'UTC') + at % 4 * interval '3 months' AS ready) quarters,
    generate_series(1, :frameworks * 200) m,
    LATERAL (SELECT CASE WHEN m % 39 = at THEN 2 ELSE 1 END AS n) revisions,
    generate_series(1, n) r,
    LATERAL (SELECT 300 + (m * 7 + at * 11 + r + floor(random() * 40)::int) % 400 AS parts) figures;

-- Each was a draft, handed in and approved before: three earlier versions of every row.
INSERT INTO history.quarterly_submissions (measure, quarter, revision, data_period, value, value_symbol, numerator, numerator_symbol, denominator,
    denominator_symbol, stage, narrative, quality_note, state, revision_reason, return_reason, submitted_by, submitted_at, approved_by, approved_at,
    published_by, published_at, created_at, updated_at, row_version, breakdowns, superseded_at)
SELECT s.measure, s.quarter, s.revision, s.data_period, s.value, s.value_symbol, s.numerator, s.numerator_symbol, s.denominator,
    s.denominator_symbol, s.stage, s.narrative, s.quality_note, e.state, s.revision_reason, s.return_reason, s.submitted_by, s.submitted_at,
    s.approved_by, s.approved_at, NULL, NULL, s.created_at, s.submitted_at + e.from_then, s.row_version, s.breakdowns, s.submitted_at + e.to_then
FROM quarterly_submissions s, (VALUES ('draft', interval '-2 days', interval '0'), ('submitted', interval '0', interval '3 days'),
    ('approved', interval '3 days', interval '9 days')) e (state, from_then, to_then);

-- A framework to report on: 200 measures with 8 quarters of history, all explained and each with a recovery plan.
INSERT INTO frameworks (code, title, committee, first_year, last_year, narrative_sections, status)
VALUES ('2000', 'Reported on', 'Committee', '2016-17', '2029-30', (SELECT narrative_sections FROM frameworks WHERE code = '1001'), 'draft');
INSERT INTO outcomes (code, framework, title, priority, position, status) VALUES ('30000', '2000', 'Outcome', 'Priority', 1, 'active');
INSERT INTO measures (code, outcome, level, title, definition, unit, decimal_places, polarity, kind, frequency, calendar, accumulation,
    expected_lag_days, disclosure_policy, stable_band, status)
SELECT 200000 + m, '30000', 'committee', 'Measure ' || m, 'What is counted.', 'percent', 1, 'high', 'kpi', 'quarterly', 'financial', 'in_period', 0,
    'none', 0, 'active' FROM generate_series(1, 200) m;
INSERT INTO targets (measure, year, kind, value, tolerance_kind, tolerance, source)
SELECT 200000 + m, y, 'at_least', 60, 'relative', 10, 'illustrative' FROM generate_series(1, 200) m, (VALUES ('2023-24'), ('2024-25')) years (y);
INSERT INTO quarterly_submissions (measure, quarter, revision, data_period, value, stage, narrative, state, submitted_by, submitted_at, approved_by,
    approved_at)
SELECT 200000 + m, q, 1, q, 30 + (m * 7 + length(q) * 3 + ascii(right(q, 1))) % 50, 'final',
    jsonb_build_object('challenges', 'Demand rose in ' || q, 'interventions', 'A second team in ' || q, 'results', 'Fewer wait since ' || q),
    'approved', 'case-system', '2025-01-01', 'performance-officer', '2025-01-02'
FROM generate_series(1, 200) m, (SELECT y || '-Q' || n AS q FROM (VALUES ('2023-24'), ('2024-25')) years (y), generate_series(1, 4) n) quarters;
INSERT INTO recovery_plans (code, measure, title, owner, reason, interventions, trajectory, success_measure, state)
SELECT 200000 + m, 200000 + m, 'Plan ' || m, 'Head of Service', 'Off target.', '[{"title": "A second team", "owner": null, "starts_on": null, "due_on": null, "milestone": null, "delivery": null}]',
    '[{"quarter": "2024-25-Q4", "expected": 60}]', 'Target met.', 'drafted' FROM generate_series(1, 200) m;
COMMIT;
VACUUM ANALYZE;
CHECKPOINT;
