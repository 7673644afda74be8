"""Work that may hang, done in a process of its own.

A driver that waits for a dead print server holds the interpreter's lock while it does: with Qt's calls, not only the
waiting thread but the whole program would stand still. A process can be left waiting, and ended.

The bundle's entry point has to call `multiprocessing.freeze_support()` before anything else.
"""

import multiprocessing
import os
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

T = TypeVar("T")


class OutOfPatience(Exception):
    """No answer in time; the work was ended where it stood."""


class Died(Exception):
    """The work ended without an answer: its process crashed."""


def run(work: Callable[..., T], *args: object, seconds: float) -> T:
    """What the module-level function `work` returns for `args`; both ways as pickled values.

    Raises OutOfPatience, Died. `work` gives failures back as values.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(there, work, args), name="errand", daemon=True)
    with here:
        process.start()
        there.close()
        try:
            if not here.poll(seconds):
                raise OutOfPatience
            answer: T = here.recv()
        except EOFError as error:
            raise Died from error
        finally:
            process.kill()
            process.join()
            process.close()
    return answer


def _answer(there: Connection, work: Callable[..., Any], args: tuple[object, ...]) -> None:
    if sys.platform != "win32":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"  # an errand has no window, and perhaps no screen
    there.send(work(*args))
    there.close()
