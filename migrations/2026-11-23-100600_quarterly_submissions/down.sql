DROP TABLE quarterly_submissions;
DROP FUNCTION keep_approved_rows();
DROP FUNCTION keep_approved_figures();
