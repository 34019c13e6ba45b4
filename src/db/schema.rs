// @generated automatically by Diesel CLI.

diesel::table! {
    /// Register of the names of staff and systems that stand anywhere in the records; the change log has their numbers in place of them.
    accounts (number) {
        /// What the change log says in place of the name.
        number -> Int8,
        /// Number of the first name of the same caller: a person who signs in can come to be called otherwise.
        account -> Int8,
        /// The name, as it stands in the records; null once it is erased.
        name -> Nullable<Text>,
        /// Random bytes under the commitment; erased with the name, so that nobody can try names out.
        salt -> Nullable<Bytea>,
        /// SHA-256 of salt and name. It stands in the change log, so that nobody gives a number another name unnoticed.
        commitment -> Bytea,
        /// When the name was first written.
        registered_at -> Timestamptz,
        /// When it was erased.
        erased_at -> Nullable<Timestamptz>,
        /// Why it was erased.
        erasure_reason -> Nullable<Text>,
        /// When the row last changed.
        updated_at -> Timestamptz,
        /// Version of the row.
        row_version -> Int8,
    }
}

diesel::table! {
    /// The yearly review of a framework's measures and targets.
    annual_target_reviews (framework, year) {
        /// Framework under review.
        framework -> Text,
        /// Financial year in which the review is held.
        year -> Text,
        /// open, proposals_in, submitted, decided or applied.
        status -> Text,
        /// What the review found as a whole.
        summary -> Nullable<Text>,
        /// One proposal for each measure: action, reason, rationale and proposed values.
        proposals -> Jsonb,
        /// When it was recorded.
        created_at -> Timestamptz,
        /// When it last changed.
        updated_at -> Timestamptz,
        /// Version of the row; its ETag.
        row_version -> Int8,
        /// Decision that decided its proposals.
        decision -> Nullable<Text>,
        /// For each proposal, the clause that decided it, and whether it was agreed or rejected.
        decided_outcomes -> Nullable<Jsonb>,
        /// When what was agreed took effect.
        applied_at -> Nullable<Timestamptz>,
        /// Who applied it.
        applied_by -> Nullable<Text>,
        /// What applying made, proposal by proposal.
        applied_changes -> Nullable<Jsonb>,
    }
}

diesel::table! {
    /// Keys of systems and people. Keys of one name are one caller, so that a key can be replaced without a gap.
    api_keys (id) {
        /// Address of the key.
        id -> Uuid,
        /// Who holds it: the actor in the change log and in the four-eyes rule.
        name -> Text,
        /// SHA-256 of the key, which itself is kept nowhere.
        secret_hash -> Bytea,
        /// First characters of the key, to tell keys apart.
        hint -> Text,
        /// What it may do, everywhere; admin includes all. Empty for a key with grants.
        scopes -> Array<Nullable<Text>>,
        /// First instant at which it no longer works; null for never.
        expires_at -> Nullable<Timestamptz>,
        /// When it was revoked; null while it works.
        revoked_at -> Nullable<Timestamptz>,
        /// When it was made.
        created_at -> Timestamptz,
        /// When it last changed.
        updated_at -> Timestamptz,
        /// Version of the row; its ETag.
        row_version -> Int8,
        /// What it may do by roles, a list of {role, framework, outcome, measure}, each everywhere or within one of the three. Empty for a key with scopes.
        grants -> Jsonb,
        /// Networks that it may be used from; empty for everywhere.
        networks -> Array<Nullable<Text>>,
        /// Key that it took the place of.
        replaces -> Nullable<Uuid>,
    }
}

diesel::table! {
    /// An authority, a region or a country, under one official code for as long as that code is valid.
    areas (code) {
        /// Official (GSS) code, such as E08000019; never changed and never used again.
        code -> Text,
        /// Name.
        name -> Text,
        /// local_authority, region or country.
        kind -> Text,
        /// The Department for Education's own number, such as 373, which outlives official codes.
        old_code -> Nullable<Text>,
        /// First day on which the code is valid; null where it is not known.
        valid_from -> Nullable<Date>,
        /// Last day on which the code is valid; null while it is.
        valid_to -> Nullable<Date>,
        /// Area whose code replaces this one.
        successor -> Nullable<Text>,
        /// When it was recorded.
        created_at -> Timestamptz,
        /// When it last changed.
        updated_at -> Timestamptz,
        /// Version of the row; its ETag.
        row_version -> Int8,
    }
}

diesel::table! {
    /// A published value of a measure for an area or a group of areas, to compare the council's own figure with.
    benchmarks (measure, comparator, data_period) {
        /// Measure.
        measure -> Text,
        /// Code of the area or of the group.
        comparator -> Text,
        /// Period that the value describes, in the measure's own calendar.
        data_period -> Text,
        /// The comparator, where it is an area.
        area -> Nullable<Text>,
        /// The comparator, where it is a group.
        group -> Nullable<Text>,
        /// The value exactly as published; null when a symbol says why it is missing.
        value -> Nullable<Numeric>,
        /// Why the value is missing: z, x, c, k or u.
        value_symbol -> Nullable<Text>,
        /// How the value came about: published as it is, or the mean or median of members.
        method -> Text,
        /// Of how many members it is made; null where that is not known.
        contributors -> Nullable<Int4>,
        /// How many members there were; null where that is not known.
        members -> Nullable<Int4>,
        /// Day on which it was published; null where only the month is known, or nothing.
        release_date -> Nullable<Date>,
        /// How settled the value is.
        stage -> Text,
        /// Where it was published, and under which licence.
        source -> Text,
        /// When it was recorded.
        created_at -> Timestamptz,
        /// When it last changed.
        updated_at -> Timestamptz,
        /// Version of the row; its ETag.
        row_version -> Int8,
    }
}

diesel::table! {
    /// How far this log runs ahead of the cluster's own transaction numbers; above 0 once the database was restored into another cluster.
    change_clock (only_row) {
        /// Always true: the table has one row.
        only_row -> Bool,
        /// Added to every transaction number that the log records or compares.
        ahead -> Int8,
    }
}

