"""The tree of errors: drawn as it is, full of facts, and silent about persons."""

import re
from datetime import date

from desk.domain import errors
from desk.domain.errors import DeskError, Malformed, NotFound, NotValidThatDay, Reason


def family_of(error: type[DeskError]) -> list[type[DeskError]]:
    return [error, *(one for child in error.__subclasses__() for one in family_of(child))]


def test_the_drawing_at_the_top_names_every_error_and_no_other() -> None:
    drawn = re.findall(r"[├└]── (\w+)", errors.__doc__ or "")

    assert sorted(drawn) == sorted(
        one.__name__ for one in family_of(DeskError)[1:] if one.__module__ == errors.__name__
    )


def test_an_error_carries_its_facts_by_name() -> None:
    assert NotValidThatDay("2.000815", date(2025, 6, 1)).facts == {"code": "2.000815", "day": date(2025, 6, 1)}
    assert DeskError().facts == {}


def test_an_error_says_which_field_to_put_right() -> None:
    assert Malformed("applicant.phone", "phone", Reason.BAD_SHAPE).field == "applicant.phone"
    assert NotValidThatDay("2.000815", date(2025, 6, 1)).field == "procedure"
    assert NotFound("dossier", "x").field is None


def test_an_error_in_the_log_is_its_name_and_its_facts() -> None:
    assert str(NotFound("dossier", "H05-250701-1017001")) == "NotFound(kind=dossier, key=H05-250701-1017001)"
