"""Refused dossiers, said again as they should have been; and what the province wants a person to see to."""

import pytest

from desk.domain.dossier import Dossier
from desk.domain.errors import NotAllowedNow, NotFound, RoleMissing
from desk.services import notices
from desk.services.correction import correct_dossier
from desk.services.lamp import look, outbox
from desk.services.ports.values import Corrected, LampState, Word
from desk.services.search import find, open_dossier
from desk.services.verify import verify
from sync.protocol.entries import read_body
from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.entries.dossier_corrected import DossierCorrected
from sync.protocol.feed import Notice, Reason, Verdict
from tests import make
from tests.store.stores import HOA, LAN, DeskAtWork

WHY = Reason(vi="Số không khớp", en="The number differs")


def refuses(desk: DeskAtWork, dossier: Dossier) -> str:
    """The province refuses the acceptance; its entry's hash."""
    return judges(desk, dossier, "refused")


def judges(desk: DeskAtWork, dossier: Dossier, word: str) -> str:
    desk.holds_all()
    entry = next(one for one in desk.entries() if one.head.dossier == dossier.id)
    refused = word == "refused"
    verdict = Verdict(
        desk=entry.head.desk,
        epoch=1,
        first=entry.head.seq,
        last=entry.head.seq,
        verdict=word,  # type: ignore[arg-type]
        entry=entry.hash,
        end=entry.hash,
        dossier=dossier.id,
        field="applicant.personal_id" if refused else None,
        reason=WHY if refused else None,
    )
    desk.hears(desk.province.item("verdict", f"{entry.head.desk}/1/{entry.head.seq}", verdict))
    return entry.hash


def corrects(desk: DeskAtWork, code: str, **facts: object) -> Corrected:
    return correct_dossier(code, make.intake(**facts), clerk=LAN, open_work=desk.store.open_work, clock=desk.clock)


def test_it_is_said_again_with_its_code_line_and_hour(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    refused = refuses(desk, taken)
    desk.clock.forward(days=1)

    corrected = corrects(desk, taken.code, applicant=make.party("Khuất Thị Mơ", personal_id="027190009999"))

    body = read_body(desk.entries()[-1])
    assert isinstance(body, DossierCorrected)
    assert (body.corrects, body.reason) == (refused, "applicant.personal_id: Số không khớp")
    assert body.acceptance.code == taken.code
    again = corrected.dossier
    assert (again.id, again.client_id, again.received_at) == (taken.id, taken.client_id, taken.received_at)
    assert (again.register_line, again.due_at) == (taken.register_line, taken.due_at)


def test_the_first_word_stays_and_the_register_shows_the_second(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    refuses(desk, taken)

    corrects(desk, taken.code, applicant=make.party("Khuất Thị Mơ"))

    (first,) = [one for one in desk.entries() if one.head.kind == "dossier_accepted"]
    body = read_body(first)
    assert isinstance(body, DossierAccepted)
    assert body.applicant.full_name == "Nguyễn Thị Lan"
    assert [one.code for one in find("khuat mo", open_reading=desk.store.open_reading)] == [taken.code]
    assert find("nguyen thi lan", open_reading=desk.store.open_reading) == ()
    assert verify(open_reading=desk.store.open_reading).sound


def test_red_stays_until_the_province_took_it(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    refuses(desk, taken)
    opened = open_dossier(taken.code, open_reading=desk.store.open_reading)
    assert (opened.province.word, opened.repairable) == (Word.REFUSED, True)

    corrects(desk, taken.code, applicant=make.party(personal_id="027190009999"))
    assert open_dossier(taken.code, open_reading=desk.store.open_reading).province.word is Word.UNSENT
    desk.holds_all()
    assert open_dossier(taken.code, open_reading=desk.store.open_reading).province.word is Word.UNKNOWN
    assert look(open_reading=desk.store.open_reading).state is LampState.RED

    judges(desk, taken, "applied")

    assert look(open_reading=desk.store.open_reading).refused == 0
    assert outbox(open_reading=desk.store.open_reading).refused == ()


def test_the_slip_goes_out_anew_only_where_it_says_something_else(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    refuses(desk, taken)

    same = corrects(desk, taken.code)
    other = corrects(desk, taken.code, applicant=make.party(personal_id="027190009999"))

    assert (same.slip_changed, other.slip_changed) == (False, True)


def test_money_that_was_taken_is_not_taken_again(desk: DeskAtWork) -> None:
    taken = desk.accepts(fees=(make.fee_line(),))
    refuses(desk, taken)

    corrects(desk, taken.code, fees=(make.fee_line(),))

    assert [one.head.kind for one in desk.entries()].count("fee_taken") == 1


def test_nothing_is_corrected_that_nobody_refused(desk: DeskAtWork) -> None:
    taken = desk.accepts()

    with pytest.raises(NotAllowedNow):
        corrects(desk, taken.code)


def told(desk: DeskAtWork, id: str, *, seen: bool = False, matter: str = "forked") -> None:
    text = Reason(vi="Hai máy là một quầy.", en="Two machines are one desk.")
    notice = Notice(id=id, matter=matter, desk=None, dossier=None, at="2025-07-01T01:15:00.000Z", text=text, seen=seen)
    desk.hears(desk.province.item("notice", id, notice))


def unseen(desk: DeskAtWork) -> list[str]:
    return [one.id for one in notices.unseen(open_reading=desk.store.open_reading)]


def test_what_the_province_says_is_counted_until_a_supervisor_saw_it(desk: DeskAtWork) -> None:
    told(desk, "n1")
    told(desk, "n2", matter="a_matter_of_tomorrow")
    assert (unseen(desk), look(open_reading=desk.store.open_reading).notices) == (["n1", "n2"], 2)

    with pytest.raises(RoleMissing):
        notices.see("n1", clerk=LAN, open_work=desk.store.open_work, clock=desk.clock)
    for _ in range(2):
        notices.see("n1", clerk=HOA, open_work=desk.store.open_work, clock=desk.clock)

    assert unseen(desk) == ["n2"]
    assert [one.head.kind for one in desk.entries()].count("notice_seen") == 1
    assert verify(open_reading=desk.store.open_reading).sound


def test_what_another_desk_saw_is_seen_here(desk: DeskAtWork) -> None:
    told(desk, "n1")

    told(desk, "n1", seen=True)

    assert unseen(desk) == []
    with pytest.raises(NotFound):
        notices.see("n9", clerk=HOA, open_work=desk.store.open_work, clock=desk.clock)