diesel::table! {
    /// Seals of the change log, each chained to the one before by its hash; append-only.
    change_seals (number) {
        /// Number of the seal, from 1 without gaps.
        number -> Int8,
        /// Hash of the seal before; 32 zero bytes for the first.
        previous_hash -> Bytea,
        /// Hash of this seal, by seal_hash.
        hash -> Bytea,
        /// When it was made.
        sealed_at -> Timestamptz,
        /// How many changes it covers.
        change_count -> Int4,
        /// Transaction of the last of them; with last_sequence, where the next seal begins.
        last_transaction -> Int8,
        /// Sequence of the last of them.
        last_sequence -> Int8,
        /// The changes covered, in the order of the log.
        sequences -> Array<Nullable<Int8>>,
        /// SHA-256 of each change as canonical JSON, 32 bytes each, in that order.
        row_hashes -> Bytea,
        /// First 4 bytes of the SHA-256 of each of its ten fields, by which an altered one is found.
        field_marks -> Bytea,
    }
}

diesel::table! {
    /// Append-only log: one row for every write to a governed table, made by trigger in the same transaction.
    changes (sequence) {
        /// Order within a transaction.
        sequence -> Int8,
        /// Number of the writing transaction; with sequence, the order in which readers follow the log.
        transaction_number -> Int8,
        /// When the transaction began.
        changed_at -> Timestamptz,
        /// Number of the name, in accounts, of the caller; for a write past the service of database:role. No foreign key: the log's trigger alone writes it, and a lock on the caller's row would make writers of one caller queue.
        actor -> Int8,
        /// The request that made the change, as in the access log.
        request_id -> Nullable<Text>,
        /// Table of the changed row.
        resource -> Text,
        /// Key of the changed row, its parts joined by /.
        resource_key -> Text,
        /// created, updated or deleted.
        action -> Text,
        /// The row before; null when it was created. Secrets are left out, and names of staff are {"name_of_account": number}.
        before -> Nullable<Jsonb>,
        /// The row after; null when it was deleted. Secrets are left out, and names of staff are {"name_of_account": number}.
        after -> Nullable<Jsonb>,
    }
}

diesel::table! {
    /// Every code ever given: a code is never used again, also not after its owner was deleted.
    code_register (resource, code) {
        /// Table that gave the code.
        resource -> Text,
        /// The code.
        code -> Text,
        /// When it was first given.
        registered_at -> Timestamptz,
    }
}

diesel::table! {
    /// When the figures of a framework are collected for a quarter: London dates from opening to committee.
    collection_cycles (framework, quarter) {
        /// Framework.
        framework -> Text,
        /// Reporting quarter, such as 2024-25-Q2.
        quarter -> Text,
        /// First day on which figures are asked for.
        opens_on -> Date,
        /// Last day on which a figure is in time.
        due_on -> Date,
        /// Day from which the quarter's figures are taken as they stand.
        locks_on -> Date,
        /// Day of the committee that receives the quarter; null while not known.
        committee_on -> Nullable<Date>,
        /// What people should know of this cycle.
        note -> Nullable<Text>,
        /// When it was recorded.
        created_at -> Timestamptz,
        /// When it last changed.
        updated_at -> Timestamptz,
        /// Version of the row; its ETag.
        row_version -> Int8,
    }
}

diesel::table! {
    /// A group of areas that figures are compared with; its members come and go by date.
    comparator_groups (code) {
        /// Code that never changes and is never used again; no area has it.
        code -> Text,
        /// Title in plain English.
        title -> Text,
        /// statistical_neighbours, core_cities or other.
        kind -> Text,
        /// Area whose neighbours they are; null for a group that is nobody's own.
        home_area -> Nullable<Text>,
        /// When it was recorded.
        created_at -> Timestamptz,
        /// When it last changed.
        updated_at -> Timestamptz,
        /// Version of the row; its ETag.
        row_version -> Int8,
    }
}

diesel::table! {
    /// An area's time as a member of a group.
    comparator_memberships (group, area, valid_from) {
        /// Group.
        group -> Text,
        /// Area that is a member.
        area -> Text,
        /// First day as a member.
        valid_from -> Date,
        /// Last day as a member; null while it is one.
        valid_to -> Nullable<Date>,
        /// What there is to know of it, such as how close a neighbour is.
        note -> Nullable<Text>,
        /// When it was recorded.
        created_at -> Timestamptz,
        /// When it last changed.
        updated_at -> Timestamptz,
        /// Version of the row; its ETag.
        row_version -> Int8,
    }
}

diesel::table! {
    /// Figures that need not be handed in, and why. Reinstating a request deletes its row; the change log keeps it.
    data_request_waivers (measure, quarter) {
        /// Measure.
        measure -> Text,
        /// Reporting quarter, such as 2024-25-Q2.
        quarter -> Text,
        /// Why no figure is asked for.
        reason -> Text,
        /// Caller who waived it.
        waived_by -> Text,
        /// When it was waived.
        created_at -> Timestamptz,
        /// When it last changed.
        updated_at -> Timestamptz,
        /// Version of the row.
        row_version -> Int8,
    }
}

diesel::table! {
    /// What a committee decided on one item of a meeting, clause by clause: the authority that changes cite.
    decisions (code) {
        /// Code that never changes and is never used again.
        code -> Text,
        /// Meeting at which it was taken.
        meeting -> Text,
        /// Where the minutes have it.
        minute_reference -> Text,
        /// Title in plain English.
        title -> Text,
        /// Its clauses: label, verb, text and, for a request or referral, to whom it goes.
        clauses -> Jsonb,
        /// Reasons given for it.
        reasons -> Nullable<Text>,
        /// Alternatives that were considered and rejected.
        alternatives_rejected -> Nullable<Text>,
        /// Whether it was a key decision.
        key_decision -> Bool,
        /// Whether it may be called in for scrutiny.
        subject_to_call_in -> Bool,
        /// Whether it was called in.
        called_in -> Bool,
        /// When it was recorded.
        created_at -> Timestamptz,
        /// When it last changed.
        updated_at -> Timestamptz,
        /// Version of the row; its ETag.
        row_version -> Int8,
    }
}

