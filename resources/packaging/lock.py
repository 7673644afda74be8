"""Choose and check the exact packages everybody installs.

    lock.py            write lock/*.txt anew with the newest versions pyproject.toml allows
    lock.py --check    prove that they can be installed on a Windows desk without a compiler

Three files, each holding all of the one before and the same versions:
desk.txt (what a bundle is made of), province.txt (`make run`), dev.txt (`make test`).
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = Path("resources/packaging/lock")
EXTRAS = {
    "dev.txt": ["province", "install", "dev"],
    "province.txt": ["province", "install"],
    "desk.txt": [],
}


def write() -> None:
    """Resolve the largest set first; the smaller ones follow its versions."""
    for name, extras in EXTRAS.items():
        follow = [] if name == "dev.txt" else ["--constraint", str(LOCK / "dev.txt")]
        wanted = [part for extra in extras for part in ("--extra", extra)]
        uv(
            *("pip", "compile", "pyproject.toml", *wanted, *follow, "--output-file", str(LOCK / name)),
            # No server's name belongs in the repository: each machine asks the one it is set up for.
            *("--universal", "--generate-hashes", "--no-emit-index-url", "--upgrade"),
            *("--no-header", "--no-annotate"),
        )


def check() -> None:
    """Let the resolver pretend to be a Windows desk with Python 3.11 that can build nothing."""
    for name in ("desk.txt", "province.txt"):
        with tempfile.TemporaryDirectory() as nowhere:
            uv(
                *("pip", "install", "--dry-run", "--target", nowhere, "--require-hashes", "-r", str(LOCK / name)),
                *("--python-platform", "windows", "--python-version", "3.11", "--only-binary", ":all:"),
            )
        print(f"{name}: every package has a wheel for Windows")


def uv(*arguments: str) -> None:
    """Run the uv of this environment."""
    subprocess.run([sys.executable, "-m", "uv", "--quiet", *arguments], check=True, cwd=ROOT)


if __name__ == "__main__":
    check() if "--check" in sys.argv[1:] else write()
