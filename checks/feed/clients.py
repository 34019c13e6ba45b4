"""The feed read by clients that we did not write: every row and every cell is the one that JSON gives.

    BASE_URL=http://127.0.0.1:8080 API_KEY=... python clients.py

pandas reads CSV, NDJSON and Parquet; polars reads Parquet and CSV; pyjstat reads JSON-stat, which jsonstat-validator has found right;
csvw reads CSV by its metadata; the department's tidy CSV is held against its own meta.csv.
"""

import io
import json
import os
import pathlib
import tempfile
from datetime import date, datetime, timezone
from decimal import Decimal

import csvw
import pandas
import polars
import requests
from jsonstat_validator import validate_jsonstat
from pyjstat import pyjstat

BASE = os.environ["BASE_URL"].rstrip("/") + "/api/v1"
KEY_OF_ROW = ("measure", "quarter", "dimension", "category")
# Characters at the beginning of a cell that a spreadsheet would run: CSV puts an apostrophe before them.
RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")

session = requests.Session()
session.headers["Authorization"] = "Bearer " + os.environ["API_KEY"]


def get(path, **parameters):
    answer = session.get(f"{BASE}/{path}", params=parameters, timeout=120)
    answer.raise_for_status()
    return answer


def pages():
    """Every row of the JSON feed, with exact numbers."""
    rows, address = [], f"{BASE}/observations?limit=1000"
    while address:
        answer = session.get(address, timeout=120)
        answer.raise_for_status()
        page = answer.json(parse_float=Decimal)
        rows += page["items"]
        address = page["next"]
    return rows


def plain(value, like):
    """A value of any client as text that can be compared, by the type that JSON shows it with."""
    if value is None or value == "" or value != value:
        return ""
    if isinstance(like, bool):
        return str(value).lower()
    if isinstance(like, (int, Decimal)):
        return format(Decimal(str(value)).normalize() + 0, "f")
    if isinstance(value, datetime) and isinstance(like, str) and len(like) == 10:
        value = value.date()
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=timezone.utc)
        return aware.astimezone(timezone.utc).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(like, str) and len(like) > 19 and like.endswith("Z") and like[10] == "T":
        text = str(value).replace("Z", "+00:00")
        return datetime.fromisoformat(text).astimezone(timezone.utc).isoformat(timespec="microseconds")
    if isinstance(like, (dict, list)):
        return json.dumps(json.loads(value) if isinstance(value, str) else value, sort_keys=True)
    return str(value)


def same(name, found, wanted, columns=None):
    """Stops unless both have the same rows, cell by cell."""
    by_key = lambda rows: {tuple(str(row[part]) for part in KEY_OF_ROW): row for row in rows}  # noqa: E731
    found, wanted = by_key(found), by_key(wanted)
    assert found.keys() == wanted.keys(), f"{name}: {sorted(found.keys() ^ wanted.keys())[:5]}"
    columns = columns or next(iter(wanted.values())).keys()
    for key, row in wanted.items():
        for column in columns:
            ours, theirs = plain(row[column], row[column]), plain(found[key][column], row[column])
            guarded = isinstance(row[column], str) and row[column].startswith(RUN_BY_SPREADSHEETS) and theirs == f"'{ours}"
            assert ours == theirs or guarded, f"{name}, {key}, {column}: {theirs!r} is not {ours!r}"
    print(f"{name}: {len(wanted)} rows of {len(columns)} columns are the same")


def records(frame):
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def of_pandas(wanted):
    text = get("observations", format="csv").content
    same("pandas, CSV", records(pandas.read_csv(io.BytesIO(text), dtype=str, keep_default_na=False)), wanted)
    with_mark = get("observations", format="csv", bom="true").content
    assert with_mark == b"\xef\xbb\xbf" + text, "the mark of UTF-8 is all that differs"
    lines = get("observations", format="ndjson").text.splitlines()
    same("NDJSON", [json.loads(line, parse_float=Decimal) for line in lines], wanted)
    frame = pandas.read_parquet(io.BytesIO(get("observations", format="parquet").content))
    same("pandas, Parquet", records(frame), wanted)


