"""An outsider with nothing but Python proves a journal, and sees every way it could have been changed."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desk.resources import resource
from sync.protocol import canonical
from sync.protocol.certificates import DeskCertificate, ProvinceCertificate, certify_desk, certify_province
from sync.protocol.entries.bodies_erased import BodiesErased, ErasedBody
from sync.protocol.entries.clerk_signed_out import ClerkSignedOut
from sync.protocol.entries.epoch_opened import EpochOpened
from sync.protocol.entry import BEGINNING, Body, Entry, Tip, sign_head, write_entry
from sync.protocol.signing import Signed, public

DESK = UUID(int=7)
DOSSIER = UUID(int=9)
ROOT, PROVINCE, FORMER_PROVINCE, FIRST, SECOND = (
    Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in range(5)
)
NOW = datetime(2025, 7, 1, 1, 15, tzinfo=UTC)

SIGNED_OUT = ClerkSignedOut(reason="asked")

Line = dict[str, Any]


def province_certificate(key: Ed25519PrivateKey = PROVINCE) -> Signed:
    return certify_province(
        ROOT,
        ProvinceCertificate(
            province="24", name="Bắc Ninh", serial=1, key=public(key), seal="0" * 64, not_before=STARTS, not_after=ENDS
        ),
    )


def desk_certificate(epoch: int, key: Ed25519PrivateKey, by: Ed25519PrivateKey = PROVINCE) -> Signed:
    return certify_desk(
        by,
        DeskCertificate(
            province="24",
            desk=DESK,
            agency="H05.09.169",
            epoch=epoch,
            number=1016 + epoch,
            key=public(key),
            seal="0" * 64,
            not_before=STARTS,
            not_after=ENDS,
        ),
    )


STARTS, ENDS = "2025-01-01T00:00:00.000Z", "2030-01-01T00:00:00.000Z"


class Writer:
    """Writes a journal as a desk does: entry after entry, each deed signed at its end."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.tip = Tip(epoch=1, seq=0, hash=BEGINNING)
        self.key = FIRST

    def say(self, body: Body, *, sign: bool = True, dossier: UUID | None = None) -> Entry:
        entry = write_entry(
            body,
            desk=DESK,
            tip=self.tip,
            time=NOW + timedelta(seconds=len(self.entries)),
            offset=None,
            clerk="lan",
            dossier=dossier,
            after=None,
            salt=bytes([len(self.entries)]) * 32,
        )
        signature = sign_head(self.key, entry.head_text) if sign else None
        self.entries.append(Entry(entry.head_text, entry.body_text, entry.salt, signature))
        self.tip = entry.tip
        return entry

    def restored(self, key: Ed25519PrivateKey, certificate: Signed) -> None:
        """The desk went on from a copy that lacked the last entry."""
        parent = self.entries[-2].tip
        self.tip, self.key = Tip(epoch=2, seq=0, hash=parent.hash), key
        self.say(EpochOpened(reason="restored", certificate=certificate, parent=parent, software="1"))

    def erase(self, number: int) -> None:
        gone = self.entries[number]
        head = gone.head
        named = ErasedBody(epoch=head.epoch, seq=head.seq, hash=gone.hash, commitment=head.commitment)
        self.say(BodiesErased(ground="retention", basis="Điều 5", erased=(named,)), dossier=DOSSIER)
        self.entries[number] = Entry(gone.head_text, None, None, gone.signature)


def journal() -> list[Line]:
    """A day: opened, a few deeds, one erased, a restore, and on."""
    writer = Writer()
    first, second = desk_certificate(1, FIRST), desk_certificate(2, SECOND)
    writer.say(EpochOpened(reason="enrolled", certificate=first, parent=None, software="1"))
    for number in range(4):
        writer.say(SIGNED_OUT, sign=number % 2 == 1, dossier=DOSSIER)
    writer.erase(2)
    writer.say(SIGNED_OUT)
    writer.restored(SECOND, second)
    writer.say(SIGNED_OUT)
    return lines(writer, [first, second])


def lines(writer: Writer, certificates: list[Signed]) -> list[Line]:
    who: Line = {
        "desk": str(DESK),
        "root": public(ROOT),
        "province": plain(province_certificate()),
        "certificates": [plain(one) for one in certificates],
    }
    return [who, *(line(entry) for entry in writer.entries)]


def plain(signed: Signed) -> Any:
    return json.loads(canonical.write(signed))


def line(entry: Entry) -> Line:
    return {
        "head": entry.head_text,
        "body": entry.body_text,
        "salt": entry.salt.hex() if entry.salt else None,
        "hash": entry.hash,
        "signature": entry.signature.hex() if entry.signature else None,
    }


def run(said: list[Line], folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """With an interpreter that sees neither our packages nor anybody's."""
    path = folder / "journal.jsonl"
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in said), encoding="utf-8")
    script = str(resource("examples/verify_journal.py"))
    return subprocess.run(
        [sys.executable, "-I", "-S", script, str(path), *arguments],
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8"},
    )


