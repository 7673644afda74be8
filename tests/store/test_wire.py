"""The journal as sync sees it: whole deeds go out, answers are written down, nothing is deleted by silence."""

import json

import pytest

from desk.domain.errors import NotFound, UnknownAgency
from desk.resources import resource
from desk.services.ports.said import say_dossier
from desk.services.ports.values import Word
from sync.protocol import canonical
from sync.protocol.chain import follow
from sync.protocol.entry import BEGINNING, Tip
from sync.protocol.feed import FeedDossier, FeedItem, Numbered, Reason, StatusTold, Verdict
from sync.protocol.signing import public
from tests import make
from tests.store.stores import OTHER_AGENCY, DeskAtWork, Province

PLENTY = 10**9


def _verdict(desk: DeskAtWork, first: int, last: int, verdict: str, **facts: object) -> FeedItem:
    me = desk.wire.identity().desk
    said = Verdict(desk=me, epoch=1, first=first, last=last, verdict=verdict, **facts)  # type: ignore[arg-type]
    return desk.province.item("verdict", f"{me}/1/{first}", said)


def _sibling(desk: DeskAtWork) -> FeedItem:
    dossier = make.dossier(desk_number=2024)
    said = FeedDossier(id=dossier.id, desk=None, version=2, dossier=canonical.write(say_dossier(dossier)))
    return desk.province.item("dossier", str(dossier.id), said)


def _refused_items(desk: DeskAtWork) -> list[tuple[str, str]]:
    return [tuple(row) for row in desk.sql("SELECT kind, reason FROM feed_refused")]


def test_what_waits_is_the_whole_journal_from_its_beginning(desk: DeskAtWork) -> None:
    desk.accepts(fees=(make.fee_line(),))

    waiting = desk.wire.waiting(PLENTY, PLENTY)

    assert follow(Tip(epoch=1, seq=0, hash=BEGINNING), waiting, desk=desk.wire.identity().desk) == desk.wire.tip()
    assert [one.head.kind for one in waiting] == ["epoch_opened", "dossier_accepted", "fee_taken"]
    assert desk.wire.unsent() == 3


def test_a_parcel_is_cut_behind_a_signed_entry_and_a_deed_stays_whole(desk: DeskAtWork) -> None:
    desk.accepts(fees=(make.fee_line(),))
    desk.accepts(fees=(make.fee_line(),))

    counts = [len(desk.wire.waiting(limit, PLENTY)) for limit in (1, 2, 3, 4, 5, 6)]

    assert counts == [1, 1, 3, 3, 5, 5]
    assert all(desk.wire.waiting(limit, PLENTY)[-1].signature for limit in (1, 2, 3, 4, 5))


def test_one_deed_goes_even_when_it_is_larger_than_the_limit(desk: DeskAtWork) -> None:
    desk.holds_all()
    desk.accepts(fees=(make.fee_line(),))

    assert len(desk.wire.waiting(1, 1)) == 2


def test_what_is_held_is_not_sent_again_and_what_was_lost_is(desk: DeskAtWork) -> None:
    before = desk.wire.tip()
    desk.accepts()
    desk.holds_all()
    assert desk.wire.waiting(PLENTY, PLENTY) == ()

    desk.hears(held=[before])

    assert [one.head.kind for one in desk.wire.waiting(PLENTY, PLENTY)] == ["dossier_accepted"]
    desk.hears(held=[])
    assert desk.wire.unsent() == 2


def test_bodies_are_given_for_the_very_heads_that_are_named(desk: DeskAtWork) -> None:
    desk.accepts()
    tip = desk.wire.tip()

    assert [one.hash for one in desk.wire.bodies([tip])] == [tip.hash]
    assert desk.wire.bodies([Tip(epoch=1, seq=tip.seq, hash="0" * 64)]) == ()
    assert (desk.wire.hash_at(1, tip.seq), desk.wire.hash_at(1, tip.seq + 1)) == (tip.hash, None)


