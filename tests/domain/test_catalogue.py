"""The catalogue: what is in force where, what it says, and how it is found."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from desk.domain.catalogue import Catalogue, read_catalogue
from desk.domain.dossier import Channel, FeeKind
from desk.domain.due import Unit
from desk.domain.errors import (
    ChannelNotOffered,
    DocumentRefused,
    NotInThatArea,
    NotValidThatDay,
    Reason,
    UnknownCase,
    UnknownProcedure,
)
from desk.domain.fees import Free, NotSet, PerCase, PerPage
from desk.domain.procedures import Procedure, core_code
from desk.domain.reading import Certainty
from tests import make

TODAY = date(2025, 7, 1)
VU_NINH, BAC_GIANG = "09169", "07210"


def catalogue_of(*procedures: Procedure) -> Catalogue:
    return Catalogue("test", datetime(2025, 7, 1, tzinfo=UTC), procedures)


def broken(change: dict[str, Any], number: int = 0) -> Any:
    """The shipped catalogue with values of one procedure replaced."""
    document = make.document("catalogue/bac-ninh.json")
    document["procedures"][number] |= change
    return document


@pytest.mark.parametrize("code", ["2.000815", "2.000815.000.00.00.H05", "2.000815.000.00.00.H55.02"])
def test_a_procedure_is_found_by_any_spelling_of_its_code(code: str) -> None:
    assert make.catalogue().find(code, TODAY, VU_NINH).code == "2.000815"


def test_a_code_nobody_published_is_unknown() -> None:
    with pytest.raises(UnknownProcedure) as unknown:
        make.catalogue().find("9.999999", TODAY, VU_NINH)

    assert (unknown.value.code, unknown.value.field) == ("9.999999", "procedure")


@pytest.mark.parametrize("day", [date(2025, 6, 30), date(2026, 1, 1)])
def test_a_procedure_outside_its_validity_is_refused(day: date) -> None:
    until_december = make.procedure(valid_to=date(2025, 12, 31))

    with pytest.raises(NotValidThatDay):
        catalogue_of(until_december).find(until_december.code, day, VU_NINH)


def test_both_ends_of_a_validity_are_inside_it() -> None:
    one = make.procedure(valid_to=date(2025, 12, 31))

    found = [catalogue_of(one).find(one.code, day, VU_NINH) for day in (date(2025, 7, 1), date(2025, 12, 31))]

    assert found == [one, one]


def test_versions_of_one_procedure_follow_each_other() -> None:
    old = make.procedure(valid_to=date(2025, 12, 31))
    new = make.procedure(version="2", valid_from=date(2026, 1, 1))
    catalogue = catalogue_of(old, new)

    assert catalogue.find(old.code, date(2025, 12, 31), None).version == "1"
    assert catalogue.find(old.code, date(2026, 1, 1), None).version == "2"


def test_a_re_issued_code_changes_on_its_day() -> None:
    catalogue = make.catalogue()

    assert catalogue.find("1.012796", date(2026, 8, 3), VU_NINH)
    assert catalogue.find("1.115446", date(2026, 8, 4), VU_NINH)
    with pytest.raises(NotValidThatDay):
        catalogue.find("1.012796", date(2026, 8, 4), VU_NINH)


@pytest.mark.parametrize("commune", [BAC_GIANG, None])
def test_a_procedure_of_the_old_province_is_refused_elsewhere(commune: str | None) -> None:
    assert make.catalogue().find("1.006869", TODAY, VU_NINH)

    with pytest.raises(NotInThatArea) as elsewhere:
        make.catalogue().find("1.006869", TODAY, commune)

    assert elsewhere.value.commune == commune


def test_a_procedure_without_a_national_code_goes_by_the_provinces_key() -> None:
    own = make.procedure("H05-DAC-THU-01")

    assert catalogue_of(own).find("H05-DAC-THU-01", TODAY, VU_NINH) is own
    assert not own.has_national_code


def test_certified_copies_are_complete() -> None:
    procedure = make.catalogue().find("2.000815", TODAY, VU_NINH)

    limit = procedure.limit(Channel.DIRECT)
    longer = procedure.limit(Channel.POST, "nhieu-trang")

    assert limit is not None
    assert limit.unit is Unit.SAME_DAY
    assert longer is not None
    assert longer.amount == 2
    assert isinstance(procedure.tariff, PerPage)
    assert procedure.certainty is Certainty.VERIFIED
    assert procedure.requirements


def test_a_birth_registered_late_costs_what_the_province_sets_and_in_time_nothing() -> None:
    procedure = make.catalogue().find("1.001193", TODAY, VU_NINH)

    assert isinstance(procedure.terms("dung-han").tariff, Free)
    assert isinstance(procedure.terms("qua-han").tariff, NotSet)
    assert procedure.terms("qua-han").requirements == procedure.requirements


def test_a_birth_without_a_certificate_asks_for_another_paper() -> None:
    procedure = make.catalogue().find("1.001193", TODAY, VU_NINH)

    papers = [paper.name for paper in procedure.terms("cam-doan").requirements]

    assert "Giấy cam đoan về việc sinh" in papers
    assert "Giấy chứng sinh" not in papers


def test_marital_status_takes_three_working_days_or_with_verification_twenty_three_days() -> None:
    procedure = make.catalogue().find("1.004873", TODAY, VU_NINH)

    limits = [procedure.limit(Channel.DIRECT, case) for case in (None, "xac-minh")]

    assert [(limit.unit, limit.amount) for limit in limits if limit] == [(Unit.WORKING_DAYS, 3), (Unit.DAYS, 23)]
    assert isinstance(procedure.tariff, PerCase)
    assert procedure.tariff.kind is FeeKind.CHARGE


def test_a_case_nobody_published_is_unknown() -> None:
    with pytest.raises(UnknownCase):
        make.catalogue().find("1.004873", TODAY, VU_NINH).limit(Channel.DIRECT, "another")


def test_a_channel_that_is_not_offered_is_refused() -> None:
    with pytest.raises(ChannelNotOffered):
        make.catalogue().find("1.000894", TODAY, VU_NINH).limit(Channel.POST)


def test_limits_can_differ_by_channel() -> None:
    procedure = make.catalogue().procedures[0]
    by_post = {"unit": "working_days", "amount": 2, "text": "02 ngày làm việc"}
    changed = {"direct": {"unit": "hours", "amount": 4, "text": "04 giờ"}, "post": by_post}

    read = read_catalogue(broken({"limits": changed})).find(procedure.code, TODAY, VU_NINH)

    limits = [read.limit(channel) for channel in Channel]
    assert [(limit.unit, limit.amount) for limit in limits if limit] == [(Unit.HOURS, 4), (Unit.WORKING_DAYS, 2)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("chung thuc ban sao", "2.000815"),
        ("chứng thực bản sao", "2.000815"),
        ("ch th ba sa", "2.000815"),
        ("ctbs", "2.000815"),
        ("815", "2.000815"),
        ("2.000815", "2.000815"),
        ("000815", "2.000815"),
        ("khai sinh", "1.001193"),
        ("DANG KY KHAI SINH", "1.001193"),
        ("hon nhan", "1.004873"),
        ("di chuc", "2.001019"),
        ("ket hon", "1.000894"),
    ],
)
def test_a_few_letters_find_the_procedure_first(typed: str, first: str) -> None:
    found = make.catalogue().search(typed, day=TODAY, commune=VU_NINH)

    assert found[0].code == first


def test_accents_that_were_typed_are_preferred() -> None:
    plain, accented = make.procedure("1.000001", name="Khai sinh ma"), make.procedure("1.000002", name="Khai sinh mã")

    found = catalogue_of(plain, accented).search("mã")

    assert [one.code for one in found] == ["1.000002", "1.000001"]


def test_the_field_leads_to_its_procedures_after_those_named_so() -> None:
    found = make.catalogue().search("ho tich", limit=50)

    assert "Hộ tịch" in found[-1].field
    assert all("hộ tịch" in one.name.lower() for one in found[:3])


@pytest.mark.parametrize("typed", ["", "  ", "xyzzy", "9.999999", "|"])
def test_what_matches_nothing_finds_nothing(typed: str) -> None:
    assert make.catalogue().search(typed) == ()


def test_only_what_is_in_force_here_and_today_is_offered() -> None:
    assert make.catalogue().search("hoa tang", day=TODAY, commune=BAC_GIANG) == ()
    assert make.catalogue().search("khai nhan di san", day=date(2025, 12, 1)) == ()
    assert make.catalogue().search("hoa tang")
    assert make.catalogue().search("khai nhan di san")


@pytest.mark.parametrize(
    ("change", "where", "reason"),
    [
        pytest.param({"colour": "red"}, "procedures.0.colour", Reason.UNKNOWN_KEY, id="unknown key"),
        pytest.param({"name": ""}, "procedures.0.name", Reason.EMPTY, id="no name"),
        pytest.param({"source": ""}, "procedures.0.source", Reason.EMPTY, id="from nowhere"),
        pytest.param({"certainty": "sure"}, "procedures.0.certainty", Reason.UNKNOWN_CHOICE, id="surer than sure"),
        pytest.param({"area": ["9169"]}, "procedures.0.area", Reason.BAD_SHAPE, id="no commune"),
        pytest.param({"form_set": "../x"}, "procedures.0.form_set", Reason.BAD_SHAPE, id="a path for a form set"),
        pytest.param({"valid_to": "never"}, "procedures.0.valid_to", Reason.BAD_SHAPE, id="no day"),
        pytest.param({"limits": {"online": None}}, "procedures.0.limits.online", Reason.UNKNOWN_CHOICE, id="channel"),
        pytest.param(
            {"limits": {"direct": {"unit": "hours", "text": "x"}}},
            "procedures.0.limits.direct.amount",
            Reason.OUT_OF_RANGE,
            id="no hours at all",
        ),
        pytest.param(
            {"limits": {"direct": {"unit": "weeks", "amount": 1, "text": "x"}}},
            "procedures.0.limits.direct.unit",
            Reason.UNKNOWN_CHOICE,
            id="weeks",
        ),
        pytest.param({"tariff": {"kind": "barter"}}, "procedures.0.tariff.kind", Reason.UNKNOWN_CHOICE, id="barter"),
        pytest.param(
            {"tariff": {"kind": "free", "amount": 5}}, "procedures.0.tariff.amount", Reason.UNKNOWN_KEY, id="not free"
        ),
        pytest.param(
            {"tariff": {"kind": "per_case", "name": "Phí", "fee_kind": "fee", "amount": 1.5}},
            "procedures.0.tariff.amount",
            Reason.WRONG_TYPE,
            id="money with a point",
        ),
    ],
)
def test_a_catalogue_with_a_mistake_is_refused_with_its_place(
    change: dict[str, Any], where: str, reason: Reason
) -> None:
    with pytest.raises(DocumentRefused) as refused:
        read_catalogue(broken(change))

    assert (refused.value.document, refused.value.path, refused.value.reason) == ("catalogue", where, reason)


def test_a_catalogue_published_at_no_time_is_refused() -> None:
    document = make.document("catalogue/bac-ninh.json") | {"published": "2026-08-04"}

    with pytest.raises(DocumentRefused) as refused:
        read_catalogue(document)

    assert refused.value.path == "published"


@pytest.mark.parametrize("document", [None, [], {}, {"format": 1}, {"format": 2}, "<html>"])
def test_what_is_no_catalogue_is_refused(document: Any) -> None:
    with pytest.raises(DocumentRefused):
        read_catalogue(document)


def test_every_shipped_group_says_where_it_comes_from() -> None:
    for procedure in make.document("catalogue/bac-ninh.json")["procedures"]:
        groups = [procedure, procedure["tariff"], *procedure["requirements"], *procedure.get("cases", [])]
        groups += [limit for limit in procedure["limits"].values() if limit]
        assert all(group["source"] and group["certainty"] for group in groups), procedure["code"]


@pytest.mark.parametrize(("raw", "core"), [("1.014390.H05", "1.014390"), ("1.014.111", "1.014.111"), ("x", "x")])
def test_only_a_national_code_has_a_core(raw: str, core: str) -> None:
    assert core_code(raw) == core
