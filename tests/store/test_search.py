"""What is found, and in which order."""

from datetime import timedelta

import pytest

from desk.services.ports.said import say_dossier
from sync.protocol import canonical
from sync.protocol.feed import FeedDossier
from tests import make
from tests.store.stores import DeskAtWork


def _names(desk: DeskAtWork, words: str, limit: int = 50) -> list[str]:
    with desk.store.open_reading() as memory:
        return [one.full_name for one in memory.dossiers.find(words, limit)]


def _takes(desk: DeskAtWork, *names: str) -> None:
    for name in names:
        desk.clock.forward(minutes=1)
        desk.accepts(applicant=make.party(name))


@pytest.mark.parametrize(
    "words", ["nguyen duc", "NGUYEN DUC", "Nguyễn Đức", "nguyễn đức", "duc nguyen", "nguyen du", "đức", "nguyen d"]
)
def test_a_name_is_found_with_accents_and_without_in_any_order_and_by_its_beginning(
    desk: DeskAtWork, words: str
) -> None:
    _takes(desk, "Nguyễn Đức", "Trần Văn Bình")

    assert _names(desk, words) == ["Nguyễn Đức"]


@pytest.mark.parametrize("words", ["nguyen binh", "ưng", "xyz", "", "  ", "'\"*():^-", 'a" OR "b', "AND", "NEAR(a b)"])
def test_what_is_not_there_is_not_found_and_no_sign_breaks_the_question(desk: DeskAtWork, words: str) -> None:
    _takes(desk, "Nguyễn Đức", "Trần Văn Bình")

    assert _names(desk, words) == []


def test_accents_that_were_typed_come_first_then_the_others_each_from_the_newest(desk: DeskAtWork) -> None:
    _takes(desk, "Lê Hoa", "Lê Hòa", "Lê Hoà", "Lê Hóa")

    assert _names(desk, "hòa") == ["Lê Hòa", "Lê Hóa", "Lê Hoà", "Lê Hoa"]
    assert _names(desk, "hoa") == ["Lê Hóa", "Lê Hoà", "Lê Hòa", "Lê Hoa"]


def test_whole_words_come_before_beginnings(desk: DeskAtWork) -> None:
    _takes(desk, "Phạm An", "Phạm Anh")

    assert _names(desk, "pham an") == ["Phạm An", "Phạm Anh"]


def test_the_newest_by_time_of_receipt_come_first_and_no_more_than_asked_for(desk: DeskAtWork) -> None:
    _takes(desk, *(f"Vũ Minh {letter}" for letter in "abcdef"))
    desk.accepts(applicant=make.party("Vũ Minh Cũ"), received_at=desk.clock.now - timedelta(hours=1))

    assert _names(desk, "vu minh", limit=3) == ["Vũ Minh f", "Vũ Minh e", "Vũ Minh d"]
    assert _names(desk, "vu minh")[-1] == "Vũ Minh Cũ"


@pytest.mark.parametrize("digits", ["1234", "001234", "027180001234", "0912345678", "5678", "345678", "091 234"])
def test_a_number_is_found_whole_and_by_its_last_digits(desk: DeskAtWork, digits: str) -> None:
    _takes(desk, "Nguyễn Thị Lan")
    desk.accepts(applicant=make.party("Ai Khác", personal_id="027180005555", phone="0988000999"))

    assert _names(desk, digits) == (["Nguyễn Thị Lan"] if " " not in digits else [])


@pytest.mark.parametrize(
    "piece", ["H05.09.169-250701-1017002", "h05.09.169-250701-1017002", "1017002", "7002", "H05.09.169-250701-10170"]
)
def test_a_code_is_found_whole_in_part_and_in_small_letters(desk: DeskAtWork, piece: str) -> None:
    _takes(desk, "Một", "Hai")

    assert _names(desk, piece)[0] == "Hai"


@pytest.mark.parametrize("part", ["250701-1017002", "250701-7002", "169-250701-1017002", "09.169-250701", "169-250701"])
def test_a_run_of_a_code_s_parts_is_found_as_people_read_it_out(desk: DeskAtWork, part: str) -> None:
    _takes(desk, "Một", "Hai")
    desk.clock.forward(days=1)
    _takes(desk, "Ba")

    assert _names(desk, part)[0] == "Hai"
    assert "Ba" not in _names(desk, part)


def test_any_run_of_a_provisional_code_is_found(desk: DeskAtWork) -> None:
    desk.hears(desk.province.policy(codes="province"))
    code = desk.accepts(applicant=make.party("Tạm")).code
    _, day, first, second, third = code.split("-")

    for part in (code, "TAM", f"TAM-{day}", f"{day}-{first}", f"{first}-{second}", f"{second}-{third}", third, second):
        assert _names(desk, part) == ["Tạm"], part


def test_a_telephone_with_hyphens_is_a_telephone(desk: DeskAtWork) -> None:
    _takes(desk, "Nguyễn Thị Lan")

    assert _names(desk, "0912-345-678") == _names(desk, "0912.345.678") == ["Nguyễn Thị Lan"]


def test_six_digits_that_are_a_day_find_what_was_received_on_it(desk: DeskAtWork) -> None:
    _takes(desk, "Một", "Hai")
    desk.clock.forward(days=1)
    _takes(desk, "Ba")

    assert _names(desk, "250701") == ["Hai", "Một"]


def test_a_name_and_a_number_together_find_who_has_both(desk: DeskAtWork) -> None:
    _takes(desk, "Nguyễn Thị Lan", "Nguyễn Thị Hoa")

    assert _names(desk, "hoa 1234") == ["Nguyễn Thị Hoa"]


def test_the_owner_is_found_as_well_as_who_brought_it(desk: DeskAtWork) -> None:
    desk.accepts(applicant=make.party("Lê Chạy"), owner=make.party("Phan Chủ", personal_id="027180007777"))

    assert _names(desk, "le chay") == _names(desk, "phan chu") == _names(desk, "7777") == ["Phan Chủ"]


def test_a_sibling_s_dossier_is_found_and_changes_with_the_feed(desk: DeskAtWork) -> None:
    def tell(name: str) -> None:
        dossier = make.dossier(desk_number=2024, applicant=make.party(name))
        said = FeedDossier(id=dossier.id, desk=None, version=2, dossier=canonical.write(say_dossier(dossier)))
        desk.hears(desk.province.item("dossier", str(dossier.id), said))

    tell("Khuất Thị Mơ")
    assert _names(desk, "khuat") == ["Khuất Thị Mơ"]

    tell("Giáp Thị Mơ")
    assert (_names(desk, "khuat"), _names(desk, "giap")) == ([], ["Giáp Thị Mơ"])
    assert _names(desk, "2024001") == ["Giáp Thị Mơ"]
