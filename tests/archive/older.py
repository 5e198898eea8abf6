"""Ledgers as earlier versions wrote them: today's rows put back into an older shape."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from detente.archive import Archive, migrations
from detente.archive.finding import records_of
from detente.archive.keeping import find_spots
from detente.archive.ledger import last_commit
from detente.archive.packing import unpack_words
from detente.archive.rows import slim
from detente.archive.search import index_quote

_AS_THEY_ARE = ("commits", "coders", "copies", "near_copies", "copy_hashes", "record_codes", "act_pairs",
                "act_decisions", "rejects", "parts", "reviews", "releases", "old_codes")  # fmt: skip


def make_older(folder: Path, version: int) -> None:
    """Write the ledger of an archive anew in format 2 or 3; nothing was recoded in it."""
    with Archive(folder, reviews="ignore") as archive:
        acts = [*archive._changed_rows("acts", 0, last_commit(archive._ledger))]
        told = {row["id"]: row for row in records_of(archive._ledger, 0, last_commit(archive._ledger))}
        reports = {report.id: report for report in archive.reports()}
    path = folder / "ledger.sqlite"
    today = path.rename(folder / "today.sqlite")
    with closing(sqlite3.connect(path, isolation_level=None)) as ledger:
        ledger.execute("attach ? as today", (str(today),))
        for step in migrations.MIGRATIONS[:version]:
            step(ledger)
        _copy(ledger)
        for n, text in ledger.execute("select n, text from today.reports").fetchall():
            ledger.execute("update main.reports set text = ? where n = ?", (unpack_words(text), n))
            ledger.execute("insert into report_words (rowid, text) values (?, ?)", (n, unpack_words(text)))
        for row in _rows(ledger, "today.records"):
            _keep_record(ledger, row, told[row["id"]], reports)
            if version == 3:
                own = told[row["id"]]
                index_quote(ledger, row["n"], own, reports[own["report"]].published)
        for act in acts:
            _keep_act(ledger, act)
        ledger.execute("detach today")
        ledger.execute(f"pragma application_id = {migrations.APPLICATION_ID}")
        ledger.execute(f"pragma user_version = {version}")
    for left in folder.glob("today.sqlite*"):
        left.unlink()


def _copy(ledger: sqlite3.Connection) -> None:
    """Copy what has not changed its shape, as far as the older ledger has it."""
    for table in (*_AS_THEY_ARE, "reports"):
        mine = [row[1] for row in ledger.execute(f"pragma main.table_info({table})")]
        if mine:
            names = ", ".join(mine)
            ledger.execute(f"insert into main.{table} ({names}) select {names} from today.{table}")
    if ledger.execute("select 1 from main.sqlite_schema where name = 'record_keys'").fetchone():
        for key, first, last, record in ledger.execute("select * from today.record_keys").fetchall():
            days = (date.fromordinal(day).isoformat() for day in (first, last))
            ledger.execute("insert into main.record_keys values (?, ?, ?, ?)", (key, *days, record))


def _rows(ledger: sqlite3.Connection, table: str) -> list[dict]:
    found = ledger.execute(f"select * from {table}")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def _keep_record(ledger: sqlite3.Connection, row: dict, told: dict, reports: dict) -> None:
    report = reports[told["report"]]
    block = find_spots([told | {"act": None}], report.id, report.published)[0]
    learnt = ledger.execute("select learnt from main.reports where n = ?", (row["report"],)).fetchone()[0]
    row |= {
        "body": unpack_words(row["body"]), "block": block and block[0],
        "changed": row["changed"] or learnt,
        **{k: row[k] and date.fromordinal(row[k]).isoformat() for k in ("first", "last")},
    }  # fmt: skip
    known = [column[1] for column in ledger.execute("pragma main.table_info(records)")]
    names = [name for name in row if name in known]
    ledger.execute(
        f"insert into main.records ({', '.join(names)}) values ({', '.join('?' * len(names))})",
        [row[name] for name in names],
    )


def _keep_act(ledger: sqlite3.Connection, act: dict) -> None:
    counts = {k: act.pop(k) for k in ("n_records", "n_reports", "now", "changed")}
    body = json.dumps({k: v for k, v in slim(act).items() if v is not None and v != []})
    ledger.execute(
        """insert into main.acts (id, block, day, body, n_records, n_reports, now, changed)
           values (?, ?, ?, ?, ?, ?, ?, ?)""",
        (act["act"], "deed", act["day"], body, *counts.values()),
    )
