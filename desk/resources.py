"""Where the files under resources/ are, from source and inside the bundle."""

import sys
from pathlib import Path

_ROOT = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent)) / "resources"


def resource(name: str) -> Path:
    """The path of a shipped file, such as `resource("fonts/Tinos-Regular.ttf")`."""
    return _ROOT / name
