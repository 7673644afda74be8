"""Results that leave the office."""

from datetime import timedelta
from uuid import uuid4

import pytest

from desk.domain.dossier import Status
from desk.domain.errors import Malformed, NotAllowedNow, NotFound
from desk.services.erase import erase_dossier
from desk.services.hand_over import hand_over
from desk.services.ports.said import say_dossier
from desk.services.ports.values import HandOver, Recipient, Word
from desk.services.reception import void_dossier
from desk.services.search import find, needs_me, open_dossier
from desk.services.verify import verify
from desk.store.files import FileBox
from sync.protocol import canonical
from sync.protocol.feed import FeedDossier, StatusTold, Verdict
from sync.protocol.instant import write_instant
from tests import make
from tests.store.stores import HOA, LAN, DeskAtWork


def given(desk: DeskAtWork, **facts: object) -> HandOver:
    usual: dict[str, object] = {"at": desk.clock.now, "to": Recipient.APPLICANT, "full_name": "Nguyễn Thị Lan"}
    return HandOver(**usual | facts)  # type: ignore[arg-type]


def hands_over(desk: DeskAtWork, code: str, *, again: bool = False, **facts: object) -> None:
    one = given(desk, **facts)
    hand_over(code, one, clerk=LAN, open_work=desk.store.open_work, clock=desk.clock, again=again)


def sibling(desk: DeskAtWork) -> tuple[str, str]:
    """A dossier of another desk; its code, and the newest entry about it the province judged."""
    theirs = make.dossier(n=7, desk_number=2024)
    told = FeedDossier(
        id=theirs.id, desk=uuid4(), version=2, dossier=canonical.write(say_dossier(theirs)), last="ab" * 32
    )
    desk.hears(desk.province.item("dossier", str(theirs.id), told))
    return theirs.code, "ab" * 32


def test_it_is_shown_as_handed_over_at_once(desk: DeskAtWork) -> None:
    taken = desk.accepts()

    hands_over(desk, taken.code, personal_id="027180001234")

    opened = open_dossier(taken.code, open_reading=desk.store.open_reading)
    assert (opened.status, opened.province.word) == (Status.HANDED_OVER, Word.UNSENT)
    assert opened.hand_overs == (given(desk, personal_id="027180001234"),)
    assert [one.status for one in find("lan", open_reading=desk.store.open_reading)] == [Status.HANDED_OVER]
    assert opened.history[-1].what == "result_handed_over"
    assert verify(open_reading=desk.store.open_reading).sound


def test_what_was_given_out_is_not_late_any_more(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    desk.clock.forward(days=1)

    def needed() -> list[str]:
        found = needs_me(open_reading=desk.store.open_reading, clock=desk.clock)
        return [one.code for one in found if one.need is not None]

    assert needed() == [taken.code]
    hands_over(desk, taken.code)
    assert needed() == []


def test_a_later_word_of_the_province_lies_on_top(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    hands_over(desk, taken.code)

    later = write_instant(desk.clock.now + timedelta(hours=1))
    told = StatusTold(dossier=taken.id, code=taken.code, status=4, at=later, by="cán bộ")
    desk.hears(desk.province.item("status", str(taken.id), told))

    assert open_dossier(taken.code, open_reading=desk.store.open_reading).status is Status.IN_PROGRESS


def test_a_siblings_dossier_comes_after_what_the_province_told_of_it(desk: DeskAtWork) -> None:
    code, last = sibling(desk)

    hands_over(desk, code)

    assert desk.entries()[-1].head.after == last
    assert open_dossier(code, open_reading=desk.store.open_reading).status is Status.HANDED_OVER


def test_that_it_waits_for_the_other_desk_is_said_with_since_when(desk: DeskAtWork) -> None:
    code, _ = sibling(desk)
    hands_over(desk, code)
    entry = desk.entries()[-1]
    desk.holds_all()

    waiting = Verdict(
        desk=entry.head.desk,
        epoch=1,
        first=entry.head.seq,
        last=entry.head.seq,
        verdict="waiting",
        entry=entry.hash,
        end=entry.hash,
        dossier=entry.head.dossier,
    )
    desk.hears(desk.province.item("verdict", f"{entry.head.desk}/1/{entry.head.seq}", waiting))

    word = open_dossier(code, open_reading=desk.store.open_reading).province
    assert (word.word, word.since) == (Word.WAITING, desk.clock.now)


def test_twice_at_one_desk_has_to_be_meant(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    hands_over(desk, taken.code)

    with pytest.raises(NotAllowedNow):
        hands_over(desk, taken.code)
    hands_over(desk, taken.code, again=True)

    assert len(open_dossier(taken.code, open_reading=desk.store.open_reading).hand_overs) == 2


def test_nonsense_is_refused(desk: DeskAtWork) -> None:
    taken, voided = desk.accepts(), desk.accepts()
    void_dossier(voided.code, "Nhầm", clerk=LAN, open_work=desk.store.open_work, clock=desk.clock)

    with pytest.raises(Malformed):
        hands_over(desk, taken.code, full_name=" ")
    with pytest.raises(Malformed):
        hands_over(desk, taken.code, at=desk.clock.now + timedelta(hours=1))
    with pytest.raises(NotAllowedNow):
        hands_over(desk, voided.code)
    with pytest.raises(NotFound):
        hands_over(desk, "H05.09.169-250701-9999001")


def test_when_a_dossier_is_forgotten_so_is_who_took_its_result(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    hands_over(desk, taken.code, full_name="Khuất Thị Mơ", personal_id="027180009999")
    desk.holds_all()

    erase_dossier(
        taken.code,
        "request",
        "số 12",
        clerk=HOA,
        files=FileBox(desk.home),
        open_work=desk.store.open_work,
        clock=desk.clock,
    )

    assert desk.sql("SELECT full_name, personal_id FROM hand_overs") == [(None, None)]
    assert verify(open_reading=desk.store.open_reading).sound
