"""Taking a dossier, by keys."""

from PySide6.QtCore import Qt

from desk.domain.dossier import Channel, Payment, ReturnBy
from desk.domain.errors import DiskFull, PrinterTrouble
from desk.domain.people import BirthDate, PartyKind, Sex
from desk.services.ports.values import SlipState
from desk.ui.words import Language
from tests.ui import hands
from tests.ui.conftest import OpenScene
from tests.ui.counter import Counter, an_ordinary_desk
from tests.ui.scene import CARD, Scene, choose_procedure, copies, scan, tick_papers

Key = Qt.Key


def accept() -> None:
    hands.presses(Key.Key_Return, ctrl=True)


def filled(scene: Scene) -> Scene:
    return scene.then(*choose_procedure("2.000815"), *scan(), lambda: tick_papers(scene))


def test_the_cursor_stands_in_the_procedure_and_the_most_used_ones_are_offered(scene: Scene) -> None:
    form = scene.window.intake.form

    assert form.procedure.editor.hasFocus()
    assert form.procedure.offers.isVisible()


def test_a_few_letters_and_enter_choose_a_procedure_and_lead_to_the_scanner(scene: Scene) -> None:
    scene.then(lambda: hands.types("khai sinh"), hands.enter)

    form = scene.window.intake.form
    assert form.procedure.thing.name == "Đăng ký khai sinh"
    assert form.person.scan.hasFocus()


def test_letters_an_input_method_still_composes_are_searched_for(scene: Scene) -> None:
    scene.then(lambda: hands.composes("kết"))

    offers = scene.window.intake.form.procedure.offers
    assert "kết hôn" in offers.model().index(0, 0).data()
    assert scene.window.intake.form.procedure.editor.text() == ""


def test_the_arrow_keys_choose_another_offer(scene: Scene) -> None:
    scene.then(lambda: hands.presses(Key.Key_Down), hands.enter)

    assert scene.window.intake.form.procedure.thing.code == "2.000884"


def test_due_date_fee_and_papers_are_there_at_once(scene: Scene) -> None:
    filled(scene).then(lambda: copies(scene, pages="4", copies="5"))

    summary = scene.window.intake.summary
    assert summary.due.text() == "17:00 hôm nay, 01/07/2025"
    assert summary.fee.text() == "30.000\u00a0đ"
    assert summary.papers.text() == "1 trên 1"


def test_what_is_missing_is_named(scene: Scene) -> None:
    scene.then(*choose_procedure("1.001193"))

    assert "Giấy chứng sinh" in scene.window.intake.summary.missing.text()


def test_a_scanned_card_fills_the_person_in_and_the_phone_is_next(scene: Scene) -> None:
    scene.then(*choose_procedure("2.000815"), *scan())

    person = scene.window.intake.form.person
    assert person.typed.full_name == "Nguyễn Thị Hồng Nhung"
    assert person.typed.personal_id == "027180001234"
    assert person.typed.born == "03/02/1980"
    assert person.typed.sex == "female"
    assert person.phone.editor.hasFocus()


def test_a_reader_that_types_into_a_field_is_understood_all_the_same(scene: Scene) -> None:
    person = scene.window.intake.form.person

    scene.then(person.full_name.editor.setFocus, lambda: hands.commits(CARD), hands.enter)

    assert person.typed.full_name == "Nguyễn Thị Hồng Nhung"


def test_a_garbled_card_fills_nothing_in_and_says_why(scene: Scene) -> None:
    scene.then(*choose_procedure("2.000815"), *scan(CARD.replace("ễ", "?")))

    person = scene.window.intake.form.person
    assert "tắt bộ gõ" in person.scan.says
    assert person.scan.hasFocus()
    assert person.typed.full_name == ""


def test_an_input_method_that_corrects_itself_while_a_card_is_read_is_noticed(scene: Scene) -> None:
    start, rest = CARD[:20], CARD[20:]

    scene.then(
        lambda: hands.presses(Key.Key_F6),
        lambda: hands.letters(start),
        lambda: hands.presses(Key.Key_Backspace),
        lambda: hands.scans(rest),
    )

    assert "tắt bộ gõ" in scene.window.intake.form.person.scan.says


def test_a_name_typed_while_the_scanner_waits_goes_to_the_name_ready_to_be_typed_over(scene: Scene) -> None:
    scene.then(*choose_procedure("2.000815"), lambda: hands.letters("Tran Van Nam"), hands.enter)

    name = scene.window.intake.form.person.full_name.editor
    assert name.hasFocus()
    assert name.selectedText() == "Tran Van Nam"


