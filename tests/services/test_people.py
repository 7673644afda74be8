"""Signing in: one PIN a person and desk, one-time codes, and guessing that gets slower."""

import hashlib

import pytest

from desk.domain.errors import Malformed, NoPinYet, UnknownClerk, WrongOneTimeCode, WrongPin
from desk.services import people
from desk.services.ports.values import Clerk, Role
from sync.protocol.feed import PinCode
from tests.store.stores import DeskAtWork

SALT = bytes(16)


def _code(code: str) -> PinCode:
    digest = hashlib.scrypt(code.encode(), salt=SALT, n=2**14, r=8, p=1, dklen=32)
    return PinCode(salt=SALT.hex(), hash=digest.hex())


def _sign_in(desk: DeskAtWork, who: str, pin: str) -> Clerk:
    return people.sign_in(who, pin, open_work=desk.store.open_work, clock=desk.clock)


def _set_pin(desk: DeskAtWork, who: str, proof: str, pin: str) -> Clerk:
    return people.set_pin(who, proof, pin, open_work=desk.store.open_work, clock=desk.clock)


def test_the_first_supervisor_sets_a_pin_at_enrolment_and_nobody_else_does(desk: DeskAtWork) -> None:
    with pytest.raises(WrongOneTimeCode):
        _set_pin(desk, "lan", "", "123456")

    hoa = _set_pin(desk, "hoa", "", "482913")

    assert (hoa.id, hoa.role) == ("hoa", Role.SUPERVISOR)
    assert [one.head.kind for one in desk.entries()[-2:]] == ["pin_set", "clerk_signed_in"]
    assert _sign_in(desk, "hoa", "482913") == hoa
    with pytest.raises(WrongPin):
        _set_pin(desk, "hoa", "", "000000")


def test_a_one_time_code_sets_a_pin_once(desk: DeskAtWork) -> None:
    desk.hears(desk.province.staff("lan", "Nguyễn Thị Lan", pin_code=_code("ABCD1F0H")))
    with pytest.raises(NoPinYet):
        _sign_in(desk, "lan", "123456")

    _set_pin(desk, "lan", "abcd-ifoh", "123456")

    assert _sign_in(desk, "lan", "123456").full_name == "Nguyễn Thị Lan"
    with pytest.raises(WrongPin):
        _set_pin(desk, "lan", "ABCD-1F0H", "654321")


def test_the_code_is_spent_even_when_the_feed_says_it_again(desk: DeskAtWork) -> None:
    item = desk.province.staff("lan", "Nguyễn Thị Lan", pin_code=_code("ABCD1F0H"))
    desk.hears(item)
    _set_pin(desk, "lan", "ABCD1F0H", "123456")

    desk.wire.settle(desk.province.answer([item], incarnation="restored"))

    with pytest.raises(WrongPin):
        _set_pin(desk, "lan", "ABCD1F0H", "999999")


def test_a_pin_changes_with_the_one_before(desk: DeskAtWork) -> None:
    _set_pin(desk, "hoa", "", "482913")

    _set_pin(desk, "hoa", "482913", "771122")

    with pytest.raises(WrongPin):
        _sign_in(desk, "hoa", "482913")
    assert _sign_in(desk, "hoa", "771122").id == "hoa"


def test_guessing_gets_slower_and_a_right_pin_ends_it(desk: DeskAtWork) -> None:
    _set_pin(desk, "hoa", "", "482913")
    waits = []
    for guess in range(6):
        with pytest.raises(WrongPin) as wrong:
            _sign_in(desk, "hoa", f"{guess:06d}")
        waits.append(wrong.value.wait_seconds)
        desk.clock.forward(seconds=wrong.value.wait_seconds)

    assert waits == [0, 0, 5, 10, 20, 40]
    assert _sign_in(desk, "hoa", "482913").id == "hoa"
    with pytest.raises(WrongPin) as wrong:
        _sign_in(desk, "hoa", "000000")
    assert wrong.value.wait_seconds == 0


def test_before_the_wait_is_over_no_pin_is_heard_and_starting_again_does_not_help(desk: DeskAtWork) -> None:
    _set_pin(desk, "hoa", "", "482913")
    for _ in range(3):
        with pytest.raises(WrongPin):
            _sign_in(desk, "hoa", "000000")
    desk.reopened()
    desk.clock.forward(seconds=3)

    with pytest.raises(WrongPin) as early:
        _sign_in(desk, "hoa", "482913")

    assert early.value.wait_seconds == 2
    desk.clock.forward(seconds=2)
    _sign_in(desk, "hoa", "482913")


def test_a_clock_set_back_makes_nobody_wait_for_years(desk: DeskAtWork) -> None:
    _set_pin(desk, "hoa", "", "482913")
    for _ in range(3):
        with pytest.raises(WrongPin):
            _sign_in(desk, "hoa", "000000")
    desk.clock.forward(days=-800)

    with pytest.raises(WrongPin) as early:
        _sign_in(desk, "hoa", "482913")

    assert early.value.wait_seconds == 300


@pytest.mark.parametrize("pin", ["123", "1" * 13, "12345a", "１２３４５６", ""])
def test_a_pin_is_four_to_twelve_digits(desk: DeskAtWork, pin: str) -> None:
    with pytest.raises(Malformed):
        _set_pin(desk, "hoa", "", pin)


def test_who_left_signs_in_nowhere(desk: DeskAtWork) -> None:
    _set_pin(desk, "hoa", "", "482913")

    desk.hears(desk.province.item("staff", "hoa", None))

    with pytest.raises(UnknownClerk):
        _sign_in(desk, "hoa", "482913")
    with pytest.raises(UnknownClerk):
        _sign_in(desk, "nobody", "482913")


def test_the_list_shows_who_has_a_pin_and_who_was_here_last_first(desk: DeskAtWork) -> None:
    assert [(one.id, one.has_pin) for one in people.staff(open_reading=desk.store.open_reading)] == [
        ("hoa", False),
        ("lan", False),
    ]
    _set_pin(desk, "hoa", "", "482913")

    people.sign_in_by_command("lan", open_work=desk.store.open_work, clock=desk.clock)

    assert [(one.id, one.has_pin) for one in people.staff(open_reading=desk.store.open_reading)] == [
        ("lan", False),
        ("hoa", True),
    ]


def test_signing_out_ends_the_last_sign_in(desk: DeskAtWork) -> None:
    lan = people.sign_in_by_command("lan", open_work=desk.store.open_work, clock=desk.clock)
    desk.clock.forward(hours=4)

    people.sign_out(lan, "asked", open_work=desk.store.open_work, clock=desk.clock)

    assert desk.sql("SELECT clerk, way, left_at, left_because FROM sign_ins") == [
        ("lan", "command", "2025-07-01T05:15:00.000Z", "asked")
    ]


def test_no_pin_is_kept_as_it_was_typed(desk: DeskAtWork) -> None:
    _set_pin(desk, "hoa", "", "482913")

    kept = desk.sql("SELECT proof FROM pins")

    assert str(kept[0][0]).startswith("$argon2id$")
    assert "482913" not in str(kept)
