"""Every state of every screen worth a look, reached by keys on a counter in memory."""

from collections.abc import Iterator

from desk.domain.errors import PrinterTrouble
from desk.services.ports.values import Lamp, LampReason, LampState
from desk.ui.words import Language
from tests.ui import hands
from tests.ui.counter import (
    LONGEST_NAME,
    a_busy_desk,
    a_desk_of_long_names,
    an_ordinary_desk,
    longest_procedure,
)
from tests.ui.scene import CARD, Key, Scene, choose_procedure, copies, scan, sign_in, tick_papers

GARBLED = CARD.replace("Nguyễn Thị Hồng", "Nguy?n Th? H?ng")


def scenes(language: Language) -> Iterator[tuple[str, Scene]]:
    """Every state worth a look, named; each is closed when the next is asked for."""
    makers = (
        _signing,
        _first_time,
        _empty_intake,
        _finding,
        _filled,
        _owner,
        _bad_field,
        _garbled,
        _accepted,
        _not_printed,
        _needs,
        _found,
        _nothing_found,
        _dossier,
        _voiding,
        _lamp_red,
        _lamp_green,
        _draft_back,
        _longest,
        _longest_accepted,
        _longest_dossier,
        _provisional,
    )
    for make in makers:
        scene = make(language)
        try:
            yield make.__name__.strip("_"), scene
        finally:
            scene.close()


def _signing(language: Language) -> Scene:
    return Scene(an_ordinary_desk(), language)


def _first_time(language: Language) -> Scene:
    return Scene(an_ordinary_desk(), language).then(lambda: hands.presses(Key.Key_Down, Key.Key_Down))


def _empty_intake(language: Language) -> Scene:
    scene = Scene(an_ordinary_desk(), language).then(sign_in)
    return scene.then(lambda: scene.window.intake.form.person.full_name.editor.setFocus())


def _finding(language: Language) -> Scene:
    return Scene(an_ordinary_desk(), language).then(sign_in, lambda: hands.types("ban sao"))


def _filled(language: Language) -> Scene:
    scene = Scene(an_ordinary_desk(), language).then(sign_in, *choose_procedure("2.000815"), *scan())
    return scene.then(lambda: hands.types("0912 345 678"), lambda: tick_papers(scene), lambda: copies(scene, "4", "5"))


def _owner(language: Language) -> Scene:
    scene = Scene(an_ordinary_desk(), language).then(sign_in, *choose_procedure("1.004873"), *scan())
    form = scene.window.intake.form
    return scene.then(form.differs.setFocus, lambda: hands.presses(Key.Key_Space), hands.enter, hands.enter)


def _bad_field(language: Language) -> Scene:
    scene = Scene(an_ordinary_desk(), language).then(sign_in, *choose_procedure("1.001193"))
    person = scene.window.intake.form.person
    return scene.then(
        person.full_name.editor.setFocus,
        lambda: hands.types("Công Tằng Tôn Nữ Nguyễn Phước Hoàng Bảo Ngọc Phương Anh"),
        person.personal_id.editor.setFocus,
        lambda: hands.types("099180001234"),
        person.born.editor.setFocus,
        lambda: hands.types("31/02/1981"),
        lambda: hands.presses(Key.Key_Return, ctrl=True),
    )


def _garbled(language: Language) -> Scene:
    return Scene(an_ordinary_desk(), language).then(sign_in, *choose_procedure("2.000884"), *scan(GARBLED))


def _accepted(language: Language) -> Scene:
    scene = _filled(language)
    return scene.then(lambda: hands.presses(Key.Key_Return, ctrl=True))


def _not_printed(language: Language) -> Scene:
    scene = _filled(language)
    scene.counter.breaks["send_slip"] = PrinterTrouble("HP LaserJet P1102", "timeout")
    return scene.then(lambda: hands.presses(Key.Key_Return, ctrl=True))


def _needs(language: Language) -> Scene:
    return Scene(a_busy_desk(), language).then(sign_in, lambda: hands.presses(Key.Key_F3))


def _found(language: Language) -> Scene:
    scene = _needs(language)
    return scene.then(lambda: hands.types("n"), lambda: hands.presses(Key.Key_Down))


def _nothing_found(language: Language) -> Scene:
    return _needs(language).then(lambda: hands.types("khong co ai"))


def _dossier(language: Language) -> Scene:
    scene = _needs(language)
    return scene.then(lambda: hands.presses(Key.Key_Down), hands.enter)


def _voiding(language: Language) -> Scene:
    return _dossier(language).then(lambda: hands.presses(Key.Key_D, ctrl=True))


def _lamp_red(language: Language) -> Scene:
    return Scene(a_busy_desk(), language).then(sign_in, lambda: hands.presses(Key.Key_F12))


def _lamp_green(language: Language) -> Scene:
    return Scene(an_ordinary_desk(), language).then(sign_in, lambda: hands.presses(Key.Key_F12))


def _draft_back(language: Language) -> Scene:
    before = _filled(language)
    before.then(before.window.intake.leave)
    counter = before.counter
    before.close()
    counter.lamp = Lamp(LampState.AMBER, LampReason.OFFLINE, 3, 5, counter.now)
    return Scene(counter, language).then(sign_in)


def _longest(language: Language) -> Scene:
    """The longest procedure, the longest names, and everything the lamp can say at once."""
    counter = a_desk_of_long_names()
    scene = Scene(counter, language).then(sign_in, *choose_procedure(longest_procedure().code))
    person = scene.window.intake.form.person
    return scene.then(person.full_name.editor.setFocus, lambda: hands.types(LONGEST_NAME))


def _longest_accepted(language: Language) -> Scene:
    return _longest(language).then(lambda: hands.presses(Key.Key_Return, ctrl=True))


def _longest_dossier(language: Language) -> Scene:
    scene = _longest_accepted(language).then(hands.enter, lambda: hands.presses(Key.Key_F3))
    return scene.then(lambda: hands.presses(Key.Key_Down), hands.enter)


def _provisional(language: Language) -> Scene:
    counter = an_ordinary_desk()
    counter.provisional = True
    scene = Scene(counter, language).then(sign_in, *choose_procedure("2.000815"), *scan())
    return scene.then(lambda: tick_papers(scene), lambda: hands.presses(Key.Key_Return, ctrl=True))
