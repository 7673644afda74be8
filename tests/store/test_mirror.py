"""The mirror of the province: what cannot be believed or understood harms neither the next item nor the last one."""

from typing import Any
from uuid import UUID

import msgspec
import pytest

from desk.domain.dossier import Dossier
from desk.services import people
from desk.services.lamp import look
from desk.services.ports.said import say_dossier
from desk.services.ports.values import LampState, Word
from desk.services.search import find, open_dossier
from desk.services.verify import verify
from sync.protocol import canonical
from sync.protocol.feed import FeedDossier, FeedItem, Numbered, Reason, Verdict
from tests import make
from tests.store.stores import DeskAtWork

SIBLING = UUID(int=9)
PROVISIONAL = "TAM-250701-0123-4567-8901"
OFFICIAL = "H05.09.169-250701-4711"


def _told(desk: DeskAtWork, dossier: Dossier, *, voided: bool = False, **facts: Any) -> FeedItem:
    """A dossier another desk took; `facts` are said in its acceptance."""
    said = msgspec.structs.replace(say_dossier(dossier), **facts)
    told = FeedDossier(id=dossier.id, desk=SIBLING, version=2, dossier=canonical.write(said), voided=voided)
    return desk.province.item("dossier", str(dossier.id), told)


def _set_aside(desk: DeskAtWork) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in desk.sql("SELECT kind, key FROM feed_refused")]


def test_what_a_newer_province_says_of_a_person_locks_nobody_out(desk: DeskAtWork) -> None:
    known = desk.province.staff("lan", "Nguyễn Thị Lan")
    assert known.data is not None
    newer = msgspec.structs.replace(
        known, n=known.n + 1, kind_version=2, data=known.data.replace('"id"', '"badge":"77","id"')
    )

    desk.hears(known, newer)

    assert "Nguyễn Thị Lan" in [one.full_name for one in people.staff(open_reading=desk.store.open_reading)]
    assert _set_aside(desk) == [("staff", "lan")]


def test_a_deletion_by_a_newer_province_deletes(desk: DeskAtWork) -> None:
    gone = msgspec.structs.replace(desk.province.item("staff", "lan", None), kind_version=2)

    desk.hears(gone)

    assert "Nguyễn Thị Lan" not in [one.full_name for one in people.staff(open_reading=desk.store.open_reading)]


@pytest.mark.parametrize(
    "facts",
    [
        {"received_at": "2025-99-99T00:00:00.000Z"},
        {"due_at": "2025-02-30T00:00:00.000Z"},
        {"applicant": msgspec.structs.replace(say_dossier(make.dossier()).applicant, date_of_birth="1980-13-41")},
    ],
    ids=["received", "due", "born"],
)
def test_a_day_that_never_was_is_set_aside_and_stops_nothing(desk: DeskAtWork, facts: dict[str, Any]) -> None:
    strange, ordinary = make.dossier(), make.dossier(n=2)

    desk.hears(_told(desk, strange, **facts), _told(desk, ordinary))

    assert _set_aside(desk) == [("dossier", str(strange.id))]
    assert open_dossier(ordinary.code, open_reading=desk.store.open_reading).dossier.id == ordinary.id


def test_an_item_whose_key_is_another_than_its_own_is_set_aside(desk: DeskAtWork) -> None:
    item = msgspec.structs.replace(_told(desk, make.dossier()), key="somebody")

    desk.hears(item)

    assert _set_aside(desk) == [("dossier", "somebody")]


def test_a_word_taken_back_under_no_key_of_ours_is_set_aside(desk: DeskAtWork) -> None:
    desk.hears(desk.province.item("verdict", "nobody", None), desk.province.policy(keep_months=7))

    assert _set_aside(desk) == [("verdict", "nobody")]


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (0, 2, 1)], ids=["usual", "number first", "told anew before"])
def test_a_siblings_official_code_leads_to_it_whatever_came_first(desk: DeskAtWork, order: tuple[int, ...]) -> None:
    dossier = make.dossier(code=PROVISIONAL, provisional=True)
    numbered = Numbered(dossier=dossier.id, code=OFFICIAL)
    items = [
        _told(desk, dossier),
        desk.province.item("numbered", str(dossier.id), numbered),
        _told(desk, dossier, voided=True),
    ]

    for place in order:
        desk.hears(items[place])

    for typed in ("4711", OFFICIAL):
        (found,) = find(typed, open_reading=desk.store.open_reading)
        assert found.code == OFFICIAL


