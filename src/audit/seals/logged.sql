-- Every table that the log knows of, or whose writes are logged, with what the comparison of its rows is made of.
SELECT coalesce(known.name, told.name) AS name, told.quoted, told.key, told.left_out, told.defaults
FROM (SELECT DISTINCT resource AS name FROM changes) known
FULL JOIN (
    SELECT relname::text AS name, CASE WHEN tgenabled IN ('O', 'A') THEN logged::text END AS quoted,
        (SELECT 'concat_ws(''/'', ' || string_agg(quote_ident(part), ', ' ORDER BY position) || ')' FROM unnest(keys) WITH ORDINALITY AS k (part, position)) AS key,
        quote_literal(left_out) || '::text[]' AS left_out,
        -- What a column that came later held before: its default.
        (SELECT format('jsonb_build_object(%s)', string_agg(format('%L, %s', attname, pg_get_expr(adbin, adrelid)), ', '))
            FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum
            WHERE adrelid = logged AND attgenerated = '' AND attname NOT IN ('created_at', 'updated_at', 'row_version')) AS defaults
    FROM logged_tables() JOIN pg_class ON pg_class.oid = logged JOIN pg_trigger ON tgrelid = logged AND tgname = 'z_log_change'
) told ON told.name = known.name
ORDER BY name;
