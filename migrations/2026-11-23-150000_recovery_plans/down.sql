CALL forget('recovery_plans');
DROP TABLE recovery_plans;
DROP FUNCTION keep_agreed_plans();
DROP FUNCTION without_delivery(jsonb);
DROP FUNCTION is_trajectory(jsonb);
