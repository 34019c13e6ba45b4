CREATE TABLE report_contents (
    content_hash text CONSTRAINT report_contents_pkey PRIMARY KEY,
    content text NOT NULL,
    sealed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT report_contents_hash_true CHECK (content_hash = encode(sha256(convert_to(content, 'UTF8')), 'hex'))
);
COMMENT ON TABLE report_contents IS 'What reports said when they were signed off, each under the hash of its own bytes; never changed.';
COMMENT ON COLUMN report_contents.content_hash IS 'SHA-256 of the content, in hexadecimal.';
COMMENT ON COLUMN report_contents.content IS 'The content as canonical JSON, byte for byte.';
COMMENT ON COLUMN report_contents.sealed_at IS 'When it was sealed.';

CREATE FUNCTION refuse_content_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was sealed is never changed' USING ERRCODE = 'restrict_violation', CONSTRAINT = 'report_contents_kept';
END $$;
COMMENT ON FUNCTION refuse_content_edit() IS 'Trigger: nobody edits or deletes what a report said.';
CREATE TRIGGER report_contents_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON report_contents
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_content_edit();

CREATE TABLE quarterly_reports (
    framework text NOT NULL CONSTRAINT quarterly_reports_framework_fkey REFERENCES frameworks,
    quarter text NOT NULL CONSTRAINT quarterly_reports_quarter_form CHECK (is_quarter(quarter)),
    version integer NOT NULL CONSTRAINT quarterly_reports_version_positive CHECK (version > 0),
    kind text NOT NULL CONSTRAINT quarterly_reports_kind_known CHECK (kind IN ('baseline', 'quarterly', 'annual')),
    state text NOT NULL CONSTRAINT quarterly_reports_state_known CHECK (state IN ('drafting', 'in_review', 'signed_off', 'published', 'considered')),
    overview text,
    meeting text CONSTRAINT quarterly_reports_meeting_fkey REFERENCES meetings,
    correction_reason text,
    return_reason text,
    content_hash text CONSTRAINT quarterly_reports_content_hash_fkey REFERENCES report_contents,
    rule_set_version smallint,
    as_of timestamptz,
    signed_off_by text,
    signed_off_at timestamptz,
    published_by text,
    published_at timestamptz,
    decision text CONSTRAINT quarterly_reports_decision_fkey REFERENCES decisions,
    considered_by text,
    considered_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    row_version bigint NOT NULL DEFAULT nextval('row_versions'),
    CONSTRAINT quarterly_reports_pkey PRIMARY KEY (framework, quarter, version),
    CONSTRAINT quarterly_reports_correction_explained CHECK ((version = 1) = (correction_reason IS NULL)),
    CONSTRAINT quarterly_reports_sealed_whole CHECK ((state IN ('drafting', 'in_review')) = (content_hash IS NULL)
        AND num_nulls(content_hash, rule_set_version, as_of, signed_off_by, signed_off_at) IN (0, 5)),
    CONSTRAINT quarterly_reports_publisher_known CHECK (state NOT IN ('published', 'considered') OR (published_by IS NOT NULL AND published_at IS NOT NULL)),
    CONSTRAINT quarterly_reports_considered_decided CHECK ((state = 'considered') = (decision IS NOT NULL)
        AND num_nulls(decision, considered_by, considered_at) IN (0, 3))
);
CREATE UNIQUE INDEX quarterly_reports_one_in_hand ON quarterly_reports (framework, quarter) WHERE state IN ('drafting', 'in_review');
CREATE UNIQUE INDEX quarterly_reports_one_baseline ON quarterly_reports (framework) WHERE kind = 'baseline' AND version = 1;
CREATE INDEX quarterly_reports_at_meeting ON quarterly_reports (meeting);
CREATE INDEX quarterly_reports_of_decision ON quarterly_reports (decision);
CREATE INDEX quarterly_reports_of_content ON quarterly_reports (content_hash);
COMMENT ON TABLE quarterly_reports IS 'Reports to the committee, one for each quarter, a row for each version; once signed off, what they say never changes.';
COMMENT ON COLUMN quarterly_reports.framework IS 'Framework reported on.';
COMMENT ON COLUMN quarterly_reports.quarter IS 'Reporting quarter.';
COMMENT ON COLUMN quarterly_reports.version IS 'Number of the version, from 1; a correction is the next.';
COMMENT ON COLUMN quarterly_reports.kind IS 'baseline (the first of its framework), quarterly or annual.';
COMMENT ON COLUMN quarterly_reports.state IS 'drafting, in_review, signed_off, published or considered.';
COMMENT ON COLUMN quarterly_reports.overview IS 'What the officers say of the quarter as a whole.';
COMMENT ON COLUMN quarterly_reports.meeting IS 'Meeting that is to receive it.';
COMMENT ON COLUMN quarterly_reports.correction_reason IS 'Why an earlier version is corrected; given for every version after the first.';
COMMENT ON COLUMN quarterly_reports.return_reason IS 'Why it was last sent back to drafting.';
COMMENT ON COLUMN quarterly_reports.content_hash IS 'SHA-256 of what it says; null until it is signed off.';
COMMENT ON COLUMN quarterly_reports.rule_set_version IS 'Version of the rules that coloured it.';
COMMENT ON COLUMN quarterly_reports.as_of IS 'Instant as at which its data were read.';
COMMENT ON COLUMN quarterly_reports.signed_off_by IS 'Caller who signed it off.';
COMMENT ON COLUMN quarterly_reports.signed_off_at IS 'When it was signed off.';
COMMENT ON COLUMN quarterly_reports.published_by IS 'Caller who published it.';
COMMENT ON COLUMN quarterly_reports.published_at IS 'When it was published.';
COMMENT ON COLUMN quarterly_reports.decision IS 'Decision that the committee took on it.';
COMMENT ON COLUMN quarterly_reports.considered_by IS 'Caller who recorded that it was considered.';
COMMENT ON COLUMN quarterly_reports.considered_at IS 'When that was recorded.';
COMMENT ON COLUMN quarterly_reports.created_at IS 'When it was recorded.';
COMMENT ON COLUMN quarterly_reports.updated_at IS 'When it last changed.';
COMMENT ON COLUMN quarterly_reports.row_version IS 'Version of the row; its ETag.';

CREATE FUNCTION keep_sealed_reports() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR
       (OLD.framework, OLD.quarter, OLD.version, OLD.kind, OLD.overview, OLD.correction_reason, OLD.content_hash, OLD.rule_set_version, OLD.as_of,
        OLD.signed_off_by, OLD.signed_off_at) IS DISTINCT FROM
       (NEW.framework, NEW.quarter, NEW.version, NEW.kind, NEW.overview, NEW.correction_reason, NEW.content_hash, NEW.rule_set_version, NEW.as_of,
        NEW.signed_off_by, NEW.signed_off_at) THEN
        RAISE EXCEPTION 'a sealed report is never changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'quarterly_reports_sealed_kept';
    END IF;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION keep_sealed_reports() IS 'Trigger: once signed off, a report keeps what it says; a correction is a new version.';
CREATE TRIGGER b_keep_sealed BEFORE UPDATE OR DELETE ON quarterly_reports FOR EACH ROW
    WHEN (OLD.content_hash IS NOT NULL) EXECUTE FUNCTION keep_sealed_reports();

CALL govern('quarterly_reports', 'framework', 'quarter', 'version');
CALL remember('quarterly_reports', 'framework', 'quarter', 'version');
