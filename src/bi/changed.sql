, direct AS (
    SELECT split_part(resource_key, '/', 1) AS measure FROM since WHERE resource IN ('measures', 'measure_versions', 'targets', 'target_versions', 'benchmarks')
    UNION
    SELECT split_part(resource_key, '/', 1) FROM since WHERE resource = 'quarterly_submissions'
        AND (before ->> 'state' IN ('approved', 'published') OR after ->> 'state' IN ('approved', 'published'))
    UNION
    SELECT v.measure FROM since c JOIN measure_versions v ON v.outcome = c.resource_key WHERE c.resource = 'outcomes'
    UNION
    SELECT v.measure FROM since c JOIN outcomes o ON o.framework = c.resource_key JOIN measure_versions v ON v.outcome = o.code
    WHERE c.resource = 'frameworks'
    UNION
    -- A name is erased wherever it stood.
    SELECT code FROM measures WHERE EXISTS (SELECT FROM since WHERE resource = 'accounts' AND after ->> 'erased_at' IS NOT NULL)
    UNION
    SELECT m.measure FROM (SELECT measure FROM benchmarks UNION SELECT measure FROM target_versions WHERE comparator IS NOT NULL) m
    WHERE EXISTS (SELECT FROM since WHERE resource IN ('areas', 'comparator_groups', 'comparator_memberships'))
), once AS (
    SELECT before ->> 'measure' AS measure, before ->> 'quarter' AS quarter, p.dimension, p.category
    FROM since
    CROSS JOIN LATERAL (
        SELECT 'total' AS dimension, 'total' AS category
        UNION ALL
        SELECT one ->> 'dimension', one ->> 'category' FROM jsonb_array_elements(coalesce(before -> 'breakdowns', '[]')) AS one
    ) p
    WHERE resource = 'quarterly_submissions' AND before ->> 'state' IN ('approved', 'published')
)
SELECT (SELECT coalesce(array_agg(measure), '{}') FROM direct), coalesce(array_agg(measure), '{}'), coalesce(array_agg(quarter), '{}'),
    coalesce(array_agg(dimension), '{}'), coalesce(array_agg(category), '{}')
FROM once
