"""A dossier taken by mistake. Its number stays in the register as void and is never used again."""

from typing import Annotated, ClassVar

import msgspec

from sync.protocol.entry import Body


class DossierVoided(Body, frozen=True, kw_only=True):
    """Why, in the clerk's words."""

    KIND: ClassVar[str] = "dossier_voided"

    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
