CALL forget('webhook_endpoints');
DROP FUNCTION webhook_state(jsonb);
DROP TABLE webhook_deliveries, webhook_standings, webhook_secrets, webhook_endpoints;
DROP FUNCTION begin_webhook_standing();
DROP FUNCTION notice_webhook_enabled();
DROP FUNCTION end_of_changes();
