"""`parcel`: send and hear without a line, by a stick or a folder that several desks share.

Nothing counts as sent because it lies on a stick: only the province's answer says so, whichever way it comes home.
"""

import argparse
from dataclasses import asdict, dataclass
from pathlib import Path

from desk.commands.verb import Call, Verb, Working
from desk.freight import outgoing
from desk.services import lamp
from desk.services.ports import OpenReading
from desk.settings import SOFTWARE
from sync import carriers
from sync.carriers import Exported, Skipped

MOST = 10_000
"""Dossiers named in an answer."""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "deed",
        choices=("export", "import", "carry"),
        help="export: lay everything the province does not hold there; import: hear its answers that lie there; "
        "carry: bring to the province what other desks left there",
    )
    parser.add_argument("places", type=Path, nargs="+", metavar="DIR|FILE")
    parser.add_argument("--with-scans", action="store_true", help="export the files of dossiers too")


def run(call: Call) -> int:
    """0 when it was done; `import` 1 when no answer could be used, `carry` 1 when something was left."""
    return {"export": _export, "import": _import, "carry": _carry}[call.options.deed](call)


def _export(call: Call) -> int:
    """With several folders each gets all of it."""
    with call.tools.work() as desk:
        scans = outgoing(desk.open_reading, call.tools.files())() if call.options.with_scans else ()
        for folder in call.options.places:
            exported = carriers.export(desk.journal, folder, software=SOFTWARE, clock=call.tools.clock)
            _say_exported(call, folder, exported, carriers.copy_files(scans, folder))
    return 0


def _say_exported(call: Call, folder: Path, exported: Exported, scans: tuple[Path, ...]) -> None:
    count, entries = len(exported.files), exported.entries
    call.say(
        call.in_words(
            f"{count} kiện, {entries} việc ghi, nằm ở {folder}. Chỉ khi tỉnh trả lời mới coi là đã gửi.",
            f"{count} parcels with {entries} entries lie in {folder}. They are sent once the province answers.",
        ),
        ok=True,
        parcels=[file.name for file in exported.files],
        entries=entries,
        files=[file.name for file in scans],
    )


def _import(call: Call) -> int:
    with call.tools.work() as desk:
        before = _unsent(desk.open_reading)
        imported = carriers.import_answers(desk.journal, call.options.places)
        came = _Homecoming.of(before, desk.open_reading)
    _say_skipped(call, imported.skipped)
    call.say(
        "\n".join(_home_lines(call, came, imported.answers)),
        ok=imported.answers > 0,
        answers=imported.answers,
        items=imported.items,
        **asdict(came),
        skipped=_as_data(imported.skipped),
    )
    return 0 if imported.answers else 1


def _carry(call: Call) -> int:
    with call.tools.work() as desk:
        me, siblings = desk.journal.identity(), _siblings(desk)
        road = call.tools.road(me.url, allow_plain=True)  # whoever enrolled with a plain address was asked then
        try:
            done = [carriers.carry(road, folder, me, siblings) for folder in call.options.places]
        finally:
            road.close()
    files = [file for carried in done for file in carried.files]
    skipped = [one for carried in done for one in carried.skipped]
    _say_skipped(call, skipped)
    call.say(
        call.in_words(
            f"Đã chuyển {len(files)} kiện của quầy khác lên tỉnh; trả lời nằm bên cạnh.",
            f"Brought {len(files)} parcels of other desks to the province; the answers lie beside them.",
        ),
        ok=not skipped,
        carried=[file.name for file in files],
        skipped=_as_data(skipped),
    )
    return 0 if not skipped else 1


@dataclass(frozen=True)
class _Homecoming:
    """Which dossiers the province turned out to hold, and where the others stand."""

    home: tuple[str, ...]
    refused: tuple[str, ...]
    waiting: tuple[str, ...]
    """At the province, for something else."""
    unsent: tuple[str, ...]

    @classmethod
    def of(cls, before: dict[str, None], open_reading: OpenReading) -> "_Homecoming":
        outbox = lamp.outbox(open_reading=open_reading, limit=MOST)
        left = {one.code: None for one in outbox.unsent}
        return cls(
            home=tuple(code for code in before if code not in left),
            refused=tuple(dict.fromkeys(one.code for one in outbox.refused if one.code)),
            waiting=tuple(one.code for one in outbox.waiting),
            unsent=tuple(left),
        )


def _home_lines(call: Call, came: _Homecoming, answers: int) -> list[str]:
    if not answers:
        return [call.in_words("Không có trả lời nào dùng được.", "There was no answer that could be used.")]
    lines = (
        (call.in_words("Tỉnh đã giữ", "The province now holds"), came.home),
        (call.in_words("Tỉnh trả lại", "Refused"), came.refused),
        (call.in_words("Tỉnh đang chờ thông tin khác", "Waiting there for something else"), came.waiting),
        (call.in_words("Vẫn chỉ có trên máy này", "Still only on this computer"), came.unsent),
    )
    said = [f"{title}: {', '.join(codes)}" for title, codes in lines if codes]
    return said or [call.in_words("Không có hồ sơ nào đang chờ.", "No dossier was waiting.")]


def _unsent(open_reading: OpenReading) -> dict[str, None]:
    return {one.code: None for one in lamp.outbox(open_reading=open_reading, limit=MOST).unsent}


def _siblings(desk: Working) -> frozenset[str]:
    with desk.open_reading() as memory:
        return frozenset(hand.key for hand in memory.reference.desk_hands())


def _say_skipped(call: Call, skipped: list[Skipped]) -> None:
    if call.settings.as_json:
        return
    for one in skipped:
        print(call.in_words(f"Bỏ qua {one.file.name}: {one.reason}", f"Skipped {one.file.name}: {one.reason}"))


def _as_data(skipped: list[Skipped]) -> list[dict[str, str]]:
    return [{"file": one.file.name, "reason": one.reason} for one in skipped]


VERB = Verb("parcel", "send and hear by a stick or a shared folder", run, add_options)
