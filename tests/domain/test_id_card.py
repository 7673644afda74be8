"""What a scanner types from an identity card. All persons here are invented."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.errors import CardFault, UnreadableCard
from desk.domain.id_card import Card, read_card
from desk.domain.people import Address, BirthDate, PartyKind, Sex
from tests import make

LAN = "027180001234|123456789|Nguyễn Thị Lan|03021980|Nữ|Khu 3, Vũ Ninh, Thành phố Bắc Ninh, Bắc Ninh|01052021"


def fault_of(payload: str) -> CardFault:
    with pytest.raises(UnreadableCard) as unreadable:
        read_card(payload)
    return unreadable.value.reason


def test_a_card_with_chip_fills_in_a_person() -> None:
    card = read_card(LAN)

    assert card == Card(
        number="027180001234",
        old_number="123456789",
        full_name="Nguyễn Thị Lan",
        born=BirthDate(1980, 2, 3),
        sex=Sex.FEMALE,
        address="Khu 3, Vũ Ninh, Thành phố Bắc Ninh, Bắc Ninh",
        issued=date(2021, 5, 1),
    )


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(f"\ufeff{LAN}", id="byte order mark"),
        pytest.param(f"{LAN}\r\n", id="line end of the scanner"),
        pytest.param(unicodedata.normalize("NFD", LAN), id="letters in pieces"),
        pytest.param(f"{LAN}||Nguyễn Văn A|Trần Thị B", id="more fields of newer cards"),
        pytest.param(LAN.replace("|Nữ|", "|nữ |"), id="sex in small letters"),
    ],
)
def test_the_same_card_reads_the_same_through_any_scanner(payload: str) -> None:
    assert read_card(payload) == read_card(LAN)


def test_an_empty_old_number_is_no_number() -> None:
    assert read_card(LAN.replace("123456789", "")).old_number is None


@pytest.mark.parametrize("born", ["1943", "00001943", "00051943"])
def test_a_birth_known_by_its_year_only_is_a_year(born: str) -> None:
    assert read_card(LAN.replace("03021980", born)).born == BirthDate(1943)


def test_an_old_cards_address_stays_words_because_districts_live_on_as_wards() -> None:
    # Đình Bảng was a ward of the town of Từ Sơn; today Từ Sơn itself is a ward, and another one.
    card = read_card(LAN.replace("Khu 3, Vũ Ninh, Thành phố Bắc Ninh, Bắc Ninh", "Đình Bảng, Từ Sơn, Bắc Ninh"))

    party = card.as_party(make.units())

    assert party.address == Address(None, "Đình Bảng, Từ Sơn, Bắc Ninh")


def test_a_card_issued_since_the_merger_gives_the_communes_code() -> None:
    card = read_card("027180001234||Nguyễn Thị Lan|03021980|Nữ|Khu 3, Vũ Ninh, Bắc Ninh|15082025")

    party = card.as_party(make.units())

    assert party.address == Address("09169", "Khu 3, Vũ Ninh, Bắc Ninh")
    assert (party.kind, party.personal_id, party.sex) == (PartyKind.CITIZEN, "027180001234", Sex.FEMALE)


@pytest.mark.parametrize(
    ("payload", "fault"),
    [
        pytest.param("", CardFault.EMPTY, id="nothing"),
        pytest.param("\ufeff\r\n", CardFault.EMPTY, id="only what scanners add"),
        pytest.param("027180001234|123456789|Nguyễn Thị Lan", CardFault.FEW_FIELDS, id="torn off"),
        pytest.param("027180001234", CardFault.FEW_FIELDS, id="a barcode of the number alone"),
        pytest.param("x" * 5000, CardFault.TOO_LONG, id="another code"),
        pytest.param(LAN.replace("027180001234", "02718000123"), CardFault.BAD_NUMBER, id="a digit lost"),
        pytest.param(LAN.replace("123456789", "12345678"), CardFault.BAD_NUMBER, id="a digit of the old one lost"),
        pytest.param(LAN.replace("03021980", "30021980"), CardFault.BAD_DATE, id="30 February"),
        pytest.param(LAN.replace("01052021", "1 5 2021"), CardFault.BAD_DATE, id="issued on no day"),
        pytest.param(LAN.replace("Nguyễn Thị Lan", ""), CardFault.GARBLED, id="no name"),
        pytest.param(LAN.replace("Nữ", "Nu7x"), CardFault.GARBLED, id="no sex"),
        pytest.param(LAN.replace("Nguyễn", "Nguy?n"), CardFault.GARBLED, id="question marks"),
        pytest.param(LAN.replace("Nguyễn", "Nguy\ufffdn"), CardFault.GARBLED, id="replacement characters"),
        pytest.param(LAN.replace("Nguyễn", "Nguye6n4"), CardFault.GARBLED, id="VNI digits in a name"),
        pytest.param(LAN.replace("Nguyễn", "Nguyá»…n"), CardFault.GARBLED, id="UTF-8 read as Latin"),
        pytest.param(LAN.replace("Nguyễn", "Nguy\x00n"), CardFault.GARBLED, id="control characters"),
        pytest.param(
            "027180001234||Nguyeenx Thij Lan|03021980|Nu|Khu 3, Vux Ninh, Bawcs Ninh|15082025",
            CardFault.GARBLED,
            id="Telex keys left over",
        ),
        pytest.param(
            "027180001234||Nguyen Thi Lan|03021980|Nu|To62 ta6n, Vu Ninh|15082025",
            CardFault.GARBLED,
            id="VNI keys left over in the address",
        ),
    ],
)
def test_a_card_that_cannot_be_trusted_fills_in_nothing(payload: str, fault: CardFault) -> None:
    assert fault_of(payload) is fault


@pytest.mark.parametrize("name", ["H'Hen Niê", "Y Bhăm Ê-ban", "Đỗ Xuân Ương", "K’ Brơi", "NGÃ VĂN Ã"])
def test_names_of_all_the_peoples_of_the_country_pass(name: str) -> None:
    assert read_card(LAN.replace("Nguyễn Thị Lan", name)).full_name == name


def test_the_error_tells_nothing_of_the_person() -> None:
    with pytest.raises(UnreadableCard) as unreadable:
        read_card(LAN.replace("03021980", "30021980"))

    assert "Lan" not in str(unreadable.value)
    assert "0271" not in str(unreadable.value)


@given(st.text(max_size=400) | st.lists(st.text(max_size=30), min_size=6, max_size=12).map("|".join))
def test_whatever_is_scanned_is_a_card_or_an_unreadable_one(payload: str) -> None:
    try:
        card = read_card(payload)
    except UnreadableCard:
        return

    assert len(card.number) == 12
