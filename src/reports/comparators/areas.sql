SELECT v.codes, v.kinds, v.measured, v.released
FROM asked a
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(b.comparator), '{}') AS codes, coalesce(array_agg(o.kind), '{}') AS kinds,
        coalesce(array_agg(b.value), '{}') AS measured, coalesce(array_agg(b.release_date), '{}') AS released
    FROM benchmarks b
    JOIN areas o ON o.code = b.area
    WHERE b.measure = a.measure AND b.data_period = a.data_period AND b.value IS NOT NULL
) v
ORDER BY a.position
