"""Times of every kind, read from pieces: what joins dates and relative words to stretches of days.

«between January and April of 2017» · «late last year» · «the first half of 2019» · «since 2014» ·
«by 2030» · «before Monday». `read_when` is the whole grammar, the longest reading first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from detente.coding.when.dates import (
    QUARTERS,
    days_of,
    read_bare_year,
    read_decade,
    read_holiday,
    read_part,
    read_plain,
    read_plain_month,
    read_said_month,
    read_season,
    read_year,
    span_in,
)
from detente.coding.when.days import (
    Clock,
    When,
    Words,
    month_of,
    months_in,
    nearest,
    or_none,
    safe_date,
    year_of,
    years_near,
)
from detente.coding.when.relative import (
    read_ago,
    read_anaphor,
    read_day_of_month,
    read_deictic,
    read_duration,
    read_habit,
    read_in_units,
    read_last_units,
    read_nth_week,
    read_nth_weekday,
    read_running_unit,
    read_unit_after_next,
    read_unit_said,
    read_vague,
    read_weekday,
    read_weekend,
)
from detente.records import Precision

_FILLERS = frozenset("the on in at then early late mid -".split())
_OPENERS = {
    tuple(words.split()): kind
    for kind, group in (
        ("since", "since;ever since;starting;beginning"),
        ("before", "before;ahead of;prior to"),
        ("until", "until;till;up to;by;no later than;through"),
        ("after", "after;following"),
        ("as of", "as of;as early as;as late as"),
        ("onward", "from"),
    )
    for words in group.split(";")
}


def read_when(words: Words, i: int, clock: Clock) -> When | None:
    """Return the time that starts at piece `i`, the longest reading first, or None."""
    for read in _READERS:
        when = read(words, i, clock)
        if when is not None:
            return when
    return None


def _read_quarter(words: Words, i: int, clock: Clock) -> When | None:
    """«Q1 2019», «H1», «the first quarter of 2022», «the second half of last year»."""
    at = i + 1 if words.low(i) == "the" else i
    low, number = words.low(at), words.number_at(at + 1)
    if low in ("q", "h") and number and words.pieces[at + 1].glued and number <= (4 if low == "q" else 2):
        months, which, end = (3 if low == "q" else 6), number, at + 2
    else:
        which = QUARTERS.get(low, 0)
        unit = words.low(at + 1)
        if not which or unit not in ("quarter", "half") or (unit == "half" and which > 2 and low != "last"):
            return None
        months, end = (3 if unit == "quarter" else 6), at + 2
        which = min(which, 12 // months)
    j = end + 1 if words.low(end) in ("of", ",") else end
    base = _read_base(words, j, clock)
    if base and base.start and base.end and base.precision == "month" and months == 6:
        middle = base.start + timedelta(days=14)
        half = (base.start, middle) if which == 1 else (middle + timedelta(days=1), base.end)
        return When(i, base.end_piece, half[0], half[1], "week")
    first = months * (which - 1) + 1
    if base and base.start and base.precision == "year" and (base.end_piece > j):
        span: tuple[date, date] | None = months_in(base.start.year, first, months)
        end = base.end_piece
    elif months == 6 and low not in ("q", "h"):
        return None
    else:
        span = nearest([months_in(y, first, months) for y in years_near(clock)], clock)
    if span is None:
        return When(i, end, None, None, "unknown")
    return When(i, end, span[0], span[1], "month")


def _read_part_of(words: Words, i: int, clock: Clock) -> When | None:
    """«mid-July», «early March 2019», «late last year», «the end of 2016», «at the beginning of June»."""
    at = i + 1 if words.low(i) in ("the", "very") else i
    part = words.kind_at(at, "part")
    if part is None:
        return None
    end = at + 1
    if words.low(end) == "-":
        end += 1
    if words.low(at) in ("end", "beginning", "start", "middle", "close"):
        if words.low(end) != "of":
            return None
        end += 1
    elif words.low(end) == "in":
        end += 1
    base = _read_base(words, end, clock)
    if base is None and words.low(end - 1) == "of":
        base = _read_running(words, i, end, clock)
    if base is None or base.end_piece == end:
        return None
    if base.start is None or base.end is None:
        return When(i, base.end_piece, None, None, "unknown")
    if base.precision not in ("month", "year", "week"):
        return None
    # The unit's own days, whatever the tense cut off: «late last year» is its last four months.
    start, stop = base.start, base.end
    if base.precision == "year" and start.year == stop.year:
        start, stop = year_of(start.year)
    days = (stop - start).days + 1
    third = {"early": (0, days // 3), "mid": (days // 3, 2 * days // 3), "late": (2 * days // 3, days)}[part]
    precision: Precision = "year" if days > 300 else ("month" if days > 20 else "week")
    if 28 <= days <= 31:
        third = {"early": (0, 10), "mid": (10, 20), "late": (20, days)}[part]
    first = start + timedelta(days=third[0])
    last = start + timedelta(days=third[1] - 1)
    if days > 360 and days < 370:
        first = date(start.year, {"early": 1, "mid": 5, "late": 9}[part], 1)
        last = month_of(start.year, {"early": 4, "mid": 8, "late": 12}[part])[1]
    return When(i, base.end_piece, first, last, precision)


def _read_running(words: Words, i: int, end: int, clock: Clock) -> When | None:
    """Return the running week, month, year of «by the end of the year».

    «At the end of the month» of what was done means no end that is still to come, but one nobody names.
    """
    running = read_running_unit(words, end, clock)
    is_bound = words.low(i - 1) in ("by", "until", "till", "before", "to")
    to_come = running and running.end and clock.published and running.end > clock.published
    return None if to_come and clock.tense == "past" and not is_bound else running


def _read_base(words: Words, i: int, clock: Clock) -> When | None:
    """Return a month, year, season, decade or «last year» at `i`: what may have an early and a late part."""
    year = read_year(words, i)
    if year:
        return When(i, year[1], *year_of(year[0]), "year")
    for read in (read_plain_month, read_season, read_decade, read_unit_said, read_holiday):
        when = read(words, i, clock)
        if when:
            return when
    return None


def _read_range(words: Words, i: int, clock: Clock) -> When | None:
    """«between January and April of 2017», «from 2015 to 2018», «June 30 - July 2», «2021-2025»."""
    opener = words.low(i) if words.low(i) in ("between", "from") else ""
    at = i + bool(opener)
    first = _read_end(words, at, clock)
    if first is None:
        return None
    link = words.low(first.end_piece)
    allowed = {
        "between": ("and",),
        "from": ("to", "until", "till", "through", "-", "–"),
        "": ("-", "–", "—", "to", "through"),
    }
    if link not in allowed[opener]:
        return None
    second = _read_end(words, first.end_piece + 1, clock)
    if second is None or (second.start is None and clock.published is not None):
        return None
    if first.start and second.start and second.end:
        start, end = _before_in_year(words, first, second), second.end
        if start > end and words.kind_at(second.end_piece - 1, "weekday"):
            start, end = (
                (start, end + timedelta(days=7))
                if clock.tense == "future"
                else (start - timedelta(days=7), end)
            )
        if start > end:
            return None
        precision: Precision = first.precision if first.precision == second.precision else "month"
        if "day" in (first.precision, second.precision) and first.precision != second.precision:
            precision = "day"
        return When(i, second.end_piece, start, end, precision, "period")
    if second.start and second.end and _has_year(words, second):
        part = read_part(words, first.start_piece)
        span = span_in(replace(part, year=second.end.year), second.end.year) if part else None
        if span and span[0] <= second.end:
            return When(i, second.end_piece, span[0], second.end, second.precision, "period")
    return When(i, second.end_piece, None, None, "unknown", "period")


def _before_in_year(words: Words, first: When, second: When) -> date:
    """Return the start of a range, moved into the year its end is given in: «January and April of 2017»."""
    assert first.start
    assert second.start
    dated = any(words.kind_at(k, "month") for k in range(first.start_piece, first.end_piece))
    if dated and not _has_year(words, first) and (_has_year(words, second) or first.start > second.start):
        for year in (second.start.year, second.start.year - 1):
            moved = safe_date(year, first.start.month, first.start.day)
            if moved and moved <= second.start:
                return moved
    return first.start


def _has_year(words: Words, when: When) -> bool:
    return (
        any(read_year(words, k) for k in range(when.start_piece, when.end_piece))
        or words.low(when.end_piece - 1) == "year"
    )


def _read_end(words: Words, i: int, clock: Clock) -> When | None:
    """Return a date that may open or close a range."""
    year = read_year(words, i)
    if (
        year
        and not (
            words.low(year[1]) in ("-", "/")
            and words.pieces[year[1]].glued
            and read_year(words, year[1] + 1) is None
        )
        and 1500 <= year[0] <= 2100
    ):
        return When(i, year[1], *year_of(year[0]), "year")
    part = read_part(words, i)
    if part and part.month and (part.day or part.year or words.is_capital(i)):
        span = days_of(part, clock)
        return When(i, part.end, *or_none(span), ("day" if part.day else "month") if span else "unknown")
    for read in (
        _read_part_of,
        read_decade,
        read_weekday,
        read_deictic,
        read_unit_said,
        read_said_month,
    ):
        when = read(words, i, clock)
        if when:
            return when
    return None


def _read_open(words: Words, i: int, clock: Clock) -> When | None:
    """«since 2014», «before June 8», «by 2030», «until May», «after Monday», «from July 1 onward»."""
    for pattern, kind in _OPENERS.items():
        if not all(words.low(i + k) == word for k, word in enumerate(pattern)):
            continue
        at = i + len(pattern)
        while at < i + 6 and words.low(at) in _FILLERS and not _starts_time(words, at):
            at += 1
        inner = _read_closed(words, at, clock)
        if inner is None:
            continue
        if kind == "onward":
            if words.low(inner.end_piece) in ("on", "onward", "onwards", "forward"):
                return _opened(replace(inner, start_piece=i, end_piece=inner.end_piece + 1), "since")
            continue
        if kind == "before" and "end" in (words.low(at), words.low(at + 1)):
            kind = "until"  # «before the end of the year»: its last day is the last
        return _opened(replace(inner, start_piece=i), kind)
    return None


def _starts_time(words: Words, i: int) -> bool:
    if words.low(i) not in ("early", "late", "mid", "the"):
        return False
    clock = Clock(date(2000, 1, 1))
    return any(read(words, i, clock) for read in (_read_part_of, read_decade, read_nth_week))


def _opened(when: When, kind: str) -> When | None:
    if when.kind in ("duration", "habit"):
        return None
    if when.start is None and when.end is None:
        return when
    if kind == "since":
        return replace(when, end=None, kind="period")
    if kind == "before":
        end = when.start - timedelta(days=1) if when.start else None
        return replace(when, start=None, end=end, precision="before", kind="period")
    if kind == "until":
        return replace(when, start=None, precision="before", kind="period")
    if kind == "after":
        return replace(when, start=when.start, end=None, kind="period")
    return when


def _read_closed(words: Words, i: int, clock: Clock) -> When | None:
    for read in _CLOSED:
        when = read(words, i, clock)
        if when is not None:
            return when
    return None


_Reader = Callable[[Words, int, Clock], "When | None"]
_CLOSED: tuple[_Reader, ...] = (
    _read_range,
    read_nth_weekday,
    read_nth_week,
    read_unit_after_next,
    read_day_of_month,
    read_weekend,
    read_plain,
    read_decade,
    _read_part_of,
    _read_quarter,
    read_season,
    read_said_month,
    read_deictic,
    read_weekday,
    read_ago,
    read_last_units,
    read_unit_said,
    read_anaphor,
    read_holiday,
    read_bare_year,
)
_READERS: tuple[_Reader, ...] = (
    read_habit,
    _read_open,
    *_CLOSED,
    read_in_units,
    read_vague,
    read_duration,
)
