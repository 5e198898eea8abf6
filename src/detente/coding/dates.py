"""Dates as written, read from pieces: words of the calendar in, an interval of days out.

«July 3-4» · «between January and April of 2017» · «late last year» · «two weeks ago» · «the 1990s» ·
«since 2014». Relative words need a reference day; without one they come back with no days at all.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from detente.coding.numerals import may_start, read_numeral
from detente.coding.pieces import Piece
from detente.knowledge.units import calendar_words
from detente.records import Precision

Tense = Literal["past", "present", "future"]
TimeKind = Literal["point", "period", "duration", "habit"]

# A date without a year is the nearest one; a day on the wrong side of the tense counts twelvefold, so that
# «was held on July 10», printed on July 4, still means this year.
_WRONG_SIDE = 12
_VAGUE_COUNTS = {"several": (2, 7), "few": (2, 6), "couple": (1, 3), "some": (2, 7), "many": (4, 30)}
_ABBREVIATED_DAYS = frozenset({"mon", "tue", "tues", "wed", "thu", "thurs", "fri", "sat", "sun"})
_AGE_WORDS = frozenset({"old", "olds", "age"})


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of days by piece index, half open; `open_end` marks «since X», `is_firm` an own day or month."""

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


def read_when(words: Words, i: int, clock: Clock) -> When | None:
    """Return the time that starts at piece `i`, the longest reading first, or None."""
    for read in _READERS:
        when = read(words, i, clock)
        if when is not None:
            return when
    return None


# Days and arithmetic


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


_PRECISION_OF_UNIT: dict[str, Precision] = {
    "second": "day", "minute": "day", "hour": "day", "day": "day", "weekend": "day", "week": "week",
    "fortnight": "week", "month": "month", "quarter": "month", "year": "year", "decade": "year",
    "century": "year",
}  # fmt: skip


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


def _years_near(clock: Clock) -> range:
    year = clock.published.year if clock.published else 0
    return range(max(1, year - 1), year + 2) if year else range(0)


# Plain dates


@dataclass(frozen=True, slots=True)
class _Part:
    """What was written of a date: some of year, month, day, and where it ends."""

    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    to_day: int | None = None


def _read_year(words: Words, i: int) -> tuple[int, int] | None:
    """Return a four-digit year at `i` and where it ends."""
    number = words.number_at(i)
    if number is None or not 1000 <= number <= 2200 or len(words.pieces[i].text) != 4:
        return None
    follows = words.low(i + 1)
    if follows == "s" and words.pieces[i + 1].glued:
        return None
    return number, i + 1


def _read_day(words: Words, i: int) -> tuple[int, int] | None:
    """Return a day of the month at `i`: «3», «3rd», «third», «the 21st»."""
    number = words.number_at(i)
    if number is not None:
        if not 1 <= number <= 31 or len(words.pieces[i].text) > 2:
            return None
        follows = words.low(i + 1)
        if follows in ("st", "nd", "rd", "th") and words.pieces[i + 1].glued:
            return number, i + 2
        if i + 1 < len(words.pieces) and words.pieces[i + 1].glued and follows in (":", "%", "/"):
            return None
        return number, i + 1
    if i < len(words.pieces) and may_start(words.pieces[i]):
        ordinal = read_numeral(words.pieces, i)
        if ordinal and ordinal.kind == "ordinal" and ordinal.value <= 31:
            return int(ordinal.value), ordinal.end
    return None


def _read_month(words: Words, i: int) -> tuple[int, int] | None:
    """Return a month named at `i`; «may», «march» only with a capital, «Jan.» with its full stop."""
    value = words.kind_at(i, "month")
    if value is None:
        return None
    low = words.low(i)
    if low in ("may", "march", "mar", "dec", "jan", "jun") and not words.is_capital(i):
        return None
    end = i + 1
    if words.low(end) == "." and len(low) <= 4 and low not in ("may", "june", "july"):
        end += 1
    return int(value), end


def _read_month_date(words: Words, i: int) -> _Part | None:
    """«July 3-4», «July 3, 2017», «July the 3rd», «Jan. 12», «July 2017», «January of 2017», «May»."""
    month = _read_month(words, i)
    if month is None:
        return None
    value, end = month
    at = end + 1 if words.low(end) == "the" else end
    day = _read_day(words, at)
    if day and not _is_counting(words, day[1]):
        end = day[1]
        to = _read_to_day(words, end, day[0])
        if to:
            end = to[1]
        year = _year_behind(words, end)
        return _Part(year[1] if year else end, year[0] if year else None, value, day[0], to[0] if to else None)
    year = _year_behind(words, end, with_of=True)
    if year:
        return _Part(year[1], year[0], value)
    return _Part(end, None, value)


def _is_counting(words: Words, i: int) -> bool:
    """Whether the number before `i` counts something («In May 12 ships …» never does in print)."""
    return words.low(i) in ("percent", "%", "million", "billion")


def _read_to_day(words: Words, i: int, first: int) -> tuple[int, int] | None:
    """Return the second day of «3-4», «3 to 5», «5 and 6», and where it ends."""
    if words.low(i) not in ("-", "–", "—", "to", "and", "through", "until", "/"):
        return None
    second = _read_day(words, i + 1)
    if second is None or second[0] <= first:
        return None
    if _read_month(words, second[1]) or words.low(second[1]) in ("-", "–"):
        return None
    if words.low(i) in ("and", "to") and words.low(second[1]) in ("percent", "people", "countries", "million"):
        return None
    return second


def _year_behind(words: Words, i: int, *, with_of: bool = False) -> tuple[int, int] | None:
    """Return the year of «, 2017», «2017», «of 2017», «of this year», and where it ends."""
    j = i + 1 if words.low(i) in (",", "of", "in") else i
    if words.low(i) == "," and words.low(i + 2) in ("-", "–"):
        return None
    year = _read_year(words, j)
    if year and (words.low(i) not in ("of", "in") or with_of or words.low(i) == "of"):
        return year
    return None


