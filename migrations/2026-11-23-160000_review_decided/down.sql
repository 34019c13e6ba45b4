CALL forget('annual_target_reviews');
DROP TRIGGER a_keep_review ON annual_target_reviews;
DROP FUNCTION keep_review();
ALTER TABLE annual_target_reviews
    DROP CONSTRAINT annual_target_reviews_applied_whole,
    DROP CONSTRAINT annual_target_reviews_decided_whole,
    DROP COLUMN applied_changes,
    DROP COLUMN applied_by,
    DROP COLUMN applied_at,
    DROP COLUMN decided_outcomes,
    DROP COLUMN decision;
CALL remember('annual_target_reviews', 'framework', 'year');
