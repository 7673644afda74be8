"""A backup as one file: what comes out is what went in, and a hostile file is only ever said to be unreadable."""

import io
import zipfile
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.protocol import canonical
from sync.protocol.backup_file import (
    KEY,
    MIMETYPE,
    SEALED_KEY,
    STORE,
    BackupReader,
    BackupWriter,
    check_backup,
    seal_key,
    unseal_key,
)
from sync.protocol.problems import Unreadable

DESK = UUID(int=7)
SEAL = X25519PrivateKey.from_private_bytes(bytes(range(32)))
READER = SEAL.public_key().public_bytes_raw().hex()
STORE_KEY = bytes(range(100, 132))
BLOB = "ab" * 32


def _written() -> bytes:
    out = io.BytesIO()
    backup = BackupWriter(out)
    sealed = seal_key(STORE_KEY, desk=DESK, reader=READER)
    backup.add_bytes(KEY, b'{"v": 1}')
    backup.add_bytes(SEALED_KEY, canonical.write(sealed).encode())
    backup.add_bytes(STORE, bytes(3_000))
    backup.add_bytes(f"files/{BLOB}", b"sealed")
    backup.close(desk=DESK, made_at="2025-07-01T01:15:00.000Z", schema="0002")
    return out.getvalue()


WRITTEN = _written()


def _file(tmp_path: Path, data: bytes) -> Path:
    file = tmp_path / "backup"
    file.write_bytes(data)
    return file


def _zipped(tmp_path: Path, *members: tuple[str, bytes], packed: bool = False) -> Path:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as made:
        for name, data in members:
            made.writestr(name, data)
    return _file(tmp_path, out.getvalue())


def test_what_went_in_comes_out(tmp_path: Path) -> None:
    with BackupReader.open(_file(tmp_path, WRITTEN)) as backup:
        assert (backup.manifest.desk, backup.manifest.schema) == (DESK, "0002")
        assert backup.small(KEY) == b'{"v": 1}'
        assert backup.files() == (BLOB,)
        assert unseal_key(backup.sealed_key(), SEAL) == STORE_KEY


def test_its_first_bytes_say_what_it_is() -> None:
    assert WRITTEN[:4] == b"PK\x03\x04"
    assert WRITTEN[30:].startswith(b"mimetype" + MIMETYPE)


def test_the_key_opens_for_the_province_and_for_this_desk_only() -> None:
    sealed = seal_key(STORE_KEY, desk=DESK, reader=READER)

    with pytest.raises(Unreadable):
        unseal_key(sealed, X25519PrivateKey.generate())
    with pytest.raises(Unreadable):
        unseal_key(
            canonical.read(
                canonical.write(sealed).replace(str(DESK), str(UUID(int=8))), type(sealed), what="key", limit=10_000
            ),
            SEAL,
        )


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(WRITTEN) - 1), st.integers(1, 255))
def test_a_changed_byte_is_noticed_or_changes_nothing_that_matters(tmp_path: Path, place: int, by: int) -> None:
    harmed = bytearray(WRITTEN)
    harmed[place] ^= by

    with suppress(Unreadable):
        manifest = check_backup(_file(tmp_path, bytes(harmed)))
        assert manifest == check_backup(_file(tmp_path, WRITTEN))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(WRITTEN) - 1))
def test_a_file_cut_short_is_unreadable(tmp_path: Path, length: int) -> None:
    with pytest.raises(Unreadable):
        check_backup(_file(tmp_path, WRITTEN[:length]))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_anything_else_is_unreadable(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(Unreadable):
        check_backup(_file(tmp_path, b"PK\x03\x04" + data))


def test_a_member_that_would_unpack_is_refused_before_it_does(tmp_path: Path) -> None:
    bomb = _zipped(tmp_path, ("mimetype", MIMETYPE), (STORE, bytes(10**7)), ("manifest.json", b"{}"), packed=True)

    with pytest.raises(Unreadable, match="packed"):
        check_backup(bomb)


@pytest.mark.parametrize("name", ["../desk.db", "/etc/passwd", "files/../../x", "files/short", "window.json"])
def test_a_name_the_format_does_not_know_is_refused(tmp_path: Path, name: str) -> None:
    out = io.BytesIO()
    backup = BackupWriter(out)
    backup.add_bytes(STORE, b"")
    backup.add_bytes(name, b"harm")
    backup.close(desk=DESK, made_at="2025-07-01T01:15:00.000Z", schema="0002")

    with pytest.raises(Unreadable, match="no known name"):
        check_backup(_file(tmp_path, out.getvalue()))


def test_what_the_manifest_does_not_tell_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(_file(tmp_path, WRITTEN), "a") as more:
        more.writestr("files/" + "cd" * 32, b"more")

    with pytest.raises(Unreadable, match="does not tell"):
        check_backup(tmp_path / "backup")
