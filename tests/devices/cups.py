"""A real CUPS of the test's own: private folders, a free port, and a printer whose paper falls into a folder.

Runs as root and as anybody. The printer is a raw queue with a backend of three lines, so that what arrives is exactly
what a printer's driver would be given.
"""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

BACKEND = """#!/bin/sh
[ $# -eq 0 ] && exit 0
exec cp "$6" "${DEVICE_URI#tray:}/$1.pdf"
"""

SCHEDULER = """
Listen 127.0.0.1:{port}
Browsing No
WebInterface No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
    Order allow,deny
    Allow from 127.0.0.1
  </Limit>
</Policy>
"""

PLACES = """
ServerRoot {root}/etc
ServerBin {root}/bin
CacheDir {root}/cache
StateDir {root}/state
RequestRoot {root}/spool
TempDir {root}/spool/tmp
AccessLog {root}/log/access
ErrorLog {root}/log/error
PageLog {root}/log/page
Sandboxing relaxed
"""


class Cups:
    """A print server for the length of a `with`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.tray = root / "tray"
        self.address = f"127.0.0.1:{_free_port()}"

    def __enter__(self) -> Self:
        for name in ("etc/ppd", "bin/backend", "cache", "state", "spool/tmp", "log", "tray"):
            (self._root / name).mkdir(parents=True)
        for name in ("daemon", "filter"):
            (self._root / "bin" / name).symlink_to(f"/usr/lib/cups/{name}")
        backend = self._root / "bin/backend/tray"
        backend.write_text(BACKEND)
        backend.chmod(0o700)  # under root, only a backend closed to others runs as root
        scheduler, places = self._root / "etc/cupsd.conf", self._root / "etc/cups-files.conf"
        scheduler.write_text(SCHEDULER.format(port=self.address.partition(":")[2]))
        places.write_text(PLACES.format(root=self._root) + _identity())
        self._server = subprocess.Popen(["/usr/sbin/cupsd", "-f", "-c", str(scheduler), "-s", str(places)])
        self._wait_until("is running", "lpstat", "-r")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.terminate()
        self._server.wait(10)

    def add_queue(self, name: str) -> None:
        self.run("lpadmin", "-p", name, "-E", "-v", f"tray:{self.tray}")

    def stop_queue(self, name: str) -> None:
        """The printer is switched off; the server still takes jobs for it."""
        self.run("cupsdisable", name)

    def refuse_jobs(self, name: str) -> None:
        self.run("cupsreject", name)

    def waiting_jobs(self) -> list[str]:
        return self.run("lpstat", "-o").splitlines()

    def paper(self) -> bytes:
        """What lies in the tray, once no job is waiting any more."""
        self._wait_until("", "lpstat", "-o", empty=True)
        (sheet,) = self.tray.iterdir()
        return sheet.read_bytes()

    def run(self, *command: str) -> str:
        environment = os.environ | {"CUPS_SERVER": self.address, "LC_ALL": "C"}
        return subprocess.run(command, env=environment, capture_output=True, check=False, text=True).stdout

    def _wait_until(self, words: str, *command: str, empty: bool = False) -> None:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            said = self.run(*command)
            if not said if empty else words in said:
                return
            time.sleep(0.02)
        raise TimeoutError((self._root / "log/error").read_text()[-2000:])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _identity() -> str:
    """As root CUPS takes its own users; anybody else runs everything as himself."""
    if sys.platform == "win32" or os.getuid() == 0:
        return ""
    user, group = (subprocess.check_output(["id", flag, "-n"], text=True).strip() for flag in ("-u", "-g"))
    return f"User {user}\nGroup {group}\nSystemGroup {group}\n"