def test_an_empty_answer_deletes_nothing(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    desk.hears(_sibling(desk))

    desk.wire.settle(desk.province.answer((), incarnation="second", cursor=""))

    with desk.store.open_reading() as memory:
        assert memory.dossiers.by_code(taken.code).mine
        assert not memory.dossiers.by_code("H05.09.169-250701-2024001").mine
        assert memory.reference.catalogue()
    assert desk.wire.bookmarks() == ("second", "")


def test_saying_it_twice_changes_nothing(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    items = [
        _sibling(desk),
        desk.province.item(
            "status",
            str(taken.id),
            StatusTold(dossier=taken.id, code=taken.code, status=4, at="2025-07-01T02:00:00.000Z", by="Hoa"),
        ),
    ]
    desk.hears(*items)
    tables = ("feed", "siblings", "searchable", "numbers", "statuses")
    before = [desk.sql(f"SELECT * FROM {table}") for table in tables]

    desk.hears(*items)

    assert [desk.sql(f"SELECT * FROM {table}") for table in tables] == before


def test_an_older_item_never_replaces_a_newer_one_but_a_new_incarnation_does(desk: DeskAtWork) -> None:
    old, new = desk.province.agency(place="Trước"), desk.province.agency(place="Sau")
    desk.hears(new)

    desk.hears(old)
    with desk.store.open_reading() as memory:
        assert memory.reference.agency(make.VU_NINH).place == "Sau"

    desk.wire.settle(desk.province.answer([old], incarnation="second"))
    with desk.store.open_reading() as memory:
        assert memory.reference.agency(make.VU_NINH).place == "Trước"


def test_a_deletion_is_an_item(desk: DeskAtWork) -> None:
    sibling = _sibling(desk)
    desk.hears(sibling)

    desk.hears(desk.province.item("dossier", sibling.key, None), desk.province.item("agency", OTHER_AGENCY, None))

    with desk.store.open_reading() as memory:
        with pytest.raises(NotFound):
            memory.dossiers.by_code("H05.09.169-250701-2024001")
        with pytest.raises(UnknownAgency):
            memory.reference.agency(OTHER_AGENCY)
        assert memory.dossiers.find("lan", 50) == ()


def test_a_catalogue_from_another_hand_is_set_aside_and_the_former_one_stays(desk: DeskAtWork) -> None:
    document = resource("catalogue/bac-ninh.json").read_text("utf-8")
    forged = Province().catalogue(json.dumps(json.loads(document) | {"version": "forged"}))

    desk.hears(replace_n(forged, desk))

    with desk.store.open_reading() as memory:
        assert memory.reference.catalogue().version == json.loads(document)["version"]
    assert [kind for kind, _ in _refused_items(desk)] == ["catalogue"]


def test_a_signed_catalogue_that_breaks_its_format_is_set_aside_and_said_aloud_until_a_better_one_comes(
    desk: DeskAtWork, caplog: pytest.LogCaptureFixture
) -> None:
    desk.hears(desk.province.catalogue(json.dumps({"version": "broken", "format": 1, "procedures": 5})))
    with desk.store.open_reading() as memory:
        (told,) = memory.contact.set_aside()
    assert (told.kind, told.key) == ("catalogue", "broken")
    assert "set aside: catalogue" in caplog.text

    with desk.store.open_reading() as memory:
        assert memory.reference.catalogue().version != "broken"
    desk.hears(desk.province.catalogue())
    with desk.store.open_reading() as memory:
        assert memory.contact.set_aside() == ()


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("status", '{"dossier":"x"}'),
        ("dossier", '{"desk":null,"dossier":"{}","id":"00000000-0000-0000-0000-000000000001","voided":false}'),
        ("verdict", "[]"),
        ("staff", "not JSON"),
        ("policy", None),
    ],
)
def test_one_bad_item_never_stops_another(desk: DeskAtWork, kind: str, data: str | None) -> None:
    desk.province.n += 1
    bad = FeedItem(n=desk.province.n, kind=kind, key="bad", data=data)

    desk.hears(bad, desk.province.staff("minh", "Lê Minh"))

    assert [refused for refused, _ in _refused_items(desk)] == [kind]
    with desk.store.open_reading() as memory:
        assert memory.people.member("minh")


