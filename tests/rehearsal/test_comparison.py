"""Two sides agree only if every field of every dossier does."""

from typing import Any

import pytest

from desk.rehearsal.comparison import Difference, count_fields, differences
from tests import make


def at_the_desk(**facts: Any) -> dict[str, Any]:
    return make.intake_json(client_id="1", code="A", status=2, fee=4000, province="applied", **facts)


def at_the_province(**facts: Any) -> dict[str, Any]:
    return make.intake_json(client_id="1", code="A", status=2, verdict="applied", desk="d", refusal=None, **facts)


def test_the_same_dossier_said_in_both_shapes_agrees() -> None:
    assert differences([at_the_desk()], [at_the_province(case=None, voided=False)]) == []


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"note": "x"}, "note"),
        ({"applicant": make.party_json(phone=None)}, "applicant.phone"),
        ({"requirements": []}, "requirements"),
        ({"status": 9}, "status"),
    ],
)
def test_one_field_that_differs_is_named(changed: dict[str, Any], path: str) -> None:
    assert [one.path for one in differences([at_the_desk()], [at_the_province() | changed])] == [path]


def test_a_dossier_on_one_side_only_is_named() -> None:
    assert differences([at_the_desk()], []) == [Difference("A", "", "there", "missing")]
    assert differences([], [at_the_province()]) == [Difference("A", "", "missing", "there")]


def test_what_the_province_has_not_applied_is_no_agreement() -> None:
    assert [one.path for one in differences([at_the_desk()], [at_the_province() | {"verdict": "waiting"}])] == [
        "verdict"
    ]


def test_fields_are_counted_one_by_one() -> None:
    assert count_fields([{"code": "A", "applicant": {"full_name": "x", "phone": None}, "fee": 1}]) == 3
