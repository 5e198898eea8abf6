"""A reviewer's word in, acts joined or split out: kept as signed rows, undone by a later row."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from detente.archive.acts import update_acts
from detente.archive.decisions import Kind, keep_decisions
from detente.archive.ledger import writing
from detente.errors import ArchiveError, NotInArchive


@dataclass(frozen=True, slots=True)
class Decision:
    """One word on two records: `kind` join, split or undo, who said so, why, and when.

    What was said at once bears one `commit`, the number of the transaction.
    """

    kind: str
    records: tuple[str, str]
    by: str
    reason: str
    learnt: str
    commit: int = 0


def join_acts(ledger: sqlite3.Connection, act: str, other: str, *, by: str, reason: str) -> str:
    """Make two acts one and return its id: each telling of one is joined with each of the other."""
    _require_words(by, reason)
    mine, theirs = _members(ledger, act), _members(ledger, other)
    if set(mine) & set(theirs):
        raise ArchiveError(f"{act} and {other} are one act already: name two.")
    return _decide(ledger, "join", [(a, b) for a in mine for b in theirs], (*mine, *theirs), by, reason)


def split_act(ledger: sqlite3.Connection, act: str, records: Sequence[str], *, by: str, reason: str) -> str:
    """Take records out of an act, as an act of their own, and return the id of what stays."""
    _require_words(by, reason)
    members = _members(ledger, act)
    out = [id for id in members if id in records]
    stay = [id for id in members if id not in records]
    missing = sorted(set(records) - set(members))
    if missing:
        raise NotInArchive(f"{missing[0]} tells another act than {act}: `detente show` lists its tellings.")
    if not stay or not out:
        raise ArchiveError(
            "A split leaves some tellings and takes some: name fewer records, or at least one."
        )
    return _decide(ledger, "split", [(a, b) for a in stay for b in out], members, by, reason)


def undo_decisions(ledger: sqlite3.Connection, act: str, *, by: str, reason: str) -> str:
    """Take back what reviewers joined and split of an act's records: the rules decide again."""
    _require_words(by, reason)
    members = _members(ledger, act)
    pairs = {(d.records[0], d.records[1]) for d in find_decisions(ledger) if set(d.records) & set(members)}
    if not pairs:
        raise ArchiveError(f"Nobody has joined or split {act}: there is nothing to take back.")
    touched = {id for pair in pairs for id in pair} | set(members)
    return _decide(ledger, "undo", sorted(pairs), sorted(touched), by, reason)


def find_decisions(ledger: sqlite3.Connection) -> tuple[Decision, ...]:
    """Return every word on acts, in the order it was given."""
    rows = ledger.execute(
        "select d.*, c.at from act_decisions d join commits c on c.n = d.learnt order by d.n"
    )
    return tuple(
        Decision(r["kind"], (r["a"], r["b"]), r["by"], r["reason"], r["at"], r["learnt"]) for r in rows
    )


def _decide(
    ledger: sqlite3.Connection,
    kind: Kind,
    pairs: Sequence[tuple[str, str]],
    touched: Sequence[str],
    by: str,
    reason: str,
) -> str:
    with writing(ledger) as commit:
        keep_decisions(ledger, kind, pairs, by=by, reason=reason, commit=commit)
        update_acts(ledger, [_number(ledger, id) for id in touched], commit=commit)
        row = ledger.execute("select act from records where id = ?", (touched[0],)).fetchone()
    return str(row["act"])


def _members(ledger: sqlite3.Connection, act: str) -> list[str]:
    """Return the ids of an act's records, the one that tells it best first."""
    rows = ledger.execute(
        """select r.id, r.id = json_extract(a.body, '$.record') as best
           from records r join acts a on a.id = r.act where r.act = ? order by best desc, r.n""",
        (act,),
    ).fetchall()
    if not rows:
        raise NotInArchive(f"There is no act «{act}»: ids stand in `detente dyad` and `detente export`.")
    return [row["id"] for row in rows]


def _number(ledger: sqlite3.Connection, id: str) -> int:
    return int(ledger.execute("select n from records where id = ?", (id,)).fetchone()["n"])


def _require_words(by: str, reason: str) -> None:
    if not by.strip() or not reason.strip():
        raise ArchiveError("A decision is signed and has its reason: give --by NAME and --reason WORDS.")
