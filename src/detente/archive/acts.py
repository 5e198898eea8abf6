"""Events in the ledger in, its acts up to date out: only spells a new report touches are merged anew."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from detente.archive import merging
from detente.archive.merging import Act
from detente.archive.rows import pack_act, readable, to_day, unpack, unpack_act
from detente.archive.tellings import SLACK, Telling
from detente.records import Report

Spell = tuple[str, str | None, str | None]  # block, first and last day as the ledger writes them


def update_acts(ledger: sqlite3.Connection, touched: Iterable[Spell], *, commit: int) -> None:
    """Merge anew every spell that holds one of the touched ones, and write what changed."""
    done: list[Spell] = []
    for spell in sorted(set(touched), key=str):
        if any(_is_within(spell, other) for other in done):
            continue
        whole = _widen(ledger, spell)
        done.append(whole)
        tellings = _tellings(ledger, whole)
        _write_acts(ledger, whole, tellings, merging.merge(tellings), commit)


def _is_within(spell: Spell, other: Spell) -> bool:
    if spell[0] != other[0]:
        return False
    if spell[1] is None or other[1] is None:
        return spell[1] == other[1]
    return bool(other[1] <= spell[1] and spell[2] and other[2] and spell[2] <= other[2])


def _widen(ledger: sqlite3.Connection, spell: Spell) -> Spell:
    """Return the spell grown until no telling of its block outside it touches it."""
    block, first, last = spell
    if first is None or last is None:
        return spell
    while True:
        row = ledger.execute(
            "select min(first), max(last) from records where block = ? and first <= ? and last >= ?",
            (block, _shift(last, 1), _shift(first, -1)),
        ).fetchone()
        grown = (min(first, row[0] or first), max(last, row[1] or last))
        if grown == (first, last):
            return (block, first, last)
        first, last = grown


def _shift(day: str, steps: int) -> str:
    moved = date.fromisoformat(day).toordinal() + steps * SLACK.days
    return date.fromordinal(min(max(moved, 1), date.max.toordinal())).isoformat()


def _tellings(ledger: sqlite3.Connection, spell: Spell) -> list[Telling]:
    block, first, last = spell
    within = "r.first is null" if first is None else "r.first >= :first and r.last <= :last"
    rows = ledger.execute(
        f"""select r.n, r.id, r.seq, r.kind, r.body, r.first, r.last,
            p.id as report, p.title, p.text, p.published
            from records r join reports p on p.n = r.report
            where r.block = :block and {within}""",
        {"block": block, "first": first, "last": last},
    )
    return [_telling(row, block) for row in rows]


def _telling(row: sqlite3.Row, block: str) -> Telling:
    body = row["body"]
    report = Report(readable(row["text"]) or "", readable(row["title"]), given_id=row["report"])
    return Telling(
        n=row["n"], record=row["id"], report=row["report"], seq=row["seq"], block=block,
        first=to_day(row["first"]), last=to_day(row["last"]), published=to_day(row["published"]),
        row=unpack(body, kind=row["kind"], id=row["id"], report=report, act=None, coder=None),
        told_act=json.loads(body).get("told_act"),
    )  # fmt: skip


def _write_acts(
    ledger: sqlite3.Connection, spell: Spell, tellings: list[Telling], acts: tuple[Act, ...], commit: int
) -> None:
    before = {
        row["n"]: row["act"]
        for t in tellings
        for row in ledger.execute("select n, act from records where n = ?", (t.n,))
    }
    for act in acts:
        _write_act(ledger, act, commit)
        moved = [(act.id, commit, t.n) for t in act.tellings if before[t.n] != act.id]
        ledger.executemany("update records set act = ?, changed = ? where n = ?", moved)
    _retire(ledger, {old for old in before.values() if old} - {a.id for a in acts}, commit)


def _write_act(ledger: sqlite3.Connection, act: Act, commit: int) -> None:
    body = merging.describe_act(act)
    new = (act.block, body["day"], pack_act(body), len(act.tellings), act.n_reports)
    old = ledger.execute(
        "select block, day, body, n_records, n_reports from acts where id = ? and now is null", (act.id,)
    ).fetchone()
    if old and tuple(old) == new:
        return
    ledger.execute(
        """insert or replace into acts (id, block, day, body, n_records, n_reports, changed, now)
           values (?, ?, ?, ?, ?, ?, ?, null)""",
        (act.id, *new, commit),
    )
    _write_pairs(ledger, act.id, merging.pairs_of(body))


def _write_pairs(ledger: sqlite3.Connection, act: str, pairs: Iterable[tuple[str, str]]) -> None:
    ledger.execute("delete from act_pairs where act = ?", (act,))
    ledger.executemany("insert into act_pairs (a, b, act) values (?, ?, ?)", [(a, b, act) for a, b in pairs])


def _retire(ledger: sqlite3.Connection, ids: set[str], commit: int) -> None:
    """Keep an id that no telling bears any more, pointing to the act that holds its first telling."""
    for id in sorted(ids):
        body = unpack_act(ledger.execute("select body from acts where id = ?", (id,)).fetchone()["body"])
        heir = ledger.execute("select act from records where id = ?", (body["record"],)).fetchone()
        ledger.execute(
            "update acts set now = ?, n_records = 0, n_reports = 0, changed = ? where id = ?",
            (heir["act"] if heir else "", commit, id),
        )
        ledger.execute("delete from act_pairs where act = ?", (id,))


def find_acts(
    ledger: sqlite3.Connection, *, pair: tuple[str, str] | None = None, ids: Iterable[str] | None = None
) -> Iterator[dict[str, Any]]:
    """Yield living acts with their counts: all, those of a pair, or those named."""
    select = "select body, n_records, n_reports from acts where now is null"
    if pair:
        a, b = sorted(pair)
        rows = ledger.execute(
            f"{select} and id in (select act from act_pairs where a = ? and b = ?) order by day desc, id",
            (a, b),
        )
    elif ids is not None:
        rows = ledger.execute(
            f"{select} and id in (select value from json_each(?))", (json.dumps(list(ids)),)
        )
    else:
        rows = ledger.execute(f"{select} order by day, id")
    for row in rows:
        yield unpack_act(row["body"]) | {"n_records": row["n_records"], "n_reports": row["n_reports"]}


__all__ = ["find_acts", "update_acts"]
