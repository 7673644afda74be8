"""The ids a desk makes: they begin with the moment, so that the newest stand side by side in every index.

Among a million dossiers an id of chance alone falls on another page of each of eight indexes, and every such page
must be read and decrypted first: an acceptance takes half as long again.
"""

import secrets
import time
from uuid import UUID

_VERSION, _VARIANT = 7, 2


def new_id() -> UUID:
    """Version 7 of RFC 9562: 48 bits of Unix time in milliseconds, then 74 bits of chance.

    By a clock that was set back, ids are no less unique, only less in order.
    """
    milliseconds = time.time_ns() // 1_000_000
    return UUID(
        int=milliseconds << 80 | _VERSION << 76 | secrets.randbits(12) << 64 | _VARIANT << 62 | secrets.randbits(62)
    )
