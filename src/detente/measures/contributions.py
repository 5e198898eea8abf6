"""A shift of a level in, what moved it out: by act, by type and by who acts, adding up to the shift exactly.

The level at a day is a weighted sum of the means of all periods, and a mean is a sum of acts; so each act has
its part. An act raises the shift when it is better than the level at the window's start and its period
pulls up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from detente.measures.counting import CountedAct
from detente.measures.courses import Point
from detente.measures.levels import Shift
from detente.measures.periods import Every, period_of
from detente.measures.weights import Scale


@dataclass(frozen=True, slots=True)
class Part:
    """What acts of one kind brought: «SANCTION», two acts, -0.84; parts of one split add up to the shift.

    `record` tells the act that brought most.
    """

    name: str
    value: float
    acts: tuple[str, ...]
    record: str


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one act brought to a shift: `pull` of its period, times what it weighs over `level`, over `n`
    acts."""

    act: CountedAct
    value: float
    pull: float
    weight: float
    level: float
    n: int


def split_shift(
    acts: Sequence[CountedAct],
    points: Sequence[Point],
    shift: Shift,
    *,
    level: float,
    scale: Scale,
    every: Every = "month",
) -> tuple[Contribution, ...]:
    """Return what each act brought to a shift, the most first; `level` is the one at the window's start.

    value = pull x (weight - level) / n. The sum over all acts is the shift, since the pulls add up to 0.
    """
    pulls = {point.period: (pull, point.n) for point, pull in zip(points, shift.pulls, strict=True)}
    found = []
    for act in acts:
        pull, n = pulls[period_of(act.day, every).name]
        weight = scale.weigh(act)
        found.append(Contribution(act, pull * (weight - level) / n, pull, weight, level, n))
    return tuple(sorted(found, key=lambda c: (-abs(c.value), c.act.day, c.act.act)))


def split_by(contributions: Sequence[Contribution], name: Callable[[CountedAct], str]) -> tuple[Part, ...]:
    """Return the parts of a shift by what `name` calls acts, the largest first."""
    groups: dict[str, list[Contribution]] = {}
    for one in contributions:
        groups.setdefault(name(one.act), []).append(one)
    parts = (
        Part(name, sum(c.value for c in group), tuple(c.act.act for c in group), group[0].act.record)
        for name, group in groups.items()
    )
    return tuple(sorted(parts, key=lambda part: (-abs(part.value), part.name)))


def name_doers(a: str, b: str) -> Callable[[CountedAct], str]:
    """Return what names who acts: «NOR to RUS», «RUS to NOR», or «together» where both do."""

    def name(act: CountedAct) -> str:
        if act.is_by(a, b) and act.is_by(b, a):
            return "together"
        return f"{a} to {b}" if act.is_by(a, b) else f"{b} to {a}"

    return name


def value_of(contributions: Sequence[Contribution]) -> Mapping[str, float]:
    """Return what each act brought, by act id."""
    return {c.act.act: c.value for c in contributions}
