"""One desk on two machines: restored, rolled back, moved, cloned. Everything both wrote is kept, and no code in force
is anybody else's.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.domain.codes import is_provisional
from desk.services.ports.values import EpochReason, LampState
from tests.e2e.machines import Machine
from tests.servers import Province, found, province_in_thread


@pytest.fixture(scope="module")
def founding(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A province founded once, to be copied."""
    folder = tmp_path_factory.mktemp("founding")
    found(f"sqlite:///{folder / 'province.db'}", folder / "root-key.pem")
    return folder


@pytest.fixture
def province(founding: Path, tmp_path: Path) -> Iterator[Province]:
    for file in ("province.db", "root-key.pem"):
        shutil.copy(founding / file, tmp_path)
    with province_in_thread(f"sqlite:///{tmp_path / 'province.db'}", tmp_path) as province:
        yield province


@pytest.fixture
def desk(province: Province, tmp_path: Path) -> Iterator[Machine]:
    machine = Machine.enrolled(tmp_path / "desk", province)
    yield machine
    machine.switched_off()


def _codes(province: Province) -> list[str]:
    """In force, of every dossier the province has; each of them is applied."""
    dossiers = [one for one in province.command("dossiers") if "code" in one]
    assert {one["verdict"] for one in dossiers} == {"applied"}
    return [str(one["code"]) for one in dossiers]


def _all_is_well(province: Province, machines: tuple[Machine, ...], dossiers: int) -> None:
    """Nothing is lost, no two codes in force are alike, every machine knows all of it and has a number of its own."""
    codes = _codes(province)
    assert len(codes) == len(set(codes)) == dossiers
    assert not any(is_provisional(code) for code in codes)
    numbers = {machine.number for machine in machines}
    assert len(numbers) == len(machines)
    assert None not in numbers
    for machine in machines:
        assert machine.codes() == set(codes)
        assert (machine.lamp.state, machine.lamp.unsent_entries) == (LampState.GREEN, 0)
        assert machine.findings == ()


def _sync_in_turn(*machines: Machine) -> None:
    for machine in (*machines, *machines):
        machine.syncs()


def test_two_backups_brought_back_on_two_machines_that_both_work_offline(
    desk: Machine, province: Province, tmp_path: Path
) -> None:
    desk.accepts(3)
    desk.syncs()
    first = desk.backs_up(tmp_path / "first")
    desk.accepts(2)
    second = desk.backs_up(tmp_path / "second")
    desk.syncs()
    desk.accepts(1)
    desk.syncs()

    one = Machine.restored(first, tmp_path / "one", province)
    two = Machine.restored(second, tmp_path / "two", province)
    taken = one.accepts(2) + two.accepts(2)
    assert all(dossier.provisional for dossier in taken)
    assert len({(dossier.register_book, dossier.register_line) for dossier in taken}) == 4
    _sync_in_turn(one, two)

    assert one.epoch.epoch != two.epoch.epoch
    assert {machine.epoch.reason for machine in (one, two)} == {EpochReason.RESTORED}
    _all_is_well(province, (one, two), dossiers=10)
    assert "restored_twice" in one.notices & two.notices
    one.switched_off()
    two.switched_off()


def test_an_old_backup_brought_back_twice_while_the_first_machine_still_works(
    desk: Machine, province: Province, tmp_path: Path
) -> None:
    desk.accepts(1)
    old = desk.backs_up(tmp_path / "old")
    desk.accepts(3)
    desk.syncs()

    machines = [Machine.restored(old, tmp_path / name, province) for name in ("one", "two")]
    for machine in (desk, *machines):
        machine.accepts(2)
    _sync_in_turn(desk, *machines)

    _all_is_well(province, (desk, *machines), dossiers=10)
    for machine in (desk, *machines):
        assert "restored_twice" in machine.notices
    for machine in machines:
        machine.switched_off()


def test_what_the_copy_lacks_comes_back_and_is_found_opened_and_printed_like_the_desks_own(
    desk: Machine, province: Province, tmp_path: Path
) -> None:
    file = desk.backs_up(tmp_path / "file")
    (forgotten,) = desk.accepts(1)
    desk.prints(forgotten.code)
    desk.syncs()

    back = Machine.restored(file, tmp_path / "back", province).syncs()

    assert back.codes() == {forgotten.code}
    assert back.opens(forgotten.code).dossier.applicant.full_name == forgotten.applicant.full_name
    again = back.prints(forgotten.code)
    assert (again.code, again.issue) == (forgotten.code, 2)
    back.switched_off()


def test_what_was_unsent_in_the_backup_and_sent_since_is_known_to_be_held(
    desk: Machine, province: Province, tmp_path: Path
) -> None:
    desk.accepts(2)
    file = desk.backs_up(tmp_path / "file")
    desk.accepts(1)
    desk.syncs()

    back = Machine.restored(file, tmp_path / "back", province)
    assert back.lamp.unsent_entries > 0
    back.syncs()

    assert (back.lamp.unsent_entries, back.lamp.state) == (0, LampState.GREEN)
    back.switched_off()


