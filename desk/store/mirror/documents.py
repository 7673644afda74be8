"""Catalogues and calendars: believed only when the province signed them and they are what they should be."""

import json

from desk.domain.calendar import read_calendar
from desk.domain.catalogue import read_catalogue
from sync.protocol.canonical import Said
from sync.protocol.certificates import ProvinceCertificate
from sync.protocol.feed import CALENDAR, CATALOGUE, Calendar, Catalogue, FeedItem
from sync.protocol.problems import BadSignature, Unreadable
from sync.protocol.signing import Signed, verify

DOCUMENTS = frozenset({"catalogue", "calendar"})
"""Kinds of which the newest is in force, whatever its key."""


def believe_document(item: FeedItem, data: Said | None, province: ProvinceCertificate) -> None:
    """Raises BadSignature, Unreadable or DocumentRefused for a document that must not come into force."""
    if isinstance(data, Catalogue):
        _check_hand(data.statement, CATALOGUE, province)
        _check_version(item.kind, data.version, read_catalogue(_parse(data.statement)).version)
    elif isinstance(data, Calendar):
        _check_hand(data.statement, CALENDAR, province)
        _check_version(item.kind, data.version, read_calendar(_parse(data.statement)).version)


def _check_hand(statement: Signed, kind: str, province: ProvinceCertificate) -> None:
    if statement.kind != kind or statement.key != province.key:
        raise BadSignature(kind)
    verify(statement.key, kind, statement.payload.encode(), bytes.fromhex(statement.signature))


def _check_version(kind: str, told: str, written: str) -> None:
    if told != written:
        raise Unreadable(kind, "another version inside", "version")


def _parse(statement: Signed) -> object:
    try:
        return json.loads(statement.payload)
    except (ValueError, RecursionError) as error:
        raise Unreadable(statement.kind, "not JSON") from error
