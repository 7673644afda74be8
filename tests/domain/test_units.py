"""Administrative units and agencies, as shipped."""

from collections import Counter
from typing import Any

import pytest

from desk.domain.agencies import read_agencies
from desk.domain.codes import is_agency_id
from desk.domain.errors import DocumentRefused, NotFound, UnknownAgency
from desk.domain.personal_id import read_prefixes
from desk.domain.text import fold, nfc
from desk.domain.units import read_units
from tests import make

# The 99 units of Bắc Ninh as another public dataset has them, which puts tone marks on the other vowel (Hoà, Hòa).
WARDS = """
    07210 Bắc Giang; 07228 Đa Mai; 07525 Chũ; 07612 Phượng Sơn; 07681 Yên Dũng; 07682 Tân An; 07696 Tiền Phong;
    07699 Tân Tiến; 07738 Cảnh Thuỵ; 07774 Tự Lạn; 07777 Việt Yên; 07795 Nếnh; 07798 Vân Hà; 09169 Vũ Ninh; 09187
    Kinh Bắc; 09190 Võ Cường; 09247 Quế Võ; 09253 Nhân Hoà; 09265 Phương Liễu; 09286 Nam Sơn; 09295 Bồng Lai; 09301
    Đào Viên; 09325 Hạp Lĩnh; 09367 Từ Sơn; 09370 Tam Sơn; 09379 Phù Khê; 09385 Đồng Nguyên; 09400 Thuận Thành;
    09409 Mão Điền; 09427 Trí Quả; 09430 Trạm Lộ; 09433 Song Liễu; 09445 Ninh Xá
"""
COMMUNES = """
    07246 Xuân Lương; 07264 Tam Tiến; 07282 Đồng Kỳ; 07288 Yên Thế; 07294 Bố Hạ; 07306 Nhã Nam; 07330 Phúc Hoà;
    07333 Quang Trung; 07339 Tân Yên; 07351 Ngọc Thiện; 07375 Lạng Giang; 07381 Tiên Lục; 07399 Kép; 07420 Mỹ Thái;
    07432 Tân Dĩnh; 07444 Lục Nam; 07450 Đông Phú; 07462 Bảo Đài; 07486 Nghĩa Phương; 07489 Trường Sơn; 07492 Lục
    Sơn; 07498 Bắc Lũng; 07519 Cẩm Lý; 07531 Tân Sơn; 07534 Sa Lý; 07537 Biên Sơn; 07543 Sơn Hải; 07552 Kiên Lao;
    07573 Biển Động; 07582 Lục Ngạn; 07594 Đèo Gia; 07603 Nam Dương; 07615 Sơn Động; 07616 Tây Yên Tử; 07621 Vân
    Sơn; 07627 Đại Sơn; 07642 Yên Định; 07654 An Lạc; 07663 Tuấn Đạo; 07672 Dương Hưu; 07735 Đồng Việt; 07822 Hoàng
    Vân; 07840 Hiệp Hoà; 07864 Hợp Thịnh; 07870 Xuân Cẩm; 09193 Yên Phong; 09202 Tam Giang; 09205 Yên Trung; 09208
    Tam Đa; 09238 Văn Môn; 09292 Phù Lãng; 09313 Chi Lăng; 09319 Tiên Du; 09334 Liên Bão; 09340 Đại Đồng; 09343 Tân
    Chi; 09349 Phật Tích; 09454 Gia Bình; 09466 Cao Đức; 09469 Đại Lai; 09475 Nhân Thắng; 09487 Đông Cứu; 09496
    Lương Tài; 09499 Trung Kênh; 09523 Trung Chính; 09529 Lâm Thao
"""


def listed(units: str) -> dict[str, str]:
    """Code and folded name of each unit in a list: folding hides where a tone mark stands."""
    pairs = (unit.split(maxsplit=1) for unit in " ".join(units.split()).split(";"))
    return {code: fold(name.strip()) for code, name in pairs}


def test_the_country_has_34_provinces_and_3321_communes() -> None:
    units = make.units()

    assert len(units.provinces) == 34
    assert Counter(commune.type for commune in units.communes.values()) == {"xã": 2621, "phường": 687, "đặc khu": 13}


@pytest.mark.parametrize(("type", "units"), [("phường", WARDS), ("xã", COMMUNES)])
def test_bac_ninh_has_the_33_wards_and_66_communes_that_another_dataset_lists(type: str, units: str) -> None:
    shipped = {unit.code: fold(unit.name) for unit in make.units().of_province("24") if unit.type == type}

    assert shipped == listed(units)
    assert len(shipped) == {"phường": 33, "xã": 66}[type]


