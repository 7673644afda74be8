"""A desk burns with everything only it had, and people come back with their slips."""

import io
import json
import random
import shutil
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import timedelta
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from desk.app import main
from desk.devices.slip_reader import read_slips
from desk.forms.slip import draw
from desk.services import notices
from desk.services.correction import correct_dossier
from desk.services.hand_over import hand_over
from desk.services.ports.values import HandOver, LampState, Recipient, ScannedDossier, Word
from desk.services.recovery import recover
from tests import make
from tests.e2e.machines import Machine
from tests.servers import Province, province_in_thread

LOST = 50


@pytest.fixture
def province(tmp_path: Path) -> Iterator[Province]:
    with province_in_thread(f"sqlite:///{tmp_path / 'province.db'}", tmp_path) as province:
        yield province


@pytest.fixture
def burnt(province: Province, tmp_path: Path) -> Machine:
    """Enrolled, heard of by the others, and not gone yet."""
    return Machine.enrolled(tmp_path / "burnt", province)


@pytest.fixture
def sibling(burnt: Machine, province: Province, tmp_path: Path) -> Iterator[Machine]:
    """Of the same commune; it has heard of the other's certificate."""
    machine = Machine.enrolled(tmp_path / "sibling", province)
    yield machine
    machine.switched_off()


def paper(machine: Machine, code: str) -> bytes:
    return draw(machine.prints(code).paper)


def scanned_page(pdf: bytes, file: Path, seed: int) -> Path:
    """The copy the person carries home, laid askew on a scanner of 150 to 200 dpi that is not clean."""
    chance = random.Random(seed)
    page = pypdfium2.PdfDocument(pdf)[1].render(scale=chance.choice((150, 175, 200)) / 72, grayscale=True).to_pil()
    askew = page.rotate(chance.choice((-3, -1.5, 2, 4, 90, 180)), expand=True, fillcolor=255)
    left, top = chance.randrange(200), chance.randrange(200)
    speckled = dirt().crop((left, top, left + askew.width, top + askew.height))
    Image.blend(askew, speckled, chance.uniform(0.05, 0.2)).save(file, compress_level=1)
    return file


@cache
def dirt() -> Image.Image:
    return Image.effect_noise((2_600, 2_600), 40)


def recovers(machine: Machine, numbers: list[str]) -> list[ScannedDossier]:
    return [
        recover(digits, clerk=machine.somebody(), open_work=machine.store.open_work, clock=machine.province.clock)
        for digits in numbers
    ]


def test_fifty_unsent_dossiers_come_back_from_their_pages_at_two_desks_and_reach_the_province_once(
    burnt: Machine, sibling: Machine, province: Province, tmp_path: Path
) -> None:
    taken = burnt.accepts(LOST)
    pages = [scanned_page(paper(burnt, one.code), tmp_path / f"page-{n}.png", seed=n) for n, one in enumerate(taken)]
    shutil.rmtree(burnt.switched_off())

    numbers = [digits for page in pages for digits in read_slips(page)]
    at_sibling = recovers(sibling, numbers)
    fresh = Machine.enrolled(tmp_path / "fresh", province)
    at_fresh = recovers(fresh, numbers)

    lost = {(one.id, one.code) for one in taken}
    assert {(one.id, one.code) for one in at_sibling if one.recovered} == lost
    assert {(one.id, one.code) for one in at_fresh if one.recovered} == lost
    for machine in (sibling, fresh, sibling):
        machine.syncs()
    dossiers = [one for one in province.command("dossiers") if "code" in one]
    assert sorted(str(one["code"]) for one in dossiers) == sorted(one.code for one in taken)
    assert {one["verdict"] for one in dossiers} == {"applied"}
    for machine in (sibling, fresh):
        assert machine.codes() == {one.code for one in taken}
        assert (machine.lamp.state, machine.findings) == (LampState.GREEN, ())
    first = sibling.opens(taken[0].code).dossier
    to_the_minute = taken[0].received_at.replace(second=0)
    assert (first.received_at, first.due_at, first.fee) == (to_the_minute, taken[0].due_at, taken[0].fee)
    fresh.switched_off()


def test_the_command_reads_the_pages_of_a_pdf_and_says_what_it_could_not(
    burnt: Machine, sibling: Machine, tmp_path: Path
) -> None:
    (taken,) = burnt.accepts()
    (tmp_path / "slip.pdf").write_bytes(paper(burnt, taken.code))
    (tmp_path / "letter.pdf").write_bytes(b"no page at all")
    home = sibling.switched_off()
    out = io.StringIO()

    files = [str(tmp_path / name) for name in ("slip.pdf", "letter.pdf")]
    with redirect_stdout(out):
        code = main(["recover", "--home", str(home), "--json", "--from", *files])

    good, bad = (json.loads(line) for line in out.getvalue().splitlines())
    assert code == 1
    assert (good["ok"], good["code"], good["recovered"]) == (True, taken.code, True)
    assert (bad["ok"], bad["error"]) == (False, "FileTrouble")