def _read_day_month(words: Words, i: int) -> _Part | None:
    """«3 July 2017», «3-4 July», «5 and 6 December», «the 3rd of July», «3 to 5 July 2017»."""
    at = i + 1 if words.low(i) == "the" else i
    day = _read_day(words, at)
    if day is None:
        return None
    end, to_day = day[1], None
    if words.low(end) in ("-", "–", "—", "to", "and"):
        second = _read_day(words, end + 1)
        if second and second[0] > day[0]:
            to_day, end = second
    if words.low(end) in ("of", "."):
        end += 1
    month = _read_month(words, end)
    if month is None or (words.low(end) == "may" and words.low(end + 1) in ("be", "have", "not")):
        return None
    year = _year_behind(words, month[1])
    return _Part(year[1] if year else month[1], year[0] if year else None, month[0], day[0], to_day)


def _read_numeric(words: Words, i: int) -> _Part | None:
    """«2017-07-03», «2017/07/03», «03.07.2017», «7/3/2017» (month first unless it cannot be)."""
    first, mark = words.number_at(i), words.low(i + 1)
    if first is None or mark not in ("-", "/", ".", "–"):
        return _read_dotted(words, i)
    second, third = words.number_at(i + 2), words.number_at(i + 4)
    if second is None or third is None or words.low(i + 3) != mark:
        return _read_dotted(words, i)
    if not all(words.pieces[k].glued for k in range(i + 1, i + 5)):
        return None
    if len(words.pieces[i].text) == 4 and safe_date(first, min(second, 12), 1) and second <= 12 and third <= 31:
        return _Part(i + 5, first, second, third)
    if len(words.pieces[i + 4].text) == 4:
        month, day = (second, first) if first > 12 or mark == "." else (first, second)
        if 1 <= month <= 12 and 1 <= day <= 31:
            return _Part(i + 5, third, month, day)
    return None


def _read_dotted(words: Words, i: int) -> _Part | None:
    """«13.5.2015», which pieces cut as «13.5» «.2015» or «13.5» «.» «2015»."""
    if i >= len(words.pieces) or words.pieces[i].kind != "number" or words.pieces[i].text.count(".") != 1:
        return None
    day, month = words.pieces[i].text.split(".")
    if words.low(i + 1) == "." and words.number_at(i + 2) and len(words.pieces[i + 2].text) == 4:
        if day.isdigit() and month.isdigit() and 1 <= int(day) <= 31 and 1 <= int(month) <= 12:
            return _Part(i + 3, words.number_at(i + 2), int(month), int(day))
    return None


def _read_part(words: Words, i: int) -> _Part | None:
    """Return a date written out at `i`, with or without its weekday in front."""
    at = i
    if words.kind_at(i, "weekday") is not None:
        at = i + 1
        while words.low(at) in (",", "."):
            at += 1
        if words.low(at) == "the":
            at += 1
        if at == i + 1 and not (_read_month(words, at) or _read_day(words, at)):
            return None
    for read in (_read_numeric, _read_day_month, _read_month_date):
        part = read(words, at)
        if part and (at == i or part.day):
            return part
    return None


def _days_of(part: _Part, clock: Clock) -> tuple[date, date] | None:
    """Return the days of a written date; the year comes from publication and tense where none is given."""
    years = (part.year,) if part.year else _years_near(clock)
    options: list[tuple[date, date]] = []
    for year in years:
        span = _span_in(part, year)
        if span:
            options.append(span)
    if part.year:
        return options[0] if options else None
    return nearest(options, clock)


def _span_in(part: _Part, year: int) -> tuple[date, date] | None:
    month = part.month or 1
    if part.day is None:
        return month_of(year, month)
    first = safe_date(year, month, part.day)
    last = safe_date(year, month, part.to_day) if part.to_day else first
    return (first, last) if first and last else None


def _read_plain(words: Words, i: int, clock: Clock) -> When | None:
    part = _read_part(words, i)
    if part is None or part.month is None:
        return None
    if part.day is None and part.year is None:
        if not _is_month_here(words, i):
            return None
        said = _year_said(words, part.end, clock)
        if said:
            part = replace(part, year=said[0], end=said[1])
    elif part.year is None:
        said = _year_said(words, part.end, clock)
        if said:
            part = replace(part, year=said[0], end=said[1])
    span = _days_of(part, clock)
    precision: Precision = "day" if part.day else "month"
    if span is None:
        return When(i, part.end, None, None, "unknown")
    return When(i, part.end, span[0], span[1], precision)


def _is_month_here(words: Words, i: int) -> bool:
    """Whether a bare month word is the month: «in May», never «May I», «march on», «Theresa May»."""
    low = words.low(i)
    if not words.is_capital(i):
        return low not in ("may", "march") and len(low) > 3
    before, after = words.low(i - 1), words.low(i + 1)
    if len(low) <= 4 and low not in ("may", "june", "july") and after != ".":
        return False
    if low in ("may", "march", "april", "june", "august"):
        if before in ("in", "of", "since", "by", "until", "till", "through", "during", "from", "to", "and", "between",
                      "last", "next", "this", "early", "late", "mid", "-", "–", "before", "after", "for", ",", "(", "every"):  # fmt: skip
            return True
        return i > 0 and not words.is_capital(i - 1) and before not in (".", "”", '"', "’", "'s") and low != "may"
    return True


def _year_said(words: Words, i: int, clock: Clock) -> tuple[int, int] | None:
    """Return the year of «[of] this year», «last year» behind a month."""
    j = i + 1 if words.low(i) == "of" else i
    if clock.published is None or words.low(j + 1) != "year":
        return None
    step = {"this": 0, "last": -1, "next": 1, "same": 0}.get(words.low(j))
    return (clock.published.year + step, j + 2) if step is not None else None


