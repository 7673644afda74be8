"""`address`: where the province is reached; told another address, the desk asks there first and keeps the others."""

import argparse

from desk.commands.verb import Call, Verb


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", nargs="?", metavar="URL", help="the new address; without it, those that are known")
    parser.add_argument("--allow-http", action="store_true", help="let an address beyond this computer do without TLS")


def run(call: Call) -> int:
    """0 once it is kept. Whoever answers there is believed only with the province's own signature."""
    return _learn(call, call.options.url.rstrip("/")) if call.options.url else _list(call)


def _learn(call: Call, url: str) -> int:
    call.tools.road(url, allow_plain=call.options.allow_http).close()  # is it an address at all?
    with call.tools.work() as desk, desk.open_work() as work:
        work.identity.learn_address(url)
        work.commit()
    return _list(call)


def _list(call: Call) -> int:
    with call.tools.look() as desk, desk.open_reading() as memory:
        known = memory.identity.addresses()
    call.say("\n".join(known), ok=True, address=known[0], known=known)
    return 0


VERB = Verb("address", "where the province is reached", run, add_options)
