"""Every word asked for is there, in both languages, with the same blanks."""

import ast
from enum import Enum
from pathlib import Path

import pytest

from desk.domain.dossier import Channel, Payment, ReturnBy, Status
from desk.domain.errors import CardFault, Reason
from desk.domain.people import PartyKind, Sex
from desk.domain.personal_id import IdWarning
from desk.domain.reception import PlanWarning
from desk.services.ports.values import LampReason, Need, Role, SlipState, Word
from desk.ui import words as module
from desk.ui.words import Language, NoSuchWord, Words, blanks_in, load
from sync.protocol.entries import ENTRIES

FAMILIES: list[tuple[str, type[Enum]]] = [
    ("kinds.{}", PartyKind),
    ("sexes.{}", Sex),
    ("channels.{}", Channel),
    ("returns.{}", ReturnBy),
    ("payments.{}", Payment),
    ("needs.{}", Need),
    ("status.{}", Status),
    ("province.{}", Word),
    ("slip.{}", SlipState),
    ("roles.{}", Role),
    ("warnings.{}", IdWarning),
    ("warnings.{}", PlanWarning),
    ("reasons.{}", Reason),
    ("reasons.{}", CardFault),
    ("outbox.advice_{}", LampReason),
    ("person.id_{}", PartyKind),
    ("accepted.tell_{}", ReturnBy),
]


def asked_for() -> set[str]:
    """Every key that stands as a whole in the screens' own source."""
    keys: set[str] = set()
    for path in Path(module.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(key := node.args[0], ast.Constant):
                name = ast.unparse(node.func).rsplit("(", 1)[0]
                if name.removesuffix(".count").endswith("words") and isinstance(key.value, str):
                    keys.add(key.value)
    return keys


def test_both_languages_have_the_same_words() -> None:
    vi, en = load(Language.VI), load(Language.EN)

    assert {key for key in vi if key not in en} == set()
    assert {key for key in en if key not in vi and not key.endswith("_one")} == set()


def test_both_languages_leave_the_same_blanks() -> None:
    vi, en = load(Language.VI), load(Language.EN)

    assert [key for key in vi if blanks_in(vi[key]) != blanks_in(en[key])] == []


@pytest.mark.parametrize("language", Language)
def test_nothing_is_asked_for_that_nobody_wrote(language: Language) -> None:
    words = Words(language)

    assert len(asked_for()) > 100
    assert [key for key in sorted(asked_for()) if not words.has(key)] == []


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("key", "values"), FAMILIES)
def test_every_possibility_has_its_word(key: str, values: type[Enum], language: Language) -> None:
    words = Words(language)

    assert [value for value in values if not words.has(key.format(value.value))] == []


@pytest.mark.parametrize("language", Language)
def test_every_kind_of_entry_about_a_dossier_has_a_word_for_the_history(language: Language) -> None:
    words = Words(language)
    elsewhere = {"epoch_opened", "clerk_signed_in", "clerk_signed_out", "pin_set", "clock_confirmed", "notice_seen"}
    about_dossiers = {one.KIND for one in ENTRIES} - elsewhere

    assert [kind for kind in sorted(about_dossiers) if not words.has(f"history.{kind}")] == []


def test_no_text_is_empty() -> None:
    assert [key for language in Language for key, text in load(language).items() if not text.strip()] == []


def test_one_is_said_otherwise_than_many() -> None:
    words = Words(Language.EN)

    assert words.count("moment.minutes", 1) == "1 minute"
    assert words.count("moment.minutes", 14) == "14 minutes"


def test_a_word_nobody_wrote_is_a_mistake_of_the_program() -> None:
    with pytest.raises(NoSuchWord):
        Words(Language.VI)("nobody.wrote")


def said_of(error: str, place: int) -> set[str]:
    """What stands at a place of every `error(...)` in the desk's source, where it is written out."""
    found: set[str] = set()
    for path in (Path(module.__file__).parent.parent).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == error and len(node.args) > place:
                value = node.args[place]
                found |= {value.value} if isinstance(value, ast.Constant) and isinstance(value.value, str) else set()
    return found


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("error", "place", "table"),
    [("Malformed", 0, "fields"), ("NotAllowedNow", 1, "states"), ("PrinterTrouble", 1, "reasons")],
)
def test_every_fact_written_in_the_source_has_its_word(error: str, place: int, table: str, language: Language) -> None:
    words = Words(language)
    said = said_of(error, place)

    assert said
    assert [fact for fact in sorted(said) if not words.has(f"{table}.{fact}")] == []
