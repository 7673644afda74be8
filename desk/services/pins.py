"""PINs and one-time codes: how they are kept, compared, and how guessing is slowed."""

import hashlib
import hmac
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from desk.domain.errors import Malformed, Reason, WrongPin
from desk.services.ports import PinRecord
from sync.protocol.feed import PinCode

SHORTEST, LONGEST = 4, 12
FREE_TRIES = 3
LONGEST_WAIT = timedelta(minutes=5)
_FIRST_WAIT = timedelta(seconds=5)
# 32 MiB fits an old PC with 4 GB; a try costs about a tenth of a second there.
_MEMORY_KIB, _ROUNDS, _LANES = 32 * 1024, 2, 1


def check_shape(pin: str) -> None:
    """Digits, so that no input method can touch them. Raises Malformed."""
    if not (pin.isascii() and pin.isdigit()):
        raise Malformed("pin", "pin", Reason.BAD_CHARACTERS)
    if not SHORTEST <= len(pin) <= LONGEST:
        raise Malformed("pin", "pin", Reason.OUT_OF_RANGE)


def prove(pin: str) -> str:
    """What is kept of a PIN: Argon2id in the PHC string format."""
    hasher = Argon2id(
        salt=secrets.token_bytes(16), length=32, iterations=_ROUNDS, lanes=_LANES, memory_cost=_MEMORY_KIB
    )
    return hasher.derive_phc_encoded(pin.encode())


def is_pin(pin: str, proof: str) -> bool:
    try:
        Argon2id.verify_phc_encoded(pin.encode(), proof)
    except InvalidKey:
        return False
    return True


def is_code(typed: str, code: PinCode) -> bool:
    """Hyphens, spaces and case do not count, nor do the letters people take for digits."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum()).translate(_MISREAD)
    digest = hashlib.scrypt(letters.encode(), salt=bytes.fromhex(code.salt), n=2**14, r=8, p=1, dklen=32)
    return hmac.compare_digest(digest.hex(), code.hash)


_MISREAD = str.maketrans("ILO", "110")


def check_wait(record: PinRecord, now: datetime) -> None:
    """Raises WrongPin while a person has to wait. A clock set back cannot make anybody wait for years."""
    left = min(record.wait_until - now, LONGEST_WAIT) if record.wait_until else timedelta()
    if left > timedelta():
        raise WrongPin(_seconds(left))


def after_failure(record: PinRecord, now: datetime) -> PinRecord:
    """The third wrong try in a row and every further one cost a wait that doubles."""
    failed = record.failed + 1
    doubled = _FIRST_WAIT * 2 ** min(failed - FREE_TRIES, 10) if failed >= FREE_TRIES else timedelta()
    wait = min(doubled, LONGEST_WAIT)
    return replace(record, failed=failed, wait_until=now + wait if wait else None)


def wait_seconds(record: PinRecord, now: datetime) -> int:
    return _seconds(record.wait_until - now) if record.wait_until else 0


def _seconds(wait: timedelta) -> int:
    return max(-int(-wait.total_seconds() // 1), 0)
