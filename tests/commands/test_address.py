"""`address`: a desk is told where its province has moved."""

from tests.commands.conftest import Command


def test_a_new_address_is_asked_first_and_the_former_ones_stay_known(desk: Command) -> None:
    (former,) = desk("address", "--json").line["known"]

    told = desk("address", "https://dvc.bacninh.example/", "--json")

    assert told.line["known"] == ["https://dvc.bacninh.example", former]
    assert desk("status", "--json").line["province"] == "https://dvc.bacninh.example"


def test_what_is_no_address_changes_nothing(desk: Command) -> None:
    before = desk("address", "--json").line["known"]

    refused = desk("address", "dvc bac ninh", "--json")

    assert refused.code == 1
    assert desk("address", "--json").line["known"] == before
