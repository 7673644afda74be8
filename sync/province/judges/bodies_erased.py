"""A desk erased its copies of some bodies. The province keeps its own, but will not ask for these again."""

from sqlalchemy import update

from sync.protocol.entries.bodies_erased import BodiesErased
from sync.province.judges.case import Case
from sync.province.rows import EntryRow
from sync.province.verdicts import APPLIED, Judgement


def judge_bodies_erased(case: Case, body: BodiesErased) -> Judgement:
    """It happened. Each entry is found by its hash, and only the desk's own ones count."""
    hashes = [erased.hash for erased in body.erased]
    own = (EntryRow.desk == case.desk.id, EntryRow.dossier.is_not_distinct_from(case.dossier))
    for i in range(0, len(hashes), 500):
        erase = update(EntryRow).where(*own, EntryRow.hash.in_(hashes[i : i + 500])).values(erased=True)
        case.work.session.execute(erase)
    return APPLIED
