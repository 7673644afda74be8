"""The slip as a person, a program and an inspector see it."""

import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from desk.domain.dossier import Channel, FeeKind, FeeLine, Payment, Requirement, ReturnBy
from desk.domain.errors import DocumentRefused
from desk.domain.people import PartyKind
from desk.forms.drawing.wording import check_blanks, read_wording
from desk.forms.slip import SlipPaper, SlipPerson, draw
from desk.forms.slip.pdf import BLANKS, USUAL, draw_in
from desk.resources import resource
from sync.protocol.signing import public
from sync.protocol.slip_number import read_slip_number
from tests.forms.papers import CODE, DUE, KEY, LONG_TITLE, many, number, slip

LONGEST_NAME = "Nguyễn Phúc Công Tằng Tôn Nữ Hoàng Thị Quỳnh Như Ngọc"
EVERY_LETTER = "".join(
    base[0] + base
    for base in ("aàáảãạăằắẳẵặâầấẩẫậ", "eèéẻẽẹêềếểễệ", "iìíỉĩị", "oòóỏõọôồốổỗộơờớởỡợ", "uùúủũụưừứửữự", "yỳýỷỹỵ", "dđ")
)


def text(pdf: bytes, page: int = 2) -> list[str]:
    """The lines of a page as a reader copies them out, without what only spaces them."""
    run = subprocess.run(
        ["pdftotext", "-layout", "-f", str(page), "-l", str(page), "-", "-"], input=pdf, capture_output=True, check=True
    )
    lines = (" ".join(line.split()) for line in run.stdout.decode().replace("\f", "").splitlines())
    return [line for line in lines if line]


def flowing(pdf: bytes, page: int = 2) -> str:
    """The text of a page in one line, so that line breaks do not matter."""
    return " ".join(text(pdf, page))


def pages(pdf: bytes) -> int:
    return len(pypdfium2.PdfDocument(pdf))


def codes(pdf: bytes, page: int, dpi: int) -> list[str]:
    """What an independent reader finds on the printed page, from left to right."""
    picture = pypdfium2.PdfDocument(pdf)[page].render(scale=dpi / 72, grayscale=True).to_pil()
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return [code.text for code in sorted(found, key=lambda code: code.position.top_left.x)]


def test_says_line_by_line_what_form_01_asks_for() -> None:
    lines = text(draw(slip()))

    assert lines == [
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "PHƯỜNG VŨ NINH Độc lập - Tự do - Hạnh phúc",
        "TRUNG TÂM PHỤC VỤ",
        "HÀNH CHÍNH CÔNG",
        "Mã hồ sơ: H05.09.169-250701-1017023 Vũ Ninh, ngày 01 tháng 7 năm 2025",
        "GIẤY TIẾP NHẬN HỒ SƠ",
        "VÀ HẸN TRẢ KẾT QUẢ",
        "Liên 2: Giao người nộp hồ sơ",
        "Quét bằng điện thoại để tra Mã tự chứng thực, quét tại",
        "cứu hồ sơ quầy tiếp nhận",
        "Trung tâm Phục vụ hành chính công phường Vũ Ninh tiếp nhận hồ sơ của Ông (Bà): Nguyễn Thị",
        "Lan (kênh: trực tiếp)",
        "Địa chỉ: Số 12 đường Nguyễn Đăng Đạo, khu 3, phường Vũ Ninh, tỉnh Bắc Ninh",
        "Số điện thoại: 0912345678; Email: lan.nguyen@example.vn; Số căn cước/Hộ chiếu: 027180001234",
        "Nội dung yêu cầu giải quyết: Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan, tổ",
        "chức có thẩm quyền của Việt Nam; cơ quan, tổ chức có thẩm quyền của nước ngoài; cơ quan,",
        "tổ chức có thẩm quyền của Việt Nam liên kết với cơ quan, tổ chức có thẩm quyền của nước",
        "ngoài cấp hoặc chứng nhận",
        "1. Thành phần hồ sơ, số lượng mỗi loại giấy tờ:",
        "Số lượng",
        "TT Thành phần hồ sơ Bản chứng",
        "Số trang Bản chính Bản sao",
        "thực",
        "1 Bản chính Giấy khai sinh 1 1 – 2",
        "2 Bản chính Bằng tốt nghiệp đại học 2 1 – 3",
        "2. Số lượng hồ sơ: 01 bộ",
        "3. Thời gian giải quyết hồ sơ theo quy định là: Trong ngày làm việc, hoặc trong ngày làm việc tiếp",
        "theo nếu nhận sau 15 giờ",
        "4. Thời gian nhận hồ sơ: 08 giờ 15 phút, ngày 01 tháng 7 năm 2025",
        "5. Thời gian trả kết quả giải quyết hồ sơ: 16 giờ 30 phút, ngày 01 tháng 7 năm 2025",
        "6. Đăng ký nhận kết quả tại: Trung tâm Phục vụ hành chính công phường Vũ Ninh, số 2 đường",
        "Kinh Dương Vương",
        "7. Phí, lệ phí: 14.000 đồng (Mười bốn nghìn đồng); biên lai được cấp riêng",
        "- Phí chứng thực bản sao từ bản chính (phí): 7 × 2.000 đồng = 14.000 đồng; đã nộp tiền mặt",
        "Vào Sổ theo dõi hồ sơ, Quyển số: 2025-1017, Số thứ tự: 23",
        "Kết quả có thể có trước thời gian hẹn; khi đó cơ quan tiếp nhận thông báo qua tin nhắn, Zalo hoặc thư điện "
        "tử.",
        "Khi đến nhận kết quả, xin mang theo giấy này; nếu mất, mang theo giấy tờ tùy thân.",
        "Đường dây nóng: 0222 3822 512. Tra cứu hồ sơ:",
        "https://dichvucong.bacninh.example/tra-cuu?ma=H05.09.169-250701-1017023",
        "NGƯỜI NỘP HỒ SƠ NGƯỜI TIẾP NHẬN HỒ SƠ",
        "(Ký và ghi rõ họ tên) (Ký và ghi rõ họ tên)",
        "Trần Thị Hường",
        "Mẫu số 01 – TT 03/2025/TT-VPCP",
    ]


