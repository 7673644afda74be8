"""Judging: what the province makes of what it holds, and how desks hear of it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from sync.protocol.entries.bodies_erased import BodiesErased, ErasedBody
from sync.protocol.entries.dossier_accepted import SaidFee
from sync.protocol.entries.dossier_voided import DossierVoided
from sync.protocol.entries.fee_taken import FeeTaken
from sync.protocol.entries.pin_set import PinSet
from sync.protocol.entries.slip_confirmed import SlipConfirmed
from sync.protocol.entries.slip_issued import SlipIssued
from sync.protocol.feed import Verdict
from sync.protocol.instant import write_instant
from tests.province.desk_driver import TUESDAY, Answer, DeskDriver, verdicts
from tests.servers import Province

_PAID = FeeTaken(fees=(SaidFee(name="Phí", kind="fee", amount=2_000, count=2, paid="cash"),), total=4_000)
_PROVISIONAL = "TAM-250701-0123-4567-8901"


def _last(answer: Answer) -> Verdict:
    """Of the newest entry the answer speaks of."""
    return max(verdicts(answer).items())[1]


def test_a_province_with_tails_on_its_procedure_codes_means_the_same_procedure(desk: DeskDriver) -> None:
    desk.accept(procedure="2.000815.000.00.00.H05")

    assert _last(desk.exchange()).verdict == "applied"


def test_a_desk_takes_dossiers_for_any_agency_of_the_province(desk: DeskDriver) -> None:
    desk.accept(resolving_agency="H05.07.210")

    assert _last(desk.exchange()).verdict == "applied"


def test_siblings_never_hear_of_a_dossier_that_was_refused_and_then_voided(
    province: Province, desk: DeskDriver
) -> None:
    sibling = DeskDriver.enrol(province.url, province.code())
    dossier = desk.accept(received_at="2025-99-99T00:00:00.000Z")
    desk.write(DossierVoided(reason="Nhầm người"), dossier=dossier)

    desk.exchange()

    assert sibling.read_all().of("dossier") == []


def test_a_code_belongs_to_one_dossier(desk: DeskDriver) -> None:
    desk.accept(code=desk.code(7))
    desk.accept(code=desk.code(7))

    last = _last(desk.exchange())

    assert (last.verdict, last.field) == ("refused", "code")


def test_a_sibling_cannot_use_this_desks_number(province: Province, desk: DeskDriver) -> None:
    sibling = DeskDriver.enrol(province.url, province.code())
    sibling.accept(code=desk.code(1))

    assert _last(sibling.exchange()).field == "code"


def test_a_dossier_taken_in_twice_is_refused_the_second_time(desk: DeskDriver) -> None:
    dossier = desk.accept(code=desk.code(1))
    desk.accept(dossier, code=desk.code(1))

    last = _last(desk.exchange())

    assert (last.verdict, last.field) == ("refused", "dossier")


def test_an_entry_waits_for_its_cause_from_another_desk_and_is_applied_when_it_comes(
    province: Province, desk: DeskDriver
) -> None:
    dossier = desk.accept()
    sibling = DeskDriver.enrol(province.url, province.code())
    sibling.last_of[dossier] = desk.tip.hash
    sibling.write(_PAID, dossier=dossier)
    sibling.write(DossierVoided(reason="Nhận nhầm"), dossier=dossier)

    waiting = sibling.exchange()
    assert [verdicts(waiting)[1, seq].verdict for seq in (2, 3)] == ["waiting", "waiting"]

    desk.exchange()

    applied = verdicts(sibling.exchange())
    assert [applied[1, seq].verdict for seq in (2, 3)] == ["applied", "applied"]
    assert province.command("dossiers")[0]["voided"] is True


def test_what_happened_is_applied_even_where_its_dossier_was_refused(desk: DeskDriver) -> None:
    slip = uuid4()
    dossier = desk.accept(procedure="9.999999")
    desk.write(
        _PAID,
        SlipIssued(slip=slip, issue=1, form="tt03-2025-mau-01", code=desk.code(1)),
        SlipConfirmed(slip=slip, outcome="printed"),
        dossier=dossier,
    )

    answer = verdicts(desk.exchange())

    assert [answer[1, seq].verdict for seq in (2, 3, 4, 5)] == ["refused", "applied", "applied", "applied"]


def test_a_void_dossier_stays_listed_as_void_and_its_code_spent(province: Province, desk: DeskDriver) -> None:
    dossier = desk.accept(code=desk.code(5))
    desk.write(DossierVoided(reason="Nhận nhầm"), dossier=dossier)
    desk.accept(code=desk.code(5))

    last = _last(desk.exchange())

    assert (last.verdict, last.field) == ("refused", "code")
    assert [one["voided"] for one in province.command("dossiers") if one["verdict"] == "applied"] == [True]


def test_another_agency_cannot_void_a_dossier(province: Province, desk: DeskDriver) -> None:
    dossier = desk.accept()
    desk.exchange()
    stranger = DeskDriver.enrol(province.url, province.code("H05.07.210"))
    stranger.write(DossierVoided(reason="…"), dossier=dossier)

    assert _last(stranger.exchange()).verdict == "refused"
    assert province.command("dossiers")[0]["voided"] is False


@pytest.mark.parametrize("codes", ["desk", "province"])
def test_a_provisional_dossier_gets_an_official_code_of_the_provinces_own(
    province: Province, desk: DeskDriver, codes: str
) -> None:
    province.command("policy", "--codes", codes)
    dossier = desk.accept(code=_PROVISIONAL, provisional=True)
    desk.accept(code=_PROVISIONAL.replace("0123", "0124"), provisional=True)

    (first, second) = desk.read_all().of("numbered")

    assert (first.dossier, first.code) == (dossier, "H05.09.169-250701-0001")
    assert second.code == "H05.09.169-250701-0002"
    assert province.command("dossiers", first.code)[0]["provisional_code"] == _PROVISIONAL
    assert province.command("dossiers", _PROVISIONAL)[0]["code"] == first.code


def test_an_officers_refusal_reaches_the_desk_and_splits_what_was_applied(province: Province, desk: DeskDriver) -> None:
    for _ in range(3):
        desk.accept()
    desk.exchange()

    province.command(
        "refuse", desk.code(2), "--field", "requirements", "--reason-vi", "Thiếu", "--reason-en", "Missing"
    )

    told = verdicts(desk.exchange())
    assert told[1, 3].verdict == "refused"
    assert told[1, 3].field == "requirements"
    assert {seq: told[1, seq].verdict for seq in (1, 2, 4)} == dict.fromkeys((1, 2, 4), "applied")
    assert province.command("dossiers", desk.code(2))[0]["refusal"]["reason"] == {"vi": "Thiếu", "en": "Missing"}


def test_whoever_reads_the_feed_late_ends_with_the_same_verdicts(province: Province, desk: DeskDriver) -> None:
    seen: dict[tuple[int, int], Verdict] = {}
    for round_ in range(4):
        for n in range(3):
            desk.accept(procedure="9.999999" if n == round_ % 3 else "2.000815")
        seen |= verdicts(desk.exchange())
        province.command("refuse", desk.code(3 * round_ + 2), "--field", "note", "--reason", "…")
        seen |= verdicts(desk.exchange())

    desk.incarnation, desk.cursor = None, ""

    assert verdicts(desk.read_all()) == seen
    assert sorted(seq for _, seq in seen) == list(range(1, len(desk.journal) + 1))


def test_a_pin_code_is_spent_when_a_pin_was_set_with_it(province: Province, desk: DeskDriver) -> None:
    province.command("staff", "add", "Trần Thị Mai", "--agency", "H05.09.169")
    before = {person.id: person for person in desk.exchange().of("staff")}
    assert before["tran-thi-mai"].pin_code is not None

    desk.supervisor = "tran-thi-mai"
    desk.write(PinSet(on="code"))

    (after,) = desk.exchange().of("staff")
    assert (after.id, after.pin_code) == ("tran-thi-mai", None)


def test_erased_bodies_are_not_asked_for_again(province: Province, desk: DeskDriver) -> None:
    """A desk keeps persons only as long as the law says; what it had sent stays with the province."""
    dossier = desk.accept()
    sent = desk.journal[-1]
    desk.write(_PAID, dossier=dossier)
    paid = desk.journal[-1]
    desk.journal[-1] = type(paid)(paid.head_text, None, None, paid.signature)
    erased = tuple(
        ErasedBody(epoch=1, seq=entry.head.seq, hash=entry.hash, commitment=entry.head.commitment)
        for entry in (sent, paid)
    )
    desk.write(BodiesErased(ground="retention", basis="Điều 1", erased=erased), dossier=dossier)

    answer = desk.exchange()

    assert answer.down.held == (desk.tip,)
    assert answer.down.wanted == ()
    assert {verdict.verdict for verdict in verdicts(answer).values()} == {"applied"}
    assert province.command("dossiers")[0]["applicant"]["full_name"] == "Nguyễn Thị Lan"


def test_a_due_date_lies_in_the_answer_as_it_was_promised(province: Province, desk: DeskDriver) -> None:
    desk.accept(due_at=write_instant(TUESDAY + timedelta(days=2)))
    desk.exchange()

    assert province.command("dossiers")[0]["due_at"] == "2025-07-03T08:15:00+07:00"