# Years, decades, parts of them


def _read_bare_year(words: Words, i: int, clock: Clock) -> When | None:
    """«2017» where it is a year: behind a preposition, in brackets, or before a noun («the 2015 accord»)."""
    year = _read_year(words, i)
    if year is None or not 1500 <= year[0] <= 2100:
        return None
    if not _is_year_here(words, i):
        return None
    first, last = year_of(year[0])
    return When(i, year[1], first, last, "year")


_BEFORE_YEAR = frozenset(
    "in since by until till of from during for to and through before after between mid early late around circa "
    "about the this that ( , - – — on throughout over winter spring summer autumn fall until: end end: beginning its "
    "their his our with at".split()
)


def _is_year_here(words: Words, i: int) -> bool:
    before, after = words.low(i - 1), words.low(i + 1)
    if i and words.pieces[i].glued and words.pieces[i - 1].kind == "word":
        return False
    if i >= 2 and words.pieces[i].glued and before in ("-", "/", ".", "#", "$", "€", "£"):
        return before == "-" and (words.low(i - 2) == "mid" or _read_year(words, i - 2) is not None)
    if before in ("resolution", "no", "article", "agenda", "flight", "number", "windows", "room", "unit", "boeing"):
        return False
    if after in ("%", "percent", "people", "troops", "km", "miles", "tonnes", "tons", "dollars", "soldiers", "men"):
        return False
    if before in _BEFORE_YEAR or before == "":
        return True
    return before in ("year", "years", "back") or _previous_is_month(words, i)


def _previous_is_month(words: Words, i: int) -> bool:
    return words.kind_at(i - 1, "month") is not None


def _read_decade(words: Words, i: int, clock: Clock) -> When | None:
    """«the 1990s», «1990's», «the mid-1980s», «the 19th century»."""
    at = i + 1 if words.low(i) == "the" else i
    part = words.kind_at(at, "part")
    if part and words.low(at) in ("early", "late", "mid"):
        at += 2 if words.low(at + 1) == "-" else 1
    else:
        part = None
    number = words.number_at(at)
    if number is None:
        return None
    j = at + 1
    if words.low(j) in ("'", "’") and words.pieces[j].glued:
        j += 1
    if words.low(j) == "s" and words.pieces[j].glued and number % 10 == 0 and (1000 <= number <= 2100 or number < 100):
        first = number if number >= 1000 else 1900 + number
        start, end = first, first + 9
        if part:
            start, end = {"early": (first, first + 3), "mid": (first + 4, first + 6), "late": (first + 6, first + 9)}[part]
        return When(i, j + 1, date(start, 1, 1), date(end, 12, 31), "year")
    day = _read_day(words, at)
    if day and words.low(day[1]) == "century":
        return When(i, day[1] + 1, date(max(1, 100 * (day[0] - 1)), 1, 1), date(100 * day[0] - 1, 12, 31), "year")
    return None


_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


def _read_quarter(words: Words, i: int, clock: Clock) -> When | None:
    """«Q1 2019», «H1», «the first quarter of 2022», «the second half of last year», «the first half of June»."""
    at = i + 1 if words.low(i) == "the" else i
    low, number = words.low(at), words.number_at(at + 1)
    if low in ("q", "h") and number and words.pieces[at + 1].glued and number <= (4 if low == "q" else 2):
        months, which, end = (3 if low == "q" else 6), number, at + 2
    else:
        which = _QUARTERS.get(low, 0)
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
        span: tuple[date, date] | None = _months_in(base.start.year, first, months)
        end = base.end_piece
    elif months == 6 and low not in ("q", "h"):
        return None
    else:
        span = nearest([_months_in(y, first, months) for y in _years_near(clock)], clock)
    if span is None:
        return When(i, end, None, None, "unknown")
    return When(i, end, span[0], span[1], "month")


def _months_in(year: int, first: int, months: int) -> tuple[date, date]:
    start = date(year, first, 1)
    return start, add_months(start, months) - timedelta(days=1)


def _read_season(words: Words, i: int, clock: Clock) -> When | None:
    """«summer 2018», «the winter of 2018», «last summer», «this spring», «in summer»."""
    at = i + 1 if words.low(i) == "the" else i
    step = {"last": -1, "this": 0, "next": 1, "past": -1, "coming": 1}.get(words.low(at))
    at += step is not None
    value = words.kind_at(at, "season")
    if value is None:
        return None
    end = at + 1
    first = int(value)
    year = _year_behind(words, end, with_of=True)
    if year:
        span: tuple[date, date] | None = _months_in(year[0], first, 3)
        return When(i, year[1], *_or_none(span), "month")
    said = _year_said(words, end, clock)
    if said:
        return When(i, said[1], *_or_none(_months_in(said[0], first, 3)), "month")
    if words.low(at) == "fall" and step is None and words.low(i - 1) != "in":
        return None
    if step is None and words.low(i - 1) not in ("in", "by", "since", "until", "during", "the", "early", "late", "of"):
        return None
    options = [_months_in(y, first, 3) for y in _years_near(clock)]
    day = clock.published
    if day is None:
        return When(i, end, None, None, "unknown")
    if step == -1:
        options = [s for s in options if s[1] < day]
        return When(i, end, *max(options), "month")
    if step == 1:
        options = [s for s in options if s[0] > day]
        return When(i, end, *min(options), "month")
    if step == 0:
        options = [s for s in options if s[0].year == day.year]
    return When(i, end, *_or_none(nearest(options, clock)), "month")


def _or_none(span: tuple[date, date] | None) -> tuple[date | None, date | None]:
    return span if span else (None, None)


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


