"""Dates written out, read from pieces: «July 3-4», «3 July 2017», «2017-07-03», «the 1990s», «summer 2018».

A date without a year takes the one nearest to publication on the side the tense tells.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from detente.coding.howmuch.numerals import may_start, read_numeral
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
from detente.knowledge.units import calendar_words
from detente.records import Precision

_COUNTED_BEHIND = frozenset("percent people countries million".split())
_BEFORE_MONTH = frozenset(
    "in of since by until till through during from to and between last next this early late mid - – "
    "before after for , ( every".split()
)
_BEFORE_NUMBER_NAMES = frozenset(
    "resolution no article agenda flight number windows room unit boeing".split()
)
_COUNTED_AFTER_YEAR = frozenset(
    "% percent people troops km miles tonnes tons dollars soldiers men utc gmt hours hrs local "
    "persons cases had have were has others".split()
)
_BEFORE_SEASON = frozenset("in by since until during early late of".split())
_BEFORE_YEAR = frozenset(
    "in since by until till of from during for to and through before after between mid early late "
    "around circa about the this that ( , - – — on throughout over winter spring summer autumn fall "
    "until: end end: beginning its their his our with at".split()
)
QUARTERS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "last": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}


@dataclass(frozen=True, slots=True)
class _Part:
    """What was written of a date: some of year, month, day, and where it ends."""

    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    to_day: int | None = None


def read_year(words: Words, i: int) -> tuple[int, int] | None:
    """Return a four-digit year at `i` and where it ends."""
    number = words.number_at(i)
    if number is None or not 1000 <= number <= 2200 or len(words.pieces[i].text) != 4:
        return None
    follows = words.low(i + 1)
    if follows == "s" and words.pieces[i + 1].glued:
        return None
    return number, i + 1


def read_day(words: Words, i: int) -> tuple[int, int] | None:
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
    day = read_day(words, at)
    if day and not _is_counting(words, day[1]):
        end = day[1]
        to = _read_to_day(words, end, day[0])
        if to:
            end = to[1]
        year = _year_behind(words, end)
        return _Part(
            year[1] if year else end, year[0] if year else None, value, day[0], to[0] if to else None
        )
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
    second = read_day(words, i + 1)
    if second is None or second[0] <= first:
        return None
    if _read_month(words, second[1]) or words.low(second[1]) in ("-", "–"):
        return None
    if words.low(i) in ("and", "to") and words.low(second[1]) in _COUNTED_BEHIND:
        return None
    return second


def _year_behind(words: Words, i: int, *, with_of: bool = False) -> tuple[int, int] | None:
    """Return the year of «, 2017», «2017», «of 2017», «of this year», and where it ends."""
    j = i + 1 if words.low(i) in (",", "of", "in") else i
    if words.low(i) == "," and words.low(i + 2) in ("-", "–"):
        return None
    year = read_year(words, j)
    if year and (words.low(i) not in ("of", "in") or with_of or words.low(i) == "of"):
        return year
    return None


def _read_day_month(words: Words, i: int) -> _Part | None:
    """«3 July 2017», «3-4 July», «5 and 6 December», «the 3rd of July», «3 to 5 July 2017»."""
    at = i + 1 if words.low(i) == "the" else i
    day = read_day(words, at)
    if day is None:
        return None
    end, to_day = day[1], None
    if words.low(end) in ("-", "–", "—", "to", "and"):
        second = read_day(words, end + 1)
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
    if (
        len(words.pieces[i].text) == 4
        and safe_date(first, min(second, 12), 1)
        and second <= 12
        and third <= 31
    ):
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
    year = words.number_at(i + 2) if words.low(i + 1) == "." else None
    if year is None or len(words.pieces[i + 2].text) != 4 or not (day.isdigit() and month.isdigit()):
        return None
    fits = 1 <= int(day) <= 31 and 1 <= int(month) <= 12
    return _Part(i + 3, year, int(month), int(day)) if fits else None


def read_part(words: Words, i: int) -> _Part | None:
    """Return a date written out at `i`, with or without its weekday in front."""
    at = i
    if words.kind_at(i, "weekday") is not None:
        at = i + 1
        while at < i + 3 and words.low(at) in (",", "."):
            at += 1
        if words.low(at) == "the":
            at += 1
        if at == i + 1 and not (_read_month(words, at) or read_day(words, at)):
            return None
    for read in (_read_numeric, _read_day_month, _read_month_date):
        part = read(words, at)
        if part and (at == i or part.day):
            return part
    return None


def days_of(part: _Part, clock: Clock) -> tuple[date, date] | None:
    """Return the days of a written date; the year comes from publication and tense where none is given."""
    years = (part.year,) if part.year else years_near(clock)
    options: list[tuple[date, date]] = []
    for year in years:
        span = span_in(part, year)
        if span:
            options.append(span)
    if part.year:
        return options[0] if options else None
    return nearest(options, clock)


def span_in(part: _Part, year: int) -> tuple[date, date] | None:
    month = part.month or 1
    if part.day is None:
        return month_of(year, month)
    first = safe_date(year, month, part.day)
    last = safe_date(year, month, part.to_day) if part.to_day else first
    return (first, last) if first and last else None


def read_plain(words: Words, i: int, clock: Clock) -> When | None:
    part = read_part(words, i)
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
    span = days_of(part, clock)
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
        if before in _BEFORE_MONTH:
            return True
        return (
            i > 0
            and not words.is_capital(i - 1)
            and before not in (".", "”", '"', "’", "'s")
            and low != "may"
        )
    return True


def _year_said(words: Words, i: int, clock: Clock) -> tuple[int, int] | None:
    """Return the year of «[of] this year», «last year» behind a month."""
    j = i + 1 if words.low(i) == "of" else i
    if clock.published is None or words.low(j + 1) != "year":
        return None
    step = {"this": 0, "last": -1, "next": 1, "same": 0}.get(words.low(j))
    return (clock.published.year + step, j + 2) if step is not None else None


def read_bare_year(words: Words, i: int, clock: Clock) -> When | None:
    """«2017» where it is a year: behind a preposition, in brackets, or before a noun («the 2015 accord»)."""
    year = read_year(words, i)
    if year is None or not 1500 <= year[0] <= 2100:
        return None
    if not _is_year_here(words, i):
        return None
    first, last = year_of(year[0])
    return When(i, year[1], first, last, "year")


def _is_year_here(words: Words, i: int) -> bool:
    before, after = words.low(i - 1), words.low(i + 1)
    if i and words.pieces[i].glued and words.pieces[i - 1].kind == "word":
        return False
    if i >= 2 and words.pieces[i].glued and before in ("-", "/", ".", "#", "$", "€", "£"):
        return before == "-" and (words.low(i - 2) == "mid" or read_year(words, i - 2) is not None)
    if before in _BEFORE_NUMBER_NAMES:
        return False
    if after in _COUNTED_AFTER_YEAR:
        return False
    if before in _BEFORE_YEAR or before == "":
        return True
    return before in ("year", "years", "back") or _previous_is_month(words, i)


def _previous_is_month(words: Words, i: int) -> bool:
    return words.kind_at(i - 1, "month") is not None


def read_decade(words: Words, i: int, clock: Clock) -> When | None:
    """«the 1990s», «1990's», «the mid-1980s», «the 19th century»."""
    at = i + 1 if words.low(i) == "the" else i
    part = words.kind_at(at, "part")
    if part and words.low(at) in ("early", "late", "mid"):
        at += 2 if words.low(at + 1) == "-" else 1
    else:
        part = None
    number = words.number_at(at)
    if number is None:
        return _read_worded_decade(words, i, at, part)
    j = at + 1
    if words.low(j) in ("'", "’") and words.pieces[j].glued:
        j += 1
    if (
        words.low(j) == "s"
        and words.pieces[j].glued
        and number % 10 == 0
        and (1000 <= number <= 2100 or number < 100)
    ):
        first = number if number >= 1000 else 1900 + number
        return _decade_from(first, part, i, j + 1)
    day = read_day(words, at)
    if day and words.low(day[1]) == "century":
        return When(
            i, day[1] + 1, date(max(1, 100 * (day[0] - 1)), 1, 1), date(100 * day[0] - 1, 12, 31), "year"
        )
    return None