def test_a_reader_without_an_enter_is_understood_after_a_pause(scene: Scene) -> None:
    scene.then(lambda: hands.presses(Key.Key_F6), lambda: hands.letters(CARD))

    scene.then(scene.window.intake.form.person.scan.pause_over)

    assert scene.window.intake.form.person.typed.full_name == "Nguyễn Thị Hồng Nhung"


def test_enter_moves_on_from_field_to_field(scene: Scene) -> None:
    person = scene.window.intake.form.person

    scene.then(person.full_name.editor.setFocus, hands.enter)
    assert person.personal_id.editor.hasFocus()

    scene.then(hands.enter)
    assert person.born.editor.hasFocus()


def test_everything_typed_by_hand_ends_up_in_the_dossier(scene: Scene, counter: Counter) -> None:
    person = scene.window.intake.form.person
    scene.then(
        *choose_procedure("1.004873"),
        person.full_name.editor.setFocus,
        lambda: hands.types("Đặng Thị Mỹ Duyên"),
        hands.enter,
        lambda: hands.types("027190001234"),
        hands.enter,
        lambda: hands.types("7/9/1990"),
        hands.enter,
        lambda: hands.presses(Key.Key_Right, Key.Key_Right),
        hands.enter,
        lambda: hands.types("0912.345.678"),
        lambda: tick_papers(scene),
        accept,
    )

    taken = counter.taken[-1]
    assert taken.applicant.full_name == "Đặng Thị Mỹ Duyên"
    assert taken.applicant.kind is PartyKind.CITIZEN
    assert taken.applicant.date_of_birth == BirthDate(1990, 9, 7)
    assert taken.applicant.sex is Sex.FEMALE
    assert taken.applicant.phone == "0912345678"
    assert taken.applicant.address is not None
    assert taken.applicant.address.commune == "09169"
    assert (taken.channel, taken.return_by) == (Channel.DIRECT, ReturnBy.COUNTER)
    assert [paper.originals for paper in taken.requirements] == [1, 1]


def test_the_space_an_input_method_leaves_stays_until_the_field_is_left(scene: Scene) -> None:
    name = scene.window.intake.form.person.full_name.editor

    scene.then(name.setFocus, lambda: hands.commits("Nguyễn "))
    assert name.text() == "Nguyễn "

    scene.then(hands.enter)
    assert name.text() == "Nguyễn"


def test_pieces_of_letters_are_put_together_when_the_field_is_left(scene: Scene) -> None:
    name = scene.window.intake.form.person.full_name.editor

    scene.then(name.setFocus, lambda: hands.commits("Nguye\u0302\u0303n"), hands.enter)

    assert name.text() == "Nguyễn"


def test_a_business_is_asked_for_its_tax_code_and_not_for_its_birthday(scene: Scene) -> None:
    person = scene.window.intake.form.person

    scene.then(person.kind.setFocus, lambda: hands.presses(Key.Key_Right))

    assert person.personal_id.label.text() == "Mã số thuế"
    assert person.born.isHidden()
    assert person.typed.kind == "business"


def test_a_dossier_for_somebody_else_has_an_owner(scene: Scene, counter: Counter) -> None:
    form = scene.window.intake.form
    filled(scene).then(
        form.differs.setFocus,
        lambda: hands.presses(Key.Key_Space),
        form.owner.full_name.editor.setFocus,
        lambda: hands.types("Nguyễn Văn Ông"),
        accept,
    )

    owner = counter.taken[-1].owner
    assert owner is not None
    assert owner.full_name == "Nguyễn Văn Ông"


def test_money_taken_at_once_is_written_as_paid(scene: Scene, counter: Counter) -> None:
    form = scene.window.intake.form
    filled(scene).then(form.paid.setFocus, lambda: hands.presses(Key.Key_Right), accept)

    assert [fee.paid for fee in counter.taken[-1].fees] == [Payment.CASH]


def test_a_paper_the_catalogue_does_not_know_can_be_added(scene: Scene, counter: Counter) -> None:
    papers = scene.window.intake.form.papers
    filled(scene).then(
        papers.add.setFocus,
        hands.enter,
        lambda: hands.types("Bằng tốt nghiệp"),
        lambda: papers.rows[-1].tick.setFocus(),
    )

    scene.then(accept)

    assert counter.taken[-1].requirements[-1].name == "Bằng tốt nghiệp"


def test_something_odd_warns_and_stops_nobody(scene: Scene, counter: Counter) -> None:
    person = scene.window.intake.form.person
    filled(scene).then(person.personal_id.editor.setFocus, lambda: hands.types("9"))
    assert scene.window.intake.summary.warnings.count() == 1

    scene.then(accept)

    assert counter.taken[-1].applicant.personal_id == "0271800012349"


