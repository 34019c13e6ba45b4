CALL forget('comparator_memberships');
DROP TABLE comparator_memberships;
DROP FUNCTION keep_one_membership();
