"""`buddy`: keep what the province does not hold a second time, on a stick or in a folder of another desk."""

import argparse
from dataclasses import replace
from pathlib import Path

from desk.buddy_round import BuddyRounds
from desk.commands.verb import Call, Verb, Working, sign_in
from desk.domain.clock import civil
from desk.domain.errors import Malformed, Reason
from desk.services import buddy
from desk.services.ports.values import Buddy
from desk.ui.words import Words


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "deed",
        choices=("on", "off", "status", "now", "share"),
        help="on DIR: keep the copy there; share DIR: bring to the province what other desks lay there; "
        "now: bring the copy up to date at once",
    )
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR")


def run(call: Call) -> int:
    """0 when it was done and the copy, where one is wanted, is up to date."""
    deed = call.options.deed
    if deed == "status":
        with call.tools.look() as desk:
            state = _as_it_lies(buddy.look(open_reading=desk.open_reading))
    else:
        with call.tools.work() as working:
            state = _do(call, working)
    _say(call, state)
    return 0 if state.trouble is None else 1


def _as_it_lies(state: Buddy) -> Buddy:
    """A folder that went away after the last round is seen now; complete it was when that round ended."""
    if state.folder is None or state.trouble is not None or Path(state.folder).is_dir():
        return state
    return replace(state, trouble="gone", since=state.done_at)


def _do(call: Call, desk: Working) -> Buddy:
    if call.options.deed != "now":
        clerk = sign_in(call, desk)
        match call.options.deed:
            case "on":
                buddy.switch_on(_folder(call), clerk=clerk, open_work=desk.open_work)
            case "share":
                return buddy.share(_folder(call), clerk=clerk, open_work=desk.open_work)
            case _:
                return buddy.switch_off(clerk=clerk, open_work=desk.open_work)
    return rounds(call, desk).go()


def rounds(call: Call, desk: Working) -> BuddyRounds:
    return BuddyRounds(desk.open_work, desk.open_reading, desk.journal, call.tools.files(), call.tools.clock)


def _folder(call: Call) -> Path:
    """Raises Malformed where none was named."""
    if call.options.folder is None:
        raise Malformed("folder", "text", Reason.MISSING)
    folder: Path = call.options.folder.expanduser().absolute()
    return folder


def _say(call: Call, state: Buddy) -> None:
    since = civil(state.since) if state.since else None
    done = civil(state.done_at) if state.done_at else None
    call.say(
        _in_words(call, state),
        ok=state.trouble is None,
        on=state.folder is not None,
        folder=state.folder,
        shared=state.shared,
        done_at=done.isoformat(timespec="seconds") if done else None,
        trouble=state.trouble,
        since=since.isoformat(timespec="seconds") if since else None,
    )


def _in_words(call: Call, state: Buddy) -> str:
    if state.folder is None:
        return call.in_words("Bản sao dự phòng đang tắt.", "The buddy copy is off.")
    if state.trouble is None:
        return call.in_words(
            f"Bản sao dự phòng ở {state.folder}, đầy đủ.", f"The buddy copy in {state.folder} is complete."
        )
    why, since = Words(call.language)(f"reasons.{state.trouble}"), civil(state.since) if state.since else None
    when = f"{since:%d/%m/%Y %H:%M}" if since else "?"
    return call.in_words(
        f"Bản sao dự phòng ở {state.folder} không ghi được từ {when}: {why}. Dữ liệu trên máy này vẫn đủ.",
        f"The buddy copy in {state.folder} could not be kept since {when}: {why}. All is still on this computer.",
    )


VERB = Verb("buddy", "keep a second copy of what is not sent", run, add_options, writes=True)
