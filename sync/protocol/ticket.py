"""The word of a desk that goes with every request about a file: who brings it, and which, and how long it is."""

import base64
import binascii
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.protocol import canonical
from sync.protocol.canonical import Said
from sync.protocol.instant import InstantText, write_instant
from sync.protocol.problems import Unreadable
from sync.protocol.sealed_file import SEALED_LIMIT
from sync.protocol.signing import Digest, Signed, state

TICKET = "commune-desk/ticket/1"
HEADER = "Commune-Desk-Ticket"
PROBLEM_HEADER = "Commune-Desk-Problem"
"""In an answer: the code of what stood in the way. A head, because an answer to HEAD has nothing else."""
_LIMIT = 4 * 1024


class Ticket(Said, frozen=True, kw_only=True):
    """Good for one sealed file. `desk` is who brings it, which need not be who sealed it."""

    v: Literal[1] = 1
    desk: UUID
    blob: Digest
    size: Annotated[int, msgspec.Meta(ge=0, le=SEALED_LIMIT)]
    """Of the sealed file, in bytes."""
    at: InstantText


def write_ticket(key: Ed25519PrivateKey, *, desk: UUID, blob: str, size: int, at: datetime) -> str:
    """The text of the header: a signed statement in base 64."""
    signed = state(key, TICKET, Ticket(desk=desk, blob=blob, size=size, at=write_instant(at)))
    return base64.b64encode(canonical.write(signed).encode()).decode()


def read_ticket(text: str) -> Signed:
    """The statement, not yet believed. Raises Unreadable."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unreadable("ticket", "not base 64") from error
    return canonical.read(data, Signed, what="ticket", limit=_LIMIT)
