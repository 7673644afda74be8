"""The journal for outsiders: everything somebody needs to recompute chain, commitments and signatures."""

import json
from collections.abc import Iterator

from desk.services.ports import OpenReading
from sync.protocol import canonical
from sync.protocol.entry import Entry
from sync.protocol.signing import Signed


def lines(*, open_reading: OpenReading) -> Iterator[str]:
    """JSON lines: first who the desk is and who vouches for it, then an entry a line, in order.

    `{"desk","root","province","certificates"}`, then `{"head","body","salt","hash","signature"}`: head and body are the
    very texts that were hashed; body and salt are null once erased; signature is null but on the last entry of a deed.
    """
    with open_reading() as memory:
        desk = memory.identity.desk()
        yield _line(
            {
                "desk": str(desk.desk),
                "root": desk.root,
                "province": _plain(desk.province),
                "certificates": [_plain(one) for one in memory.journal.certificates()],
            }
        )
        for entry in memory.journal.entries():
            yield entry_line(entry)


def entry_line(entry: Entry) -> str:
    """One entry as its line."""
    return _line(_entry(entry))


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "head": entry.head_text,
        "body": entry.body_text,
        "salt": entry.salt.hex() if entry.salt else None,
        "hash": entry.hash,
        "signature": entry.signature.hex() if entry.signature else None,
    }


def _plain(signed: Signed) -> object:
    return json.loads(canonical.write(signed))


def _line(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
