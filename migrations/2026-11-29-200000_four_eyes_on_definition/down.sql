DROP TRIGGER b_four_eyes_on_definition ON quarterly_submissions;
DROP FUNCTION keep_four_eyes_on_definition();
DROP FUNCTION definitions_of(text);
DROP FUNCTION shows_more(jsonb, jsonb);
