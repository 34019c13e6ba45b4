SELECT o.code AS outcome, o.title AS outcome_title, o.priority,
    m.code, m.title, m.level, m.unit, m.rate_base, m.decimal_places, m.polarity, m.kind, m.frequency, m.calendar, m.accumulation,
    m.owner, m.expected_lag_days, m.stable_band, m.expected_lower, m.expected_upper, m.baseline_period, m.baseline_value,
    t.kind AS target_kind, t.value AS target_value, t.lower AS target_lower, t.upper AS target_upper,
    t.tolerance_kind, t.tolerance, t.tolerance_below, t.tolerance_above,
    t.profile_q1, t.profile_q2, t.profile_q3, t.profile_q4, t.source AS target_source,
    f.revision, f.data_period, f.value, f.value_symbol, f.numerator, f.numerator_symbol, f.denominator, f.denominator_symbol,
    f.stage, f.state, f.narrative, f.quality_note, f.approved_at,
    h.latest_quarter, h.past_periods, h.past_values, h.past_symbols, h.past_stages
FROM asked a
JOIN outcomes o ON o.framework = a.framework
JOIN measures m ON m.outcome = o.code AND m.status = 'active' AND m.level IN ('outcome', 'committee')
LEFT JOIN targets t ON t.measure = m.code AND t.year = a.year
LEFT JOIN LATERAL (
    SELECT s.* FROM quarterly_submissions s
    WHERE s.measure = m.code AND s.quarter = a.quarter AND s.state IN ('approved', 'published')
    ORDER BY s.revision DESC LIMIT 1
) f ON true
CROSS JOIN LATERAL (
    SELECT max(p.quarter) AS latest_quarter, coalesce(array_agg(p.data_period), '{}') AS past_periods,
        coalesce(array_agg(p.value), '{}') AS past_values, coalesce(array_agg(p.value_symbol), '{}') AS past_symbols,
        coalesce(array_agg(p.stage), '{}') AS past_stages
    FROM (
        SELECT s.quarter, s.data_period, s.value, s.value_symbol, s.stage FROM quarterly_submissions s
        WHERE s.measure = m.code AND s.quarter <= a.quarter AND s.state IN ('approved', 'published')
        ORDER BY s.quarter DESC, s.revision DESC LIMIT 10
    ) p
) h
ORDER BY o.position, o.code, m.code
