"""Planning and accepting a dossier: what is promised, what is only odd, and what cannot be."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from desk.domain.catalogue import Catalogue
from desk.domain.dossier import Channel, Dossier, Payment
from desk.domain.errors import (
    ChannelNotOffered,
    Malformed,
    MissingName,
    NotInThatArea,
    NotValidThatDay,
    Reason,
    UnknownCase,
    UnknownProcedure,
)
from desk.domain.intake import Intake, read_intake
from desk.domain.people import BirthDate, Sex
from desk.domain.personal_id import IdWarning
from desk.domain.reception import Plan, PlanWarning, RegisterLine, Warned, accept
from tests import make

FIVE_PM = datetime(2025, 7, 1, 10, tzinfo=UTC)
EARLIER = make.TUESDAY - timedelta(days=20)


def taken(plan: Plan) -> Dossier:
    return accept(
        plan,
        id=UUID(int=7),
        code="H05.09.169-250701-1017001",
        provisional=False,
        register=RegisterLine("2025-1017", 1),
    )


def test_copies_brought_in_the_morning_are_due_by_closing_and_paid_by_the_page() -> None:
    plan = make.plan(make.intake(requirements=(make.requirement(pages=3, copies=2),)))

    assert plan.due_at == FIVE_PM
    assert plan.fee == 10_000
    assert plan.warnings == ()
    assert plan.time_limit.startswith("Trong ngày")


def test_what_was_planned_is_what_is_promised() -> None:
    intake = make.intake(note="Gấp", owner=make.party("Trần Văn Bình", personal_id=None))
    plan = make.plan(intake)

    dossier = taken(plan)

    assert (dossier.due_at, dossier.fees, dossier.time_limit) == (plan.due_at, plan.fees, plan.time_limit)
    assert (dossier.applicant, dossier.owner, dossier.note) == (intake.applicant, intake.owner, "Gấp")
    assert (dossier.procedure, dossier.procedure_version, dossier.catalogue_version) == ("2.000815", "1", "2026.1")
    assert (dossier.register_book, dossier.register_line) == ("2025-1017", 1)
    assert dossier.for_whom == intake.owner


def test_a_line_of_a_file_is_planned_like_the_screens() -> None:
    plan = make.plan(read_intake(make.intake_json()))

    assert (plan.due_at, plan.fee) == (FIVE_PM, 4_000)


def test_a_plan_is_made_while_the_name_is_still_being_typed_but_not_accepted() -> None:
    plan = make.plan(make.intake(applicant=make.party("")))

    assert plan.due_at == FIVE_PM
    with pytest.raises(MissingName) as missing:
        taken(plan)
    assert missing.value.field == "applicant.full_name"


def test_an_owner_without_a_name_is_no_owner() -> None:
    with pytest.raises(MissingName) as missing:
        taken(make.plan(make.intake(owner=make.party(" "))))

    assert missing.value.field == "owner.full_name"


def test_somebody_not_born_yet_hands_in_nothing() -> None:
    plan = make.plan(make.intake(applicant=make.party(date_of_birth=BirthDate(2025, 7, 2))))

    with pytest.raises(Malformed) as refused:
        taken(plan)

    assert (refused.value.field, refused.value.reason) == ("applicant.date_of_birth", Reason.IN_FUTURE)


def test_the_clock_gives_the_time_of_receipt_where_none_is_said_in_whole_seconds() -> None:
    plan = make.plan(now=make.TUESDAY + timedelta(seconds=1, microseconds=999))

    assert plan.received_at == make.TUESDAY + timedelta(seconds=1)


def test_what_came_by_post_counts_from_the_time_it_says() -> None:
    posted = make.intake(procedure="1.004873", channel=Channel.POST, received_at=EARLIER + timedelta(days=21))

    plan = make.plan(posted, now=make.TUESDAY + timedelta(days=3))

    assert plan.received_at == make.TUESDAY + timedelta(days=1)
    assert plan.due_at == make.TUESDAY + timedelta(days=6)


def test_a_receipt_still_to_come_is_refused_but_a_clock_minutes_apart_is_not() -> None:
    soon, later = (make.TUESDAY + timedelta(minutes=minutes) for minutes in (5, 6))

    assert make.plan(make.intake(received_at=soon)).received_at == soon
    with pytest.raises(Malformed) as refused:
        make.plan(make.intake(received_at=later))
    assert (refused.value.field, refused.value.reason) == ("received_at", Reason.IN_FUTURE)


@pytest.mark.parametrize(
    ("intake", "error"),
    [
        pytest.param(make.intake(procedure="9.999999"), UnknownProcedure, id="unknown"),
        pytest.param(make.intake(received_at=EARLIER), NotValidThatDay, id="before it was in force"),
        pytest.param(make.intake(procedure="1.004873", case="another"), UnknownCase, id="unknown case"),
        pytest.param(make.intake(procedure="1.000894", channel=Channel.POST), ChannelNotOffered, id="by post"),
    ],
)
def test_what_the_catalogue_does_not_allow_is_not_planned(intake: Intake, error: type[Exception]) -> None:
    with pytest.raises(error):
        make.plan(intake)


def test_the_area_that_counts_is_the_resolving_agencys() -> None:
    intake = make.intake(procedure="1.006869")

    assert make.plan(intake, agency_id="H05.09.169").resolving_agency == "H05.09.169"
    with pytest.raises(NotInThatArea):
        make.plan(intake, agency_id="H05.07.210")


def test_a_desk_receives_for_another_commune() -> None:
    plan = make.plan(agency_id="H05.07.210")

    assert (plan.receiving_agency, plan.resolving_agency) == ("H05.09.169", "H05.07.210")


def test_fees_the_clerk_typed_stand_and_are_compared() -> None:
    asked = (make.fee_line(amount=2_000, count=9, paid=Payment.CASH),)

    plan = make.plan(make.intake(fees=asked))

    assert plan.fees == asked
    assert plan.warnings == (Warned("fees", PlanWarning.FEE_DIFFERS),)


def test_fees_the_clerk_typed_right_raise_no_warning() -> None:
    assert make.plan(make.intake(fees=(make.fee_line(amount=2_000, count=2),))).warnings == ()


@pytest.mark.parametrize(
    ("intake", "warned"),
    [
        pytest.param(
            make.intake(requirements=(make.requirement(pages=0),)),
            Warned("requirements", PlanWarning.PAGES_NOT_COUNTED),
            id="pages not counted",
        ),
        pytest.param(
            make.intake(requirements=(make.requirement(copies=0),)),
            Warned("requirements", PlanWarning.NO_COPIES),
            id="no copies",
        ),
        pytest.param(
            make.intake(procedure="1.001193", case="qua-han"),
            Warned("fees", PlanWarning.FEE_NOT_SET),
            id="no fee known",
        ),
        pytest.param(
            make.intake(procedure="1.001776"), Warned("procedure", PlanWarning.LIMIT_UNKNOWN), id="no limit known"
        ),
        pytest.param(
            make.intake(applicant=make.party(sex=Sex.MALE)),
            Warned("applicant.personal_id", IdWarning.SEX_DIFFERS),
            id="odd number",
        ),
        pytest.param(
            make.intake(owner=make.party(personal_id="12")),
            Warned("owner.personal_id", IdWarning.ODD_SHAPE),
            id="odd number of the owner",
        ),
    ],
)
def test_what_is_odd_but_possible_is_said_and_accepted(intake: Intake, warned: Warned) -> None:
    plan = make.plan(intake)

    assert plan.warnings == (warned,)
    assert taken(plan).client_id == intake.client_id


def test_a_limit_nobody_knows_promises_no_date() -> None:
    plan = make.plan(make.intake(procedure="1.001776"))

    assert (plan.due_at, plan.time_limit) == (None, "")


def test_a_due_date_past_the_announced_years_says_so() -> None:
    forever = make.procedure(valid_from=date(2020, 1, 1))
    catalogue = Catalogue("test", make.TUESDAY, (forever,))
    received = datetime(2027, 12, 31, 2, tzinfo=UTC)

    plan = make.plan(make.intake(procedure=forever.code), catalogue=catalogue, now=received)

    assert Warned("received_at", PlanWarning.CALENDAR_ENDS) in plan.warnings


def test_signatures_are_paid_by_their_number() -> None:
    assert make.plan(make.intake(procedure="2.000884", count=3)).fee == 30_000


def test_a_provisional_dossier_says_it_is_one() -> None:
    dossier = accept(
        make.plan(),
        id=uuid4(),
        code="TAM-250701-0123-4567-8901",
        provisional=True,
        register=RegisterLine("2025-T0a1b2c3d", 4),
    )

    assert dossier.provisional
    assert dossier.code == "TAM-250701-0123-4567-8901"
