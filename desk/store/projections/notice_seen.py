"""Somebody took note of what the province had to tell. Saying it twice changes nothing."""

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import insert

from desk.store.projections.projection import Projection
from desk.store.rows import NoticeSeenRow
from sync.protocol.entries.notice_seen import NoticeSeen
from sync.protocol.entry import Head


def _apply(connection: Connection, head: Head, body: NoticeSeen) -> None:
    seen = insert(NoticeSeenRow).values(notice=body.notice, at=head.time, clerk=head.clerk)
    connection.execute(seen.on_conflict_do_nothing())


NOTICE_SEEN = Projection(NoticeSeen, _apply)
