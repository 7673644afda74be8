"""A number by telephone: for the desk that asks, once, and known when its entries come."""

import pytest

from sync.protocol.spoken_number import NumberRequest, hear_number, request_number
from tests.province.desk_driver import DeskDriver
from tests.servers import Province


def _restored(province: Province) -> DeskDriver:
    """A desk that began a new epoch out of reach."""
    desk = DeskDriver.enrol(province.url, province.code())
    desk.exchange()
    desk.restore(desk.tip)
    return desk


def _ask(desk: DeskDriver) -> NumberRequest:
    return request_number(desk.tip.epoch, desk.journal[-1].hash, desk.province.seal)


def _hear(desk: DeskDriver, answer: str) -> int:
    return hear_number(answer, _ask(desk), desk=desk.id, seal=desk.seal, province_seal=desk.province.seal)


def test_the_number_read_out_is_the_one_certified_later(province: Province) -> None:
    desk = _restored(province)
    first = desk.number

    said = province.command("desk-number", str(first), str(_ask(desk)))[0]
    heard = _hear(desk, said["answer"])
    desk.exchange()

    assert heard == said["number"] == desk.number
    assert (desk.number != first, desk.said.epoch) == (True, 2)


def test_asked_again_the_answer_is_the_same(province: Province) -> None:
    desk = _restored(province)

    one = province.command("desk-number", str(desk.id), str(_ask(desk)))
    other = province.command("desk-number", str(desk.id), str(_ask(desk)))

    assert one == other


def test_a_key_changed_meanwhile_does_not_matter(province: Province) -> None:
    desk = _restored(province)
    province.command("keys", "rotate")

    said = province.command("desk-number", str(desk.id), str(_ask(desk)))[0]

    assert _hear(desk, said["answer"]) == said["number"]


def test_another_machine_of_the_same_desk_and_epoch_gets_none(province: Province) -> None:
    desk = _restored(province)
    province.command("desk-number", str(desk.id), str(_ask(desk)))
    twin = request_number(desk.tip.epoch, "ab" * 32, desk.province.seal)

    code, _, error = province.call("desk-number", str(desk.id), str(twin))

    assert code == 1
    assert "two machines" in error


@pytest.mark.parametrize("request_text", ["0000-0000-0000-0000", "ABC", "021C-1ZZE-R1AQ-M72Q"])
def test_a_misread_request_is_said_as_such(province: Province, request_text: str) -> None:
    desk = _restored(province)

    code, _, error = province.call("desk-number", str(desk.id), request_text)

    assert code == 1
    assert "read it again" in error


def test_a_revoked_desk_gets_none(province: Province) -> None:
    desk = _restored(province)
    province.command("revoke", str(desk.id))

    assert province.call("desk-number", str(desk.id), str(_ask(desk)))[0] == 1