diesel::table! {
    /// What members and the public may see of a published revision, decided when it was published. Never changed.
    disclosures (measure, quarter, revision) {
        /// Measure.
        measure -> Text,
        /// Reporting quarter.
        quarter -> Text,
        /// Number of the published revision.
        revision -> Int4,
        /// Policy of the measure by which it was decided.
        policy -> Text,
        /// The value that is shown.
        value -> Nullable<Numeric>,
        /// What is shown in place of a value; c where it is hidden.
        value_symbol -> Nullable<Text>,
        /// The numerator that is shown.
        numerator -> Nullable<Numeric>,
        /// What is shown in place of a numerator.
        numerator_symbol -> Nullable<Text>,
        /// The denominator that is shown.
        denominator -> Nullable<Numeric>,
        /// What is shown in place of a denominator.
        denominator_symbol -> Nullable<Text>,
        /// Why something is hidden or rounded, for officers; empty where all is shown as it is.
        reasons -> Jsonb,
        /// When it was decided.
        created_at -> Timestamptz,
        /// The figure's parts as they are shown.
        breakdowns -> Jsonb,
    }
}

diesel::table! {
    /// A committee's performance framework, such as the Children's Services Performance Framework 2024-28.
    frameworks (code) {
        /// Code that never changes and is never used again.
        code -> Text,
        /// Title in plain English.
        title -> Text,
        /// Committee that owns it.
        committee -> Text,
        /// Council Plan that it serves.
        council_plan -> Nullable<Text>,
        /// First financial year, such as 2024-25.
        first_year -> Text,
        /// Last financial year, such as 2027-28.
        last_year -> Text,
        /// Narrative sections asked for, as a list of {from_quarter, sections}: each entry holds until the next begins.
        narrative_sections -> Jsonb,
        /// draft, adopted or closed.
        status -> Text,
        /// When it was recorded.
        created_at -> Timestamptz,
        /// When it last changed.
        updated_at -> Timestamptz,
        /// Version of the row; its ETag.
        row_version -> Int8,
        /// Decision that adopted it; from then on changes cite decisions of their own.
        adopted_by -> Nullable<Text>,
    }
}

diesel::table! {
    /// Answers to POST requests that carried an Idempotency-Key, kept 24 hours and stored in the same transaction as their effect.
    idempotent_answers (caller, idempotency_key) {
        /// Name of the caller's key.
        caller -> Text,
        /// The caller's own key for the request.
        idempotency_key -> Text,
        /// SHA-256 of method, address and body: the same key must mean the same request.
        request_hash -> Bytea,
        /// HTTP status of the answer.
        status -> Int2,
        /// Headers of the answer that belong to its content.
        headers -> Jsonb,
        /// Body of the answer, byte for byte.
        body -> Bytea,
        /// When it was first answered.
        answered_at -> Timestamptz,
        /// Whether the body shows a secret and is kept encrypted: it opens only with the credential of the request, which is kept nowhere.
        sealed -> Bool,
    }
}

diesel::table! {
    /// The content of imports that are worked after they were received, in parts; deleted when they end.
    import_contents (import, first_byte) {
        /// Import.
        import -> Int8,
        /// Where in the content the part begins.
        first_byte -> Int8,
        /// The part.
        bytes -> Bytea,
    }
}

diesel::table! {
    /// How a published file in the tidy form becomes figures of measures.
    import_mappings (code) {
        /// Code that never changes and is never used again.
        code -> Text,
        /// Title in plain English.
        title -> Text,
        /// What stands in the columns of a row that is meant, by column.
        filters -> Jsonb,
        /// The measures whose figures stand in such rows: each with its kind of year, its filters and its columns.
        measures -> Jsonb,
        /// How settled the figures are.
        stage -> Text,
        /// Decimal places to which numbers are rounded; null leaves them as they are.
        decimal_places -> Nullable<Int2>,
        /// Quality note of every figure.
        quality_note -> Nullable<Text>,
        /// When it was recorded.
        created_at -> Timestamptz,
        /// When it last changed.
        updated_at -> Timestamptz,
        /// Version of the row; its ETag.
        row_version -> Int8,
    }
}

diesel::table! {
    /// The receipt: what became of each row of an import.
    import_rows (import, number) {
        /// Import.
        import -> Int8,
        /// Number of the row, from 1.
        number -> Int4,
        /// Line of the content on which it begins, from 1.
        line -> Int4,
        /// What became of it.
        outcome -> Text,
        /// Measure, as far as it could be read.
        measure -> Nullable<Text>,
        /// Reporting quarter, as far as it could be read.
        quarter -> Nullable<Text>,
        /// Revision of the submission that it made, changed or found the same; null where it was refused.
        revision -> Nullable<Int4>,
        /// Why it was refused: each fault with its place, code, words and value; null without.
        faults -> Nullable<Jsonb>,
        /// What is unlikely of its figure; null without.
        warnings -> Nullable<Jsonb>,
        /// How its cells were read where that was not as they stand; null without.
        notes -> Nullable<Jsonb>,
        /// The row as it was sent, where it was refused.
        original -> Nullable<Text>,
        /// First 16 bytes of SHA-256 of what the row says, by which one that says the same again is known; null where it could not be read.
        said -> Nullable<Bytea>,
    }
}