def test_a_look_that_began_before_the_catalogue_changed_is_not_remembered_after(desk: DeskAtWork) -> None:
    desk.reopened()
    with desk.store.open_reading() as before:
        before.contact.last_heard_at()
        desk.hears(desk.province.policy(codes="province"))
        assert before.reference.policy().codes == "desk"

    with desk.store.open_reading() as after:
        assert after.reference.policy().codes == "province"


def _judged(desk: DeskAtWork, first: int, last: int, verdict: str, **facts: Any) -> FeedItem:
    me = desk.wire.identity().desk
    told = Verdict(desk=me, epoch=1, first=first, last=last, verdict=verdict, **facts)  # type: ignore[arg-type]
    return desk.province.item("verdict", f"{me}/1/{first}", told)


def test_what_a_restored_province_judged_outranks_what_the_former_one_had_refused(desk: DeskAtWork) -> None:
    desk.accepts()
    last = desk.wire.tip().seq
    desk.province.n = 5_000
    refused = _judged(desk, last, last, "refused", field="code", reason=Reason(vi="x", en="x"))
    desk.wire.settle(desk.province.answer([refused], [desk.wire.tip()]))
    assert look(open_reading=desk.store.open_reading).state is LampState.RED

    desk.province.n = 10
    applied = _judged(desk, 1, last, "applied")
    desk.wire.settle(desk.province.answer([applied], [desk.wire.tip()], incarnation="second"))

    assert look(open_reading=desk.store.open_reading).state is LampState.GREEN
    assert verify(open_reading=desk.store.open_reading).findings == ()


def test_within_one_incarnation_the_later_item_is_right_whatever_came_first(desk: DeskAtWork) -> None:
    desk.accepts()
    last = desk.wire.tip().seq
    applied = _judged(desk, 1, last, "applied")
    refused = _judged(desk, last, last, "refused", field="code", reason=Reason(vi="x", en="x"))

    desk.wire.settle(desk.province.answer([applied, refused], [desk.wire.tip()]))

    assert look(open_reading=desk.store.open_reading).refused == 1
    assert verify(open_reading=desk.store.open_reading).findings == ()


@pytest.mark.parametrize("names", ["end", "entry"])
def test_a_judgement_of_a_line_another_machine_wrote_is_none_of_ours(desk: DeskAtWork, names: str) -> None:
    desk.accepts()
    last = desk.wire.tip().seq

    desk.hears(_judged(desk, last, last, "refused", field="code", reason=Reason(vi="x", en="x"), **{names: "f" * 64}))

    assert look(open_reading=desk.store.open_reading).refused == 0
    assert verify(open_reading=desk.store.open_reading).findings == ()


def test_a_run_that_another_machine_went_on_with_is_no_judgement_of_ours_any_more(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    tip = desk.wire.tip()
    desk.hears(_judged(desk, 1, tip.seq, "applied", end=tip.hash), held=[tip])
    assert open_dossier(taken.code, open_reading=desk.store.open_reading).province.word is Word.APPLIED

    desk.hears(_judged(desk, 1, tip.seq + 4, "applied", end="f" * 64), held=[tip])

    assert open_dossier(taken.code, open_reading=desk.store.open_reading).province.word is Word.UNKNOWN
    assert verify(open_reading=desk.store.open_reading).findings == ()


def test_what_a_former_incarnation_says_late_changes_nothing(desk: DeskAtWork) -> None:
    before = desk.province.policy(codes="desk", keep_months=7)
    desk.wire.settle(desk.province.answer([before]))
    desk.wire.settle(desk.province.answer([desk.province.policy(keep_months=9)], incarnation="second"))

    late = desk.province.answer([desk.province.policy(keep_months=5)], offset=None, time="2020-01-01T00:00:00.000Z")
    desk.wire.settle(late)

    with desk.store.open_reading() as memory:
        assert memory.reference.policy().keep_months == 9
