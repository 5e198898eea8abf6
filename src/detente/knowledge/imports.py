"""What comes of reading somebody else's tables: rows for ours, and what was skipped, by line, with why."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from detente.errors import InputError
from detente.knowledge.shapes import SHAPES

Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Skipped:
    """One entry left out: where it stands, its words, and why."""

    file: str
    line: int
    words: str
    why: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: «{self.words}»: {self.why}"


@dataclass(slots=True)
class Import:
    """Rows by table, each once, and what was skipped; `read` counts entries."""

    read: int = 0
    tables: dict[str, dict[tuple[tuple[str, str], ...], None]] = field(default_factory=dict)  # rows as keys
    skipped: list[Skipped] = field(default_factory=list)
    known: int = 0  # of those skipped, how many our tables hold already
    notes: list[str] = field(default_factory=list)  # what was guessed

    def add(self, table: str, cells: Mapping[str, str]) -> None:
        """Put a row in; the same row again changes nothing."""
        self.tables.setdefault(table, {})[tuple((c, v) for c, v in cells.items() if v)] = None

    def skip(self, file: str, line: int, words: str, why: str, *, silent: bool = False) -> None:
        """Note an entry that is left out; `silent` for one that loses nothing."""
        self.skipped.append(Skipped(file, line, words[:80], why))
        self.known += silent

    def close_people(self, since: int) -> None:
        """Say of the people from number `since` on up to when we know them: the latest day among them.

        So that who was in office when a list ended is not taken to be in office for ever.
        """
        rows = list(self.tables.get("people", ()))
        days = [v for row in rows[since:] for c, v in row if c in ("first", "last")]
        if days:
            dated = [
                (*(cell for cell in row if cell[0] != "checked"), ("checked", max(days)[:7]))
                for row in rows[since:]
            ]
            self.tables["people"] = dict.fromkeys([*rows[:since], *dated])

    def rows(self, table: str) -> list[Cells]:
        """Return the rows of a table, in the order they came."""
        return [dict(row) for row in self.tables.get(table, ())]

    def write(self, folder: Path, *, source: str) -> list[Path]:
        """Write a file for each table, and return them. Raises InputError where one is there already."""
        targets = {table: folder / f"{table}.csv" for table in self.tables}
        taken = [path for path in targets.values() if path.exists() or path.with_suffix(".tsv").exists()]
        if taken:
            raise InputError(
                f"{taken[0]} is there already, and an import writes over nothing; import to another folder "
                "and put the rows together by hand."
            )
        folder.mkdir(parents=True, exist_ok=True)
        for table, path in targets.items():
            path.write_text(f"# {source}\n" + to_csv(table, self.rows(table)), "utf-8")
        return list(targets.values())


def to_csv(table: str, rows: list[Cells]) -> str:
    """Return rows as CSV with the columns of their table that any of them fills."""
    used = {column for row in rows for column in row}
    columns = next(shape.names for shape in SHAPES if shape.table == table)
    out = io.StringIO()
    writer = csv.DictWriter(out, [c for c in columns if c in used], lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
