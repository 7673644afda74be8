"""What the command says of the disk, in both languages: full, read-only, and what can be read of it."""

from pathlib import Path

from tests.commands.conftest import Command


def test_a_full_disk_is_said_until_there_is_a_reserve_again(desk: Command) -> None:
    assert "Disk" not in desk("status", "--lang", "en").out
    (desk.home / "reserve").touch()

    vietnamese, english = desk("status").out, desk("status", "--lang", "en").out

    assert "Ổ đĩa: đã đầy" in vietnamese
    assert "Disk: full" in english
    line = desk("status", "--json").line
    assert (line["lamp"], line["reason"]) == ("red", "disk_full")
    (desk.home / "reserve").unlink()
    assert desk("status", "--json").line["reason"] != "disk_full"


def test_a_home_that_cannot_be_written_is_said_as_such_and_not_as_another_window(desk: Command) -> None:
    (desk.home / "lock").unlink()
    (desk.home / "lock").mkdir()

    said = [desk("sync", "--once", *words) for words in ([], ["--lang", "en"])]

    assert [ran.code for ran in said] == [1, 1]
    assert said[0].err != said[1].err
    assert "cannot be written" in said[1].err


def test_what_can_be_rescued_of_a_store_that_is_whole_is_everything(desk: Command, tmp_path: Path) -> None:
    ran = desk("rescue", tmp_path / "rescued.jsonl", "--json")

    assert (ran.code, ran.line["lost"]) == (0, [])
    assert ran.line["entries"] == len((tmp_path / "rescued.jsonl").read_text("utf-8").splitlines())
