"""Money changed hands at the counter. It happened; nobody can refuse it."""

from typing import Annotated, ClassVar

import msgspec

from sync.protocol.entries.dossier_accepted import SaidFee
from sync.protocol.entry import Body


class FeeTaken(Body, frozen=True, kw_only=True):
    """The lines paid, and their sum in đồng."""

    KIND: ClassVar[str] = "fee_taken"

    fees: Annotated[tuple[SaidFee, ...], msgspec.Meta(min_length=1, max_length=50)]
    total: Annotated[int, msgspec.Meta(ge=0, le=2**53)]
