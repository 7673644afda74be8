"""The number in the slip's own QR: a dossier's skeleton and the desk's signature, as one decimal number.

Digits only, because a scanner gun types what it reads through Vietnamese input methods, which leave digits alone.
The number is the big-endian integer of `0x01 · payload · signature`; the leading 1 keeps leading zeros. At most
260 bytes before it becomes decimal, so that the QR stays about 31 mm wide.

Payload, version 1: version u8, then each field in the order of `SlipNumber`:
whole numbers as LEB128 varints; texts as a varint of twice their length and UTF-8, or, when all digits, of twice
their length plus one and the number as a varint.
Times are whole minutes since 2020-01-01T00:00Z, days are days since 2020-01-01. A name too long for the room is cut
at a letter and marked so; everything else always fits or the slip cannot be written.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.protocol.problems import BadSignature, SlipUnreadable
from sync.protocol.signing import sign, verify

SLIP = "commune-desk/slip/1"
VERSION = 1
ROOM = 260
SIGNATURE_BYTES = 64

_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_KINDS = ("citizen", "business", "agency", "other")
_CHANNELS = ("direct", "post", "online")
_RETURNS = ("counter", "post", "online")
_LIMIT_DIGITS = 640
_DIGITS_AS_NUMBER = 40


@dataclass(frozen=True, kw_only=True)
class SlipNumber:
    """What a slip proves and can bring back. Instants are whole minutes in UTC; money is đồng."""

    desk_number: int
    """0 when the desk has none yet; then the desk's key must be found by trying."""
    epoch: int
    dossier: UUID
    code: str
    procedure: str
    received_at: datetime
    due_at: datetime | None
    channel: str
    return_by: str
    kind: str
    full_name: str
    name_cut: bool = False
    personal_id: str
    date_of_birth: str
    phone: str
    papers: int
    fee: int
    receiving_agency: str
    resolving_agency: str
    register_line: int


def write_slip_number(slip: SlipNumber, key: Ed25519PrivateKey) -> str:
    """Decimal digits. Raises ValueError when even a cut name leaves no room."""
    room = ROOM - 1 - SIGNATURE_BYTES
    payload = _write(slip, slip.full_name, cut=slip.name_cut)
    name = slip.full_name
    while len(payload) > room and name:
        name = name[:-1]
        payload = _write(slip, name, cut=True)
    if len(payload) > room:
        raise ValueError("the slip's facts do not fit its number")
    return str(int.from_bytes(b"\x01" + payload + sign(key, SLIP, payload)))


@dataclass(frozen=True)
class ScannedSlip:
    """A number that parses. Only `proven_by` says whether it is true."""

    slip: SlipNumber
    payload: bytes
    signature: bytes

    def proven_by(self, key: str) -> bool:
        """Did the holder of this public key (hexadecimal) sign it?"""
        try:
            verify(key, SLIP, self.payload, self.signature)
        except BadSignature:
            return False
        return True


