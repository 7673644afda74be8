"""Every kind of entry: listed once, in a file of its own, readable as it was written."""

from pathlib import Path

import pytest

import sync.protocol.entries
from sync.protocol import canonical
from sync.protocol.entries import ENTRIES, UnknownKind, read_body
from sync.protocol.entries.bodies_erased import BodiesErased, ErasedBody
from sync.protocol.entries.clerk_signed_in import ClerkSignedIn
from sync.protocol.entries.dossier_accepted import SaidFee
from sync.protocol.entries.dossier_voided import DossierVoided
from sync.protocol.entries.fee_taken import FeeTaken
from sync.protocol.entry import Body, commit_to
from sync.protocol.instant import InstantText, read_instant, write_instant
from sync.protocol.problems import Unreadable
from tests.sync.protocol import made
from tests.sync.protocol.made import NOW


def test_each_file_is_one_kind_in_the_list() -> None:
    folder = Path(sync.protocol.entries.__file__).parent
    files = {file.stem for file in folder.glob("*.py")} - {"__init__"}

    assert {entry.KIND for entry in ENTRIES} == files
    assert len(ENTRIES) == len(files)


def test_a_body_reads_as_it_was_written() -> None:
    assert read_body(made.entry(ClerkSignedIn(by="command"))) == ClerkSignedIn(by="command")


def test_an_erased_body_is_none() -> None:
    entry = made.entry()

    assert read_body(type(entry)(entry.head_text, None, None)) is None


class _At(canonical.Said, frozen=True, kw_only=True):
    at: InstantText


class _Weather(Body, frozen=True, kw_only=True):
    KIND = "weather"

    rain: bool


class _LaterSignIn(Body, frozen=True, kw_only=True):
    KIND = "clerk_signed_in"
    VERSION = 2

    mood: str


@pytest.mark.parametrize("body", [_Weather(rain=True), _LaterSignIn(mood="fine")], ids=["kind", "version"])
def test_what_a_newer_program_wrote_is_said_as_such(body: Body) -> None:
    with pytest.raises(UnknownKind):
        read_body(made.entry(body))


def test_a_body_that_does_not_parse_is_unreadable_though_its_head_commits_to_it() -> None:
    entry = made.entry()
    assert entry.salt is not None
    head = entry.head_text.replace(entry.head.commitment, commit_to('{"by":"magic"}', entry.salt))

    with pytest.raises(Unreadable) as met:
        read_body(type(entry)(head, '{"by":"magic"}', entry.salt))

    assert met.value.field == "by"


_ERASED = ErasedBody(epoch=65_535, seq=2**53, hash="a" * 64, commitment="b" * 64)


@pytest.mark.parametrize(
    "body",
    [
        DossierVoided(reason=""),
        DossierVoided(reason="x" * 501),
        BodiesErased(ground="request", basis="", erased=(_ERASED,) * 5_000),
    ],
    ids=["too short", "too long", "too much"],
)
def test_nothing_is_written_that_nobody_could_read_again(body: Body) -> None:
    with pytest.raises(Unreadable):
        made.entry(body)


def test_no_head_is_written_that_nobody_could_read_again() -> None:
    with pytest.raises(Unreadable):
        made.entry(clerk="x" * 65)


def test_a_sum_may_be_larger_than_each_of_its_lines() -> None:
    line = SaidFee(name="Phí", kind="fee", amount=10**9, count=9_999, paid="cash")
    taken = FeeTaken(fees=(line,) * 20, total=20 * 9_999 * 10**9)

    assert read_body(made.entry(taken)) == taken


def test_a_head_is_its_canonical_text() -> None:
    entry = made.entry()

    assert canonical.write(entry.head) == entry.head_text


def test_an_instant_has_24_characters_and_comes_back() -> None:
    assert write_instant(NOW) == "2025-07-01T01:15:00.123Z"
    assert read_instant(write_instant(NOW)) == NOW


def test_a_day_that_does_not_exist_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        read_instant("2025-02-30T00:00:00.000Z")


@pytest.mark.parametrize("text", ["2025-07-01T01:15:00.123Z\n", "٢٠٢٥-07-01T01:15:00.123Z"], ids=["line end", "digits"])
def test_an_instant_has_no_second_spelling(text: str) -> None:
    with pytest.raises(Unreadable):
        canonical.read(canonical.write({"at": text}), _At, what="at", limit=100)


def test_an_instant_must_know_its_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        write_instant(NOW.replace(tzinfo=None))
