"""Figures in, series over time out: one subject, unit and parties, period by period, all tellings kept.

«Trade of RUS and CHN in USD: 2015 68.1 billion; 2016 69.5 billion (two reports, 69.5 and 70); 2017 …». Values
that disagree stand beside one another; a change is reckoned only between two that do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from detente.knowledge.subjects import subject_of
from detente.measures.figures import find_figures
from detente.measures.lines import FigureLine
from detente.measures.rates import Converted, Rates
from detente.records import COUNTED, Status

if TYPE_CHECKING:
    from detente.archive import Archive

ALIKE = (
    0.1  # by how much the lengths of two periods may differ for a change to compare them: leap years, months
)
EXACT = ("=", "~")
TOLD_AS_SO: tuple[Status, ...] = (*COUNTED, "claimed")  # «…, the ministry said» is a figure, too


@dataclass(frozen=True, slots=True)
class FigurePoint:
    """What is told for one period: all tellings, those in another currency where that was asked for.

    Without a period in the words it stands on the day of its report (`by_report_date`). `change` is that of
    the value since the point before, 0.37 for 37 % more; None where either is disputed, a bound or a range,
    planned or imagined, or of a period of another length.
    """

    start: date | None
    end: date | None
    lines: tuple[FigureLine, ...]
    converted: tuple[Converted | None, ...]
    by_report_date: bool = False
    change: float | None = None
    before: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        """The day the point stands on: the last of its period, else its first, else its report's."""
        return self.end or self.start or self.lines[0].quote.published or date.min

    @property
    def is_disputed(self) -> bool:
        """Whether its tellings disagree."""
        return any(line.conflict for line in self.lines)

    @property
    def value(self) -> float | None:
        """The one number told, converted where asked for; None for several, a range or a bound."""
        told = {c.low if c else line.value for line, c in zip(self.lines, self.converted, strict=True)}
        plain = all(x.op in EXACT and x.status in TOLD_AS_SO for x in self.lines)
        number = next(iter(told)) if len(told) == 1 and plain and not self.is_disputed else None
        return None if isinstance(number, tuple) else number


@dataclass(frozen=True, slots=True)
class FigureSeries:
    """One subject, unit and parties over time: points in the order of their days."""

    what: str
    unit: str
    parties: tuple[str, ...]
    of: str | None
    points: tuple[FigurePoint, ...]


def find_series(
    archive: Archive,
    a: str | None = None,
    b: str | None = None,
    *,
    what: str | None = None,
    unit: str | None = None,
    since: date | None = None,
    until: date | None = None,
    to: str | None = None,
    rates: Rates | None = None,
    least: int = 2,
) -> tuple[FigureSeries, ...]:
    """Return figures as series of `least` points or more, the longest first.

    With `to` and `rates`, amounts of money are converted, and series of several currencies become one; what
    has no rate stays as told, in a series of its own unit.
    """
    lines = find_figures(archive, a, b, what=what, unit=unit, since=since, until=until)
    told = [(line, rates.convert(line, to, _day(line)) if to and rates else None) for line in lines]
    groups: dict[tuple[object, ...], list[tuple[FigureLine, Converted | None]]] = {}
    for line, converted in told:
        if line.what or line.unit:
            key = (subject_of(line.what or ""), to if converted else line.unit, line.parties, line.of)
            groups.setdefault(key, []).append((line, converted))
    series = [_series(group, str(key[1])) for key, group in groups.items()]
    long = (s for s in series if len(s.points) >= least)
    return tuple(sorted(long, key=lambda s: (-len(s.points), s.what, s.unit, s.parties)))


def _day(line: FigureLine) -> date | None:
    return line.period_end or line.period_start or line.quote.published


def _series(group: Sequence[tuple[FigureLine, Converted | None]], unit: str) -> FigureSeries:
    named = [line.what for line, _ in group if line.what]
    first = group[0][0]
    points = sorted(_points(group), key=lambda p: (p.day, p.start or date.min))
    changed = [points[0], *(_with_change(before, after) for before, after in pairwise(points))]
    return FigureSeries(named[0] if named else first.unit, unit, first.parties, first.of, tuple(changed))


def _points(group: Iterable[tuple[FigureLine, Converted | None]]) -> Iterator[FigurePoint]:
    """Yield a point for each period; a telling without one goes with those it is at odds with, if any."""
    told: dict[object, list[tuple[FigureLine, Converted | None]]] = {}
    periods = {
        line.conflict: _period(line) for line, _ in group if line.conflict and _period(line) != (None, None)
    }
    for line, converted in group:
        period = periods.get(line.conflict, _period(line)) if line.conflict else _period(line)
        key = (
            period if period != (None, None) else (line.conflict or line.quote.published or line.quote.report)
        )
        told.setdefault(key, []).append((line, converted))
    for pairs in told.values():
        pairs.sort(key=lambda pair: (pair[0].quote.published or date.min, pair[0].quote.record))
        lines = tuple(line for line, _ in pairs)
        dated = next((line for line in lines if _period(line) != (None, None)), None)
        start, end = _period(dated) if dated else (None, None)
        yield FigurePoint(start, end, lines, tuple(c for _, c in pairs), by_report_date=dated is None)


def _period(line: FigureLine) -> tuple[date | None, date | None]:
    return line.period_start, line.period_end


def _with_change(before: FigurePoint, after: FigurePoint) -> FigurePoint:
    if before.value and after.value is not None and _are_alike(before, after):
        records = tuple(line.quote.record for line in before.lines)
        return replace(after, change=after.value / before.value - 1, before=records)
    return after


def _are_alike(one: FigurePoint, other: FigurePoint) -> bool:
    """Whether two periods are of one length: a year and a year, but not four months and a year."""
    lengths = [(p.end - p.start).days + 1 if p.start and p.end else None for p in (one, other)]
    if lengths[0] is None or lengths[1] is None:
        return lengths == [None, None] and one.by_report_date == other.by_report_date
    return abs(lengths[0] - lengths[1]) <= ALIKE * max(lengths[0], lengths[1])