def of_polars(wanted):
    frame = polars.read_parquet(io.BytesIO(get("observations", format="parquet").content))
    exact = [name for name, kind in frame.schema.items() if isinstance(kind, polars.Decimal)]
    assert {"value", "numerator", "denominator", "target"} <= set(exact), f"numbers that are exact: {exact}"
    assert frame.schema["data_period_end"] == polars.Date, frame.schema["data_period_end"]
    same("polars, Parquet", frame.to_dicts(), wanted)
    same("polars, CSV", polars.read_csv(get("observations", format="csv").content, infer_schema=False).to_dicts(), wanted)


def of_pyjstat(wanted):
    text = get("observations", format="jsonstat").text
    validate_jsonstat(json.loads(text))
    frame = pyjstat.Dataset.read(text).write("dataframe", naming="id")
    cells = {}
    for measure, quarter, part, column, value in frame[["measure", "quarter", "part", "column", "value"]].itertuples(index=False):
        cells.setdefault((measure, quarter, part), {})[column] = value
    columns = list(next(iter(cells.values())))
    # Its table is full: places without a figure are empty.
    filled = {place: row for place, row in cells.items() if row["framework"] == row["framework"] and row["framework"] is not None}
    parts = {(row["measure"], row["quarter"], row["dimension"], row["category"]): row for row in wanted}
    rows = []
    for (measure, quarter, dimension, category), row in parts.items():
        found = filled.pop((measure, quarter, "total" if dimension == "total" else f"{dimension}:{category}"))
        rows.append(found | {"measure": measure, "quarter": quarter, "dimension": dimension, "category": category})
    assert not filled, f"places that JSON does not have: {list(filled)[:5]}"
    same("pyjstat", rows, wanted, columns)


def of_csvw(wanted):
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        described = get("observations", format="csvw").json()
        assert described["url"].startswith(BASE), described["url"]
        described["url"] = "observations.csv"
        (folder / "metadata.json").write_text(json.dumps(described))
        (folder / "observations.csv").write_bytes(get("observations", format="csv").content)
        table = csvw.Table.from_file(folder / "metadata.json")
        same("csvw", list(table.iterdicts()), wanted)


def of_tidy(wanted):
    """One file for each kind of period: the department's files do not mix them."""
    for kind in sorted({row["data_period_kind"] for row in wanted}):
        asked = {"data_period_kind": kind}
        read = lambda form: pandas.read_csv(  # noqa: E731
            io.BytesIO(get("observations", format=form, **asked).content), dtype=str, keep_default_na=False)
        tidy, meta = read("ees"), read("ees_meta")
        told = set(meta["col_name"])
        assert told <= set(tidy.columns), f"meta.csv names columns that are not there: {told - set(tidy.columns)}"
        assert {"time_period", "time_identifier", "geographic_level", "country_code"} <= set(tidy.columns)
        by_key = {tuple(row[part] for part in KEY_OF_ROW): row for row in tidy.to_dict("records")}
        ours = [row for row in wanted if row["data_period_kind"] == kind]
        assert len(by_key) == len(ours) == len(tidy), f"{len(tidy)} rows of {len(ours)}"
        for row in ours:
            shown = by_key[tuple(row[part] for part in KEY_OF_ROW)]["value"]
            right = row["value_symbol"] or plain(row["value"], row["value"])
            same_number = not row["value_symbol"] and plain(shown, row["value"]) == right
            assert shown == right or same_number, f"{row['measure']} {row['quarter']}: {shown}, not {right}"
        print(f"the department's tidy CSV, {kind}: {len(tidy)} values are the same, and {len(meta)} columns are described")


def of_dimensions(wanted):
    for name, column in [("frameworks", "framework"), ("outcomes", "outcome"), ("measures", "measure"), ("periods", "quarter")]:
        table = pandas.read_csv(io.BytesIO(get(f"dimensions/{name}", format="csv").content), dtype=str, keep_default_na=False)
        known, used = set(table.iloc[:, 0]), {row[column] for row in wanted}
        known = set(table[column]) if column in table.columns else known
        assert used <= known, f"dimensions/{name} lacks {used - known}"
    print("every code of the feed stands in its dimension")


def main():
    wanted = pages()
    assert len(wanted) > 100, f"only {len(wanted)} rows: load the demonstration"
    for check in (of_pandas, of_polars, of_pyjstat, of_csvw, of_tidy, of_dimensions):
        check(wanted)


if __name__ == "__main__":
    main()
