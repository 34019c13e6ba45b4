FROM asked a
JOIN outcomes o ON o.framework = a.framework
CROSS JOIN LATERAL (
    SELECT v.* FROM measure_versions v
    WHERE v.outcome = o.code AND v.status = 'active' AND v.level IN ('outcome', 'committee')
        AND v.version = (
            SELECT max(l.version) FROM measure_versions l
            WHERE l.measure = v.measure AND (l.effective_from IS NULL OR l.effective_from <= a.quarter)
        )
    OFFSET 0
) v
CROSS JOIN LATERAL (SELECT m.code, m.owner, m.expected_lag_days FROM measures m WHERE m.code = v.measure LIMIT 1) m
LEFT JOIN LATERAL (
    SELECT t.* FROM target_versions t
    WHERE t.measure = v.measure AND t.year = a.year AND (t.effective_from IS NULL OR t.effective_from <= a.quarter)
    ORDER BY t.version DESC LIMIT 1
) t ON true
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(s.first_quarter ORDER BY s.first_quarter), '{}') AS series_starts
    FROM (SELECT min(l.effective_from) AS first_quarter FROM measure_versions l WHERE l.measure = v.measure AND l.series > 1 GROUP BY l.series) s
) b
LEFT JOIN LATERAL (
    SELECT s.* FROM quarterly_submissions s
    WHERE s.measure = v.measure AND s.quarter = a.quarter AND s.state IN ('approved', 'published')
    ORDER BY s.revision DESC LIMIT 1
) f ON true
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(p.quarter), '{}') AS past_quarters, coalesce(array_agg(p.data_period), '{}') AS past_periods,
        coalesce(array_agg(p.value), '{}') AS past_values, coalesce(array_agg(p.value_symbol), '{}') AS past_symbols,
        coalesce(array_agg(p.stage), '{}') AS past_stages
    FROM (
        SELECT s.quarter, s.data_period, s.value, s.value_symbol, s.stage FROM quarterly_submissions s
        WHERE s.measure = v.measure AND s.quarter <= a.quarter AND s.state IN ('approved', 'published')
        ORDER BY s.quarter DESC, s.revision DESC LIMIT 10
    ) p
) h
ORDER BY o.position, o.code, m.code
