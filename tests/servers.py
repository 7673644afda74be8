"""Real servers for tests: a PostgreSQL of Debian's own binaries, and provinces that listen on a free port."""

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from sync.province import command
from sync.province.database import Database, open_database
from sync.province.foundation import Founding, found_if_new
from sync.province.serve import listen_on, server_for

READY_SECONDS = 30
_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@dataclass
class Hands:
    """A clock that stands still until a test moves it; without a moment it is the computer's."""

    moment: datetime | None = None

    def __call__(self) -> datetime:
        return self.moment or datetime.now(UTC)


@dataclass(frozen=True)
class Province:
    """A province that answers at `url`."""

    url: str
    database_url: str
    root_key: Path
    clock: Hands = field(default_factory=Hands)

    def command(self, *words: str) -> list[dict[str, Any]]:
        """What `desk-province … --json` says; the officer sits at the same database, beside the server."""
        code, out, err = self.call(*words, "--json")
        assert code == 0, err
        return [json.loads(line) for line in out.splitlines()]

    def call(self, *words: str) -> tuple[int, str, str]:
        """Exit code, standard output and standard error."""
        out, err = io.StringIO(), io.StringIO()
        where = ("--database", self.database_url, "--root-key", str(self.root_key))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = command.main([*words, *where], clock=self.clock)
        return code, out.getvalue(), err.getvalue()

    def code(self, agency: str = "H05.09.169", *words: str) -> str:
        """A fresh enrolment code."""
        return str(self.command("code", "--agency", agency, *words)[0]["code"])


@contextmanager
def province_in_thread(database_url: str, folder: Path) -> Iterator[Province]:
    """The real server over real HTTP, in a thread of the test: quick to start, and its clock can be moved."""
    clock, root_key = Hands(), folder / "root-key.pem"
    database = open_database(database_url, clock)
    found_if_new(database, Founding(root_key))
    with contextlib.closing(database), listening(database) as url:
        yield Province(url, database_url, root_key, clock)


@contextmanager
def listening(database: Database) -> Iterator[str]:
    """A worker on a database; start two for a province with two workers."""
    said: list[str] = []
    ready = threading.Event()

    def hear(line: str) -> None:
        said.append(line)
        ready.set()

    with listen_on("127.0.0.1:0") as listener:
        server = server_for(database, listener, hear)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="province")
        thread.start()
        try:
            assert ready.wait(READY_SECONDS), "the province did not start"
            yield said[0].removeprefix("listening on ")
        finally:
            server.should_exit = True
            thread.join(READY_SECONDS)


@contextmanager
def province_process(
    database_url: str, folder: Path, *, listen: str = "127.0.0.1:0", workers: int = 1, files: Path | None = None
) -> Iterator[Province]:
    """`desk-province serve` as a process of its own, or some, stopped by SIGTERM."""
    root_key = folder / "root-key.pem"
    words = ["serve", "--listen", listen, "--database", database_url, "--root-key", str(root_key)]
    words += ["--workers", str(workers), *(["--files", str(files)] if files else [])]
    log = folder / "province.log"
    with log.open("ab") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "sync.province", *words], stdout=subprocess.PIPE, stderr=errors, text=True
        )
    try:
        assert process.stdout is not None
        line = process.stdout.readline().strip()
        assert line.startswith("listening on "), log.read_text()
        yield Province(line.removeprefix("listening on "), database_url, root_key)
    finally:
        process.terminate()
        process.communicate(timeout=READY_SECONDS)
        assert process.returncode == 0, log.read_text()


@contextmanager
def postgresql(*, durable: bool = False) -> Iterator["NewDatabase"]:
    """A PostgreSQL of our own on a socket in a temporary folder; `durable` waits for the disk as a real one does.

    The server refuses to run as root, so root becomes the user `postgres` for it.
    """
    folder = Path(tempfile.mkdtemp(prefix="desk-pg-"))
    try:
        if _is_root():
            shutil.chown(folder, "postgres")
        _run_postgres("initdb", "-D", folder / "data", "-A", "trust", "-U", "app", "--locale=C.UTF-8", "-E", "UTF8")
        settings = f"-k {folder} -c listen_addresses='' -c fsync={'on' if durable else 'off'} -c max_connections=200"
        start = ("pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", settings, "start")
        _run_postgres(*start)
        try:
            yield NewDatabase(folder)
        finally:
            _run_postgres("pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


@dataclass(frozen=True)
class NewDatabase:
    """Called, it makes a database, empty or like another one, and says its URL."""

    folder: Path
    numbers: Iterator[int] = field(default_factory=count)

    def __call__(self, *, like: str | None = None) -> str:
        name = f"province_{next(self.numbers)}"
        template = make_url(like).database if like else "template1"
        with psycopg.connect(f"postgresql://app@/postgres?host={self.folder}", autocommit=True) as connection:
            new, old = sql.Identifier(name), sql.Identifier(template or "")
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(new, old))
        return f"postgresql://app@/{name}?host={self.folder}"

    def drop(self, url: str) -> None:
        """Whoever makes hundreds gives them back."""
        with psycopg.connect(f"postgresql://app@/postgres?host={self.folder}", autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(make_url(url).database or ""))
            )


def found(database_url: str, root_key: Path) -> None:
    """A province that nobody has asked anything yet."""
    with contextlib.closing(open_database(database_url, Hands())) as database:
        found_if_new(database, Founding(root_key))


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _run_postgres(tool: str, *words: str | Path) -> None:
    assert _BINARIES, "PostgreSQL's server is missing: apt-get install postgresql"
    command: Sequence[str | Path] = [_BINARIES[-1] / tool, *words]
    if _is_root():
        command = ["runuser", "-u", "postgres", "--", *command]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")
