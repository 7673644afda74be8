"""One value has one text, and anybody with a JSON library can write it."""

import json
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol import canonical
from sync.protocol.problems import Unreadable

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_VALUES = st.recursive(
    st.none() | st.integers(-(2**63), 2**63 - 1) | _TEXT | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4),
    max_leaves=12,
)


class _Party(canonical.Said, frozen=True, kw_only=True):
    name: str
    born: int | None = None


def _dumped(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@given(_VALUES)
def test_the_canonical_text_is_what_the_standard_library_writes(value: Any) -> None:
    assert canonical.write(value) == _dumped(value)


@given(_TEXT, st.none() | st.integers(0, 9999))
def test_what_was_written_reads_as_the_same(name: str, born: int | None) -> None:
    party = _Party(name=name, born=born)

    assert canonical.read(canonical.write(party), _Party, what="party", limit=1000) == party


@pytest.mark.parametrize(
    "text",
    [
        '{"name":"Lan","born":null}',
        '{"born":null, "name":"Lan"}',
        '{"born":null,"name":"L\\u0061n"}',
        '{"born":null,"name":"Lan","name":"Lan"}',
        '{"name":"Lan"}',
    ],
    ids=["unsorted keys", "white space", "escapes", "a key twice", "a default left out"],
)
def test_any_other_text_of_the_same_value_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="not canonical"):
        canonical.read(text, _Party, what="party", limit=1000)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"born":null,"name":"Lan","spy":1}', "unknown field"),
        ('{"born":"1980","name":"Lan"}', "Expected `int | null`"),
        ("not JSON", "not JSON"),
        ('{"born":null,"name":"' + "a" * 1_000_000 + '"}', "longer than"),
    ],
    ids=["unknown field", "wrong type", "no JSON", "too long"],
)
def test_what_is_misshapen_is_named_and_refused(text: str, reason: str) -> None:
    with pytest.raises(Unreadable) as met:
        canonical.read(text, _Party, what="party", limit=900_000)

    assert met.value.what == "party"
    assert reason in met.value.reason


def test_nesting_without_end_is_refused_where_anything_goes() -> None:
    with pytest.raises(Unreadable, match="not JSON"):
        canonical.read("[" * 100_000, object, what="party", limit=900_000)


def test_the_field_to_blame_is_said() -> None:
    with pytest.raises(Unreadable) as met:
        canonical.read('{"born":"x","name":"Lan"}', _Party, what="party", limit=1000)

    assert met.value.field == "born"


class _Kind(canonical.Said, frozen=True, kw_only=True):
    kind: Literal["citizen", "business"]


@pytest.mark.parametrize("value", ["Nguyễn Thị Lan", "Lan - at `$.x`", "Lan 'at' home"])
def test_a_reason_never_repeats_what_was_said(value: str) -> None:
    with pytest.raises(Unreadable) as met:
        canonical.read(canonical.write({"kind": value}), _Kind, what="party", limit=1000)

    assert met.value.field == "kind"
    assert "Lan" not in str(met.value)


@given(st.binary(max_size=300))
def test_arbitrary_bytes_never_do_worse_than_be_unreadable(data: bytes) -> None:
    try:
        canonical.read(data, _Party, what="party", limit=1000)
    except Unreadable:
        return
    assert data == canonical.write(json.loads(data)).encode()
