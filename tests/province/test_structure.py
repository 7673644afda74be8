"""The province's own order: one judge a kind, one file a noun."""

from pathlib import Path

import sync.province.judges
import sync.province.verbs
from sync.protocol.entries import ENTRIES
from sync.province.judges import JUDGES
from sync.province.verbs import VERBS


def test_every_kind_of_entry_has_a_judge() -> None:
    assert set(JUDGES) == set(ENTRIES)


def test_every_file_of_verbs_is_in_the_list() -> None:
    folder = Path(sync.province.verbs.__file__).parent

    assert {file.stem for file in folder.glob("*.py")} - {"__init__", "said"} == {
        verb.__module__.rpartition(".")[2] for verb in VERBS
    }