def test_a_sound_journal_is_proven(tmp_path: Path) -> None:
    result = run(journal(), tmp_path, public(ROOT))

    assert result.stderr == ""
    assert result.stdout.splitlines()[-3:] == [
        "ok    9 entries in one chain, the last signed; 7 signatures",
        "ok    1 bodies erased, each named by an erasing entry",
        "The journal is whole.",
    ]
    assert result.returncode == 0


def test_the_journal_may_come_through_a_pipe() -> None:
    said = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in journal())

    result = subprocess.run(
        [sys.executable, "-I", "-S", str(resource("examples/verify_journal.py"))],
        input=said,
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.endswith("The journal is whole.\n")


def test_an_older_certificate_may_be_from_a_former_key_of_the_province(tmp_path: Path) -> None:
    said = journal()
    said[0]["certificates"][0] = plain(desk_certificate(1, FIRST, by=FORMER_PROVINCE))

    assert run(said, tmp_path).returncode == 0


def flip(text: str) -> str:
    """The same hexadecimal text with its first digit changed."""
    return ("0" if text[0] != "0" else "1") + text[1:]


def drop_an_entry(said: list[Line]) -> None:
    del said[3]


def drop_the_last(said: list[Line]) -> None:
    del said[-1]
    said[-1]["signature"] = None


def swap_two(said: list[Line]) -> None:
    said[4], said[5] = said[5], said[4]


def change_a_body(said: list[Line]) -> None:
    said[1]["body"] = said[1]["body"].replace("enrolled", "restored")


def change_a_salt(said: list[Line]) -> None:
    said[1]["salt"] = flip(said[1]["salt"])


def change_a_head(said: list[Line]) -> None:
    said[2]["head"] = said[2]["head"].replace('"clerk":"lan"', '"clerk":"hoa"')


def change_a_name(said: list[Line]) -> None:
    said[2]["hash"] = flip(said[2]["hash"])


def change_a_signature(said: list[Line]) -> None:
    said[1]["signature"] = flip(said[1]["signature"])


def sign_by_another_desk(said: list[Line]) -> None:
    said[-1]["signature"] = sign_head(FIRST, said[-1]["head"]).hex()


def lengthen_a_signature(said: list[Line]) -> None:
    said[1]["signature"] += "00"


def add_the_order_to_a_signature(said: list[Line]) -> None:
    """The classic malleability: S and S + L satisfy the same equation, and only one is a signature."""
    order = 2**252 + 27742317777372353535851937790883648493
    s = int.from_bytes(bytes.fromhex(said[1]["signature"][64:]), "little") + order
    said[1]["signature"] = said[1]["signature"][:64] + s.to_bytes(32, "little").hex()


def hide_a_body(said: list[Line]) -> None:
    said[1]["body"] = said[1]["salt"] = None


def bring_an_erased_body_back(said: list[Line]) -> None:
    said[3]["body"], said[3]["salt"] = "{}", (bytes([2]) * 32).hex()


def change_a_certificate(said: list[Line]) -> None:
    latest = said[0]["certificates"][-1]
    latest["payload"] = latest["payload"].replace("1018", "1019")


def another_province(said: list[Line]) -> None:
    said[0]["certificates"][-1] = plain(desk_certificate(2, SECOND, by=FORMER_PROVINCE))


def another_root(said: list[Line]) -> None:
    said[0]["root"] = public(FORMER_PROVINCE)


def another_desk(said: list[Line]) -> None:
    said[0]["desk"] = str(UUID(int=8))


def continue_an_unknown_head(said: list[Line]) -> None:
    del said[5:8]


@pytest.mark.parametrize(
    "tamper",
    [
        drop_an_entry,
        drop_the_last,
        swap_two,
        change_a_body,
        change_a_salt,
        change_a_head,
        change_a_name,
        change_a_signature,
        sign_by_another_desk,
        lengthen_a_signature,
        add_the_order_to_a_signature,
        hide_a_body,
        bring_an_erased_body_back,
        change_a_certificate,
        another_province,
        another_root,
        another_desk,
        continue_an_unknown_head,
    ],
    ids=lambda tamper: tamper.__name__,
)
def test_every_change_is_seen(tamper: Callable[[list[Line]], None], tmp_path: Path) -> None:
    said = journal()
    tamper(said)

    result = run(said, tmp_path)

    assert result.stderr == ""
    assert "FAULT" in result.stdout
    assert result.returncode == 1


def test_a_journal_of_another_province_does_not_pass_under_our_root(tmp_path: Path) -> None:
    assert run(journal(), tmp_path, public(FORMER_PROVINCE)).returncode == 1


def test_an_empty_journal_proves_nothing(tmp_path: Path) -> None:
    assert run(journal()[:1], tmp_path).returncode == 1
