CALL forget('target_versions');
CALL forget('measure_versions');
CALL forget('targets');
CALL forget('measures');
CALL forget('frameworks');
DROP TRIGGER c_keep_version ON targets;
DROP FUNCTION keep_target_version();
DROP TRIGGER b_keep_decided ON targets;
DROP FUNCTION keep_decided_target();
DROP TRIGGER a_govern ON targets;
DROP FUNCTION govern_target();
DROP FUNCTION target_binds(text);
DROP TABLE target_versions;
ALTER TABLE targets
    DROP CONSTRAINT targets_change_explained,
    DROP CONSTRAINT targets_source_cited,
    DROP COLUMN version,
    DROP COLUMN effective_from,
    DROP COLUMN change_reason,
    DROP COLUMN decision,
    DROP COLUMN set_in_arrears;
UPDATE targets SET source = 'illustrative' WHERE source = 'decision' AND decision_reference IS NULL;
ALTER TABLE targets ADD CONSTRAINT targets_decision_cited CHECK (source <> 'decision' OR decision_reference IS NOT NULL);
DROP TRIGGER c_keep_version ON measures;
DROP FUNCTION keep_measure_version();
DROP TRIGGER a_govern ON measures;
DROP FUNCTION govern_measure();
DROP FUNCTION version_in_force(text, text);
DROP TABLE measure_versions;
ALTER TABLE measures
    DROP CONSTRAINT measures_change_explained,
    DROP COLUMN version,
    DROP COLUMN series,
    DROP COLUMN baseline_series,
    DROP COLUMN effective_from,
    DROP COLUMN change_reason,
    DROP COLUMN decision;
DROP FUNCTION is_binding(text, text);
DROP FUNCTION quarter_of(date);
DROP FUNCTION decided_on(text);
DROP TRIGGER a_keep_adoption ON frameworks;
DROP FUNCTION keep_adoption();
ALTER TABLE frameworks DROP CONSTRAINT frameworks_adoption_decided, DROP COLUMN adopted_by;
CALL remember('frameworks', 'code');
CALL remember('measures', 'code');
CALL remember('targets', 'measure', 'year');
