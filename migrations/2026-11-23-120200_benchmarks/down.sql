CALL forget('benchmarks');
DROP TABLE benchmarks;
DROP FUNCTION name_comparator();
