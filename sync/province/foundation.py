"""A province out of nothing: keys, agencies, catalogue and calendar at the first start, so that `serve` just works."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
from sqlalchemy.engine import make_url

from sync.protocol import canonical
from sync.protocol.feed import Agency, Policy
from sync.province import agencies, documents, keys, policy
from sync.province.database import Database, Work, one_at_a_time
from sync.province.errors import WrongFile
from sync.province.rows import CounterRow, ProvinceRow
from sync.province.telling import FEED
from sync.province.upgrade import SCHEMA

RESOURCES = Path(__file__).parents[2] / "resources"


@dataclass(frozen=True)
class Founding:
    """Where a new province takes its root and its reference data from."""

    root_key: Path
    resources: Path = RESOURCES


class _Agency(Agency, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """As in the file, which also says where each line is from."""


class _Agencies(msgspec.Struct):
    province: str
    agencies: list[_Agency]


def found_if_new(database: Database, founding: Founding) -> bool:
    """Make the province unless it is there. Raises WrongFile and others for reference data that cannot be used."""
    with database.writing() as work:
        one_at_a_time(work.session.connection())
        if work.session.get(ProvinceRow, policy.ONLY) is not None:
            return False
        _found(work, founding)
    return True


def default_root_key(database_url: str, data: Path) -> Path:
    """Beside an SQLite database; for a server's database, in the platform's data folder."""
    url = make_url(database_url)
    if url.drivername == "sqlite" and url.database:
        return Path(url.database).with_suffix(".root-key.pem")
    return data / "root-key.pem"


def _found(work: Work, founding: Founding) -> None:
    file = next(iter(sorted((founding.resources / "agencies").glob("*.json"))), None)
    if file is None:
        raise WrongFile(str(founding.resources / "agencies"), "", "no agencies, so no province")
    said = _read_agencies(file)
    _open_books(work, said.province, _name(founding.resources, said))
    _make_keys(work, founding.root_key)
    policy.put(work, Policy())
    for agency in said.agencies:
        agencies.put(work, Agency(**msgspec.structs.asdict(agency)))
    _publish(work, founding.resources)


def _open_books(work: Work, province: str, name: str) -> None:
    row = ProvinceRow(
        id=policy.ONLY,
        schema=SCHEMA,
        province=province,
        name=name,
        incarnation=uuid4().hex,
        founded_at=work.now,
        restored=0,
        policy=canonical.write(Policy()),
    )
    work.session.add_all([row, CounterRow(name=FEED, n=0)])
    work.session.flush()


def _make_keys(work: Work, root_key: Path) -> None:
    root = keys.read_root(root_key) if root_key.exists() else keys.make_root(root_key)
    row = policy.province(work)
    keys.make_first(work, root, province=row.province, name=row.name)


def _publish(work: Work, resources: Path) -> None:
    for file in sorted((resources / "calendar").glob("*.json")):
        documents.publish_calendar(work, documents.read_document(file), file.name)
    for file in sorted((resources / "catalogue").glob("*.json")):
        documents.publish_catalogue(work, documents.read_document(file), file.name)


def _read_agencies(file: Path) -> _Agencies:
    try:
        return msgspec.convert(documents.read_document(file), _Agencies)
    except msgspec.ValidationError as error:
        reason, _, path = str(error).partition(" - at ")
        raise WrongFile(file.name, path.strip("`$."), reason) from error


def _name(resources: Path, said: _Agencies) -> str:
    """The province's name from the list of units, by the code of one of its communes."""
    file = resources / "units" / "vn.json"
    if not file.exists():
        return said.province
    units: dict[str, Any] = documents.read_document(file)
    communes = {agency.commune for agency in said.agencies}
    code = next((row[3] for row in units["communes"] if row[0] in communes), None)
    return next((str(row[1]) for row in units["provinces"] if row[0] == code), said.province)