def test_when_the_disk_turns_up_after_all_the_original_lies_on_top_everywhere(
    burnt: Machine, sibling: Machine, province: Province, tmp_path: Path
) -> None:
    (taken,) = burnt.accepts()
    page = scanned_page(paper(burnt, taken.code), tmp_path / "page.png", seed=1)
    recovers(sibling, list(read_slips(page)))
    sibling.syncs()

    burnt.syncs()
    sibling.syncs()

    merged = sibling.opens(taken.code)
    assert merged.dossier == taken
    assert not merged.mine
    assert sibling.codes() == burnt.codes() == {taken.code}
    assert [one["code"] for one in province.command("dossiers") if "code" in one] == [taken.code]
    assert sibling.findings == burnt.findings == ()
    burnt.switched_off()


def test_a_result_handed_over_by_its_slip_waits_for_the_desk_that_took_the_dossier(
    burnt: Machine, sibling: Machine, province: Province, tmp_path: Path
) -> None:
    """Both offline; the one that hands over comes first to the province."""
    (taken,) = burnt.accepts()
    (digits,) = read_slips(scanned_page(paper(burnt, taken.code), tmp_path / "page.png", seed=2))
    now = province.clock()
    given = HandOver(now, Recipient.APPLICANT, taken.applicant.full_name)
    clerk = sibling.somebody()

    hand_over(digits, given, clerk=clerk, open_work=sibling.store.open_work, clock=province.clock)
    sibling.syncs()

    assert (sibling.lamp.state, sibling.lamp.waiting) == (LampState.AMBER, 1)
    burnt.syncs()
    sibling.syncs()
    opened = sibling.opens(taken.code)
    assert (opened.province.word, int(opened.status)) == (Word.APPLIED, 10)
    assert [one.full_name for one in opened.hand_overs] == [taken.applicant.full_name]
    assert sibling.lamp.state is LampState.GREEN
    assert sibling.findings == ()
    burnt.switched_off()


def test_two_hand_overs_both_stay_and_a_supervisor_is_told(
    burnt: Machine, sibling: Machine, province: Province
) -> None:
    (taken,) = burnt.accepts()
    burnt.syncs()
    sibling.syncs()
    for machine in (burnt, sibling):
        given = HandOver(province.clock() - timedelta(minutes=1), Recipient.OWNER, "Trần Thị Bình")
        clerk = machine.somebody()
        hand_over(taken.code, given, clerk=clerk, open_work=machine.store.open_work, clock=province.clock)

    for machine in (burnt, sibling, burnt):
        machine.syncs()

    assert "handed_over_twice" in burnt.notices
    assert burnt.lamp.refused == sibling.lamp.refused == 0
    burnt.switched_off()


def test_what_the_province_refused_is_repaired_by_a_later_entry(burnt: Machine, province: Province) -> None:
    taken, other = burnt.accepts(2)
    burnt.syncs()
    province.command("refuse", taken.code, "--field", "applicant.personal_id", "--reason", "Số không khớp")
    burnt.syncs()
    assert (burnt.lamp.state, burnt.lamp.refused) == (LampState.RED, 1)

    corrected = correct_dossier(
        taken.code,
        make.intake(applicant=make.party(personal_id="027180005678")),
        clerk=burnt.somebody(),
        open_work=burnt.store.open_work,
        clock=province.clock,
    )
    burnt.syncs()

    assert corrected.slip_changed
    assert (burnt.lamp.state, burnt.lamp.refused) == (LampState.GREEN, 0)
    assert burnt.opens(taken.code).province.word is Word.APPLIED
    assert {one["verdict"] for one in province.command("dossiers") if "code" in one} == {"applied"}
    assert burnt.codes() == {taken.code, other.code}
    assert burnt.findings == ()
    burnt.switched_off()


def test_what_a_supervisor_saw_at_one_desk_is_seen_at_the_other(
    burnt: Machine, sibling: Machine, province: Province
) -> None:
    (taken,) = burnt.accepts()
    burnt.syncs()
    sibling.syncs()
    given = HandOver(province.clock() - timedelta(minutes=1), Recipient.APPLICANT, "Nguyễn Thị Lan")
    for machine in (burnt, sibling):
        clerk = machine.somebody()
        hand_over(taken.code, given, clerk=clerk, open_work=machine.store.open_work, clock=province.clock)
    for machine in (burnt, sibling, burnt):
        machine.syncs()

    for one in notices.unseen(open_reading=burnt.store.open_reading):
        notices.see(one.id, clerk=burnt.somebody(), open_work=burnt.store.open_work, clock=province.clock)
    burnt.syncs()
    sibling.syncs()

    assert burnt.notices == sibling.notices == set()
    burnt.switched_off()
