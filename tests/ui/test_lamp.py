"""The lamp: never a guess, always words."""

import threading
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from desk.domain.errors import StoreLocked
from desk.services.ports.values import EpochReason, Lamp, LampReason, LampState
from desk.ui.lamp_words import lamp_words
from desk.ui.words import Language, Words
from tests import make
from tests.ui import hands
from tests.ui.conftest import OpenScene
from tests.ui.counter import Counter, a_busy_desk
from tests.ui.scene import Scene

Key = Qt.Key
BEFORE = make.TUESDAY - timedelta(minutes=14)
OFFLINE = Lamp(LampState.AMBER, LampReason.OFFLINE, unsent_dossiers=3, unsent_entries=7, oldest_at=BEFORE)


@pytest.mark.parametrize(
    ("lamp", "vi", "en"),
    [
        (Lamp(LampState.GREEN), "Đã gửi hết", "Everything is sent"),
        (
            OFFLINE,
            "3 hồ sơ chỉ có trên máy này, cũ nhất 14 phút, đang chờ mạng",
            "3 dossiers only on this computer, oldest 14 minutes, waiting for the network",
        ),
        (
            Lamp(LampState.AMBER, LampReason.SENDING, 0, 1, make.TUESDAY),
            "1 việc chưa gửi tỉnh, cũ nhất chưa đầy 1 phút, đang gửi",
            "1 deed not sent, oldest less than a minute, sending",
        ),
        (
            Lamp(LampState.AMBER, LampReason.WAITING, waiting=2),
            "2 việc tỉnh đang chờ thông tin, chờ tỉnh xem xét",
            "2 waiting at the province, to be judged",
        ),
        (Lamp(LampState.RED, LampReason.REFUSED, refused=1), "1 việc tỉnh trả lại", "1 refused by the province"),
    ],
    ids=lambda value: value.reason.value if isinstance(value, Lamp) else "",
)
def test_the_sentence_says_what_is_only_here_since_when_and_why(lamp: Lamp, vi: str, en: str) -> None:
    assert lamp_words(Words(Language.VI), lamp, make.TUESDAY) == vi
    assert lamp_words(Words(Language.EN), lamp, make.TUESDAY) == en


@pytest.mark.parametrize("reason", LampReason)
@pytest.mark.parametrize("language", Language)
def test_every_reason_has_words(reason: LampReason, language: Language) -> None:
    assert lamp_words(Words(language), Lamp(LampState.AMBER, reason, 1, 1, BEFORE), make.TUESDAY)


def test_the_lamp_is_there_in_words_and_for_the_screen_reader(open_scene: OpenScene, counter: Counter) -> None:
    counter.lamp = OFFLINE

    scene = open_scene(counter)

    assert scene.window.frame is not None
    lamp = scene.window.frame.lamp
    assert lamp.sentence.startswith("3 hồ sơ chỉ có trên máy này")
    assert lamp.sentence in lamp.accessibleName()


def test_a_word_from_the_province_changes_it_from_any_thread(scene: Scene, counter: Counter) -> None:
    counter.lamp = OFFLINE

    speaker = threading.Thread(target=scene.window.province_spoke)
    speaker.start()
    speaker.join()
    scene.settle()

    assert scene.window.frame is not None
    assert scene.window.frame.lamp.sentence.startswith("3 hồ sơ")


def test_what_the_lamp_cannot_find_out_leaves_it_as_it_was(scene: Scene, counter: Counter) -> None:
    counter.breaks["lamp"] = StoreLocked()

    scene.window.province_spoke()
    scene.settle()

    assert scene.window.frame is not None
    assert scene.window.frame.lamp.sentence == "Đã gửi hết"
    assert scene.window.frame.notice.text == ""


