//! THE list of the tables beside the feed, with their columns. Names are a contract, as the feed's are.

use super::{Dimension, DimensionColumn, has, may};
use crate::bi::catalogue::Kind::{Code, Date, Decimal, Instant, Integer, Text};

/// Every table.
pub static ALL: [&Dimension; 5] = [&FRAMEWORKS, &OUTCOMES, &MEASURES, &PERIODS, &COMPARATORS];

/// When a row last changed.
const UPDATED_AT: DimensionColumn = has("updated_at", Instant, "d.updated_at", "When it last changed.");

/// Frameworks.
pub static FRAMEWORKS: Dimension = Dimension {
    name: "frameworks",
    about: "A performance framework.",
    from: "frameworks d",
    columns: &[
        has("framework", Code, "d.code", "Code of the framework."),
        has("framework_title", Text, "d.title", "Title of the framework."),
        may("committee", Text, "d.committee", "Committee that it reports to."),
        may("council_plan", Text, "d.council_plan", "Council Plan that it serves."),
        has("first_year", Code, "d.first_year", "First financial year."),
        has("last_year", Code, "d.last_year", "Last financial year."),
        has("status", Code, "d.status", "Where it stands."),
        UPDATED_AT,
    ],
};

/// Outcomes.
pub static OUTCOMES: Dimension = Dimension {
    name: "outcomes",
    about: "An outcome that a framework works towards.",
    from: "outcomes d",
    columns: &[
        has("outcome", Code, "d.code", "Code of the outcome."),
        has("outcome_title", Text, "d.title", "Title of the outcome."),
        has("framework", Code, "d.framework", "Code of its framework."),
        may("priority", Text, "d.priority", "Council Plan priority that it serves."),
        has("position", Integer, "d.position", "Its place among the framework's outcomes."),
        has("status", Code, "d.status", "Where it stands."),
        UPDATED_AT,
    ],
};

/// Measures.
pub static MEASURES: Dimension = Dimension {
    name: "measures",
    about: "A measure by its newest definition; the feed tells of each quarter by the definition in force then.",
    from: "measures d JOIN outcomes o ON o.code = d.outcome",
    columns: &[
        has("measure", Code, "d.code", "Code of the measure."),
        has("measure_title", Text, "d.title", "Title of the measure."),
        has("framework", Code, "o.framework", "Code of its framework."),
        has("outcome", Code, "d.outcome", "Code of its outcome."),
        has("level", Code, "d.level", "To whom it is reported."),
        has("measure_kind", Code, "d.kind", "kpi or activity."),
        has("measure_status", Code, "d.status", "Where it stands."),
        has("definition", Text, "d.definition", "What is counted, and what is not."),
        may("numerator_label", Text, "d.numerator_label", "What the numerator counts."),
        may("denominator_label", Text, "d.denominator_label", "What the denominator counts."),
        has("unit", Code, "d.unit", "What one unit of the value is."),
        may("rate_base", Integer, "d.rate_base", "For a rate, the population it is per."),
        has("decimal_places", Integer, "d.decimal_places", "Decimal places to which the value is printed and judged."),
        has("polarity", Code, "d.polarity", "Which direction is good."),
        has("frequency", Code, "d.frequency", "How often a figure falls due."),
        has("calendar", Code, "d.calendar", "Year that its figures follow."),
        has("accumulation", Code, "d.accumulation", "What stretch of time one figure covers."),
        may("baseline_period", Code, "d.baseline_period", "Data period of the baseline."),
        may("baseline_value", Decimal, "d.baseline_value", "Value from which distance travelled is reckoned."),
        may("owner", Text, "d.owner", "Post accountable for it; not shown to members and the public."),
        may("provider", Text, "d.provider", "Who provides its figures; not shown to members and the public."),
        has("definition_version", Integer, "d.version", "Version of the definition."),
        has("series", Integer, "d.series", "Number of its series."),
        UPDATED_AT,
    ],
};

/// Reporting quarters.
pub static PERIODS: Dimension = Dimension {
    name: "periods",
    about: "A reporting quarter of the April financial year, of every year that a framework or a figure has.",
    from: "",
    columns: &[
        has("quarter", Code, "", "The quarter, such as 2024-25-Q2."),
        has("financial_year", Code, "", "Its financial year."),
        has("quarter_number", Integer, "", "Its number in the year, 1 to 4."),
        has("quarter_start", Date, "", "Its first day."),
        has("quarter_end", Date, "", "Its last day."),
        has("previous_quarter", Code, "", "The quarter before."),
        has("same_quarter_last_year", Code, "", "The same quarter of the year before."),
    ],
};

/// What figures are compared with.
pub static COMPARATORS: Dimension = Dimension {
    name: "comparators",
    about: "An area, or a group of areas, that figures are compared with.",
    from: "(SELECT code, name AS title, kind, old_code, NULL AS home_area, valid_from, valid_to, updated_at FROM areas UNION ALL \
           SELECT code, title, kind, NULL, home_area, NULL, NULL, updated_at FROM comparator_groups) d",
    columns: &[
        has("comparator", Code, "d.code", "Code of the area or group."),
        has("comparator_title", Text, "d.title", "Its name or title."),
        has("comparator_kind", Code, "d.kind", "What sort of area or group it is."),
        may("old_code", Code, "d.old_code", "For an area, the Department for Education's own number."),
        may("home_area", Code, "d.home_area", "For a group, the area whose neighbours it holds."),
        may("valid_from", Date, "d.valid_from", "For an area, the first day on which its code is valid."),
        may("valid_to", Date, "d.valid_to", "For an area, the last day on which its code is valid."),
        UPDATED_AT,
    ],
};
