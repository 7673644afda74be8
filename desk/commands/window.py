"""`window`: the desk's screen; what `desk` alone opens."""

from desk.commands.verb import Call, Verb


def run(call: Call) -> int:
    """0 when it was closed."""
    return call.tools.window()


VERB = Verb("window", "open the desk's window (what `desk` alone does)", run)
