"""A supervisor took note of something the province had to tell a person."""

from typing import Annotated, ClassVar

import msgspec

from sync.protocol.entry import Body


class NoticeSeen(Body, frozen=True, kw_only=True):
    """The notice by its key in the feed."""

    KIND: ClassVar[str] = "notice_seen"

    notice: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
