"""A file was laid to a dossier. The file goes its own way, sealed under a key that only this body holds.

Erasing the body therefore makes every copy of the file unreadable, wherever it lies.
"""

from typing import Annotated, ClassVar
from uuid import UUID

import msgspec

from sync.protocol.entries.dossier_accepted import Line
from sync.protocol.entry import Body
from sync.protocol.signing import Digest

Size = Annotated[int, msgspec.Meta(ge=0, le=2**40)]


class AttachmentAdded(Body, frozen=True, kw_only=True):
    """What the file is, and how it is found and opened. Sizes are bytes."""

    KIND: ClassVar[str] = "attachment_added"

    attachment: UUID
    name: Line
    """As the clerk knows it; never the name of a file on any disk."""
    media_type: Annotated[str, msgspec.Meta(max_length=100)]
    size: Size
    sha256: Digest
    """Of the file as it was given."""
    key: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
    """Random, for this file alone."""
    blob: Digest
    """HMAC-SHA-256 of the file under `key`: the name of the sealed file, which says nothing about what is in it."""
    sealed_size: Size
