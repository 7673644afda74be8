"""Hours as people type them after a verb: by the clock on the wall, at +07:00."""

import argparse
from datetime import UTC, datetime

from desk.domain.clock import VN

_SHAPES = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M")


def moment_at(text: str) -> datetime:
    """ "2026-11-20 09:15" or "20/11/2026 09:15" as UTC. Raises what argparse shows as a wrong call."""
    for shape in _SHAPES:
        try:
            return datetime.strptime(text.strip(), shape).replace(tzinfo=VN).astimezone(UTC)
        except ValueError:
            continue
    raise argparse.ArgumentTypeError('an hour looks like "2026-11-20 09:15"')
