"""The one way a value becomes bytes, so that hashes and signatures agree everywhere.

Canonical JSON here is UTF-8 JSON with sorted keys, no white space, no floats and no escapes but the ones
JSON requires. It is what `json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)` writes,
so an outsider needs nothing but a JSON library to recompute it.
"""

import re
from typing import TypeVar

import msgspec

from sync.protocol.problems import Unreadable

T = TypeVar("T")

_QUOTED = re.compile(r" ['\"]")


class Said(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of everything said in canonical JSON: frozen, by name, and deaf to unknown fields."""


def write(value: object) -> str:
    """The canonical text of a value made of structs, dicts with string keys, lists, strings, integers and null."""
    return msgspec.json.encode(value, order="sorted").decode()


def read(text: str | bytes, shape: type[T], *, what: str, limit: int) -> T:
    """Parse canonical text, refusing what is too long, misshapen, or not in its one canonical form.

    `limit` is in bytes. Raises Unreadable(what, reason, field).
    """
    data = text.encode() if isinstance(text, str) else text
    value = read_loosely(data, shape, what=what, limit=limit)
    if msgspec.json.encode(value, order="sorted") != data:
        raise Unreadable(what, "not canonical")
    return value


def read_loosely(data: bytes, shape: type[T], *, what: str, limit: int) -> T:
    """Parse JSON of a given shape without asking for the canonical form. Raises Unreadable."""
    if len(data) > limit:
        raise Unreadable(what, f"longer than {limit} bytes")
    try:
        return msgspec.json.decode(data, type=shape)
    except msgspec.ValidationError as error:
        raise _misshapen(what, str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(what, "not JSON") from error


def _misshapen(what: str, said: str) -> Unreadable:
    """msgspec quotes the value it does not like, which may be a person's: reasons go over the wire and into logs."""
    reason, found, path = said.rpartition(" - at ")
    return Unreadable(what, _QUOTED.split(reason if found else said)[0], path.strip("`$.") if found else "")
