"""The feed: what a desk hears, in which order, and that nothing is ever skipped."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sync.protocol.feed import CATALOGUE, StatusTold
from sync.protocol.instant import write_instant
from sync.protocol.signing import read_statement
from tests.province.desk_driver import VN, Answer, DeskDriver
from tests.servers import Province

OLD = datetime(2025, 7, 1, 8, 15, tzinfo=VN)


def _as_kept(answer: Answer) -> dict[tuple[str, str], str | None]:
    """What a desk has at the end, if each item replaces the last of its kind and key."""
    return {(item.kind, item.key): item.data for item in answer.items}


def _sibling(province: Province) -> DeskDriver:
    return DeskDriver.enrol(province.url, province.code())


def test_a_new_desk_hears_policy_agencies_calendar_catalogue_staff_and_desks(desk: DeskDriver) -> None:
    answer = desk.read_all()

    assert {item.kind for item in answer.items} == {
        "policy",
        "agency",
        "calendar",
        "catalogue",
        "staff",
        "desk",
        "verdict",
    }
    (catalogue,) = answer.of("catalogue")
    document = read_statement(catalogue.statement, CATALOGUE, dict, key=desk.province.key)
    assert document["version"] == catalogue.version


def test_the_second_reading_brings_only_what_is_new(desk: DeskDriver) -> None:
    desk.read_all()

    assert desk.read_all().items == ()


def test_small_pages_bring_the_same_as_large_ones(province: Province, desk: DeskDriver) -> None:
    for _ in range(5):
        desk.accept()
    desk.exchange(limit=0)
    sibling = _sibling(province)
    in_one = sibling.read_all(limit=5_000)
    sibling.cursor, sibling.incarnation = "", None

    in_many = sibling.read_all(limit=7)

    assert len(in_one.items) == len(in_many.items)
    assert _as_kept(in_one) == _as_kept(in_many)


def test_whoever_followed_all_along_knows_what_a_late_reader_learns(province: Province, desk: DeskDriver) -> None:
    sibling = _sibling(province)
    kept = _as_kept(sibling.read_all())
    for n in range(3):
        desk.accept()
        desk.exchange()
        province.command("status", desk.code(n + 1), str(4 + n), "--note", "…")
        kept |= _as_kept(sibling.read_all(limit=2))

    sibling.cursor, sibling.incarnation = "", None

    assert _as_kept(sibling.read_all()) == {
        key: data for key, data in kept.items() if _is_for_first_reading(key, sibling)
    }


def _is_for_first_reading(key: tuple[str, str], desk: DeskDriver) -> bool:
    """What is said of another desk's journal as such is of no use to a newcomer."""
    return key[0] != "verdict" or key[1].startswith(str(desk.id))


def test_siblings_hear_of_each_others_dossiers_and_not_of_their_own(province: Province, desk: DeskDriver) -> None:
    sibling = _sibling(province)
    sibling.read_all()
    dossier = desk.accept()

    own = desk.read_all()
    told = sibling.read_all()

    assert own.keys("dossier") == []
    (heard,) = told.of("dossier")
    assert (heard.id, heard.desk) == (dossier, desk.id)
    assert json.loads(heard.dossier)["applicant"]["full_name"] == "Nguyễn Thị Lan"


def test_persons_stay_within_the_agencies_concerned(province: Province, desk: DeskDriver) -> None:
    resolving = DeskDriver.enrol(province.url, province.code("H05.07.210"))
    stranger = DeskDriver.enrol(province.url, province.code("H05.07.228"))
    desk.accept(resolving_agency="H05.07.210")
    desk.accept()
    desk.exchange()
    province.command("status", desk.code(1, "H05.07.210"), "4")

    assert len(resolving.read_all().of("dossier")) == 1
    heard = stranger.read_all()
    assert {item.kind for item in heard.items} & {"dossier", "status", "numbered"} == set()
    assert {person.agency for person in heard.of("staff")} == {"H05.07.228"}


