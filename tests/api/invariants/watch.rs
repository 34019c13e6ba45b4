//! What must hold after every accepted request, and what must not have moved after a refused one; asked of the database itself.

use std::collections::BTreeMap;

use super::world::World;
use crate::support::db::ROLES;

/// Each names what breaks it.
const INVARIANTS: &[(&str, &str)] = &[
    (
        "revisions of a submission are a chain, of which one is in hand, one approved and one published at most",
        "SELECT measure || '/' || quarter FROM quarterly_submissions GROUP BY measure, quarter HAVING max(revision) <> count(*) \
         OR count(*) FILTER (WHERE state IN ('draft', 'submitted', 'returned')) > 1 OR count(*) FILTER (WHERE state = 'approved') > 1 \
         OR count(*) FILTER (WHERE state = 'published') > 1",
    ),
    (
        "nobody approved what they handed in",
        "SELECT measure || '/' || quarter FROM quarterly_submissions WHERE approved_by = submitted_by",
    ),
    (
        "an adopted framework names its decision",
        "SELECT code FROM frameworks WHERE status = 'adopted' AND adopted_by IS NULL",
    ),
    (
        "an issue cites a clause that there is",
        "SELECT i.code FROM issues_of_concern i JOIN decisions d ON d.code = i.decision \
         WHERE i.clause IS NOT NULL AND NOT d.clauses @> jsonb_build_array(jsonb_build_object('clause', i.clause))",
    ),
    (
        "a review was decided by clauses that there are",
        "SELECT r.framework || '/' || r.year FROM annual_target_reviews r JOIN decisions d ON d.code = r.decision, \
         jsonb_array_elements(r.decided_outcomes) AS o WHERE NOT d.clauses @> jsonb_build_array(jsonb_build_object('clause', o ->> 'clause'))",
    ),
    (
        "a decided review settles every proposal",
        "SELECT framework || '/' || year FROM annual_target_reviews WHERE status IN ('decided', 'applied') \
         AND jsonb_array_length(proposals) <> jsonb_array_length(decided_outcomes)",
    ),
    (
        "a measure has one plan that is open",
        "SELECT measure FROM recovery_plans WHERE state <> 'closed' GROUP BY measure HAVING count(*) > 1",
    ),
    (
        "a report has one version in hand, and a framework one baseline report",
        "SELECT framework || '/' || quarter FROM quarterly_reports WHERE content_hash IS NULL GROUP BY framework, quarter HAVING count(*) > 1 \
         UNION SELECT framework FROM quarterly_reports WHERE kind = 'baseline' AND version = 1 GROUP BY framework HAVING count(*) > 1",
    ),
    (
        "the newest version is the present one, and versions take effect one after the other",
        "SELECT code FROM measures m WHERE version <> (SELECT max(version) FROM measure_versions WHERE measure = code) \
         UNION SELECT measure || '/' || year FROM targets t WHERE version <> (SELECT max(v.version) FROM target_versions v \
             WHERE (v.measure, v.year) = (t.measure, t.year)) \
         UNION SELECT a.measure FROM measure_versions a JOIN measure_versions b USING (measure) \
             WHERE a.version < b.version AND (b.effective_from IS NULL OR a.effective_from > b.effective_from) \
         UNION SELECT a.measure || '/' || a.year FROM target_versions a JOIN target_versions b USING (measure, year) \
             WHERE a.version < b.version AND (b.effective_from IS NULL OR a.effective_from > b.effective_from)",
    ),
    (
        "what is sealed for members and the public is there, each under its own hash",
        "SELECT r.framework || '/' || r.quarter FROM quarterly_reports r WHERE num_nulls(members_hash, public_hash, disclosed_at) NOT IN (0, 3) \
         OR members_hash = public_hash OR content_hash IN (members_hash, public_hash) OR EXISTS (SELECT FROM \
         unnest(ARRAY[members_hash, public_hash]) AS h WHERE h IS NOT NULL AND NOT EXISTS (SELECT FROM report_contents c WHERE c.content_hash = h))",
    ),
    (
        "what is sealed hashes to its hash",
        "SELECT r.framework || '/' || r.quarter FROM quarterly_reports r LEFT JOIN report_contents c USING (content_hash) \
         WHERE content_hash IS NOT NULL AND content_hash IS DISTINCT FROM encode(sha256(convert_to(c.content, 'UTF8')), 'hex')",
    ),
];