def test_a_contradiction_between_two_items_never_stops_a_third(desk: DeskAtWork) -> None:
    one, two = desk.accepts(), desk.accepts()
    numbers = [
        desk.province.item("numbered", str(taken.id), Numbered(dossier=taken.id, code="H05.09.169-250701-0001"))
        for taken in (one, two)
    ]

    desk.hears(*numbers, desk.province.staff("minh", "Lê Minh"))

    assert [kind for kind, _ in _refused_items(desk)] == ["numbered"]
    with desk.store.open_reading() as memory:
        assert memory.people.member("minh")


def test_a_kind_from_a_newer_province_is_kept_for_a_newer_desk(desk: DeskAtWork) -> None:
    desk.province.n += 1

    desk.hears(FeedItem(n=desk.province.n, kind="weather", key="today", data='{"rain":true}'))

    assert desk.sql("SELECT data FROM feed WHERE kind = 'weather'") == [('{"rain":true}',)]
    assert _refused_items(desk) == []


def test_an_official_number_lies_over_the_desk_s_own_and_both_lead_to_the_dossier(desk: DeskAtWork) -> None:
    desk.hears(desk.province.policy(codes="province"))
    taken = desk.accepts()
    official = "H05.09.169-250701-0042"

    desk.hears(desk.province.item("numbered", str(taken.id), Numbered(dossier=taken.id, code=official)))

    with desk.store.open_reading() as memory:
        by_own, by_official = memory.dossiers.by_code(taken.code), memory.dossiers.by_code(official)
        assert [one.code for one in memory.dossiers.find("0042", 50)] == [official]
    assert by_own == by_official
    assert (by_own.dossier.code, by_own.dossier.provisional, by_own.own_code) == (official, False, taken.code)


def test_a_later_judgement_over_the_same_entries_replaces_the_earlier(desk: DeskAtWork) -> None:
    taken = desk.accepts()
    desk.holds_all()
    reason = Reason(vi="Sai ngày", en="Wrong day")
    refusal = _verdict(desk, 2, 2, "refused", dossier=taken.id, field="applicant.date_of_birth", reason=reason)

    def word() -> Word:
        with desk.store.open_reading() as memory:
            return memory.dossiers.word(taken.id).word

    assert word() is Word.UNKNOWN
    desk.hears(refusal)
    assert word() is Word.REFUSED
    with desk.store.open_reading() as memory:
        assert memory.dossiers.judged("refused", 10)[0].field == "applicant.date_of_birth"
    desk.hears(_verdict(desk, 1, 2, "applied"))
    assert word() is Word.APPLIED
    with desk.store.open_reading() as memory:
        assert memory.dossiers.count_judged("refused") == 0


def test_a_renewed_certificate_is_shown_from_then_on(desk: DeskAtWork) -> None:
    me = desk.wire.identity()
    desk.province.desk_number = 2000
    renewed = desk.province.certify(me.desk, public(me.key), me.seal.public_key().public_bytes_raw().hex())

    desk.wire.settle(desk.province.answer((), desk=renewed))

    assert desk.wire.identity().certificate == renewed
    assert desk.accepts().code == "H05.09.169-250701-2000001"


def replace_n(item: FeedItem, desk: DeskAtWork) -> FeedItem:
    """The same item, as this province would have numbered it."""
    desk.province.n += 1
    fields: dict[str, object] = {name: getattr(item, name) for name in item.__struct_fields__}
    return FeedItem(**fields | {"n": desk.province.n})  # type: ignore[arg-type]
