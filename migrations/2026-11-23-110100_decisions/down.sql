CALL forget('decisions');
DROP TABLE decisions;
