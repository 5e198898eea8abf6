"""A pair's course or a file of one's own in, a series out: a value for each period, gaps as gaps.

What forecasts are made of, and what other people's numbers are compared with: `period,value`, a row a period.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from detente.errors import InputError, NotInArchive
from detente.measures.counting import counted_acts, say_nothing_counted
from detente.measures.courses import LEVEL_RULE, LevelRule, Point, draw_course
from detente.measures.naming import state_name
from detente.measures.periods import ONE_DAY, Every, Period, period_of, periods_between
from detente.measures.weights import PLOVER, Scale
from detente.records import COUNTED

if TYPE_CHECKING:
    from detente.archive import Archive

Reading = Literal["total", "mean", "n", "level"]
READINGS: tuple[Reading, ...] = ("total", "mean", "n", "level")
HEADER = ("period", "value")

# How a period is written, and of what length it is then. Days stand last: «2021-02-03» begins like a month.
_WRITTEN: Mapping[Every, re.Pattern[str]] = {
    "year": re.compile(r"(\d{4})"),
    "half": re.compile(r"(\d{4})-?[Hh]([12])"),
    "quarter": re.compile(r"(\d{4})-?[Qq]([1-4])"),
    "month": re.compile(r"(\d{4})-(\d\d)"),
    "week": re.compile(r"(\d{4})-W(\d\d)"),
    "day": re.compile(r"(\d{4})-(\d\d)-(\d\d)"),
}


@dataclass(frozen=True, slots=True)
class Series:
    """A value for each period, one after the other without a gap: «2021-02: 4.5, 2021-03: None, …».

    None stands where nothing is known, which is not 0. `acts` are the acts that each value rests on, empty
    for a series from a file.
    """

    name: str
    unit: str
    every: Every
    periods: tuple[Period, ...]
    values: tuple[float | None, ...]
    acts: tuple[tuple[str, ...], ...] = ()

    @property
    def n(self) -> int:
        """The number of periods with a value."""
        return sum(value is not None for value in self.values)


def draw_series(
    archive: Archive,
    a: str,
    b: str,
    *,
    reading: Reading = "total",
    every: Every = "month",
    scale: Scale = PLOVER,
    since: date | None = None,
    until: date | None = None,
    statuses: Collection[str] = COUNTED,
    directed: bool = False,
    rule: LevelRule = LEVEL_RULE,
) -> Series:
    """Return one reading of a pair's course from its first act, or the first report if that is later.

    It runs to the last period that the archive's reports cover in full, periods without acts included: sums
    and numbers are 0 there, a mean is None, a level fades on. Raises NotInArchive where no period is left.
    """
    acts = counted_acts(archive, a, b, until=until, statuses=statuses, directed=directed)
    first, last = archive.first_published(), archive.last_published()
    course = draw_course(acts, every=every, scale=scale, rule=rule)
    if not course or first is None or last is None:
        raise NotInArchive(say_nothing_counted(archive, a, b, since, until, statuses, directed))
    opening, closing = max(course[0].start, since or first), min(last, until or last)
    points = {point.start: point for point in course}
    periods = tuple(p for p in periods_between(opening, closing, every) if p.end <= closing)
    if not periods:
        raise NotInArchive(
            f"{archive.path} covers no {every} in full from {opening} to {closing}; widen the window."
        )
    values = _read_off(periods, points, course[-1], reading, rule)
    return Series(
        f"{state_name(a)} and {state_name(b)}, {reading} by {every}", _unit(reading, scale), every, periods,
        values,
        tuple(points[p.start].acts if p.start in points else () for p in periods),
    )  # fmt: skip


def read_series(path: str | Path) -> Series:
    """Return the series of a CSV with the columns `period` and `value`; others are passed over.

    Periods are days, ISO weeks, months, quarters, halves or years, in any order: «2021-02», «2021-Q1». A
    period that is missing between two, or has no value, is None. Raises InputError with the line that
    cannot be read.
    """
    place = Path(path)
    try:
        with place.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            f"{path} could not be read ({getattr(error, 'strerror', None) or error}); name a CSV with the "
            "columns period and value.", stage="series",
        ) from error  # fmt: skip
    if not rows or not set(HEADER) <= set(rows[0]):
        header = ",".join(rows[0]) if rows else "no row"
        raise InputError(f"{path} has {header}; a series has the columns period,value.", stage="series")
    told: dict[Period, float | None] = {}
    every = length_of(rows[0]["period"] or "")
    for line, row in enumerate(rows, 2):
        period = _period(place, line, row["period"] or "", every)
        if period in told:
            raise _fail(place, line, f"{period.name} stands twice; keep one of the two")
        told[period] = _value(place, line, row["value"] or "")
    ordered = sorted(told, key=lambda period: period.start)
    assert every is not None  # or _period would have raised
    periods = tuple(periods_between(ordered[0].start, ordered[-1].start, every))
    return Series(place.stem, "value", every, periods, tuple(told.get(period) for period in periods))


def periods_after(series: Series, n: int) -> tuple[Period, ...]:
    """Return the n periods that follow a series: after «2021-12» come «2022-01», «2022-02», …"""
    start = series.periods[-1].end + ONE_DAY
    return tuple(islice(periods_between(start, date.max, series.every), n))


def length_of(written: str) -> Every | None:
    """Return how long a period is by how it is written: «2021-Q1» is a quarter; None for no period."""
    return next((every for every, form in _WRITTEN.items() if form.fullmatch(written.strip())), None)


def read_period(written: str, every: Every) -> Period | None:
    """Return the period of that length a name means, None where it means none: «2021-13» is no month."""
    match = _WRITTEN[every].fullmatch(written.strip())
    if match is None:
        return None
    year, *rest = map(int, match.groups())
    try:
        match every:
            case "week":
                return period_of(date.fromisocalendar(year, rest[0], 1), every)
            case "half":
                return period_of(date(year, 6 * rest[0] - 5, 1), every)
            case "quarter":
                return period_of(date(year, 3 * rest[0] - 2, 1), every)
            case _:
                return period_of(date(year, *[*rest, 1, 1][:2]), every)
    except ValueError:
        return None


def _read_off(
    periods: Sequence[Period],
    points: Mapping[date, Point],
    final: Point,
    reading: Reading,
    rule: LevelRule,
) -> tuple[float | None, ...]:
    values: list[float | None] = []
    for period in periods:
        point = points.get(period.start)
        if point is not None:
            values.append(getattr(point, reading))
        elif reading == "level":
            months = (period.end.year - final.end.year) * 12 + period.end.month - final.end.month
            values.append(final.level * rule.kept_per_month**months)
        else:
            values.append(None if reading == "mean" else 0.0)
    return tuple(None if value is None else float(value) for value in values)


def _unit(reading: Reading, scale: Scale) -> str:
    return {"n": "acts", "level": "points of level"}.get(reading, scale.unit)


def _period(place: Path, line: int, written: str, every: Every | None) -> Period:
    period = read_period(written, every) if every else None
    if period is None:
        like = f"a {every} like the first row's" if every else "a day, week, month, quarter, half or year"
        raise _fail(place, line, f"«{written}» is not {like}; write one as 2021-02 or 2021-Q1")
    return period


def _value(place: Path, line: int, written: str) -> float | None:
    if not written.strip():
        return None
    try:
        value = float(written)
    except ValueError as error:
        raise _fail(place, line, f"the value «{written}» is no number; write it as 12.5") from error
    if not isfinite(value):
        raise _fail(place, line, f"the value «{written}» has no size; leave it empty where none is known")
    return value


def _fail(place: Path, line: int, reason: str) -> InputError:
    return InputError(f"{place.name}, line {line}: {reason}.", stage="series")
