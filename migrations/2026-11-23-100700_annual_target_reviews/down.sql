DROP TABLE annual_target_reviews;
