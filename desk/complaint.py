"""What went wrong, said where whoever called can see it: a sentence for people, an object for machines."""

import json
import sys
from typing import TextIO

from desk.settings import Settings
from desk.ui.messages import explain
from desk.ui.words import Language


def complain(error: Exception, settings: Settings) -> None:
    """An object among the others on standard output, or a sentence on standard error; never a traceback."""
    message, notes = explain(error), getattr(error, "__notes__", [])
    if settings.as_json:
        said = {"ok": False, "error": type(error).__name__, "field": getattr(error, "field", None)}
        whole = said | {"message": {"vi": message.vi, "en": message.en}} | ({"notes": notes} if notes else {})
        _write(sys.stdout, json.dumps(whole, ensure_ascii=False))
    else:
        _write(sys.stderr, "\n".join([message.in_(Language(settings.language or Language.VI)), *notes]))


def _write(stream: TextIO | None, line: str) -> None:
    """A program without a console has no streams."""
    if stream is not None:
        stream.write(line + "\n")
        stream.flush()
