"""`attach`: lay a file to a dossier. It is sealed beside the store, and travels when nothing else waits."""

import argparse
from pathlib import Path

from desk.commands.verb import Call, Verb, sign_in
from desk.domain.errors import FileTrouble
from desk.services import attachments
from sync.protocol.entries.attachment_added import AttachmentAdded


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE")
    parser.add_argument("file", type=Path, metavar="FILE")


def run(call: Call) -> int:
    """0 once file and entry are there to last."""
    with call.tools.work() as desk:
        clerk = sign_in(call, desk)
        try:
            source = call.options.file.open("rb")
        except OSError as error:
            raise FileTrouble from error
        with source:
            body = attachments.attach(
                call.options.code,
                call.options.file.name,
                source,
                clerk=clerk,
                files=call.tools.files(),
                open_work=desk.open_work,
                clock=call.tools.clock,
                new_id=call.tools.new_id,
            )
    _say(call, body)
    return 0


def _say(call: Call, body: AttachmentAdded) -> None:
    code = call.options.code
    call.say(
        call.in_words(
            f"{code}: đã kèm {body.name} ({body.size} byte).", f"{code}: {body.name} attached ({body.size} bytes)."
        ),
        ok=True,
        code=code,
        attachment=str(body.attachment),
        name=body.name,
        media_type=body.media_type,
        size=body.size,
        sha256=body.sha256,
    )


VERB = Verb("attach", "lay a file to a dossier", run, add_options, writes=True)
