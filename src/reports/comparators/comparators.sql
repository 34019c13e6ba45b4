SELECT a.position, c.code, c.title, c.area_kind, c.group_kind, c.home_area, coalesce(m.areas, '{}') AS members,
    b.value, b.value_symbol, b.method, b.contributors, b.members, b.release_date, b.stage, b.source
FROM asked a
CROSS JOIN (
    SELECT code, name AS title, kind AS area_kind, NULL AS group_kind, NULL AS home_area FROM areas WHERE kind IN ('region', 'country')
    UNION ALL
    SELECT code, title, NULL, kind, home_area FROM comparator_groups
) c
LEFT JOIN benchmarks b ON b.measure = a.measure AND b.comparator = c.code AND b.data_period = a.data_period
LEFT JOIN LATERAL (
    SELECT array_agg(s.area ORDER BY s.area) AS areas FROM comparator_memberships s
    WHERE s."group" = c.code AND s.valid_from <= a.ends AND (s.valid_to IS NULL OR s.valid_to >= a.ends)
) m ON true
WHERE c.group_kind IS NOT NULL OR b.measure IS NOT NULL
ORDER BY a.position, c.area_kind, c.code
