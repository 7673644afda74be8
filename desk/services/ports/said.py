"""The one mapping between what is meant (desk.domain) and what is said (entries)."""

from uuid import UUID

from msgspec.structs import replace

from desk.domain.dossier import Channel, Dossier, FeeKind, FeeLine, PaperPlace, Payment, Requirement, ReturnBy
from desk.domain.people import Address, BirthDate, Party, PartyKind, Sex
from sync.protocol.entries.dossier_accepted import (
    DossierAccepted,
    SaidAddress,
    SaidFee,
    SaidPaper,
    SaidParty,
    SaidRequirement,
)
from sync.protocol.instant import read_instant, write_instant


def say_dossier(dossier: Dossier) -> DossierAccepted:
    """The body of a dossier's acceptance."""
    return DossierAccepted(
        client_id=dossier.client_id,
        code=dossier.code,
        provisional=dossier.provisional,
        procedure=dossier.procedure,
        procedure_name=dossier.procedure_name,
        procedure_version=dossier.procedure_version,
        case=dossier.case,
        catalogue=dossier.catalogue_version,
        channel=dossier.channel.value,
        received_at=write_instant(dossier.received_at),
        due_at=write_instant(dossier.due_at) if dossier.due_at else None,
        time_limit=dossier.time_limit,
        applicant=say_party(dossier.applicant),
        owner=say_party(dossier.owner) if dossier.owner else None,
        requirements=tuple(_say_requirement(paper) for paper in dossier.requirements),
        fees=tuple(say_fee(line) for line in dossier.fees),
        receiving_agency=dossier.receiving_agency,
        resolving_agency=dossier.resolving_agency,
        return_by=dossier.return_by.value,
        note=dossier.note,
        register_book=dossier.register_book,
        register_line=dossier.register_line,
        paper=SaidPaper(book=dossier.paper.book, number=dossier.paper.number) if dossier.paper else None,
    )


def say_recovered(dossier: Dossier, proof: str) -> DossierAccepted:
    """The same for one that is known from its slip only; `proof` is the number scanned from it."""
    return replace(say_dossier(dossier), recovered=True, proof=proof)


def mean_dossier(id: UUID, said: DossierAccepted) -> Dossier:
    """The dossier an acceptance tells of."""
    return Dossier(
        id=id,
        client_id=said.client_id,
        code=said.code,
        provisional=said.provisional,
        procedure=said.procedure,
        procedure_name=said.procedure_name,
        procedure_version=said.procedure_version,
        case=said.case,
        catalogue_version=said.catalogue,
        channel=Channel(said.channel),
        received_at=read_instant(said.received_at),
        due_at=read_instant(said.due_at) if said.due_at else None,
        time_limit=said.time_limit,
        applicant=mean_party(said.applicant),
        owner=mean_party(said.owner) if said.owner else None,
        requirements=tuple(mean_requirement(paper) for paper in said.requirements),
        fees=tuple(mean_fee(line) for line in said.fees),
        receiving_agency=said.receiving_agency,
        resolving_agency=said.resolving_agency,
        return_by=ReturnBy(said.return_by),
        note=said.note,
        register_book=said.register_book,
        register_line=said.register_line,
        paper=PaperPlace(said.paper.book, said.paper.number) if said.paper else None,
    )


def say_party(party: Party) -> SaidParty:
    return SaidParty(
        kind=party.kind.value,
        full_name=party.full_name,
        personal_id=party.personal_id,
        date_of_birth=str(party.date_of_birth) if party.date_of_birth else None,
        sex=party.sex.value if party.sex else None,
        phone=party.phone,
        email=party.email,
        address=SaidAddress(commune=party.address.commune, detail=party.address.detail) if party.address else None,
    )


def mean_party(said: SaidParty) -> Party:
    return Party(
        kind=PartyKind(said.kind),
        full_name=said.full_name,
        personal_id=said.personal_id,
        date_of_birth=BirthDate.parse(said.date_of_birth) if said.date_of_birth else None,
        sex=Sex(said.sex) if said.sex else None,
        phone=said.phone,
        email=said.email,
        address=Address(said.address.commune, said.address.detail) if said.address else None,
    )


def say_fee(line: FeeLine) -> SaidFee:
    return SaidFee(
        name=line.name,
        kind=line.kind.value,
        amount=line.amount,
        count=line.count,
        paid=line.paid.value if line.paid else None,
    )


def mean_fee(said: SaidFee) -> FeeLine:
    return FeeLine(said.name, FeeKind(said.kind), said.amount, said.count, Payment(said.paid) if said.paid else None)


def _say_requirement(paper: Requirement) -> SaidRequirement:
    return SaidRequirement(
        name=paper.name,
        originals=paper.originals,
        certified=paper.certified,
        copies=paper.copies,
        pages=paper.pages,
    )


def mean_requirement(said: SaidRequirement) -> Requirement:
    return Requirement(said.name, said.originals, said.certified, said.copies, said.pages)
