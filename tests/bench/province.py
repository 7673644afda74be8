"""A province that enrols the bench's desk and has something to say: the shipped documents, then a busy day's news."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from desk.resources import resource
from desk.services.ports import NewDesk
from sync.ports import Bookmark, Settlement
from sync.protocol import canonical, feed
from sync.protocol.certificates import DeskCertificate, ProvinceCertificate, certify_desk, certify_province
from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.feed import FeedDossier, FeedItem, StatusTold, write_item
from sync.protocol.instant import read_instant, write_instant
from sync.protocol.signing import Signed, public, state
from tests.bench.lives import id_made

AGENCY = "H05.09.169"
DESK = UUID(int=1017)
SIBLING = UUID(int=1018)
SEAL = bytes([5] * 32)
NUMBER, SIBLING_NUMBER = 1017, 1018
CLERK = "lan"
INCARNATION = "bench"
NEWS_FROM = 100_000
"""Feed items before that are documents."""
FROM, UNTIL = write_instant(datetime(2015, 1, 1, tzinfo=UTC)), write_instant(datetime(2040, 1, 1, tzinfo=UTC))


@dataclass(frozen=True)
class BenchProvince:
    """All keys are made from fixed bytes: nobody else ever trusts them, and every run writes the same."""

    root: Ed25519PrivateKey
    key: Ed25519PrivateKey
    certificate: Signed

    def enrol(self) -> NewDesk:
        key, seal = (
            Ed25519PrivateKey.from_private_bytes(bytes([3] * 32)),
            X25519PrivateKey.from_private_bytes(bytes([4] * 32)),
        )
        certificate = DeskCertificate(
            province="H05",
            desk=DESK,
            agency=AGENCY,
            epoch=1,
            number=NUMBER,
            key=public(key),
            seal=seal.public_key().public_bytes_raw().hex(),
            not_before=FROM,
            not_after=UNTIL,
        )
        return NewDesk(
            desk=DESK,
            key=key,
            seal=seal,
            url="http://127.0.0.1:9",
            root=public(self.root),
            province=self.certificate,
            certificate=certify_desk(self.key, certificate),
            first_supervisor=CLERK,
        )

    def documents(self) -> list[FeedItem]:
        """What a new desk hears first."""
        catalogue, calendar = _document("catalogue/bac-ninh.json"), _document("calendar/vn.json")
        agencies = _document("agencies/bac-ninh.json")["agencies"]
        known = feed.Agency.__struct_fields__
        said = [
            ("policy", "policy", feed.Policy(lookup="https://example.vn/tra-cuu?ma={code}")),
            ("catalogue", catalogue["version"], self._catalogue(catalogue)),
            ("calendar", "vn", self._calendar(calendar)),
            *(("agency", one["id"], feed.Agency(**{k: v for k, v in one.items() if k in known})) for one in agencies),
            ("staff", CLERK, feed.Staff(id=CLERK, full_name="Trần Thị Hường", role="supervisor", agency=AGENCY)),
        ]
        return [write_item(n, kind, key, data) for n, (kind, key, data) in enumerate(said, 1)]

    def settlement(self, items: list[FeedItem], *, asked: Bookmark, cursor: str, at: datetime) -> Settlement:
        """The answer to whoever had read as far as `asked`, said at that moment."""
        return Settlement(
            held=(),
            wanted=(),
            items=tuple(items),
            incarnation=INCARNATION,
            cursor=cursor,
            province=self.certificate,
            desk=None,
            offset=0,
            time=write_instant(at),
            asked=asked,
        )

    def _catalogue(self, document: dict[str, Any]) -> feed.Catalogue:
        return feed.Catalogue(version=document["version"], statement=state(self.key, feed.CATALOGUE, document))

    def _calendar(self, document: dict[str, Any]) -> feed.Calendar:
        return feed.Calendar(version=document["version"], statement=state(self.key, feed.CALENDAR, document))


def _document(name: str) -> dict[str, Any]:
    document: dict[str, Any] = msgspec.json.decode(resource(name).read_bytes())
    return document


def make_province() -> BenchProvince:
    root, key = (Ed25519PrivateKey.from_private_bytes(bytes([n] * 32)) for n in (1, 2))
    certificate = ProvinceCertificate(
        province="H05",
        name="Bắc Ninh",
        serial=1,
        key=public(key),
        seal=X25519PrivateKey.from_private_bytes(SEAL).public_key().public_bytes_raw().hex(),
        not_before=FROM,
        not_after=UNTIL,
    )
    return BenchProvince(root, key, certify_province(root, certificate))


def news(accepted: Iterator[DossierAccepted], *, first_n: int) -> Iterator[FeedItem]:
    """Another counter's dossiers without end, each followed by its status."""
    chance = Random(first_n)
    n = first_n
    for body in accepted:
        dossier = id_made(read_instant(body.received_at), chance)
        yield write_item(
            n, "dossier", str(dossier), FeedDossier(id=dossier, desk=SIBLING, version=2, dossier=canonical.write(body))
        )
        status = StatusTold(dossier=dossier, code=body.code, status=4, at=body.received_at, by="Nguyễn Văn Bình")
        yield write_item(n + 1, "status", str(dossier), status)
        n += 2
