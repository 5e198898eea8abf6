"""Acts of a pair in, its course out: monthly sums and means with explicit zeros, and a bounded running level.

Each act is counted once, however many reports tell it, on the month in which it was done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from detente.measures.counting import UNCOUNTED_DETAILS
from detente.records import COUNTED

BOUND = 9.0  # the level runs from -9 to 9, as the Tsinghua series of China's relations with major powers does
GAIN = 0.1  # one point of an act's weight moves a level of 0 by a tenth: a visit (2.5) lifts it by 0.25
HALF_LIFE_MONTHS = (
    24.0  # without news a level falls halfway back to 0 in two years; ours, Tsinghua's does not decay
)


@dataclass(frozen=True, slots=True)
class Point:
    """One month of a course: «2017-07», four acts, sum of weights 12.5, level 1.9.

    `total` and `mean` are on the PLOVER 2.0 scale (-9..10) over the acts counted that month; `mean`
    is None in a month without acts. `level` is the bounded running level at the month's end (-9..9).
    `by_quad` counts acts in quads 1 to 4. `n_by_report_date` of the acts had no date in the text
    and stand in the month their first report appeared.
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


def is_counted(act: Mapping[str, Any], statuses: Collection[str] = COUNTED) -> bool:
    """Return True for an act a course counts: done, or going on, on a day one can name."""
    return (
        act["status"] in statuses and act["status_detail"] not in UNCOUNTED_DETAILS and act["day"] is not None
    )


def draw_course(
    acts: Iterable[Mapping[str, Any]],
    *,
    since: date | None = None,
    until: date | None = None,
    statuses: Collection[str] = COUNTED,
    rule: LevelRule = LEVEL_RULE,
) -> tuple[Point, ...]:
    """Return a point for every month from the first counted act to the last, zeros included.

    `acts` are rows of `Archive.acts`. The level takes in all earlier acts even where the window
    opens later; before the first act it is 0, which means «nothing known», not «neither good nor bad».
    """
    counted = sorted((a for a in acts if is_counted(a, statuses)), key=lambda a: (a["day"], a["act"]))
    if not counted:
        return ()
    by_month: dict[str, list[Mapping[str, Any]]] = {}
    for act in counted:
        by_month.setdefault(act["day"][:7], []).append(act)
    level, points = 0.0, []
    for start, end in months(counted[0]["day"], counted[-1]["day"]):
        month = by_month.get(f"{start:%Y-%m}", [])
        level = run_level(level * rule.kept_per_month, (a["intensity"] for a in month), rule=rule)
        if (since is None or end >= since) and (until is None or start <= until):
            points.append(_point(start, end, _within(month, since, until), level))
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


def months(first: str, last: str) -> Iterator[tuple[date, date]]:
    """Yield the first and last day of each month from the one of day `first` to the one of day `last`."""
    start = date.fromisoformat(first).replace(day=1)
    final = date.fromisoformat(last)
    while start <= final:
        following = date(start.year + start.month // 12, start.month % 12 + 1, 1)
        yield start, following - timedelta(days=1)
        start = following


def _within(
    acts: Iterable[Mapping[str, Any]], since: date | None, until: date | None
) -> list[Mapping[str, Any]]:
    """Return the acts of a month that lie in the window: a window may open in mid-month."""
    first, last = (since or date.min).isoformat(), (until or date.max).isoformat()
    return [a for a in acts if first <= a["day"] <= last]


def _point(start: date, end: date, acts: list[Mapping[str, Any]], level: float) -> Point:
    total = sum((a["intensity"] for a in acts), 0.0)
    one, two, three, four = (sum(a["quad"] == quad for a in acts) for quad in (1, 2, 3, 4))
    return Point(
        period=f"{start:%Y-%m}", start=start, end=end,
        total=total, mean=total / len(acts) if acts else None, level=level,
        n=len(acts), by_quad=(one, two, three, four), acts=tuple(a["act"] for a in acts),
        goldstein=sum((a["goldstein"] or 0.0 for a in acts), 0.0),
        n_by_report_date=sum(bool(a["by_report_date"]) for a in acts),
    )  # fmt: skip