def test_a_commune_is_called_by_its_full_name() -> None:
    assert make.units().name("09169") == "Vũ Ninh"
    assert make.units().full_name("09169") == "Phường Vũ Ninh, tỉnh Bắc Ninh"
    assert make.units().full_name("00004") == "Phường Ba Đình, thành phố Hà Nội"


def test_a_code_without_a_commune_is_not_found() -> None:
    with pytest.raises(NotFound) as missing:
        make.units().full_name("99999")

    assert (missing.value.kind, missing.value.key) == ("commune", "99999")


def test_shipped_names_are_composed_and_clean() -> None:
    assert all(name == nfc(name).strip() and not name[0].islower() for name in names())


def names() -> list[str]:
    return [unit.name for unit in (*make.units().provinces.values(), *make.units().communes.values())]


def test_a_few_letters_find_a_commune_of_the_own_province_first() -> None:
    found = make.units().search("tan son", province="24")

    assert found[0].code == "07531"
    assert {unit.province for unit in found} != {"24"}
    assert make.units().search("09169")[0].name == "Vũ Ninh"


@pytest.mark.parametrize(
    ("address", "commune"),
    [
        ("Khu 3, Vũ Ninh, Bắc Ninh", "09169"),
        ("Khu 3, Phường Vũ Ninh, Tỉnh Bắc Ninh", "09169"),
        ("khu 3, vu ninh, bac ninh", "09169"),
        ("Thôn Đông, xã Hiệp Hoà, Bắc Ninh", "07840"),
        ("Vũ Ninh, Bắc Giang", None),
        ("Bắc Ninh", None),
        ("", None),
    ],
)
def test_an_address_in_two_levels_leads_to_its_commune(address: str, commune: str | None) -> None:
    assert make.units().match(address) == commune


@pytest.mark.parametrize(
    "row", [["9169", "Vũ Ninh", "phường", "24"], ["09169", "Vũ Ninh"], {"code": "09169"}, [1, 2, 3, 4]]
)
def test_a_list_of_units_with_a_bad_row_is_refused(row: Any) -> None:
    document = make.document("units/vn.json")
    document["communes"].append(row)

    with pytest.raises(DocumentRefused):
        read_units(document)


def test_a_commune_of_no_province_is_refused() -> None:
    document = make.document("units/vn.json")
    document["communes"].append(["99999", "Nowhere", "xã", "99"])

    with pytest.raises(DocumentRefused):
        read_units(document)


def test_every_commune_of_the_province_has_an_agency_and_the_province_a_centre() -> None:
    agencies = make.agencies()

    communes = {agency.commune for agency in agencies.by_id.values() if agency.commune}

    assert communes == {unit.code for unit in make.units().of_province("24")}
    assert agencies.get("H05.00").commune is None
    assert all(map(is_agency_id, agencies.by_id))


def test_an_agency_says_what_stands_at_the_head_of_its_papers() -> None:
    vu_ninh = make.agency("H05.09.169")

    assert vu_ninh.parent_name == "ỦY BAN NHÂN DÂN PHƯỜNG VŨ NINH"
    assert vu_ninh.name == "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"
    assert (vu_ninh.title, vu_ninh.place) == (vu_ninh.parent_name, "Vũ Ninh")
    assert make.agency("H05.00").title == "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG TỈNH BẮC NINH"
    assert make.agencies().of_commune("09169") == vu_ninh


def test_the_old_provinces_split_the_new_one() -> None:
    old = Counter(agency.old_province for agency in make.agencies().by_id.values() if agency.commune)

    assert old == {"Bắc Giang": 58, "Bắc Ninh": 41}


def test_an_agency_nobody_published_is_unknown() -> None:
    with pytest.raises(UnknownAgency):
        make.agencies().get("H99")


def test_a_directory_of_a_continent_is_no_list_of_prefixes() -> None:
    document = make.document("units/id-prefixes.json")
    document["prefixes"] = {f"{number:06}": "?" for number in range(1_001)}

    with pytest.raises(DocumentRefused):
        read_prefixes(document)


def test_an_agency_without_a_proper_identifier_is_refused() -> None:
    document = make.document("agencies/bac-ninh.json")
    document["agencies"][0]["id"] = "Bắc Ninh"

    with pytest.raises(DocumentRefused):
        read_agencies(document)
