"""The plug is pulled while somebody types, on a real store."""

import subprocess
import sys
from pathlib import Path

from tests.e2e.clerk import Clerk
from tests.servers import province_process

SECONDS = 60


def window(clerk: Clerk, task: str) -> list[str]:
    passphrase_file = clerk.folder / "passphrase"
    return [sys.executable, "-m", "tests.ui.half_filled", str(clerk.home), str(passphrase_file), task]


def test_a_half_filled_intake_survives_kill_9(tmp_path: Path) -> None:
    with province_process(f"sqlite:///{tmp_path / 'province.db'}", tmp_path, listen="127.0.0.1:0") as province:
        clerk = Clerk(tmp_path / "counter").enrols(province)
        typing = subprocess.Popen(window(clerk, "fill"), stdout=subprocess.PIPE, encoding="utf-8")
        assert typing.stdout is not None
        assert typing.stdout.readline() == "kept\n"
        kept = typing.stdout.readline()

        typing.kill()
        typing.wait()
        typing.stdout.close()

        again = subprocess.run(
            window(clerk, "read"), capture_output=True, encoding="utf-8", timeout=SECONDS, check=True
        )
    assert "Đặng Thị Mỹ Duyên" in kept
    assert again.stdout.splitlines()[-1] == kept.strip()
