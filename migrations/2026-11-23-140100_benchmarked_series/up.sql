-- Benchmarks count as figures do: a measure that has some starts a new series before its values mean something else.
CREATE FUNCTION keep_benchmarked_series() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM benchmarks b WHERE b.measure = NEW.code) THEN
        RAISE EXCEPTION 'a definition changes by a new series' USING ERRCODE = 'check_violation', CONSTRAINT = 'measures_series_needed';
    END IF;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION keep_benchmarked_series() IS 'Trigger: unit and periods of a measure with benchmarks change with its series only.';
CREATE TRIGGER b_keep_benchmarked_series BEFORE UPDATE ON measures FOR EACH ROW
    WHEN (NEW.series = OLD.series AND (NEW.unit, NEW.rate_base, NEW.frequency, NEW.calendar, NEW.accumulation)
        IS DISTINCT FROM (OLD.unit, OLD.rate_base, OLD.frequency, OLD.calendar, OLD.accumulation))
    EXECUTE FUNCTION keep_benchmarked_series();
