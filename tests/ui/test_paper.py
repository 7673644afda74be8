"""At the screen: the paper book, a doubtful clock, slips that come back, results, corrections, notices.

All by keys.
"""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desk.domain.clock import ClockLook, Doubt
from desk.domain.errors import ClockBehind
from desk.services.ports.values import Notice, Recipient, Word
from desk.ui.clock_dialog import ClockDialog
from desk.ui.correct_page import CorrectPage
from desk.ui.hand_over_dialog import HandOverDialog
from desk.ui.notices_page import NoticesPage
from desk.ui.recover_page import RecoverPage
from desk.ui.window import DeskWindow
from tests.ui import hands
from tests.ui.conftest import OpenScene
from tests.ui.counter import Counter, a_busy_desk
from tests.ui.scene import Scene, choose_procedure, scan, tick_papers

Key = Qt.Key
P = TypeVar("P", bound=QWidget)


def accept() -> None:
    hands.presses(Key.Key_Return, ctrl=True)


def filled(scene: Scene) -> Scene:
    return scene.then(*choose_procedure("2.000815"), *scan(), lambda: tick_papers(scene))


def behind(counter: Counter) -> None:
    """The computer shows 08:15, and the last entry was written at noon."""
    noon = counter.now + timedelta(hours=3, minutes=45)
    counter.clock = ClockLook(counter.now, Doubt.BEHIND, noon)
    counter.breaks["accept"] = ClockBehind(noon, counter.now)


def texts_of(dialog: QWidget) -> str:
    return " ".join(one.text() for one in dialog.findChildren(QLabel))


def test_a_clock_behind_the_journal_is_explained_with_both_times(scene: Scene, counter: Counter) -> None:
    behind(counter)

    filled(scene).then(accept)

    (dialog,) = scene.window.intake.findChildren(ClockDialog)
    assert "08:15 01/07/2025" in texts_of(dialog)
    assert "12:00 01/07/2025" in texts_of(dialog)
    assert counter.taken == []


def test_once_somebody_vouched_for_the_day_the_dossier_is_taken(scene: Scene, counter: Counter) -> None:
    behind(counter)
    filled(scene).then(accept)

    scene.then(lambda: hands.presses(Key.Key_Tab), hands.enter)

    assert counter.clock.confirmed
    assert len(counter.taken) == 1


def test_whoever_goes_to_set_the_clock_loses_nothing(scene: Scene, counter: Counter) -> None:
    behind(counter)
    filled(scene).then(accept)

    scene.then(lambda: hands.presses(Key.Key_Escape))

    assert counter.taken == []
    assert scene.window.intake.form.person.typed.full_name == "Nguyễn Thị Hồng Nhung"


def test_the_lane_of_the_paper_book_dates_a_dossier_back(scene: Scene, counter: Counter) -> None:
    scene.then(lambda: hands.presses(Key.Key_B, ctrl=True), lambda: hands.types("2/037"), hands.enter)
    scene.then(lambda: hands.types("7:45 01/07/2025"), scene.window.intake.form.procedure.setFocus)

    filled(scene).then(accept)

    (taken,) = counter.taken
    assert (str(taken.paper), taken.received_at) == ("2/037", datetime(2025, 7, 1, 0, 45, tzinfo=UTC))


def test_a_batch_from_the_paper_book_goes_on_with_the_next_line_and_the_same_day(
    scene: Scene, counter: Counter
) -> None:
    scene.then(lambda: hands.presses(Key.Key_B, ctrl=True), lambda: hands.types("2/037"), hands.enter)
    scene.then(lambda: hands.types("7:45 01/07/2025"), scene.window.intake.form.procedure.setFocus)
    filled(scene).then(accept)

    scene.then(hands.enter, lambda: hands.types("7:50"))

    typed = scene.window.intake.form.typed
    assert (typed.paper, typed.received_at) == ("2/038", "2025-07-01T07:50:00+07:00")


def test_an_hour_nobody_can_read_is_refused_at_its_field(scene: Scene, counter: Counter) -> None:
    scene.then(lambda: hands.presses(Key.Key_B, ctrl=True), lambda: hands.types("2/037"), hands.enter)
    scene.then(lambda: hands.types("hom qua"), scene.window.intake.form.procedure.setFocus)

    filled(scene).then(accept)

    assert counter.taken == []
    assert scene.window.intake.form.lane.at.error.text()
    assert hands.focus() is scene.window.intake.form.lane.at.editor


def recovering(scene: Scene, counter: Counter) -> RecoverPage:
    """Slips 1 and 2 are of a dossier that is there and of one that is not; any other number is of none."""
    known = counter.taken[0]
    counter.slips_of = {"1" * 430: known, "2" * 430: replace(known, code="H05.09.169-250701-2024007")}
    scene.then(lambda: hands.presses(Key.Key_F4))
    return page_of(scene.window, RecoverPage)


def page_of(window: DeskWindow, kind: type[P]) -> P:
    (page,) = window.findChildren(kind)
    return page


def test_slips_are_scanned_one_after_another_and_each_gets_its_line(open_scene: OpenScene) -> None:
    counter = a_busy_desk()
    scene = open_scene(counter)
    page = recovering(scene, counter)

    scene.then(*(lambda digit=digit: hands.scans(digit * 430) for digit in "1223"))

    said = texts_of(page)
    assert page.count.text() == "4 giấy, 1 hồ sơ được lập lại"
    assert "giấy đã bị sửa" in said
    assert page.scan.hasFocus()


