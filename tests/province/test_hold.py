"""Holding: what is right by hand and chain is kept, whatever is in it, and nothing else moves the watermark."""

import os
from dataclasses import replace

import pytest

from sync.protocol.entries.clerk_signed_in import ClerkSignedIn
from sync.protocol.entries.fee_taken import FeeTaken
from sync.protocol.entry import Body, Entry, sign_head, write_entry
from sync.protocol.exchange import Up, write_lines
from tests.province.desk_driver import TUESDAY, Answer, DeskDriver, party, retouched, verdicts
from tests.servers import Province


class Weather(Body, frozen=True, kw_only=True):
    """A kind from a newer program."""

    KIND = "weather"

    rain: bool


def _told(answer: Answer) -> str:
    problem = answer.down.problem
    return problem.code if problem is not None else ""


def test_the_same_entries_again_change_nothing(province: Province, desk: DeskDriver) -> None:
    desk.accept()
    desk.exchange()

    again = desk.exchange(desk.journal)

    assert again.down.problem is None
    assert again.down.held == (desk.tip,)
    assert len(province.command("dossiers")) == 1


def test_entries_that_overlap_what_is_held_are_taken_from_there(desk: DeskDriver) -> None:
    desk.sign_in()
    desk.exchange()
    desk.sign_in()

    assert desk.exchange(desk.journal).down.held == (desk.tip,)


def test_a_gap_is_refused_and_the_answer_says_where_to_go_on(desk: DeskDriver) -> None:
    for _ in range(4):
        desk.sign_in()
    desk.exchange(desk.journal[:2])

    answer = desk.exchange(desk.journal[3:])

    assert answer.down.problem is not None
    assert answer.down.problem.code == "chain-broken"
    assert answer.down.problem.facts["seq"] == 4
    assert answer.down.held == (desk.journal[1].tip,)
    assert desk.exchange().down.held == (desk.tip,)


def test_another_entry_in_a_held_place_is_not_held_without_the_desks_hand(desk: DeskDriver) -> None:
    desk.sign_in()
    desk.exchange()
    held = desk.tip
    other = retouched(desk.journal[-1], clerk="somebody")

    answer = desk.exchange([other])

    assert _told(answer) == "bad-signature"
    assert answer.down.held == (held,)


def test_an_entry_chained_to_a_head_that_is_not_held_is_refused(desk: DeskDriver) -> None:
    desk.exchange()
    desk.sign_in()
    other = retouched(desk.journal[-1], previous="1" * 64)
    desk.journal[-1] = Entry(other.head_text, other.body_text, other.salt, sign_head(desk.key, other.head_text))

    assert _told(desk.exchange()) == "chain-broken"


def test_unsigned_entries_at_the_end_are_not_held(desk: DeskDriver) -> None:
    desk.sign_in()
    desk.write(ClerkSignedIn(by="pin"), signed=False)

    answer = desk.exchange()

    assert _told(answer) == "chain-broken"
    assert answer.down.held == (desk.journal[-2].tip,)


def test_a_forged_signature_is_not_held_but_the_run_before_it_is(desk: DeskDriver) -> None:
    desk.sign_in()
    desk.sign_in()
    desk.journal[-1] = replace(desk.journal[-1], signature=bytes(64))

    answer = desk.exchange()

    assert _told(answer) == "bad-signature"
    assert answer.down.held == (desk.journal[-2].tip,)


def test_a_body_that_is_not_the_one_committed_to_is_not_held(desk: DeskDriver) -> None:
    desk.sign_in()
    desk.journal[-1] = replace(desk.journal[-1], body_text='{"by":"command"}')

    answer = desk.exchange()

    assert _told(answer) == "chain-broken"
    assert answer.down.held == (desk.journal[-2].tip,)


def test_a_missing_body_does_not_stop_the_chain_and_is_asked_for_and_judged_when_it_comes(
    province: Province, desk: DeskDriver
) -> None:
    desk.accept()
    desk.sign_in()
    whole = desk.journal[1]
    desk.journal[1] = replace(whole, body_text=None, salt=None)

    without = desk.exchange()
    assert without.down.held == (desk.tip,)
    assert without.down.wanted == (whole.tip,)
    assert verdicts(without)[1, 2].verdict == "waiting"
    assert province.command("dossiers") == []

    later = desk.exchange([whole])
    assert later.down.wanted == ()
    assert verdicts(later)[1, 2].verdict == "applied"
    assert len(province.command("dossiers")) == 1


