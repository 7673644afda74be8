"""The far end of the demo: a small province of its own in another process, or somebody's own.

Cutting the line is real: the process is stopped, or the road to a foreign province leads to a closed port.
"""

import importlib.util
import json
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, Any, Protocol

from desk.commands.verb import Road
from sync.transport import HttpTransport

AGENCY = "H05.09.169"
SUPERVISOR = "Trần Thị Hoa"
STARTING_SECONDS = 30.0
STOPPING_SECONDS = 15.0


class NoProvince(Exception):
    """The demo has no far end; `reason` says why, fit to be read."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi, self.en = vi, en


class FarEnd(Protocol):
    """What the demo needs of a province."""

    url: str

    def enrolment_code(self) -> str: ...
    def cut(self) -> None: ...
    def mend(self) -> None: ...
    def road(self, url: str) -> Road: ...

    def held(self) -> list[dict[str, Any]] | None:
        """What it holds, asked of itself; None where only its answers to a desk can be asked."""
        ...

    def close(self) -> None: ...


class OwnProvince:
    """A reference province on SQLite in a folder that is thrown away, on a free port of this computer."""

    def __init__(self) -> None:
        """Raises NoProvince."""
        if getattr(sys, "frozen", False) or importlib.util.find_spec("sync.province") is None:
            raise NoProvince(
                "Bản này không kèm hệ thống tỉnh thử; hãy thêm --province URL --code CODE.",
                "This build carries no province to try with; add --province URL --code CODE.",
            )
        self._folder = tempfile.TemporaryDirectory(prefix="commune-desk-province-")
        self._database = f"sqlite:///{(Path(self._folder.name) / 'province.db').as_posix()}"
        self._process: subprocess.Popen[str] | None = None
        self.url = ""
        try:
            self.mend()
        except NoProvince:
            self.close()
            raise
        self._ask("policy", "--lookup", f"{self.url}/tra-cuu?ma={{code}}")

    def enrolment_code(self) -> str:
        return str(self._ask("code", "--agency", AGENCY, "--supervisor", SUPERVISOR)[0]["code"])

    def held(self) -> list[dict[str, Any]]:
        return self._ask("dossiers")

    def road(self, url: str) -> Road:
        return HttpTransport(url)

    def mend(self) -> None:
        """Start it, on the port it had before."""
        listen = self.url.removeprefix("http://") or "127.0.0.1:0"
        log = (Path(self._folder.name) / "province.log").open("a", encoding="utf-8")
        with log:
            self._process = subprocess.Popen(
                [*_command(), "serve", "--database", self._database, "--listen", listen, "--with-parent"],
                stdin=subprocess.PIPE,  # it stops when this is closed: also when we are killed
                stdout=subprocess.PIPE,
                stderr=log,
                encoding="utf-8",
            )
        self.url = _address(self._process, self._folder.name)

    def cut(self) -> None:
        """Stop it; whatever speaks to it now is refused the connection."""
        process, self._process = self._process, None
        if process is None:
            return
        try:
            process.communicate(timeout=STOPPING_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()

    def close(self) -> None:
        self.cut()
        self._folder.cleanup()

    def _ask(self, *words: str) -> list[dict[str, Any]]:
        command = [*_command(), *words, "--database", self._database, "--json"]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=60)
        if done.returncode:
            raise NoProvince("Hệ thống tỉnh thử không trả lời.", f"The demo's province failed: {done.stderr[-400:]}")
        return [json.loads(line) for line in done.stdout.splitlines()]


class ForeignProvince:
    """Somebody else's: its address and a code were given. The line to it is cut on our side."""

    def __init__(self, url: str, code: str) -> None:
        self.url, self._code = url.rstrip("/"), code
        self._nowhere = socket.create_server(("127.0.0.1", 0))
        self._dead = HttpTransport(f"http://127.0.0.1:{self._nowhere.getsockname()[1]}")
        self._nowhere.close()
        self._is_cut = threading.Event()

    def enrolment_code(self) -> str:
        return self._code

    def held(self) -> None:
        return None

    def road(self, url: str) -> Road:
        return _Switch(HttpTransport(url), self._dead, self._is_cut)

    def cut(self) -> None:
        self._is_cut.set()

    def mend(self) -> None:
        self._is_cut.clear()

    def close(self) -> None:
        self._dead.close()


class _Switch:
    """Leads to a province, or to a port where nobody listens."""

    def __init__(self, alive: HttpTransport, dead: HttpTransport, is_cut: threading.Event) -> None:
        self._alive, self._dead, self._is_cut = alive, dead, is_cut
        self.enrol = alive.enrol
        self.close = alive.close
        self.ask_about_file = alive.ask_about_file

    def exchange(self, parcel: bytes) -> bytes:
        return (self._dead if self._is_cut.is_set() else self._alive).exchange(parcel)


def _command() -> list[str]:
    return [sys.executable, "-m", "sync.province"]


def _address(process: subprocess.Popen[str], folder: str) -> str:
    """What it says on its first line: "listening on http://…"."""
    found: list[str] = []
    reader = threading.Thread(target=_read_first, args=(process.stdout, found), daemon=True)
    reader.start()
    reader.join(STARTING_SECONDS)
    if not found or "http://" not in found[0]:
        process.kill()
        process.wait()
        log = (Path(folder) / "province.log").read_text(encoding="utf-8")[-400:]
        raise NoProvince("Hệ thống tỉnh thử không khởi động được.", f"The demo's province did not start: {log}")
    return found[0].split()[-1]


def _read_first(lines: IO[str] | None, found: list[str]) -> None:
    if lines is not None and (line := lines.readline()):
        found.append(line.strip())