def test_the_two_copies_differ_in_their_names_only() -> None:
    pdf = draw(slip())

    kept, given = text(pdf, 1), text(pdf, 2)

    assert pages(pdf) == 2
    assert [pair for pair in zip(kept, given, strict=True) if pair[0] != pair[1]] == [
        ("Liên 1: Lưu", "Liên 2: Giao người nộp hồ sơ")
    ]


@pytest.mark.parametrize("dpi", [150, 200])
@pytest.mark.parametrize("name", ["Nguyễn Thị Lan", LONGEST_NAME, "Ễ" * 300])
def test_both_codes_are_read_from_the_printed_page(dpi: int, name: str) -> None:
    paper = slip(number=number(name))
    pdf = draw(paper)

    for page in (0, 1):
        lookup, proof = codes(pdf, page, dpi)

        assert lookup == paper.lookup_url
        assert read_slip_number(proof).proven_by(public(KEY))
        assert read_slip_number(proof).slip.code == CODE


def test_without_a_lookup_address_only_the_proving_code_is_there() -> None:
    paper = slip(lookup_url="")

    assert codes(draw(paper), 1, 300) == [paper.number]


def test_the_proving_code_is_about_31_mm_wide_with_modules_any_printer_can_show() -> None:
    pdf = draw(slip(number=number(LONGEST_NAME)))
    picture = pypdfium2.PdfDocument(pdf)[1].render(scale=600 / 72, grayscale=True).to_pil()

    proof = max(zxingcpp.read_barcodes(picture), key=lambda code: code.position.top_left.x).position
    mm = (proof.top_right.x - proof.top_left.x) / 600 * 25.4

    assert 28 <= mm <= 33.5


@pytest.mark.parametrize(
    "paper",
    [
        slip(),
        slip(requirements=many(40)),
        slip(provisional=True, issue=2, applicant=SlipPerson(name=LONGEST_NAME)),
        slip(note=f"{EVERY_LETTER} {EVERY_LETTER.upper()}"),
    ],
    ids=["ordinary", "forty papers", "marks", "every letter"],
)
def test_fonts_are_embedded_as_subsets_and_nothing_else_is_needed(paper: SlipPaper) -> None:
    run = subprocess.run(["pdffonts", "-"], input=draw(paper), capture_output=True, check=True)

    fonts = [line.split() for line in run.stdout.decode().splitlines()[2:]]

    assert {font[0].split("+")[1] for font in fonts} == {"Tinos-Regular", "Tinos-Bold", "Tinos-Italic"}
    assert {tuple(font[-5:-2]) for font in fonts} == {("yes", "yes", "yes")}


