"""Reports out of words in hand."""

from datetime import date
from pathlib import Path

import pytest

from detente.errors import DateError, InputError
from detente.intake.words import make_report

STORY = "  Norway and Sweden agreed on Tuesday to open a rescue centre.\r\n"


@pytest.mark.parametrize("published", ["2024-03-12", "12 March 2024", date(2024, 3, 12)])
def test_words_are_kept_as_given_and_the_day_is_resolved(published: date | str) -> None:
    report = make_report(STORY, published=published, title="Oslo")
    assert (report.text, report.title) == (STORY, "Oslo")
    assert (report.published, report.published_basis) == (date(2024, 3, 12), "given")


def test_no_day_is_no_day() -> None:
    report = make_report(STORY)
    assert (report.published, report.published_basis) == (None, None)


def test_a_day_that_is_none_or_to_come_is_refused() -> None:
    for words in ("2017-13-40", "2999-01-01", date(2999, 1, 1)):
        with pytest.raises(DateError):
            make_report(STORY, published=words)


@pytest.mark.parametrize(
    ("text", "stage"), [("", "empty"), (" \n", "empty"), ("a\0b", "binary"), ("a\ud800", "encoding")]
)
def test_words_that_hold_no_report_are_refused(text: str, stage: str) -> None:
    with pytest.raises(InputError) as caught:
        make_report(text)
    assert caught.value.stage == stage


@pytest.mark.parametrize("given", [None, b"Norway waited.", Path("report.txt")])
def test_what_is_no_string_is_told_what_would_be(given: object) -> None:
    with pytest.raises(InputError, match="is a string of its words, and this is"):
        make_report(given)  # type: ignore[arg-type]
