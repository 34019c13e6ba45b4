"""The client that openapi-python-client makes of the document, driven as a council's system would: push a figure, have it approved by
somebody else, read it back, and read the reason of a refusal. Type-checked by mypy beside the client itself.

    BASE_URL=... PROVIDER_KEY=... OFFICER_KEY=... python round_trip.py MEASURE QUARTER
"""

import io
import os
import sys
from typing import TypeVar

from performance_framework_client import AuthenticatedClient
from performance_framework_client.api.imports import create_import
from performance_framework_client.api.measures import get_measure
from performance_framework_client.api.quarterly_submissions import (
    approve_quarterly_submission,
    delete_quarterly_submission,
    get_quarterly_submission,
    list_quarterly_submissions,
    put_quarterly_submission,
    submit_quarterly_submission,
)
from performance_framework_client.models import Narrative, Problem, Receipt, Submission, SubmissionBody, SubmissionState
from performance_framework_client.types import File, Response

T = TypeVar("T")
CHALLENGES = "Two vacancies in the team."


def succeeded(response: Response[T | Problem], status: int) -> T:
    """What was answered, which must be with this status and no problem."""
    answer = response.parsed
    assert response.status_code == status, f"{response.status_code}, not {status}: {response.content.decode()}"
    assert answer is not None and not isinstance(answer, Problem), answer
    return answer


def body(quarter: str, numerator: float, denominator: float) -> SubmissionBody:
    narrative = Narrative.from_dict({"challenges": CHALLENGES})
    return SubmissionBody(data_period=quarter, numerator=numerator, denominator=denominator, narrative=narrative)


def main(measure: str, quarter: str) -> None:
    base = os.environ["BASE_URL"]
    provider = AuthenticatedClient(base_url=base, token=os.environ["PROVIDER_KEY"])
    officer = AuthenticatedClient(base_url=base, token=os.environ["OFFICER_KEY"])
    pushed = put_quarterly_submission.sync_detailed

    title = succeeded(get_measure.sync_detailed(measure, client=provider), 200).title
    first = succeeded(pushed(measure, quarter, client=provider, body=body(quarter, 84, 110)), 201)
    again = succeeded(pushed(measure, quarter, client=provider, body=body(quarter, 84, 110)), 200)
    assert first == again, "the same figure sent again changes nothing"
    assert again.value == 76.4, again.value
    csv = f"measure,quarter,data_period,numerator,denominator,narrative.challenges\n{measure},{quarter},{quarter},84,110,{CHALLENGES}\n"
    imported = create_import.sync_detailed(client=provider, body=File(payload=io.BytesIO(csv.encode())))
    assert isinstance(imported.parsed, Receipt) and imported.parsed.counts.unchanged == 1, imported

    refused = pushed(measure, quarter, client=provider, body=body(quarter, 111, 110))
    assert refused.status_code == 422 and isinstance(refused.parsed, Problem), refused
    fault = refused.parsed.errors[0]
    assert (refused.parsed.code, fault.pointer) == ("validation_failed", "/numerator"), refused.parsed

    succeeded(submit_quarterly_submission.sync_detailed(measure, quarter, client=provider), 200)
    own = approve_quarterly_submission.sync_detailed(measure, quarter, client=provider)
    assert own.status_code == 403 and isinstance(own.parsed, Problem), own
    approved = succeeded(approve_quarterly_submission.sync_detailed(measure, quarter, client=officer), 200)
    assert approved.state is SubmissionState.APPROVED, approved.state

    kept = delete_quarterly_submission.sync_detailed(measure, quarter, client=provider)
    assert kept.status_code == 409 and isinstance(kept.parsed, Problem), kept
    read = succeeded(get_quarterly_submission.sync_detailed(measure, quarter, client=officer), 200)
    assert isinstance(read, Submission) and read == approved
    page = succeeded(list_quarterly_submissions.sync_detailed(client=officer, measure=measure, quarter=quarter), 200)
    assert page.items == [approved], page.items
    print(f"Python: {measure} ({title}) {quarter} pushed, refused, handed in, approved and read back: {read.value}")


if __name__ == "__main__":
    main(*sys.argv[1:])
