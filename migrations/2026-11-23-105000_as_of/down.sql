CALL forget('annual_target_reviews');
CALL forget('quarterly_submissions');
CALL forget('targets');
CALL forget('measures');
CALL forget('outcomes');
CALL forget('frameworks');
DROP PROCEDURE forget(regclass);
DROP PROCEDURE remember(regclass, text[]);
CREATE OR REPLACE FUNCTION advance_row_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW IS DISTINCT FROM OLD THEN
        NEW.row_version := nextval('row_versions');
        NEW.updated_at := now();
    END IF;
    RETURN NEW;
END $$;
DROP FUNCTION travel_to(timestamptz);
DROP FUNCTION still_writing(timestamptz);
DROP FUNCTION as_of();
DROP FUNCTION known_at();
DROP SCHEMA as_of;
DROP SCHEMA history;
