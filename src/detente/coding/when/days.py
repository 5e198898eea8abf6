"""Days and what is said of them: intervals, the reference day, the calendar's arithmetic.

Shared ground of the grammar of times: dates.py reads dates written out, relative.py words that point
from the day of publication, intervals.py what joins them.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from detente.coding.pieces import Piece
from detente.knowledge.units import calendar_words
from detente.records import Precision

Tense = Literal["past", "present", "future"]
TimeKind = Literal["point", "period", "duration", "habit"]
# A date without a year is the nearest one; a day on the wrong side of the tense counts twelvefold, so that
# «was held on July 10», printed on July 4, still means this year.
_WRONG_SIDE = 12
PRECISION_OF_UNIT: dict[str, Precision] = {
    "second": "day", "minute": "day", "hour": "day", "day": "day", "weekend": "day", "week": "week",
    "fortnight": "week", "month": "month", "quarter": "month", "year": "year", "decade": "year",
    "century": "year",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of days by piece index, half open; `is_firm` tells that it names days of its own."""

    start_piece: int
    end_piece: int
    start: date | None
    end: date | None
    precision: Precision
    kind: TimeKind = "point"
    is_firm: bool = True


@dataclass(frozen=True, slots=True)
class Clock:
    """What relative words refer to: the day of publication, the tense, the last day the report named."""

    published: date | None
    tense: Tense = "past"
    last: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """The pieces of a sentence under the grammar's hand."""

    pieces: tuple[Piece, ...]

    def low(self, i: int) -> str:
        return self.pieces[i].low if 0 <= i < len(self.pieces) else ""

    def kind_at(self, i: int, kind: str) -> str | None:
        """Return the value of the calendar word at `i` if it is of this kind."""
        for word in calendar_words().get((self.low(i),), ()):
            if word.kind == kind:
                return word.value
        return None

    def number_at(self, i: int) -> int | None:
        """Return a whole number in digits at `i`."""
        if 0 <= i < len(self.pieces) and self.pieces[i].kind == "number" and self.pieces[i].text.isdigit():
            return int(self.pieces[i].text)
        return None

    def is_capital(self, i: int) -> bool:
        return 0 <= i < len(self.pieces) and self.pieces[i].is_capital


def month_of(year: int, month: int) -> tuple[date, date]:
    """Return the first and last day of a month: (2017, 2) -> 2017-02-01, 2017-02-28."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def year_of(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def week_of(day: date) -> tuple[date, date]:
    """Return the Monday and Sunday around a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def add_months(day: date, months: int) -> date:
    """Return the same day some months on; the last day of the month where there is none (31 January + 1)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = min(max(index // 12, 1), 9999), index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def shift(day: date, count: int, unit: str) -> date:
    """Return the day `count` units on (back if negative)."""
    if unit in ("second", "minute", "hour"):
        return day
    if unit in ("day", "weekend"):
        return day + timedelta(days=count)
    if unit in ("week", "fortnight"):
        return day + timedelta(days=count * (14 if unit == "fortnight" else 7))
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    return add_months(day, count * months)


def unit_around(day: date, unit: str) -> tuple[date, date]:
    """Return the calendar unit a day lies in: week, month, quarter, year, decade."""
    if unit in ("week", "fortnight"):
        return week_of(day)
    if unit == "weekend":
        monday, sunday = week_of(day)
        return monday + timedelta(days=5), sunday
    if unit == "month":
        return month_of(day.year, day.month)
    if unit == "quarter":
        first = 3 * ((day.month - 1) // 3) + 1
        return date(day.year, first, 1), month_of(day.year, first + 2)[1]
    if unit == "year":
        return year_of(day.year)
    if unit == "decade":
        first = day.year - day.year % 10
        return date(max(first, 1), 1, 1), date(first + 9, 12, 31)
    if unit == "century":
        first = day.year - day.year % 100
        return date(max(first, 1), 1, 1), date(first + 99, 12, 31)
    return day, day


def safe_date(year: int, month: int, day: int) -> date | None:
    """Return the date, or None where the calendar has no such day (31 June)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nearest(options: list[tuple[date, date]], clock: Clock) -> tuple[date, date] | None:
    """Return the interval nearest to publication on the side the tense tells."""
    if clock.published is None or not options:
        return None
    day = clock.published

    def cost(span: tuple[date, date]) -> float:
        ahead, back = (span[0] - day).days, (day - span[1]).days
        if ahead > 0:
            return ahead * (_WRONG_SIDE if clock.tense == "past" else 1)
        if back > 0:
            return back * (_WRONG_SIDE if clock.tense == "future" else 1)
        return 0

    return min(options, key=cost)


def years_near(clock: Clock) -> range:
    year = clock.published.year if clock.published else 0
    return range(max(1, year - 1), year + 2) if year else range(0)


def months_in(year: int, first: int, months: int) -> tuple[date, date]:
    start = date(year, first, 1)
    return start, add_months(start, months) - timedelta(days=1)


def or_none(span: tuple[date, date] | None) -> tuple[date | None, date | None]:
    return span if span else (None, None)
