CALL forget('quarterly_reports');
DROP TABLE quarterly_reports;
DROP FUNCTION keep_sealed_reports();
DROP TABLE report_contents;
DROP FUNCTION refuse_content_edit();
