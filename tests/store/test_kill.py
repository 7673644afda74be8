"""A real process is killed without warning: what was said to be kept is there, and nothing half of anything."""

import subprocess
import sys
from pathlib import Path

from desk.services.verify import verify
from tests.store.stores import at_work, opened

DRAFT = """
import os, sys
from pathlib import Path
from desk.services.drafts import save_draft
from tests.store.stores import LAN, opened
desk = opened(Path(sys.argv[1]))
save_draft(LAN, '{"full_name": "Nguyễn Thị"}', open_work=desk.store.open_work, clock=desk.clock)
os.kill(os.getpid(), 9)
"""

MID_ACCEPT = """
import os, sys
from pathlib import Path
from uuid import uuid4
from desk.services.ports.said import say_dossier
from tests import make
from tests.store.stores import opened
desk = opened(Path(sys.argv[1]))
print(desk.accepts().code, flush=True)
with desk.store.open_work() as work:
    dossier = make.dossier(n=7)
    work.journal.append(say_dossier(dossier), at=desk.clock(), clerk="lan", dossier=dossier.id)
    work.journal.write()
    os.kill(os.getpid(), 9)
"""

UNDER_LOAD = """
import sys
from pathlib import Path
from tests import make
from tests.store.stores import opened
desk = opened(Path(sys.argv[1]))
while True:
    print(desk.accepts(fees=(make.fee_line(),)).code, flush=True)
"""


def _run(script: str, home: Path) -> str:
    killed = subprocess.run([sys.executable, "-c", script, str(home)], capture_output=True, check=False, text=True)
    assert (killed.returncode, killed.stderr) == (-9, "")
    return killed.stdout


def test_a_half_filled_form_survives(tmp_path: Path) -> None:
    at_work(tmp_path).store.close()

    _run(DRAFT, tmp_path)

    desk = opened(tmp_path)
    with desk.store.open_reading() as memory:
        assert memory.drafts.load("lan") == '{"full_name": "Nguyễn Thị"}'
    desk.store.close()


def test_a_deed_that_was_not_committed_never_was(tmp_path: Path) -> None:
    at_work(tmp_path).store.close()

    taken = _run(MID_ACCEPT, tmp_path).split()

    desk = opened(tmp_path)
    assert [row[0] for row in desk.sql("SELECT code FROM dossiers")] == taken
    assert verify(open_reading=desk.store.open_reading).sound
    assert desk.accepts().code == "H05.09.169-250701-1017002"
    desk.store.close()


def test_every_dossier_that_was_said_to_be_taken_is_there(tmp_path: Path) -> None:
    at_work(tmp_path).store.close()
    worker = subprocess.Popen([sys.executable, "-c", UNDER_LOAD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    said = [worker.stdout.readline().strip() for _ in range(40)]

    worker.kill()

    said += worker.stdout.read().split()
    worker.stdout.close()
    worker.wait()
    desk = opened(tmp_path)
    there = {row[0] for row in desk.sql("SELECT code FROM dossiers")}
    assert set(said) <= there
    assert len(there) - len(said) <= 1
    assert verify(open_reading=desk.store.open_reading).sound
    desk.store.close()
