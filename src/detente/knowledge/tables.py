"""Read our knowledge tables: tab- or comma-separated, `#` comments, one header line; errors name the line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
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
