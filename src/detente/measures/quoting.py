"""A record in, the words it rests on out, with who published and who said them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from detente.knowledge.tables import read_day
from detente.measures.lines import Quote

if TYPE_CHECKING:
    from detente.archive import Archive

Row = Mapping[str, Any]


def quote_of(row: Row) -> Quote:
    """Return the quote of a contract row with its report's meta."""
    return Quote(
        row["quote"], row["report"], row["id"], row["outlet"], read_day(row["published"]), speaker_of(row)
    )


def speaker_of(row: Row) -> str | None:
    """Return who says so, by name, else role, else code; None where the reporter speaks."""
    speaker = row["attribution"]["speaker"] or {}
    name: str | None = speaker.get("name") or speaker.get("role") or speaker.get("code")
    return name


def said_on(row: Row) -> date | None:
    """Return the day a stance or statement is of: its own last day, else its report's."""
    return read_day(row["date_end"] or row["date_start"] or row["published"])


def quotes_by_id(archive: Archive, ids: Collection[str]) -> dict[str, Quote]:
    """Return the quotes of records by id: what a table of many lines shows beside each."""
    return {row["id"]: quote_of(row) for row in archive.records(ids=sorted(set(ids)))}
