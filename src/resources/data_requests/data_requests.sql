SELECT a.quarter, f.code AS framework, o.code AS outcome, m.code AS measure, m.title, m.level, m.provider, m.owner,
    m.calendar, m.frequency, m.accumulation, m.expected_lag_days,
    c.opens_on, c.due_on, c.locks_on, c.committee_on,
    n.revision, n.state,
    EXISTS (
        SELECT FROM quarterly_submissions s
        WHERE s.measure = m.code AND s.quarter = a.quarter AND s.state IN ('approved', 'published')
    ) AS counts,
    h.submitted_by, h.submitted_at,
    w.reason AS waiver_reason, w.waived_by, w.created_at AS waived_at
FROM frameworks f
CROSS JOIN unnest($2) AS a (quarter)
JOIN outcomes o ON o.framework = f.code
JOIN measures m ON m.outcome = o.code AND m.status = 'active'
LEFT JOIN collection_cycles c ON c.framework = f.code AND c.quarter = a.quarter
LEFT JOIN data_request_waivers w ON w.measure = m.code AND w.quarter = a.quarter
LEFT JOIN LATERAL (
    SELECT s.revision, s.state FROM quarterly_submissions s
    WHERE s.measure = m.code AND s.quarter = a.quarter
    ORDER BY s.revision DESC LIMIT 1
) n ON true
LEFT JOIN LATERAL (
    SELECT s.submitted_by, s.submitted_at FROM quarterly_submissions s
    WHERE s.measure = m.code AND s.quarter = a.quarter AND s.state IN ('submitted', 'approved', 'published', 'superseded')
    ORDER BY s.revision LIMIT 1
) h ON true
WHERE ($1 IS NULL OR f.code = $1) AND ($3 IS NULL OR m.code = $3)
    AND left(a.quarter, 7) BETWEEN f.first_year AND f.last_year
ORDER BY a.quarter, m.code
