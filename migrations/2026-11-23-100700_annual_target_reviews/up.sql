CREATE TABLE annual_target_reviews (
    framework text NOT NULL CONSTRAINT annual_target_reviews_framework_fkey REFERENCES frameworks,
    year text NOT NULL CONSTRAINT annual_target_reviews_year_form CHECK (is_financial_year(year)),
    status text NOT NULL CONSTRAINT annual_target_reviews_status_known CHECK (status IN ('open', 'proposals_in', 'submitted', 'decided', 'applied')),
    summary text,
    proposals jsonb NOT NULL CONSTRAINT annual_target_reviews_proposals_list CHECK (jsonb_typeof(proposals) = 'array'),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    row_version bigint NOT NULL DEFAULT nextval('row_versions'),
    CONSTRAINT annual_target_reviews_pkey PRIMARY KEY (framework, year)
);
COMMENT ON TABLE annual_target_reviews IS 'The yearly review of a framework''s measures and targets.';
COMMENT ON COLUMN annual_target_reviews.framework IS 'Framework under review.';
COMMENT ON COLUMN annual_target_reviews.year IS 'Financial year in which the review is held.';
COMMENT ON COLUMN annual_target_reviews.status IS 'open, proposals_in, submitted, decided or applied.';
COMMENT ON COLUMN annual_target_reviews.summary IS 'What the review found as a whole.';
COMMENT ON COLUMN annual_target_reviews.proposals IS 'One proposal for each measure: action, reason, rationale and proposed values.';
COMMENT ON COLUMN annual_target_reviews.created_at IS 'When it was recorded.';
COMMENT ON COLUMN annual_target_reviews.updated_at IS 'When it last changed.';
COMMENT ON COLUMN annual_target_reviews.row_version IS 'Version of the row; its ETag.';
CALL govern('annual_target_reviews', 'framework', 'year');
