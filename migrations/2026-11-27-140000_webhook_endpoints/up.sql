-- Webhooks: who is told of what, the secrets that sign it, how far each endpoint has been told, and every delivery.

CREATE TABLE webhook_endpoints (
    code text CONSTRAINT webhook_endpoints_pkey PRIMARY KEY CONSTRAINT webhook_endpoints_code_form CHECK (code ~ '^[A-Z0-9][A-Z0-9-]{0,31}$'),
    url text NOT NULL,
    description text,
    events text[] NOT NULL DEFAULT '{}' CONSTRAINT webhook_endpoints_events_known CHECK (events <@ ARRAY[
        'ping', 'submission.submitted', 'submission.returned', 'submission.approved', 'submission.published', 'submission.superseded',
        'submission.revised', 'report.in_review', 'report.returned', 'report.signed_off', 'report.published', 'report.considered',
        'report.corrected', 'target.created', 'target.changed', 'target.deleted', 'review.opened', 'review.proposals_in', 'review.submitted',
        'review.decided', 'review.applied', 'concern.raised', 'concern.accepted', 'concern.declined', 'concern.scheduled', 'concern.reported',
        'concern.closed', 'concern.reopened', 'endpoint.disabled']),
    framework text CONSTRAINT webhook_endpoints_framework_fkey REFERENCES frameworks,
    measure text CONSTRAINT webhook_endpoints_measure_fkey REFERENCES measures,
    enabled boolean NOT NULL DEFAULT true,
    disabled_at timestamptz,
    disabled_reason text,
    secret_made_at timestamptz NOT NULL DEFAULT now(),
    previous_secret_until timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    row_version bigint NOT NULL DEFAULT nextval('row_versions'),
    CONSTRAINT webhook_endpoints_disabled_with_reason CHECK (
        (disabled_at IS NULL) = (disabled_reason IS NULL) AND (disabled_at IS NULL OR NOT enabled))
);
CREATE INDEX webhook_endpoints_of_framework ON webhook_endpoints (framework);
CREATE INDEX webhook_endpoints_of_measure ON webhook_endpoints (measure);
COMMENT ON TABLE webhook_endpoints IS 'An address that is called when something happens.';
COMMENT ON COLUMN webhook_endpoints.code IS 'Code that never changes and is never used again.';
COMMENT ON COLUMN webhook_endpoints.url IS 'Address that is called. It can itself be a secret, so only auditors and administrators read it.';
COMMENT ON COLUMN webhook_endpoints.description IS 'What it is for, and which team to ask about it.';
COMMENT ON COLUMN webhook_endpoints.events IS 'Events that it is told of; empty for all.';
COMMENT ON COLUMN webhook_endpoints.framework IS 'Framework that it is told of; null for all.';
COMMENT ON COLUMN webhook_endpoints.measure IS 'Measure that it is told of; null for all.';
COMMENT ON COLUMN webhook_endpoints.enabled IS 'Whether it is called.';
COMMENT ON COLUMN webhook_endpoints.disabled_at IS 'When the service gave it up; null while it has not.';
COMMENT ON COLUMN webhook_endpoints.disabled_reason IS 'Why the service gave it up.';
COMMENT ON COLUMN webhook_endpoints.secret_made_at IS 'When the secret that signs was made.';
COMMENT ON COLUMN webhook_endpoints.previous_secret_until IS 'Until when the secret before it signs, too; null if there was none.';
COMMENT ON COLUMN webhook_endpoints.created_at IS 'When it was made.';
COMMENT ON COLUMN webhook_endpoints.updated_at IS 'When it last changed.';
COMMENT ON COLUMN webhook_endpoints.row_version IS 'Version of the row; its ETag.';

