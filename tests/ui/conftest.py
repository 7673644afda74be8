"""A dressed application, lanes that are stopped again, and scenes that are closed again."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desk.ui import theme
from desk.ui.background import Background
from desk.ui.words import Language, Words
from tests.ui.counter import Counter, an_ordinary_desk
from tests.ui.scene import Scene, sign_in

OpenScene = Callable[..., Scene]


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    if qapp.font().family() != theme.FAMILY:
        theme.dress(qapp)


@pytest.fixture
def background() -> Iterator[Background]:
    lanes = Background()
    yield lanes
    lanes.stop()


@pytest.fixture
def vi() -> Words:
    return Words(Language.VI)


@pytest.fixture
def counter() -> Counter:
    return an_ordinary_desk()


@pytest.fixture
def open_scene() -> Iterator[OpenScene]:
    """Windows on counters, signed in unless told otherwise."""
    scenes: list[Scene] = []

    def open_one(counter: Counter, language: Language = Language.VI, *, signed_in: bool = True) -> Scene:
        scene = Scene(counter, language)
        scenes.append(scene)
        return scene.then(sign_in) if signed_in else scene

    yield open_one
    for scene in scenes:
        scene.close()


@pytest.fixture
def scene(open_scene: OpenScene, counter: Counter) -> Scene:
    return open_scene(counter)
