CALL forget('issues_of_concern');
DROP TABLE issue_measures;
DROP TABLE issues_of_concern;
DROP FUNCTION keep_issue_measures();
