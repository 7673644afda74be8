"""Prepare a machine and start Commune Desk, with nothing but a Python 3.11 to begin with.

    setup.py run            prepare what running needs, then start the demo
    setup.py test [ARGS]    prepare what testing needs, then run the tests (ARGS go to pytest)
    setup.py ready run      only prepare; likewise `ready test`

The Makefile calls this on Linux; on Windows it is called directly (see README.md beside it).
Standard library only, because it runs before anything is installed. It uses pip and apt as the
machine has them configured (certificates, mirrors) and names no server itself.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
LOCKS = {"run": "province.txt", "test": "dev.txt"}

# What Qt's wheels expect of a Debian system: drawing, keyboard, fonts, a window under X11, printers.
QT_PACKAGES = ["libgl1", "libegl1", "libxkbcommon0", "libglib2.0-0", "libfontconfig1", "libdbus-1-3"]
QT_PACKAGES += ["libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0"]
QT_PACKAGES += ["libcups2"]
# A screen nobody sees, a reader for our papers, a province's database, a witness of what goes to the disk, and a
# printer made of files.
TEST_PACKAGES = ["xvfb", "xauth", "poppler-utils", "postgresql", "strace"]
TEST_PACKAGES += ["cups", "cups-client", "printer-driver-cups-pdf"]
PACKAGES = {"run": QT_PACKAGES, "test": QT_PACKAGES + TEST_PACKAGES}


def main(arguments: Sequence[str]) -> int:
    """Do what the command line asks."""
    match arguments:
        case ["ready", "run" | "test" as purpose]:
            prepare(purpose)
            return 0
        case ["run", *rest]:
            prepare("run")
            return start("-m", "desk", "demo", "--out", "out", *rest)
        case ["test", *rest]:
            prepare("test")
            # Two at a time, because that is what the smallest machine of ours has; ARGS may say otherwise.
            return start("-m", "pytest", "-n", "2", "--cov=desk", "--cov=sync", *rest)
    print(__doc__)
    return 2


def prepare(purpose: str) -> None:
    """Bring the machine to where `purpose` works; quick when it already is."""
    if is_ready(purpose):
        return
    install_system_packages(purpose)
    make_environment()
    stamp = stamp_file(purpose)
    stamp.unlink(missing_ok=True)
    say(f"Installing the locked Python packages ({LOCKS[purpose]}); the first time takes a minute or two.")
    # The lock is complete, so there is nothing to resolve; a desk has no compiler, so nothing to build.
    lock = ROOT / "resources/packaging/lock" / LOCKS[purpose]
    pip("--require-hashes", "--no-deps", "--only-binary=:all:", "-r", str(lock))
    pip("--no-deps", "--no-build-isolation", "-e", str(ROOT))
    # Where PYTHONDONTWRITEBYTECODE is set, pip leaves no bytecode either, and every start would be twice as slow.
    # PySide6 carries templates that only look like Python.
    compiled = [str(VENV), str(ROOT / "desk"), str(ROOT / "sync")]
    call(str(PYTHON), "-m", "compileall", "-q", "-j", "0", "-x", r"\.tmpl\.py$", *compiled)
    stamp.write_text(fingerprint(purpose), encoding="utf-8")


def is_ready(purpose: str) -> bool:
    """Whether the last preparation for `purpose`, or for more, still fits the tree."""
    enough = ["run", "test"] if purpose == "run" else ["test"]
    return PYTHON.exists() and any(
        stamp_file(each).exists() and stamp_file(each).read_text(encoding="utf-8") == fingerprint(each)
        for each in enough
    )


def stamp_file(purpose: str) -> Path:
    """Where a finished preparation leaves its fingerprint."""
    return VENV / f"ready-{purpose}"


def fingerprint(purpose: str) -> str:
    """Everything a preparation depends on; of pyproject.toml only what the installed package says."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    digest = hashlib.sha256()
    for part in (
        str(ROOT),
        str((project["project"], project["build-system"])),
        (ROOT / "resources/packaging/lock" / LOCKS[purpose]).read_text(encoding="utf-8"),
        " ".join(PACKAGES[purpose]),
    ):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()


def install_system_packages(purpose: str) -> None:
    """Fetch what is missing through apt; elsewhere say what will be needed."""
    if sys.platform == "win32":
        return
    wanted = [*PACKAGES[purpose], *venv_package()]
    if not shutil.which("apt-get"):
        say("This is not a Debian system: please see that it has the like of " + " ".join(wanted))
        return
    missing = [name for name in wanted if not is_installed(name)]
    if not missing:
        return
    become_root = [] if os.geteuid() == 0 else ["sudo"]
    if become_root and not shutil.which("sudo"):
        sys.exit("Please let an administrator run: apt-get install " + " ".join(missing))
    say("Installing through apt: " + " ".join(missing))
    # Another apt may be at work on a machine that has just started: wait for it.
    apt = [*become_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300", "-qq"]
    call(*apt, "update")
    call(*apt, "install", "-y", "--no-install-recommends", *missing)


def venv_package() -> list[str]:
    """Debian's own Python comes without what makes a virtual environment."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    is_debians = Path(sys.base_prefix) == Path("/usr")
    return [f"python{version}-venv"] if is_debians else []


def is_installed(package: str) -> bool:
    """Whether dpkg has it unpacked and configured."""
    question = ["dpkg-query", "--show", "--showformat=${db:Status-Status}", package]
    return subprocess.run(question, capture_output=True, text=True, check=False).stdout == "installed"


def make_environment() -> None:
    """Make .venv, or make it anew if an earlier attempt was cut short."""
    if PYTHON.exists():
        probe = subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False)
        if probe.returncode == 0:
            return
    say(f"Making a virtual environment with Python {sys.version.split()[0]}.")
    call(sys.executable, "-m", "venv", "--clear", str(VENV))


def pip(*arguments: str) -> None:
    """Install with the environment's own pip, which keeps quiet unless something fails."""
    call(str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "-qq", *arguments)


def start(*arguments: str) -> int:
    """Hand over to the environment's Python, in the repository's root."""
    os.chdir(ROOT)
    if sys.platform != "win32":  # there it would start beside us, and the console would not wait
        os.execv(PYTHON, [str(PYTHON), *arguments])
    return subprocess.run([PYTHON, *arguments], check=False).returncode


def call(*command: str) -> None:
    """Run `command`; when it fails, so does the preparation, and the next start tries again."""
    if code := subprocess.run(command, check=False, cwd=ROOT).returncode:
        sys.exit(f"This did not work (code {code}): {' '.join(command)}")


def say(sentence: str) -> None:
    """Tell the person waiting what is being done."""
    print(sentence, flush=True)


if __name__ == "__main__":
    if not (3, 11) <= sys.version_info[:2] < (3, 14):
        sys.exit(f"Commune Desk needs Python 3.11, 3.12 or 3.13; this is {sys.version.split()[0]}.")
    sys.exit(main(sys.argv[1:]))
