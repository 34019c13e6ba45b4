CALL forget('collection_cycles');
DROP TABLE collection_cycles;
DROP FUNCTION quarter_start(text);