def test_after_accept_the_code_stands_there_large_and_the_slip_is_printed(scene: Scene, counter: Counter) -> None:
    filled(scene).then(accept)

    accepted = scene.window.intake.accepted
    assert accepted.code.text() == "H05.09.169-250701-1017001"
    assert accepted.code.fontInfo().pixelSize() == 28
    assert accepted.due.text() == "Hẹn trả kết quả: 17:00 hôm nay, 01/07/2025."
    assert "HP LaserJet P1102" in accepted.paper.text()
    assert counter.slips[accepted.code.text()].state is SlipState.SENT


def test_enter_confirms_the_paper_and_is_ready_for_the_next_person(scene: Scene, counter: Counter) -> None:
    filled(scene).then(accept, hands.enter)

    form = scene.window.intake.form
    assert counter.slips[counter.taken[-1].code].state is SlipState.PRINTED
    assert form.procedure.editor.hasFocus()
    assert form.typed.is_empty
    assert form.person.typed.commune == "09169"


def test_two_dossiers_in_a_row_are_two(scene: Scene, counter: Counter) -> None:
    filled(scene).then(accept, hands.enter)
    filled(scene).then(accept)

    assert [one.code[-3:] for one in counter.taken] == ["001", "002"]


def test_pressing_accept_twice_takes_one_dossier(scene: Scene, counter: Counter) -> None:
    filled(scene)

    accept()
    accept()
    scene.settle()

    assert len(counter.taken) == 1


def test_a_spoilt_slip_is_printed_again_as_a_new_issue(scene: Scene, counter: Counter) -> None:
    filled(scene).then(accept, lambda: hands.presses(Key.Key_P, ctrl=True))

    assert counter.slips[counter.taken[-1].code].issue == 2


def test_when_the_printer_fails_the_dossier_is_safe_and_the_same_slip_is_sent_again(
    scene: Scene, counter: Counter
) -> None:
    counter.breaks["send_slip"] = PrinterTrouble("HP LaserJet P1102", "timeout")
    filled(scene).then(accept)
    assert "máy in không trả lời" in scene.window.intake.accepted.paper.text()

    counter.breaks.clear()
    scene.then(lambda: hands.presses(Key.Key_P, ctrl=True))

    slip = counter.slips[counter.taken[-1].code]
    assert (slip.issue, slip.state) == (1, SlipState.SENT)


def test_a_dossier_taken_by_mistake_is_voided_with_a_reason(scene: Scene, counter: Counter) -> None:
    filled(scene).then(accept, lambda: hands.presses(Key.Key_D, ctrl=True))

    scene.then(lambda: hands.types("Nhập nhầm người"), hands.enter, hands.enter)

    code = counter.taken[-1].code
    assert counter.voided == {code: "Nhập nhầm người"}
    assert scene.window.frame is not None
    assert code in scene.window.frame.notice.text


def test_nothing_is_voided_without_a_reason(scene: Scene, counter: Counter) -> None:
    filled(scene).then(accept, lambda: hands.presses(Key.Key_D, ctrl=True), hands.enter, hands.enter)

    assert counter.voided == {}


def test_an_impossible_date_is_said_at_its_field_and_the_focus_goes_there(scene: Scene, counter: Counter) -> None:
    person = scene.window.intake.form.person
    filled(scene).then(person.born.editor.selectAll, person.born.editor.setFocus, lambda: hands.types("31/02/1980"))

    scene.then(accept)

    assert person.born.error.text().startswith("Ngày sinh không phải ngày có thật")
    assert person.born.editor.hasFocus()
    assert counter.taken == []


def test_a_missing_name_is_said_at_the_name(scene: Scene) -> None:
    scene.then(*choose_procedure("2.000815"), accept)

    person = scene.window.intake.form.person
    assert person.full_name.error.isVisible()
    assert person.full_name.editor.hasFocus()


def test_without_a_procedure_the_procedure_is_asked_for(scene: Scene) -> None:
    scene.then(scene.window.intake.form.person.full_name.editor.setFocus, accept)

    form = scene.window.intake.form
    assert form.procedure.field.error.isVisible()
    assert form.procedure.editor.hasFocus()


def test_typing_in_a_field_takes_its_error_back(scene: Scene) -> None:
    scene.then(*choose_procedure("2.000815"), accept)

    scene.then(lambda: hands.types("Lan"))

    assert scene.window.intake.form.person.full_name.error.isHidden()


def test_trouble_that_is_about_no_field_stands_at_the_top_until_it_is_read(scene: Scene, counter: Counter) -> None:
    counter.breaks["accept"] = DiskFull()

    filled(scene).then(accept)

    assert scene.window.frame is not None
    assert scene.window.frame.notice.text.startswith("Ổ đĩa đã đầy")
    assert scene.window.intake.form.person.typed.full_name == "Nguyễn Thị Hồng Nhung"