CREATE TABLE webhook_secrets (
    endpoint text NOT NULL CONSTRAINT webhook_secrets_endpoint_fkey REFERENCES webhook_endpoints ON DELETE CASCADE,
    made_at timestamptz NOT NULL,
    secret bytea NOT NULL CONSTRAINT webhook_secrets_long_enough CHECK (octet_length(secret) BETWEEN 24 AND 64),
    signs_until timestamptz,
    CONSTRAINT webhook_secrets_pkey PRIMARY KEY (endpoint, made_at)
);
COMMENT ON TABLE webhook_secrets IS 'Secrets that sign what an endpoint is sent. They have to sign, so they cannot be kept as hashes: in a table of their own, they stand in no log, no history and no answer.';
COMMENT ON COLUMN webhook_secrets.endpoint IS 'Whose it is.';
COMMENT ON COLUMN webhook_secrets.made_at IS 'When it was made.';
COMMENT ON COLUMN webhook_secrets.secret IS 'The secret: random bytes. Internal.';
COMMENT ON COLUMN webhook_secrets.signs_until IS 'First instant at which it no longer signs; null for the one in use.';

CREATE TABLE webhook_standings (
    endpoint text CONSTRAINT webhook_standings_pkey PRIMARY KEY
        CONSTRAINT webhook_standings_endpoint_fkey REFERENCES webhook_endpoints ON DELETE CASCADE,
    transaction_number bigint NOT NULL,
    sequence bigint NOT NULL,
    last_number bigint NOT NULL DEFAULT 0,
    failures integer NOT NULL DEFAULT 0,
    failing_since timestamptz,
    resting_until timestamptz,
    last_delivered_at timestamptz
);
COMMENT ON TABLE webhook_standings IS 'How far each endpoint has come in the change log, and how it fares. Not logged: it changes with every delivery.';
COMMENT ON COLUMN webhook_standings.endpoint IS 'Whose it is.';
COMMENT ON COLUMN webhook_standings.transaction_number IS 'Transaction of the last change from which deliveries were made; with sequence, where to go on.';
COMMENT ON COLUMN webhook_standings.sequence IS 'Sequence of that change.';
COMMENT ON COLUMN webhook_standings.last_number IS 'Number of its newest delivery.';
COMMENT ON COLUMN webhook_standings.failures IS 'Attempts that failed since the last that did not.';
COMMENT ON COLUMN webhook_standings.failing_since IS 'When the first of these was; null where there is none.';
COMMENT ON COLUMN webhook_standings.resting_until IS 'Until when it is left alone, because it failed or asked for it.';
COMMENT ON COLUMN webhook_standings.last_delivered_at IS 'When it last took something.';

