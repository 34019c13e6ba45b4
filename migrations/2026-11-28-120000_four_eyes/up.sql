-- Two names that differ by letters' size, or by space at their ends, are not two persons.
CREATE FUNCTION plain_identity(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lower(btrim(caller_identity(name)));
COMMENT ON FUNCTION plain_identity(text) IS 'What tells one caller from another where one must not pass for two: the identity without regard to the size of letters and to space at its ends.';

ALTER TABLE quarterly_submissions DROP CONSTRAINT quarterly_submissions_four_eyes;
ALTER TABLE quarterly_submissions ADD CONSTRAINT quarterly_submissions_four_eyes CHECK (plain_identity(approved_by) <> plain_identity(submitted_by));
