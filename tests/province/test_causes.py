"""Causes across desks: what comes before its cause waits in sight, and is applied when the cause comes."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from sync.protocol.entries.clerk_signed_in import ClerkSignedIn
from sync.protocol.entries.dossier_accepted import SaidFee
from sync.protocol.entries.fee_taken import FeeTaken
from sync.protocol.entries.result_handed_over import ResultHandedOver
from sync.protocol.instant import write_instant
from tests.province.desk_driver import TUESDAY, Answer, DeskDriver, verdicts
from tests.servers import Province

_PAID = FeeTaken(fees=(SaidFee(name="Phí", kind="fee", amount=2_000, count=2, paid="cash"),), total=4_000)


@pytest.fixture
def sibling(province: Province) -> DeskDriver:
    return DeskDriver.enrol(province.url, province.code())


def handed_over(at: str = write_instant(TUESDAY)) -> ResultHandedOver:
    return ResultHandedOver(at=at, to="applicant", name="Nguyễn Thị Lan", personal_id=None, note="")


def _verdict(answer: Answer, desk: DeskDriver, seq: int) -> str:
    """Of an entry of the desk's first epoch."""
    own = [one for one in answer.of("verdict") if one.desk == desk.id and one.first <= seq <= one.last]
    return str(own[-1].verdict)


def _hand_over(desk: DeskDriver, dossier: UUID) -> None:
    desk.write(handed_over(), dossier=dossier)


def test_a_result_handed_over_before_its_dossier_came_waits_and_is_applied_then(
    province: Province, desk: DeskDriver, sibling: DeskDriver
) -> None:
    dossier = desk.accept()
    _hand_over(sibling, dossier)

    assert _verdict(sibling.exchange(), sibling, 2) == "waiting"
    assert province.command("dossiers") == []

    desk.exchange()

    later = sibling.exchange()
    assert _verdict(later, sibling, 2) == "applied"
    assert [status.status for status in later.of("status")] == [10]
    (listed,) = province.command("dossiers")
    assert (listed["status"], listed["waiting"]) == (10, [])


def test_what_waits_is_listed_with_its_age_and_cause(province: Province, desk: DeskDriver, sibling: DeskDriver) -> None:
    province.clock.moment = TUESDAY
    dossier = desk.accept()
    _hand_over(sibling, dossier)
    sibling.last_of[dossier] = "1" * 64
    sibling.write(_PAID, dossier=dossier)
    sibling.exchange()
    province.clock.moment = TUESDAY + timedelta(days=1, hours=2)

    by_kind = {wait["kind"]: wait for wait in province.command("waiting")}

    handed = by_kind["result_handed_over"]
    assert handed["for"] == {"what": "dossier", "name": str(dossier)}
    assert (handed["desk"], handed["dossier"]) == (str(sibling.id), str(dossier))
    assert handed["seconds"] == 26 * 3600
    assert handed["since"] == "2025-07-01T08:15:00+07:00"
    assert handed["reason"]["vi"]
    assert by_kind["fee_taken"]["for"] == {"what": "entry", "name": "1" * 64}
    _, text, _ = province.call("waiting")
    assert "1d 02h" in text


def test_a_dossier_shows_what_waits_about_it(province: Province, desk: DeskDriver) -> None:
    dossier = desk.accept(code=desk.code(1))
    desk.last_of[dossier] = "1" * 64
    desk.write(_PAID, dossier=dossier)
    desk.exchange()

    for listed in (province.command("dossiers"), province.command("dossiers", desk.code(1))):
        assert [wait["kind"] for wait in listed[0]["waiting"]] == ["fee_taken"]
    assert "1 waiting" in province.call("dossiers")[1]


def test_a_missing_body_is_what_an_acceptance_waits_for_and_others_for_it(province: Province, desk: DeskDriver) -> None:
    dossier = desk.accept()
    whole = desk.journal[-1]
    desk.journal[-1] = type(whole)(whole.head_text, None, None, whole.signature)
    desk.write(_PAID, dossier=dossier)
    desk.exchange()

    assert {wait["for"]["what"] for wait in province.command("waiting")} == {"body", "entry"}

    answer = desk.exchange([whole])

    assert [verdicts(answer)[1, seq].verdict for seq in (2, 3)] == ["applied", "applied"]
    assert province.command("waiting") == []


def test_a_chain_of_causes_is_applied_in_one_go_when_its_first_link_comes(
    province: Province, desk: DeskDriver, sibling: DeskDriver
) -> None:
    third = DeskDriver.enrol(province.url, province.code())
    dossier = desk.accept()
    _hand_over(sibling, dossier)
    third.last_of[dossier] = sibling.tip.hash
    third.write(_PAID, dossier=dossier)

    third.exchange()
    sibling.exchange()
    assert len(province.command("waiting")) == 2
    desk.exchange()

    assert province.command("waiting") == []
    assert _verdict(third.exchange(), third, 2) == "applied"


def test_entries_about_no_dossier_wait_for_none(desk: DeskDriver) -> None:
    desk.write(ClerkSignedIn(by="pin"))

    assert verdicts(desk.exchange())[1, 2].verdict == "applied"


def test_money_about_a_dossier_that_could_not_be_read_does_not_wait_for_ever(desk: DeskDriver) -> None:
    class Misshapen(ResultHandedOver, frozen=True, kw_only=True):
        KIND = "dossier_accepted"

    dossier = uuid4()
    desk.write(Misshapen(at=write_instant(TUESDAY), to="post", name="x", personal_id=None, note=""), dossier=dossier)
    desk.write(_PAID, dossier=dossier)

    first = verdicts(desk.exchange())
    desk.write(_PAID, dossier=dossier)
    second = verdicts(desk.exchange())

    assert [first[1, seq].verdict for seq in (2, 3)] == ["refused", "applied"]
    assert second[1, 4].verdict == "applied"


def test_two_hand_overs_both_stay_and_a_supervisor_is_told(
    province: Province, desk: DeskDriver, sibling: DeskDriver
) -> None:
    dossier = desk.accept(code=desk.code(1))
    desk.exchange()
    _hand_over(sibling, dossier)
    first = sibling.exchange()
    _hand_over(desk, dossier)

    answer = desk.exchange()

    assert first.of("notice") == []
    assert (_verdict(first, sibling, 2), _verdict(answer, desk, 3)) == ("applied", "applied")
    (notice,) = answer.of("notice")
    assert (notice.matter, notice.dossier, notice.seen) == ("handed_over_twice", dossier, False)
    for text in (notice.text.vi, notice.text.en):
        assert desk.code(1) in text
        assert "Lan" not in text


def test_a_sibling_learns_what_its_own_entry_would_come_after(desk: DeskDriver, sibling: DeskDriver) -> None:
    dossier = desk.accept()
    desk.write(_PAID, dossier=dossier)
    desk.exchange()

    (heard,) = sibling.read_all().of("dossier")

    assert heard.id == dossier
    assert heard.last in {entry.hash for entry in desk.journal if entry.head.dossier == dossier}
