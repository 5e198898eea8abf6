"""A report out of words already in hand: what `detente.read` is given."""

from __future__ import annotations

from datetime import date

from detente.errors import InputError
from detente.intake.days import check_day, parse_day
from detente.intake.decoding import check_text
from detente.records import Report


def make_report(text: str, *, published: date | str | None = None, title: str | None = None) -> Report:
    """Return the report with its day resolved; the words are kept as given.

    Raises DateError on a date that is none, InputError on words that hold no report (empty, binary).
    """
    if not isinstance(text, str):
        kind = type(text).__name__
        mend = "give its text, as Path(…).read_text() does, or use detente.intake.read_reports for files"
        raise InputError(f"a report is a string of its words, and this is {kind}: {mend}", stage="text")
    if not text.strip():
        raise InputError("the text is empty: expected a report", stage="empty")
    if published is None:
        day = None
    else:
        day = parse_day(published) if isinstance(published, str) else check_day(published)
    return Report(check_text(text), title=title, published=day, published_basis="given" if day else None)
