"""`find`: dossiers by name, code, number or phone, with the rest of what was taken in."""

import argparse
from typing import Any

from desk.commands.verb import Call, Verb
from desk.domain.clock import civil
from desk.domain.intake import dossier_as_json
from desk.services import search
from desk.services.ports.values import DossierFile, FoundDossier, Word
from desk.ui.formats import as_moment
from desk.ui.words import Language, Words

MOST = 50


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="+", metavar="WORDS", help="a name, a code, digits of an ID or a phone")


def run(call: Call) -> int:
    """0 also when nothing was found."""
    words = Words(call.language)
    with call.tools.look() as desk:
        found = search.find(" ".join(call.options.words), open_reading=desk.open_reading, limit=MOST)
        for one in found:
            file = search.open_dossier(one.code, open_reading=desk.open_reading)
            call.say("  ".join(filter(None, (_line(one, words), _told(file, words)))), **whole(file))
    if not found and not call.settings.as_json:
        print(call.in_words("Không tìm thấy hồ sơ nào.", "No dossier found."))
    return 0


def whole(file: DossierFile) -> dict[str, Any]:
    """The in-shape, with what acceptance added and what became of the dossier since."""
    told = file.province
    reason = {"vi": told.vi, "en": told.en}
    return dossier_as_json(file.dossier, file.status) | {
        "voided": file.voided,
        "recovered": file.recovered,
        "province": told.word.value,
        "refusal": {"field": told.field, "reason": reason} if told.word is Word.REFUSED else None,
    }


def _line(one: FoundDossier, words: Words) -> str:
    received, due = civil(one.received_at), civil(one.due_at) if one.due_at else None
    status = words("status.void" if one.voided else f"status.{int(one.status)}")
    return "  ".join(
        (one.code, f"{received:%d/%m/%Y %H:%M}", f"{due:%d/%m/%Y %H:%M}" if due else "-", status, one.full_name)
    )


def _told(file: DossierFile, words: Words) -> str:
    """What the province refuses, at which field and why, or what it waits for; nothing while all is well."""
    told = file.province
    if told.word not in (Word.REFUSED, Word.WAITING):
        return ""
    if told.word is Word.WAITING and file.hand_overs and told.since is not None:
        return words("dossier.waits_for_other", since=as_moment(told.since))
    named = f"fields.{(told.field or '').rsplit('.', 1)[-1]}"
    field = words(named) if words.has(named) else told.field
    reason = told.vi if words.language is Language.VI else told.en
    return ": ".join(filter(None, (words(f"province.{told.word.value}"), field, " ".join(reason.split()))))


VERB = Verb("find", "look a dossier up", run, add_options)
