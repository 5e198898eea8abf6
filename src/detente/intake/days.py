"""The day a report appeared, out of the words that give it: an option, a field, a file's name."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from detente.errors import DateError

FIRST_DAY = date(1600, 1, 1)  # before the first newspaper (Strasbourg, 1605): «0001-01-01» is a filler
CLOCK_SLACK = timedelta(days=1)  # it is already tomorrow in Auckland
EXPECTED = "expected year-month-day, like 2024-05-17"

_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WORDY = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%Y/%m/%d")
_IN_NAME = re.compile(r"(?<!\d)(\d{4})([-_.]?)(\d{2})\2(\d{2})(?!\d)")


def parse_day(words: str, *, today: date | None = None) -> date:
    """Return the day some words mean: «2024-05-17», «2024-05-17T08:30:00Z», «17 May 2024».

    A time of day is dropped, as is its zone: the day is the one written. Raises DateError for
    words that are no day, that could be read two ways («04/07/2017»), or that lie in the future.
    """
    words = words.strip()
    day = _read_iso(words) or _read_wordy(words) or _read_mail(words)
    if day is None:
        raise DateError(f"«{words[:40]}» is not a date that can be read one way: {EXPECTED}", stage="date")
    return check_day(day, today=today)


def check_day(day: date, *, today: date | None = None) -> date:
    """Return the day itself. Raises DateError where no report can have appeared on it."""
    last = (today or date.today()) + CLOCK_SLACK
    if day > last:
        raise DateError(
            f"{day.isoformat()} lies in the future: expected the day the report appeared, "
            f"on or before {last.isoformat()}",
            stage="date",
        )
    if day < FIRST_DAY:
        raise DateError(
            f"{day.isoformat()} is before the first newspaper: expected a day from {FIRST_DAY.year} on",
            stage="date",
        )
    return day


def find_day(name: str, *, today: date | None = None) -> date | None:
    """Return the day in a file's name, or None: «2017-07-04-moscow.txt», «20170704.html».

    A name is a hint: digits in it that make no possible day are passed over.
    """
    for match in _IN_NAME.finditer(name):
        day = _make_day(match[1], match[3], match[4])
        if day is None:
            continue
        try:
            return check_day(day, today=today)
        except DateError:
            continue
    return None


def _make_day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _read_iso(words: str) -> date | None:
    """«2024-05-17», with or without a time behind it; «20240517»."""
    match = _ISO_DAY.match(words)
    if match and _is_time(words[match.end() :]):
        return _make_day(*match.groups())
    match = _DIGITS.fullmatch(words)
    return _make_day(*match.groups()) if match else None


def _is_time(rest: str) -> bool:
    return not rest or bool(re.fullmatch(r"[T ]?\s*\d{1,2}:\d{2}\S*(\s*\S{1,6})?", rest))


def _read_wordy(words: str) -> date | None:
    """«17 May 2024», «May 17, 2024»."""
    for form in _WORDY:
        try:
            return datetime.strptime(words, form).date()
        except ValueError:
            continue
    return None


def _read_mail(words: str) -> date | None:
    """«Fri, 17 May 2024 08:30:00 GMT», as feeds and mail write it."""
    if ":" not in words:
        return None
    from email.utils import parsedate_to_datetime  # rare, and slow to import

    try:
        return parsedate_to_datetime(words).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
