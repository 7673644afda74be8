"""One desk's name on two machines: both journals are held, both machines hear everything, and people are told."""

from datetime import timedelta

import pytest

from sync.protocol.entries.clerk_signed_in import ClerkSignedIn
from sync.protocol.entries.epoch_opened import EpochOpened
from sync.protocol.entries.notice_seen import NoticeSeen
from sync.protocol.entry import Tip
from sync.protocol.feed import Notice
from tests.province.desk_driver import TUESDAY, Answer, DeskDriver, verdicts
from tests.servers import Province


@pytest.fixture
def clone(desk: DeskDriver) -> DeskDriver:
    """The same disk in another machine, after a first contact."""
    desk.sign_in()
    desk.read_all()
    return desk.cloned()


def _notices(answer: Answer, matter: str) -> list[Notice]:
    return [notice for notice in answer.of("notice") if notice.matter == matter]


def test_both_journals_are_held_and_both_ends_are_told(desk: DeskDriver, clone: DeskDriver) -> None:
    desk.accept()
    desk.exchange()
    clone.sign_in()
    clone.sign_in()

    answer = clone.exchange()

    assert answer.down.problem is None
    assert set(answer.down.held) == {desk.tip, clone.tip}
    assert desk.exchange().down.held == answer.down.held


def test_a_machine_whose_line_was_gone_on_with_by_another_recognises_itself(
    desk: DeskDriver, clone: DeskDriver
) -> None:
    """It was rolled back to a snapshot: the province holds more than it has."""
    desk.accept()
    desk.exchange()

    answer = clone.exchange([])

    assert clone.tip in answer.down.held
    assert desk.tip in answer.down.held


def test_each_line_goes_on_by_itself_in_any_order(desk: DeskDriver, clone: DeskDriver) -> None:
    for _ in range(3):
        desk.sign_in()
        clone.sign_in()
        clone.exchange()
        desk.exchange()

    answer = desk.exchange(desk.journal)

    assert answer.down.problem is None
    assert set(answer.down.held) == {desk.tip, clone.tip}


def test_a_line_forks_again(desk: DeskDriver, clone: DeskDriver) -> None:
    desk.sign_in()
    clone.sign_in()
    third = clone.cloned()
    third.sign_in()
    clone.sign_in()

    for machine in (desk, clone, third):
        answer = machine.exchange()

    assert set(answer.down.held) == {desk.tip, clone.tip, third.tip}


def test_each_machine_hears_what_the_other_took_and_not_its_own(desk: DeskDriver, clone: DeskDriver) -> None:
    mine, theirs = desk.accept(), clone.accept()
    desk.exchange()
    clone.exchange()

    heard, heard_there = desk.read_all(), clone.read_all()

    assert [dossier.id for dossier in heard.of("dossier")] == [theirs]
    assert mine not in [dossier.id for dossier in heard_there.of("dossier")]


def test_a_verdict_names_the_line_it_is_about(desk: DeskDriver, clone: DeskDriver) -> None:
    desk.accept()
    desk.exchange()
    clone.accept(procedure="9.999999")

    (told,) = (verdict for verdict in clone.exchange().of("verdict") if verdict.verdict == "refused")

    assert told.end == told.entry == clone.tip.hash


def test_verdicts_of_two_lines_do_not_replace_each_other(desk: DeskDriver, clone: DeskDriver) -> None:
    desk.accept()
    desk.exchange()
    clone.accept(procedure="9.999999")
    clone.exchange()
    desk.incarnation, desk.cursor = None, ""

    keys = [key for key in desk.read_all().keys("verdict") if key.startswith(str(desk.id))]

    assert len(keys) == len(set(keys))
    first = clone.journal[-1].hash
    assert [key for key in keys if key.endswith(first)] == [f"{desk.id}/1/{clone.tip.seq}/{first}"]


def test_people_of_the_agency_are_told_of_a_fork_once(province: Province, desk: DeskDriver, clone: DeskDriver) -> None:
    sibling = DeskDriver.enrol(province.url, province.code())
    sibling.read_all()
    desk.sign_in()
    desk.exchange()
    clone.sign_in()
    clone.exchange()

    (notice,) = _notices(sibling.read_all(), "forked")
    clone.sign_in()
    clone.exchange()

    assert (notice.desk, notice.seen) == (desk.id, False)
    assert str(desk.number) in notice.text.vi
    assert str(desk.number) in notice.text.en
    assert sibling.read_all().of("notice") == []


