"""Files go up piece by piece: cut anywhere they go on at the byte, and nobody but the province is believed."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sync.files import LEAST_PIECE, Courier
from sync.ports import Identity, Outgoing
from sync.transport import HttpTransport
from sync.troubles import NotTheProvince, Offline, Refused, Trouble
from tests.province.desk_driver import DeskDriver
from tests.province.test_files import lay, scan
from tests.relay import Mishap, relaying
from tests.servers import Province, found, province_in_thread
from tests.sync.servers import Asked, Said, nobody, serving


@pytest.fixture
def province(tmp_path: Path) -> Iterator[Province]:
    url = f"sqlite:///{tmp_path / 'province.db'}"
    found(url, tmp_path / "root-key.pem")
    with province_in_thread(url, tmp_path) as province:
        yield province


@pytest.fixture
def desk(province: Province) -> DeskDriver:
    return DeskDriver.enrol(province.url, province.code())


def courier(desk: DeskDriver, url: str | None = None) -> Courier:
    me = Identity(desk.id, desk.certificate, desk.key, desk.seal, desk.certificate, desk.root, desk.url)
    return Courier(HttpTransport(url or desk.url), lambda: me, lambda: datetime.now(UTC))


def laid(desk: DeskDriver, folder: Path, size: int = 300_000) -> Outgoing:
    """A file whose entry the province holds."""
    one = scan(os.urandom(size))
    lay(desk, one)
    file = folder / one.blob
    file.write_bytes(one.sealed)
    return Outgoing(one.blob, len(one.sealed), file)


def is_held(desk: DeskDriver) -> bool:
    return bool(desk.read_all().of("attachment"))


def test_cut_at_any_byte_it_goes_on_where_it_was_cut(province: Province, desk: DeskDriver, tmp_path: Path) -> None:
    file = laid(desk, tmp_path)
    cuts = [Mishap(kind, way, at) for at in (10, 900, 30_000, 70_001) for kind, way in (("cut", "up"), ("reset", "up"))]  # type: ignore[arg-type]
    cuts += [Mishap("cut", "down", at) for at in (0, 40, 150)]
    with relaying(province.url, mishap=lambda n: cuts[n - 1] if n <= len(cuts) else None) as line:
        carrying, troubles = courier(desk, line.url), 0
        for _ in range(200):
            try:
                if not carrying.carry_piece((file,)):
                    break
            except Trouble:
                troubles += 1
        passed = line.up.passed

    assert troubles >= len(cuts) // 2
    assert is_held(desk)
    assert passed < file.size * 1.6  # what was in the air at eleven cuts, and heads; never the whole again


def test_a_piece_is_small_enough_that_a_dossier_need_not_wait(desk: DeskDriver, tmp_path: Path) -> None:
    file, carrying, pieces = laid(desk, tmp_path), courier(desk), 0
    while carrying.carry_piece((file,)):
        pieces += 1

    assert pieces > 2
    assert LEAST_PIECE * 8 / 32_000 < 3  # seconds on the slowest line we promise to work on


def test_what_the_province_has_is_not_sent_again(province: Province, desk: DeskDriver, tmp_path: Path) -> None:
    file = laid(desk, tmp_path)
    first = courier(desk)
    while first.carry_piece((file,)):
        pass

    with relaying(province.url) as line:
        again = courier(desk, line.url)
        while again.carry_piece((file,)):
            pass

        assert line.up.passed < 5_000


def test_a_file_spoilt_on_the_disk_is_refused_and_the_next_one_goes_on(desk: DeskDriver, tmp_path: Path) -> None:
    spoilt, good = laid(desk, tmp_path, 1_000), laid(desk, tmp_path, 2_000)
    spoilt.path.write_bytes(bytes(spoilt.size))
    carrying, refused = courier(desk), 0
    for _ in range(10):
        try:
            if not carrying.carry_piece((spoilt, good)):
                break
        except Refused:
            refused += 1

    assert refused >= 1
    assert len(desk.read_all().of("attachment")) == 1


@pytest.mark.parametrize(
    "said",
    [
        Said(200, {"Content-Type": "text/html"}, b"<html>please log in</html>"),
        Said(302, {"Location": "http://example.invalid/"}),
        Said(204, {"Upload-Offset": "999999999"}),
    ],
)
def test_whoever_answers_in_the_provinces_place_is_not_believed(desk: DeskDriver, tmp_path: Path, said: Said) -> None:
    file = laid(desk, tmp_path, 1_000)

    def answer(_: Asked) -> Said:
        return said

    with serving(answer) as url, pytest.raises((NotTheProvince, Trouble)):
        courier(desk, url).carry_piece((file,))


def test_without_a_line_it_is_said_so(desk: DeskDriver, tmp_path: Path) -> None:
    with pytest.raises(Offline):
        courier(desk, nobody()).carry_piece((laid(desk, tmp_path, 10),))


def test_a_revoked_desk_brings_nothing(province: Province, desk: DeskDriver, tmp_path: Path) -> None:
    file = laid(desk, tmp_path, 10)
    province.command("revoke", str(desk.id))

    with pytest.raises(Refused):
        courier(desk).carry_piece((file,))
