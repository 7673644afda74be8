"""The technician's log: what happened and where it went wrong, never about whom.

An exception's text can quote what somebody typed or a row of the store. So of an exception only its kind and the lines
of code it passed are written, and of our own errors their facts, which are never a person's.
"""

import copy
import logging
import sys
import time
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from desk.domain.errors import DeskError

LARGEST = 1024 * 1024
KEPT = 5

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """Formats exceptions without their texts."""

    def format(self, record: logging.LogRecord) -> str:
        # Another handler may have left its own, talkative picture of the exception on the record.
        own = copy.copy(record)
        own.exc_text = None
        return super().format(own)

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802  logging names it
        error = ei[1]
        lines = []
        while error is not None:
            lines.append(_named(error))
            lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in _frames(error)]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)


class _File(RotatingFileHandler):
    """A disk that takes no log is said by whoever meets it, in a sentence; nobody at a counter reads tracebacks."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  logging names it
        if not isinstance(sys.exception(), OSError):
            super().handleError(record)


def begin(home: Path) -> logging.Handler:
    """Write the log of this process into the desk's folder from now on. Raises OSError where that cannot be."""
    folder = home / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    handler = _File(folder / "desk.log", maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", delay=True)
    formatter = Discreet("%(asctime)sZ %(process)d %(levelname)s %(name)s: %(message)s")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    return handler


def begin_nowhere() -> logging.Handler:
    """Keep Python from writing to standard error what nobody keeps: people get sentences there, not tracebacks."""
    handler = logging.NullHandler()
    logging.getLogger().addHandler(handler)
    return handler


def end(handler: logging.Handler) -> None:
    """Let go of the file."""
    logging.getLogger().removeHandler(handler)
    handler.close()


def _named(error: BaseException) -> str:
    return str(error) if isinstance(error, DeskError) else type(error).__name__


def _frames(error: BaseException) -> traceback.StackSummary:
    return traceback.extract_tb(error.__traceback__, limit=-12)
