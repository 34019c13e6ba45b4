DROP TABLE import_contents;
DROP TABLE import_rows;
DROP TABLE imports;
DROP FUNCTION turn_of(text);