def test_f12_opens_what_stands_behind_it_and_escape_puts_it_away(open_scene: OpenScene) -> None:
    scene = open_scene(a_busy_desk()).then(lambda: hands.presses(Key.Key_F12))

    panel = scene.window.outbox
    assert panel.isVisible()
    assert panel.advice.text().startswith("Mở từng hồ sơ")
    assert panel.heard.text() == "Tỉnh trả lời lần cuối lúc 07:15 01/07/2025."
    texts = [label.text() for label in panel.findChildren(type(panel.heard))]
    assert "Số định danh thuộc về người khác trong cơ sở dữ liệu dân cư." in texts

    scene.then(lambda: hands.presses(Key.Key_Escape))
    assert not panel.isVisible()
    assert scene.window.intake.form.isAncestorOf(hands.focus())


def test_one_key_asks_the_province_now(open_scene: OpenScene) -> None:
    scene = open_scene(a_busy_desk()).then(lambda: hands.presses(Key.Key_F12), lambda: hands.presses(Key.Key_F5))

    assert scene.counter.heard.count("ask_now") == 1
    assert scene.window.outbox.heard.text() == "Đang hỏi tỉnh…"


def test_a_dossier_named_there_is_one_key_away(open_scene: OpenScene) -> None:
    scene = open_scene(a_busy_desk()).then(
        lambda: hands.presses(Key.Key_F12), lambda: hands.presses(Key.Key_Backtab), hands.enter
    )

    assert scene.window.dossier.file is not None
    assert not scene.window.outbox.isVisible()


def test_the_other_language_keeps_the_panel_open(open_scene: OpenScene) -> None:
    scene = open_scene(a_busy_desk()).then(lambda: hands.presses(Key.Key_F12), lambda: hands.presses(Key.Key_F9))

    panel = scene.window.outbox
    assert panel.isVisible()
    assert panel.geometry().right() > scene.window.width() - 40
    assert scene.window.outbox.advice.text().startswith("Open each dossier")


def test_the_keys_that_work_here_are_shown(scene: Scene) -> None:
    assert scene.window.frame is not None
    texts = [label.text() for label in scene.window.frame.hints.findChildren(type(scene.window.frame.title))]

    assert {"F6", "quét thẻ", "Ctrl+Enter", "tiếp nhận và in"} <= set(texts)


def test_a_notice_stays_until_it_is_put_away(scene: Scene) -> None:
    assert scene.window.frame is not None
    notice = scene.window.frame.notice
    scene.counter.breaks["preview"] = StoreLocked()
    scene.counter.breaks["find_communes"] = StoreLocked()
    scene.counter.breaks["drop_draft"] = StoreLocked()
    scene.then(lambda: hands.presses(Key.Key_Delete, ctrl=True))
    assert notice.isVisible()

    scene.then(notice.shut.click)

    assert notice.text == ""


@pytest.mark.parametrize("reason", EpochReason)
def test_a_desk_without_a_number_says_so_why_and_what_to_do(
    open_scene: OpenScene, counter: Counter, reason: EpochReason
) -> None:
    counter.lamp = Lamp(LampState.GREEN, unnumbered=reason)
    scene = open_scene(counter).then(lambda: hands.presses(Key.Key_F12))

    panel = scene.window.outbox
    assert panel.sentence.text() == "Đã gửi hết, quầy chưa có số nên cấp mã tạm"
    assert panel.advice.text().startswith(Words(Language.VI)(f"unnumbered.{reason}"))


def test_the_frame_follows_the_desks_number_as_it_comes(open_scene: OpenScene, counter: Counter) -> None:
    counter.number, counter.lamp = None, Lamp(LampState.GREEN, unnumbered=EpochReason.RESTORED)
    scene = open_scene(counter)
    assert scene.window.frame is not None
    assert "Quầy chưa có số" in scene.window.frame.desk.text()

    counter.number, counter.lamp = 2044, Lamp(LampState.GREEN)
    scene.window.province_spoke()
    scene.settle()

    assert "Quầy 2044" in scene.window.frame.desk.text()
