"""Bytes of version 1, written once and kept: whatever becomes of the program, these must read as they did."""

import base64
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sync.protocol import canonical
from sync.protocol.certificates import desk_of, province_of
from sync.protocol.chain import follow
from sync.protocol.enrolment_code import read_enrolment_code
from sync.protocol.entries import ENTRIES, read_body
from sync.protocol.entries.dossier_accepted import DossierAccepted
from sync.protocol.entry import Entry, Tip, check_signature
from sync.protocol.exchange import CarriedEntry, carry, read_down, read_up, uncarry, write_lines
from sync.protocol.feed import KINDS, FeedDossier, FeedItem, Policy, Verdict, read_item
from sync.protocol.parcel import check_hand, open_parcel, read_outside
from sync.protocol.signing import Signed
from sync.protocol.slip_number import SlipNumber, read_slip_number
from tests.sync.protocol.made import DESK, DOSSIER, NOW, START, seal

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parent / "golden" / "v1.json").read_text(encoding="utf-8"))
LATER: dict[str, Any] = json.loads((Path(__file__).parent / "golden" / "v2.json").read_text(encoding="utf-8"))
ROOT: str = GOLDEN["keys"]["root"]["key"]
DESK_KEY: str = GOLDEN["keys"]["desk"]["key"]


def _entries() -> list[Entry]:
    told = ({key: value for key, value in one.items() if key != "hash"} for one in GOLDEN["entries"])
    return [uncarry(msgspec.convert(one, CarriedEntry)) for one in told]


def test_certificates_still_prove() -> None:
    province = province_of(msgspec.convert(GOLDEN["province_certificate"], Signed), root=ROOT, at=NOW)
    desk = desk_of(msgspec.convert(GOLDEN["desk_certificate"], Signed), province=province, at=NOW)

    assert (province.province, province.name, desk.number, desk.agency) == ("H05", "Bắc Ninh", 1017, "H05.09.169")


def test_the_journal_still_chains_hashes_and_proves() -> None:
    entries = _entries()

    assert [entry.hash for entry in entries] == [one["hash"] for one in GOLDEN["entries"]]
    assert follow(START, entries, desk=DESK) == Tip(epoch=1, seq=len(entries), hash=GOLDEN["entries"][-1]["hash"])
    check_signature(entries[-1], DESK_KEY)


@pytest.mark.parametrize(
    "n", range(len(GOLDEN["entries"])), ids=lambda n: json.loads(GOLDEN["entries"][n]["head"])["kind"]
)
def test_each_body_still_reads(n: int) -> None:
    entry = _entries()[n]

    body = read_body(entry)

    assert body is not None
    assert entry.head.kind == body.KIND


def test_each_kind_of_version_1_is_there() -> None:
    kept = {entry.head.kind for entry in _entries()}

    assert kept <= {entry.KIND for entry in ENTRIES}
    assert len(kept) == 10


def test_an_acceptance_still_says_what_it_said() -> None:
    body = next(body for entry in _entries() if isinstance(body := read_body(entry), DossierAccepted))

    assert body.applicant.full_name == "Nguyễn Thị Hường"
    assert body.applicant.address is not None
    assert body.applicant.address.detail == 'Khu 3, phố "Vũ" \\ Ninh\nsố 7'
    assert body.owner is not None
    assert body.owner.date_of_birth == "1931"
    assert (body.code, body.fees[0].amount * body.fees[0].count) == ("H05.09.169-250701-1017023", 10_000)


def test_the_parcel_still_opens_and_carries_the_journal() -> None:
    parcel = read_outside(base64.b64decode(GOLDEN["parcel"]))
    check_hand(parcel)

    payload = open_parcel(parcel, seal=seal("province"))

    assert parcel.header.id == DOSSIER
    assert payload.decode() == GOLDEN["up"]
    up, entries = read_up(payload)
    assert list(entries) == _entries()
    assert write_lines(up, tuple(carry(entry) for entry in entries)) == payload


def test_the_answer_and_every_kind_of_item_still_read() -> None:
    down, items = read_down(GOLDEN["down"].encode())

    assert down.problem is not None
    assert down.problem.facts == {"epoch": 1, "seq": 11, "reason": "a gap"}
    assert {item.kind for item in items} <= set(KINDS)
    assert [item.kind for item in items if read_item(item) is None] == ["staff"]
    dossier = next(said for item in items if isinstance(said := read_item(item), FeedDossier))
    assert dossier.dossier == _entries()[3].body_text
    assert write_lines(down, items).decode() == GOLDEN["down"]


def test_the_slip_still_scans() -> None:
    scanned = read_slip_number(GOLDEN["slip"]["number"])

    assert scanned.slip == msgspec.convert(GOLDEN["slip"]["facts"], SlipNumber)
    assert scanned.proven_by(DESK_KEY)


def test_the_enrolment_code_still_reads() -> None:
    code = read_enrolment_code(GOLDEN["enrolment_code"]["text"])

    assert code.secret.hex() == GOLDEN["enrolment_code"]["secret"]
    assert code.vouches_for(ROOT)


def _later_entries() -> list[Entry]:
    told = ({key: value for key, value in one.items() if key != "hash"} for one in LATER["entries"])
    return [uncarry(msgspec.convert(one, CarriedEntry)) for one in told]


def test_a_later_epoch_still_chains_from_its_parent() -> None:
    entries = _later_entries()

    assert [entry.hash for entry in entries] == [one["hash"] for one in LATER["entries"]]
    assert follow(msgspec.convert(LATER["start"], Tip), entries, desk=DESK) == entries[-1].tip
    check_signature(entries[-1], DESK_KEY)


def test_what_was_added_later_still_reads() -> None:
    said = {body.KIND: body for entry in _later_entries() if (body := read_body(entry)) is not None}

    assert {entry.KIND for entry in ENTRIES} == {one.head.kind for one in _entries()} | set(said)
    acceptance = said["dossier_accepted"]
    assert isinstance(acceptance, DossierAccepted)
    assert acceptance.paper is not None
    assert (acceptance.paper.book, acceptance.paper.number) == ("Sổ giấy 2025", "37")
    assert acceptance.proof == GOLDEN["slip"]["number"]


def test_items_added_later_still_read() -> None:
    items = [canonical.read(text, FeedItem, what="feed item", limit=10_000) for text in LATER["items"]]

    said = {item.kind: read_item(item) for item in items}

    assert set(said) == {"policy", "dossier", "verdict", "address", "notice", "attachment"}
    assert all(data is not None for data in said.values())
    assert [canonical.write(item) for item in items] == LATER["items"]


def test_a_first_version_reads_as_the_second() -> None:
    _, items = read_down(GOLDEN["down"].encode())
    said = {item.kind: (item.kind_version, read_item(item)) for item in items}

    assert said["policy"][0] == said["verdict"][0] == said["dossier"][0] == 1
    assert isinstance(policy := said["policy"][1], Policy)
    assert policy.keep_file_days == 14
    assert isinstance(verdict := said["verdict"][1], Verdict)
    assert verdict.end is None
    assert isinstance(dossier := said["dossier"][1], FeedDossier)
    assert (dossier.version, dossier.last) == (1, None)
