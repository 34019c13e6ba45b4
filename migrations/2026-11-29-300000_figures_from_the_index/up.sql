-- What is unlikely of a figure is judged by the figures before it. They are read from the index alone, once for every row of an import.

DROP INDEX quarterly_submissions_reported;
CREATE INDEX quarterly_submissions_reported ON quarterly_submissions (measure, quarter DESC, revision DESC) INCLUDE (data_period, value, denominator)
    WHERE state IN ('approved', 'published');