def test_the_machine_that_parts_gets_a_number_of_its_own(desk: DeskDriver, clone: DeskDriver) -> None:
    before = desk.number
    desk.sign_in()
    desk.exchange()
    clone.sign_in()
    clone.exchange()

    clone.part(met=desk.tip)
    clone.exchange()
    desk.part(met=clone.tip)
    desk.exchange()

    assert len({before, desk.number, clone.number}) == 3


def test_two_copies_that_open_the_same_epoch_do_not_share_its_number(desk: DeskDriver, clone: DeskDriver) -> None:
    first, second = clone.cloned(), clone.cloned()
    for copy in (first, second):
        copy.restore(parent=clone.tip)
        copy.sign_in()

    answers = [copy.exchange() for copy in (first, second)]

    assert first.said.epoch == 2
    assert answers[1].down.desk_certificate is None
    assert second.said.epoch == 1
    assert {first.tip, second.tip} <= set(answers[1].down.held)


def test_an_epoch_that_forks_too_often_is_not_believed(desk: DeskDriver, clone: DeskDriver) -> None:
    machines = [clone.cloned() for _ in range(65)]
    for machine in machines:
        machine.sign_in()

    answer = desk.exchange([machine.journal[-1] for machine in machines], limit=0)

    assert set(answer.down.held) == {machine.tip for machine in machines[:64]} | {desk.tip}
    assert answer.down.problem is not None
    assert answer.down.problem.code == "chain-broken"
    assert answer.down.problem.facts["reason"] == "too many lines"


def test_two_restores_of_one_backup_are_told(province: Province, desk: DeskDriver, clone: DeskDriver) -> None:
    first, second = clone.cloned(), clone.cloned()
    first.restore(parent=clone.tip)
    second.tip = Tip(epoch=7, seq=0, hash=clone.tip.hash)
    second.write(EpochOpened(reason="restored", certificate=None, parent=clone.tip, software="driver"))
    first.exchange()

    (notice,) = _notices(second.exchange(), "restored_twice")

    assert notice.desk == desk.id


def test_a_machine_that_works_on_after_it_was_restored_elsewhere_is_told(desk: DeskDriver, clone: DeskDriver) -> None:
    clone.restore(parent=clone.tip)
    clone.exchange()
    assert _notices(clone.read_all(), "restored_twice") == []

    desk.write(ClerkSignedIn(by="pin"), at=TUESDAY + timedelta(hours=1))

    assert len(_notices(desk.exchange(), "restored_twice")) == 1


def test_codes_that_two_machines_gave_twice_get_a_second_one_and_a_list_of_people_to_call(
    province: Province, desk: DeskDriver, clone: DeskDriver
) -> None:
    first = desk.accept(code=desk.code(7))
    desk.exchange()
    second = clone.accept(code=clone.code(7))
    third = clone.accept(code=clone.code(8))

    answer = clone.exchange()

    assert {verdict.verdict for verdict in verdicts(answer).values()} == {"applied"}
    (numbered,) = answer.of("numbered")
    assert numbered.dossier == second
    (notice,) = _notices(answer, "second_code")
    assert f"{desk.code(7)} → {numbered.code}" in notice.text.vi
    assert desk.code(8) not in notice.text.en
    codes = {listed["code"] for listed in province.command("dossiers")}
    assert codes == {desk.code(7), desk.code(8), numbered.code}
    assert first != third


def test_a_supervisor_takes_note_of_a_notice(province: Province, desk: DeskDriver, clone: DeskDriver) -> None:
    desk.sign_in()
    desk.exchange()
    clone.sign_in()
    (notice,) = _notices(clone.exchange(), "forked")

    clone.write(NoticeSeen(notice=notice.id))

    (seen,) = clone.exchange().of("notice")
    assert (seen.id, seen.seen) == (notice.id, True)


def test_a_desk_that_opens_epochs_in_a_loop_uses_up_few_numbers(province: Province, desk: DeskDriver) -> None:
    for _ in range(6):
        desk.restore(parent=desk.tip)

    notices = _notices(desk.read_all(), "no_number")

    assert len(notices) == 1
    assert max(desk["number"] for desk in province.command("desks")) < 1010
