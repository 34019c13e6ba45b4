CREATE TABLE issues_of_concern (
    code text CONSTRAINT issues_of_concern_pkey PRIMARY KEY CONSTRAINT issues_of_concern_code_form CHECK (code ~ '^[A-Z0-9][A-Z0-9-]{0,31}$'),
    framework text NOT NULL CONSTRAINT issues_of_concern_framework_fkey REFERENCES frameworks,
    title text NOT NULL,
    question text NOT NULL,
    raised_by text NOT NULL,
    raised_at text CONSTRAINT issues_of_concern_raised_at_fkey REFERENCES meetings,
    decision text CONSTRAINT issues_of_concern_decision_fkey REFERENCES decisions,
    clause text CONSTRAINT issues_of_concern_clause_of_decision CHECK (clause IS NULL OR decision IS NOT NULL),
    assigned_to text NOT NULL,
    measures jsonb NOT NULL CONSTRAINT issues_of_concern_measures_list CHECK (
        CASE WHEN jsonb_typeof(measures) = 'array' THEN jsonb_array_length(measures) BETWEEN 1 AND 50 ELSE false END),
    report_wanted_by date CONSTRAINT issues_of_concern_report_wanted_by_range CHECK (report_wanted_by BETWEEN '1990-01-01' AND '2099-12-31'),
    report_to text CONSTRAINT issues_of_concern_report_to_fkey REFERENCES meetings,
    state text NOT NULL DEFAULT 'raised' CONSTRAINT issues_of_concern_state_known CHECK (
        state IN ('raised', 'accepted', 'declined', 'scheduled', 'reported', 'closed', 'reopened')),
    accepted_by text,
    accepted_at timestamptz,
    declined_by text,
    declined_at timestamptz,
    decline_reason text,
    scheduled_by text,
    scheduled_at timestamptz,
    report_on date CONSTRAINT issues_of_concern_report_on_range CHECK (report_on BETWEEN '1990-01-01' AND '2099-12-31'),
    reported_by text,
    reported_at timestamptz,
    answer text,
    closed_by text,
    closed_at timestamptz,
    close_reason text,
    reopened_by text,
    reopened_at timestamptz,
    reopen_reason text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    row_version bigint NOT NULL DEFAULT nextval('row_versions'),
    CONSTRAINT issues_of_concern_accepted_signed CHECK (state IN ('raised', 'declined') OR (accepted_by IS NOT NULL AND accepted_at IS NOT NULL)),
    CONSTRAINT issues_of_concern_declined_signed CHECK (state <> 'declined'
        OR (declined_by IS NOT NULL AND declined_at IS NOT NULL AND decline_reason IS NOT NULL)),
    CONSTRAINT issues_of_concern_scheduled_signed CHECK (state <> 'scheduled'
        OR (scheduled_by IS NOT NULL AND scheduled_at IS NOT NULL AND report_on IS NOT NULL)),
    CONSTRAINT issues_of_concern_reported_signed CHECK (state NOT IN ('reported', 'closed', 'reopened')
        OR (reported_by IS NOT NULL AND reported_at IS NOT NULL AND answer IS NOT NULL)),
    CONSTRAINT issues_of_concern_closed_signed CHECK (state NOT IN ('closed', 'reopened')
        OR (closed_by IS NOT NULL AND closed_at IS NOT NULL AND close_reason IS NOT NULL)),
    CONSTRAINT issues_of_concern_reopened_signed CHECK (state <> 'reopened'
        OR (reopened_by IS NOT NULL AND reopened_at IS NOT NULL AND reopen_reason IS NOT NULL))
);
CREATE INDEX issues_of_concern_of_framework ON issues_of_concern (framework, code);
CREATE INDEX issues_of_concern_of_decision ON issues_of_concern (decision);
CREATE INDEX issues_of_concern_of_meeting ON issues_of_concern (raised_at);
CREATE INDEX issues_of_concern_for_meeting ON issues_of_concern (report_to);
COMMENT ON TABLE issues_of_concern IS 'What a committee wants to be told more about: the question, on which measures, by when, and what was answered.';
COMMENT ON COLUMN issues_of_concern.code IS 'Code that never changes and is never used again.';
COMMENT ON COLUMN issues_of_concern.framework IS 'Framework whose measures it is about.';
COMMENT ON COLUMN issues_of_concern.title IS 'Title in plain English.';
COMMENT ON COLUMN issues_of_concern.question IS 'What the committee wants to know.';
COMMENT ON COLUMN issues_of_concern.raised_by IS 'Committee that raised it.';
COMMENT ON COLUMN issues_of_concern.raised_at IS 'Meeting at which it was raised.';
COMMENT ON COLUMN issues_of_concern.decision IS 'Decision that raised or referred it.';
COMMENT ON COLUMN issues_of_concern.clause IS 'Label of the clause of that decision.';
COMMENT ON COLUMN issues_of_concern.assigned_to IS 'Committee that is to see to it; another than the one that raised it where it was referred.';
COMMENT ON COLUMN issues_of_concern.measures IS 'Codes of its measures, 1 to 50; issue_measures holds them to measures that exist.';
COMMENT ON COLUMN issues_of_concern.report_wanted_by IS 'Day by which a report is wanted, in London.';
COMMENT ON COLUMN issues_of_concern.report_to IS 'Meeting to which the report is to go.';
COMMENT ON COLUMN issues_of_concern.state IS 'raised, accepted, declined, scheduled, reported, closed or reopened.';
COMMENT ON COLUMN issues_of_concern.accepted_by IS 'Caller who accepted it.';
COMMENT ON COLUMN issues_of_concern.accepted_at IS 'When it was accepted.';
COMMENT ON COLUMN issues_of_concern.declined_by IS 'Caller who declined it.';
COMMENT ON COLUMN issues_of_concern.declined_at IS 'When it was declined.';
COMMENT ON COLUMN issues_of_concern.decline_reason IS 'Why it was declined.';
COMMENT ON COLUMN issues_of_concern.scheduled_by IS 'Caller who last scheduled the report.';
COMMENT ON COLUMN issues_of_concern.scheduled_at IS 'When the report was last scheduled.';
COMMENT ON COLUMN issues_of_concern.report_on IS 'Day for which the report is scheduled, in London.';
COMMENT ON COLUMN issues_of_concern.reported_by IS 'Caller who recorded the newest answer.';
COMMENT ON COLUMN issues_of_concern.reported_at IS 'When the newest answer was recorded.';
COMMENT ON COLUMN issues_of_concern.answer IS 'The newest answer; earlier ones are in the change log.';
COMMENT ON COLUMN issues_of_concern.closed_by IS 'Caller who last closed it.';
COMMENT ON COLUMN issues_of_concern.closed_at IS 'When it was last closed.';
COMMENT ON COLUMN issues_of_concern.close_reason IS 'Why it was last closed.';
COMMENT ON COLUMN issues_of_concern.reopened_by IS 'Caller who last reopened it.';
COMMENT ON COLUMN issues_of_concern.reopened_at IS 'When it was last reopened.';
COMMENT ON COLUMN issues_of_concern.reopen_reason IS 'Why it was last reopened.';
COMMENT ON COLUMN issues_of_concern.created_at IS 'When it was recorded.';
COMMENT ON COLUMN issues_of_concern.updated_at IS 'When it last changed.';
COMMENT ON COLUMN issues_of_concern.row_version IS 'Version of the row; its ETag.';

