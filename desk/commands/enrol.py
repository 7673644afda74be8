"""`enrol`: make this computer a desk, with the code a technician was given, and fetch what a desk needs to begin."""

import argparse

from desk.commands.verb import Call, Road, Verb, Working
from desk.domain.errors import AlreadyEnrolled, NotEnrolled
from desk.line import of_enrolment
from desk.services import enrolment
from desk.services.ports import DeskFacts
from desk.settings import SOFTWARE
from sync.protocol.exchange import EnrolmentAnswer
from sync.protocol.signing import Signed
from sync.runner import Line, Runner
from sync.schedule import Why
from sync.troubles import Trouble


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--province", required=True, metavar="URL", help="the address of the province's system")
    parser.add_argument("--code", required=True, help="the one-time enrolment code")
    parser.add_argument("--allow-http", action="store_true", help="let an address beyond this computer do without TLS")


def run(call: Call) -> int:
    """0 once enrolled, also when the first look at the feed has to wait. A home with a desk spends no code."""
    options = call.options
    _check_free(call)
    road = call.tools.road(options.province, allow_plain=options.allow_http)
    with call.tools.found() as desk:
        facts = become_desk(call, desk, road, options.province, options.code)
        line = Runner(
            desk.journal, lambda: road, clock=call.tools.clock, software=SOFTWARE, listener=lambda _: None
        ).drain()
    road.close()
    _say(call, facts, line)
    return 0


def _check_free(call: Call) -> None:
    """Raises AlreadyEnrolled."""
    try:
        with call.tools.look() as desk, desk.open_reading() as memory:
            memory.identity.desk()
    except NotEnrolled:
        return
    raise AlreadyEnrolled


def become_desk(call: Call, desk: Working, road: Road, url: str, code: str) -> DeskFacts:
    """Raises CodeNotValid, Trouble, and what the enrolment service raises."""

    def ask(signed: Signed) -> EnrolmentAnswer:
        try:
            return road.enrol(signed)
        except Trouble as trouble:
            raise of_enrolment(trouble) from trouble

    return enrolment.enrol(
        code,
        url.rstrip("/"),
        ask=ask,
        open_work=desk.open_work,
        clock=call.tools.clock,
        new_id=call.tools.new_id,
        software=SOFTWARE,
    )


def _say(call: Call, facts: DeskFacts, line: Line) -> None:
    ready = line.why is Why.IDLE
    vi = f"Quầy số {facts.number} của {facts.agency}. Người phụ trách đầu tiên: {facts.first_supervisor}."
    en = f"Desk {facts.number} of {facts.agency}. First supervisor: {facts.first_supervisor}."
    if not ready:
        vi += " Danh mục chưa tải xong; máy tự tải khi có mạng."
        en += " The catalogue has not come down yet; that happens by itself when there is a line."
    call.say(
        call.in_words(vi, en),
        ok=True,
        desk=str(facts.desk),
        number=facts.number,
        agency=facts.agency,
        epoch=facts.epoch,
        province=facts.url,
        supervisor=facts.first_supervisor,
        ready=ready,
    )


VERB = Verb("enrol", "make this computer a desk", run, add_options)