/// What stays as it is once it is there: a key, and a digest of all that must not change.
const SETTLED: &str = "
    SELECT 'figure ' || measure || '/' || quarter || '/' || revision, md5(row(data_period, value, value_symbol, numerator, denominator, stage,
        narrative, quality_note, submitted_by, approved_by, approved_at)::text)
    FROM quarterly_submissions WHERE state IN ('approved', 'published', 'superseded')
    UNION ALL SELECT 'report ' || framework || '/' || quarter || '/' || version,
        md5(row(kind, overview, exempt_parts, content_hash, rule_set_version, as_of, signed_off_by, signed_off_at)::text)
    FROM quarterly_reports WHERE content_hash IS NOT NULL
    UNION ALL SELECT 'reading ' || framework || '/' || quarter || '/' || version, md5(row(unpublished, members_hash, public_hash, disclosed_at)::text)
    FROM quarterly_reports WHERE state IN ('published', 'considered')
    UNION ALL SELECT 'review ' || framework || '/' || year, md5(row(proposals, decision, decided_outcomes)::text)
    FROM annual_target_reviews WHERE status IN ('decided', 'applied')
    UNION ALL SELECT 'plan ' || code, md5(row(measure, trajectory, reason)::text) FROM recovery_plans WHERE state <> 'drafted'
    UNION ALL SELECT 'definition ' || v.measure || '/' || v.version,
        md5((to_jsonb(v) - '{change_reason,created_at,updated_at,row_version}'::text[])::text)
    FROM measure_versions v WHERE v.decision IS NOT NULL AND v.status <> 'proposed' AND is_binding(v.outcome, v.level)
    UNION ALL SELECT 'target ' || t.measure || '/' || t.year || '/' || t.version,
        md5((to_jsonb(t) - '{rationale,decision_reference,change_reason,created_at,updated_at,row_version}'::text[])::text)
    FROM target_versions t
    WHERE t.decision IS NOT NULL AND is_binding_between(t.measure, coalesce(t.effective_from, t.year || '-Q1'), t.year || '-Q4')";

/// By what the quarter of each sealed report is judged, and those before it; absent while a correction is written.
const JUDGED: &str = "
    SELECT 'quarter ' || r.framework || '/' || r.quarter || '/' || r.version, md5(coalesce((
        SELECT string_agg(row(v.measure, v.version, v.title, v.definition, v.level, v.unit, v.polarity, v.decimal_places, t.version, t.kind,
            t.value, t.set_in_arrears)::text, ';' ORDER BY v.measure)
        FROM measure_versions v JOIN outcomes o ON o.code = v.outcome LEFT JOIN LATERAL (
            SELECT * FROM target_versions t WHERE t.measure = v.measure AND t.year = left(r.quarter, 7)
                AND (t.effective_from IS NULL OR t.effective_from <= r.quarter) ORDER BY t.version DESC LIMIT 1
        ) t ON true
        WHERE o.framework = r.framework AND v.status = 'active' AND v.level <> 'service' AND v.version = (
            SELECT max(l.version) FROM measure_versions l
            WHERE l.measure = v.measure AND (l.effective_from IS NULL OR l.effective_from <= r.quarter))
    ), ''))
    FROM quarterly_reports r WHERE r.content_hash IS NOT NULL AND r.quarter <= sealed_to(r.framework) AND NOT EXISTS (
        SELECT FROM quarterly_reports l WHERE (l.framework, l.quarter) = (r.framework, r.quarter) AND l.version > r.version)";

/// Versions that a committee should have decided, and that cite nothing.
const UNDECIDED: &str = "
    SELECT 'definition ' || measure || '/' || version FROM measure_versions
    WHERE decision IS NULL AND status <> 'proposed' AND is_binding(outcome, level)
    UNION ALL SELECT 'target ' || measure || '/' || year || '/' || version FROM target_versions 
    WHERE decision IS NULL AND is_binding_between(measure, coalesce(effective_from, year || '-Q1'), year || '-Q4')";

/// Every version that there is.
const VERSIONS: &str = "SELECT 'definition ' || measure || '/' || version FROM measure_versions
    UNION ALL SELECT 'target ' || measure || '/' || year || '/' || version FROM target_versions";

