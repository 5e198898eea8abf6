"""Read our knowledge tables: tab- or comma-separated, `#` comments, one header line; errors name the line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from detente.errors import KnowledgeError


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells by column name, and where it stands."""

    cells: dict[str, str]
    file: str
    line: int

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def fail(self, reason: str) -> KnowledgeError:
        """Return the error to raise about this row."""
        return KnowledgeError(reason, file=self.file, line=self.line)


def read_table(name: str, *, delimiter: str = "\t") -> Iterator[Row]:
    """Yield the rows of `knowledge/data/NAME`.

    Raises KnowledgeError on a row whose cells do not fit the header.
    """
    text = (files("detente.knowledge") / "data" / name).read_text("utf-8")
    yield from parse_table(text, name, delimiter=delimiter)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a table kept by hand comes from, and the month it was last looked over («2026-11»)."""

    source: str
    checked: str


def provenance(name: str) -> Provenance:
    """Return source and month of a table from its first line, «# source: …; checked: 2026-11».

    Raises KnowledgeError where the table does not open so.
    """
    text = (files("detente.knowledge") / "data" / name).read_text("utf-8")
    found = re.match(r"# source: (.+); checked: (\S+)\n", text)
    if found is None:
        raise KnowledgeError(
            "the first line does not say «# source: …; checked: …»; write where the rows come from and when "
            "they were last looked over",
            file=name,
            line=1,
        )
    return Provenance(found.group(1), found.group(2))


def parse_table(text: str, name: str, *, delimiter: str = "\t") -> Iterator[Row]:
    """Yield the rows of a table given as text; `name` is what errors call it."""
    columns: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t") if delimiter == "\t" else next(csv.reader([line], delimiter=delimiter))
        if not columns:
            columns = [cell.strip() for cell in cells]
            continue
        if len(cells) > len(columns):
            raise KnowledgeError(
                f"{len(cells)} cells where the header has {len(columns)}: «{line[:60]}»",
                file=name,
                line=number,
            )
        cells += [""] * (len(columns) - len(cells))
        yield Row(dict(zip(columns, (c.strip() for c in cells), strict=True)), name, number)


def split_cell(cell: str) -> tuple[str, ...]:
    """Return the parts of a cell: «a|b|c» is a, b and c."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def read_day(cell: str | None) -> date | None:
    """Return the day of a cell, written as 2017-07-04; None where it is empty."""
    return date.fromisoformat(cell) if cell else None


def read_number(cell: str) -> float | None:
    """Return the number of a cell, None where it is empty."""
    return float(cell) if cell else None
