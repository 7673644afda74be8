"""Somebody began to work."""

from sqlalchemy import Connection, insert

from desk.store.projections.projection import Projection
from desk.store.rows import SignInRow
from sync.protocol.entries.clerk_signed_in import ClerkSignedIn
from sync.protocol.entry import Head


def _apply(connection: Connection, head: Head, body: ClerkSignedIn) -> None:
    row = {"epoch": head.epoch, "seq": head.seq, "clerk": head.clerk or "", "at": head.time, "way": body.by}
    connection.execute(insert(SignInRow), row)


CLERK_SIGNED_IN = Projection(ClerkSignedIn, _apply)
