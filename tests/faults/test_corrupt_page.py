"""A page of the store that does not decrypt: the rest is read, what is missing is named, nothing is changed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from desk.app import main
from desk.devices.keyfile import KeyFile
from desk.domain.errors import StoreDamaged, StoreTrouble, WrongKey
from desk.store.rescue import Lost, Rescue
from desk.store.store import FILE, Store
from sync.protocol.entry import Entry
from tests import make
from tests.store.stores import KEY, at_work

PAGE = 4096
DOSSIERS = 60

Tell = Callable[[str], None]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, tuple[Entry, ...]]:
    """The file of a desk that was closed properly, and its journal."""
    desk = at_work(tmp_path_factory.mktemp("whole") / "home")
    for n in range(DOSSIERS):
        desk.accepts(applicant=make.party(f"Nguyễn Thị {n}"), fees=(make.fee_line(),))
    entries = desk.entries()
    desk.store.close()
    return (desk.home / FILE).read_bytes(), entries


def _damaged(home: Path, data: bytes, page: int) -> bytes:
    """One bit of one page (from 1) turned; what lies there now."""
    home.mkdir(exist_ok=True)
    spoilt = bytearray(data)
    spoilt[(page - 1) * PAGE + 2_000] ^= 1
    (home / FILE).write_bytes(spoilt)
    return bytes(spoilt)


def _rescued(home: Path) -> tuple[list[Entry], list[Lost]]:
    with Rescue(home, KEY) as store:
        found = list(store.journal())
    return [one for one in found if isinstance(one, Entry)], [one for one in found if isinstance(one, Lost)]


def test_whichever_page_is_damaged_the_rest_is_read_and_the_missing_is_named(
    tmp_path: Path, whole: tuple[bytes, tuple[Entry, ...]], seed: int, tell: Tell
) -> None:
    _damage(tmp_path, whole, tell, range(2 + seed % 11, len(whole[0]) // PAGE + 1, 11))


@pytest.mark.soak
def test_every_single_page_may_be_the_damaged_one(
    tmp_path: Path, whole: tuple[bytes, tuple[Entry, ...]], tell: Tell
) -> None:
    _damage(tmp_path, whole, tell, range(2, len(whole[0]) // PAGE + 1))


def _damage(folder: Path, whole: tuple[bytes, tuple[Entry, ...]], tell: Tell, pages: range) -> None:
    data, journal = whole
    written = {entry.tip: entry for entry in journal}
    worst = schema = 0
    for page in pages:
        spoilt = _damaged(folder, data, page)

        try:
            entries, lost = _rescued(folder)
        except StoreDamaged:
            schema += 1
            continue

        assert (folder / FILE).read_bytes() == spoilt
        for entry in entries:
            original = written[entry.tip]
            assert entry.head_text == original.head_text
            assert entry.body_text in (None, original.body_text)
        named = {(one.epoch, one.seq) for one in lost}
        intact = {(one.tip.epoch, one.tip.seq) for one in entries if one.body_text is not None}
        assert named | intact == {(tip.epoch, tip.seq) for tip in written}
        assert not named & intact
        worst = max(worst, len(lost))
    tell(
        f"corrupt page: {len(pages)} pages damaged, one at a time; {schema} of them hold what the tables are, without"
        f" which nothing is read; of the others at worst {worst} of {len(journal)} entries were missing"
    )
    assert schema < len(pages) / 4


def test_a_store_whose_first_page_is_gone_is_left_alone(tmp_path: Path, whole: tuple[bytes, tuple[Entry, ...]]) -> None:
    spoilt = _damaged(tmp_path, whole[0], 1)

    with pytest.raises((WrongKey, StoreDamaged)):
        Rescue(tmp_path, KEY)

    assert (tmp_path / FILE).read_bytes() == spoilt


def test_a_look_that_met_a_damaged_page_keeps_no_other_from_looking(
    tmp_path: Path, whole: tuple[bytes, tuple[Entry, ...]]
) -> None:
    """SQLCipher gives up the connection; the desk does not give up the store."""
    _damaged(tmp_path, whole[0], _page_of_a_body(tmp_path, whole))

    with Store.open(tmp_path, KEY, writing=False) as store:
        for _ in range(8):
            with pytest.raises(StoreDamaged), store.open_reading() as memory:
                list(memory.journal.entries())
        with store.open_reading() as memory:
            assert memory.journal.tip() == whole[1][-1].tip


def _page_of_a_body(folder: Path, whole: tuple[bytes, tuple[Entry, ...]]) -> int:
    """A page that costs a few bodies and nothing else."""
    for page in range(len(whole[0]) // PAGE, 1, -1):
        _damaged(folder, whole[0], page)
        _, lost = _rescued(folder)
        if lost and {one.what for one in lost} == {"body"}:
            return page
    raise AssertionError("no page holds bodies alone")


def test_the_verb_says_in_both_languages_what_is_missing_and_writes_the_rest(
    tmp_path: Path, whole: tuple[bytes, tuple[Entry, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    _damaged(home, whole[0], _page_of_a_body(home, whole))
    KeyFile(home)._path.write_text(json.dumps({"v": 1, "kind": "plain", "plain": True, "key": KEY.hex()}))
    words = ["rescue", "--home", str(home)]

    said = {}
    for language in ("vi", "en"):
        assert main([*words, str(tmp_path / language), "--lang", language]) == 1
        said[language] = capsys.readouterr().out
    assert main([*words, str(tmp_path / "vi"), "--json"]) == 1

    assert "FileTrouble" in capsys.readouterr().out
    assert f"{len(whole[1])} entries could be read" in said["en"]
    assert "nội dung" in said["vi"]
    lines = [json.loads(line) for line in (tmp_path / "vi").read_text("utf-8").splitlines()]
    assert [line["hash"] for line in lines] == [entry.hash for entry in whole[1]]
    assert 0 < sum(line["body"] is None for line in lines) < len(lines)


def test_a_desk_with_a_damaged_page_is_never_opened_as_if_it_were_empty(
    tmp_path: Path, whole: tuple[bytes, tuple[Entry, ...]]
) -> None:
    for page in range(2, 40, 9):
        spoilt = _damaged(tmp_path, whole[0], page)
        try:
            with Store.open(tmp_path, KEY, writing=False) as store, store.open_reading() as memory:
                memory.journal.tip()
        except StoreTrouble:
            continue
        finally:
            assert (tmp_path / FILE).read_bytes() == spoilt
