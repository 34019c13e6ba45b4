ALTER TABLE quarterly_submissions DROP CONSTRAINT quarterly_submissions_four_eyes;
ALTER TABLE quarterly_submissions ADD CONSTRAINT quarterly_submissions_four_eyes CHECK (caller_identity(approved_by) <> caller_identity(submitted_by));
DROP FUNCTION plain_identity(text);
