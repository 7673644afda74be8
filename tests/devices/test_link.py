"""The system says that the network is there again, and what waits goes."""

from tests.back_online import back_online


def test_what_waits_is_on_its_way_within_two_seconds_of_the_systems_word() -> None:
    """A real network that goes and comes, in a namespace of its own."""
    assert max(back_online(5)) <= 2
