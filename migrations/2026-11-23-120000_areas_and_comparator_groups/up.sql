-- Areas and groups of areas: what a measure's figure is compared with. They share one line of codes, because a benchmark names either.

CREATE TABLE areas (
    code text CONSTRAINT areas_pkey PRIMARY KEY CONSTRAINT areas_code_form CHECK (code ~ '^[A-Z0-9][A-Z0-9-]{0,31}$'),
    name text NOT NULL,
    kind text NOT NULL CONSTRAINT areas_kind_known CHECK (kind IN ('local_authority', 'region', 'country')),
    old_code text,
    valid_from date,
    valid_to date,
    successor text CONSTRAINT areas_successor_fkey REFERENCES areas,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    row_version bigint NOT NULL DEFAULT nextval('row_versions'),
    CONSTRAINT areas_validity_in_order CHECK (valid_from <= valid_to),
    CONSTRAINT areas_successor_is_another CHECK (successor <> code)
);
CREATE INDEX areas_of_successor ON areas (successor);
COMMENT ON TABLE areas IS 'An authority, a region or a country, under one official code for as long as that code is valid.';
COMMENT ON COLUMN areas.code IS 'Official (GSS) code, such as E08000019; never changed and never used again.';
COMMENT ON COLUMN areas.name IS 'Name.';
COMMENT ON COLUMN areas.kind IS 'local_authority, region or country.';
COMMENT ON COLUMN areas.old_code IS 'The Department for Education''s own number, such as 373, which outlives official codes.';
COMMENT ON COLUMN areas.valid_from IS 'First day on which the code is valid; null where it is not known.';
COMMENT ON COLUMN areas.valid_to IS 'Last day on which the code is valid; null while it is.';
COMMENT ON COLUMN areas.successor IS 'Area whose code replaces this one.';
COMMENT ON COLUMN areas.created_at IS 'When it was recorded.';
COMMENT ON COLUMN areas.updated_at IS 'When it last changed.';
COMMENT ON COLUMN areas.row_version IS 'Version of the row; its ETag.';

CREATE TABLE comparator_groups (
    code text CONSTRAINT comparator_groups_pkey PRIMARY KEY CONSTRAINT comparator_groups_code_form CHECK (code ~ '^[A-Z0-9][A-Z0-9-]{0,31}$'),
    title text NOT NULL,
    kind text NOT NULL CONSTRAINT comparator_groups_kind_known CHECK (kind IN ('statistical_neighbours', 'core_cities', 'other')),
    home_area text CONSTRAINT comparator_groups_home_area_fkey REFERENCES areas,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    row_version bigint NOT NULL DEFAULT nextval('row_versions')
);
CREATE INDEX comparator_groups_of_home_area ON comparator_groups (home_area);
COMMENT ON TABLE comparator_groups IS 'A group of areas that figures are compared with; its members come and go by date.';
COMMENT ON COLUMN comparator_groups.code IS 'Code that never changes and is never used again; no area has it.';
COMMENT ON COLUMN comparator_groups.title IS 'Title in plain English.';
COMMENT ON COLUMN comparator_groups.kind IS 'statistical_neighbours, core_cities or other.';
COMMENT ON COLUMN comparator_groups.home_area IS 'Area whose neighbours they are; null for a group that is nobody''s own.';
COMMENT ON COLUMN comparator_groups.created_at IS 'When it was recorded.';
COMMENT ON COLUMN comparator_groups.updated_at IS 'When it last changed.';
COMMENT ON COLUMN comparator_groups.row_version IS 'Version of the row; its ETag.';

CREATE FUNCTION register_comparator_code() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM areas WHERE code = NEW.code) AND EXISTS (SELECT FROM comparator_groups WHERE code = NEW.code) THEN
        RAISE EXCEPTION 'an area and a group have the code %', NEW.code USING ERRCODE = 'unique_violation', CONSTRAINT = 'comparator_codes_apart';
    END IF;
    -- The register's key also holds apart what two transactions add at once.
    INSERT INTO code_register (resource, code) VALUES ('comparators', NEW.code);
    RETURN NULL;
END $$;
COMMENT ON FUNCTION register_comparator_code() IS 'Trigger: records the code of a new area or group, and so refuses one that either has or had.';
CREATE TRIGGER b_register_code AFTER INSERT ON areas FOR EACH ROW EXECUTE FUNCTION register_comparator_code();
CREATE TRIGGER b_register_code AFTER INSERT ON comparator_groups FOR EACH ROW EXECUTE FUNCTION register_comparator_code();
CALL govern('areas', 'code');
CALL remember('areas', 'code');
CALL govern('comparator_groups', 'code');
CALL remember('comparator_groups', 'code');
