"""What a bench finds out: one number, what it is held against, and whether that is good enough."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Target:
    """The limit a figure must keep: "≤" at most, "≥" at least."""

    sense: Literal["≤", "≥"]
    limit: float

    def allows(self, value: float) -> bool:
        return value <= self.limit if self.sense == "≤" else value >= self.limit

    def __str__(self) -> str:
        return f"{self.sense} {self.limit:g}"


def at_most(limit: float) -> Target:
    return Target(sense="≤", limit=limit)


def at_least(limit: float) -> Target:
    return Target(sense="≥", limit=limit)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`value` is None where it could not be measured; `against` then says why, and the target is not met."""

    name: str
    value: float | None
    unit: str
    against: str
    """The peer or limit, with what it measured in this very run."""
    target: Target
    spread: str = ""
    """How far the rounds lay apart, in words."""

    @property
    def met(self) -> bool:
        return self.value is not None and self.target.allows(self.value)

    @property
    def measured(self) -> str:
        return "not measured" if self.value is None else f"{self.value:.3g} {self.unit}"
