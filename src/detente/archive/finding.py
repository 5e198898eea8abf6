"""Conditions in, rows out: records and reports found in the ledger by id, kind, parties, days or act."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from heapq import merge
from typing import Any

from detente.archive.rows import readable, to_day, unpack
from detente.errors import NotInArchive
from detente.records import Report

_SELECT = """
select r.n, r.id, r.seq, r.kind, r.act, r.body, coalesce(r.changed, p.learnt) as changed, r.report,
  c.body as coder, k.at as learnt
from records r join reports p on p.n = r.report join commits k on k.n = coalesce(r.learnt, p.learnt)
left join coders c on c.n = r.coder
"""


_ORDER = "order by r.report, r.seq"
# What a lens (lens.py) shows of the records, as two tables: joined with others, its one view is read whole.
_UNTOUCHED = "(select * from main.records where n not in (select n from temp.lens_hidden))"


def sources_of(ledger: sqlite3.Connection) -> tuple[str, ...]:
    """Return what holds the records of this connection: one table, or through a lens two."""
    if ledger.execute("select 1 from temp.sqlite_schema where name = 'lens_records'").fetchone() is None:
        return ("records",)
    return (_UNTOUCHED, "temp.lens_records")


def find_records(
    ledger: sqlite3.Connection,
    *,
    kind: str | None = None,
    codes: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
    statuses: Sequence[str] = (),
    acts: Sequence[str] = (),
    ids: Sequence[str] = (),
    id: str | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield contract rows with report meta, in the order they were added; conditions all have to hold."""
    where: list[str] = []
    values: list[object] = []
    for column, value in (("r.kind", kind), ("r.id", id)):
        if value is not None:
            where.append(f"{column} = ?")
            values.append(value)
    for code in codes:
        where.append("r.n in (select record from record_codes where code = ?)")
        values.append(code)
    for column, allowed in (("r.status", statuses), ("r.act", acts), ("r.id", ids)):
        if allowed:
            where.append(f"{column} in (select value from json_each(?))")
            values.append(json.dumps(list(allowed)))
    if since:
        where.append("coalesce(r.date_end, r.date_start, p.published) >= ?")
        values.append(since.isoformat())
    if until:
        where.append("coalesce(r.date_start, r.date_end, p.published) <= ?")
        values.append(until.isoformat())
    for _, row in _rows(ledger, " and ".join(where) or "true", values):
        del row["changed"]  # which commit last touched it: the columns' business alone
        yield row


def records_of(ledger: sqlite3.Connection, first: int, last: int) -> Iterator[dict[str, Any]]:
    """Yield the contract rows that changed in these commits."""
    changed = """r.n in (
        select n from records where changed between ? and ?
        union all select o.n from reports q cross join records o on o.report = q.n
        where q.learnt between ? and ? and o.changed is null)"""
    return (row for _, row in _rows(ledger, changed, [first, last, first, last]))


def rows_by_number(
    ledger: sqlite3.Connection, numbers: Sequence[int], *, source: str = "records"
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (number, contract row) of records by number, out of a table shaped like `records`."""
    for start in range(0, len(numbers), 10_000):
        some = json.dumps(numbers[start : start + 10_000])
        yield from _rows(ledger, "r.n in (select value from json_each(?))", [some], source=source)


def report_of(ledger: sqlite3.Connection, id: str) -> Report:
    """Return the report with this very id."""
    return read_report(ledger.execute("select * from reports where id = ?", (id,)).fetchone())


def reports_of(ledger: sqlite3.Connection, first: int, last: int) -> Iterator[dict[str, Any]]:
    """Yield the meta of the reports added in these commits, as column files hold it."""
    rows = ledger.execute(
        """select p.*, k.at from reports p join commits k on k.n = p.learnt
           where p.learnt between ? and ? order by p.n""",
        (first, last),
    )
    for row in rows:
        meta = {
            k: row[k]
            for k in ("digest", "published", "outlet", "author", "url", "language", "origin", "changed")
        }
        words = {"title": readable(row["title"]), "characters": len(readable(row["text"]) or "")}
        yield meta | words | {"report": row["id"], "learnt": row["at"]}


def read_report(row: sqlite3.Row) -> Report:
    """Return a row of the ledger as the report it was."""
    return Report(
        text=readable(row["text"]) or "", title=readable(row["title"]), published=to_day(row["published"]),
        published_basis=row["published_basis"], given_id=row["given_id"], url=row["url"],
        outlet=row["outlet"], author=row["author"], language=row["language"], origin=row["origin"],
    )  # fmt: skip


def find_one(ledger: sqlite3.Connection, family: str, id: str) -> sqlite3.Row:
    """Return the one report or record with this id, or whose id starts so; else NotInArchive says why."""
    whole = ledger.execute(f"select * from {family} where id = ?", (id,)).fetchall()
    found = whole or _starting(ledger, family, id)
    if not found and family == "records":
        found = ledger.execute(
            """select * from records where id in
               (select json_extract(body, '$.record') from acts where id = ?)""",
            (id,),
        ).fetchall()
    if len(found) == 1:
        row: sqlite3.Row = found[0]
        return row
    raise NotInArchive(_not_one(family[:-1], id, [row["id"] for row in found]))


def _starting(ledger: sqlite3.Connection, family: str, start: str) -> list[sqlite3.Row]:
    if not start:
        return []
    columns = ("id", "digest") if family == "reports" else ("id",)
    after = start[:-1] + chr(min(ord(start[-1]) + 1, 0x10FFFF))
    for column in columns:
        rows = ledger.execute(
            f"select * from {family} where {column} >= ? and {column} < ? limit 9", (start, after)
        ).fetchall()
        if rows:
            return rows
    return []


def _not_one(noun: str, id: str, found: Sequence[str]) -> str:
    if found:
        return f"«{id}» stands for more than one {noun} ({', '.join(found[:4])} …): give more of the id."
    return f"No {noun} here has the id «{id}» or one that starts so: `detente export` lists all ids."


def _rows(
    ledger: sqlite3.Connection, where: str, values: Sequence[object], *, source: str = "records"
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield numbers and contract rows; the text of a report is read once for all its records."""
    report_of_number = lru_cache(maxsize=64)(lambda n: _report(ledger, n))
    coder_of = lru_cache(maxsize=64)(lambda body: json.loads(body) if body else None)
    found = [
        ledger.execute(
            f"{_SELECT.replace('from records r', f'from {part} r')} where {where} {_ORDER}", values
        )
        for part in (sources_of(ledger) if source == "records" else (source,))
    ]
    for row in merge(*found, key=lambda row: (row["report"], row["seq"])):
        report = report_of_number(row["report"])
        record = unpack(
            row["body"],
            kind=row["kind"],
            id=row["id"],
            report=report,
            act=row["act"],
            coder=coder_of(row["coder"]),
        )
        yield (
            row["n"],
            record
            | {
                "published": report.published.isoformat() if report.published else None,
                "outlet": report.outlet,
                "title": report.title,
                "learnt": row["learnt"],
                "changed": row["changed"],
            },
        )


def _report(ledger: sqlite3.Connection, number: int) -> Report:
    return read_report(ledger.execute("select * from reports where n = ?", (number,)).fetchone())
