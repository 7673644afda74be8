"""What sync says of the line has a word of the lamp's."""

import pytest

from desk.line import lamp_reason
from desk.services.ports.values import LampReason
from sync.schedule import Why

WELL = (Why.IDLE, Why.STOPPED)


@pytest.mark.parametrize("why", [why for why in Why if why not in WELL])
def test_whatever_is_wrong_with_the_line_has_a_reason_on_the_lamp(why: Why) -> None:
    assert lamp_reason(why) is not LampReason.NONE


@pytest.mark.parametrize("why", WELL)
def test_a_line_that_is_well_is_no_reason(why: Why) -> None:
    assert lamp_reason(why) is LampReason.NONE
