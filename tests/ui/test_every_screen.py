"""What holds for every widget of every screen, in both languages, at 100 % and at 125 %."""

import os
import subprocess
import sys
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from desk.ui.words import Language
from tests.ui import hands
from tests.ui.conftest import OpenScene
from tests.ui.counter import a_busy_desk, an_ordinary_desk
from tests.ui.scene import Scene, choose_procedure
from tests.ui.states import scenes
from tests.ui.walk import faults

Key = Qt.Key


@pytest.mark.parametrize("scale", ["1", "1.25"])
def test_nothing_is_cut_off_unnamed_or_out_of_the_window(scale: str) -> None:
    # A process of its own: Qt takes the scale once, when the application is made.
    walk = subprocess.run(
        [sys.executable, "-m", "tests.ui.walk"],
        env=os.environ | {"QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert walk.stdout.splitlines() == []
    assert walk.returncode == 0, walk.stderr


def test_the_walk_sees_a_word_that_is_cut_off(open_scene: OpenScene) -> None:
    scene = open_scene(an_ordinary_desk())
    assert scene.window.frame is not None

    scene.window.frame.title.setFixedWidth(20)

    assert any("cut off" in fault for fault in faults(scene))


def test_every_state_is_reached_by_keys() -> None:
    names = [name for name, _ in scenes(Language.EN)]

    assert len(names) == len(set(names)) > 15


def tabbed_through(scene: Scene) -> list[QWidget]:
    """Every widget that Tab stops at, from the one that has the focus all the way around."""
    first = hands.focus()
    stops = [first]
    while True:
        hands.presses(Key.Key_Tab)
        if hands.focus() is first:
            return stops
        assert len(stops) < 200, "Tab never comes back"
        stops.append(hands.focus())


def stops_of(window: QWidget) -> set[QWidget]:
    return {
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisibleTo(window) and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    }


@pytest.mark.parametrize("key", [Key.Key_F2, Key.Key_F3, Key.Key_F12])
def test_tab_reaches_everything(open_scene: OpenScene, key: Key) -> None:
    scene = open_scene(a_busy_desk()).then(lambda: hands.presses(key))

    reached = set(tabbed_through(scene))

    assert reached == stops_of(scene.window)


def test_in_the_form_tab_goes_downwards(open_scene: OpenScene) -> None:
    scene = open_scene(an_ordinary_desk()).then(*choose_procedure("1.001193"))
    form = scene.window.intake.form

    inside = [stop for stop in tabbed_through(scene) if form.isAncestorOf(stop)]

    heights = [stop.mapTo(form, QPoint(0, 0)).y() for stop in inside]
    turns = sum(later < earlier - 20 for earlier, later in pairwise(heights))
    assert len(inside) > 20
    assert turns == 1  # from the last field back to the first


def test_what_has_the_focus_is_always_in_view(open_scene: OpenScene) -> None:
    scene = open_scene(an_ordinary_desk()).then(*choose_procedure("1.001193"))
    form = scene.window.intake.form

    for _ in range(30):
        scene.then(hands.enter) if form.isAncestorOf(hands.focus()) else hands.presses(Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.visibleRegion().boundingRect().height() >= min(focus.height(), 30)
