"""What `desk journal --json` prints of a desk at work satisfies the outsider's program."""

import subprocess
import sys
from pathlib import Path
from uuid import uuid4

from desk.resources import resource
from desk.services import journal
from desk.services.epochs import look_at_machine
from desk.services.reception import accept_dossier
from sync.protocol.signing import public
from tests import make
from tests.store.stores import LAN, at_work


def test_the_journal_of_a_desk_at_work_is_proven_under_the_provinces_root(tmp_path: Path) -> None:
    desk = at_work(tmp_path / "home")
    for board in ("1", "2", "2"):  # the second time it is another machine: a new epoch, without a certificate yet
        look_at_machine({"board": board}, open_work=desk.store.open_work, clock=desk.clock, software="test")
        accept_dossier(make.intake(), clerk=LAN, open_work=desk.store.open_work, clock=desk.clock, new_id=uuid4)
    said = tmp_path / "journal.jsonl"
    said.write_text("\n".join(journal.lines(open_reading=desk.store.open_reading)) + "\n", encoding="utf-8")
    desk.store.close()

    script = str(resource("examples/verify_journal.py"))
    command = [sys.executable, "-I", "-S", script, str(said), public(desk.province.root)]
    result = subprocess.run(command, capture_output=True, check=False, text=True, encoding="utf-8")

    assert result.returncode == 0, result.stdout + result.stderr
    assert "The journal is whole." in result.stdout
    assert " continues 1/" in result.stdout
