"""Acts of a pair in, its course out: sums and means by day to year with explicit zeros, and a running level.

Each act is counted once, however many reports tell it, in the period in which it was done.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from detente.errors import InputError
from detente.measures.counting import CountedAct
from detente.measures.periods import Every, Period, months_apart, period_of, periods_between
from detente.measures.weights import GOLDSTEIN, PLOVER, Scale

N = TypeVar("N", int, float)

BOUND = 9.0  # the level runs from -9 to 9, as the Tsinghua series of China's relations with major powers does
GAIN = 0.1  # one point of an act's weight moves a level of 0 by a tenth: a visit (2.5) lifts it by 0.25
HALF_LIFE_MONTHS = (
    24.0  # without news a level falls halfway back to 0 in two years; ours, Tsinghua's does not decay
)


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a course: «2017-07», four acts, sum of weights 12.5, level 1.9.

    `total` and `mean` are on the course's scale (PLOVER 2.0: -9..10) over the acts counted in the
    period; `mean` is None where there are none. `level` is the bounded running level at the period's end
    (-9..9), the same however long the periods. `by_quad` counts acts in quads 1 to 4, `quad_totals` sums
    their weights. Of the acts, `n_by_report_date` had no date in the text and stand where their first
    report appeared, and `n_unweighed` have no weight on the scale and count 0.
    """

    period: str
    start: date
    end: date
    total: float
    mean: float | None
    level: float
    n: int
    by_quad: tuple[int, int, int, int]
    acts: tuple[str, ...]
    goldstein: float = 0.0
    n_by_report_date: int = 0
    quad_totals: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    n_unweighed: int = 0
    record: str | None = None  # the record that tells the act that weighs most


@dataclass(frozen=True, slots=True)
class LevelRule:
    """The constants of the running level; change one and every number that rests on it says so."""

    bound: float = BOUND
    gain: float = GAIN
    half_life_months: float = HALF_LIFE_MONTHS

    @property
    def kept_per_month(self) -> float:
        """The share of a level that is left after a month without acts: 0.972 by default."""
        return float(0.5 ** (1 / self.half_life_months))


LEVEL_RULE = LevelRule()


def draw_course(
    acts: Iterable[CountedAct],
    *,
    every: Every = "month",
    scale: Scale = PLOVER,
    since: date | None = None,
    until: date | None = None,
    rule: LevelRule = LEVEL_RULE,
) -> tuple[Point, ...]:
    """Return a point for every period from the first act to the last, zeros included.

    `acts` are those of `counted_acts`. The level takes in all earlier acts even where the window opens later;
    before the first act it is 0, which means «nothing known», not «neither good nor bad».
    Raises InputError where the rule would throw a level past its bound.
    """
    counted = sorted(acts, key=lambda act: (act.day, act.act))
    if not counted:
        return ()
    check_rule(rule, max(abs(scale.weigh(act)) for act in counted))
    groups: dict[date, list[CountedAct]] = {}
    for act in counted:
        groups.setdefault(period_of(act.day, every).start, []).append(act)
    level, seen, points = 0.0, counted[0].day, []
    for period in periods_between(counted[0].day, counted[-1].day, every):
        group = groups.get(period.start, ())
        level, seen = _run_on(level, seen, group, period.end, scale, rule)
        if (since is None or period.end >= since) and (until is None or period.start <= until):
            points.append(_point(period, _within(group, since, until), level, scale))
    return tuple(points)


def run_level(level: float, weights: Iterable[float], *, rule: LevelRule = LEVEL_RULE) -> float:
    """Return the level after acts of these weights, one after the other.

    An act of weight w moves level L by gain * w * (bound - L) / bound when w > 0, and by
    gain * w * (bound + L) / bound when w < 0: friends gain little from one more visit, foes lose little
    by one more insult, and a blow among friends weighs most.
    """
    for weight in weights:
        room = (rule.bound - level) if weight > 0 else (rule.bound + level)
        level += rule.gain * weight * room / rule.bound
    return level


def check_rule(rule: LevelRule, heaviest: float) -> None:
    """Raise InputError where constants are not above 0, or one act would throw a level past its bound."""
    if min(rule.bound, rule.gain, rule.half_life_months) <= 0:
        raise InputError(
            f"The level's constants are bound {rule.bound:g}, gain {rule.gain:g}, half-life "
            f"{rule.half_life_months:g}: each must be above 0.", stage="course",
        )  # fmt: skip
    if rule.gain * heaviest > rule.bound:
        raise InputError(
            f"An act of weight {heaviest:g} at gain {rule.gain:g} moves a level further than its bound of "
            f"{rule.bound:g}: take a gain of {rule.bound / heaviest:.2g} or less.", stage="course",
        )  # fmt: skip


def _run_on(
    level: float, seen: date, acts: Sequence[CountedAct], end: date, scale: Scale, rule: LevelRule
) -> tuple[float, date]:
    """Return the level at the end of a period: it fades at each turn of a month, and each act moves it."""
    for act in acts:
        level *= rule.kept_per_month ** months_apart(seen, act.day)
        level, seen = run_level(level, (scale.weigh(act),), rule=rule), act.day
    return level * rule.kept_per_month ** months_apart(seen, end), end


def _within(acts: Iterable[CountedAct], since: date | None, until: date | None) -> list[CountedAct]:
    """Return the acts of a period that lie in the window: a window may open in mid-month."""
    return [act for act in acts if (since or date.min) <= act.day <= (until or date.max)]


def _point(period: Period, acts: Sequence[CountedAct], level: float, scale: Scale) -> Point:
    weights = [scale.weigh(act) for act in acts]
    total = sum(weights, 0.0)
    heaviest = max(zip(acts, weights, strict=True), key=lambda pair: abs(pair[1]), default=None)
    return Point(
        period=period.name, start=period.start, end=period.end,
        total=total, mean=total / len(acts) if acts else None, level=level,
        n=len(acts), by_quad=_by_quad(((act, 1) for act in acts), 0), acts=tuple(act.act for act in acts),
        goldstein=sum((GOLDSTEIN.weigh(act) for act in acts), 0.0),
        n_by_report_date=sum(act.by_report_date for act in acts),
        quad_totals=_by_quad(zip(acts, weights, strict=True), 0.0),
        n_unweighed=sum(scale.find_weight(act) is None for act in acts),
        record=heaviest[0].record if heaviest else None,
    )  # fmt: skip


def _by_quad(counted: Iterable[tuple[CountedAct, N]], nothing: N) -> tuple[N, N, N, N]:
    """Return sums of what acts bring, by quad 1 to 4."""
    sums = [nothing] * 4
    for act, value in counted:
        sums[act.quad - 1] += value
    one, two, three, four = sums
    return one, two, three, four