CREATE TABLE issue_measures (
    issue text NOT NULL CONSTRAINT issue_measures_issue_fkey REFERENCES issues_of_concern ON DELETE CASCADE,
    measure text NOT NULL CONSTRAINT issue_measures_measure_fkey REFERENCES measures,
    CONSTRAINT issue_measures_pkey PRIMARY KEY (issue, measure)
);
CREATE INDEX issue_measures_of_measure ON issue_measures (measure);
COMMENT ON TABLE issue_measures IS 'Each measure of an issue of concern, kept by trigger from the list in the issue: a measure that an issue is about exists and stays.';
COMMENT ON COLUMN issue_measures.issue IS 'Issue of concern.';
COMMENT ON COLUMN issue_measures.measure IS 'Measure that it is about.';

CREATE FUNCTION keep_issue_measures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        DELETE FROM issue_measures WHERE issue = NEW.code AND NOT NEW.measures ? measure;
    END IF;
    INSERT INTO issue_measures (issue, measure) SELECT NEW.code, code FROM jsonb_array_elements_text(NEW.measures) AS code
        WHERE TG_OP = 'INSERT' OR NOT OLD.measures ? code;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION keep_issue_measures() IS 'Trigger: one row of issue_measures for each measure of the issue.';
CREATE TRIGGER b_keep_issue_measures AFTER INSERT OR UPDATE OF measures ON issues_of_concern FOR EACH ROW EXECUTE FUNCTION keep_issue_measures();
CREATE TRIGGER b_register_code AFTER INSERT ON issues_of_concern FOR EACH ROW EXECUTE FUNCTION register_code();
CALL govern('issues_of_concern', 'code');
CALL remember('issues_of_concern', 'code');
