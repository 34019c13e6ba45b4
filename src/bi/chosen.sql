    FROM quarterly_submissions f
    JOIN measures m ON m.code = f.measure
    JOIN measure_versions v ON v.measure = f.measure AND v.version = coalesce((
        SELECT max(l.version) FROM measure_versions l
        WHERE l.measure = f.measure AND (l.effective_from IS NULL OR l.effective_from <= f.quarter)
    ), 1)
    JOIN outcomes o ON o.code = v.outcome
    JOIN frameworks w ON w.code = o.framework
    CROSS JOIN LATERAL (
        SELECT 'total' AS dimension, 'total' AS category, NULL::jsonb AS part
        UNION ALL
        SELECT one ->> 'dimension', one ->> 'category', one FROM jsonb_array_elements(f.breakdowns) AS one
    ) p
    WHERE f.state IN ('approved', 'published') AND NOT EXISTS (
        SELECT FROM quarterly_submissions n
        WHERE n.measure = f.measure AND n.quarter = f.quarter AND n.revision > f.revision AND n.state IN ('approved', 'published')
    )