@pytest.mark.parametrize("name", ["Nguyễn Thị Lan", LONGEST_NAME])
def test_an_ordinary_slip_has_two_pages_and_at_most_60_kilobytes(name: str) -> None:
    pdf = draw(slip(applicant=replace(slip().applicant, name=name), number=number(name), requirements=many(3)))

    assert pages(pdf) == 2
    assert len(pdf) <= 60 * 1024


def test_every_vietnamese_letter_can_be_copied_out_again() -> None:
    wanted = f"{EVERY_LETTER} {EVERY_LETTER.upper()}"

    assert wanted.replace(" ", "") in flowing(draw(slip(note=wanted))).replace(" ", "")


def test_letters_in_pieces_are_composed_before_they_are_drawn() -> None:
    pieces = "Nguye\u0302\u0303n Thi\u0323 Lan"

    assert "Nguyễn Thị Lan" in flowing(draw(slip(clerk=pieces)))


def test_equal_papers_give_equal_bytes() -> None:
    assert draw(slip()) == draw(slip())


def test_title_and_language_are_said_and_no_person_is_named() -> None:
    pdf = draw(slip())

    info = pypdfium2.PdfDocument(pdf).get_metadata_dict()

    assert info["Title"] == f"Giấy tiếp nhận hồ sơ và hẹn trả kết quả – {CODE}"
    assert "Lan" not in "".join(info.values())
    assert b"/Lang (vi-VN)" in pdf


def test_forty_long_papers_flow_on_with_head_and_code_and_never_part_the_signatures() -> None:
    pdf = draw(slip(requirements=many(40)))
    last = pages(pdf)
    lines = text(pdf, last)

    assert last % 2 == 0
    assert lines[0] == f"Mã hồ sơ: {CODE} (tiếp theo)"
    assert "TT Thành phần hồ sơ Bản Bản chứng" in lines or any("Thành phần hồ sơ" in line for line in lines[:5])
    assert "NGƯỜI NỘP HỒ SƠ NGƯỜI TIẾP NHẬN HỒ SƠ" in lines
    assert any(line.startswith("Vào Sổ theo dõi hồ sơ") for line in lines)
    assert lines[-1].endswith(f"Trang {last // 2}/{last // 2}")


@pytest.mark.parametrize("count", range(3, 40, 4))
def test_wherever_the_page_ends_the_signatures_have_company(count: int) -> None:
    pdf = draw(slip(requirements=many(count), number="1"))

    last = flowing(pdf, pages(pdf))

    assert "Vào Sổ theo dõi hồ sơ" in last
    assert "NGƯỜI TIẾP NHẬN HỒ SƠ" in last


