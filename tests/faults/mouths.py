"""Everything that eats bytes of strangers: wire, stick, scanner, telephone and file. A fuzzer feeds each of them.

A mouth may take what it is given or refuse it with one of the words it has for that. Anything else that comes out,
and any meal that does not end, is a mistake of ours.
"""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from desk.domain.errors import RuleBroken
from desk.domain.id_card import read_card
from desk.domain.intake import intake_as_json, read_intake
from sync.protocol import canonical
from sync.protocol.enrolment_code import EnrolmentCode, read_enrolment_code
from sync.protocol.entries import read_body
from sync.protocol.entry import check_body
from sync.protocol.exchange import LINE_LIMIT, CarriedEntry, Down, Up, carry, read_down, read_up, uncarry, write_lines
from sync.protocol.feed import Policy, Verdict, read_item, write_item
from sync.protocol.parcel import check_hand, open_parcel, pack, read_outside
from sync.protocol.problems import Problem, SlipUnreadable
from sync.protocol.sealed_file import open_file, seal_file
from sync.protocol.signing import Signed
from sync.protocol.slip_number import read_slip_number, write_slip_number
from sync.protocol.spoken_number import read_request, request_number
from tests import make
from tests.sync.protocol import made

CORPUS = Path(__file__).parent / "corpus"
_KEY = bytes(range(32))
_CARD = "027180001234|125123456|Nguyễn Thị Hường|03021980|Nữ|Khu 3, Vũ Ninh, Bắc Ninh|01072025"


@dataclass(frozen=True)
class Mouth:
    """`eat` takes anything; `refusals` are the words it has for what it does not like."""

    name: str
    eat: Callable[[bytes], None]
    refusals: tuple[type[Exception], ...]
    meals: Callable[[], list[bytes]]
    """Good ones, for a fuzzer to begin with."""

    def try_to_eat(self, data: bytes) -> bool:
        """Whether it was taken; raises what should never come out."""
        try:
            self.eat(data)
        except self.refusals:
            return False
        return True

    def corpus(self) -> list[Path]:
        """What broke it once, or found a new way through it."""
        return sorted((CORPUS / self.name).glob("*"))


def _eat_entry(data: bytes) -> None:
    entry = uncarry(canonical.read(data, CarriedEntry, what="entry", limit=LINE_LIMIT))
    check_body(entry)
    read_body(entry)


def _eat_up(data: bytes) -> None:
    _, entries = read_up(data)
    for entry in entries:
        read_body(entry)


def _eat_down(data: bytes) -> None:
    _, items = read_down(data)
    for item in items:
        read_item(item)


def _eat_parcel(data: bytes) -> None:
    parcel = read_outside(data)
    check_hand(parcel)
    open_parcel(parcel, seal=made.seal("province"))


def _eat_slip(data: bytes) -> None:
    """A scanner is a keyboard: what it types is text."""
    read_slip_number(data.decode("latin-1"))


def _eat_slip_bytes(data: bytes) -> None:
    """The digits are one number of at most 260 bytes; this way a fuzzer reaches what is behind them."""
    read_slip_number(str(int.from_bytes(b"\x01" + data[:300], "big")))


def _eat_card(data: bytes) -> None:
    read_card(data.decode("utf-8", "replace"))


def _eat_intake(data: bytes) -> None:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return  # `desk accept` says so; what is interesting begins behind it
    read_intake(document)


def _eat_sealed_file(data: bytes) -> None:
    open_file(io.BytesIO(data), io.BytesIO(), _KEY)


def _eat_code(data: bytes) -> None:
    text = data.decode("latin-1")
    for read in (read_enrolment_code, read_request):
        try:
            read(text)
        except Problem:
            continue


@cache
def _entries() -> list[bytes]:
    return [canonical.write(carry(entry)).encode() for entry in made.journal(3)]


@cache
def _ups() -> list[bytes]:
    up = Up(
        certificate=_signed(), software="test", tip=made.START, unsent=3, incarnation=None, cursor="", feed_limit=500
    )
    return [write_lines(up, tuple(carry(entry) for entry in made.journal(3)))]


@cache
def _downs() -> list[bytes]:
    facts: dict[str, Any] = {"held": (made.START,), "incarnation": "one", "cursor": "3", "more": False}
    down = Down(certificate=_signed(), time="2025-07-01T01:15:00.000Z", **facts)
    verdict = Verdict(desk=made.DESK, epoch=1, first=1, last=3, verdict="applied")
    items = (write_item(1, "policy", "policy", Policy()), write_item(2, "verdict", "v", verdict))
    return [write_lines(down, items)]


def _signed() -> Signed:
    return Signed(kind="k", payload="{}", key="0" * 64, signature="0" * 128)


@cache
def _parcels() -> list[bytes]:
    return [pack(made.parcel_header(), _ups()[0], signer=made.hand("desk"))]


def _slips() -> list[bytes]:
    return [write_slip_number(made.slip(), made.hand("desk")).encode()]


def _slip_bytes() -> list[bytes]:
    number = int(_slips()[0])
    return [number.to_bytes((number.bit_length() + 7) // 8, "big")[1:]]


@cache
def _sealed_files() -> list[bytes]:
    target = io.BytesIO()
    seal_file(io.BytesIO(b"paper" * 100), target, _KEY)
    return [target.getvalue()]


@cache
def _intakes() -> list[bytes]:
    return [json.dumps(intake_as_json(make.intake())).encode()]


def _codes() -> list[bytes]:
    return [str(EnrolmentCode(bytes(10), bytes(10))).encode(), str(request_number(2, "ab" * 32, "cd" * 32)).encode()]


_SAID = (Problem,)
MOUTHS: tuple[Mouth, ...] = (
    Mouth("entry", _eat_entry, _SAID, _entries),
    Mouth("up", _eat_up, _SAID, _ups),
    Mouth("down", _eat_down, _SAID, _downs),
    Mouth("parcel", _eat_parcel, _SAID, _parcels),
    Mouth("slip", _eat_slip, (SlipUnreadable,), _slips),
    Mouth("slip-bytes", _eat_slip_bytes, (SlipUnreadable,), _slip_bytes),
    Mouth("card", _eat_card, (RuleBroken,), lambda: [_CARD.encode()]),
    Mouth("intake", _eat_intake, (RuleBroken,), _intakes),
    Mouth("sealed-file", _eat_sealed_file, _SAID, _sealed_files),
    Mouth("code", _eat_code, (), _codes),
)
