"""Whatever somebody changes in a journal, a walk along its chain finds it."""

import hashlib
import hmac
import json
import os
from dataclasses import replace
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.protocol import canonical
from sync.protocol.chain import follow
from sync.protocol.entry import BEGINNING, Entry, Tip, check_signature
from sync.protocol.problems import BadSignature, ChainBroken, Forked, Problem, Unreadable
from sync.protocol.signing import public
from tests.sync.protocol import made
from tests.sync.protocol.made import DESK, START

_LENGTH = 6
_JOURNAL = made.journal(_LENGTH)


def _proven(entries: list[Entry]) -> Tip:
    """Raises a Problem unless the whole journal is as the desk wrote it."""
    tip = follow(START, entries, desk=DESK)
    check_signature(entries[-1], public(made.hand("desk")))
    return tip


def test_a_journal_as_written_is_proven_to_its_end() -> None:
    assert _proven(_JOURNAL) == _JOURNAL[-1].tip


def test_an_outsider_needs_only_json_sha256_and_hmac() -> None:
    previous = BEGINNING
    for entry in _JOURNAL:
        head = json.loads(entry.head_text)
        assert head["previous"] == previous
        assert entry.body_text is not None
        assert entry.salt is not None
        assert head["commitment"] == hmac.new(entry.salt, entry.body_text.encode(), hashlib.sha256).hexdigest()
        previous = hashlib.sha256(entry.head_text.encode()).hexdigest()

    assert previous == _JOURNAL[-1].hash


@settings(max_examples=300)
@given(st.data())
def test_no_letter_of_head_body_salt_or_signature_can_be_changed(data: st.DataObject) -> None:
    entries = list(_JOURNAL)
    n = data.draw(st.integers(0, _LENGTH - 1))
    part = data.draw(st.sampled_from(["head_text", "body_text", "salt", "signature"]))
    if part == "signature":
        n = _LENGTH - 1
    entries[n] = _tampered(entries[n], part, data)

    with pytest.raises(Problem):
        _proven(entries)


def _tampered(entry: Entry, part: str, data: st.DataObject) -> Entry:
    before = getattr(entry, part)
    raw = bytearray(before.encode() if isinstance(before, str) else before)
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] = data.draw(st.integers(0, 127).filter(lambda byte: byte != raw[at]))
    after = bytes(raw).decode(errors="replace") if isinstance(before, str) else bytes(raw)
    facts: dict[str, Any] = {part: after}
    return replace(entry, **facts)


@given(st.data())
def test_entries_cannot_be_left_out_swapped_or_told_twice(data: st.DataObject) -> None:
    order = data.draw(st.lists(st.integers(0, _LENGTH - 1), min_size=1, max_size=_LENGTH + 2))
    entries = [_JOURNAL[n] for n in order]

    if order == list(range(len(order))):
        assert follow(START, entries, desk=DESK) == entries[-1].tip
    else:
        with pytest.raises(ChainBroken):
            follow(START, entries, desk=DESK)


def test_a_signature_vouches_for_its_head_only_under_the_desks_key() -> None:
    with pytest.raises(BadSignature):
        check_signature(_JOURNAL[-1], public(made.hand("somebody else")))


def test_an_unsigned_head_proves_nothing() -> None:
    with pytest.raises(BadSignature):
        check_signature(_JOURNAL[0], public(made.hand("desk")))


def test_a_head_chained_to_another_is_a_fork() -> None:
    other = made.entry(tip=Tip(epoch=1, seq=1, hash=made.entry().hash))

    with pytest.raises(Forked):
        follow(_JOURNAL[0].tip, [other], desk=DESK)


def test_a_journal_of_another_desk_is_refused() -> None:
    with pytest.raises(ChainBroken, match="another desk"):
        follow(START, _JOURNAL, desk=uuid4())


def test_the_chain_holds_without_bodies_and_salts() -> None:
    erased = [replace(entry, body_text=None, salt=None) for entry in _JOURNAL]

    assert _proven(erased) == _JOURNAL[-1].tip


def test_a_body_under_a_short_salt_is_refused() -> None:
    entry = made.entry(salt=os.urandom(16))

    with pytest.raises(ChainBroken):
        follow(START, [entry], desk=DESK)


@pytest.mark.parametrize(
    "facts",
    [{"epoch": 0}, {"epoch": 65536}, {"seq": 0}, {"kind": "Kind"}, {"clerk": "c" * 65}, {"v": 2}],
    ids=lambda facts: "-".join(facts),
)
def test_a_head_out_of_bounds_is_unreadable(facts: dict[str, object]) -> None:
    entry = _JOURNAL[0]
    head = canonical.write(msgspec.structs.replace(entry.head, **facts))

    with pytest.raises(Unreadable):
        _ = replace(entry, head_text=head).head
