"""Bodies and salts of one dossier were erased because the law says so; the chain over heads stays whole.

The proof is here: each erased entry is named with the commitment that its body still met when it was erased. An
outsider sees that exactly these bodies are gone, by whose hand and on what ground, and nothing else is missing.
"""

from typing import Annotated, ClassVar, Literal

import msgspec

from sync.protocol.canonical import Said
from sync.protocol.certificates import Epoch
from sync.protocol.entries.dossier_accepted import Line
from sync.protocol.entry import Body, Sequence
from sync.protocol.signing import Digest


class ErasedBody(Said, frozen=True, kw_only=True):
    """An entry whose body is gone, by place, name and the commitment checked before erasing."""

    epoch: Epoch
    seq: Sequence
    hash: Digest
    commitment: Digest


class BodiesErased(Body, frozen=True, kw_only=True):
    """The dossier is the head's `dossier`; this entry's own body is never erased and carries its own salt."""

    KIND: ClassVar[str] = "bodies_erased"

    ground: Literal["retention", "request"]
    basis: Line
    """The article or the request's number."""
    erased: Annotated[tuple[ErasedBody, ...], msgspec.Meta(min_length=1, max_length=10_000)]
