"""Which rows of our tables have aged: tables in, rows out whose source is old or was overtaken.

A minister of 2009 with a last day never ages. One without a last day, from a source that stopped in 2022, is
a claim about today that nobody has looked at since.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from detente.errors import KnowledgeError
from detente.knowledge.names import fold
from detente.knowledge.tables import Row, provenance, read_day, read_table, split_cell

Reason = Literal["overtaken", "open", "unchecked"]

REASONS: dict[Reason, str] = {
    "overtaken": "still open, though a later term of that office has begun",
    "open": "still open, though its source stopped before",
    "unchecked": "not looked at since",
}
MONTHS = 12  # how old a check may be, unless asked otherwise
OFFICES = ("people_recent.csv", "people.csv")
# The other tables of actors, with the column that names a row.
OTHERS = {
    "states.csv": "name", "states_names.csv": "name", "states_seats.csv": "name",
    "states_capitals.csv": "names", "states_groups.csv": "words", "states_loose.csv": "words",
    "states_shared.csv": "words", "states_former.csv": "name", "states_ships.csv": "prefix",
    "organisations.csv": "name", "organisations_members.csv": "organisation", "outlets.csv": "name",
    "places.csv": "name", "places_cities.csv": "name", "who_conventions.csv": "names",
    "who_namesakes.csv": "words",
}  # fmt: skip
_ONE_AT_A_TIME = frozenset({"hos", "hog", "fm", "dm", "finance"})  # offices that one person holds


@dataclass(frozen=True, slots=True)
class Stale:
    """One row that has aged: where it stands, what it says, and why it is doubted.

    `kind` is the office or what the row is; `checked` the month or day its source was last right; `first` the
    first day of an office or membership, "" where unknown; `by` names the later term where it was overtaken.
    """

    table: str
    line: int
    kind: str
    code: str
    name: str
    first: str
    source: str
    checked: str
    reason: Reason
    by: str = ""


def stale_rows(on: date, *, months: int = MONTHS) -> tuple[Stale, ...]:
    """Return rows whose source was last right over `months` months before a day, table by table.

    Terms of office and memberships count only while they are open. An open term also counts, however fresh
    its source, once a later one of the same office has begun. Raises KnowledgeError on a malformed table.
    """
    return (*_offices(on, months), *_others(on, months))


def _offices(on: date, months: int) -> Iterator[Stale]:
    rows = [(row, *_told(row)) for table in OFFICES for row in read_table(table, delimiter=",")]
    later = _later_terms(row for row, _, _ in rows)
    for row, source, checked in rows:
        if row["last"]:
            continue
        by = _overtaken(row, later)
        if by or _age(checked, on) > months:
            reason: Reason = "overtaken" if by else "open"
            yield Stale(
                row.file, row.line, row["kind"], row["code"], row["name"], row["first"], source, checked,
                reason, by,
            )  # fmt: skip


def _later_terms(rows: Iterator[Row]) -> dict[tuple[str, str], list[Row]]:
    """Return terms of the offices that one person holds, by state and office, latest first."""
    terms: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row["kind"] in _ONE_AT_A_TIME and row["first"]:
            terms.setdefault((row["code"], row["kind"]), []).append(row)
    for listed in terms.values():
        listed.sort(key=lambda r: r["first"], reverse=True)
    return terms


def _overtaken(row: Row, later: dict[tuple[str, str], list[Row]]) -> str:
    """Return who took the office after an open term began, "" for nobody."""
    names = _spellings(row)
    for other in later.get((row["code"], row["kind"]), ()):
        if other["first"] <= row["first"]:
            return ""
        if not names & _spellings(other):
            return f"{other['name']}, {other['first']}"
    return ""


def _spellings(row: Row) -> frozenset[str]:
    return frozenset(fold(n).lower() for n in (row["name"], *split_cell(row["aliases"])))


def _others(on: date, months: int) -> Iterator[Stale]:
    for table, column in OTHERS.items():
        for row in read_table(table, delimiter=","):
            source, checked = _told(row)
            ended = read_day(row.cells.get("last", ""))
            if ended and ended < on:
                continue
            if _age(checked, on) > months:
                code = row.cells.get("code") or row.cells.get("country") or ""
                kind = row.cells.get("kind") or _KINDS.get(table, "name")
                first = row.cells.get("first", "")
                yield Stale(table, row.line, kind, code, row[column], first, source, checked, "unchecked")


_KINDS = {"states.csv": "state", "organisations_members.csv": "member"}


def _told(row: Row) -> tuple[str, str]:
    """Return source and month of a row: its own columns, else the first line of its table."""
    if row.cells.get("checked"):
        return row.cells.get("source", ""), row["checked"]
    try:
        told = provenance(row.file)
    except KnowledgeError:
        return "", ""
    return told.source, told.checked


def _age(checked: str, on: date) -> int:
    """Return whole months from a check («2022-10», «2026-08-22») to a day; a check never made is very old."""
    year, _, rest = checked.partition("-")
    if not year.isdigit():
        return 10**4
    month = int(rest[:2]) if rest[:2].isdigit() else 12
    return (on.year - int(year)) * 12 + on.month - month
