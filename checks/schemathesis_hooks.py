"""What schemathesis cannot read from the document: what our string formats mean, and three promises of our own.

The formats are those of `src/domain/period.rs` and of codes. About half of each format's values are ones that the
demonstration data has, so that requests reach the rules behind the "not found".
"""

import calendar
import os
import uuid

import schemathesis
from hypothesis import configuration
from hypothesis import strategies as st

# Otherwise a folder of its own appears in the root of the repository.
configuration.set_hypothesis_home_dir("target/hypothesis")

# --- values of the demonstration -----------------------------------------------------------------------------------

MEASURES = ("EDU-01", "EDU-02", "EDU-03", "EDU-10", "CSC-01", "CIC-01", "CL-01", "YJ-01", "WF-01", "HLT-01")
COMPARATORS = ("E08000019", "E08000035", "E92000001", "SN-SHEFFIELD")
DECIDED = ("FP-2025-06-16", "FP-2025-06-16-OUTCOMES", "FP-2025-06-16-EHC")
CODES = (*MEASURES, *COMPARATORS, "CSPF-2024-28", "BELONG-THRIVE", *DECIDED, "EDU-01-2025-03")
YEARS = ("2023-24", "2024-25", "2025-26")
QUARTERS = ("2024-25-Q3", "2024-25-Q4", "2025-26-Q1", "2025-26-Q2")
DATA_PERIODS = ("2024-25-Q4", "2025-26-Q1", "2024-25", "AY2023-24", "CY2024", "2025-03", "2025-03-31")

# --- formats -------------------------------------------------------------------------------------------------------

years = st.integers(min_value=2000, max_value=2060)
months = st.tuples(years, st.integers(min_value=1, max_value=12))


def consecutive(first: int) -> str:
    """A year that spans two calendar years: 2024 gives `2024-25`."""
    return f"{first:04}-{(first + 1) % 100:02}"


def last_day(year: int, month: int) -> str:
    """The last day of a month, where snapshots are taken."""
    return f"{year:04}-{month:02}-{calendar.monthrange(year, month)[1]:02}"


codes = st.from_regex(r"[A-Z0-9][A-Z0-9-]{0,31}", fullmatch=True)
financial_years = years.map(consecutive)
financial_quarters = st.builds("{}-Q{}".format, financial_years, st.integers(min_value=1, max_value=4))
academic_years = financial_years.map("AY{}".format)
academic_terms = st.builds("{}-{}".format, academic_years, st.sampled_from(("AUT", "SPR", "SUM")))
calendar_years = years.map("CY{}".format)
calendar_months = months.map(lambda parts: f"{parts[0]:04}-{parts[1]:02}")
month_ends = months.map(lambda parts: last_day(*parts))
data_periods = st.one_of(
    financial_quarters, financial_years, academic_years, academic_terms, calendar_years, calendar_months, month_ends
)

# Format -> values the demonstration has, and any others of that form.
FORMATS = {
    "code": (CODES, codes),
    "financial-year": (YEARS, financial_years),
    "financial-quarter": (QUARTERS, financial_quarters),
    "data-period": (DATA_PERIODS, data_periods),
}

for name, (known, generated) in FORMATS.items():
    schemathesis.openapi.format(name, st.one_of(st.sampled_from(known), generated))