def test_scanned_pages_are_taken_like_slips(open_scene: OpenScene) -> None:
    counter = a_busy_desk()
    scene = open_scene(counter)
    page = recovering(scene, counter)
    counter.scans = ("1" * 430, "2" * 430)

    scene.then(lambda: page.take_files([Path("a scan.pdf")]))

    assert page.count.text() == "2 giấy, 1 hồ sơ được lập lại"


def test_what_came_back_opens_and_says_where_it_is_from(open_scene: OpenScene) -> None:
    counter = a_busy_desk()
    scene = open_scene(counter)
    recovering(scene, counter)
    scene.then(lambda: hands.scans("2" * 430))

    scene.then(lambda: hands.presses(Key.Key_Tab, Key.Key_Tab), hands.enter)

    assert scene.window.dossier.code.text() == "H05.09.169-250701-2024007"
    assert scene.window.dossier.mark.isVisible()


def test_the_running_list_is_there_in_the_other_language(open_scene: OpenScene) -> None:
    counter = a_busy_desk()
    scene = open_scene(counter)
    recovering(scene, counter)
    scene.then(lambda: hands.scans("2" * 430))

    scene.then(lambda: hands.presses(Key.Key_F9))

    pages = [one for one in scene.window.findChildren(RecoverPage) if one.isVisible()]
    assert [one.count.text() for one in pages] == ["1 slips, 1 dossiers brought back"]


def test_a_result_is_handed_over_by_keys_and_shown_at_once(open_scene: OpenScene) -> None:
    counter = a_busy_desk()
    code = counter.taken[0].code
    scene = open_scene(counter)
    scene.then(lambda: scene.window.open_dossier(code), lambda: hands.presses(Key.Key_H, ctrl=True))

    scene.then(lambda: hands.presses(Key.Key_Right), lambda: hands.presses(Key.Key_Tab))
    scene.then(lambda: hands.types("Tran Binh"), hands.enter)
    scene.then(lambda: hands.types("027180005678"), hands.enter, hands.enter)

    given = counter.handed_over[code]
    assert (given.to, given.full_name, given.personal_id) == (Recipient.AUTHORISED, "Tran Binh", "027180005678")
    assert scene.window.dossier.status.text() == "Đã trả kết quả"
    assert scene.window.findChildren(HandOverDialog) == [] or not scene.window.dossier.give.isVisible()


def test_a_refused_dossier_opens_at_the_field_in_question_and_is_sent_again(open_scene: OpenScene) -> None:
    counter = a_busy_desk()
    refused = next(code for code, word in counter.words.items() if word.word is Word.REFUSED)
    scene = open_scene(counter)
    scene.then(lambda: scene.window.open_dossier(refused), lambda: hands.presses(Key.Key_E, ctrl=True))
    form = page_of(scene.window, CorrectPage).form
    assert hands.focus() is form.person.personal_id.editor

    scene.then(lambda: form.person.personal_id.editor.selectAll(), lambda: hands.types("027190005678"), accept)

    after = next(one for one in counter.taken if one.code == refused)
    assert after.applicant.personal_id == "027190005678"
    assert scene.window.dossier.code.text() == refused
    assert "issue_slip" in counter.heard  # the paper says something else now


def test_what_stood_in_the_intake_is_untouched_by_a_correction(open_scene: OpenScene) -> None:
    counter = a_busy_desk()
    refused = next(code for code, word in counter.words.items() if word.word is Word.REFUSED)
    scene = open_scene(counter).then(*choose_procedure("2.000815"), *scan())

    scene.then(lambda: scene.window.open_dossier(refused), lambda: hands.presses(Key.Key_E, ctrl=True))
    scene.then(lambda: hands.presses(Key.Key_F2))

    assert scene.window.intake.form.person.typed.full_name == "Nguyễn Thị Hồng Nhung"


def test_what_the_province_says_is_counted_for_all_and_seen_by_keys(open_scene: OpenScene) -> None:
    counter = a_busy_desk()
    counter.told = [Notice("1", "forked", counter.now, "Hai máy là một quầy.", "Two machines are one desk.")]
    counter.lamp = replace(counter.lamp, notices=1)
    scene = open_scene(counter)
    assert scene.window.frame is not None
    assert scene.window.frame.told.text == "Tỉnh báo 1 việc cần phụ trách quầy xem."

    scene.then(lambda: hands.presses(Key.Key_F8))
    page = page_of(scene.window, NoticesPage)
    assert "Hai máy là một quầy." in texts_of(page)
    scene.then(lambda: hands.presses(Key.Key_Tab), hands.enter)

    assert counter.told == []
    assert scene.window.frame.told.text == ""


def test_a_wrong_clock_is_said_for_as_long_as_it_is_wrong(scene: Scene, counter: Counter) -> None:
    counter.clock = ClockLook(counter.now, Doubt.OFF, counter.now, timedelta(minutes=62))
    scene.then(scene.window.province_spoke)
    assert scene.window.frame is not None
    assert scene.window.frame.clock.act.isVisible()

    scene.then(lambda: hands.presses(Key.Key_T, ctrl=True), lambda: hands.presses(Key.Key_Tab), hands.enter)

    assert counter.clock.confirmed
    assert "Đồng hồ máy lệch" in scene.window.frame.clock.text
    assert not scene.window.frame.clock.act.isVisible()


def test_what_a_usual_day_does_not_need_is_not_loaded_with_the_window() -> None:
    late = ("recover_page", "correct_page", "notices_page", "hand_over_dialog", "clock_dialog", "slip_reader", "PIL")
    asked = f"import sys, desk.counter, desk.ui.window; print([m for m in sys.modules if m.rsplit('.')[-1] in {late}])"

    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "[]"
