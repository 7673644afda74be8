"""What parcels are compressed with beside themselves: dictionaries trained on entries and feed items, one file each.

They belong to the protocol: every program of version 1 reads parcels without one (0) and with dictionary 1. A file that
was ever shipped is never changed; a better one gets the next number. `resources/packaging/dictionary.py` makes them.
"""

from functools import cache
from pathlib import Path

import zstandard

NONE, NEWEST = 0, 1
KNOWN = (NONE, 1)


@cache
def dictionary(number: int) -> zstandard.ZstdCompressionDict | None:
    """The dictionary, read once; None for 0. Ask only for a number in KNOWN."""
    if number == NONE:
        return None
    return zstandard.ZstdCompressionDict((Path(__file__).parent / str(number)).read_bytes())