/// The tables of imports: working papers, of which the log says nothing.
const RECEIPTS: &str = "('imports', 'import_rows', 'import_contents')";

/// What is remembered from one request to the next.
pub struct Watch {
    digest: String,
    kept: String,
    everything: Vec<String>,
    receipts: String,
    settled: BTreeMap<String, String>,
    versions: Vec<String>,
}

impl Watch {
    /// Begins to watch.
    pub fn over(world: &World) -> Self {
        let each = "SELECT format('SELECT %s || count(*) || md5(coalesce(string_agg(t::text, '''' ORDER BY t::text), '''')) FROM %I AS t', \
                    quote_literal(tablename), tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('changes', 'key_uses', 'measure_reads')";
        let everything = world.app.sql().column(&format!("{each} AND tablename NOT IN {RECEIPTS}"));
        let receipts = world.app.sql().column(&format!("{each} AND tablename IN {RECEIPTS}")).join(" UNION ALL ");
        let (digest, settled, versions) = (String::new(), BTreeMap::new(), Vec::new());
        let mut watch = Self { digest, kept: String::new(), everything, receipts, settled, versions };
        watch.accepted(world, "frameworks", None);
        watch
    }

    /// All that is stored: every table, and how long the change log is.
    fn digest(&self, world: &World) -> String {
        let tables = self.everything.join(" UNION ALL ");
        world.app.sql().column(&format!("{tables} UNION ALL SELECT count(*)::text FROM changes ORDER BY 1")).join(",")
    }

    /// All that is kept of imports.
    fn kept(&self, world: &World) -> String {
        world.app.sql().column(&format!("{} ORDER BY 1", self.receipts)).join(",")
    }

    /// A refused request stored nothing; of an import that was refused by a row the receipt is kept, and nothing else.
    pub fn refused(&mut self, world: &World, code: &str) {
        assert_eq!(self.digest(world), self.digest, "a refused request stored something");
        let kept = self.kept(world);
        assert_eq!(kept != self.kept, code == "import_refused", "what is kept of imports, after {code}");
        self.kept = kept;
    }

    /// An accepted request kept every invariant; it was sent by `actor` to this collection.
    pub fn accepted(&mut self, world: &World, collection: &str, actor: Option<&str>) {
        let sql = world.app.sql();
        let broken: Vec<String> =
            INVARIANTS.iter().map(|(name, query)| format!("SELECT '{name}: ' || x FROM ({query}) AS q (x)")).collect();
        assert_eq!(sql.column(&broken.join(" UNION ALL ")), Vec::<String>::new(), "broken");
        for (query, lasting) in [(SETTLED, true), (JUDGED, false)] {
            let now: BTreeMap<String, String> =
                sql.rows(query).into_iter().map(|mut row| (row.swap_remove(0), row.swap_remove(0))).collect();
            for (key, digest) in &now {
                let before = self.settled.entry(key.clone()).or_insert_with(|| digest.clone());
                assert_eq!(before, digest, "{key} changed");
            }
            let lasts = |key: &&String| {
                ["figure ", "report ", "reading ", "review ", "definition "].iter().any(|kind| key.starts_with(kind))
            };
            let gone: Vec<&String> =
                self.settled.keys().filter(lasts).filter(|key| lasting && !now.contains_key(*key)).collect();
            assert!(gone.is_empty(), "{gone:?} are gone");
        }
        let undecided = sql.column(UNDECIDED);
        let new = undecided.iter().filter(|version| collection != "frameworks" && !self.versions.contains(version));
        assert_eq!(new.collect::<Vec<_>>(), Vec::<&String>::new(), "new without a decision");
        self.versions = sql.column(VERSIONS);
        let digest = self.digest(world);
        if let Some(actor) = actor.filter(|_| digest != self.digest) {
            let last = sql.value("SELECT string_agg(DISTINCT account_name(actor), ',') FROM changes WHERE transaction_number = (SELECT max(transaction_number) FROM changes)");
            assert_eq!(last, actor, "who did it, by the log");
        }
        self.digest = digest;
        self.kept = self.kept(world);
    }
}

/// The name in which a role calls.
pub fn actor(role: crate::support::Role) -> &'static str {
    ROLES.iter().find(|(one, ..)| *one == role).expect("a role").1
}
