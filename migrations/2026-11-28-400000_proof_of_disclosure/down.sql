DROP TRIGGER z_log_change ON disclosures;
DROP TRIGGER b_keep_approved_definition ON quarterly_submissions;
DROP FUNCTION keep_approved_definition();
DROP FUNCTION decides_what_is_shown(jsonb);
DROP TRIGGER b_four_eyes_on_policy ON quarterly_submissions;
DROP FUNCTION keep_four_eyes_on_policy();
DROP FUNCTION policy_chosen_by(text);