def _read_base(words: Words, i: int, clock: Clock) -> When | None:
    """Return a month, year, season, decade or «last year» at `i`: what may have an early and a late part."""
    year = _read_year(words, i)
    if year:
        return When(i, year[1], *year_of(year[0]), "year")
    for read in (_read_plain_month, _read_season, _read_decade, _read_unit_said, _read_holiday):
        when = read(words, i, clock)
        if when:
            return when
    return None


def _read_plain_month(words: Words, i: int, clock: Clock) -> When | None:
    step = {"last": -1, "next": 1, "this": 0}.get(words.low(i))
    if step is not None:
        return _read_said_month(words, i, clock)
    if _read_month(words, i) is None:
        return None
    part = _read_month_date(words, i)
    if part is None or part.day is not None:
        return None
    said = _year_said(words, part.end, clock) if part.year is None else None
    if said:
        part = replace(part, year=said[0], end=said[1])
    span = _days_of(part, clock)
    return When(i, part.end, *_or_none(span), "month" if span else "unknown")


def _read_holiday(words: Words, i: int, clock: Clock) -> When | None:
    """«Christmas Eve», «Victory Day», «Easter Sunday 2019»."""
    for length in (3, 2, 1):
        key = _phrase(words, i, length)
        value = next((w.value for w in calendar_words().get(key, ()) if w.kind == "holiday"), None)
        if value is None or not words.is_capital(i):
            continue
        end = _phrase_end(words, i, length)
        year = _year_behind(words, end)
        years = [year[0]] if year else list(_years_near(clock))
        days = [(day, day) for y in years if (day := _holiday_in(value, y))]
        span = days[0] if year and days else nearest(days, clock)
        return When(i, year[1] if year else end, *_or_none(span), "day" if span else "unknown")
    return None


def _phrase(words: Words, i: int, length: int) -> tuple[str, ...]:
    """Return `length` words from `i`, «'s» joined to the word before it."""
    out: list[str] = []
    j = i
    while len(out) < length and j < len(words.pieces):
        low = words.low(j)
        if low in ("'", "’") and words.low(j + 1) == "s" and out:
            out[-1] += "'s"
            j += 2
            continue
        out.append(low)
        j += 1
    if words.low(j) in ("'", "’") and words.low(j + 1) == "s" and out:
        out[-1] += "'s" if (out[-1] + "'s",) in {k[:1] for k in calendar_words()} else ""
    return tuple(out)


def _phrase_end(words: Words, i: int, length: int) -> int:
    count, j = 0, i
    while count < length and j < len(words.pieces):
        j += 2 if words.low(j) in ("'", "’") and words.low(j + 1) == "s" else 1
        count += words.low(j - 1) != "s" or words.low(j - 2) not in ("'", "’")
    return j


def _holiday_in(value: str, year: int) -> date | None:
    if value.startswith("easter"):
        return _easter(year) + timedelta(days=int(value[6:] or 0))
    month, day = value.split("-")
    return safe_date(year, int(month), int(day))


