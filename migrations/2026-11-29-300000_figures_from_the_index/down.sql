DROP INDEX quarterly_submissions_reported;
CREATE INDEX quarterly_submissions_reported ON quarterly_submissions (measure, quarter DESC, revision DESC) WHERE state IN ('approved', 'published');
