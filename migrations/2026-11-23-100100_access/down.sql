DROP TABLE idempotent_answers;
DROP TABLE api_keys;