diesel::table! {
    /// Many figures sent in one request, and what became of them. Kept for a while after the end, then deleted.
    imports (number) {
        /// Number of the import, by which it is addressed.
        number -> Int8,
        /// Number of the name, in accounts, of the caller who sent it, and in whose name the change log has what it wrote. No foreign key, as in the log.
        caller -> Int8,
        /// Request that brought it, by which the change log names what it wrote.
        request_id -> Text,
        /// Codes of frameworks, outcomes and measures that the caller's grants name; null where they reach everywhere.
        reach -> Nullable<Jsonb>,
        /// Where it stands: being received, waiting for its turn, working, or how it ended.
        state -> Text,
        /// Form of the content: json, ndjson or csv.
        form -> Text,
        /// How the content writes characters, as it was found out; null until all of it is there.
        charset -> Nullable<Text>,
        /// Whether one refused row refuses all, or each stands by itself.
        mode -> Text,
        /// Whether rows may create submissions, change those that are there, or both.
        strategy -> Text,
        /// What becomes of a row that differs from an approved figure: it is refused, or a revision is proposed.
        approved -> Text,
        /// Why approved figures are revised, for rows that give no reason of their own.
        reason -> Nullable<Text>,
        /// Whether everything was done but storing.
        dry_run -> Bool,
        /// Mapping by which a published file was read; null for our own columns.
        mapping -> Nullable<Text>,
        /// That mapping as it was when the content came.
        mapped -> Nullable<Jsonb>,
        /// SHA-256 of the content: the same again, while this one is in hand, is this one.
        content_hash -> Nullable<Bytea>,
        /// Bytes of the content.
        content_bytes -> Int8,
        /// How far the content is worked: byte, line and row of what comes next.
        place -> Nullable<Jsonb>,
        /// Rows by what became of them.
        counts -> Jsonb,
        /// What is to be said of the content as a whole, such as how it writes characters.
        notes -> Jsonb,
        /// Names of the columns of a CSV content, in their order, for the file of refused rows.
        layout -> Nullable<Jsonb>,
        /// What a dry run would do to the scorecards; null for what was stored.
        effect -> Nullable<Jsonb>,
        /// Why the content as a whole was refused, or the work broke off.
        problem -> Nullable<Jsonb>,
        /// Whether somebody asked to stop it.
        cancel_asked -> Bool,
        /// When it came.
        created_at -> Timestamptz,
        /// When work on it began.
        started_at -> Nullable<Timestamptz>,
        /// When it last went on.
        updated_at -> Timestamptz,
        /// When it ended.
        ended_at -> Nullable<Timestamptz>,
        /// Where work last began, or went on after it had broken off: the instant, the rows read and the byte by then.
        resumed -> Nullable<Jsonb>,
    }
}

diesel::table! {
    /// Each measure of an issue of concern, kept by trigger from the list in the issue: a measure that an issue is about exists and stays.
    issue_measures (issue, measure) {
        /// Issue of concern.
        issue -> Text,
        /// Measure that it is about.
        measure -> Text,
    }
}

diesel::table! {
    /// What a committee wants to be told more about: the question, on which measures, by when, and what was answered.
    issues_of_concern (code) {
        /// Code that never changes and is never used again.
        code -> Text,
        /// Framework whose measures it is about.
        framework -> Text,
        /// Title in plain English.
        title -> Text,
        /// What the committee wants to know.
        question -> Text,
        /// Committee that raised it.
        raised_by -> Text,
        /// Meeting at which it was raised.
        raised_at -> Nullable<Text>,
        /// Decision that raised or referred it.
        decision -> Nullable<Text>,
        /// Label of the clause of that decision.
        clause -> Nullable<Text>,
        /// Committee that is to see to it; another than the one that raised it where it was referred.
        assigned_to -> Text,
        /// Codes of its measures, 1 to 50; issue_measures holds them to measures that exist.
        measures -> Jsonb,
        /// Day by which a report is wanted, in London.
        report_wanted_by -> Nullable<Date>,
        /// Meeting to which the report is to go.
        report_to -> Nullable<Text>,
        /// raised, accepted, declined, scheduled, reported, closed or reopened.
        state -> Text,
        /// Caller who accepted it.
        accepted_by -> Nullable<Text>,
        /// When it was accepted.
        accepted_at -> Nullable<Timestamptz>,
        /// Caller who declined it.
        declined_by -> Nullable<Text>,
        /// When it was declined.
        declined_at -> Nullable<Timestamptz>,
        /// Why it was declined.
        decline_reason -> Nullable<Text>,
        /// Caller who last scheduled the report.
        scheduled_by -> Nullable<Text>,
        /// When the report was last scheduled.
        scheduled_at -> Nullable<Timestamptz>,
        /// Day for which the report is scheduled, in London.
        report_on -> Nullable<Date>,
        /// Caller who recorded the newest answer.
        reported_by -> Nullable<Text>,
        /// When the newest answer was recorded.
        reported_at -> Nullable<Timestamptz>,
        /// The newest answer; earlier ones are in the change log.
        answer -> Nullable<Text>,
        /// Caller who last closed it.
        closed_by -> Nullable<Text>,
        /// When it was last closed.
        closed_at -> Nullable<Timestamptz>,
        /// Why it was last closed.
        close_reason -> Nullable<Text>,
        /// Caller who last reopened it.
        reopened_by -> Nullable<Text>,
        /// When it was last reopened.
        reopened_at -> Nullable<Timestamptz>,
        /// Why it was last reopened.
        reopen_reason -> Nullable<Text>,
        /// When it was recorded.
        created_at -> Timestamptz,
        /// When it last changed.
        updated_at -> Timestamptz,
        /// Version of the row; its ETag.
        row_version -> Int8,
    }
}

diesel::table! {
    /// When keys were last used. Written at most once a minute for each key, and not logged: a use changes nothing.
    key_uses (key) {
        /// Key that was used.
        key -> Uuid,
        /// When it was last used, to the minute.
        last_used_at -> Timestamptz,
    }
}

diesel::table! {
    /// Which keys read which measures. Written at most once a day for each pair by each instance, beside the reads, and not logged: a read changes nothing.
    measure_reads (key, measure) {
        /// Key that read. People who sign in are not noted.
        key -> Uuid,
        /// Measure of which it read figures, or the definition.
        measure -> Text,
        /// First day, in London, on which it did.
        first_read_on -> Date,
        /// Last day, in London, on which it did.
        last_read_on -> Date,
    }
}

