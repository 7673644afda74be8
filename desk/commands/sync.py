"""`sync`: send what waits and fetch what is new, now or for as long as it is left running."""

import argparse
import logging
import threading

from desk.commands.buddy import rounds
from desk.commands.verb import Call, Verb, Working
from desk.freight import outgoing, province_clock
from desk.line import has_ended, lamp_reason
from desk.memento import remember_line
from desk.services.attachments import let_go
from desk.settings import SOFTWARE
from desk.ui.messages import explain
from desk.ui.words import Words
from sync.addresses import Addresses
from sync.file_runner import bring_all
from sync.ports import Outgoing
from sync.runner import Line, Runner
from sync.schedule import Why
from sync.troubles import Trouble

log = logging.getLogger(__name__)


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="send and fetch everything, then end")


def run(call: Call) -> int:
    """With --once: 0 when the province holds everything, 1 when it does not. Without: until Ctrl+C, then 0."""
    if not call.options.once:
        return _stay(call)
    with call.tools.work() as desk:
        line = _runner(call, desk).drain()
        if line.why is Why.IDLE and _bring_files(call, desk):
            line = _runner(call, desk).drain()  # hears which of them the province has
        if line.why is Why.IDLE:
            _carry_siblings(call, desk)
        rounds(call, desk).go()
        remember_line(call.settings.home, lamp_reason(line.why))
        unsent = desk.journal.unsent()
        let_go(files=call.tools.files(), open_reading=desk.open_reading, clock=call.tools.clock)
    _say(call, line, unsent)
    return 0 if line.why is Why.IDLE and unsent == 0 else 1


def _bring_files(call: Call, desk: Working) -> bool:
    """Whether any went. What the line did not let through goes another time."""
    waiting = outgoing(desk.open_reading, call.tools.files())
    if not waiting():
        return False
    from sync.files import Courier  # its library takes its time to load, and most days there is no file

    road = call.tools.road(desk.journal.identity().url, allow_plain=True)
    try:
        return (
            bring_all(
                Courier(road, desk.journal.identity, province_clock(desk.open_reading, call.tools.clock)), waiting
            )
            > 0
        )
    except Trouble as trouble:
        log.info("file: %s", trouble)
        return True
    finally:
        road.close()


def _carry_siblings(call: Call, desk: Working) -> None:
    """What other desks laid into a folder of ours goes to the province too."""
    road = call.tools.road(desk.journal.identity().url, allow_plain=True)

    def bring(files: tuple[Outgoing, ...]) -> None:
        if files:
            from sync.files import Courier  # as above

            bring_all(
                Courier(road, desk.journal.identity, province_clock(desk.open_reading, call.tools.clock)), lambda: files
            )

    try:
        rounds(call, desk).carry(lambda: road, bring)
    except Trouble as trouble:
        log.info("siblings: %s", trouble)
    finally:
        road.close()


def _runner(call: Call, desk: Working) -> Runner:
    return Runner(
        desk.journal,
        # A plain address was allowed by whoever enrolled the desk with it.
        lambda: Addresses(desk.journal.addresses, lambda url: call.tools.road(url, allow_plain=True)),
        clock=call.tools.clock,
        software=SOFTWARE,
        listener=lambda _: None,
    )


def _stay(call: Call) -> int:
    """As beside a window: files, the buddy copy and what siblings left go too."""
    try:
        with call.tools.stay(lambda line, unsent: _say_turn(call, line, unsent)):
            threading.Event().wait()
    except KeyboardInterrupt:
        return 0
    return 0


def _say_turn(call: Call, line: Line, unsent: int) -> None:
    """A line a turn: when it ended, and not again while it rests."""
    if has_ended(line):
        _say(call, line, unsent)


def _say(call: Call, line: Line, unsent: int) -> None:
    text = " ".join(filter(None, (_count(call, line, unsent), _obstacle(line, unsent, Words(call.language)))))
    call.say(text, ok=line.why is Why.IDLE and unsent == 0, why=line.why.value, unsent=unsent)


def _count(call: Call, line: Line, unsent: int) -> str:
    if unsent:
        return call.in_words(
            f"Còn {unsent} việc chưa gửi.", f"{unsent} entries not sent." if unsent > 1 else "1 entry not sent."
        )
    if line.why is Why.IDLE:
        return call.in_words("Đã gửi hết.", "Everything is sent.")
    return call.in_words("Không có gì đang chờ.", "Nothing waits.")


def _obstacle(line: Line, unsent: int, words: Words) -> str:
    """What stands in the way and what to do about it; with nothing to send, the lamp's words for it are enough."""
    if line.why is Why.IDLE:
        return ""
    if line.trouble is not None and (unsent or not isinstance(line.trouble, Trouble)):
        return explain(line.trouble).in_(words.language)
    advice = words(f"outbox.advice_{lamp_reason(line.why)}")
    problem = line.last_turn.problem if line.last_turn and line.trouble is None else None
    told = f"reasons.{problem.facts.get('reason')}" if problem else ""
    return f"{advice} ({words(told)})" if words.has(told) else advice


VERB = Verb("sync", "send what waits, fetch what is new", run, add_options)
