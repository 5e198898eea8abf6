"""Two states in, their course out: periods with sums, level and band, and the act that weighs most in each.

with Archive("crisis") as archive:
    for point in describe_course(archive, "NOR", "RUS", every="quarter").points:
        print(point.period, point.n, point.total, point.level)
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from detente.errors import InputError, NotInArchive
from detente.measures.counting import CountedAct, counted_acts, say_nothing_counted
from detente.measures.courses import LEVEL_RULE, LevelRule, Point, draw_course
from detente.measures.levels import BAND, Level, Levels, estimate_levels
from detente.measures.lines import Quote
from detente.measures.naming import state_name
from detente.measures.periods import Every
from detente.measures.quoting import quotes_by_id
from detente.measures.weights import PLOVER, Scale
from detente.records import COUNTED

if TYPE_CHECKING:
    from detente.archive import Archive

MOST_PERIODS = 1500  # under a band; a century of months, or four years of days


@dataclass(frozen=True, slots=True)
class Course:
    """The course of a pair, and how it was reckoned; `levels` by period name, only where a band was asked
    for.

    `directed`: what `a` did to `b` alone. `quotes` are by record, one for the act that weighs most in each
    period. `levels` is empty, though asked for, where fewer than four periods have acts.
    """

    a: str
    b: str
    name_a: str
    name_b: str
    every: Every
    scale: Scale
    directed: bool
    statuses: tuple[str, ...]
    rule: LevelRule
    points: tuple[Point, ...]
    acts: tuple[CountedAct, ...]
    quotes: Mapping[str, Quote]
    levels: Mapping[str, Level] = field(default_factory=dict)
    estimate: Levels | None = None

    @property
    def name(self) -> str:
        """The pair by name: «Norway and Russia», or «Norway to Russia» where it is directed."""
        return f"{self.name_a} {'to' if self.directed else 'and'} {self.name_b}"


def describe_course(
    archive: Archive,
    a: str,
    b: str,
    *,
    every: Every = "month",
    scale: Scale = PLOVER,
    directed: bool = False,
    since: date | None = None,
    until: date | None = None,
    statuses: Collection[str] = COUNTED,
    rule: LevelRule = LEVEL_RULE,
    band: float | None = None,
    sloped: bool = False,
) -> Course:
    """Return the course of two states, given by code, in the window; earlier acts count for the levels.

    With `band` (a share, .8) each period also has the level beneath its mean and the bands about both.
    Raises NotInArchive where the window holds no counted act, saying what the archive holds; MissingExtra
    where a band is asked for without the extra that reckons it.
    """
    acts = counted_acts(archive, a, b, until=until, statuses=statuses, directed=directed)
    points = draw_course(acts, every=every, scale=scale, since=since, until=until, rule=rule)
    if not any(point.n for point in points):
        raise NotInArchive(say_nothing_counted(archive, a, b, since, until, statuses, directed))
    shown = tuple(act for act in acts if since is None or act.day >= since)
    estimate, levels = None, {}
    if band:
        whole = draw_course(acts, every=every, scale=scale, rule=rule)
        estimate = estimate_course(whole, band=band, sloped=sloped)
        if estimate:
            levels = {p.period: level for p, level in zip(whole, estimate.levels, strict=True)}
    return Course(
        a, b, state_name(a), state_name(b), every, scale, directed, tuple(statuses), rule, points, shown,
        quotes_by_id(archive, [point.record for point in points if point.record]), levels, estimate,
    )  # fmt: skip


def estimate_course(points: Sequence[Point], *, band: float = BAND, sloped: bool = False) -> Levels | None:
    """Return the level beneath the means of a course's periods; None where fewer than four have acts.

    Raises InputError where there are more periods than it can carry.
    """
    if len(points) > MOST_PERIODS:
        raise InputError(
            f"The course has {len(points):,} periods, and a level is reckoned over {MOST_PERIODS:,} at most: "
            "take longer periods, as --by month.", stage="course",
        )  # fmt: skip
    return estimate_levels([p.mean for p in points], [p.n for p in points], band=band, sloped=sloped)
