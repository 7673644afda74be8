"""What the province publishes, read out of the feed as kept, and parsed once a version."""

import json
from collections.abc import Callable, Iterable
from typing import TypeVar

from sqlalchemy import Connection, Select, select

from desk.domain.agencies import Agency
from desk.domain.calendar import WorkingCalendar, read_calendar
from desk.domain.catalogue import Catalogue, read_catalogue
from desk.domain.errors import NotFound, UnknownAgency
from desk.services.ports.values import DeskHand
from desk.store.rows import FeedRow
from sync.protocol import canonical, feed
from sync.protocol.certificates import DESK, DeskCertificate
from sync.protocol.feed import DATA_LIMIT

T = TypeVar("T")
Said = TypeVar("Said", bound=canonical.Said)


class Parsed:
    """Parsed documents by kind and key, shared by all works and readings of a store until the feed changes them.

    Each change begins a new `known`, and who looks keeps the one of when the look began: what a look at the former
    feed parses late goes into a dict nobody asks any more. Two threads that parse the same at once both get it right.
    """

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], object] = {}

    def forget(self, kinds: Iterable[str]) -> None:
        """Items of these kinds were taken."""
        changed = set(kinds)
        self.known = {place: known for place, known in self.known.items() if place[0] not in changed}


class SqlReference:
    def __init__(self, connection: Connection, parsed: Parsed) -> None:
        self._connection = connection
        self._known = parsed.known

    def catalogue(self, version: str | None = None) -> Catalogue:
        """Raises NotFound."""

        def read() -> Catalogue:
            return read_catalogue(json.loads(self._document("catalogue", version, feed.Catalogue)))

        return self._parse("catalogue", version or "", Catalogue, read)

    def calendar(self) -> WorkingCalendar:
        """Raises NotFound."""

        def read() -> WorkingCalendar:
            return read_calendar(json.loads(self._document("calendar", None, feed.Calendar)))

        return self._parse("calendar", "", WorkingCalendar, read)

    def policy(self) -> feed.Policy:
        """What the province decided, or the defaults while it has not spoken."""
        return self._parse(
            "policy", "", feed.Policy, lambda: self._said("policy", "policy", feed.Policy) or feed.Policy()
        )

    def agency(self, id: str) -> Agency:
        """Raises UnknownAgency."""

        def read() -> Agency:
            told = self._said("agency", id, feed.Agency)
            if told is None:
                raise UnknownAgency(id)
            return _agency(told)

        return self._parse("agency", id, Agency, read)

    def agencies(self) -> tuple[Agency, ...]:
        rows = self._connection.execute(_all("agency").order_by(FeedRow.key)).scalars()
        return tuple(_agency(_read(text, feed.Agency)) for text in rows if text)

    def desk_hands(self) -> tuple[DeskHand, ...]:
        """Revoked ones too: a slip that was given out before stays genuine, and people hold it."""

        def read() -> tuple[DeskHand, ...]:
            told = (_read(text, feed.Desk) for text in self._connection.execute(_all("desk")).scalars() if text)
            return tuple(map(_hand, told))

        return self._parse("desk", "", tuple, read)

    def _parse(self, kind: str, key: str, shape: type[T], make: Callable[[], T]) -> T:
        known = self._known.get((kind, key))
        if not isinstance(known, shape):
            known = self._known[kind, key] = make()
        return known

    def _document(self, kind: str, key: str | None, shape: type[feed.Catalogue] | type[feed.Calendar]) -> str:
        """The statement of the newest item of a kind, or of that key; its signature was checked when it was taken."""
        question = _all(kind) if key is None else _all(kind).where(FeedRow.key == key)
        text = self._connection.execute(question.order_by(FeedRow.n.desc()).limit(1)).scalar_one_or_none()
        if text is None:
            raise NotFound(kind, key or "")
        return _read(text, shape).statement.payload

    def _said(self, kind: str, key: str, shape: type[Said]) -> Said | None:
        text = self._connection.execute(_all(kind).where(FeedRow.key == key)).scalar_one_or_none()
        return _read(text, shape) if text else None


def _all(kind: str) -> Select[tuple[str | None]]:
    return select(FeedRow.data).where(FeedRow.kind == kind, FeedRow.deleted.is_(False))


def _hand(told: feed.Desk) -> DeskHand:
    certificate = canonical.read(told.certificate.payload, DeskCertificate, what=DESK, limit=DATA_LIMIT)
    return DeskHand(certificate.number, certificate.key, told.revoked)


def _agency(told: feed.Agency) -> Agency:
    return Agency(told.id, told.name, told.parent_name, told.place, told.commune, told.address, told.hotline)


def _read(text: str, shape: type[T]) -> T:
    return canonical.read_loosely(text.encode(), shape, what="feed", limit=DATA_LIMIT)
