CALL forget('meetings');
DROP TABLE meetings;
