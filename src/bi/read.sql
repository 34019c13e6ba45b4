CROSS JOIN LATERAL (SELECT (k.f).*) f
CROSS JOIN LATERAL (SELECT (k.m).*) m
CROSS JOIN LATERAL (SELECT (k.v).*) v
CROSS JOIN LATERAL (SELECT (k.o).*) o
CROSS JOIN LATERAL (SELECT (k.w).*) w
CROSS JOIN LATERAL (SELECT k.dimension, k.category, k.part) p
LEFT JOIN LATERAL (
    SELECT t.* FROM target_versions t
    WHERE t.measure = f.measure AND t.year = left(f.quarter, 7) AND (t.effective_from IS NULL OR t.effective_from <= f.quarter)
    ORDER BY t.version DESC LIMIT 1
) t ON true
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(s.first_quarter ORDER BY s.first_quarter), '{}') AS series_starts
    FROM (SELECT min(l.effective_from) AS first_quarter FROM measure_versions l WHERE l.measure = f.measure AND l.series > 1 GROUP BY l.series) s
) b
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(e.quarter), '{}') AS past_quarters, coalesce(array_agg(e.data_period), '{}') AS past_periods,
        coalesce(array_agg(e.value), '{}') AS past_values, coalesce(array_agg(e.value_symbol), '{}') AS past_symbols,
        coalesce(array_agg(e.stage), '{}') AS past_stages, max(e.updated_at) AS updated_at, max(e.row_version) AS row_version
    FROM (
        SELECT s.quarter, s.data_period, s.value, s.value_symbol, s.stage, s.updated_at, s.row_version FROM quarterly_submissions s
        WHERE s.measure = f.measure AND s.quarter <= f.quarter AND s.state IN ('approved', 'published')
        ORDER BY s.quarter DESC, s.revision DESC LIMIT 10
    ) e
) h
LEFT JOIN LATERAL (
    SELECT greatest(max(e.updated_at), (SELECT max(updated_at) FROM areas), (SELECT max(updated_at) FROM comparator_groups),
            (SELECT max(updated_at) FROM comparator_memberships)) AS updated_at,
        greatest(max(e.row_version), (SELECT max(row_version) FROM areas), (SELECT max(row_version) FROM comparator_groups),
            (SELECT max(row_version) FROM comparator_memberships)) AS row_version
    FROM benchmarks e WHERE e.measure = f.measure AND e.data_period = f.data_period HAVING count(*) > 0
) c ON true
