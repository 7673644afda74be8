"""Agencies that receive or resolve."""

from sqlalchemy import select

from sync.protocol import canonical
from sync.protocol.feed import Agency
from sync.province import feed
from sync.province.database import Work
from sync.province.errors import NotThere
from sync.province.rows import AgencyRow

_DATA_LIMIT = 64 * 1024


def put(work: Work, agency: Agency) -> None:
    """Add an agency, or say the newest on one; every desk hears it."""
    work.session.merge(AgencyRow(id=agency.id, data=canonical.write(agency)))
    feed.tell(work, "agency", agency.id, agency)


def get(work: Work, id: str) -> Agency:
    """Raises NotThere."""
    row = work.session.get(AgencyRow, id)
    if row is None:
        raise NotThere("agency", id)
    return _read(row)


def is_known(work: Work, id: str) -> bool:
    return work.session.get(AgencyRow, id) is not None


def all_of(work: Work) -> list[Agency]:
    """In the order of their ids."""
    return [_read(row) for row in work.session.scalars(select(AgencyRow).order_by(AgencyRow.id))]


def _read(row: AgencyRow) -> Agency:
    return canonical.read(row.data, Agency, what="agency", limit=_DATA_LIMIT)
