DROP TRIGGER b_keep_benchmarked_series ON measures;
DROP FUNCTION keep_benchmarked_series();
