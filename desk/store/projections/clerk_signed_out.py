"""Somebody stopped working: their last sign-in gets its end."""

from sqlalchemy import Connection, select, update
from sqlalchemy.sql.functions import max as highest

from desk.store.projections.projection import Projection
from desk.store.rows import SignInRow
from sync.protocol.entries.clerk_signed_out import ClerkSignedOut
from sync.protocol.entry import Head


def _apply(connection: Connection, head: Head, body: ClerkSignedOut) -> None:
    last = select(highest(SignInRow.seq)).where(SignInRow.epoch == head.epoch, SignInRow.clerk == head.clerk)
    connection.execute(
        update(SignInRow)
        .where(SignInRow.epoch == head.epoch, SignInRow.seq == last.scalar_subquery(), SignInRow.left_at.is_(None))
        .values(left_at=head.time, left_because=body.reason)
    )


CLERK_SIGNED_OUT = Projection(ClerkSignedOut, _apply)
