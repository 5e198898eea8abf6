"""The day a report appeared: what is read, what is refused, and with which words."""

from datetime import date

import pytest

from detente.errors import DateError
from detente.intake import parse_day
from detente.intake.days import find_day

TODAY = date(2025, 10, 20)


@pytest.mark.parametrize(
    "words",
    [
        "2024-05-17", " 2024-05-17 ", "20240517", "2024/05/17",
        "2024-05-17T23:30:00Z", "2024-05-17 08:30:00.123+02:00",
        "17 May 2024", "May 17, 2024", "Fri, 17 May 2024 08:30:00 GMT", "2024-5-17",
    ],
)  # fmt: skip
def test_one_day_in_its_usual_spellings(words: str) -> None:
    assert parse_day(words, today=TODAY) == date(2024, 5, 17)


@pytest.mark.parametrize(
    "words",
    [
        "04/07/2017",
        "2017-13-40",
        "2024-02-30",
        "yesterday",
        "",
        "2024",
        "2024-05",
        "17",
        "2024-05-17-18",
        "x" * 999,
    ],
)
def test_words_that_are_no_day_or_two_days_are_refused_with_what_was_read(words: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_day(words, today=TODAY)
    assert words[:40].strip() in caught.value.reason
    assert "year-month-day" in caught.value.reason


def test_a_day_in_the_future_is_refused() -> None:
    with pytest.raises(DateError, match="2031-01-01 lies in the future"):
        parse_day("2031-01-01", today=TODAY)


def test_tomorrow_is_already_there_somewhere_in_the_world() -> None:
    assert parse_day("2025-10-21", today=TODAY) == date(2025, 10, 21)
    with pytest.raises(DateError):
        parse_day("2025-10-22", today=TODAY)


def test_a_filler_date_is_refused() -> None:
    with pytest.raises(DateError, match="first newspaper"):
        parse_day("0001-01-01", today=TODAY)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2024-05-17-oslo.txt", date(2024, 5, 17)),
        ("oslo_20240517.html.gz", date(2024, 5, 17)),
        ("2024.05.17.txt", date(2024, 5, 17)),
        ("report-99999999-2024-05-17.txt", date(2024, 5, 17)),
        ("2031-05-17.txt", None),
        ("2024-13-17.txt", None),
        ("120240517.txt", None),
        ("oslo.txt", None),
    ],
)
def test_a_file_name_gives_a_day_only_where_it_holds_a_possible_one(name: str, day: date | None) -> None:
    assert find_day(name, today=TODAY) == day
