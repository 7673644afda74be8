"""Finding a dossier and opening it, by keys."""

from PySide6.QtCore import Qt

from desk.domain.errors import PrinterTrouble, StoreLocked
from desk.services.ports.values import SlipState
from desk.ui.words import Language
from tests.ui import hands
from tests.ui.conftest import OpenScene
from tests.ui.counter import a_busy_desk, an_ordinary_desk
from tests.ui.scene import Scene

Key = Qt.Key


def searching(open_scene: OpenScene, language: Language = Language.VI) -> Scene:
    return open_scene(a_busy_desk(), language).then(lambda: hands.presses(Key.Key_F3))


def names(scene: Scene) -> list[str]:
    table = scene.window.search.table
    return [table.index(row, 2).data() for row in range(table.rowCount())]


def open_first(scene: Scene) -> Scene:
    return scene.then(lambda: hands.presses(Key.Key_Down), hands.enter)


def test_what_needs_somebody_comes_first_with_the_reason_as_a_word(open_scene: OpenScene) -> None:
    scene = searching(open_scene)

    table = scene.window.search.table
    assert [table.index(row, 0).data() for row in range(4)] == [
        "Tỉnh trả lại",
        "Quá hạn",
        "Chưa in giấy",
        "Trả hôm nay",
    ]
    assert scene.window.search.heading.text() == "4 hồ sơ đang cần xử lý"


def test_ctrl_k_leads_to_the_search_from_anywhere(open_scene: OpenScene) -> None:
    scene = open_scene(a_busy_desk())

    scene.then(lambda: hands.presses(Key.Key_K, ctrl=True))

    assert scene.window.search.box.hasFocus()


def test_letters_without_accents_find_while_they_are_typed(open_scene: OpenScene) -> None:
    scene = searching(open_scene)

    scene.then(lambda: hands.types("duc"))

    assert names(scene) == ["Nguyễn Đức Anh"]
    assert scene.window.search.heading.text() == "Tìm thấy 1 hồ sơ"


def test_letters_an_input_method_still_composes_find_too(open_scene: OpenScene) -> None:
    scene = searching(open_scene)

    scene.then(lambda: hands.composes("Lương"))

    assert names(scene) == ["Lê Văn Lương"]


def test_nothing_found_says_what_else_to_try(open_scene: OpenScene) -> None:
    scene = searching(open_scene)

    scene.then(lambda: hands.types("zzz"))

    assert scene.window.search.empty_title.isVisible()
    assert "mấy số cuối" in scene.window.search.empty.text()


def test_an_empty_desk_says_what_will_be_here_and_the_key_that_starts_it(open_scene: OpenScene) -> None:
    scene = open_scene(an_ordinary_desk()).then(lambda: hands.presses(Key.Key_F3))

    assert "F2" in scene.window.search.empty.text()
    assert scene.window.search.rows.isHidden()


def test_escape_clears_the_search(open_scene: OpenScene) -> None:
    scene = searching(open_scene).then(lambda: hands.types("duc"), lambda: hands.presses(Key.Key_Escape))

    assert len(names(scene)) == 6


def test_trouble_while_searching_is_said_at_the_top(open_scene: OpenScene) -> None:
    scene = searching(open_scene)
    scene.counter.breaks["find"] = StoreLocked()

    scene.then(lambda: hands.types("duc"))

    assert scene.window.frame is not None
    assert "đang giữ kho dữ liệu" in scene.window.frame.notice.text


def test_enter_opens_the_dossier_with_all_that_is_known_of_it(open_scene: OpenScene) -> None:
    scene = open_first(searching(open_scene).then(lambda: hands.types("huyen")))

    page = scene.window.dossier
    assert page.code.text() == "H05.09.169-250701-1017004"
    assert page.status.text() == "Đã tiếp nhận"
    shown = [label.text() for label in page.findChildren(type(page.code))]
    assert any("Khu 3, Phường Vũ Ninh" in text for text in shown)
    assert "Giấy khai sinh (1 bản chính, 2 bản sao, 1 trang)" in shown
    assert "Tiếp nhận hồ sơ" in shown


def test_a_refusal_of_the_province_is_shown_with_its_reason_in_the_language_of_the_screen(
    open_scene: OpenScene,
) -> None:
    scene = open_first(searching(open_scene, Language.EN))

    page = scene.window.dossier
    assert page.province.text() == "Refused"
    assert page.reason.text() == "The ID number belongs to somebody else in the population database."


def test_escape_leads_back_to_the_list(open_scene: OpenScene) -> None:
    scene = open_first(searching(open_scene)).then(lambda: hands.presses(Key.Key_Escape))

    assert scene.window.search.box.hasFocus()


def test_a_reprint_is_a_new_issue_and_the_clerk_says_how_it_came_out(open_scene: OpenScene) -> None:
    scene = open_first(searching(open_scene))
    code = scene.window.dossier.code.text()
    scene.then(lambda: hands.presses(Key.Key_P, ctrl=True), lambda: hands.presses(Key.Key_P, ctrl=True))
    assert scene.counter.slips[code].issue == 2
    assert "Lần in 2" in scene.window.dossier.slip.text()

    scene.then(lambda: hands.presses(Key.Key_I, ctrl=True))

    assert scene.counter.slips[code].state is SlipState.PRINTED
    assert scene.window.dossier.slip.text() == "Lần in 2: giấy đã ra tốt."


def test_a_spoilt_slip_is_said_to_be_so(open_scene: OpenScene) -> None:
    scene = open_first(searching(open_scene))
    scene.then(lambda: hands.presses(Key.Key_P, ctrl=True), lambda: hands.presses(Key.Key_U, ctrl=True))

    assert scene.window.dossier.slip.text() == "Lần in 1: giấy hỏng."


def test_a_printer_that_is_not_there_is_explained(open_scene: OpenScene) -> None:
    scene = open_first(searching(open_scene))
    scene.counter.breaks["send_slip"] = PrinterTrouble("HP", "no_printer")

    scene.then(lambda: hands.presses(Key.Key_P, ctrl=True))

    assert scene.window.frame is not None
    assert "chưa chọn máy in" in scene.window.frame.notice.text


def test_voiding_asks_for_a_reason_and_shows_the_dossier_as_void(open_scene: OpenScene) -> None:
    scene = open_first(searching(open_scene))
    code = scene.window.dossier.code.text()

    scene.then(lambda: hands.presses(Key.Key_D, ctrl=True), lambda: hands.types("Nhập trùng"), hands.enter, hands.enter)

    assert scene.counter.voided == {code: "Nhập trùng"}
    assert scene.window.dossier.status.text() == "Đã huỷ"
    assert scene.window.dossier.void.isHidden()


def test_thinking_better_of_it_voids_nothing(open_scene: OpenScene) -> None:
    scene = open_first(searching(open_scene))

    scene.then(lambda: hands.presses(Key.Key_D, ctrl=True), lambda: hands.presses(Key.Key_Escape))

    assert scene.counter.voided == {}
