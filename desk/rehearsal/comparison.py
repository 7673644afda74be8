"""Do desk and province agree? Every field of every dossier, in the shape both give them out in."""

from dataclasses import dataclass
from typing import Any

_DESKS_OWN = {"count", "fee", "province", "refusal"}
"""What a desk says and a province does not: how it counted, the sum of the lines, and the province's own word."""
_PROVINCES_OWN = {
    "provisional_code",
    "receiving_agency",
    "desk",
    "verdict",
    "refusal",
    "waiting",
    "attachments",
    "complete",
}
_EMPTY: tuple[object, ...] = (None, 0, "", False)


@dataclass(frozen=True)
class Difference:
    """A dotted path where the two do not say the same; `code` "" would be a dossier without one."""

    code: str
    path: str
    desk: object
    province: object


def differences(desk: list[dict[str, Any]], province: list[dict[str, Any]]) -> list[Difference]:
    """Nothing when both hold the same dossiers with the same facts."""
    ours, theirs = _by_code(desk), _by_code(province)
    found = [Difference(code, "", "there", "missing") for code in sorted(ours.keys() - theirs.keys())]
    found += [Difference(code, "", "missing", "there") for code in sorted(theirs.keys() - ours.keys())]
    for code in sorted(ours.keys() & theirs.keys()):
        mine = {key: value for key, value in ours[code].items() if key not in _DESKS_OWN}
        its = {key: value for key, value in theirs[code].items() if key not in _PROVINCES_OWN}
        found += [Difference(code, *one) for one in _compare("", mine, its)]
        if theirs[code].get("verdict") != "applied":
            found.append(Difference(code, "verdict", "applied", theirs[code].get("verdict")))
    return found


def count_fields(dossiers: list[dict[str, Any]]) -> int:
    """How many single values a comparison looked at."""
    return sum(_leaves({k: v for k, v in one.items() if k not in _DESKS_OWN}) for one in dossiers)


def _leaves(value: object) -> int:
    if isinstance(value, dict):
        return sum(_leaves(inner) for inner in value.values())
    return sum(_leaves(inner) for inner in value) if isinstance(value, list) else 1


def _by_code(dossiers: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {one["code"]: one for one in dossiers}


def _compare(path: str, ours: object, theirs: object) -> list[tuple[str, object, object]]:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        keys = sorted(ours.keys() | theirs.keys())
        return [one for key in keys for one in _compare(f"{path}.{key}".strip("."), ours.get(key), theirs.get(key))]
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        pairs = enumerate(zip(ours, theirs, strict=True))
        return [one for index, pair in pairs for one in _compare(f"{path}.{index}", *pair)]
    # An absent key and an empty value say the same in both shapes.
    same = ours == theirs or (ours in _EMPTY and theirs in _EMPTY)
    return [] if same else [(path, ours, theirs)]