def read_slip_number(digits: str) -> ScannedSlip:
    """Parse a scanned number. Raises SlipUnreadable."""
    digits = digits.strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > _LIMIT_DIGITS:
        raise SlipUnreadable("not a number of ours")
    number = int(digits)
    data = number.to_bytes((number.bit_length() + 7) // 8)
    if len(data) < 2 + SIGNATURE_BYTES or data[0] != 1:
        raise SlipUnreadable("not a number of ours")
    payload, signature = data[1:-SIGNATURE_BYTES], data[-SIGNATURE_BYTES:]
    if payload[0] != VERSION:
        raise SlipUnreadable(f"version {payload[0]}")
    return ScannedSlip(_read(payload), payload, signature)


def _write(slip: SlipNumber, name: str, *, cut: bool) -> bytes:
    packed = _index(_KINDS, slip.kind) << 5 | _index(_CHANNELS, slip.channel) << 3
    packed |= _index(_RETURNS, slip.return_by) << 1 | cut
    return b"".join(
        (
            bytes((VERSION,)),
            _varint(slip.desk_number),
            _varint(slip.epoch),
            slip.dossier.bytes,
            bytes((packed,)),
            _text(slip.code),
            _text(slip.procedure),
            _varint(_minutes(slip.received_at)),
            _varint(_minutes(slip.due_at) + 1 if slip.due_at else 0),
            _text(slip.personal_id),
            _birth(slip.date_of_birth),
            _text(slip.phone),
            _varint(slip.papers),
            _varint(slip.fee),
            _text(slip.receiving_agency),
            _text("" if slip.resolving_agency == slip.receiving_agency else slip.resolving_agency),
            _varint(slip.register_line),
            _text(name),
        )
    )


def _read(payload: bytes) -> SlipNumber:
    reader = _Reader(payload, 1)
    try:
        slip = _fields(reader)
    except (IndexError, ValueError, OverflowError) as error:
        raise SlipUnreadable("damaged") from error
    if reader.at != len(payload):
        raise SlipUnreadable("damaged")
    return slip


def _fields(reader: "_Reader") -> SlipNumber:
    desk_number, epoch = reader.varint(), reader.varint()
    dossier, packed = UUID(bytes=reader.take(16)), reader.take(1)[0]
    code, procedure = reader.text(), reader.text()
    received, due = reader.varint(), reader.varint()
    personal_id, born, phone = reader.text(), reader.birth(), reader.text()
    papers, fee = reader.varint(), reader.varint()
    receiving, resolving = reader.text(), reader.text()
    return SlipNumber(
        desk_number=desk_number,
        epoch=epoch,
        dossier=dossier,
        code=code,
        procedure=procedure,
        received_at=_EPOCH + timedelta(minutes=received),
        due_at=_EPOCH + timedelta(minutes=due - 1) if due else None,
        channel=_CHANNELS[packed >> 3 & 3],
        return_by=_RETURNS[packed >> 1 & 3],
        kind=_KINDS[packed >> 5 & 3],
        name_cut=bool(packed & 1),
        personal_id=personal_id,
        date_of_birth=born,
        phone=phone,
        papers=papers,
        fee=fee,
        receiving_agency=receiving,
        resolving_agency=resolving or receiving,
        register_line=reader.varint(),
        full_name=reader.text(),
    )


def _minutes(moment: datetime) -> int:
    minutes = (moment - _EPOCH) // timedelta(minutes=1)
    if minutes < 0:
        raise ValueError("a slip is not older than 2020")
    return minutes


def _index(names: tuple[str, ...], name: str) -> int:
    return names.index(name)


def _varint(number: int) -> bytes:
    if number < 0:
        raise ValueError("no negative numbers on a slip")
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def _text(text: str) -> bytes:
    """Texts of digits only, up to forty, become numbers at 3.3 bits a digit: their length, then a varint."""
    if text.isascii() and text.isdigit() and len(text) <= _DIGITS_AS_NUMBER:
        return _varint(len(text) << 1 | 1) + _varint(int(text))
    data = text.encode()
    return _varint(len(data) << 1) + data


def _birth(text: str) -> bytes:
    """Nothing: 0. A year: the year. A day: 10,000 and the days since 1800-01-01."""
    if not text:
        return _varint(0)
    if len(text) == 4:
        return _varint(int(text))
    days = (date.fromisoformat(text) - date(1800, 1, 1)).days
    if days < 0:
        raise ValueError("nobody on a slip was born before 1800")  # it would be read as a year
    return _varint(10_000 + days)


class _Reader:
    """Walks the payload; anything out of bounds is an IndexError or ValueError."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data, self.at = data, at

    def take(self, count: int) -> bytes:
        if count > len(self._data) - self.at:
            raise IndexError(self.at)
        self.at += count
        return self._data[self.at - count : self.at]

    def varint(self) -> int:
        number = 0
        for shift in range(0, 140, 7):
            byte = self.take(1)[0]
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                return number
        raise ValueError("a number without end")

    def text(self) -> str:
        length = self.varint()
        if length & 1:
            digits = str(self.varint())
            if len(digits) > length >> 1 or length >> 1 > _DIGITS_AS_NUMBER:
                raise ValueError("more digits than said")
            return digits.zfill(length >> 1)
        return self.take(length >> 1).decode()

    def birth(self) -> str:
        number = self.varint()
        if number == 0:
            return ""
        if number < 10_000:
            return f"{number:04d}"
        return (date(1800, 1, 1) + timedelta(days=number - 10_000)).isoformat()
