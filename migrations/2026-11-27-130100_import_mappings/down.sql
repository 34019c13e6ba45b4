CALL forget('import_mappings');
DROP TABLE import_mappings;
