"""Visits between the United States and others as a chronology: `python -m examples.visits VISITS TRIPS`.

VISITS are visits of foreign leaders, TRIPS trips of presidents and secretaries of state, as JSON lines (gzip)
made of the US Office of the Historian's public-domain lists. Printed is what `detente coverage --reference`
reads. Visits to the United States since 2015 are passed over: they are kept to test with.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from detente.knowledge.states import code_of
from detente.measures.references import COLUMNS

HELD_OUT = "2015"  # first year of visits to the United States that nobody looks at


def read_visits(path: Path) -> Iterator[tuple[str, ...]]:
    """Yield visits of foreign leaders to the United States before 2015, from states we know."""
    for row in _lines(path):
        if not row["start"] or row["start"] >= HELD_OUT:
            continue
        code = code_of(row["from"] or "")
        if code:
            what = " ".join(f"{row['visitor']}: {row['description']}".split())
            yield row["start"], row["end"] or row["start"], code, "USA", "visit", what


def read_trips(path: Path) -> Iterator[tuple[str, ...]]:
    """Yield trips of US presidents and secretaries of state to other states."""
    for row in _lines(path):
        code = code_of(row["country"] or "")
        if row["start"] and code and code != "USA":
            what = f"{row['name']} ({row['role']}) in {row['locale'] or row['country']}"
            yield row["start"], row["end"] or row["start"], "USA", code, "visit", " ".join(what.split())


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def main() -> None:
    """Write the chronology to standard output, in order of days."""
    visits, trips = map(Path, sys.argv[1:3])
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(COLUMNS)
    rows = [*read_visits(visits), *read_trips(trips)]
    out.writerows(sorted(row for row in rows if len(row[0]) == 10 and len(row[1]) == 10))


if __name__ == "__main__":
    main()
