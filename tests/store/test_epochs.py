"""One desk, several epochs: why each began, which number it has, and what it makes of lines others wrote."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from desk.domain.codes import is_provisional
from desk.domain.errors import NotAllowedNow, WrongSpokenNumber
from desk.services import epochs
from desk.services.ports.values import EpochReason
from desk.services.slips import issue_slip
from desk.services.verify import verify
from desk.store.store import FILE
from sync.protocol.certificates import DeskCertificate, certify_desk
from sync.protocol.entries import read_body
from sync.protocol.entries.epoch_opened import EpochOpened
from sync.protocol.entry import Tip
from sync.protocol.signing import Signed, public
from sync.protocol.slip_number import read_slip_number
from sync.protocol.spoken_number import speak_number
from tests.store.stores import LAN, DeskAtWork, opened
from tests.store.units import UNITS

BOARD, OTHER_BOARD = {"board": "1" * 64}, {"board": "2" * 64}


def _moves(desk: DeskAtWork, features: dict[str, str]) -> bool:
    return epochs.look_at_machine(features, open_work=desk.store.open_work, clock=desk.clock, software="test")


def _number(desk: DeskAtWork) -> int | None:
    with desk.store.open_reading() as memory:
        return memory.identity.desk().number


def _foreign(epoch: int, seq: int, letter: str = "f") -> Tip:
    return Tip(epoch=epoch, seq=seq, hash=letter * 64)


def _certified(desk: DeskAtWork, epoch: int, number: int) -> Signed:
    me = desk.wire.identity()
    return certify_desk(
        desk.province.key,
        DeskCertificate(
            province="H05",
            desk=me.desk,
            agency="H05.09.169",
            epoch=epoch,
            number=number,
            key=public(me.key),
            seal=me.seal.public_key().public_bytes_raw().hex(),
            not_before="2025-01-01T00:00:00.000Z",
            not_after="2035-01-01T00:00:00.000Z",
        ),
    )


def _is_certified(desk: DeskAtWork, number: int) -> None:
    known = [desk.wire.tip()]
    desk.wire.settle(desk.province.answer(held=known, desk=_certified(desk, known[0].epoch, number)))


def _copied(desk: DeskAtWork, to: Path) -> DeskAtWork:
    """The home as somebody copies it from a disk that is at rest."""
    desk.reopened()
    desk.store.close()
    to.mkdir()
    shutil.copy(desk.home / FILE, to / FILE)
    desk.reopened()
    twin = opened(to)
    twin.province, twin.clock = desk.province, desk.clock
    return twin


def test_the_same_machine_goes_on_and_another_one_begins_an_epoch_at_once(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    assert not _moves(desk, BOARD)
    before = desk.wire.tip()

    assert not _moves(desk, BOARD)
    assert _moves(desk, OTHER_BOARD)

    with desk.store.open_reading() as memory:
        current = memory.epochs.current()
    assert current is not None
    assert (current.reason, current.parent) == (EpochReason.MOVED, before)
    assert before.epoch < current.epoch <= before.epoch + 256
    assert not taken.provisional
    assert is_provisional(desk.accepts().code)
    assert not _moves(desk, OTHER_BOARD)


def test_what_is_not_known_on_both_sides_is_not_compared(desk: DeskAtWork) -> None:
    _moves(desk, BOARD)

    assert not _moves(desk, {"disk": "3" * 64})
    assert not _moves(desk, {})
    assert _moves(desk, OTHER_BOARD | {"disk": "3" * 64})


def test_epochs_of_any_number_of_digits_are_what_the_journal_says(desk: DeskAtWork) -> None:
    _moves(desk, BOARD)
    for heard_of, board in ((1_999, OTHER_BOARD), (9_999, BOARD)):
        desk.wire.fork_met((_foreign(heard_of, 5),))
        assert _moves(desk, board)

    assert desk.wire.tip().epoch >= 10_000
    assert verify(open_reading=desk.store.open_reading).findings == ()


def test_a_new_epoch_counts_its_own_register_book_and_its_own_codes(desk: DeskAtWork) -> None:
    first = desk.accepts()
    _moves(desk, BOARD)
    _moves(desk, OTHER_BOARD)

    provisional = desk.accepts()
    _is_certified(desk, 2044)
    official = desk.accepts()

    with desk.store.open_reading() as memory:
        opening = memory.identity.desk().opening
    books = [(one.register_book, one.register_line) for one in (first, provisional, official)]
    assert books == [("2025-1017", 1), (f"2025-T{opening[:8]}", 1), ("2025-2044", 1)]
    assert official.code == "H05.09.169-250701-2044001"


def test_the_certificate_of_a_new_epoch_gives_its_number_and_that_of_a_foreign_one_gives_none(
    desk: DeskAtWork,
) -> None:
    _moves(desk, BOARD)
    _moves(desk, OTHER_BOARD)
    epoch = desk.wire.tip().epoch
    assert _number(desk) is None

    desk.wire.settle(desk.province.answer(held=[desk.wire.tip()], desk=_certified(desk, epoch + 1, 3001)))
    assert _number(desk) is None
    _is_certified(desk, 2044)

    assert _number(desk) == 2044
    assert verify(open_reading=desk.store.open_reading).findings == ()


def test_a_journal_of_several_epochs_is_sound_and_counts_what_is_unsent_over_all_of_them(desk: DeskAtWork) -> None:
    desk.accepts()
    desk.holds_all()
    held = desk.wire.tip()
    desk.accepts()
    _moves(desk, BOARD)
    _moves(desk, OTHER_BOARD)
    desk.accepts()

    verified = verify(open_reading=desk.store.open_reading)

    assert verified.findings == ()
    assert desk.wire.unsent() == len(desk.entries()) - held.seq


def test_the_first_word_of_a_new_epoch_goes_before_all_that_waits(desk: DeskAtWork) -> None:
    desk.accepts()
    _moves(desk, BOARD)
    _moves(desk, OTHER_BOARD)
    desk.accepts()

    first = desk.wire.waiting(100, 10**6)
    desk.hears(held=[first[-1].tip])
    then = desk.wire.waiting(100, 10**6)

    assert [entry.head.kind for entry in first] == ["epoch_opened"]
    assert {entry.head.epoch for entry in then} == {1}


def test_a_slip_of_a_provisional_code_is_signed_for_its_epoch_without_a_number(desk: DeskAtWork) -> None:
    _moves(desk, BOARD)
    _moves(desk, OTHER_BOARD)
    taken = desk.accepts()

    slip = issue_slip(
        taken.code, clerk=LAN, open_work=desk.store.open_work, clock=desk.clock, new_id=lambda: taken.id, units=UNITS
    )

    number = read_slip_number(slip.paper.number).slip
    assert slip.paper.provisional
    assert (number.desk_number, number.epoch) == (0, desk.wire.tip().epoch)


def test_the_journal_takes_no_epoch_that_does_not_begin_where_it_ended(desk: DeskAtWork) -> None:
    _moves(desk, BOARD)
    _moves(desk, OTHER_BOARD)
    head = desk.entries()[0].head_text.replace('"epoch":1,', '"epoch":60000,')

    with pytest.raises(IntegrityError, match="an epoch begins where the one before ended"):
        desk.sql("INSERT INTO heads (epoch, seq, head, hash) VALUES (60000, 1, ?, ?)", head, "a" * 64)


# --- lines


def test_meeting_another_line_of_the_current_epoch_opens_a_new_one_at_once(desk: DeskAtWork) -> None:
    desk.accepts()
    own = desk.wire.tip()
    foreign = _foreign(1, own.seq)

    desk.wire.settle(desk.province.answer(held=[own, foreign]))

    opening = read_body(desk.entries()[-1])
    assert isinstance(opening, EpochOpened)
    assert (opening.reason, opening.parent, opening.met) == ("forked", own, foreign)
    assert is_provisional(desk.accepts().code)
    assert verify(open_reading=desk.store.open_reading).findings == ()


def test_a_line_that_is_known_is_never_acted_on_again(desk: DeskAtWork) -> None:
    own = desk.wire.tip()
    desk.wire.settle(desk.province.answer(held=[own, _foreign(1, 7)]))
    epoch = desk.wire.tip().epoch

    desk.wire.settle(desk.province.answer(held=[own, _foreign(1, 7)]))
    desk.wire.settle(desk.province.answer(held=[own, _foreign(1, 9, "e"), _foreign(epoch + 300, 4)]))

    assert desk.wire.tip().epoch == epoch
    with desk.store.open_reading() as memory:
        assert [line.tip for line in memory.epochs.foreign_lines()] == [_foreign(1, 9, "e"), _foreign(epoch + 300, 4)]


def test_a_new_epoch_lies_above_every_epoch_ever_heard_of(desk: DeskAtWork) -> None:
    desk.wire.settle(desk.province.answer(held=[desk.wire.tip(), _foreign(900, 3)]))
    assert desk.wire.tip().epoch == 1

    _moves(desk, BOARD)
    _moves(desk, OTHER_BOARD)

    assert desk.wire.tip().epoch > 900


def test_the_watermark_is_the_furthest_head_that_is_ours(desk: DeskAtWork) -> None:
    desk.accepts()
    first = desk.entries()[0].tip
    own = desk.wire.tip()

    desk.wire.settle(desk.province.answer(held=[first, own, _foreign(1, own.seq + 5)]))

    with desk.store.open_reading() as memory:
        assert memory.journal.held() == {1: own}


def test_a_snapshot_rolled_back_remembers_what_this_incarnation_held_of_its_own_beginning(
    desk: DeskAtWork, tmp_path: Path
) -> None:
    desk.accepts()
    desk.holds_all()
    kept = desk.wire.tip()
    twin = _copied(desk, tmp_path / "snapshot")
    desk.accepts()

    twin.wire.settle(desk.province.answer(held=[desk.wire.tip()]))

    with twin.store.open_reading() as memory:
        assert memory.journal.held() == {1: kept}
        current = memory.epochs.current()
    assert current is not None
    assert (current.reason, current.parent, current.met) == (EpochReason.FORKED, kept, desk.wire.tip())
    assert twin.wire.unsent() == 1
    twin.store.close()


def test_a_restored_province_that_names_only_a_foreign_line_is_sent_everything_again(
    desk: DeskAtWork, tmp_path: Path
) -> None:
    desk.accepts()
    desk.holds_all()
    twin = _copied(desk, tmp_path / "snapshot")
    desk.accepts()

    twin.wire.settle(desk.province.answer(held=[desk.wire.tip()], incarnation="second"))

    assert twin.wire.unsent() == len(twin.entries())
    twin.store.close()


# --- a number by telephone


def _spoken(desk: DeskAtWork, number: int) -> str:
    asked = epochs.number_request(open_reading=desk.store.open_reading)
    assert asked is not None
    me = desk.wire.identity()
    seal = me.seal.public_key().public_bytes_raw().hex()
    return speak_number(number, asked.request, desk=me.desk, province=desk.province.seal, desk_seal=seal)


def _hears(desk: DeskAtWork, letters: str) -> int:
    return epochs.take_spoken_number(letters, open_work=desk.store.open_work, clock=desk.clock)


def test_a_number_read_out_by_telephone_is_in_force_at_once_and_for_this_epoch_only(desk: DeskAtWork) -> None:
    _moves(desk, BOARD)
    _moves(desk, OTHER_BOARD)

    assert _hears(desk, _spoken(desk, 4321).lower().replace("-", " ")) == 4321

    assert desk.accepts().code == "H05.09.169-250701-4321001"
    assert desk.reopened().accepts().code == "H05.09.169-250701-4321002"
    _moves(desk, BOARD)
    assert is_provisional(desk.accepts().code)


def test_an_answer_to_another_request_is_refused_and_changes_nothing(desk: DeskAtWork) -> None:
    _moves(desk, BOARD)
    _moves(desk, OTHER_BOARD)
    letters = _spoken(desk, 4321)
    _moves(desk, BOARD)

    with pytest.raises(WrongSpokenNumber):
        _hears(desk, letters)

    assert _number(desk) is None


def test_a_desk_with_a_number_asks_for_none_and_takes_none(desk: DeskAtWork) -> None:
    assert epochs.number_request(open_reading=desk.store.open_reading) is None

    with pytest.raises(NotAllowedNow):
        _hears(desk, "0000-0000-0000-0000")