diesel::table! {
    /// Every version of a measure's definition, each in force from its first quarter until the next begins; kept by trigger.
    measure_versions (measure, version) {
        /// Measure.
        measure -> Text,
        /// Number of the version, from 1.
        version -> Int4,
        /// First quarter for which it is in force; null for every quarter.
        effective_from -> Nullable<Text>,
        /// Why the definition changed.
        change_reason -> Nullable<Text>,
        /// Decision that authorised it.
        decision -> Nullable<Text>,
        /// Number of the series: figures of different series are never compared.
        series -> Int4,
        /// Series that the baseline belongs to.
        baseline_series -> Int4,
        /// Outcome it belongs to.
        outcome -> Text,
        /// To whom it is reported: outcome, committee or service.
        level -> Text,
        /// Title in plain English.
        title -> Text,
        /// What is counted, what is not, in plain English.
        definition -> Text,
        /// What the numerator counts.
        numerator_label -> Nullable<Text>,
        /// What the denominator counts.
        denominator_label -> Nullable<Text>,
        /// What one unit of the value is.
        unit -> Text,
        /// For a rate, the population it is per.
        rate_base -> Nullable<Int4>,
        /// Decimal places to which the value is printed and judged.
        decimal_places -> Int2,
        /// Which direction is good.
        polarity -> Text,
        /// kpi or activity.
        kind -> Text,
        /// How often a figure falls due.
        frequency -> Text,
        /// Year that its figures follow.
        calendar -> Text,
        /// What stretch of time one figure covers.
        accumulation -> Text,
        /// Greatest change that still counts as stable.
        stable_band -> Numeric,
        /// For activity, the least value expected.
        expected_lower -> Nullable<Numeric>,
        /// For activity, the greatest value expected.
        expected_upper -> Nullable<Numeric>,
        /// Data period of the baseline.
        baseline_period -> Nullable<Text>,
        /// Value from which distance travelled is reckoned.
        baseline_value -> Nullable<Numeric>,
        /// Why this period is the baseline.
        baseline_reason -> Nullable<Text>,
        /// Where the measure stood.
        status -> Text,
        /// When it was recorded.
        created_at -> Timestamptz,
        /// When it last changed.
        updated_at -> Timestamptz,
        /// Version of the row.
        row_version -> Int8,
    }
}

diesel::table! {
    /// What is measured, how it is counted and which direction is good.
    measures (code) {
        /// Code that never changes and is never used again.
        code -> Text,
        /// Outcome it belongs to.
        outcome -> Text,
        /// To whom it is reported: outcome, committee or service.
        level -> Text,
        /// Title in plain English.
        title -> Text,
        /// What is counted, what is not, in plain English.
        definition -> Text,
        /// What the numerator counts.
        numerator_label -> Nullable<Text>,
        /// What the denominator counts.
        denominator_label -> Nullable<Text>,
        /// What one unit of the value is.
        unit -> Text,
        /// For a rate, the population it is per, such as 10000.
        rate_base -> Nullable<Int4>,
        /// Decimal places to which the value is printed and judged.
        decimal_places -> Int2,
        /// Which direction is good: high, low, band or neutral.
        polarity -> Text,
        /// kpi (judged against a target) or activity (watched against an expected range).
        kind -> Text,
        /// How often a figure falls due.
        frequency -> Text,
        /// Year that its figures follow.
        calendar -> Text,
        /// What stretch of time one figure covers.
        accumulation -> Text,
        /// Statutory return or local system that it comes from.
        source_return -> Nullable<Text>,
        /// Post accountable for the performance.
        owner -> Nullable<Text>,
        /// Team that supplies the figure.
        provider -> Nullable<Text>,
        /// Days from the end of its period until the figure can be had.
        expected_lag_days -> Int4,
        /// How small numbers are protected before publication.
        disclosure_policy -> Text,
        /// Greatest change, in its own units, that still counts as stable.
        stable_band -> Numeric,
        /// For activity, the least value expected.
        expected_lower -> Nullable<Numeric>,
        /// For activity, the greatest value expected.
        expected_upper -> Nullable<Numeric>,
        /// Data period of the baseline.
        baseline_period -> Nullable<Text>,
        /// Value from which distance travelled is reckoned.
        baseline_value -> Nullable<Numeric>,
        /// Why this period is the baseline.
        baseline_reason -> Nullable<Text>,
        /// proposed, active, suspended or retired.
        status -> Text,
        /// When it was recorded.
        created_at -> Timestamptz,
        /// When it last changed.
        updated_at -> Timestamptz,
        /// Version of the row; its ETag.
        row_version -> Int8,
        /// Number of the definition, from 1.
        version -> Int4,
        /// Number of the series: figures of different series are never compared.
        series -> Int4,
        /// Series that the baseline belongs to.
        baseline_series -> Int4,
        /// First quarter for which this version is in force; null for every quarter.
        effective_from -> Nullable<Text>,
        /// Why the definition changed; given for every version after the first.
        change_reason -> Nullable<Text>,
        /// Decision that authorised this version.
        decision -> Nullable<Text>,
    }
}

diesel::table! {
    /// A meeting of a committee, at which decisions are taken.
    meetings (code) {
        /// Code that never changes and is never used again.
        code -> Text,
        /// Committee that met.
        committee -> Text,
        /// Day on which it was held, or is to be held, in London.
        held_on -> Date,
        /// ordinary, annual, extraordinary or urgent.
        kind -> Text,
        /// What the meeting is called, where its committee and day do not say it.
        title -> Nullable<Text>,
        /// Where its papers are to be read; never fetched.
        papers -> Nullable<Text>,
        /// When it was recorded.
        created_at -> Timestamptz,
        /// When it last changed.
        updated_at -> Timestamptz,
        /// Version of the row; its ETag.
        row_version -> Int8,
    }
}

diesel::table! {
    /// An outcome that a framework works towards, under a priority of the Council Plan.
    outcomes (code) {
        /// Code that never changes and is never used again.
        code -> Text,
        /// Framework it belongs to.
        framework -> Text,
        /// Title in plain English.
        title -> Text,
        /// Council Plan priority that it serves.
        priority -> Nullable<Text>,
        /// Its place in reports, lowest first.
        position -> Int4,
        /// active or retired.
        status -> Text,
        /// When it was recorded.
        created_at -> Timestamptz,
        /// When it last changed.
        updated_at -> Timestamptz,
        /// Version of the row; its ETag.
        row_version -> Int8,
    }
}