CREATE TABLE webhook_deliveries (
    endpoint text NOT NULL CONSTRAINT webhook_deliveries_endpoint_fkey REFERENCES webhook_endpoints ON DELETE CASCADE,
    number bigint NOT NULL,
    message_id uuid NOT NULL,
    event text NOT NULL,
    sequence bigint,
    payload jsonb NOT NULL,
    state text NOT NULL DEFAULT 'pending' CONSTRAINT webhook_deliveries_state_known CHECK (state IN ('pending', 'delivered', 'dead')),
    attempts jsonb NOT NULL DEFAULT '[]' CONSTRAINT webhook_deliveries_attempts_list CHECK (jsonb_typeof(attempts) = 'array'),
    failures integer NOT NULL DEFAULT 0,
    trying_since timestamptz,
    next_attempt_at timestamptz,
    ended_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (endpoint, number),
    CONSTRAINT webhook_deliveries_pending_has_a_next CHECK ((state = 'pending') = (next_attempt_at IS NOT NULL) AND (state = 'pending') = (ended_at IS NULL))
);
-- One change is told once to each endpoint.
CREATE UNIQUE INDEX webhook_deliveries_once ON webhook_deliveries (endpoint, sequence);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint, number) WHERE state = 'pending';
CREATE INDEX webhook_deliveries_ended ON webhook_deliveries (ended_at);
COMMENT ON TABLE webhook_deliveries IS 'What an endpoint is sent: made with the step in the change log, kept for a while after it ended.';
COMMENT ON COLUMN webhook_deliveries.endpoint IS 'Who is sent it.';
COMMENT ON COLUMN webhook_deliveries.number IS 'Number among those of the endpoint, in the order of the change log.';
COMMENT ON COLUMN webhook_deliveries.message_id IS 'The header webhook-id, the same at every attempt, so that receivers can tell what they have had.';
COMMENT ON COLUMN webhook_deliveries.event IS 'What happened.';
COMMENT ON COLUMN webhook_deliveries.sequence IS 'The change that it tells of; null for a ping.';
COMMENT ON COLUMN webhook_deliveries.payload IS 'What is sent.';
COMMENT ON COLUMN webhook_deliveries.state IS 'pending, delivered or dead.';
COMMENT ON COLUMN webhook_deliveries.attempts IS 'Every attempt: when, status, error and how long it took.';
COMMENT ON COLUMN webhook_deliveries.failures IS 'Attempts that failed since it was last queued.';
COMMENT ON COLUMN webhook_deliveries.trying_since IS 'First attempt since it was last queued, from which its three days count.';
COMMENT ON COLUMN webhook_deliveries.next_attempt_at IS 'When it is tried next; null once it has ended.';
COMMENT ON COLUMN webhook_deliveries.ended_at IS 'When it was delivered or given up.';
COMMENT ON COLUMN webhook_deliveries.created_at IS 'When it was queued first.';

CREATE FUNCTION end_of_changes() RETURNS bigint LANGUAGE sql STABLE
RETURN (SELECT ahead FROM change_clock) + pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
COMMENT ON FUNCTION end_of_changes() IS 'Number of the oldest transaction under way: whatever is committed from now on has it, or a later one.';

CREATE FUNCTION notice_webhook_enabled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.enabled AND NOT OLD.enabled THEN
        NEW.disabled_at := NULL;
        NEW.disabled_reason := NULL;
        UPDATE webhook_standings SET failures = 0, failing_since = NULL, resting_until = NULL WHERE endpoint = NEW.code;
        UPDATE webhook_deliveries SET failures = 0, trying_since = NULL, next_attempt_at = now() WHERE endpoint = NEW.code AND state = 'pending';
    END IF;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION notice_webhook_enabled() IS 'Trigger: an endpoint that is enabled again begins anew where it stopped.';
-- Before the version is advanced, so that what it changes counts.
CREATE TRIGGER a_enabled BEFORE UPDATE ON webhook_endpoints FOR EACH ROW EXECUTE FUNCTION notice_webhook_enabled();

CREATE FUNCTION begin_webhook_standing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO webhook_standings (endpoint, transaction_number, sequence) VALUES (NEW.code, end_of_changes(), 0);
    RETURN NULL;
END $$;
COMMENT ON FUNCTION begin_webhook_standing() IS 'Trigger: a new endpoint is told of what is committed from now on.';
CREATE TRIGGER c_standing AFTER INSERT ON webhook_endpoints FOR EACH ROW EXECUTE FUNCTION begin_webhook_standing();

CREATE TRIGGER b_register_code AFTER INSERT ON webhook_endpoints FOR EACH ROW EXECUTE FUNCTION register_code();
CALL govern('webhook_endpoints', 'code');
CALL remember('webhook_endpoints', 'code');
CALL disclose('webhook_endpoints', 'false');
CALL limit_reach('webhook_endpoints', 'false');
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_secrets, webhook_standings, webhook_deliveries TO performance_framework_service;

CREATE FUNCTION webhook_state(logged jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(logged ->> 'state', logged ->> 'status', CASE WHEN logged ->> 'disabled_at' IS NOT NULL THEN 'disabled' END);
COMMENT ON FUNCTION webhook_state(jsonb) IS 'State of a row in the change log, by whichever column has it; null for what has no states.';
