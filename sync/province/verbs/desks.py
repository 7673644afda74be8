"""`desks` and `revoke`."""

import argparse
from collections.abc import Iterator
from datetime import datetime

from sync.protocol.instant import write_instant
from sync.province import desks
from sync.province.clock import in_viet_nam
from sync.province.desks import SeenDesk
from sync.province.verbs.said import Grammar, Office, Said, Verbs


def add_to(grammar: Grammar, verbs: Verbs) -> None:
    grammar.verb(verbs, "desks", _desks, "list desks: number, agency, entries held, last contact")
    revoke = grammar.verb(verbs, "revoke", _revoke, "hold nothing more of a desk and tell it nothing more")
    revoke.add_argument("desk", metavar="DESK", help="its number or its id")


def _desks(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    with office.database.reading() as work:
        yield from (Said(_text(desk), _data(desk)) for desk in desks.seen(work))


def _revoke(args: argparse.Namespace, office: Office) -> Iterator[Said]:
    with office.database.telling() as work:
        desk = desks.revoke(work, args.desk)
    yield Said(f"{desk.id} revoked", {"id": str(desk.id), "revoked": True})


def _data(desk: SeenDesk) -> dict[str, object]:
    return {
        "id": str(desk.id),
        "number": desk.numbers[-1] if desk.numbers else None,
        "agency": desk.agency,
        "held": {str(epoch): seq for epoch, seq in desk.held},
        "unsent": desk.unsent,
        "software": desk.software,
        "enrolled_at": _when(desk.enrolled_at),
        "last_contact": _when(desk.last_contact),
        "revoked": desk.revoked_at is not None,
    }


def _text(desk: SeenDesk) -> str:
    data = _data(desk)
    held = ", ".join(f"{epoch}:{seq}" for epoch, seq in desk.held) or "-"
    off = "  REVOKED" if desk.revoked_at else ""
    return f"{data['number']}  {desk.agency}  held {held}  {data['last_contact'] or 'never'}  {desk.id}{off}"


def _when(moment: datetime | None) -> str | None:
    return in_viet_nam(write_instant(moment)) if moment else None
