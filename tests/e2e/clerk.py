"""A clerk who works a desk by its command, each call a process of its own, on a computer set to another continent."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests import make
from tests.servers import Province

PASSPHRASE = "một mật khẩu rất dài"
SECONDS = 60
CALIFORNIA = {"TZ": "America/Los_Angeles"}


@dataclass
class Clerk:
    """Verbs of a morning. `name` is a staff id."""

    folder: Path
    name: str = ""
    said: list[dict[str, Any]] = field(default_factory=list)
    """Answers to what was brought, oldest first."""

    @property
    def home(self) -> Path:
        return self.folder / "desk"

    def enrols(self, province: Province, agency: str = "H05.09.169") -> "Clerk":
        """The computer becomes a desk and hears the province's first words."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "passphrase").write_text(PASSPHRASE, encoding="utf-8")
        code = province.code(agency)
        said = self.does("enrol", "--province", province.url, "--code", code)
        self.name = str(said[0]["supervisor"])
        return self

    def does(self, *words: str | Path, fails: bool = False, stdin: str = "") -> list[dict[str, Any]]:
        """What `desk … --json` says; it must succeed, or with `fails` must not."""
        return [json.loads(line) for line in self._runs(self.call(*words), fails, stdin).splitlines()]

    def reads(self, *words: str | Path, fails: bool = False) -> str:
        """What `desk …` says to people, in English."""
        return self._runs([*self.call(*words)[:-1], "--lang", "en"], fails)

    def _runs(self, call: list[str], fails: bool, stdin: str = "") -> str:
        done = subprocess.run(
            call,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
            env=os.environ | CALIFORNIA,
        )
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout

    def call(self, *words: str | Path) -> list[str]:
        own = ["--home", str(self.home), "--passphrase-file", str(self.folder / "passphrase"), "--json"]
        return [sys.executable, "-m", "desk", *map(str, words), *own]

    def accepts(self, count: int = 1, **facts: Any) -> list[str]:
        """People come to the counter now; their codes."""
        lines = [at_the_counter(**facts) for _ in range(count)]
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        answers = self.does("accept", "--file", "-", "--as", self.name, stdin=text)
        self.said += answers
        return [str(answer["code"]) for answer in answers]

    def prints(self, code: str) -> dict[str, Any]:
        """A slip; what was said of it."""
        return self.does("slip", code, "--out", self.folder / f"{code}.pdf", "--as", self.name)[0]

    def finds(self, words: str) -> list[dict[str, Any]]:
        return self.does("find", words)

    def sends(self) -> None:
        """Everything goes up and comes down."""
        self.does("sync", "--once")

    def cannot_send(self) -> str:
        """Why not."""
        return str(self.does("sync", "--once", fails=True)[0]["why"])

    @property
    def status(self) -> dict[str, Any]:
        return self.does("status")[0]

    @property
    def lamp(self) -> str:
        return str(self.status["lamp"])


def at_the_counter(**facts: Any) -> dict[str, Any]:
    """A dossier as it comes in, at the hour it comes in."""
    line = make.intake_json(**facts)
    del line["received_at"]
    return line