diesel::table! {
    /// Reports to the committee, one for each quarter, a row for each version; once signed off, what they say never changes.
    quarterly_reports (framework, quarter, version) {
        /// Framework reported on.
        framework -> Text,
        /// Reporting quarter.
        quarter -> Text,
        /// Number of the version, from 1; a correction is the next.
        version -> Int4,
        /// baseline (the first of its framework), quarterly or annual.
        kind -> Text,
        /// drafting, in_review, signed_off, published or considered.
        state -> Text,
        /// What the officers say of the quarter as a whole.
        overview -> Nullable<Text>,
        /// Meeting that is to receive it.
        meeting -> Nullable<Text>,
        /// Why an earlier version is corrected; given for every version after the first.
        correction_reason -> Nullable<Text>,
        /// Why it was last sent back to drafting.
        return_reason -> Nullable<Text>,
        /// SHA-256 of what it says; null until it is signed off.
        content_hash -> Nullable<Text>,
        /// Version of the rules that coloured it.
        rule_set_version -> Nullable<Int2>,
        /// Instant as at which its data were read.
        as_of -> Nullable<Timestamptz>,
        /// Caller who signed it off.
        signed_off_by -> Nullable<Text>,
        /// When it was signed off.
        signed_off_at -> Nullable<Timestamptz>,
        /// Caller who published it.
        published_by -> Nullable<Text>,
        /// When it was published.
        published_at -> Nullable<Timestamptz>,
        /// Decision that the committee took on it.
        decision -> Nullable<Text>,
        /// Caller who recorded that it was considered.
        considered_by -> Nullable<Text>,
        /// When that was recorded.
        considered_at -> Nullable<Timestamptz>,
        /// When it was recorded.
        created_at -> Timestamptz,
        /// When it last changed.
        updated_at -> Timestamptz,
        /// Version of the row; its ETag.
        row_version -> Int8,
        /// Parts that the public may not read, each with its paragraph of Part 1 of Schedule 12A to the Local Government Act 1972 and why the public interest in keeping it outweighs that in disclosing it.
        exempt_parts -> Jsonb,
        /// Measures whose figure it reports, and which was not published when the report was.
        unpublished -> Jsonb,
        /// SHA-256 of what it says to members; null until it is published.
        members_hash -> Nullable<Text>,
        /// SHA-256 of what it says to the public; null until it is published.
        public_hash -> Nullable<Text>,
        /// Instant as at which what members and the public read was read.
        disclosed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    /// The figure and narrative of a measure for a reporting quarter, one row for each revision.
    quarterly_submissions (measure, quarter, revision) {
        /// Measure.
        measure -> Text,
        /// Reporting quarter, such as 2024-25-Q2.
        quarter -> Text,
        /// Number of the revision, from 1.
        revision -> Int4,
        /// Period that the figure describes, in the measure's own calendar.
        data_period -> Text,
        /// The figure exactly as pushed; null when a symbol says why it is missing.
        value -> Nullable<Numeric>,
        /// Why the value is missing: z, x, c, k or u.
        value_symbol -> Nullable<Text>,
        /// Numerator as pushed.
        numerator -> Nullable<Numeric>,
        /// Why the numerator is missing.
        numerator_symbol -> Nullable<Text>,
        /// Denominator as pushed.
        denominator -> Nullable<Numeric>,
        /// Why the denominator is missing.
        denominator_symbol -> Nullable<Text>,
        /// How settled the figure is.
        stage -> Text,
        /// Texts by narrative section.
        narrative -> Jsonb,
        /// What a reader must know of the figure's quality.
        quality_note -> Nullable<Text>,
        /// Where the revision stands.
        state -> Text,
        /// Why an earlier figure is corrected; given for every revision after the first.
        revision_reason -> Nullable<Text>,
        /// Why it was last sent back.
        return_reason -> Nullable<Text>,
        /// Caller who handed it in.
        submitted_by -> Nullable<Text>,
        /// When it was handed in.
        submitted_at -> Nullable<Timestamptz>,
        /// Caller who approved it; never the submitter.
        approved_by -> Nullable<Text>,
        /// When it was approved.
        approved_at -> Nullable<Timestamptz>,
        /// Caller who published it.
        published_by -> Nullable<Text>,
        /// When it was published.
        published_at -> Nullable<Timestamptz>,
        /// When the revision was recorded.
        created_at -> Timestamptz,
        /// When it last changed.
        updated_at -> Timestamptz,
        /// Version of the row; its ETag.
        row_version -> Int8,
        /// The figure's parts, a list of dimension, category and their numbers.
        breakdowns -> Jsonb,
        /// Why parts do not add up to the figure.
        breakdown_note -> Nullable<Text>,
        /// What the approver said of the figure; why it is right, where it is unlikely beside the measure's own history.
        approval_note -> Nullable<Text>,
    }
}

diesel::table! {
    /// How a measure that is off target is to recover: interventions, the values expected quarter by quarter, and whether it worked.
    recovery_plans (code) {
        /// Code that never changes and is never used again.
        code -> Text,
        /// Measure that is to recover; it has at most one plan that is not closed.
        measure -> Text,
        /// Title in plain English.
        title -> Text,
        /// Who answers for the plan.
        owner -> Text,
        /// Why the measure is off target.
        reason -> Text,
        /// What is done: title, owner, dates, milestone and how delivery stands.
        interventions -> Jsonb,
        /// The value expected in each quarter, in ascending order; never changed once the plan is agreed.
        trajectory -> Jsonb,
        /// What will show that the plan has worked.
        success_measure -> Nullable<Text>,
        /// Decision that asked for the plan or agreed it.
        decision -> Nullable<Text>,
        /// drafted, agreed, in_delivery, effective, ineffective or closed.
        state -> Text,
        /// Whether it worked: assessment, the quarter whose figure shows it, and a note; null until it is assessed.
        result -> Nullable<Jsonb>,
        /// Caller who agreed it.
        agreed_by -> Nullable<Text>,
        /// When it was agreed.
        agreed_at -> Nullable<Timestamptz>,
        /// Caller who started its delivery.
        started_by -> Nullable<Text>,
        /// When its delivery was started.
        started_at -> Nullable<Timestamptz>,
        /// Caller who assessed it.
        assessed_by -> Nullable<Text>,
        /// When it was assessed.
        assessed_at -> Nullable<Timestamptz>,
        /// Caller who closed it.
        closed_by -> Nullable<Text>,
        /// When it was closed.
        closed_at -> Nullable<Timestamptz>,
        /// Why it was closed.
        close_reason -> Nullable<Text>,
        /// When it was recorded.
        created_at -> Timestamptz,
        /// When it last changed.
        updated_at -> Timestamptz,
        /// Version of the row; its ETag.
        row_version -> Int8,
    }
}

diesel::table! {
    /// What reports said when they were signed off, each under the hash of its own bytes; never changed.
    report_contents (content_hash) {
        /// SHA-256 of the content, in hexadecimal.
        content_hash -> Text,
        /// The content as canonical JSON, byte for byte.
        content -> Text,
        /// When it was sealed.
        sealed_at -> Timestamptz,
    }
}

diesel::table! {
    /// Every version of a target, each judging from its first quarter until the next begins; kept by trigger.
    target_versions (measure, year, version) {
        /// Measure.
        measure -> Text,
        /// Financial year.
        year -> Text,
        /// Number of the version, from 1.
        version -> Int4,
        /// First quarter that it judges; null for all of the year.
        effective_from -> Nullable<Text>,
        /// Why the target changed in the year.
        change_reason -> Nullable<Text>,
        /// Decision that approved it.
        decision -> Nullable<Text>,
        /// Whether it was decided after its year had ended.
        set_in_arrears -> Bool,
        /// What it asks of the value.
        kind -> Text,
        /// The target, for kinds with one value; null where it is relative to a comparator.
        value -> Nullable<Numeric>,
        /// Lower edge of a band, included.
        lower -> Nullable<Numeric>,
        /// Upper edge of a band, included.
        upper -> Nullable<Numeric>,
        /// How tolerance is stated; relative where null.
        tolerance_kind -> Nullable<Text>,
        /// The tolerance.
        tolerance -> Nullable<Numeric>,
        /// For an asymmetric tolerance, own units below the target.
        tolerance_below -> Nullable<Numeric>,
        /// For an asymmetric tolerance, own units above the target.
        tolerance_above -> Nullable<Numeric>,
        /// For a cumulative measure, the point to reach by the end of quarter 1.
        profile_q1 -> Nullable<Numeric>,
        /// The same for quarter 2.
        profile_q2 -> Nullable<Numeric>,
        /// The same for quarter 3.
        profile_q3 -> Nullable<Numeric>,
        /// The same for quarter 4.
        profile_q4 -> Nullable<Numeric>,
        /// Why this target.
        rationale -> Nullable<Text>,
        /// decision, or illustrative where nobody agreed it.
        source -> Text,
        /// Minute of the decision that set it.
        decision_reference -> Nullable<Text>,
        /// When it was recorded.
        created_at -> Timestamptz,
        /// When it last changed.
        updated_at -> Timestamptz,
        /// Version of the row.
        row_version -> Int8,
        /// Code of the group, region or country that the target is relative to.
        comparator -> Nullable<Text>,
        /// The comparator, where it is an area.
        comparator_area -> Nullable<Text>,
        /// The comparator, where it is a group.
        comparator_group -> Nullable<Text>,
        /// Which figure of the comparator: published, mean or median.
        comparator_statistic -> Nullable<Text>,
        /// Own units added to the comparator's figure; none where null.
        comparator_margin -> Nullable<Numeric>,
    }
}

diesel::table! {
    /// What a measure is to reach in a financial year, and how far short of it is still amber.
    targets (measure, year) {
        /// Measure.
        measure -> Text,
        /// Financial year in which reporting quarters are judged by it.
        year -> Text,
        /// What it asks of the value.
        kind -> Text,
        /// The target, for kinds with one value; null where it is relative to a comparator.
        value -> Nullable<Numeric>,
        /// Lower edge of a band, included.
        lower -> Nullable<Numeric>,
        /// Upper edge of a band, included.
        upper -> Nullable<Numeric>,
        /// How tolerance is stated; relative where null.
        tolerance_kind -> Nullable<Text>,
        /// Percentage of the target (relative), own units (absolute) or the last amber value (floor).
        tolerance -> Nullable<Numeric>,
        /// For an asymmetric tolerance, own units below the target.
        tolerance_below -> Nullable<Numeric>,
        /// For an asymmetric tolerance, own units above the target.
        tolerance_above -> Nullable<Numeric>,
        /// For a cumulative measure, the point to reach by the end of quarter 1.
        profile_q1 -> Nullable<Numeric>,
        /// The same for quarter 2.
        profile_q2 -> Nullable<Numeric>,
        /// The same for quarter 3.
        profile_q3 -> Nullable<Numeric>,
        /// The same for quarter 4: equal to the target.
        profile_q4 -> Nullable<Numeric>,
        /// Why this target.
        rationale -> Nullable<Text>,
        /// decision, or illustrative where nobody agreed it.
        source -> Text,
        /// Minute of the decision that set it.
        decision_reference -> Nullable<Text>,
        /// When it was recorded.
        created_at -> Timestamptz,
        /// When it last changed.
        updated_at -> Timestamptz,
        /// Version of the row; its ETag.
        row_version -> Int8,
        /// Number of the version, from 1.
        version -> Int4,
        /// First quarter of the year that this version judges; null for all of it.
        effective_from -> Nullable<Text>,
        /// Why the target changed in the year; given for every version after the first.
        change_reason -> Nullable<Text>,
        /// Decision that approved it.
        decision -> Nullable<Text>,
        /// Whether it was decided after its year had ended.
        set_in_arrears -> Bool,
        /// Code of the group, region or country that the target is relative to.
        comparator -> Nullable<Text>,
        /// The comparator, where it is an area; told by its code.
        comparator_area -> Nullable<Text>,
        /// The comparator, where it is a group; told by its code.
        comparator_group -> Nullable<Text>,
        /// Which figure of the comparator: published, mean or median.
        comparator_statistic -> Nullable<Text>,
        /// Own units added to the comparator's figure; none where null.
        comparator_margin -> Nullable<Numeric>,
    }
}

diesel::table! {
    /// What an endpoint is sent: made with the step in the change log, kept for a while after it ended.
    webhook_deliveries (endpoint, number) {
        /// Who is sent it.
        endpoint -> Text,
        /// Number among those of the endpoint, in the order of the change log.
        number -> Int8,
        /// The header webhook-id, the same at every attempt, so that receivers can tell what they have had.
        message_id -> Uuid,
        /// What happened.
        event -> Text,
        /// The change that it tells of; null for a ping.
        sequence -> Nullable<Int8>,
        /// What is sent.
        payload -> Jsonb,
        /// pending, delivered or dead.
        state -> Text,
        /// Every attempt: when, status, error and how long it took.
        attempts -> Jsonb,
        /// Attempts that failed since it was last queued.
        failures -> Int4,
        /// First attempt since it was last queued, from which its three days count.
        trying_since -> Nullable<Timestamptz>,
        /// When it is tried next; null once it has ended.
        next_attempt_at -> Nullable<Timestamptz>,
        /// When it was delivered or given up.
        ended_at -> Nullable<Timestamptz>,
        /// When it was queued first.
        created_at -> Timestamptz,
    }
}

diesel::table! {
    /// An address that is called when something happens.
    webhook_endpoints (code) {
        /// Code that never changes and is never used again.
        code -> Text,
        /// Address that is called. It can itself be a secret, so only auditors and administrators read it.
        url -> Text,
        /// What it is for, and which team to ask about it.
        description -> Nullable<Text>,
        /// Events that it is told of; empty for all.
        events -> Array<Nullable<Text>>,
        /// Framework that it is told of; null for all.
        framework -> Nullable<Text>,
        /// Measure that it is told of; null for all.
        measure -> Nullable<Text>,
        /// Whether it is called.
        enabled -> Bool,
        /// When the service gave it up; null while it has not.
        disabled_at -> Nullable<Timestamptz>,
        /// Why the service gave it up.
        disabled_reason -> Nullable<Text>,
        /// When the secret that signs was made.
        secret_made_at -> Timestamptz,
        /// Until when the secret before it signs, too; null if there was none.
        previous_secret_until -> Nullable<Timestamptz>,
        /// When it was made.
        created_at -> Timestamptz,
        /// When it last changed.
        updated_at -> Timestamptz,
        /// Version of the row; its ETag.
        row_version -> Int8,
    }
}

diesel::table! {
    /// Secrets that sign what an endpoint is sent. They have to sign, so they cannot be kept as hashes: in a table of their own, they stand in no log, no history and no answer.
    webhook_secrets (endpoint, made_at) {
        /// Whose it is.
        endpoint -> Text,
        /// When it was made.
        made_at -> Timestamptz,
        /// The secret: random bytes. Internal.
        secret -> Bytea,
        /// First instant at which it no longer signs; null for the one in use.
        signs_until -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    /// How far each endpoint has come in the change log, and how it fares. Not logged: it changes with every delivery.
    webhook_standings (endpoint) {
        /// Whose it is.
        endpoint -> Text,
        /// Transaction of the last change from which deliveries were made; with sequence, where to go on.
        transaction_number -> Int8,
        /// Sequence of that change.
        sequence -> Int8,
        /// Number of its newest delivery.
        last_number -> Int8,
        /// Attempts that failed since the last that did not.
        failures -> Int4,
        /// When the first of these was; null where there is none.
        failing_since -> Nullable<Timestamptz>,
        /// Until when it is left alone, because it failed or asked for it.
        resting_until -> Nullable<Timestamptz>,
        /// When it last took something.
        last_delivered_at -> Nullable<Timestamptz>,
    }
}

diesel::joinable!(annual_target_reviews -> decisions (decision));
diesel::joinable!(annual_target_reviews -> frameworks (framework));
diesel::joinable!(benchmarks -> areas (area));
diesel::joinable!(benchmarks -> comparator_groups (group));
diesel::joinable!(benchmarks -> measures (measure));
diesel::joinable!(collection_cycles -> frameworks (framework));
diesel::joinable!(comparator_groups -> areas (home_area));
diesel::joinable!(comparator_memberships -> areas (area));
diesel::joinable!(comparator_memberships -> comparator_groups (group));
diesel::joinable!(data_request_waivers -> measures (measure));
diesel::joinable!(decisions -> meetings (meeting));
diesel::joinable!(frameworks -> decisions (adopted_by));
diesel::joinable!(import_contents -> imports (import));
diesel::joinable!(import_rows -> imports (import));
diesel::joinable!(issue_measures -> issues_of_concern (issue));
diesel::joinable!(issue_measures -> measures (measure));
diesel::joinable!(issues_of_concern -> decisions (decision));
diesel::joinable!(issues_of_concern -> frameworks (framework));
diesel::joinable!(key_uses -> api_keys (key));
diesel::joinable!(measure_reads -> api_keys (key));
diesel::joinable!(measure_reads -> measures (measure));
diesel::joinable!(measure_versions -> decisions (decision));
diesel::joinable!(measure_versions -> measures (measure));
diesel::joinable!(measure_versions -> outcomes (outcome));
diesel::joinable!(measures -> decisions (decision));
diesel::joinable!(measures -> outcomes (outcome));
diesel::joinable!(outcomes -> frameworks (framework));
diesel::joinable!(quarterly_reports -> decisions (decision));
diesel::joinable!(quarterly_reports -> frameworks (framework));
diesel::joinable!(quarterly_reports -> meetings (meeting));
diesel::joinable!(quarterly_submissions -> measures (measure));
diesel::joinable!(recovery_plans -> decisions (decision));
diesel::joinable!(recovery_plans -> measures (measure));
diesel::joinable!(target_versions -> areas (comparator_area));
diesel::joinable!(target_versions -> comparator_groups (comparator_group));
diesel::joinable!(target_versions -> decisions (decision));
diesel::joinable!(targets -> areas (comparator_area));
diesel::joinable!(targets -> comparator_groups (comparator_group));
diesel::joinable!(targets -> decisions (decision));
diesel::joinable!(targets -> measures (measure));
diesel::joinable!(webhook_deliveries -> webhook_endpoints (endpoint));
diesel::joinable!(webhook_endpoints -> frameworks (framework));
diesel::joinable!(webhook_endpoints -> measures (measure));
diesel::joinable!(webhook_secrets -> webhook_endpoints (endpoint));
diesel::joinable!(webhook_standings -> webhook_endpoints (endpoint));

diesel::allow_tables_to_appear_in_same_query!(
    accounts,
    annual_target_reviews,
    api_keys,
    areas,
    benchmarks,
    change_clock,
    change_seals,
    changes,
    code_register,
    collection_cycles,
    comparator_groups,
    comparator_memberships,
    data_request_waivers,
    decisions,
    disclosures,
    frameworks,
    idempotent_answers,
    import_contents,
    import_mappings,
    import_rows,
    imports,
    issue_measures,
    issues_of_concern,
    key_uses,
    measure_reads,
    measure_versions,
    measures,
    meetings,
    outcomes,
    quarterly_reports,
    quarterly_submissions,
    recovery_plans,
    report_contents,
    target_versions,
    targets,
    webhook_deliveries,
    webhook_endpoints,
    webhook_secrets,
    webhook_standings,
);