# «The twenties» may be the last century's or this one's, and is left alone.
_DECADES = {"thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
            "nineties": 90}  # fmt: skip


def _read_worded_decade(words: Words, i: int, at: int, part: str | None) -> When | None:
    """«the seventies», «the late nineteen-sixties»; «in his seventies» is an age."""
    if words.low(i) != "the":
        return None
    j = at
    if words.low(j) == "nineteen":
        j += 2 if words.low(j + 1) == "-" else 1
    decade = _DECADES.get(words.low(j))
    return _decade_from(1900 + decade, part, i, j + 1) if decade else None


def _decade_from(first: int, part: str | None, i: int, end: int) -> When:
    """Return a decade, or its early, middle or late years."""
    start, stop = first, first + 9
    if part:
        start, stop = {
            "early": (first, first + 3),
            "mid": (first + 4, first + 6),
            "late": (first + 6, first + 9),
        }[part]
    return When(i, end, date(start, 1, 1), date(stop, 12, 31), "year")


def read_season(words: Words, i: int, clock: Clock) -> When | None:
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
        span: tuple[date, date] | None = months_in(year[0], first, 3)
        return When(i, year[1], *or_none(span), "month")
    said = _year_said(words, end, clock)
    if said:
        return When(i, said[1], *or_none(months_in(said[0], first, 3)), "month")
    if words.low(at) == "fall" and step is None and words.low(i - 1) != "in":
        return None
    if step is None and words.low(i - 1) not in _BEFORE_SEASON:  # «the spring of the watch»
        return None
    options = [months_in(y, first, 3) for y in years_near(clock)]
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
    return When(i, end, *or_none(nearest(options, clock)), "month")


