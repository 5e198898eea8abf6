"""A day in, the day, week, month, quarter, half or year it lies in out, named as people write it.

Weeks are ISO weeks, Monday to Sunday: «2021-W07». A quarter is «2021-Q1», a half of a year
«2021-H1», the rest as ISO writes them. `period_start_sql` has DuckDB say the same, so that all name alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Every = Literal["day", "week", "month", "quarter", "half", "year"]
EVERY: tuple[Every, ...] = ("day", "week", "month", "quarter", "half", "year")
ONE_DAY = timedelta(days=1)
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}  # in one period


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days with its name: «2021-Q1», 1 January to 31 March 2021, both included."""

    name: str
    start: date
    end: date


def period_of(day: date, every: Every = "month") -> Period:
    """Return the period a day lies in: 17 February 2021 is in «2021-02», in «2021-W07», in «2021-Q1»."""
    if every == "day":
        return Period(day.isoformat(), day, day)
    if every == "week":
        start = day - timedelta(days=day.weekday())
        year, week, _ = day.isocalendar()
        return Period(f"{year}-W{week:02d}", start, start + timedelta(days=6))
    length = _MONTHS[every]
    first = (day.month - 1) // length * length + 1
    start = date(day.year, first, 1)
    names = {
        "month": f"{start:%Y-%m}", "quarter": f"{day.year}-Q{first // 3 + 1}",
        "half": f"{day.year}-H{first // 6 + 1}", "year": f"{day.year}",
    }  # fmt: skip
    return Period(names[every], start, _month_on(start, length) - ONE_DAY)


def period_start_sql(every: Every, day: str) -> str:
    """Return DuckDB's expression for the first day of the period that a column of days lies in."""
    if every == "half":  # DuckDB knows no halves
        return f"make_date(year({day}), if(month({day}) > 6, 7, 1), 1)"
    return f"cast(date_trunc('{every}', {day}) as date)"


def periods_between(first: date, last: date, every: Every = "month") -> Iterator[Period]:
    """Yield each period from the one of day `first` to the one of day `last`, in order of time."""
    period = period_of(first, every)
    while period.start <= last:
        yield period
        period = period_of(period.end + ONE_DAY, every)


def months_apart(first: date, last: date) -> int:
    """Return how many turns of a month lie between two days: 0 within one month."""
    return (last.year - first.year) * 12 + last.month - first.month


def _month_on(start: date, months: int) -> date:
    """Return the first of the month that many months after a first of the month."""
    years, month = divmod(start.month - 1 + months, 12)
    return date(start.year + years, month + 1, 1)
