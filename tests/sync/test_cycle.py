"""One turn: what is proven is written down, anything less changes nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync.cycle import Kind, Portion, Road, Turn, pick, take_turn
from sync.protocol.certificates import certify_desk
from sync.protocol.entry import Tip
from sync.protocol.instant import write_instant
from sync.protocol.parcel import read_outside
from sync.protocol.signing import Signed, public
from sync.troubles import ClockWrong, NotTheProvince, Refused
from tests.sync.far_end import SOMEBODY, FarEnd, later
from tests.sync.journals import NOW, Keys, MemoryJournal, desk_certificate

PLENTY = Portion(entry_bytes=1_000_000, feed_items=100)


@pytest.fixture
def far() -> FarEnd:
    return FarEnd(Keys.new())


@pytest.fixture
def journal(far: FarEnd) -> MemoryJournal:
    return MemoryJournal.enrolled(far.keys)


def turn(journal: MemoryJournal, road: Road, portion: Portion = PLENTY, now: datetime = NOW) -> Turn:
    return take_turn(journal, road, pick(journal, portion), software="test", clock=lambda: now)


def test_what_waits_is_held_and_what_is_told_is_kept(journal: MemoryJournal, far: FarEnd) -> None:
    journal.write(3)
    far.speak(2)

    done = turn(journal, far)

    assert (done.sent, done.settled, done.items, done.unsent, done.more) == (3, True, 2, 0, False)
    assert [entry.hash for entry in far.entries] == [entry.hash for entry in journal.written]
    assert journal.heard == far.feed


def test_saying_it_twice_changes_nothing(journal: MemoryJournal, far: FarEnd) -> None:
    journal.write(2)
    turn(journal, far)
    journal.held_seq = 0

    turn(journal, far)

    assert len(far.entries) == 2
    assert journal.unsent() == 0


def test_a_portion_is_cut_behind_a_whole_deed(journal: MemoryJournal, far: FarEnd) -> None:
    journal.write(3)
    journal.write(1)

    done = turn(journal, far, Portion(entry_bytes=1, feed_items=1))

    assert (done.sent, done.unsent) == (3, 1)


def test_asking_carries_no_entry_and_wants_no_feed(journal: MemoryJournal, far: FarEnd) -> None:
    journal.write(3)
    far.speak(2)

    done = turn(journal, far, Portion(0, 0))

    assert (done.sent, done.items, done.unsent, done.more) == (0, 0, 3, True)


def test_the_feed_goes_on_where_it_stopped(journal: MemoryJournal, far: FarEnd) -> None:
    far.speak(5)

    turn(journal, far, Portion(1, 3))
    turn(journal, far, Portion(1, 3))

    assert [item.n for item in journal.heard] == [1, 2, 3, 4, 5]


def test_bodies_asked_for_go_when_nothing_newer_waits(journal: MemoryJournal, far: FarEnd) -> None:
    journal.write(2)
    turn(journal, far, replace(PLENTY, bare=True))
    journal.write(1)

    newer = turn(journal, far)
    asked_for = turn(journal, far)

    assert (newer.kind, newer.sent) == (Kind.ENTRIES, 1)
    assert (asked_for.kind, asked_for.sent, asked_for.delivered, asked_for.wanted) == (Kind.BODIES, 2, True, ())


def test_bodies_that_were_erased_never_stand_before_those_that_can_go(journal: MemoryJournal, far: FarEnd) -> None:
    journal.write(3)
    turn(journal, far, replace(PLENTY, bare=True))
    journal.written[:2] = [replace(entry, body_text=None, salt=None) for entry in journal.written[:2]]

    done = turn(journal, far, Portion(entry_bytes=1, feed_items=1))

    assert (done.kind, done.sent) == (Kind.BODIES, 1)


def test_heads_without_their_bodies_are_held_and_the_bodies_asked_for(journal: MemoryJournal, far: FarEnd) -> None:
    journal.write(2)

    done = turn(journal, far, replace(PLENTY, bare=True))

    assert (done.kind, done.settled, done.unsent) == (Kind.HEADS, True, 0)
    assert done.wanted == tuple(entry.tip for entry in journal.written)
    assert [entry.body_text for entry in far.entries] == [None, None]


def test_a_body_alone_is_chosen_round_and_round(journal: MemoryJournal, far: FarEnd) -> None:
    journal.write(2)
    turn(journal, far, replace(PLENTY, bare=True))

    loads = [pick(journal, replace(PLENTY, alone=n)) for n in (1, 2, 3)]

    assert [load.entries for load in loads] == [(journal.written[n],) for n in (1, 0, 1)]


def test_bodies_the_province_did_not_keep_are_said_to_be_not_delivered(journal: MemoryJournal, far: FarEnd) -> None:
    journal.write(1)
    turn(journal, far, replace(PLENTY, bare=True))
    far.says["wanted"] = (journal.written[0].tip,)

    assert not turn(journal, far).delivered


def test_the_offset_of_the_clock_is_learned_at_each_contact(journal: MemoryJournal, far: FarEnd) -> None:
    far.now = later(minutes=12)

    turn(journal, far)

    assert journal.settled[-1].offset == 12 * 60 * 1000


def test_after_a_broken_chain_the_province_decides_where_to_go_on(journal: MemoryJournal, far: FarEnd) -> None:
    journal.write(1)
    turn(journal, far)
    journal.write(2)
    journal.held_seq = 2  # the province was restored from yesterday's copy

    told = turn(journal, far)
    done = turn(journal, far)

    assert told.problem is not None
    assert told.problem.code == "chain-broken"
    assert (done.settled, done.unsent, len(far.entries)) == (True, 0, 3)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<!doctype html><title>Wi-Fi</title>",
        b"CDPARCEL",
        b"CDPARCEL\x01\xff\xff",
        b"\x00" * 100,
    ],
    ids=["nothing", "a page", "a magic word", "a lie about lengths", "zeros"],
)
def test_what_is_no_parcel_changes_nothing(journal: MemoryJournal, far: FarEnd, data: bytes) -> None:
    journal.write()
    far.on_the_way = lambda _: data

    with pytest.raises(NotTheProvince):
        turn(journal, far)

    assert (journal.settled, journal.unsent()) == ([], 1)


@pytest.mark.parametrize("keep", [1, 20, 300, -1])
def test_a_cut_answer_changes_nothing(journal: MemoryJournal, far: FarEnd, keep: int) -> None:
    far.on_the_way = lambda data: data[:keep]

    with pytest.raises(NotTheProvince):
        turn(journal, far)

    assert journal.settled == []


def test_one_changed_bit_changes_nothing(journal: MemoryJournal, far: FarEnd) -> None:
    far.on_the_way = lambda data: data[:-100] + bytes([data[-100] ^ 1]) + data[-99:]

    with pytest.raises(NotTheProvince, match="signature"):
        turn(journal, far)


def a_forger(far: FarEnd) -> None:
    far.signer = Ed25519PrivateKey.generate()


def another_root(far: FarEnd) -> None:
    other = Keys.new()
    far.signer, far.says["certificate"] = other.signing, other.certificate


def another_province(far: FarEnd) -> None:
    keys = far.keys
    far.says["certificate"] = Keys.certify(keys.root, keys.signing, keys.seal, province="H01")


def an_older_certificate(far: FarEnd) -> None:
    keys = far.keys
    far.says["certificate"] = Keys.certify(keys.root, keys.signing, keys.seal, serial=0)


def an_answer_to_somebody_else(far: FarEnd) -> None:
    far.header["reply_to"] = SOMEBODY


def our_own_words_back(far: FarEnd) -> None:
    far.header["kind"] = "up"


def sealed_to_another(far: FarEnd) -> None:
    far.header["reader"] = X25519PrivateKey.generate().public_key().public_bytes_raw().hex()


def a_feed_out_of_order(far: FarEnd) -> None:
    far.speak(2)
    far.feed.reverse()


def the_certificate_of_another_desk(far: FarEnd) -> None:
    stranger = desk_certificate(SOMEBODY, Ed25519PrivateKey.generate(), X25519PrivateKey.generate())
    far.says["desk_certificate"] = certify_desk(far.keys.signing, stranger)


def an_expired_certificate(far: FarEnd) -> None:
    keys, gone = far.keys, write_instant(NOW - timedelta(days=1))
    far.says["certificate"] = Keys.certify(keys.root, keys.signing, keys.seal, not_after=gone)


@pytest.mark.parametrize(
    "lie",
    [
        a_forger,
        another_root,
        another_province,
        an_older_certificate,
        an_answer_to_somebody_else,
        our_own_words_back,
        sealed_to_another,
        a_feed_out_of_order,
        the_certificate_of_another_desk,
        an_expired_certificate,
    ],
)
def test_an_answer_that_is_not_proven_changes_nothing(
    journal: MemoryJournal, far: FarEnd, lie: Callable[[FarEnd], None]
) -> None:
    journal.write()
    lie(far)

    with pytest.raises(NotTheProvince):
        turn(journal, far)

    assert (journal.settled, journal.unsent()) == ([], 1)


def test_a_certificate_only_our_clock_calls_expired_speaks_of_our_clock(journal: MemoryJournal, far: FarEnd) -> None:
    with pytest.raises(ClockWrong) as caught:
        turn(journal, far, now=NOW + timedelta(days=4000))

    assert caught.value.offset == -4000 * 24 * 3600 * 1000
    assert journal.settled == []


def test_a_renewed_certificate_of_the_desk_is_taken(journal: MemoryJournal, far: FarEnd) -> None:
    me = journal.me
    renewed = certify_desk(far.keys.signing, desk_certificate(me.desk, me.key, me.seal, number=2020))
    far.says["desk_certificate"] = renewed

    turn(journal, far)

    assert journal.settled[-1].desk == renewed


def test_a_certificate_over_another_seal_than_ours_would_leave_us_deaf_and_is_not_taken(
    journal: MemoryJournal, far: FarEnd
) -> None:
    me = journal.me
    other = desk_certificate(me.desk, me.key, X25519PrivateKey.generate())
    far.says["desk_certificate"] = certify_desk(far.keys.signing, other)

    with pytest.raises(NotTheProvince):
        turn(journal, far)

    assert journal.settled == []


def test_new_keys_of_the_province_are_taken_with_the_roots_word(journal: MemoryJournal, far: FarEnd) -> None:
    signing, seal = Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
    certificate = Keys.certify(far.keys.root, signing, seal, serial=2)
    far.signer, far.says["certificate"] = signing, certificate

    turn(journal, far)

    assert public(signing) != public(far.keys.signing)
    assert journal.me.province == certificate


@pytest.mark.parametrize("seq", [1, 9])
def test_another_line_under_our_name_holds_none_of_ours_and_keeps_ours_from_nothing(
    journal: MemoryJournal, far: FarEnd, seq: int
) -> None:
    journal.write(2)
    far.others = (Tip(epoch=1, seq=seq, hash="f" * 64),)

    asked = turn(journal, far, Portion(0, 0))
    sent = turn(journal, far)

    assert (asked.forked, asked.unsent) == (True, 2)
    assert (sent.settled, sent.unsent, len(far.entries)) == (True, 0, 2)


def test_another_line_alone_is_no_word_that_ours_is_held(journal: MemoryJournal, far: FarEnd) -> None:
    journal.write(2)
    far.says["held"] = (Tip(epoch=1, seq=9, hash="f" * 64),)

    done = turn(journal, far)

    assert (done.settled, done.unsent) == (False, 2)


def test_a_line_of_an_epoch_we_left_is_no_fork_of_today(journal: MemoryJournal, far: FarEnd) -> None:
    far.others = (Tip(epoch=3, seq=9, hash="f" * 64),)

    assert not turn(journal, far).forked


class Resealed:
    """A province that was given a new seal, and reads no longer what was sealed to the old ones."""

    def __init__(self, far: FarEnd, serial: int = 2, root: Keys | None = None) -> None:
        signing, seal = far.keys.signing, X25519PrivateKey.generate()
        told = Keys.certify((root or far.keys).root, signing, seal, serial=serial)
        self.keys, self._far, self.parcels = Keys(far.keys.root, signing, seal, told), far, 0

    def exchange(self, parcel: bytes) -> bytes:
        self.parcels += 1
        if read_outside(parcel).header.reader != self.keys.seal.public_key().public_bytes_raw().hex():
            raise Refused("unreadable", {"what": "parcel", "reason": "not sealed to this reader"})
        self._far.keys = self.keys
        return self._far.exchange(parcel)

    def certificate(self) -> Signed:
        return self.keys.certificate


def test_a_province_with_a_new_seal_is_asked_for_it_and_told_again(journal: MemoryJournal, far: FarEnd) -> None:
    journal.write(2)
    resealed = Resealed(far)

    done = turn(journal, resealed)

    assert (done.settled, done.unsent, resealed.parcels, len(far.entries)) == (True, 0, 2, 2)
    assert journal.me.province == resealed.keys.certificate


def test_a_certificate_that_is_no_newer_ends_the_asking(journal: MemoryJournal, far: FarEnd) -> None:
    resealed = Resealed(far, serial=1)

    with pytest.raises(Refused):
        turn(journal, resealed)

    assert (resealed.parcels, journal.me.province) == (1, far.keys.certificate)


def test_a_new_seal_without_the_roots_word_is_not_learned(journal: MemoryJournal, far: FarEnd) -> None:
    with pytest.raises(NotTheProvince, match="certificate"):
        turn(journal, Resealed(far, root=Keys.new()))

    assert journal.me.province == far.keys.certificate


def test_an_empty_answer_deletes_nothing(journal: MemoryJournal, far: FarEnd) -> None:
    journal.write(2)
    far.says["held"] = ()

    done = turn(journal, far)

    assert (done.settled, done.unsent, len(journal.written)) == (False, 2, 2)


def test_an_identity_under_another_root_sends_nothing(journal: MemoryJournal, far: FarEnd) -> None:
    journal.me = replace(journal.me, root=public(Ed25519PrivateKey.generate()))

    with pytest.raises(Exception, match="bad-signature"):
        turn(journal, far)

    assert far.seen == []
