DROP FUNCTION erase_account(bigint, text);
DROP FUNCTION held_of_account(bigint);
DROP FUNCTION answer_names(idempotent_answers, text[]);
DROP FUNCTION names_one(text, text);
