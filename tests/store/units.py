"""The administrative units as shipped, read once."""

import json

from desk.domain.units import read_units
from desk.resources import resource

UNITS = read_units(json.loads(resource("units/vn.json").read_text("utf-8")))
