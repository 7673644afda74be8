"""What the province refuses in an acceptance, each with its field and its reason."""

from typing import Any

import pytest

from tests.province.desk_driver import DeskDriver, verdicts
from tests.servers import Province


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Which database lies behind makes no difference here."""
    return sqlite_url


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"procedure": "9.999999"}, "procedure"),
        ({"received_at": "1999-07-01T01:15:00.000Z", "code": "H05.09.169-990701-1000001"}, "procedure"),
        ({"received_at": "2025-02-30T01:15:00.000Z"}, "received_at"),
        ({"received_at": "9999-12-31T23:15:00.000Z"}, "received_at"),
        ({"due_at": "2025-13-01T01:15:00.000Z"}, "due_at"),
        ({"resolving_agency": "H22.01"}, "resolving_agency"),
        ({"receiving_agency": "H22.01"}, "receiving_agency"),
        ({"code": "H05.09.169-250701-9999001"}, "code"),
        ({"code": "H05.09.169-250702-1000001"}, "code"),
        ({"code": "H05.07.210-250701-1000001"}, "code"),
        ({"code": "H05.09.169-250701-0001"}, "code"),
        ({"code": "H05.09.169-250701-1000000"}, "code"),
        ({"code": "no code"}, "code"),
        ({"code": "H05.09.169-250701-1000001", "provisional": True}, "code"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(f"{k} {v}" for k, v in value.items()),
)
def test_a_fault_is_refused_with_field_and_reason_in_both_languages_and_stops_nothing(
    province: Province, desk: DeskDriver, facts: dict[str, Any], field: str
) -> None:
    desk.accept(**facts)
    good = desk.accept()

    answer = desk.exchange()

    refused = verdicts(answer)[1, 2]
    assert (refused.verdict, refused.field) == ("refused", field)
    assert refused.reason is not None
    assert refused.reason.vi
    assert refused.reason.en
    assert verdicts(answer)[1, 3].verdict == "applied"
    listed = {one["verdict"]: one for one in province.command("dossiers")}
    assert listed["refused"]["refusal"]["field"] == field
    assert good