def _easter(year: int) -> date:
    """Return Easter Sunday, Gregorian (the anonymous algorithm printed in Nature, 20 April 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


# Words that point from the day of publication


def _read_deictic(words: Words, i: int, clock: Clock) -> When | None:
    """«today», «yesterday», «tonight», «last night», «this evening», «the day before yesterday», «now»."""
    low, day = words.low(i), clock.published
    if low == "the" and words.low(i + 1) == "day" and words.low(i + 3) in ("yesterday", "tomorrow"):
        step = {("before", "yesterday"): -2, ("after", "tomorrow"): 2}.get((words.low(i + 2), words.low(i + 3)))
        return _day_at(i, i + 4, day, step) if step else None
    if low in ("earlier", "later") and words.low(i + 1) in ("today", "yesterday", "tomorrow"):
        inner = _read_deictic(words, i + 1, clock)
        return replace(inner, start_piece=i) if inner else None
    steps = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
    if low in steps:
        end = i + 1 + (words.kind_at(i + 1, "daypart") is not None)
        return _day_at(i, end, day, steps[low])
    if low in ("this", "last", "tomorrow", "yesterday") and words.kind_at(i + 1, "daypart") is not None:
        return _day_at(i, i + 2, day, -1 if low == "last" else 0)
    if low in ("now", "currently", "nowadays") and words.low(i + 1) not in ("that",):
        if words.low(i - 1) in ("from", "until", "till", "by", "right") and words.low(i - 1) != "right":
            return None
        return _day_at(i, i + 1, day, 0)
    return None


def _day_at(start: int, end: int, day: date | None, step: int) -> When:
    if day is None:
        return When(start, end, None, None, "unknown")
    at = day + timedelta(days=step)
    return When(start, end, at, at, "day")


def _read_weekday(words: Words, i: int, clock: Clock) -> When | None:
    """«Monday», «last Friday», «next Tuesday», «Friday night», «Tuesday next week», «Thursday the 21st»."""
    step = {"last": -1, "past": -1, "next": 1, "this": 0, "coming": 1}.get(words.low(i))
    at = i + (step is not None)
    value = words.kind_at(at, "weekday")
    if value is None or not words.is_capital(at):
        return None
    if words.low(at) in _ABBREVIATED_DAYS and words.low(at + 1) not in (".", ","):
        return None
    end = at + 1 + (words.low(at) in _ABBREVIATED_DAYS and words.low(at + 1) == ".")
    end += words.kind_at(end, "daypart") is not None
    day, weekday = clock.published, int(value)
    week = _week_behind(words, end)
    if week:
        step, end = week
    if day is None:
        return When(i, end, None, None, "unknown")
    if step is not None:
        found = week_of(day)[0] + timedelta(days=7 * step + weekday)
    elif clock.tense == "future":
        found = day + timedelta(days=(weekday - day.weekday()) % 7)
    else:
        found = day - timedelta(days=(day.weekday() - weekday) % 7)
    return When(i, end, found, found, "day")


def _week_behind(words: Words, i: int) -> tuple[int, int] | None:
    """Return the step and end of «[of] last week», «next week» behind a weekday."""
    j = i + 1 if words.low(i) == "of" else i
    step = {"last": -1, "next": 1, "this": 0}.get(words.low(j))
    return (step, j + 2) if step is not None and words.low(j + 1) == "week" else None


def _read_said_month(words: Words, i: int, clock: Clock) -> When | None:
    """«last July», «next May», «this March»."""
    step = {"last": -1, "next": 1, "this": 0, "past": -1}.get(words.low(i))
    month = _read_month(words, i + 1) if step is not None else None
    if step is None or month is None:
        return None
    day = clock.published
    if day is None:
        return When(i, month[1], None, None, "unknown")
    options = [month_of(y, month[0]) for y in _years_near(clock)]
    if step == -1:
        options = [s for s in options if s[1] < day][-1:]
    elif step == 1:
        options = [s for s in options if s[0] > day][:1]
    else:
        options = [s for s in options if s[0].year == day.year]
    return When(i, month[1], *_or_none(options[0] if options else None), "month")


def _read_unit_said(words: Words, i: int, clock: Clock) -> When | None:
    """«this week», «last year», «next month», «later this week», «earlier this year», «the current decade»."""
    at = i + 1 if words.low(i) == "the" else i
    side = words.low(at) if words.low(at) in ("earlier", "later") else None
    at += side is not None
    if side and words.low(at) in ("in", "on"):
        at += 1
    step = {"this": 0, "last": -1, "next": 1, "past": -1, "previous": -1, "coming": 1, "current": 0, "upcoming": 1,
            "following": 1, "preceding": -1, "the": 0}.get(words.low(at))  # fmt: skip
    if step is None or (words.low(at) == "the" and side is None):
        return None
    unit = words.kind_at(at + 1, "unit")
    if unit is None or unit in ("second", "minute", "hour", "day") or words.low(at + 1) == "night":
        return None
    if at > i and words.low(at) in ("last", "next", "past") and words.low(i) == "the" and side is None and unit == "quarter":
        step = {"last": -1, "past": -1, "next": 1}[words.low(at)]
    if words.low(at) in ("following", "preceding", "previous"):
        return _read_unit_from_last(i, at + 2, unit, 1 if words.low(at) == "following" else -1, clock)
    day, end = clock.published, at + 2
    precision = _PRECISION_OF_UNIT[unit]
    if day is None:
        return When(i, end, None, None, "unknown", "period")
    first, last = unit_around(shift(unit_around(day, unit)[0], step, "week" if unit == "weekend" else unit), unit)
    if step == 0 and unit != "weekend":
        first, last = _cut_at(first, last, day, side, clock.tense)
    elif side and unit == "year":
        middle = date(first.year, 7, 1)
        first, last = (first, middle) if side == "earlier" else (middle, last)
    return When(i, end, first, last, precision, "period")


def _cut_at(first: date, last: date, day: date, side: str | None, tense: Tense) -> tuple[date, date]:
    """Return the part of the running week or year that is meant: done acts lie before today, planned after."""
    if side == "later":
        return min(day + timedelta(days=1), last), last
    if side == "earlier" or tense == "past":
        return first, day
    if tense == "future":
        return day, last
    return first, last


def _read_unit_from_last(i: int, end: int, unit: str, step: int, clock: Clock) -> When:
    """«the following week»: counted from the last day the report named."""
    if clock.last is None:
        return When(i, end, None, None, "unknown")
    first, last = unit_around(shift(unit_around(clock.last[0], unit)[0], step, unit), unit)
    return When(i, end, first, last, _PRECISION_OF_UNIT[unit])


def _read_count(words: Words, i: int) -> tuple[int, int, int, str] | None:
    """Return (least, most, end, unit) of «two days», «a month», «several weeks», «a couple of years»."""
    j = i
    low = words.low(j)
    if low in ("a", "an") and words.low(j + 1) in _VAGUE_COUNTS:
        j += 1
        low = words.low(j)
    if low in _VAGUE_COUNTS:
        least, most = _VAGUE_COUNTS[low]
        j += 1 + (words.low(j + 1) == "of")
    elif low in ("a", "an", "one"):
        least = most = 1
        j += 1
    elif j < len(words.pieces) and may_start(words.pieces[j]):
        numeral = read_numeral(words.pieces, j)
        if numeral is None or numeral.kind in ("ordinal", "fraction") or numeral.value > 10000:
            return None
        least = most = int(numeral.value)
        j = numeral.end
        if words.low(j) in ("or", "to", "-", "–") and j + 1 < len(words.pieces) and may_start(words.pieces[j + 1]):
            second = read_numeral(words.pieces, j + 1)
            if second and second.kind == "cardinal" and second.value > least:
                most, j = int(second.value), second.end
    else:
        return None
    j += words.low(j) in ("more", "full", "whole", "consecutive", "straight", "long", "short", "mere")
    unit = _unit_at(words, j)
    return (least, most, j + 1, unit) if unit else None


def _unit_at(words: Words, i: int) -> str | None:
    low = words.low(i)
    unit = words.kind_at(i, "unit")
    if unit:
        return unit
    if low == "centuries":
        return "century"
    if low.endswith("s"):
        for word in calendar_words().get((low[:-1],), ()):
            if word.kind == "unit":
                return word.value
    return None


_MODIFIERS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("less", "than"), "<"), (("fewer", "than"), "<"), (("under",), "<"), (("no", "more", "than"), "<"),
    (("more", "than"), ">"), (("over",), ">"), (("at", "least"), ">"), (("some",), "~"), (("about",), "~"),
    (("around",), "~"), (("nearly",), "~"), (("almost",), "~"), (("roughly",), "~"), (("approximately",), "~"),
    (("just",), "~"), (("only",), "~"), (("exactly",), "~"), (("barely",), "~"),
)  # fmt: skip


def _read_modifier(words: Words, i: int) -> tuple[str, int]:
    for pattern, op in _MODIFIERS:
        if all(words.low(i + k) == word for k, word in enumerate(pattern)):
            return op, i + len(pattern)
    return "=", i


def _read_ago(words: Words, i: int, clock: Clock) -> When | None:
    """«two days ago», «less than a month ago», «three weeks from now», «two days after June 3», «a year later»."""
    op, at = _read_modifier(words, i)
    if op == "~" and words.low(at) in ("less", "more"):
        op, at = _read_modifier(words, at)
    count = _read_count(words, at)
    if count is None:
        plural = _unit_at(words, at) if words.low(at).endswith("s") or words.low(at).endswith("ies") else None
        if plural is None or words.low(at) == "seconds":
            return None
        count = (2, 20 if plural not in ("year", "decade") else 9, at + 1, plural)
    least, most, end, unit = count
    word, day = words.low(end), clock.published
    if word == "ago" or (word == "back" and words.low(i - 1) != "the"):
        return _counted_back(i, end + 1, day, least, most, unit, op, -1)
    if word in ("from", "hence") and (word == "hence" or words.low(end + 1) in ("now", "today")):
        return _counted_back(i, end + 1 + (word == "from"), day, least, most, unit, op, 1)
    if word in ("later", "earlier") and words.low(end + 1) not in ("than",):
        if clock.last is None:
            return When(i, end + 1, None, None, "unknown")
        return _counted_back(i, end + 1, clock.last[0], least, most, unit, "=", 1 if word == "later" else -1)
    if word in ("after", "before", "from", "following"):
        anchor = read_when(words, end + 1, clock)
        if anchor and anchor.start and anchor.end and anchor.kind == "point":
            sign = -1 if word == "before" else 1
            base = anchor.start if sign < 0 else anchor.end
            return _counted_back(i, anchor.end_piece, base, least, most, unit, "=", sign)
        if word in ("after", "before"):
            return When(i, end + 1, None, None, "unknown", is_firm=False)
    return None


def _counted_back(
    i: int, end: int, day: date | None, least: int, most: int, unit: str, op: str, sign: int
) -> When:
    """Return the days that lie `least` to `most` units off: «two weeks ago» is about a week wide."""
    if day is None:
        return When(i, end, None, None, "unknown")
    precision = _PRECISION_OF_UNIT[unit]
    try:
        far, near = shift(day, sign * most, unit), shift(day, sign * least, unit)
    except (OverflowError, ValueError):
        return When(i, end, None, None, "unknown")
    if op == "<":
        edges = (far, day - timedelta(days=1)) if sign < 0 else (day, far)
        return When(i, end, min(edges), max(edges), precision)
    if op == ">" and sign < 0:
        return When(i, end, None, near, "before")
    if op == ">":
        return When(i, end, near, None, precision)
    if least != most:
        return When(i, end, min(far, near), max(far, near), "week" if unit == "day" else precision)
    if unit in ("second", "minute", "hour"):
        edges = (day - timedelta(days=1), day) if sign < 0 else (day, day + timedelta(days=1))
        return When(i, end, edges[0], edges[1], "day")
    if unit in ("week", "fortnight"):
        return When(i, end, near - timedelta(days=3), near + timedelta(days=3), "week")
    if unit in ("decade", "century"):
        years = 5 if unit == "decade" else 50
        return When(i, end, date(max(1, near.year - years), 1, 1), date(near.year + years, 12, 31), "year")
    first, last = unit_around(near, unit)
    return When(i, end, first, last, precision)


def _read_last_units(words: Words, i: int, clock: Clock) -> When | None:
    """«the last two years», «over the past several months», «in the next three weeks», «in recent weeks»."""
    at = i
    while words.low(at) in ("over", "in", "during", "within", "for", "the", "these", "throughout", "these"):
        at += 1
    side, day = words.low(at), clock.published
    if side == "recent":
        unit = _unit_at(words, at + 1)
        if unit is None or unit in ("second", "minute"):
            return None
        if day is None:
            return When(i, at + 2, None, None, "unknown", "period")
        count = {"hour": 0, "day": 7, "week": 6, "month": 6, "year": 5, "decade": 3}.get(unit, 3)
        return When(i, at + 2, shift(day, -count, unit), day, _PRECISION_OF_UNIT[unit], "period")
    if side not in ("last", "past", "previous", "next", "coming") or (at == i and side == "past"):
        return None
    end = at + 1
    span: tuple[int, int, int, str] | None
    unit = _unit_at(words, end)
    if unit and words.low(end).endswith("s"):
        span = (2, 9, end + 1, unit)
    elif unit and at > i and words.low(at - 1) == "the" and unit != "quarter":
        span = (1, 1, end + 1, unit)
    else:
        span = _read_count(words, end)
    if span is None:
        return None
    _, most, end, unit = span
    if words.low(end) in ("or", "and") and words.low(end + 1) in ("so",):
        end += 2
    if day is None:
        return When(i, end, None, None, "unknown", "period")
    sign = 1 if side in ("next", "coming") else -1
    edge = shift(day, sign * most, unit)
    return When(i, end, min(edge, day), max(edge, day), _PRECISION_OF_UNIT[unit], "period")


def _read_in_units(words: Words, i: int, clock: Clock) -> When | None:
    """«in three weeks», «within days» of what will be; of what was it is a duration."""
    if words.low(i) not in ("in", "within") or clock.tense != "future":
        return None
    _, at = _read_modifier(words, i + 1)
    count = _read_count(words, at)
    if count is None or words.low(count[2]) in ("of", "'", "’") or count[3] in ("second", "minute"):
        return None
    least, most, end, unit = count
    if words.low(i) == "within":
        if clock.published is None:
            return When(i, end, None, None, "unknown")
        return When(i, end, clock.published, shift(clock.published, most, unit), _PRECISION_OF_UNIT[unit], "period")
    return _counted_back(i, end, clock.published, least, most, unit, "=", 1)


# Words that point back into the report


def _read_anaphor(words: Words, i: int, clock: Clock) -> When | None:
    """«on the same day», «that day», «at that time», «the next day», «the day before», «that year»."""
    at = i
    while words.low(at) in ("on", "at", "in", "during", "by"):
        at += 1
    low = words.low(at)
    after = words.low(at + 1)
    if low == "the" and after in ("same", "very"):
        unit = words.kind_at(at + 2, "unit")
        if unit in ("day", "week", "month", "year") or words.low(at + 2) == "time":
            return _from_last(i, at + 3, unit or "time", 0, clock)
    if low in ("that", "the") and after in ("time", "day", "week", "month", "year", "period", "evening", "date"):
        follows = words.low(at + 2)
        if low == "the" and after == "day" and follows in ("before", "after") and words.low(at + 3) in ("", ".", ",", "and"):
            return _from_last(i, at + 3, "day", -1 if follows == "before" else 1, clock)
        if low == "that" and (at > i or after not in ("time", "period")) and follows not in ("of",):
            return _from_last(i, at + 2, after, 0, clock)
        if low == "the" and after == "time" and words.low(at - 1) == "at" and follows != "of":
            return _from_last(i, at + 2, "time", 0, clock)
    if low == "the" and after in ("next", "following", "previous") and words.low(at + 2) == "day":
        return _from_last(i, at + 3, "day", -1 if after == "previous" else 1, clock)
    return None


def _from_last(i: int, end: int, unit: str, step: int, clock: Clock) -> When:
    if clock.last is None:
        return When(i, end, None, None, "unknown", is_firm=False)
    first, last = clock.last
    if unit in ("week", "month", "year"):
        first, last = unit_around(first, unit)
        return When(i, end, first, last, _PRECISION_OF_UNIT[unit], is_firm=False)
    if step:
        first = last = (last if step > 0 else first) + timedelta(days=step)
    days = (last - first).days
    precision: Precision = "day" if days < 6 else ("month" if days < 32 else "year")
    return When(i, end, first, last, precision, is_firm=False)


# Ranges and open ends


def _read_range(words: Words, i: int, clock: Clock) -> When | None:
    """«between January and April of 2017», «from 2015 to 2018», «June 30 - July 2», «2021-2025», «Monday to Friday»."""
    opener = words.low(i) if words.low(i) in ("between", "from") else ""
    at = i + bool(opener)
    first = _read_end(words, at, clock)
    if first is None:
        return None
    link = words.low(first.end_piece)
    allowed = {"between": ("and",), "from": ("to", "until", "till", "through", "-", "–"), "": ("-", "–", "—", "to", "through")}
    if link not in allowed[opener]:
        return None
    second = _read_end(words, first.end_piece + 1, clock)
    if second is None or (second.start is None and clock.published is not None):
        return None
    if first.start and second.start and second.end:
        start, end = _before_in_year(words, first, second), second.end
        if start > end and words.kind_at(second.end_piece - 1, "weekday"):
            start, end = (start, end + timedelta(days=7)) if clock.tense == "future" else (start - timedelta(days=7), end)
        if start > end:
            return None
        precision: Precision = first.precision if first.precision == second.precision else "month"
        if "day" in (first.precision, second.precision) and first.precision != second.precision:
            precision = "day"
        return When(i, second.end_piece, start, end, precision, "period")
    if second.start and second.end and _has_year(words, second):
        part = _read_part(words, first.start_piece)
        span = _span_in(replace(part, year=second.end.year), second.end.year) if part else None
        if span and span[0] <= second.end:
            return When(i, second.end_piece, span[0], second.end, second.precision, "period")
    return When(i, second.end_piece, None, None, "unknown", "period")


def _before_in_year(words: Words, first: When, second: When) -> date:
    """Return the start of a range, moved into the year its end is given in: «January and April of 2017»."""
    assert first.start and second.start
    dated = any(words.kind_at(k, "month") for k in range(first.start_piece, first.end_piece))
    if dated and not _has_year(words, first) and (_has_year(words, second) or first.start > second.start):
        for year in (second.start.year, second.start.year - 1):
            moved = safe_date(year, first.start.month, first.start.day)
            if moved and moved <= second.start:
                return moved
    return first.start


def _has_year(words: Words, when: When) -> bool:
    return any(_read_year(words, k) for k in range(when.start_piece, when.end_piece)) or words.low(
        when.end_piece - 1
    ) == "year"


def _read_end(words: Words, i: int, clock: Clock) -> When | None:
    """Return a date that may open or close a range."""
    year = _read_year(words, i)
    if year and not (words.low(year[1]) in ("-", "/") and words.pieces[year[1]].glued and _read_year(words, year[1] + 1) is None):
        if 1500 <= year[0] <= 2100:
            return When(i, year[1], *year_of(year[0]), "year")
    part = _read_part(words, i)
    if part and part.month and (part.day or part.year or words.is_capital(i)):
        span = _days_of(part, clock)
        return When(i, part.end, *_or_none(span), ("day" if part.day else "month") if span else "unknown")
    for read in (_read_part_of, _read_decade, _read_weekday, _read_deictic, _read_unit_said, _read_said_month):
        when = read(words, i, clock)
        if when:
            return when
    return None


_OPENERS: dict[tuple[str, ...], str] = {
    ("since",): "since", ("ever", "since"): "since", ("before",): "before", ("ahead", "of"): "before",
    ("prior", "to"): "before", ("until",): "until", ("till",): "until", ("up", "to"): "until", ("by",): "until",
    ("no", "later", "than"): "until", ("after",): "after", ("following",): "after", ("as", "of"): "as of",
    ("from",): "onward", ("through",): "until", ("starting",): "since", ("beginning",): "since", ("as", "early", "as"): "as of",
    ("as", "late", "as"): "as of",
}  # fmt: skip


def _read_open(words: Words, i: int, clock: Clock) -> When | None:
    """«since 2014», «before June 8», «by 2030», «until May», «after Monday», «from July 1 onward»."""
    for pattern, kind in _OPENERS.items():
        if not all(words.low(i + k) == word for k, word in enumerate(pattern)):
            continue
        at = i + len(pattern)
        while words.low(at) in ("the", "on", "in", "at", "then", "early", "late", "mid", "-") and not _starts_time(words, at):
            at += 1
        inner = _read_closed(words, at, clock)
        if inner is None:
            continue
        if kind == "onward":
            if words.low(inner.end_piece) in ("on", "onward", "onwards", "forward"):
                return _opened(replace(inner, start_piece=i, end_piece=inner.end_piece + 1), "since")
            continue
        return _opened(replace(inner, start_piece=i), kind)
    return None


def _starts_time(words: Words, i: int) -> bool:
    return words.low(i) in ("early", "late", "mid", "the") and _read_part_of(words, i, Clock(date(2000, 1, 1))) is not None


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


# Vague words, habits, durations

_LATELY = frozenset({"recently", "lately", "earlier", "previously", "recent", "formerly"})


def _read_vague(words: Words, i: int, clock: Clock) -> When | None:
    """«recently», «earlier», «previously»: on or before publication, and no day is named."""
    low = words.low(i)
    if low not in _LATELY or (low == "earlier" and words.low(i + 1) in ("than", "this", "in", "on")):
        return None
    if low == "recent" and words.low(i + 1).endswith("s") and _unit_at(words, i + 1):
        return None
    if low == "earlier" and words.low(i - 1) in ("an", "the", "her", "his", "their", "any", "its", "no", "years"):
        return None
    start = i - 1 if words.low(i - 1) in ("more", "most", "only", "until") and False else i
    return When(start, i + 1, None, clock.published, "before" if clock.published else "unknown", "point", is_firm=False)


def _read_habit(words: Words, i: int, clock: Clock) -> When | None:
    """«regularly», «on a regular basis», «every year», «twice a month», «each time»."""
    for length in (5, 4, 3, 2, 1):
        key = tuple(words.low(k) for k in range(i, i + length))
        if any(w.kind == "habit" for w in calendar_words().get(key, ())):
            return When(i, i + length, None, None, "unknown", "habit")
    if words.low(i) in ("every", "each"):
        at = i + 1 + (words.low(i + 1) in ("single", "other", "few"))
        at = at + 1 if words.number_at(at) or words.low(at) in ("two", "three", "four", "five", "six", "ten") else at
        if _unit_at(words, at) or words.kind_at(at, "weekday") or words.kind_at(at, "season") or words.kind_at(at, "month"):
            return When(i, at + 1, None, None, "unknown", "habit")
    if words.low(i) in ("once", "twice", "times") and words.low(i + 1) in ("a", "per", "every", "each"):
        if _unit_at(words, i + 2):
            return When(i, i + 3, None, None, "unknown", "habit")
    return None


def _read_duration(words: Words, i: int, clock: Clock) -> When | None:
    """«two-day», «for 39 minutes», «for years», «10 years»."""
    if words.low(i) == "for":
        _, at = _read_modifier(words, i + 1)
        unit = _unit_at(words, at)
        if unit and words.low(at).endswith("s"):
            return When(i, at + 1, None, None, "unknown", "duration")
        inner = _read_duration(words, at, clock)
        return replace(inner, start_piece=i) if inner else None
    if i >= len(words.pieces) or not may_start(words.pieces[i]):
        return None
    if words.low(i) not in ("a", "an", "one", "several"):
        numeral = read_numeral(words.pieces, i)
        if numeral and numeral.kind == "cardinal" and words.low(numeral.end) in ("-", "‑"):
            unit = _unit_at(words, numeral.end + 1)
            end = numeral.end + 2
            follows = words.low(end + 1) if words.low(end) in ("-", "‑") else words.low(end)
            if unit and follows not in _AGE_WORDS:
                return When(i, end, None, None, "unknown", "duration")
            return None
    count = _read_count(words, i)
    if count is None or words.low(count[2]) in (*_AGE_WORDS, "'", "’") or words.low(count[2] + 1) in _AGE_WORDS:
        return None
    if words.low(i) in ("a", "an", "one") and words.low(i - 1) not in ("for", "lasted", "of", "took", "take", "about"):
        return None
    if words.low(i - 1) in ("aged", "age", "per", "a"):
        return None
    return When(i, count[2], None, None, "unknown", "duration")


_Reader = Callable[[Words, int, Clock], "When | None"]
_CLOSED: tuple[_Reader, ...] = (
    _read_range, _read_plain, _read_part_of, _read_quarter, _read_decade, _read_season, _read_said_month,
    _read_deictic, _read_weekday, _read_ago, _read_last_units, _read_unit_said, _read_anaphor, _read_holiday,
    _read_bare_year,
)  # fmt: skip
_READERS: tuple[_Reader, ...] = (
    _read_habit, _read_open, *_CLOSED, _read_in_units, _read_vague, _read_duration,
)  # fmt: skip
