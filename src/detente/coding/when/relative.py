"""Times that point: «yesterday», «later this week», «less than a month ago», «on the same day», «for years».

They lean on the day of publication or on the last day the report named; where that is missing they
come back with no days at all.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from detente.coding.howmuch.numerals import may_start, read_numeral
from detente.coding.when.dates import QUARTERS, read_day, read_plain, read_plain_month
from detente.coding.when.days import (
    PRECISION_OF_UNIT,
    Clock,
    Tense,
    When,
    Words,
    add_months,
    nearest,
    or_none,
    safe_date,
    shift,
    unit_around,
    week_of,
)
from detente.knowledge.units import calendar_words
from detente.records import Precision

_POINTED_UNITS = frozenset("time day week month year period evening date".split())
_BEFORE_SPAN = frozenset("over in during within for the these throughout".split())
_NAMED_DAYS = frozenset("super black bloody ash good palm maundy holy big cyber".split())
_EARLIER_NOUNS = frozenset("an the her his their any its no years".split())
_BEFORE_ONE_UNIT = frozenset("for lasted of took take about".split())
_VAGUE_COUNTS = {"several": (2, 7), "few": (2, 6), "couple": (1, 3), "some": (2, 7), "many": (4, 30)}
_ABBREVIATED_DAYS = frozenset({"mon", "tue", "tues", "wed", "thu", "thurs", "fri", "sat", "sun"})
_AGE_WORDS = frozenset({"old", "olds", "age"})
_MODIFIERS = tuple(
    (tuple(words.split()), op)
    for op, group in (
        ("<", "less than;fewer than;under;no more than"),
        (">", "more than;over;at least"),
        ("~", "some;about;around;nearly;almost;roughly;approximately;just;only;exactly;barely"),
    )
    for words in group.split(";")
)
_LATELY = frozenset({"recently", "lately", "earlier", "previously", "recent", "formerly"})


def read_deictic(words: Words, i: int, clock: Clock) -> When | None:
    """«today», «yesterday», «tonight», «last night», «this evening», «the day before yesterday», «now»."""
    low, day = words.low(i), clock.published
    if low == "the" and words.low(i + 1) == "day" and words.low(i + 3) in ("yesterday", "tomorrow"):
        step = {("before", "yesterday"): -2, ("after", "tomorrow"): 2}.get(
            (words.low(i + 2), words.low(i + 3))
        )
        return _day_at(i, i + 4, day, step) if step else None
    if low in ("earlier", "later") and words.low(i + 1) in ("today", "yesterday", "tomorrow"):
        inner = read_deictic(words, i + 1, clock)
        return replace(inner, start_piece=i) if inner else None
    steps = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
    if low in steps:
        end = i + 1 + (words.kind_at(i + 1, "daypart") is not None)
        return _day_at(i, end, day, steps[low])
    if low in ("this", "last", "tomorrow", "yesterday") and words.kind_at(i + 1, "daypart") is not None:
        return _day_at(i, i + 2, day, -1 if low == "last" else 0)
    opens = i == 0 or words.low(i - 1) in (".", "”", '"', "“")
    if low == "now" and opens and words.low(i + 1) == ",":
        return None  # «Now, the other thing we know …»
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


def read_weekday(words: Words, i: int, clock: Clock) -> When | None:
    """«Monday», «last Friday», «next Tuesday», «Friday night», «Tuesday next week», «Thursday the 21st»."""
    step = {"last": -1, "past": -1, "next": 1, "this": 0, "coming": 1}.get(words.low(i))
    at = i + (step is not None)
    value = words.kind_at(at, "weekday")
    if value is None or not words.is_capital(at):
        return None
    if words.low(at) in _ABBREVIATED_DAYS and not _is_short_day(words, at):
        return None
    if words.low(at - 1) in _NAMED_DAYS and words.is_capital(at - 1):
        return None  # «Super Tuesday», «Bloody Sunday»
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


def _is_short_day(words: Words, i: int) -> bool:
    """Whether «Sun.» or «Sat, June 3» is a day; «the Order of the Sun, first class» is none."""
    if words.low(i + 1) == ".":
        return words.low(i) != "sun" or i + 2 < len(words.pieces)
    return words.low(i + 1) == "," and (words.kind_at(i + 2, "month") or words.number_at(i + 2)) is not None


def read_day_of_month(words: Words, i: int, clock: Clock) -> When | None:
    """«Friday the 15th», «on the 27th»: a day of the running month or one beside it."""
    weekday = words.kind_at(i, "weekday") if words.is_capital(i) else None
    at = i
    if weekday is not None:
        at = i + 1 + (words.low(i + 1) == ",")
    if words.low(at) != "the" or (
        weekday is None and words.low(i - 1) not in ("on", "until", "by", "since", "from")
    ):
        return None
    number = words.number_at(at + 1)
    day = read_day(words, at + 1)
    if day is None or number is None or day[1] != at + 3:
        return None
    end = day[1]
    follows = words.low(end)
    if follows == "of" and words.low(end + 2) == "month":
        step = {"this": 0, "last": -1, "next": 1, "previous": -1}.get(words.low(end + 1))
        if step is None or clock.published is None:
            return None
        first = add_months(clock.published.replace(day=1), step)
        found = safe_date(first.year, first.month, day[0])
        return When(i, end + 3, found, found, "day" if found else "unknown")
    if follows not in ("", ".", ",", ";", "and", "in", "at", "when", "with", "to", "for", ")"):
        return None
    options = _month_days_near(clock, day[0])
    if weekday is not None:
        options = [span for span in options if span[0].weekday() == int(weekday)] or options
    span = nearest(options, clock)
    return When(i, end, *or_none(span), "day" if span else "unknown")


def _month_days_near(clock: Clock, day: int) -> list[tuple[date, date]]:
    if clock.published is None:
        return []
    months = (add_months(clock.published.replace(day=1), step) for step in range(-2, 3))
    return [(found, found) for m in months if (found := safe_date(m.year, m.month, day))]


def read_nth_weekday(words: Words, i: int, clock: Clock) -> When | None:
    """«the first Friday of July», «the second Monday of next month»."""
    at = i + 1 if words.low(i) == "the" else i
    nth = QUARTERS.get(words.low(at), 0)
    weekday = words.kind_at(at + 1, "weekday")
    if not nth or weekday is None or words.low(at + 2) not in ("of", "in"):
        return None
    month = read_plain_month(words, at + 3, clock) or read_unit_said(words, at + 3, clock)
    if month is None or month.start is None or month.precision != "month":
        return None
    first = month.start.replace(day=1)
    day = first + timedelta(days=(int(weekday) - first.weekday()) % 7 + 7 * (nth - 1))
    return When(i, month.end_piece, day, day, "day")


def read_nth_week(words: Words, i: int, clock: Clock) -> When | None:
    """«the first week of October», «the last week of this month»: seven days counted from either end."""
    at = i + 1 if words.low(i) == "the" else i
    nth = QUARTERS.get(words.low(at), 0)
    if not nth or words.low(at + 1) != "week" or words.low(at + 2) not in ("of", "in"):
        return None
    month = read_plain_month(words, at + 3, clock) or read_unit_said(words, at + 3, clock)
    if month is None or month.precision not in ("month", "unknown") or month.end_piece == at + 3:
        return None
    if month.start is None or month.end is None:
        return When(i, month.end_piece, None, None, "unknown")
    first = month.start.replace(day=1)
    if words.low(at) == "last":
        after = add_months(first, 1)
        return When(i, month.end_piece, after - timedelta(days=7), after - timedelta(days=1), "week")
    first += timedelta(days=7 * (nth - 1))
    return When(i, month.end_piece, first, first + timedelta(days=6), "week")


def read_unit_after_next(words: Words, i: int, clock: Clock) -> When | None:
    """«the week after next», «the month before last», «the rest of the year»."""
    at = i + 1 if words.low(i) == "the" else i
    if words.low(at) in ("rest", "remainder") and words.low(at + 1) == "of":
        unit = words.kind_at(at + 3, "unit")
        if words.low(at + 2) not in ("the", "this") or unit not in ("week", "month", "year", "decade"):
            return None
        if clock.published is None:
            return When(i, at + 4, None, None, "unknown", "period")
        last = unit_around(clock.published, unit)[1]
        return When(i, at + 4, clock.published, last, PRECISION_OF_UNIT[unit], "period")
    unit = words.kind_at(at, "unit")
    step = {("after", "next"): 2, ("before", "last"): -2}.get((words.low(at + 1), words.low(at + 2)))
    if step is None or unit not in ("week", "month", "year", "weekend"):
        return None
    if clock.published is None:
        return When(i, at + 3, None, None, "unknown", "period")
    start = shift(unit_around(clock.published, unit)[0], step, "week" if unit == "weekend" else unit)
    return When(i, at + 3, *unit_around(start, unit), PRECISION_OF_UNIT[unit], "period")


def read_running_unit(words: Words, i: int, clock: Clock) -> When | None:
    """«the year» of «by the end of the year»: the running one; nothing by itself."""
    unit = words.kind_at(i + 1, "unit")
    if words.low(i) != "the" or unit not in ("week", "month", "year", "decade", "century"):
        return None
    if words.low(i + 2) in ("of", "in", "that", "before", "after"):
        return None  # «the end of the year of the monkey»
    if clock.published is None:
        return When(i, i + 2, None, None, "unknown")
    return When(i, i + 2, *unit_around(clock.published, unit), PRECISION_OF_UNIT[unit])


def read_weekend(words: Words, i: int, clock: Clock) -> When | None:
    """«over the weekend», «at the weekend»: the last one, or the next of what will be."""
    if (
        words.low(i) != "the"
        or words.low(i + 1) != "weekend"
        or words.low(i - 1) not in ("over", "at", "during", "on")
    ):
        return None
    if clock.published is None:
        return When(i, i + 2, None, None, "unknown")
    saturday = week_of(clock.published)[0] + timedelta(days=5)
    if clock.tense != "future" and saturday > clock.published:
        saturday -= timedelta(days=7)
    return When(i, i + 2, saturday, saturday + timedelta(days=1), "day")


def _week_behind(words: Words, i: int) -> tuple[int, int] | None:
    """Return the step and end of «[of] last week», «next week» behind a weekday."""
    j = i + 1 if words.low(i) == "of" else i
    step = {"last": -1, "next": 1, "this": 0}.get(words.low(j))
    return (step, j + 2) if step is not None and words.low(j + 1) == "week" else None


def read_unit_said(words: Words, i: int, clock: Clock) -> When | None:
    """«this week», «last year», «next month», «later this week», «earlier this year»."""
    at = i + 1 if words.low(i) == "the" else i
    side = words.low(at) if words.low(at) in ("earlier", "later") else None
    at += side is not None
    if side and words.low(at) in ("in", "on"):
        at += 1
    step = {
        "this": 0,
        "last": -1,
        "next": 1,
        "past": -1,
        "previous": -1,
        "coming": 1,
        "current": 0,
        "upcoming": 1,
        "following": 1,
        "preceding": -1,
        "the": 0,
    }.get(words.low(at))
    if step is None or (words.low(at) == "the" and side is None):
        return None
    unit = words.kind_at(at + 1, "unit")
    if unit is None or unit in ("second", "minute", "hour", "day") or words.low(at + 1) == "night":
        return None
    if (
        at > i
        and words.low(at) in ("last", "next", "past")
        and words.low(i) == "the"
        and side is None
        and unit == "quarter"
    ):
        step = {"last": -1, "past": -1, "next": 1}[words.low(at)]
    if words.low(at) in ("following", "preceding", "previous"):
        return _read_unit_from_last(i, at + 2, unit, 1 if words.low(at) == "following" else -1, clock)
    day, end = clock.published, at + 2
    precision = PRECISION_OF_UNIT[unit]
    if day is None:
        return When(i, end, None, None, "unknown", "period")
    first, last = unit_around(
        shift(unit_around(day, unit)[0], step, "week" if unit == "weekend" else unit), unit
    )
    if step == 0 and unit != "weekend":
        first, last = _cut_at(first, last, day, side, clock.tense)
    elif side and unit == "year":
        middle = date(first.year, 7, 1)
        first, last = (first, middle) if side == "earlier" else (middle, last)
    return When(i, end, first, last, precision, "period")


def _cut_at(first: date, last: date, day: date, side: str | None, tense: Tense) -> tuple[date, date]:
    """Return the part of the running week or year that is meant: done acts lie before, planned after."""
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
    return When(i, end, first, last, PRECISION_OF_UNIT[unit])


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
        if (
            words.low(j) in ("or", "to", "-", "–")
            and j + 1 < len(words.pieces)
            and may_start(words.pieces[j + 1])
        ):
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


def _read_modifier(words: Words, i: int) -> tuple[str, int]:
    for pattern, op in _MODIFIERS:
        if all(words.low(i + k) == word for k, word in enumerate(pattern)):
            return op, i + len(pattern)
    return "=", i


def read_ago(words: Words, i: int, clock: Clock) -> When | None:
    """«two days ago», «less than a month ago», «three weeks from now», «two days after June 3»."""
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
    if word in ("after", "before", "from", "following") and unit != "quarter":
        anchor = _read_anchor(words, end + 1, clock)
        if anchor and anchor.start and anchor.end and anchor.kind == "point":
            sign = -1 if word == "before" else 1
            base = anchor.start if sign < 0 else anchor.end
            return _counted_back(i, anchor.end_piece, base, least, most, unit, "=", sign)
        if word == "after" and clock.tense == "present":  # «The test comes two days after Norway agreed»
            when = _counted_back(i, end + 1, clock.published, least, most, unit, "=", -1)
            return replace(when, is_firm=False)
        if word in ("after", "before"):
            return When(i, end + 1, None, None, "unknown", is_firm=False)
    return None


def _read_anchor(words: Words, i: int, clock: Clock) -> When | None:
    """Return the day that «two days after …» counts from."""
    for read in (read_plain, read_deictic, read_weekday):
        when = read(words, i, clock)
        if when is not None:
            return when
    return None


def _counted_back(
    i: int, end: int, day: date | None, least: int, most: int, unit: str, op: str, sign: int
) -> When:
    """Return the days that lie `least` to `most` units off: «two weeks ago» is about a week wide."""
    if day is None:
        return When(i, end, None, None, "unknown")
    precision = PRECISION_OF_UNIT[unit]
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
    if unit in ("second", "minute", "hour"):
        edges = (day - timedelta(days=1), day) if sign < 0 else (day, day + timedelta(days=1))
        return When(i, end, edges[0], edges[1], "day")
    if least != most:
        return When(i, end, min(far, near), max(far, near), "week" if unit == "day" else precision)
    if unit in ("week", "fortnight"):
        return When(i, end, near - timedelta(days=3), near + timedelta(days=3), "week")
    if unit in ("decade", "century"):
        years = 5 if unit == "decade" else 50
        return When(i, end, date(max(1, near.year - years), 1, 1), date(near.year + years, 12, 31), "year")
    first, last = unit_around(near, unit)
    return When(i, end, first, last, precision)


def read_last_units(words: Words, i: int, clock: Clock) -> When | None:
    """«the last two years», «over the past several months», «in the next three weeks», «in recent weeks»."""
    at = i
    while at < i + 3 and words.low(at) in _BEFORE_SPAN:
        at += 1
    side, day = words.low(at), clock.published
    if side == "recent":
        unit = _unit_at(words, at + 1)
        if unit is None or unit in ("second", "minute"):
            return None
        if day is None:
            return When(i, at + 2, None, None, "unknown", "period")
        count = {"hour": 0, "day": 7, "week": 6, "month": 6, "year": 5, "decade": 3}.get(unit, 3)
        return When(i, at + 2, shift(day, -count, unit), day, PRECISION_OF_UNIT[unit], "period")
    if side not in ("last", "past", "previous", "next", "coming") or (at == i and side == "past"):
        return None
    end = at + 1
    span: tuple[int, int, int, str] | None
    unit = _unit_at(words, end)
    if unit and words.low(end).endswith("s"):
        span = (2, 9, end + 1, unit)
    elif unit and at > i and words.low(at - 1) == "the" and unit not in ("quarter", "day"):
        span = (1, 1, end + 1, unit)
    else:
        span = _read_count(words, end)
    if span is None:
        return None
    _, most, end, unit = span
    if unit == "week" and words.low(end) == "of" and side == "last":
        return None  # «the last week of July» is July's
    if words.low(end) in ("or", "and") and words.low(end + 1) in ("so",):
        end += 2
    if day is None:
        return When(i, end, None, None, "unknown", "period")
    sign = 1 if side in ("next", "coming") else -1
    edge = shift(day, sign * most, unit)
    return When(i, end, min(edge, day), max(edge, day), PRECISION_OF_UNIT[unit], "period")


def read_in_units(words: Words, i: int, clock: Clock) -> When | None:
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
        return When(
            i, end, clock.published, shift(clock.published, most, unit), PRECISION_OF_UNIT[unit], "period"
        )
    return _counted_back(i, end, clock.published, least, most, unit, "=", 1)


def read_anaphor(words: Words, i: int, clock: Clock) -> When | None:
    """«on the same day», «that day», «at that time», «the next day», «the day before», «that year»."""
    at = i
    while at < i + 2 and words.low(at) in ("on", "at", "in", "during", "by"):
        at += 1
    low = words.low(at)
    after = words.low(at + 1)
    if low == "the" and after in ("same", "very"):
        unit = words.kind_at(at + 2, "unit")
        if unit in ("day", "week", "month", "year"):
            return _from_last(i, at + 3, unit, 0, clock)
    if low in ("that", "the") and after in _POINTED_UNITS:
        follows = words.low(at + 2)
        if (
            low == "the"
            and after == "day"
            and follows in ("before", "after")
            and words.low(at + 3) in ("", ".", ",", "and")
        ):
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
        return When(i, end, first, last, PRECISION_OF_UNIT[unit], is_firm=False)
    if step:
        first = last = (last if step > 0 else first) + timedelta(days=step)
    days = (last - first).days
    precision: Precision = "day" if days < 6 else ("month" if days < 32 else "year")
    return When(i, end, first, last, precision, is_firm=False)


def read_vague(words: Words, i: int, clock: Clock) -> When | None:
    """«recently», «earlier», «previously»: on or before publication, and no day is named."""
    low = words.low(i)
    if (low, words.low(i + 1), words.low(i + 2)) == ("in", "the", "past") and not _unit_at(words, i + 3):
        return When(
            i, i + 3, None, clock.published, "before" if clock.published else "unknown", is_firm=False
        )
    if low not in _LATELY or (low == "earlier" and words.low(i + 1) in ("than", "this", "in", "on")):
        return None
    if low == "recent" and words.low(i + 1).endswith("s") and _unit_at(words, i + 1):
        return None
    if low == "earlier" and words.low(i - 1) in _EARLIER_NOUNS:
        return None
    start = i
    return When(
        start,
        i + 1,
        None,
        clock.published,
        "before" if clock.published else "unknown",
        "point",
        is_firm=False,
    )


def read_habit(words: Words, i: int, clock: Clock) -> When | None:
    """«regularly», «on a regular basis», «every year», «twice a month», «each time»."""
    for length in (5, 4, 3, 2, 1):
        key = tuple(words.low(k) for k in range(i, i + length))
        if any(w.kind == "habit" for w in calendar_words().get(key, ())):
            return When(i, i + length, None, None, "unknown", "habit")
    if words.low(i) in ("every", "each"):
        at = i + 1 + (words.low(i + 1) in ("single", "other", "few"))
        at = (
            at + 1
            if words.number_at(at) or words.low(at) in ("two", "three", "four", "five", "six", "ten")
            else at
        )
        if (
            _unit_at(words, at)
            or words.kind_at(at, "weekday")
            or words.kind_at(at, "season")
            or words.kind_at(at, "month")
        ):
            return When(i, at + 1, None, None, "unknown", "habit")
    is_rate = words.low(i) in ("once", "twice", "times") and words.low(i + 1) in ("a", "per", "every", "each")
    return When(i, i + 3, None, None, "unknown", "habit") if is_rate and _unit_at(words, i + 2) else None


def read_duration(words: Words, i: int, clock: Clock) -> When | None:
    """«two-day», «for 39 minutes», «for years», «10 years»."""
    if words.low(i) == "for":
        _, at = _read_modifier(words, i + 1)
        unit = _unit_at(words, at)
        if unit and words.low(at).endswith("s"):
            return When(i, at + 1, None, None, "unknown", "duration")
        inner = read_duration(words, at, clock)
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
    if (
        count is None
        or words.low(count[2]) in (*_AGE_WORDS, "'", "’")
        or words.low(count[2] + 1) in _AGE_WORDS
    ):
        return None
    if words.low(i) in ("a", "an", "one") and words.low(i - 1) not in _BEFORE_ONE_UNIT:
        return None
    if words.low(i - 1) in ("aged", "age", "per", "a"):
        return None
    return When(i, count[2], None, None, "unknown", "duration")