@pytest.mark.parametrize("count", range(4, 12))
def test_no_line_of_a_paragraph_is_left_alone_on_a_page(count: int) -> None:
    note = " ".join(f"câu{n}" for n in range(40))

    pdf = draw(slip(requirements=many(count), note=note, number="1"))

    half = [" ".join(text(pdf, page)) for page in range(1, pages(pdf) // 2 + 1)]
    assert all(said.count("câu") in (0, 40) for said in half)


def test_a_slip_of_long_names_shrinks_a_little_before_it_takes_another_page() -> None:
    assert pages(draw(slip(requirements=many(4)))) == 2


def test_a_provisional_code_is_plainly_named() -> None:
    said = flowing(draw(slip(code="TAM-250701-1234-5678-9012", provisional=True)))

    assert "Mã hồ sơ: TAM-250701-1234-5678-9012" in said
    assert "MÃ TẠM" in said
    assert "Mã hồ sơ chính thức sẽ được cấp khi hệ thống tỉnh tiếp nhận" in said


def test_the_paper_with_the_official_code_names_the_one_it_replaces() -> None:
    assert "Thay mã tạm TAM-250701-1234-5678-9012" in flowing(draw(slip(replaces_code="TAM-250701-1234-5678-9012")))


def test_the_first_paper_is_no_reprint_and_every_later_one_says_so() -> None:
    first, third = flowing(draw(slip())), flowing(draw(slip(issue=3, issued_at=DUE)))

    assert "IN LẠI" not in first
    assert "BẢN IN LẠI LẦN 2" in third
    assert "in lúc 16 giờ 30 phút, ngày 01 tháng 7 năm 2025" in third


def test_recovered_and_practice_papers_cannot_be_taken_for_others() -> None:
    said = flowing(draw(slip(recovered=True, practice=True)))

    assert "LẬP LẠI TỪ GIẤY ĐÃ CẤP" in said
    assert "BẢN TẬP – KHÔNG CÓ GIÁ TRỊ" in said


def test_marks_follow_onto_further_pages() -> None:
    pdf = draw(slip(requirements=many(20), issue=2))

    assert "BẢN IN LẠI LẦN 1" in text(pdf, pages(pdf))[0]


def test_a_business_and_its_owner_are_named_as_such() -> None:
    paper = slip(
        applicant=SlipPerson(kind=PartyKind.BUSINESS, name="CÔNG TY TNHH ĐÔNG Á", personal_id="2300123456"),
        owner=SlipPerson(name="Đặng Văn Ước", address="Khu 5"),
        channel=Channel.POST,
    )

    said = flowing(draw(paper))

    assert "tiếp nhận hồ sơ của: CÔNG TY TNHH ĐÔNG Á (kênh: qua bưu chính công ích)" in said
    assert "Mã số: 2300123456" in said
    assert "Chủ hồ sơ: Đặng Văn Ước Địa chỉ chủ hồ sơ: Khu 5" in said


def test_where_the_result_goes_is_said_in_words() -> None:
    by_post = flowing(draw(slip(return_by=ReturnBy.POST, return_place="")))
    online = flowing(draw(slip(return_by=ReturnBy.ONLINE)))

    assert "nhà, qua dịch vụ bưu chính công ích – Số 12 đường Nguyễn Đăng Đạo" in by_post
    assert "6. Đăng ký nhận kết quả: trực tuyến" in online


def test_fees_and_charges_are_added_up_and_said_in_words() -> None:
    fees = (
        FeeLine("Phí chứng thực", FeeKind.FEE, 2_000, 2, Payment.TRANSFER),
        FeeLine("Lệ phí hộ tịch", FeeKind.CHARGE, 8_500),
    )

    said = flowing(draw(slip(fees=fees)))

    assert "12.500 đồng (Mười hai nghìn năm trăm đồng)" in said
    assert "Phí chứng thực (phí): 2 × 2.000 đồng = 4.000 đồng; đã chuyển khoản" in said
    assert "Lệ phí hộ tịch (lệ phí): 1 × 8.500 đồng = 8.500 đồng; chưa nộp" in said
    assert "7. Phí, lệ phí: không" in flowing(draw(slip(fees=())))


def test_what_is_empty_is_left_out_and_what_is_open_is_said() -> None:
    bare = slip(applicant=SlipPerson(name="Lan"), due_at=None, requirements=(), hotline="", note="")

    said = flowing(draw(bare))

    assert "Địa chỉ:" not in said
    assert "Số điện thoại" not in said
    assert "Đường dây nóng" not in said
    assert "được thông báo sau khi có kết quả" in said
    assert "(không có giấy tờ kèm theo)" in said


def test_text_that_looks_like_a_template_or_like_nothing_on_earth_stays_text() -> None:
    odd = slip(request="{code} ** {receiver}\u202e\x00 \n 漢字 😀", note="W" * 2000, parent_agency="Á" * 500)

    said = flowing(draw(odd), 1)

    assert "Nội dung yêu cầu giải quyết: {code} ** {receiver}" in said


def test_the_national_header_is_centred_over_its_rule() -> None:
    page = pypdfium2.PdfDocument(draw(slip()))[1]
    text_page = page.get_textpage()

    def box(words: str) -> tuple[float, float]:
        start = text_page.get_text_range().index(words)
        boxes = [text_page.get_charbox(start), text_page.get_charbox(start + len(words) - 1)]
        return boxes[0][0], boxes[1][2]

    nation, motto = box("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), box("Độc lập - Tự do - Hạnh phúc")

    assert sum(nation) / 2 == pytest.approx(sum(motto) / 2, abs=1)


def test_a_province_changes_a_label_in_the_data_and_sees_it_on_paper() -> None:
    shipped = resource("forms/tt03-2025/mau-01.json").read_text(encoding="utf-8")
    own = read_wording(shipped.replace("Mã hồ sơ: **{code}**", "Mã số hồ sơ: **{code}**"), USUAL)

    said = flowing(draw_in(check_blanks(own, BLANKS, USUAL), slip()))

    assert f"Mã số hồ sơ: {CODE}" in said


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("**{code}**", ""),
        ("{moment}", "{when}"),
        ('"certainty": "V"', '"certainty": "maybe"'),
        ('"sign_here"', '"sign_there"'),
        ('"phrases"', '"sentences"'),
        ("{", "["),
        ("{", "[" * 20_000),
    ],
)
def test_a_wording_that_would_leave_something_out_is_refused(was: str, becomes: str) -> None:
    shipped = resource("forms/tt03-2025/mau-01.json").read_text(encoding="utf-8")

    with pytest.raises(DocumentRefused):
        check_blanks(read_wording(shipped.replace(was, becomes), USUAL), BLANKS, USUAL)


def test_a_form_set_from_a_newer_catalogue_is_printed_in_the_usual_one_and_says_so() -> None:
    assert draw(slip(form_set="tt99-2030")) == draw(slip())
    assert text(draw(slip(form_set="../../etc")))[-1] == "Mẫu số 01 – TT 03/2025/TT-VPCP"


def test_what_the_police_take_in_goes_out_on_their_own_form() -> None:
    lines = text(draw(slip(form_set="tt66-2023")))

    assert "PHIẾU TIẾP NHẬN HỒ SƠ" in lines
    assert lines[-1] == "Mẫu CT04 – TT 66/2023/TT-BCA"


@pytest.mark.parametrize("base", ["tt03-2025/mau-99", "../../secret", "tt66-2023/ct04"])
def test_a_wording_based_on_nothing_or_on_itself_is_refused(base: str) -> None:
    shipped = resource("forms/tt66-2023/ct04.json").read_text(encoding="utf-8")

    with pytest.raises(DocumentRefused):
        read_wording(shipped.replace("tt03-2025/mau-01", base), "tt66-2023/ct04")


def test_the_longest_procedure_and_a_certified_copy_fill_one_page_with_nothing_cut() -> None:
    paper = slip(request=f"{LONG_TITLE} ({LONG_TITLE})", requirements=(Requirement("Giấy khai sinh", 1, 0, 2, 1),))

    picture = pypdfium2.PdfDocument(draw(paper))[1].render(scale=2, grayscale=True).to_pil()

    width, height = picture.size
    ink = picture.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert ink is not None
    assert ink[0] >= width * 29.5 / 210
    assert ink[2] <= width * 195.5 / 210
    assert ink[3] <= height * 289 / 297


def test_the_pdf_is_one_a_reader_opens_without_complaint(tmp_path: Path) -> None:
    (tmp_path / "slip.pdf").write_bytes(draw(slip()))

    run = subprocess.run(["pdfinfo", str(tmp_path / "slip.pdf")], capture_output=True, check=True)

    assert run.stderr == b""
    assert b"A4" in run.stdout
    assert BytesIO(draw(slip())).read(5) == b"%PDF-"


def test_a_dossier_from_the_paper_book_says_where_it_stands_there() -> None:
    assert "THEO SỔ GIẤY SỐ 2/037" in text(draw(slip(paper_place="2/037")))
    assert "THEO SỔ GIẤY" not in flowing(draw(slip()))


def test_an_hour_only_a_person_vouched_for_is_marked() -> None:
    said = flowing(draw(slip(clock_unproven=True)))

    assert "GIỜ GHI TRÊN GIẤY CHƯA ĐỐI CHIẾU" in said
    assert "chưa đối chiếu với hệ thống tỉnh" in said


def test_what_came_back_from_paper_never_says_that_there_were_no_papers() -> None:
    said = flowing(draw(slip(recovered=True, requirements=())))

    assert "LẬP LẠI TỪ GIẤY ĐÃ CẤP" in said
    assert "không ghi từng loại" in said
    assert "không có giấy tờ kèm theo" not in said
