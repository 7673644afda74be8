"""Signing in, by keys."""

from PySide6.QtCore import Qt

from desk.domain.errors import Malformed, Reason, WrongPin
from desk.ui.words import Language
from sync.troubles import Offline
from tests.ui import hands
from tests.ui.conftest import OpenScene
from tests.ui.counter import Counter

Key = Qt.Key


def test_the_first_person_needs_only_a_pin_and_enter(open_scene: OpenScene, counter: Counter) -> None:
    scene = open_scene(counter, signed_in=False)

    scene.then(lambda: hands.types("246810"), hands.enter)

    assert scene.window.frame is not None
    assert scene.window.frame.person.whole() == "Nguyễn Thị Lan"
    assert scene.window.frame.desk.whole() == "Quầy 1017 · Phường Vũ Ninh"


def test_arrow_keys_choose_another_person_while_the_pin_is_typed(open_scene: OpenScene, counter: Counter) -> None:
    scene = open_scene(counter, signed_in=False)

    scene.then(lambda: hands.presses(Key.Key_Down), lambda: hands.types("135790"), hands.enter)

    assert scene.window.frame is not None
    assert scene.window.frame.person.whole() == "Trần Quốc Hùng"


def test_letters_jump_to_a_person_by_any_of_the_names(open_scene: OpenScene, counter: Counter) -> None:
    scene = open_scene(counter, signed_in=False)

    scene.then(lambda: hands.types("hu"))

    person = scene.window.sign_in.person
    assert person is not None
    assert person.full_name == "Trần Quốc Hùng"
    assert scene.window.sign_in.pin.text() == ""


def test_a_wrong_pin_is_said_at_the_field_and_the_field_is_empty_again(open_scene: OpenScene, counter: Counter) -> None:
    scene = open_scene(counter, signed_in=False)

    scene.then(lambda: hands.types("000000"), hands.enter)

    page = scene.window.sign_in
    assert page.pin_field.error.text().startswith("Mã PIN không đúng")
    assert page.pin.text() == ""
    assert page.pin.hasFocus()


def test_after_too_many_tries_the_page_says_how_long_to_wait_and_does_not_ask(
    open_scene: OpenScene, counter: Counter
) -> None:
    scene = open_scene(counter, signed_in=False)
    counter.breaks["sign_in"] = WrongPin(wait_seconds=30)
    scene.then(lambda: hands.types("000000"), hands.enter)

    scene.then(lambda: hands.types("246810"), hands.enter)

    assert scene.window.sign_in.help.text() == "Thử lại được sau 30 giây."
    assert counter.heard.count("sign_in") == 1


def test_somebody_new_sets_a_pin_with_a_one_time_code(open_scene: OpenScene, counter: Counter) -> None:
    scene = open_scene(counter, signed_in=False)

    scene.then(
        lambda: hands.presses(Key.Key_Down, Key.Key_Down),
        lambda: hands.types("7KQ2-M4XT"),
        hands.enter,
        lambda: hands.types("112233"),
        hands.enter,
        lambda: hands.types("112233"),
        hands.enter,
    )

    assert scene.window.frame is not None
    assert counter.pins["ngoc"] == "112233"


def test_two_different_new_pins_are_asked_for_again(open_scene: OpenScene, counter: Counter) -> None:
    scene = open_scene(counter, signed_in=False)

    scene.then(
        lambda: hands.presses(Key.Key_Down, Key.Key_Down),
        lambda: hands.types("7KQ2-M4XT"),
        hands.enter,
        lambda: hands.types("112233"),
        hands.enter,
        lambda: hands.types("112234"),
        hands.enter,
    )

    page = scene.window.sign_in
    assert "không giống nhau" in page.again_field.error.text()
    assert page.again.hasFocus()
    assert "set_pin" not in counter.heard


def test_the_very_first_person_has_no_code_to_type(open_scene: OpenScene, counter: Counter) -> None:
    counter.codes["ngoc"] = ""
    scene = open_scene(counter, signed_in=False)

    scene.then(lambda: hands.presses(Key.Key_Down, Key.Key_Down), hands.enter, lambda: hands.types("112233"))
    scene.then(hands.enter, lambda: hands.types("112233"), hands.enter)

    assert scene.window.frame is not None


def test_a_new_pin_that_is_too_short_is_said_at_its_field(open_scene: OpenScene, counter: Counter) -> None:
    scene = open_scene(counter, signed_in=False)
    counter.breaks["set_pin"] = Malformed("pin", "pin", Reason.OUT_OF_RANGE)

    scene.then(
        lambda: hands.presses(Key.Key_Down, Key.Key_Down),
        hands.enter,
        lambda: hands.types("1"),
        hands.enter,
        lambda: hands.types("1"),
        hands.enter,
    )

    assert scene.window.sign_in.new_pin_field.error.text().startswith("Mã PIN nằm ngoài khoảng cho phép")
    assert scene.window.sign_in.new_pin.hasFocus()


def test_a_pin_typed_before_the_people_are_known_waits_for_them(open_scene: OpenScene, counter: Counter) -> None:
    people, counter.staff = counter.staff, []
    scene = open_scene(counter, signed_in=False)
    scene.then(lambda: hands.types("246810"), hands.enter)
    assert scene.window.frame is None

    counter.staff = people
    scene.then(scene.window.sign_in.begin)

    assert scene.window.frame is not None


def test_when_nobody_may_work_here_the_page_says_whom_to_call(open_scene: OpenScene, counter: Counter) -> None:
    counter.staff.clear()

    scene = open_scene(counter, signed_in=False)

    assert "Gọi kỹ thuật viên" in scene.window.sign_in.help.text()


def test_a_store_that_cannot_be_opened_is_explained(open_scene: OpenScene, counter: Counter) -> None:
    counter.breaks["staff"] = Offline("ConnectionError")

    scene = open_scene(counter, signed_in=False)

    assert scene.window.sign_in.help.text().startswith("Chưa có mạng")


def test_the_other_language_is_one_key_away_before_anybody_signs_in(open_scene: OpenScene, counter: Counter) -> None:
    scene = open_scene(counter, signed_in=False)

    scene.then(lambda: hands.presses(Key.Key_F9))

    assert scene.window.words.language is Language.EN
    assert scene.window.sign_in.pin_field.label.text() == "PIN"


def test_signing_out_leads_back_to_the_list_of_people(open_scene: OpenScene, counter: Counter) -> None:
    scene = open_scene(counter)

    scene.then(lambda: hands.presses(Key.Key_F10))

    assert scene.window.frame is None
    assert scene.window.sign_in.pin.hasFocus()
    assert "sign_out" in counter.heard