# If-Match and If-None-Match: a version of ours, any version (`*`), and what another server might have given.
versions = st.integers(min_value=1, max_value=3).map('"{}"'.format)
foreign_tags = st.from_regex(r'(W/)?"[a-zA-Z0-9]{1,12}"', fullmatch=True)
tag_lists = st.lists(st.one_of(versions, foreign_tags), min_size=2, max_size=3).map(", ".join)
# A cursor cannot be made up: it is taken from a page. An empty one asks for the first page; any other text is refused.
schemathesis.openapi.format("cursor", st.just(""))
# What OData clients write, of properties that every entity set has or none: any other text may name what there is not.
schemathesis.openapi.format("odata-filter", st.sampled_from(("", "1 eq 1", "not (1 eq 0) and null eq null", "((('a' ne 'b')))")))
schemathesis.openapi.format("odata-select", st.sampled_from(("", "*")))
schemathesis.openapi.format("odata-orderby", st.just(""))
schemathesis.openapi.format("entity-tag", st.one_of(versions, st.just("*"), foreign_tags, tag_lists))


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Names known values wherever one of our formats has no example.

    Where a schema has a pattern and no example, the coverage phase draws from the pattern and would call `0000-00` a
    well-formed year.
    """

    def visit(node):
        if isinstance(node, dict):
            form = node.get("format")
            if isinstance(form, str) and form in FORMATS and "example" not in node and "examples" not in node:
                node["examples"] = list(FORMATS[form][0][:2])
            for child in node.values():
                visit(child)
        elif isinstance(node, list):
            for child in node:
                visit(child)

    visit(raw_schema)


# --- the key of the run itself -------------------------------------------------------------------------------------

OWN_KEY_ID = os.environ.get("API_KEY_ID", "")
# A key that the run may rotate: of those that it makes itself, chance finds none in time.
SPARE_KEY_ID = os.environ.get("SPARE_KEY_ID", "")
ANOTHER_KEY_ID = "01900000-0000-7000-8000-000000000000"


def is_uuid(value) -> bool:
    """Whether a value has the form of a key's id."""
    try:
        return bool(uuid.UUID(str(value)))
    except ValueError:
        return False


@schemathesis.hook
def before_call(context, case, kwargs):
    """A run that revoked its own key could only be refused from then on: it asks for a key that is not there.

    And who waits for changes that nobody makes waits as long as it asked for: here, no longer than a second.
    """
    wait = str((case.query or {}).get("wait"))
    if wait.isdigit() and 1 < int(wait) <= 60:
        case.query["wait"] = 1
    asked = case.path_parameters or {}
    rotates = case.operation.label == "POST /api/v1/keys/{id}/rotate"
    if SPARE_KEY_ID and rotates and is_uuid(asked.get("id")):
        asked["id"] = SPARE_KEY_ID
        return
    for name, value in asked.items():
        if str(value).lower() in {OWN_KEY_ID, SPARE_KEY_ID} - {""} and case.method != "GET":
            asked[name] = ANOTHER_KEY_ID


# --- promises of our own -------------------------------------------------------------------------------------------

PROBLEM_FIELDS = ("type", "title", "status", "detail", "instance", "code", "request_id")


def content_type(response) -> str:
    """The media type of a response, without its parameters."""
    return response.headers.get("content-type", [""])[0].split(";")[0].strip().lower()


@schemathesis.check
def problem_on_every_error(ctx, response, case):
    """Every error there is, also one for a wrong method or media type, is a complete problem document."""
    if response.status_code < 400 or response.request.method == "HEAD":
        return
    found = content_type(response)
    assert found == "application/problem+json", f"{response.status_code} as {found or 'nothing'}, not as a problem"
    problem = response.json()
    missing = [field for field in PROBLEM_FIELDS if field not in problem]
    assert not missing, f"the problem lacks {', '.join(missing)}"
    assert problem["status"] == response.status_code, f"the problem says {problem['status']}"


@schemathesis.check
def own_key_stays_valid(ctx, response, case):
    """A run whose key was revoked by one of its own requests would see only 401, and call that well refused."""
    if response.status_code != 401:
        return
    sent = response.request.headers.get("Authorization")
    assert sent != f"Bearer {os.environ['API_KEY']}", "the key of this run is refused: a request has taken its rights"


@schemathesis.check
class EveryOperationSucceedsOnce:
    """An operation that only ever refuses has not been tested."""

    def __init__(self, excepted=()):
        self.excepted = set(excepted)
        self.seen = set()
        self.succeeded = set()

    def after_response(self, ctx, response, case):
        label = case.operation.label
        self.seen.add(label)
        if 200 <= response.status_code < 400:
            self.succeeded.add(label)

    def after_run(self, ctx):
        never = sorted(self.seen - self.succeeded - self.excepted)
        assert not never, "never answered with success: " + ", ".join(never)
