"""What an outsider gets, recomputed here with nothing of ours but the text."""

import hashlib
import hmac
import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from desk.services.erase import erase_dossier
from desk.services.journal import lines
from desk.store.files import FileBox
from tests import make
from tests.store.stores import HOA, DeskAtWork


def test_an_outsider_can_recompute_chain_commitments_and_signatures(desk: DeskAtWork) -> None:
    erased = desk.accepts(fees=(make.fee_line(),))
    desk.accepts()
    desk.holds_all()
    erase_dossier(
        erased.code,
        "request",
        "số 12",
        clerk=HOA,
        files=FileBox(desk.home),
        open_work=desk.store.open_work,
        clock=desk.clock,
    )

    first, *entries = (json.loads(line) for line in lines(open_reading=desk.store.open_reading))

    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(json.loads(first["certificates"][0]["payload"])["key"]))
    previous = "0" * 64
    missing: dict[int, str] = {}
    named: dict[int, str] = {}
    for entry in entries:
        head = json.loads(entry["head"])
        assert head["previous"] == previous
        previous = hashlib.sha256(entry["head"].encode()).hexdigest()
        assert entry["hash"] == previous
        if entry["body"] is None:
            missing[head["seq"]] = head["commitment"]
        else:
            digest = hmac.digest(bytes.fromhex(entry["salt"]), entry["body"].encode(), "sha256")
            assert digest.hex() == head["commitment"]
            named |= {one["seq"]: one["commitment"] for one in json.loads(entry["body"]).get("erased", ())}
        if entry["signature"]:
            signed = b"DSSEv1 19 commune-desk/head/1 %d " % len(entry["head"].encode()) + entry["head"].encode()
            key.verify(bytes.fromhex(entry["signature"]), signed)
    assert len(entries) == 5
    assert missing == named
    assert entries[-1]["signature"]


def test_who_vouches_for_the_desk_comes_first(desk: DeskAtWork) -> None:
    first = json.loads(next(lines(open_reading=desk.store.open_reading)))

    assert first["desk"] == str(desk.wire.identity().desk)
    assert first["root"] == desk.wire.identity().root
    assert first["province"]["key"] == first["root"]
    assert first["certificates"][0]["key"] == json.loads(first["province"]["payload"])["key"]
