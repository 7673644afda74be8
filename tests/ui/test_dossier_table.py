"""How a dossier reads on a line."""

from datetime import timedelta

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from desk.domain.dossier import Status
from desk.services.ports.values import FoundDossier, Need
from desk.ui.dossier_table import DossierTable
from desk.ui.finder import Offer, Offers
from desk.ui.words import Language, Words
from tests import make

LATE = FoundDossier(
    code="H05.09.169-250630-1017001",
    procedure_name="Đăng ký khai sinh",
    full_name="Nguyễn Đức Anh",
    received_at=make.TUESDAY - timedelta(days=1),
    due_at=make.TUESDAY + timedelta(hours=2),
    status=Status.IN_PROGRESS,
    need=Need.LATE,
)


def table(*rows: FoundDossier, language: Language = Language.VI) -> DossierTable:
    made = DossierTable(Words(language), lambda: make.TUESDAY)
    made.show(rows)
    return made


def line(model: DossierTable, row: int = 0) -> list[str]:
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_the_table_is_a_proper_qt_model(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(table(LATE, LATE))  # type: ignore[no-untyped-call]  # pytest-qt ships it so


def test_the_list_of_offers_is_a_proper_qt_model(qtmodeltester: ModelTester) -> None:
    offers = Offers()
    offers.show([Offer("Đăng ký kết hôn", "1.000894", None)])

    qtmodeltester.check(offers)  # type: ignore[no-untyped-call]  # pytest-qt ships it so


def test_a_line_says_the_need_first_and_days_as_people_write_them() -> None:
    assert line(table(LATE)) == [
        "Quá hạn",
        "H05.09.169-250630-1017001",
        "Nguyễn Đức Anh",
        "Đăng ký khai sinh",
        "30/06/2025",
        "10:15 nay",
        "Đang xử lý",
    ]


def test_the_other_language_changes_the_words_and_not_the_facts() -> None:
    english = line(table(LATE, language=Language.EN))

    assert english[0] == "Late"
    assert english[2:4] == ["Nguyễn Đức Anh", "Đăng ký khai sinh"]


def test_a_void_dossier_says_so_and_one_without_a_promise_has_a_dash() -> None:
    void = FoundDossier("X", "Y", "Z", make.TUESDAY, None, Status.RECEIVED, voided=True)

    shown = line(table(void))

    assert shown[5:] == ["—", "Đã huỷ"]


def test_a_person_erased_by_law_is_not_just_missing() -> None:
    erased = FoundDossier("X", "Y", "", make.TUESDAY, None, Status.FINISHED)

    assert line(table(erased))[2] == "(đã xoá theo luật)"


def test_the_screen_reader_hears_the_whole_line_at_any_cell() -> None:
    model = table(LATE)

    heard = model.index(0, 4).data(Qt.ItemDataRole.AccessibleTextRole)

    assert heard.startswith("Quá hạn, H05.09.169-250630-1017001, Nguyễn Đức Anh")


def test_the_dossier_itself_comes_with_every_cell() -> None:
    assert table(LATE).index(0, 3).data(DossierTable.DOSSIER) is LATE
