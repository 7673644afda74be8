"""What a window loads after Qt is loaded as without it."""

import subprocess
import sys

PROGRAM = """
import linecache
from desk.ui.unhooked import load_qt

load_qt()
from PySide6.QtWidgets import QApplication
import wsgiref.handlers

print([name for name in linecache.cache if "wsgiref" in name])
"""


def test_no_source_is_read_of_what_is_loaded_after_qt() -> None:
    answer = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)

    assert answer.stdout == "[]\n"
