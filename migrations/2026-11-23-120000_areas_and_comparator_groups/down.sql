CALL forget('comparator_groups');
DROP TABLE comparator_groups;
CALL forget('areas');
DROP TABLE areas;
DROP FUNCTION register_comparator_code();
