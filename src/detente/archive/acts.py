"""Events in the ledger in, its acts up to date out: only what a new report's tellings are linked with is
merged anew."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from detente.archive import merging
from detente.archive.decisions import read_decisions
from detente.archive.merging import NARROW, WIDEST, Act, Key
from detente.archive.rows import pack_act, readable, to_day, unpack, unpack_act
from detente.archive.tellings import SLACK, Decisions, Telling, strength
from detente.records import Report

_SELECT = """
select r.n, r.id, r.seq, r.kind, r.body, r.block, r.first, r.last, r.act,
  p.id as report, p.title, p.text, p.published
from records r join reports p on p.n = r.report where r.n in (select value from json_each(?))
"""


def keep_keys(ledger: sqlite3.Connection, number: int, keys: Iterable[Key]) -> None:
    """Store where an event is looked for by other tellings of its act."""
    ledger.executemany(
        "insert or ignore into record_keys (key, first, last, record) values (?, ?, ?, ?)",
        [(*key, number) for key in keys],
    )


def update_acts(ledger: sqlite3.Connection, touched: Iterable[int], *, commit: int) -> None:
    """Merge anew all that hangs together with these records, by number, and write what changed."""
    reader = Reader(ledger)
    done: set[int] = set()
    for number in sorted(set(touched)):
        if number not in done:
            tellings = reader.linked_with(number)
            done |= {t.n for t in tellings}
            acts = merging.merge(tellings, reader.decisions)
            _write_acts(ledger, reader.told_before, acts, commit)


def key_record(
    ledger: sqlite3.Connection, number: int, row: Mapping[str, Any], report: str, published: date | None
) -> None:
    """Store anew where an event is looked for, by the days, parties and type its row has now."""
    spot = merging.find_spots([row], report, published)[0]
    ledger.execute("delete from record_keys where record = ?", (number,))
    if spot:
        keep_keys(ledger, number, merging.keys_of(row, spot)[0])


def records_near(ledger: sqlite3.Connection, numbers: Iterable[int]) -> set[int]:
    """Return the numbers of all records that hang together with these: what `remerge` reads."""
    reader = Reader(ledger)
    near: set[int] = set()
    for number in numbers:
        if number not in near:
            near |= {t.n for t in reader.linked_with(number)}
    return near


remerge = update_acts


class Reader:
    """Reads tellings and what they are linked with, each once."""

    def __init__(self, ledger: sqlite3.Connection) -> None:
        self.ledger = ledger
        self.decisions: Decisions = read_decisions(ledger)
        self.known: dict[int, Telling] = {}
        self.told_before: dict[int, str | None] = {}  # the act each record was in until now

    def linked_with(self, number: int) -> list[Telling]:
        """Return all tellings that hang together with this one by links."""
        found = {number: self._read([number])[0]}
        waiting = [number]
        while waiting:
            telling = found[waiting.pop()]
            for other in self._read(self._near(telling)):
                if other.n not in found and strength(telling, other, self.decisions):
                    found[other.n] = other
                    waiting.append(other.n)
        return list(found.values())

    def _near(self, telling: Telling) -> list[int]:
        """Return the numbers of records that may tell the same act: by key and days, report, or reviewer."""
        spot = (telling.block, telling.first, telling.last)
        near = {n for key in merging.keys_of(telling.row, spot)[1] for n in self._under(key)}
        rows = self.ledger.execute(
            """select n from records where block is not null
               and report = (select report from records where n = ?)""",
            (telling.n,),
        )
        near |= {row["n"] for row in rows}
        near |= self._decided(telling)
        return sorted(near - {telling.n})

    def _under(self, key: Key) -> Iterator[int]:
        """Yield records under a key whose days touch these, be they dated narrowly or widely."""
        words, first, last = key
        for stem, widest in ((words.removeprefix("w"), NARROW), (f"w{words.removeprefix('w')}", WIDEST)):
            rows = self.ledger.execute(
                "select record from record_keys where key = ? and first between ? and ? and last >= ?",
                (stem, _shift(first, -(widest + SLACK)), _shift(last, SLACK), _shift(first, -SLACK)),
            )
            yield from (row["record"] for row in rows)

    def _decided(self, telling: Telling) -> set[int]:
        ids = [id for pair in self.decisions.joined if telling.record in pair for id in pair]
        rows = self.ledger.execute(
            "select n from records where id in (select value from json_each(?))", (json.dumps(ids),)
        )
        return {row["n"] for row in rows} if ids else set()

    def _read(self, numbers: Sequence[int]) -> list[Telling]:
        wanted = [n for n in numbers if n not in self.known]
        if wanted:
            for row in self.ledger.execute(_SELECT, (json.dumps(wanted),)):
                self.known[row["n"]] = _telling(row)
                self.told_before[row["n"]] = row["act"]
        return [self.known[n] for n in numbers]


def _shift(day: str, by: timedelta) -> str:
    moved = date.fromisoformat(day).toordinal() + by.days
    return date.fromordinal(min(max(moved, 1), date.max.toordinal())).isoformat()


def _telling(row: sqlite3.Row) -> Telling:
    body = row["body"]
    report = Report(readable(row["text"]) or "", readable(row["title"]), given_id=row["report"])
    return Telling(
        n=row["n"], record=row["id"], report=row["report"], seq=row["seq"], block=row["block"],
        first=to_day(row["first"]), last=to_day(row["last"]), published=to_day(row["published"]),
        row=unpack(body, kind=row["kind"], id=row["id"], report=report, act=None, coder=None),
        told_act=json.loads(body).get("told_act"),
    )  # fmt: skip


def _write_acts(
    ledger: sqlite3.Connection, before: Mapping[int, str | None], acts: Sequence[Act], commit: int
) -> None:
    for act in acts:
        _write_act(ledger, act, commit)
        moved = [(act.id, commit, t.n) for t in act.tellings if before[t.n] != act.id]
        ledger.executemany("update records set act = ?, changed = ? where n = ?", moved)
    held = {before[t.n] for act in acts for t in act.tellings}
    _retire(ledger, {old for old in held if old} - {a.id for a in acts}, commit)


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
        if ledger.execute("select 1 from records where act = ? limit 1", (id,)).fetchone():
            continue  # split: what stays bears it on
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


__all__ = ["find_acts", "keep_keys", "key_record", "records_near", "remerge", "update_acts"]
