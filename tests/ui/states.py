"""Every state of every screen worth a look, reached by keys on a counter in memory."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from desk.domain.clock import ClockLook, Doubt
from desk.domain.errors import ClockOff, PrinterTrouble
from desk.services.ports.values import HandOver, Lamp, LampReason, LampState, Notice, ProvinceWord, Recipient, Word
from desk.ui.words import Language
from tests.ui import hands
from tests.ui.counter import (
    LONGEST_NAME,
    Counter,
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
        _paper_lane,
        _clock_strip,
        _clock_asks,
        _recovering,
        _recovered_dossier,
        _handing_over,
        _handed_over,
        _correcting,
        _notices,
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


def _paper_lane(language: Language) -> Scene:
    scene = Scene(an_ordinary_desk(), language).then(sign_in, lambda: hands.presses(Key.Key_B, ctrl=True))
    lane = scene.window.intake.form.lane
    return scene.then(
        lambda: hands.types("2/037"), hands.enter, lambda: hands.types("7:45 01/07/2025"), lane.place.editor.setFocus
    )


def _off(counter: Counter) -> ClockLook:
    return ClockLook(counter.now, Doubt.OFF, counter.now, timedelta(minutes=62))


def _clock_strip(language: Language) -> Scene:
    counter = an_ordinary_desk()
    counter.clock = _off(counter)
    return Scene(counter, language).then(sign_in)


def _clock_asks(language: Language) -> Scene:
    counter = an_ordinary_desk()
    counter.clock = _off(counter)
    counter.breaks["accept"] = ClockOff(now=counter.now, province=counter.clock.corrected)
    scene = Scene(counter, language).then(sign_in, *choose_procedure("2.000815"), *scan())
    return scene.then(lambda: tick_papers(scene), lambda: hands.presses(Key.Key_Return, ctrl=True))


def _recovering(language: Language) -> Scene:
    counter = a_busy_desk()
    known = counter.taken[0]
    counter.slips_of = {"1" * 430: known, "2" * 430: replace(known, code="H05.09.169-250701-2024007")}
    scene = Scene(counter, language).then(sign_in, lambda: hands.presses(Key.Key_F4))
    return scene.then(*(lambda digit=digit: hands.scans(digit * 430) for digit in "123"))


def _recovered_dossier(language: Language) -> Scene:
    scene = _recovering(language)
    return scene.then(lambda: scene.window.open_dossier("H05.09.169-250701-2024007"))


def _handing_over(language: Language) -> Scene:
    return _dossier(language).then(lambda: hands.presses(Key.Key_H, ctrl=True))


def _handed_over(language: Language) -> Scene:
    """By the desk that did not take it, and whose word came first."""
    counter = a_busy_desk()
    given = counter.taken[0]
    counter.handed_over[given.code] = HandOver(counter.now, Recipient.AUTHORISED, "Trần Thị Bình", "027180005678")
    counter.words[given.code] = ProvinceWord(Word.WAITING, since=counter.now)
    scene = Scene(counter, language).then(sign_in)
    return scene.then(lambda: scene.window.open_dossier(given.code))


def _correcting(language: Language) -> Scene:
    return _dossier(language).then(lambda: hands.presses(Key.Key_E, ctrl=True))


def _notices(language: Language) -> Scene:
    counter = a_busy_desk()
    code = counter.taken[0].code
    counter.told = [
        Notice(
            "1", "handed_over_twice", counter.now, "Kết quả được trả ở hai quầy.", "Handed over at two desks.", code
        ),
        Notice("2", "of_tomorrow", counter.now, "Điều mà bản này chưa biết tên.", "What has no name here yet."),
    ]
    counter.lamp = replace(counter.lamp, notices=2)
    return Scene(counter, language).then(sign_in, lambda: hands.presses(Key.Key_F8))
