"""What the province decides about its desks."""

from sync.protocol import canonical
from sync.protocol.feed import Policy
from sync.province import feed
from sync.province.database import Work
from sync.province.rows import ProvinceRow

ONLY = 1
"""The id of the one row that says who this province is."""
_LIMIT = 64 * 1024


def get(work: Work) -> Policy:
    return canonical.read_loosely(province(work).policy.encode(), Policy, what="policy", limit=_LIMIT)


def put(work: Work, policy: Policy) -> None:
    """Every desk hears it."""
    province(work).policy = canonical.write(policy)
    feed.tell(work, "policy", "policy", policy)


def province(work: Work) -> ProvinceRow:
    return work.session.get_one(ProvinceRow, ONLY)
