"""The store's key: kept, found again, never replaced, and lost in ways that have names."""

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from desk.devices.keystore import PlainKeystore, make_key, open_key, pick_keystore
from desk.domain.errors import DeskError, KeyDamaged, NoKeystore, StoreKeyMissing, WrongPassphrase

PASSPHRASE = "mưa rơi trên phố Vũ Ninh"


def content(home: Path) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((home / "key.json").read_text(encoding="utf-8"))
    return value


def change(home: Path, **facts: object) -> None:
    (home / "key.json").write_text(json.dumps(content(home) | facts), encoding="utf-8")


def test_a_passphrase_opens_what_it_closed(tmp_path: Path) -> None:
    key = make_key(tmp_path, passphrase=PASSPHRASE)

    assert open_key(tmp_path, passphrase=PASSPHRASE) == key
    assert len(key) == 32


def test_a_passphrase_may_be_typed_with_letters_in_pieces(tmp_path: Path) -> None:
    key = make_key(tmp_path, passphrase="Vu\u0303")

    assert open_key(tmp_path, passphrase="V\u0169") == key


def test_another_passphrase_or_none_is_wrong(tmp_path: Path) -> None:
    make_key(tmp_path, passphrase=PASSPHRASE)

    for wrong in ("mua roi", ""):
        with pytest.raises(WrongPassphrase):
            open_key(tmp_path, passphrase=wrong)
    with pytest.raises(WrongPassphrase):
        open_key(tmp_path)


def test_an_empty_passphrase_guards_nothing(tmp_path: Path) -> None:
    with pytest.raises(WrongPassphrase):
        make_key(tmp_path, passphrase=" \n")

    assert list(tmp_path.iterdir()) == []


def test_neither_key_nor_passphrase_stands_in_the_file(tmp_path: Path) -> None:
    key = make_key(tmp_path, passphrase=PASSPHRASE)

    text = (tmp_path / "key.json").read_text(encoding="utf-8")

    assert key.hex() not in text
    assert PASSPHRASE not in text
    assert content(tmp_path)["kdf"] | {"salt": ""} == {
        "name": "argon2id",
        "salt": "",
        "iterations": 3,
        "lanes": 4,
        "memory_kib": 65536,
    }


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    make_key(tmp_path, passphrase=PASSPHRASE)

    assert stat.S_IMODE((tmp_path / "key.json").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["key.json"]


def test_every_home_has_a_key_of_its_own(tmp_path: Path) -> None:
    keys = {make_key(tmp_path / name, plain=True) for name in "abc"}

    assert len(keys) == 3


def test_the_throw_away_home_says_that_its_key_lies_open(tmp_path: Path) -> None:
    key = make_key(tmp_path, plain=True)

    assert content(tmp_path) == {"v": 1, "kind": "plain", "plain": True, "key": key.hex()}
    assert open_key(tmp_path) == key


def test_what_is_there_decides_and_not_what_is_asked_for(tmp_path: Path) -> None:
    make_key(tmp_path, plain=True)

    assert isinstance(pick_keystore(tmp_path, passphrase=PASSPHRASE), PlainKeystore)


@pytest.mark.parametrize("there", ["desk.db", "key.json"])
def test_no_new_key_is_made_where_a_store_or_a_key_is(tmp_path: Path, there: str) -> None:
    keystore = pick_keystore(tmp_path, throw_away=True)
    (tmp_path / there).write_bytes(b"precious")

    with pytest.raises(StoreKeyMissing):
        keystore.create()

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {there: b"precious"}


def test_a_store_without_its_key_is_said_to_be_that(tmp_path: Path) -> None:
    (tmp_path / "desk.db").write_bytes(b"precious")

    with pytest.raises(StoreKeyMissing):
        open_key(tmp_path, passphrase=PASSPHRASE)


@pytest.mark.parametrize(
    "damage",
    [
        {"v": 2},
        {"kind": "stone tablet"},
        {"kind": 7},
        {"cipher": "rot13"},
        {"nonce": "00"},
        {"nonce": "not hexadecimal at all"},
        {"wrapped": "00" * 47},
        {"kdf": {"name": "argon2id", "salt": "00" * 16, "iterations": 3, "lanes": 4, "memory_kib": 10**9}},
        {"kdf": {"name": "argon2id", "salt": "00" * 16, "iterations": 10**9, "lanes": 4, "memory_kib": 65536}},
        {"kdf": {"name": "md5", "salt": "00" * 16, "iterations": 3, "lanes": 4, "memory_kib": 65536}},
        {"kdf": None},
    ],
)
def test_a_damaged_file_is_told_from_a_wrong_passphrase(tmp_path: Path, damage: dict[str, object]) -> None:
    make_key(tmp_path, passphrase=PASSPHRASE)
    change(tmp_path, **damage)

    with pytest.raises(KeyDamaged):
        open_key(tmp_path, passphrase=PASSPHRASE)


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 50_000, '{"v":1}' + " " * 70_000])
def test_a_file_that_is_none_of_ours_is_damaged(tmp_path: Path, text: str) -> None:
    (tmp_path / "key.json").write_text(text)

    with pytest.raises(KeyDamaged):
        open_key(tmp_path)


def test_a_changed_wrapping_does_not_open(tmp_path: Path) -> None:
    make_key(tmp_path, passphrase=PASSPHRASE)
    wrapped = content(tmp_path)["wrapped"]
    change(tmp_path, wrapped=("0" if wrapped[0] != "0" else "1") + wrapped[1:])

    with pytest.raises(WrongPassphrase):
        open_key(tmp_path, passphrase=PASSPHRASE)


def test_a_computer_without_a_keystore_says_so_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/no-bus")
    home = tmp_path / "home"

    with pytest.raises(NoKeystore):
        make_key(home)

    assert not home.exists()


def test_errors_carry_no_secret(tmp_path: Path) -> None:
    make_key(tmp_path, passphrase=PASSPHRASE)

    with pytest.raises(DeskError) as error:
        open_key(tmp_path, passphrase="mua roi")

    assert "mua roi" not in str(error.value)
    assert os.fspath(tmp_path) not in str(error.value)
