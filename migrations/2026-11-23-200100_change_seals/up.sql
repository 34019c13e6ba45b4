-- The change log is sealed in batches: each seal holds the hash of every change in it and of the seal before.

CREATE FUNCTION seal_hash(number bigint, previous_hash bytea, sealed_at timestamptz, last_transaction bigint, sequences bigint[], row_hashes bytea,
    field_marks bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sha256(int8send(number) || previous_hash || int8send((extract(epoch FROM sealed_at) * 1000000)::bigint) || int8send(last_transaction)
    || (SELECT string_agg(int8send(sequence), ''::bytea ORDER BY position) FROM unnest(sequences) WITH ORDINALITY AS s (sequence, position))
    || row_hashes || field_marks);
COMMENT ON FUNCTION seal_hash(bigint, bytea, timestamptz, bigint, bigint[], bytea, bytea) IS 'SHA-256 of a seal: number, hash before, microseconds since 1970 and last transaction, each number in 8 bytes, then all sequences, row hashes and field marks.';

CREATE TABLE change_seals (
    number bigint CONSTRAINT change_seals_pkey PRIMARY KEY CONSTRAINT change_seals_number_positive CHECK (number > 0),
    previous_hash bytea NOT NULL CONSTRAINT change_seals_previous_whole CHECK (octet_length(previous_hash) = 32),
    hash bytea NOT NULL,
    sealed_at timestamptz NOT NULL,
    change_count integer NOT NULL CONSTRAINT change_seals_not_empty CHECK (change_count > 0),
    last_transaction bigint NOT NULL,
    last_sequence bigint NOT NULL,
    sequences bigint[] NOT NULL,
    row_hashes bytea NOT NULL,
    field_marks bytea NOT NULL,
    CONSTRAINT change_seals_whole CHECK (cardinality(sequences) = change_count AND sequences[change_count] = last_sequence
        AND octet_length(row_hashes) = 32 * change_count AND octet_length(field_marks) = 40 * change_count),
    CONSTRAINT change_seals_hash_true CHECK (hash = seal_hash(number, previous_hash, sealed_at, last_transaction, sequences, row_hashes, field_marks))
);
COMMENT ON TABLE change_seals IS 'Seals of the change log, each chained to the one before by its hash; append-only.';
COMMENT ON COLUMN change_seals.number IS 'Number of the seal, from 1 without gaps.';
COMMENT ON COLUMN change_seals.previous_hash IS 'Hash of the seal before; 32 zero bytes for the first.';
COMMENT ON COLUMN change_seals.hash IS 'Hash of this seal, by seal_hash.';
COMMENT ON COLUMN change_seals.sealed_at IS 'When it was made.';
COMMENT ON COLUMN change_seals.change_count IS 'How many changes it covers.';
COMMENT ON COLUMN change_seals.last_transaction IS 'Transaction of the last of them; with last_sequence, where the next seal begins.';
COMMENT ON COLUMN change_seals.last_sequence IS 'Sequence of the last of them.';
COMMENT ON COLUMN change_seals.sequences IS 'The changes covered, in the order of the log.';
COMMENT ON COLUMN change_seals.row_hashes IS 'SHA-256 of each change as canonical JSON, 32 bytes each, in that order.';
COMMENT ON COLUMN change_seals.field_marks IS 'First 4 bytes of the SHA-256 of each of its ten fields, by which an altered one is found.';
CREATE TRIGGER change_seals_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON change_seals
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_log_edit();

CREATE FUNCTION append_seal(last_number bigint, of_sequences bigint[], of_hashes bytea, of_marks bytea) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    last change_seals;
    -- Whatever is committed from now on stands later in the log.
    horizon bigint := (SELECT ahead FROM change_clock) + pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
    due bigint[];
    up_to bigint;
    stamp timestamptz := clock_timestamp();
BEGIN
    SELECT * INTO last FROM change_seals ORDER BY number DESC LIMIT 1;
    SELECT array_agg(sequence ORDER BY transaction_number, sequence), max(transaction_number) INTO due, up_to FROM (
        SELECT transaction_number, sequence FROM changes
        WHERE (transaction_number, sequence) > (coalesce(last.last_transaction, 0), coalesce(last.last_sequence, 0)) AND transaction_number < horizon
        ORDER BY transaction_number, sequence LIMIT cardinality(of_sequences)
    ) next;
    IF last_number <> coalesce(last.number, 0) OR due IS DISTINCT FROM of_sequences THEN
        RAISE EXCEPTION 'a seal covers the changes that come next, all of them and in their order' USING ERRCODE = 'check_violation', CONSTRAINT = 'change_seals_in_order';
    END IF;
    INSERT INTO change_seals (number, previous_hash, hash, sealed_at, change_count, last_transaction, last_sequence, sequences, row_hashes, field_marks)
    SELECT n, p, seal_hash(n, p, stamp, up_to, due, of_hashes, of_marks), stamp, cardinality(due), up_to, due[cardinality(due)], due, of_hashes, of_marks
    FROM (SELECT last_number + 1 AS n, coalesce(last.hash, decode(repeat('00', 32), 'hex')) AS p) head;
    RETURN last_number + 1;
END $$;
COMMENT ON FUNCTION append_seal(bigint, bigint[], bytea, bytea) IS 'Appends a seal over the next changes; the only way to write one, also for the service. Nothing can be left out or sealed twice.';
CALL run_as_owner('append_seal(bigint, bigint[], bytea, bytea)');
GRANT EXECUTE ON FUNCTION append_seal(bigint, bigint[], bytea, bytea) TO performance_framework_service;
GRANT SELECT ON change_seals TO performance_framework_service;
