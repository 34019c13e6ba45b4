-- Changes of one table that do not begin with what the change of the same row before left: between the two somebody wrote the row past
-- the log. Columns that came or went between them are not compared.
WITH steps AS (
    SELECT resource_key AS key, sequence, before, lag(after) OVER of_row AS was, lag(sequence) OVER of_row AS earlier
    FROM changes WHERE resource = $1 WINDOW of_row AS (PARTITION BY resource_key ORDER BY sequence)
), unlike AS (
    SELECT key, sequence, earlier, before IS NULL AS begins, was IS NULL AS began,
        (SELECT string_agg(field, ', ' ORDER BY field) FROM jsonb_object_keys(before) AS field WHERE was ? field
            AND (to_jsonb(jsonb_populate_record(NULL::{table}, by_name(before))) -> field)::text
                IS DISTINCT FROM (to_jsonb(jsonb_populate_record(NULL::{table}, by_name(was))) -> field)::text) AS fields
    FROM steps WHERE before::text IS DISTINCT FROM was::text
)
SELECT key, 'altered' AS wrong, count(*) OVER () AS of,
    CASE WHEN fields IS NOT NULL THEN format('%s, between changes %s and %s', fields, earlier, sequence)
        WHEN began THEN format('change %s begins with a row that no change made', sequence)
        ELSE format('change %s makes a row that was there', sequence) END AS what
FROM unlike WHERE fields IS NOT NULL OR begins <> began
ORDER BY sequence LIMIT 100;
