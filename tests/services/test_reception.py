"""Accepting: numbers, promises, refusals, and that saying it twice changes nothing."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.domain.dossier import Channel, Payment
from desk.domain.errors import (
    ClockBehind,
    DeskError,
    DuplicateClientId,
    Malformed,
    MissingName,
    NotAllowedNow,
    NotFound,
    NotInThatArea,
    NotValidThatDay,
    UnknownAgency,
    UnknownCase,
    UnknownProcedure,
)
from desk.domain.people import PartyKind
from desk.domain.personal_id import IdPrefixes
from desk.resources import resource
from desk.services import reception
from desk.services.ports.said import mean_dossier, say_dossier
from desk.services.ports.values import Warned
from sync.protocol.entries import read_body
from sync.protocol.entries.dossier_accepted import DossierAccepted
from tests import make
from tests.store.stores import LAN, OTHER_AGENCY, DeskAtWork, FakeClock, Province, at_work, enrolled

PREFIXES = IdPrefixes({"027": "Bắc Ninh"})


def _void(desk: DeskAtWork, code: str, reason: str = "Nhầm người") -> None:
    reception.void_dossier(code, reason, clerk=LAN, open_work=desk.store.open_work, clock=desk.clock)


def test_a_dossier_is_in_the_register_and_in_the_journal_in_one_deed(desk: DeskAtWork) -> None:
    taken = desk.accepts()

    assert (taken.code, taken.provisional) == ("H05.09.169-250701-1017001", False)
    assert (taken.register_book, taken.register_line) == ("2025-1017", 1)
    entry = desk.entries()[-1]
    body = read_body(entry)
    assert isinstance(body, DossierAccepted)
    assert mean_dossier(taken.id, body) == taken
    assert (entry.head.dossier, entry.head.clerk, entry.signature is None) == (taken.id, "lan", False)
    with desk.store.open_reading() as memory:
        assert memory.dossiers.by_code(taken.code).dossier == taken


def test_money_that_was_taken_is_a_fact_of_its_own(desk: DeskAtWork) -> None:
    desk.accepts(fees=(make.fee_line(), make.fee_line(paid=None), make.fee_line(amount=5_000, paid=Payment.TRANSFER)))

    accepted, taken = desk.entries()[-2:]

    assert (taken.head.kind, taken.head.after) == ("fee_taken", accepted.hash)
    assert (accepted.signature, taken.signature is None) == (None, False)
    assert desk.sql("SELECT total FROM payments") == [(14_000,)]


def test_the_same_client_id_twice_changes_nothing_and_tells_the_code(desk: DeskAtWork) -> None:
    client_id = uuid4()
    taken = desk.accepts(client_id=client_id)
    before = desk.entries()

    with pytest.raises(DuplicateClientId) as again:
        desk.accepts(client_id=client_id, applicant=make.party("Ai Khác"))

    assert again.value.code == taken.code
    assert desk.entries() == before
    assert desk.accepts().register_line == 2


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"procedure": "9.999999"}, UnknownProcedure),
        ({"procedure": "2.000815", "case": "no-such-case"}, UnknownCase),
        ({"resolving_agency": "H05.99.999"}, UnknownAgency),
        ({"applicant": make.party("")}, MissingName),
        ({"received_at": make.TUESDAY + timedelta(hours=1)}, Malformed),
        ({"received_at": make.TUESDAY - timedelta(days=40)}, NotValidThatDay),
    ],
)
def test_what_is_refused_leaves_no_trace_and_spends_no_number(
    desk: DeskAtWork, facts: dict[str, Any], error: type[DeskError]
) -> None:
    before = desk.entries()

    with pytest.raises(error):
        desk.accepts(**facts)

    assert desk.entries() == before
    assert desk.accepts().code == "H05.09.169-250701-1017001"


def test_a_procedure_of_another_area_is_refused_here(desk: DeskAtWork) -> None:
    document = json.loads(resource("catalogue/bac-ninh.json").read_text("utf-8")) | {"version": "elsewhere"}
    for procedure in document["procedures"]:
        procedure["area"] = ["07210"]
    desk.hears(desk.province.catalogue(json.dumps(document, ensure_ascii=False)))

    with pytest.raises(NotInThatArea):
        desk.accepts()


def test_each_agency_and_each_day_has_a_counter_of_its_own(desk: DeskAtWork) -> None:
    codes = [desk.accepts().code, desk.accepts(resolving_agency=OTHER_AGENCY).code, desk.accepts().code]
    desk.clock.forward(days=1)

    codes.append(desk.accepts().code)

    assert codes == [
        "H05.09.169-250701-1017001",
        "H05.00-250701-1017001",
        "H05.09.169-250701-1017002",
        "H05.09.169-250702-1017001",
    ]


def test_the_thousandth_dossier_of_a_day_gets_a_provisional_code(desk: DeskAtWork) -> None:
    with desk.store.open_work() as work:
        for _ in range(998):
            work.count("code H05.09.169 250701")
        work.commit()

    last, first_past, other = desk.accepts(), desk.accepts(), desk.accepts(resolving_agency=OTHER_AGENCY)

    assert (last.code, last.provisional) == ("H05.09.169-250701-1017999", False)
    assert first_past.code.startswith("TAM-250701-")
    assert first_past.provisional
    assert not other.provisional
    assert first_past.register_line == last.register_line + 1


def test_a_province_that_numbers_by_itself_gets_provisional_codes_only(desk: DeskAtWork) -> None:
    desk.hears(desk.province.policy(codes="province"))

    codes = {desk.accepts().code for _ in range(5)}

    assert len(codes) == 5
    assert all(code.startswith("TAM-250701-") for code in codes)


def test_a_clock_behind_the_journal_stops_the_counter_until_somebody_confirms_the_day(desk: DeskAtWork) -> None:
    desk.accepts()
    desk.clock.forward(days=-1)
    before = desk.entries()

    with pytest.raises(ClockBehind) as behind:
        desk.accepts(procedure="2.000815")

    assert (behind.value.last, desk.entries()) == (make.TUESDAY, before)
    desk.clock.forward(days=1, minutes=-6)
    with pytest.raises(ClockBehind):
        desk.accepts()
    assert desk.accepts(confirmed=True).register_line == 2


def test_a_clock_a_few_minutes_back_is_nobody_s_business(desk: DeskAtWork) -> None:
    desk.accepts()
    desk.clock.forward(minutes=-4)

    assert desk.accepts().register_line == 2


def test_the_clock_s_offset_to_the_province_is_written_into_every_head(desk: DeskAtWork) -> None:
    desk.wire.settle(desk.province.answer((), offset=-90_000))

    desk.accepts()

    assert desk.entries()[-1].head.offset == -90_000


def test_a_desk_that_never_heard_of_a_catalogue_says_so(tmp_path: Path) -> None:

    desk = enrolled(tmp_path)

    with pytest.raises(NotFound):
        desk.accepts()
    desk.store.close()


def test_a_voided_dossier_stays_in_the_register_and_its_number_is_not_given_again(desk: DeskAtWork) -> None:
    taken = desk.accepts()

    _void(desk, taken.code)

    with desk.store.open_reading() as memory:
        assert memory.dossiers.by_code(taken.code).voided
    assert desk.accepts().code == "H05.09.169-250701-1017002"
    with pytest.raises(NotAllowedNow):
        _void(desk, taken.code)


def test_voiding_asks_for_a_reason_and_a_dossier_of_this_desk(desk: DeskAtWork) -> None:
    taken = desk.accepts()

    with pytest.raises(Malformed):
        _void(desk, taken.code, "  ")
    with pytest.raises(NotFound):
        _void(desk, "H05.09.169-250701-1017099")


def test_the_preview_promises_what_accepting_then_does(desk: DeskAtWork) -> None:
    intake = make.intake(requirements=(make.requirement(copies=3, pages=4),))

    seen = reception.preview(intake, open_reading=desk.store.open_reading, clock=desk.clock, prefixes=PREFIXES)

    taken = desk.accepts(requirements=intake.requirements)
    assert (seen.due_at, seen.fees, seen.time_limit) == (taken.due_at, taken.fees, taken.time_limit)


def test_the_preview_warns_and_names_what_is_missing_without_stopping(desk: DeskAtWork) -> None:
    odd = make.party("", kind=PartyKind.CITIZEN, personal_id="999180001234")

    seen = reception.preview(
        make.intake(applicant=odd, requirements=()),
        open_reading=desk.store.open_reading,
        clock=desk.clock,
        prefixes=PREFIXES,
    )

    assert Warned("unknown_prefix", "applicant.personal_id") in seen.warnings
    assert seen.missing


NAMES = st.text(st.characters(categories=["L", "Nd", "Pd"], max_codepoint=0x1EFF), min_size=1, max_size=60)


@settings(max_examples=100)
@given(
    name=NAMES, note=st.text(st.characters(exclude_categories=["C"]), max_size=200), channel=st.sampled_from(Channel)
)
def test_what_is_meant_is_what_is_said_and_said_again(name: str, note: str, channel: Channel) -> None:
    dossier = make.dossier(applicant=make.party(name), owner=make.party(name + "x"), note=note, channel=channel)

    assert mean_dossier(dossier.id, say_dossier(dossier)) == replace(dossier)


def test_a_desk_in_another_year_opens_another_book(tmp_path: Path) -> None:
    desk = at_work(tmp_path, Province(desk_number=1999), clock=FakeClock(make.TUESDAY))
    desk.accepts()
    desk.clock.forward(days=365)

    taken = desk.accepts()

    assert (taken.register_book, taken.register_line) == ("2026-1999", 1)
    desk.store.close()