def test_a_kind_from_a_newer_program_is_held_and_waits(desk: DeskDriver) -> None:
    desk.write(Weather(rain=True))
    desk.sign_in()

    answer = desk.exchange()

    assert answer.down.held == (desk.tip,)
    assert [verdicts(answer)[1, seq].verdict for seq in (1, 2, 3)] == ["applied", "waiting", "applied"]


@pytest.mark.parametrize("text", ["\x00", "Lan\x00", "\u202e", "'; DROP TABLE entries; --", "𠮷" * 100])
def test_nothing_a_clerk_typed_can_prevent_holding(province: Province, desk: DeskDriver, text: str) -> None:
    desk.accept(applicant=party(full_name=text), note=text, procedure=text, code=text[:64])
    desk.accept()

    answer = desk.exchange()

    assert answer.down.held == (desk.tip,)
    assert [verdicts(answer)[1, seq].verdict for seq in (2, 3)] == ["refused", "applied"]
    assert len(province.command("dossiers")) == 2


def test_a_body_that_does_not_parse_is_held_and_refused(desk: DeskDriver) -> None:
    class Misshapen(Body, frozen=True, kw_only=True):
        KIND = "dossier_accepted"

        code: int

    desk.write(Misshapen(code=5), dossier=desk.id)
    desk.accept()

    answer = desk.exchange()

    assert answer.down.held == (desk.tip,)
    assert [verdicts(answer)[1, seq].verdict for seq in (2, 3)] == ["refused", "applied"]


def test_money_that_cannot_be_read_waits_and_is_never_refused(desk: DeskDriver) -> None:
    class Misshapen(Body, frozen=True, kw_only=True):
        KIND = FeeTaken.KIND

        total: str

    desk.write(Misshapen(total="a lot"))

    assert verdicts(desk.exchange())[1, 2].verdict == "waiting"


def test_a_line_that_is_no_entry_still_gets_an_answer(desk: DeskDriver) -> None:
    parcel = desk.packed(_up(desk) + b'\n{"head":"junk"}')

    answer = desk.hear(parcel, desk.post(parcel).content)

    assert _told(answer) == "unreadable"
    assert answer.items


def test_entries_of_another_desk_are_not_held_under_this_name(province: Province, desk: DeskDriver) -> None:
    other = DeskDriver.enrol(province.url, province.code())
    desk.exchange()

    answer = desk.exchange([*other.journal[1:], _next(desk, other)])

    assert _told(answer) == "chain-broken"
    assert answer.down.held == (desk.tip,)


def test_of_a_revoked_desk_nothing_is_held_and_nothing_is_told(province: Province, desk: DeskDriver) -> None:
    desk.exchange()
    held = desk.tip
    province.command("revoke", str(desk.number))
    desk.accept()

    answer = desk.exchange()

    assert answer.down.problem is not None
    assert answer.down.problem.facts == {"what": "desk", "reason": "revoked"}
    assert answer.down.held == (held,)
    assert answer.items == ()
    assert province.command("dossiers") == []


def test_a_later_epoch_is_held_beside_the_first_and_late_entries_continue_the_first(desk: DeskDriver) -> None:
    """A desk restored from an old copy begins anew at its parent; the first disk may still turn up."""
    desk.sign_in()
    late = [desk.journal[-1]]
    late_tip = desk.tip
    first = desk.journal[0].tip
    desk.exchange(desk.journal[:1])
    desk.journal, desk.held = [], {1: 1, 2: 0}
    desk.restore(first)

    answer = desk.exchange()
    both = desk.exchange(late)

    assert answer.down.held == (first, desk.tip)
    assert answer.down.desk_certificate is not None
    assert desk.said.epoch == 2
    assert both.down.held == (late_tip, desk.tip, first)  # the last: where the restored one left the line


def _up(desk: DeskDriver) -> bytes:
    up = Up(certificate=desk.certificate, software="driver/1", tip=desk.tip, unsent=1, incarnation=None, cursor="")
    return write_lines(up, ())


def _next(desk: DeskDriver, other: DeskDriver) -> Entry:
    """What follows this desk's journal, in another desk's name."""
    entry = write_entry(
        ClerkSignedIn(by="pin"),
        desk=other.id,
        tip=desk.tip,
        time=TUESDAY,
        offset=None,
        clerk="lan",
        dossier=None,
        after=None,
        salt=os.urandom(32),
    )
    return replace(entry, signature=sign_head(desk.key, entry.head_text))
