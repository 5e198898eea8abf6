"""Records of any kind in, events that hang together with them out: merged anew when some change."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from detente.archive import acts


def records_near(ledger: sqlite3.Connection, numbers: Iterable[int]) -> set[int]:
    """Return the numbers of all events linked with these, themselves among them; other kinds stand alone."""
    return acts.records_near(ledger, _events(ledger, numbers))


def remerge(ledger: sqlite3.Connection, numbers: Iterable[int], *, commit: int) -> None:
    """Merge the acts of these events, and of all linked with them, anew."""
    acts.update_acts(ledger, _events(ledger, numbers), commit=commit)


def _events(ledger: sqlite3.Connection, numbers: Iterable[int]) -> list[int]:
    rows = ledger.execute(
        "select n from records where n in (select value from json_each(?)) and block is not null order by n",
        (json.dumps(sorted(set(numbers))),),
    )
    return [row["n"] for row in rows]


__all__ = ["records_near", "remerge"]
