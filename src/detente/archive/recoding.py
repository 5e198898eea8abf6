"""A known report coded anew in, its records as the rules have them now out; what was stays in the ledger.

A record that is coded alike keeps its row and its reviews. One that is gone, or says something else, moves to
`old_records` with the commit that ended it, so that an earlier day and an earlier release still have it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from detente.archive.acts import drop_keys, unpack_spot
from detente.archive.keeping import coder_number, write_record
from detente.archive.ledger import writing
from detente.archive.linked import records_near, remerge
from detente.archive.merging import find_spots, keys_of
from detente.archive.packing import unpack_words
from detente.archive.rows import contract_rows, named_codes, pack, unpack
from detente.errors import NotInArchive
from detente.records import Coded, Report


@dataclass(frozen=True, slots=True)
class Recoded:
    """What coding a report anew changed: how many records came and went, and how many are as they were."""

    report: str
    came: int
    went: int
    kept: int


def recode_report(ledger: sqlite3.Connection, coded: Coded) -> Recoded:
    """Put a known report's records as coded now in the place of those it has, in one transaction."""
    known = ledger.execute("select n, id from reports where digest = ?", (coded.report.digest,)).fetchone()
    if known is None:
        raise NotInArchive(
            f"The report «{coded.report.id}» is not in the archive with these words: add it first."
        )
    rows = contract_rows(coded)
    with writing(ledger) as commit:
        report = int(known["n"])
        old = {r["id"]: r for r in ledger.execute("select * from records where report = ?", (report,))}
        same = {row["id"] for row in rows if _is_same(row, old, coded)}
        gone = [row for id, row in old.items() if id not in same]
        near = records_near(ledger, [r["n"] for r in gone]) - {r["n"] for r in gone}
        acts = {r["act"] for r in gone if r["act"]}
        _retire(ledger, gone, coded.report, commit)
        came = _write(ledger, rows, same, coded, report, commit)
        remerge(ledger, near | set(came), commit=commit)
        _end_acts(ledger, acts, commit)
    return Recoded(known["id"], sum(row["id"] not in same for row in rows), len(gone), len(same))


def _is_same(row: Mapping[str, Any], old: Mapping[str, sqlite3.Row], coded: Coded) -> bool:
    return row["id"] in old and unpack_words(old[row["id"]]["body"]) == pack(dict(row), coded.report)


def _retire(ledger: sqlite3.Connection, gone: Sequence[sqlite3.Row], report: Report, commit: int) -> None:
    """Move records to the history, out of every table that says what is so now."""
    for row in gone:
        columns = list(row.keys())
        marks = ", ".join("?" * (len(columns) + 1))
        ledger.execute(
            f"insert into old_records ({', '.join(columns)}, gone) values ({marks})", (*tuple(row), commit)
        )
        _forget(ledger, row, report)
        ledger.execute("delete from records where n = ?", (row["n"],))
    if gone:  # no later part can say that a row is gone
        ledger.execute("delete from parts where family = 'records'")


def _forget(ledger: sqlite3.Connection, row: sqlite3.Row, report: Report) -> None:
    """Take a record out of where it is looked for: by whom it names, and by other tellings of its act."""
    told = unpack(row["body"], kind=row["kind"], id=row["id"], report=report, act=None, coder=None)
    codes = [(code, row["n"]) for code in named_codes(told)]
    ledger.executemany("insert or ignore into old_codes (code, record) values (?, ?)", codes)
    ledger.executemany("delete from record_codes where code = ? and record = ?", codes)
    if row["block"] is not None:
        drop_keys(ledger, row["n"], keys_of(told, unpack_spot(row))[0])


def _write(
    ledger: sqlite3.Connection,
    rows: Sequence[dict[str, Any]],
    same: set[str],
    coded: Coded,
    report: int,
    commit: int,
) -> list[int]:
    """Write what came, sign anew what stayed, and return the numbers of the events that came."""
    coder = coder_number(ledger, coded)
    came = []
    spots = find_spots(rows, coded.report.id, coded.report.published)
    for seq, (row, spot) in enumerate(zip(rows, spots, strict=True)):
        if row["id"] in same:
            values = (coder, seq, commit, row["id"])
            ledger.execute("update records set coder = ?, seq = ?, changed = ? where id = ?", values)
            continue
        number = write_record(
            ledger, row, spot, coded.report, place=(report, seq), coder=coder, commit=commit, learnt=commit
        )
        if spot:
            came.append(number)
    return came


def _end_acts(ledger: sqlite3.Connection, acts: set[str], commit: int) -> None:
    """Let go of acts that no record tells any more: their ids lead to nothing, and say so."""
    for act in sorted(acts):
        if ledger.execute("select 1 from records where act = ? limit 1", (act,)).fetchone():
            continue
        ledger.execute(
            "update acts set now = '', n_records = 0, n_reports = 0, changed = ? where id = ?",
            (commit, act),
        )
        ledger.execute("delete from act_pairs where act = ?", (act,))


__all__ = ["Recoded", "recode_report"]