def test_a_new_desk_gets_open_and_recent_dossiers_newest_first(province: Province, desk: DeskDriver) -> None:
    province.clock.moment = OLD + timedelta(days=200)
    days = {n: OLD + timedelta(days=days) for n, days in ((1, 0), (2, 1), (3, 150), (4, 199))}
    for n, day in days.items():
        desk.accept(code=desk.code(n, day=day), received_at=write_instant(day), due_at=None)
    desk.exchange()
    province.command("status", desk.code(1, day=days[1]), "10")
    province.command("status", desk.code(3, day=days[3]), "10")
    sibling = _sibling(province)

    pages: list[Answer] = []
    while not pages or pages[-1].down.more:
        pages.append(sibling.exchange(limit=1))

    codes = [json.loads(heard.dossier)["code"][-1] for page in pages for heard in page.of("dossier")]
    assert codes == ["4", "3", "2"]
    last_of_reference = max(n for n, page in enumerate(pages) if page.keys("agency"))
    first_dossier = min(n for n, page in enumerate(pages) if page.keys("dossier"))
    assert last_of_reference < first_dossier


def test_what_happens_during_a_first_reading_comes_at_its_end(province: Province, desk: DeskDriver) -> None:
    desk.accept()
    desk.exchange()
    sibling = _sibling(province)
    first = sibling.exchange(limit=3)
    province.command("status", desk.code(1), "9")
    desk.accept()
    desk.exchange()

    rest = sibling.read_all(limit=3)

    kept = _as_kept(Answer(rest.down, first.items + rest.items))
    assert sum(kind == "dossier" for kind, _ in kept) == 2
    (status,) = rest.of("status")
    assert isinstance(status, StatusTold)
    assert status.status == 9


def test_a_restored_desk_gets_back_what_it_forgot_of_its_own(desk: DeskDriver) -> None:
    kept = desk.accept()
    copy = desk.tip
    forgotten = desk.accept()
    desk.read_all()
    desk.journal, desk.held = desk.journal[:2], {}
    desk.restore(copy)
    desk.exchange(desk.journal[-1:])
    desk.incarnation, desk.cursor = None, ""

    told = desk.read_all()

    assert {heard.id for heard in told.of("dossier")} == {forgotten}
    assert kept not in {heard.id for heard in told.of("dossier")}


def test_a_cursor_of_another_incarnation_begins_anew(desk: DeskDriver) -> None:
    everything = desk.read_all()
    desk.incarnation = "another one"

    again = desk.read_all()

    assert _as_kept(again) == _as_kept(everything)


@pytest.mark.parametrize("cursor", ["junk", "n.1.2", "r.٣.0.", "d.1.1.'; --", "n." + "9" * 30 + ".0."])
def test_a_cursor_that_is_not_ours_begins_anew(desk: DeskDriver, cursor: str) -> None:
    everything = desk.read_all()
    desk.cursor = cursor

    assert _as_kept(desk.read_all()) == _as_kept(everything)


def test_no_items_are_sent_where_none_are_asked_for(desk: DeskDriver) -> None:
    answer = desk.exchange(limit=0)

    assert answer.items == ()
    assert answer.down.more
    assert desk.read_all().items


def test_a_desk_may_ask_for_few_bytes_and_still_gets_a_large_catalogue_alone(
    province: Province, desk: DeskDriver, tmp_path: Path
) -> None:
    desk.read_all()
    file = tmp_path / "large.json"
    one = {"code": "1.000001", "valid_from": "2025-07-01", "name": "x" * 2_000}
    file.write_text(json.dumps({"version": "large", "procedures": [one] * 1_000}))
    province.command("catalogue", "publish", str(file))
    province.command("policy", "--keep-months", "12")

    first = desk.exchange()

    assert [item.kind for item in first.items] == ["catalogue"]
    assert first.down.more
    assert [item.kind for item in desk.exchange().items] == ["policy"]


def test_staff_who_left_are_told_as_inactive(province: Province, desk: DeskDriver) -> None:
    desk.read_all()
    province.command("staff", "off", desk.supervisor)

    (person,) = desk.exchange().of("staff")
    assert (person.id, person.active) == (desk.supervisor, False)


def test_a_revoked_sibling_is_told_as_revoked(province: Province, desk: DeskDriver) -> None:
    sibling = _sibling(province)
    desk.read_all()
    province.command("revoke", str(sibling.id))

    (told,) = desk.exchange().of("desk")
    assert told.revoked