def read_plain_month(words: Words, i: int, clock: Clock) -> When | None:
    step = {"last": -1, "next": 1, "this": 0}.get(words.low(i))
    if step is not None:
        return read_said_month(words, i, clock)
    if _read_month(words, i) is None:
        return None
    part = _read_month_date(words, i)
    if part is None or part.day is not None:
        return None
    said = _year_said(words, part.end, clock) if part.year is None else None
    if said:
        part = replace(part, year=said[0], end=said[1])
    span = days_of(part, clock)
    return When(i, part.end, *or_none(span), "month" if span else "unknown")


def read_holiday(words: Words, i: int, clock: Clock) -> When | None:
    """«Christmas Eve», «Victory Day», «Easter Sunday 2019»."""
    for length in (3, 2, 1):
        key = _phrase(words, i, length)
        value = next((w.value for w in calendar_words().get(key, ()) if w.kind == "holiday"), None)
        if value is None or not words.is_capital(i):
            continue
        end = _phrase_end(words, i, length)
        year = _year_behind(words, end)
        years = [year[0]] if year else list(years_near(clock))
        days = [(day, day) for y in years if (day := _holiday_in(value, y))]
        span = days[0] if year and days else nearest(days, clock)
        return When(i, year[1] if year else end, *or_none(span), "day" if span else "unknown")
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


def read_said_month(words: Words, i: int, clock: Clock) -> When | None:
    """«last July», «next May», «this March»."""
    step = {"last": -1, "next": 1, "this": 0, "past": -1}.get(words.low(i))
    month = _read_month(words, i + 1) if step is not None else None
    if step is None or month is None:
        return None
    day = clock.published
    if day is None:
        return When(i, month[1], None, None, "unknown")
    options = [month_of(y, month[0]) for y in years_near(clock)]
    if step == -1:
        options = [s for s in options if s[1] < day][-1:]
    elif step == 1:
        options = [s for s in options if s[0] > day][:1]
    else:
        options = [s for s in options if s[0].year == day.year]
    return When(i, month[1], *or_none(options[0] if options else None), "month")