def test_what_was_unsent_in_the_backup_and_never_sent_arrives_from_the_copy(
    desk: Machine, province: Province, tmp_path: Path
) -> None:
    desk.accepts(2)
    file = desk.backs_up(tmp_path / "file")

    back = Machine.restored(file, tmp_path / "back", province)
    back.accepts(1)
    back.syncs()

    _all_is_well(province, (back,), dossiers=3)
    back.switched_off()


def test_a_snapshot_that_is_rolled_back_is_seen_at_the_first_contact(
    desk: Machine, province: Province, tmp_path: Path
) -> None:
    desk.accepts(1)
    desk.syncs()
    snapshot = desk.copied(tmp_path / "snapshot")
    desk.accepts(2)
    desk.syncs()

    rolled_back = Machine.switched_on(snapshot, province)
    again = rolled_back.accepts(3)
    for dossier in again:
        rolled_back.prints(dossier.code)
    rolled_back.syncs()

    assert rolled_back.epoch.reason is EpochReason.FORKED
    assert rolled_back.foreign > 0
    _all_is_well(province, (rolled_back,), dossiers=6)
    assert {"forked", "second_code"} <= rolled_back.notices
    second = [one.code for one in again if rolled_back.opens(one.code).new_slip_due]
    assert len(second) == 2
    rolled_back.switched_off()


def test_a_snapshot_that_wrote_nothing_since_parts_from_its_past_as_well(
    desk: Machine, province: Province, tmp_path: Path
) -> None:
    snapshot = desk.copied(tmp_path / "snapshot")
    desk.accepts(2)
    desk.syncs()

    rolled_back = Machine.switched_on(snapshot, province).syncs()
    rolled_back.accepts(1)
    rolled_back.syncs()

    assert rolled_back.epoch.reason is EpochReason.FORKED
    _all_is_well(province, (rolled_back,), dossiers=3)
    rolled_back.switched_off()


def test_a_folder_that_wakes_up_in_another_machine_gives_no_number_before_the_province_has_spoken(
    desk: Machine, province: Province, tmp_path: Path
) -> None:
    desk.wakes_up_with("a").accepts(1)
    desk.syncs()
    folder = desk.copied(tmp_path / "folder")
    desk.accepts(1)

    moved = Machine.switched_on(folder, province).wakes_up_with("b")
    (offline,) = moved.accepts(1)
    assert offline.provisional
    moved.syncs()
    (online,) = moved.accepts(1)
    _sync_in_turn(moved, desk)

    assert moved.epoch.reason is EpochReason.MOVED
    assert not online.provisional
    _all_is_well(province, (desk, moved), dossiers=4)
    moved.switched_off()


def test_a_clone_is_seen_at_its_first_contact_and_both_go_on_under_numbers_of_their_own(
    desk: Machine, province: Province, tmp_path: Path
) -> None:
    desk.accepts(1)
    desk.syncs()
    clone = Machine.switched_on(desk.copied(tmp_path / "clone"), province)
    twice = {one.code for one in desk.accepts(2)} & {one.code for one in clone.accepts(3)}
    assert len(twice) == 2

    _sync_in_turn(desk, clone)
    desk.accepts(1)
    clone.accepts(1)
    _sync_in_turn(clone, desk)

    assert {desk.epoch.reason, clone.epoch.reason} == {EpochReason.FORKED}
    _all_is_well(province, (desk, clone), dossiers=8)
    for machine in (desk, clone):
        assert {"forked", "second_code"} <= machine.notices
    clone.switched_off()


def test_a_number_by_telephone_serves_until_the_line_is_back_and_stays_the_desks(
    desk: Machine, province: Province, tmp_path: Path
) -> None:
    file = desk.backs_up(tmp_path / "file")
    back = Machine.restored(file, tmp_path / "back", province)

    back.is_told_a_number()
    number = back.number
    (taken,) = back.accepts(1)
    back.syncs()

    assert (number, taken.provisional) == (back.number, False)
    assert taken.code.split("-")[2].startswith(str(number))
    _all_is_well(province, (back,), dossiers=1)
    back.switched_off()


def test_the_province_opens_a_backup_whose_passphrase_is_lost(
    desk: Machine, province: Province, tmp_path: Path
) -> None:
    desk.accepts(1)
    file = desk.backs_up(tmp_path / "file")

    (said,) = province.command("backup-key", str(file))
    back = Machine.restored(file, tmp_path / "back", province, key=bytes.fromhex(str(said["key"])))

    assert back.codes() == desk.codes()
    back.switched_off()
