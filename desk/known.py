"""What ships with the program and changes with it: units and number prefixes, read when first asked for."""

import json
from functools import cache

from desk.domain.personal_id import IdPrefixes, read_prefixes
from desk.domain.units import Units, read_units
from desk.resources import resource


class Known:
    """Read once a process; both are frozen, so any thread may use them."""

    @staticmethod
    @cache
    def units() -> Units:
        return read_units(_document("units/vn.json"))

    @staticmethod
    @cache
    def prefixes() -> IdPrefixes:
        return read_prefixes(_document("units/id-prefixes.json"))


def _document(name: str) -> object:
    return json.loads(resource(name).read_text(encoding="utf-8"))