def test_a_half_filled_intake_is_there_again_after_the_power_was_cut(open_scene: OpenScene, counter: Counter) -> None:
    before = filled(open_scene(counter))
    form = before.window.intake.form
    before.then(form.note.editor.setFocus, lambda: hands.types("Hẹn chiều"), form.person.phone.editor.setFocus)
    left = form.typed

    after = an_ordinary_desk()
    after.draft = counter.draft
    scene = open_scene(after)

    assert scene.window.intake.form.typed == left
    assert scene.window.intake.summary.fee.text() == "2.000\u00a0đ"
    assert scene.window.frame is not None
    assert "không mất gì" in scene.window.frame.notice.text


def test_what_was_typed_is_kept_without_leaving_the_field(scene: Scene, counter: Counter) -> None:
    scene.then(*choose_procedure("2.000815"), scene.window.intake.form.person.full_name.editor.setFocus)
    counter.draft = None

    scene.then(lambda: hands.types("Lan"), scene.window.intake.draft.keep)

    assert counter.draft is not None
    assert "Lan" in counter.draft


def test_a_dossier_taken_just_before_the_power_went_is_opened_and_not_taken_twice(
    open_scene: OpenScene, counter: Counter
) -> None:
    before = filled(open_scene(counter))
    before.then(before.window.intake.draft.keep)
    kept = counter.draft
    before.then(accept)
    counter.draft = kept
    again = open_scene(counter)

    again.then(accept)

    assert len(counter.taken) == 1
    assert again.window.dossier.file is not None
    assert again.window.dossier.file.dossier.code == counter.taken[0].code
    assert counter.draft is None


def test_a_draft_of_another_version_is_left_aside(open_scene: OpenScene, counter: Counter) -> None:
    counter.draft = '{"format": 99}'

    scene = open_scene(counter)

    assert scene.window.intake.form.typed.is_empty


def test_dropping_the_form_drops_its_draft(scene: Scene, counter: Counter) -> None:
    filled(scene).then(scene.window.intake.draft.keep, lambda: hands.presses(Key.Key_Delete, ctrl=True))

    assert counter.draft is None
    assert scene.window.intake.form.typed.is_empty


def test_the_other_language_keeps_everything_typed(scene: Scene) -> None:
    typed = filled(scene).window.intake.form.typed

    scene.then(lambda: hands.presses(Key.Key_F9))

    assert scene.window.words.language is Language.EN
    assert scene.window.intake.form.typed == typed
    assert scene.window.intake.summary.due.text() == "17:00 today, 01/07/2025"


def test_an_older_answer_never_replaces_a_newer_one(scene: Scene, counter: Counter) -> None:
    filled(scene)
    row = scene.window.intake.form.papers.rows[0]

    for text in ("2", "3", "4"):
        row.counts["copies"].setText(text)
    scene.settle()

    assert scene.window.intake.summary.fee.text() == "8.000\u00a0đ"


def test_the_other_language_keeps_what_was_just_accepted(scene: Scene, counter: Counter) -> None:
    filled(scene).then(accept, lambda: hands.presses(Key.Key_F9))

    accepted = scene.window.intake.accepted
    assert accepted.isVisible()
    assert accepted.code.text() == counter.taken[-1].code
    assert accepted.paper.text().startswith("Two copies of the slip went to the printer")

    scene.then(hands.enter)
    assert counter.slips[counter.taken[-1].code].state is SlipState.PRINTED
    assert scene.window.intake.form.typed.is_empty


def test_the_language_does_not_change_while_an_acceptance_is_under_way(scene: Scene, counter: Counter) -> None:
    filled(scene)
    accept()
    hands.presses(Key.Key_F9)

    scene.settle()

    assert scene.window.words.language is Language.VI
    assert scene.window.intake.accepted.isVisible()
    assert len(counter.taken) == 1


def test_money_said_to_be_paid_is_the_amount_that_stands_there_at_last(scene: Scene, counter: Counter) -> None:
    form = scene.window.intake.form
    filled(scene).then(form.paid.setFocus, lambda: hands.presses(Key.Key_Right))

    form.papers.rows[0].counts["copies"].setText("9")
    accept()
    scene.settle()

    assert counter.taken[-1].fee == 18_000


def test_a_form_emptied_by_hand_leaves_no_draft(scene: Scene, counter: Counter) -> None:
    person = scene.window.intake.form.person
    scene.then(person.full_name.editor.setFocus, lambda: hands.types("Lan"), scene.window.intake.draft.keep)

    scene.then(person.full_name.editor.clear, scene.window.intake.draft.keep)

    assert counter.draft is None
