CREATE TABLE comparator_memberships (
    "group" text NOT NULL CONSTRAINT comparator_memberships_group_fkey REFERENCES comparator_groups,
    area text NOT NULL CONSTRAINT comparator_memberships_area_fkey REFERENCES areas,
    valid_from date NOT NULL,
    valid_to date,
    note text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    row_version bigint NOT NULL DEFAULT nextval('row_versions'),
    CONSTRAINT comparator_memberships_pkey PRIMARY KEY ("group", area, valid_from),
    CONSTRAINT comparator_memberships_validity_in_order CHECK (valid_from <= valid_to)
);
CREATE INDEX comparator_memberships_of_area ON comparator_memberships (area, "group");
COMMENT ON TABLE comparator_memberships IS 'An area''s time as a member of a group.';
COMMENT ON COLUMN comparator_memberships."group" IS 'Group.';
COMMENT ON COLUMN comparator_memberships.area IS 'Area that is a member.';
COMMENT ON COLUMN comparator_memberships.valid_from IS 'First day as a member.';
COMMENT ON COLUMN comparator_memberships.valid_to IS 'Last day as a member; null while it is one.';
COMMENT ON COLUMN comparator_memberships.note IS 'What there is to know of it, such as how close a neighbour is.';
COMMENT ON COLUMN comparator_memberships.created_at IS 'When it was recorded.';
COMMENT ON COLUMN comparator_memberships.updated_at IS 'When it last changed.';
COMMENT ON COLUMN comparator_memberships.row_version IS 'Version of the row; its ETag.';

-- A trigger, because an exclusion constraint would need btree_gist, which managed servers may not offer.
CREATE FUNCTION keep_one_membership() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Writers of one area in one group take turns: what the one before has committed is then seen below.
    PERFORM pg_advisory_xact_lock(hashtextextended('comparator_memberships/' || NEW."group" || '/' || NEW.area, 0));
    IF EXISTS (
        SELECT FROM comparator_memberships AS other
        WHERE other."group" = NEW."group" AND other.area = NEW.area AND other.valid_from <> NEW.valid_from
            AND daterange(other.valid_from, other.valid_to, '[]') && daterange(NEW.valid_from, NEW.valid_to, '[]')
    ) THEN
        RAISE EXCEPTION 'a member twice at once' USING ERRCODE = 'check_violation', CONSTRAINT = 'comparator_memberships_once_at_a_time';
    END IF;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION keep_one_membership() IS 'Trigger: no area is a member of one group twice on the same day.';
CREATE TRIGGER b_keep_one_membership AFTER INSERT OR UPDATE ON comparator_memberships FOR EACH ROW EXECUTE FUNCTION keep_one_membership();
CALL govern('comparator_memberships', 'group', 'area', 'valid_from');
CALL remember('comparator_memberships', 'group', 'area', 'valid_from');
