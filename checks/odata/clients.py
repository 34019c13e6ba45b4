"""The feed read by three clients that we did not write: every row is the one that JSON and CSV give.

    BASE_URL=http://127.0.0.1:8080 API_KEY=... python clients.py

python-odata announces 4.0 and writes `%24filter`; odatapy announces 4.01 and reads types from `$metadata`; sqlalchemy-odata
knows only passwords, pages by `$top=500&$skip=0`, and groups in SQL.
"""

import csv
import io
import os
from datetime import date, datetime, timezone
from decimal import Decimal

import requests
from odata import ODataService
from odata.exceptions import ODataError
from odatapy.client import EdmEnabledODataClient
from odatapy.client.auth import BearerAuth
from odatapy.client.filters import Field
from odatapy.client.responses import ODataClientError
from odatapy.client.transport import HttpxTransport
from sqlalchemy import create_engine, text

BASE = os.environ["BASE_URL"].rstrip("/")
KEY = os.environ["API_KEY"]
ROOT = f"{BASE}/odata/v1"
KEY_OF_ROW = ("measure", "quarter", "dimension", "category")

session = requests.Session()
session.headers["Authorization"] = f"Bearer {KEY}"


def feed():
    """Every row of the JSON feed, with exact numbers."""
    rows, address = [], f"{BASE}/api/v1/observations?limit=1000"
    while address:
        answer = session.get(address)
        answer.raise_for_status()
        page = answer.json(parse_float=Decimal)
        rows += page["items"]
        address = page["next"]
    return rows


def plain(value):
    """A value as CSV writes it; numbers by what they are worth, instants by when they are."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float, Decimal)):
        return str(Decimal(str(value)).normalize() + 0)
    if isinstance(value, datetime):
        value = value if value.tzinfo else value.replace(tzinfo=timezone.utc)
        return value.astimezone(timezone.utc).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return value


def comparable(row, like):
    """A row of any client, made comparable by the types that the JSON feed shows."""
    return {name: typed(row[name], like[name]) for name in like}


def typed(value, like):
    """A value as the feed's own value beside it is written."""
    if value in (None, ""):
        return ""
    if isinstance(like, bool):
        return str(value).lower()
    if isinstance(like, (int, Decimal)):
        return plain(Decimal(str(value)))
    if isinstance(value, str) and isinstance(like, str) and "T" in like and like.endswith("Z"):
        return plain(datetime.fromisoformat(value.replace("Z", "+00:00")))
    return plain(value)


def by_key(rows):
    return {tuple(row[name] for name in KEY_OF_ROW): row for row in rows}


def same(name, found, wanted):
    """Stops unless both have the same rows, cell by cell."""
    found, wanted = by_key(found), by_key(wanted)
    assert found.keys() == wanted.keys(), f"{name}: {found.keys() ^ wanted.keys()}"
    for key, row in wanted.items():
        ours, theirs = comparable(row, row), comparable(found[key], row)
        differ = {column: (theirs[column], ours[column]) for column in ours if theirs[column] != ours[column]}
        assert not differ, f"{name}, {key}: {differ}"
    print(f"{name}: {len(wanted)} rows of {len(row)} columns are the same")


def of_csv(wanted):
    """The rows of CSV. Texts that a spreadsheet would run have an apostrophe in front there, which is taken off."""
    answer = session.get(f"{BASE}/api/v1/observations?format=csv")
    answer.raise_for_status()
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8"), newline="")))
    like = by_key(wanted)
    for row in rows:
        for name, value in row.items():
            plain_text = like[tuple(row[part] for part in KEY_OF_ROW)][name]
            if isinstance(plain_text, str) and value == f"'{plain_text}":
                row[name] = plain_text
    return rows


def of_python_odata(wanted):
    service = ODataService(ROOT, session=session, reflect_entities=True, quiet_progress=True)
    observation = service.entities["Observations"]
    names = wanted[0].keys()

    def read(entity, name):
        value = getattr(entity, name)
        # This client has no missing truth value: it reads null as false.
        return None if value is False and entity.__odata__[name] is None else value

    def rows(query):
        return [{name: read(entity, name) for name in names} for entity in query.all()]

    same("python-odata", rows(service.query(observation)), wanted)
    query = service.query(observation)
    query = query.filter((observation.rag == "red") | (observation.measure_title.contains("'")))
    query = query.filter(observation.value > Decimal("10.5")).filter(observation.quarter_start >= "2024-01-01")
    chosen = [
        row
        for row in wanted
        if (row["rag"] == "red" or "'" in (row["measure_title"] or ""))
        and row["value"] is not None
        and row["value"] > Decimal("10.5")
        and row["quarter_start"] >= "2024-01-01"
    ]
    assert chosen, "no row is chosen"
    same("python-odata, filtered", rows(query.order_by(observation.value.desc())), chosen)
    assert query.count() == len(chosen)
    try:
        service.query(observation).raw({"$filter": "nonsense eq 1"})
    except ODataError as error:
        assert error.code == "invalid_parameter" and "column 1" in error.message, error
    else:
        raise AssertionError("nonsense was answered")


def of_odatapy(wanted):
    client = EdmEnabledODataClient(ROOT, HttpxTransport(auth=BearerAuth(KEY)))
    names = wanted[0].keys()

    def rows(uri, **options):
        entities = client.iter_entities(uri, **options)
        return [{name: entity.get_property(name).value for name in names} for entity in entities]

    same("odatapy, announcing 4.01", rows(client.entity_set_uri("Observations"), max_page_size=100), wanted)
    since = datetime(2024, 1, 1, tzinfo=timezone.utc)
    uri = client.entity_set_uri("Observations").filter(Field("updated_at").ge(since))
    same("odatapy, filtered by an instant", rows(uri), wanted)
    assert client.get_count(client.entity_set_uri("Observations").append_count_segment()) == len(wanted)
    try:
        client.get_entity_set(client.entity_set_uri("Observations").expand("measure"))
    except ODataClientError as error:
        assert error.status_code == 501 and error.error_code == "not_supported", error
    else:
        raise AssertionError("$expand was answered")


def of_sqlalchemy(wanted):
    host = BASE.split("://", 1)[1]
    engine = create_engine(f"odata://anybody:{KEY}@{host}/odata/v1")
    with engine.connect() as connection:
        read = [dict(row._mapping) for row in connection.execute(text('SELECT * FROM "Observations"'))]
        same("sqlalchemy-odata, Basic", read, wanted)
        grouped = connection.execute(text('SELECT rag, count(*) FROM "Observations" WHERE rag IS NOT NULL GROUP BY rag'))
        found = {rag: number for rag, number in grouped}
    counted = {}
    for row in wanted:
        if row["rag"]:
            counted[row["rag"]] = counted.get(row["rag"], 0) + 1
    assert found == counted, (found, counted)
    print(f"sqlalchemy-odata, GROUP BY: {found}")


def main():
    wanted = feed()
    assert len(wanted) > 100, f"only {len(wanted)} rows"
    same("CSV", of_csv(wanted), wanted)
    of_python_odata(wanted)
    of_odatapy(wanted)
    of_sqlalchemy(wanted)


if __name__ == "__main__":
    main()
