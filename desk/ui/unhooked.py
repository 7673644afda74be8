"""Qt, without its ear at every later import.

PySide takes the place of `__import__` and reads the *source* of each module loaded after it, in case one asks for
snake_case names (`from __feature__ import …`). None here does, and reading costs a start a tenth of a second and 24 MB
of memory that is never given back: every line of SQLAlchemy, requests and the rest.
"""

import builtins


def load_qt() -> None:
    """Load Qt's core and put the door back. Too late once something else has loaded PySide; then nothing changes."""
    plain = builtins.__import__
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = plain
