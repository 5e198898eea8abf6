"""A reviewer's word on acts: these two records tell one act, or two; another row each time, none erased."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Literal

from detente.archive.tellings import Decisions

Kind = Literal["join", "split", "undo"]


def read_decisions(ledger: sqlite3.Connection) -> Decisions:
    """Return what stands now: of several words on two records the latest, and nothing after an undo."""
    latest = {
        frozenset((row["a"], row["b"])): row["kind"]
        for row in ledger.execute("select kind, a, b from act_decisions order by n")
    }
    return Decisions(
        joined=frozenset(pair for pair, kind in latest.items() if kind == "join"),
        split=frozenset(pair for pair, kind in latest.items() if kind == "split"),
    )


def keep_decisions(
    ledger: sqlite3.Connection,
    kind: Kind,
    pairs: Iterable[tuple[str, str]],
    *,
    by: str,
    reason: str,
    commit: int,
) -> None:
    """Write one row for each two records, by id, signed and with its reason."""
    ledger.executemany(
        "insert into act_decisions (kind, a, b, by, reason, learnt) values (?, ?, ?, ?, ?, ?)",
        [(kind, *sorted(pair), by, reason, commit) for pair in pairs],
    )
