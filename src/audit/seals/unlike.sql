-- The rows of one table that are not what their last change says: written as text, so that 1.5 is not 1.50. By sequence, for whoever
-- waits for a row has a lower number of transaction and writes later.
WITH last AS (
    SELECT DISTINCT ON (resource_key) resource_key AS key,
        to_jsonb(jsonb_populate_record(NULL::{table}, {defaults} || by_name(after))) - {left_out} AS told
    FROM changes WHERE resource = $1 ORDER BY resource_key, sequence DESC
), present AS (
    SELECT {key} AS key, to_jsonb(t) - {left_out} AS row FROM {table} t
)
SELECT coalesce(last.key, present.key) AS key,
    CASE WHEN row IS NULL THEN 'missing' WHEN told IS NULL THEN 'inserted' ELSE 'altered' END AS wrong,
    coalesce((SELECT string_agg(field, ', ' ORDER BY field) FROM jsonb_object_keys(row) AS field WHERE (told -> field)::text IS DISTINCT FROM (row -> field)::text
        AND told IS NOT NULL), '') AS what,
    count(*) OVER () AS of
FROM last FULL JOIN present ON present.key = last.key
WHERE told::text IS DISTINCT FROM row::text
ORDER BY key LIMIT 100;
