-- The next changes after a place, in the order of the log, as far as they are settled; of those that somebody can be told of ($4), what
-- decides whom.
SELECT c.transaction_number, c.sequence, c.changed_at, c.resource, c.resource_key, c.action, told.was, told.state, told.framework,
    coalesce(told.measures, '[]') AS measures, coalesce(told.row_version, 0) AS row_version
FROM (
    SELECT * FROM changes
    WHERE (transaction_number, sequence) > ($1, $2) AND transaction_number < (SELECT end_of_changes())
    ORDER BY transaction_number, sequence LIMIT $3
) c
LEFT JOIN LATERAL (
    SELECT webhook_state(c.before) AS was, webhook_state(c.after) AS state,
        coalesce(whole ->> 'framework', (SELECT o.framework FROM measures m JOIN outcomes o ON o.code = m.outcome
            WHERE m.code = whole ->> 'measure')) AS framework,
        coalesce(whole -> 'measures', jsonb_build_array(whole -> 'measure')) AS measures,
        (whole ->> 'row_version')::bigint AS row_version
    FROM coalesce(c.after, c.before) AS whole
) told ON c.resource = ANY ($4)
ORDER BY c.transaction_number, c.sequence
