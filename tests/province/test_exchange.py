"""A desk and the province, over real HTTP."""

from tests.province.desk_driver import DeskDriver, verdicts
from tests.servers import Province


def test_what_a_desk_brings_is_held_judged_and_listed(province: Province, desk: DeskDriver) -> None:
    desk.sign_in()
    dossier = desk.accept()

    answer = desk.exchange()

    assert answer.down.held == (desk.tip,)
    assert answer.down.problem is None
    assert {verdict.verdict for verdict in verdicts(answer).values()} == {"applied"}
    assert len(verdicts(answer)) == len(desk.journal)
    (listed,) = province.command("dossiers")
    assert listed["code"] == desk.code(1)
    assert listed["applicant"]["full_name"] == "Nguyễn Thị Lan"
    assert listed["received_at"] == "2025-07-01T08:15:00+07:00"
    assert listed["status"] == 2
    assert listed["verdict"] == "applied"
    assert dossier
