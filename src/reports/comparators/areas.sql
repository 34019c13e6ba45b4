SELECT v.codes, v.kinds, v.measured
FROM asked a
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(b.comparator), '{}') AS codes, coalesce(array_agg(o.kind), '{}') AS kinds,
        coalesce(array_agg(b.value), '{}') AS measured
    FROM benchmarks b
    JOIN areas o ON o.code = b.area
    WHERE b.measure = a.measure AND b.data_period = a.data_period AND b.value IS NOT NULL
) v
ORDER BY a.position
