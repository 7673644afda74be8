"""The lamp's sentence, the same on the screen and on the command line. Qt-free."""

from datetime import datetime

from desk.services.ports.values import Lamp, LampReason
from desk.ui.formats import as_ago
from desk.ui.words import Words


def lamp_words(words: Words, lamp: Lamp, now: datetime, *, short: bool = False) -> str:
    """The lamp's sentence: what only this machine has, since when, and why; or that everything is sent.

    In `short`, where something was refused, that and the number of unsent dossiers have to do.
    """
    parts: list[str] = []
    if lamp.refused:
        parts.append(words.count("lamp.refused", lamp.refused))
    if lamp.unsent_dossiers:
        parts.append(words.count("lamp.unsent", lamp.unsent_dossiers))
    elif lamp.unsent_entries:
        parts.append(words.count("lamp.unsent_entries", lamp.unsent_entries))
    if lamp.oldest_at is not None:
        parts.append(words("lamp.oldest", ago=as_ago(words, lamp.oldest_at, now)))
    if lamp.waiting and not parts:
        parts.append(words.count("lamp.waiting", lamp.waiting))
    if lamp.files and not parts:
        parts.append(words.count("lamp.files", lamp.files))
    if lamp.buddy_trouble_since is not None and (not short or not parts):
        parts.append(words("lamp.buddy", ago=as_ago(words, lamp.buddy_trouble_since, now)))
    if lamp.reason not in (LampReason.NONE, LampReason.REFUSED):
        parts.append(words(f"lamp.reason_{lamp.reason.value}"))
    if lamp.unnumbered is not None and (not short or not parts):
        parts = [*(parts or [words("lamp.all_sent")]), words("lamp.unnumbered")]
    if short and lamp.refused:
        parts = parts[:2]
    sentence = ", ".join(parts) or words("lamp.all_sent")
    return sentence[0].upper() + sentence[1:]
