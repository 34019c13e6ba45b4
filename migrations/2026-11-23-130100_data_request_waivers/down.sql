CALL forget('data_request_waivers');
DROP TABLE data_request_waivers;
