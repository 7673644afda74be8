"""What a bench needs of the system beyond what the tests need, fetched through apt where it is missing."""

import os
import shutil
import subprocess
from collections.abc import Sequence


def missing_after_asking_apt(packages: Sequence[str]) -> list[str]:
    """Install what is missing and name what still is."""
    wanted = [package for package in packages if not _is_installed(package)]
    if wanted and shutil.which("apt-get"):
        _install(wanted)
    return [package for package in wanted if not _is_installed(package)]


def _install(packages: Sequence[str]) -> None:
    become_root = [] if os.access("/var/lib/dpkg", os.W_OK) else ["sudo", "--non-interactive"]
    apt = [*become_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300", "-qq"]
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        subprocess.run([*apt, *arguments], check=False, stdout=subprocess.DEVNULL)


def _is_installed(package: str) -> bool:
    if not shutil.which("dpkg-query"):
        return False
    question = ["dpkg-query", "--show", "--showformat=${db:Status-Status}", package]
    return subprocess.run(question, capture_output=True, text=True, check=False).stdout == "installed"
