"""Events in the ledger in, its acts up to date out: only what a new report's tellings are linked with is
merged anew."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from detente.archive import merging
from detente.archive.decisions import read_decisions
from detente.archive.merging import NARROW, WIDEST, Act, Key, Spot
from detente.archive.rows import pack_act, readable, to_day, told_act_of, unpack, unpack_act
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


def drop_keys(ledger: sqlite3.Connection, number: int, keys: Iterable[Key]) -> None:
    """Take an event out from where it is looked for: its keys are known from its row, and need no index."""
    ledger.executemany(
        "delete from record_keys where key = ? and first = ? and record = ?",
        [(words, first, number) for words, first, _ in keys],
    )


def pack_spot(spot: Spot | None) -> tuple[int | None, int | None, int | None]:
    """Return block, first and last day as the ledger keeps them."""
    if spot is None:
        return (None, None, None)
    block, first, last = spot
    days = (day.toordinal() if day else None for day in (first, last))
    return (merging.pack_block(block), next(days), next(days))


def unpack_spot(row: sqlite3.Row) -> Spot:
    """Return block, first and last day of a row of events."""
    first, last = (date.fromordinal(row[k]) if row[k] else None for k in ("first", "last"))
    return (merging.unpack_block(row["block"]), first, last)


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
        slack = SLACK.days
        for stem, widest in ((words.removeprefix("w"), NARROW), (f"w{words.removeprefix('w')}", WIDEST)):
            rows = self.ledger.execute(
                "select record from record_keys where key = ? and first between ? and ? and last >= ?",
                (stem, first - widest.days - slack, last + slack, first - slack),
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


def _telling(row: sqlite3.Row) -> Telling:
    body = row["body"]
    report = Report(readable(row["text"]) or "", readable(row["title"]), given_id=row["report"])
    block, first, last = unpack_spot(row)
    return Telling(
        n=row["n"], record=row["id"], report=row["report"], seq=row["seq"], block=block,
        first=first, last=last, published=to_day(row["published"]),
        row=unpack(body, kind=row["kind"], id=row["id"], report=report, act=None, coder=None),
        told_act=told_act_of(body),
    )  # fmt: skip


def _write_acts(
    ledger: sqlite3.Connection, before: Mapping[int, str | None], acts: Sequence[Act], commit: int
) -> None:
    for act in acts:
        _write_act(ledger, act, commit, is_new=before[act.anchor.n] is None)
        moved = [(act.id, commit, commit, t.n) for t in act.tellings if before[t.n] != act.id]
        ledger.executemany(_MOVE, moved)
    held = {before[t.n] for act in acts for t in act.tellings}
    _retire(ledger, {old for old in held if old} - {a.id for a in acts}, commit)


# A record that came in this very commit has changed with its report, and need not say so.
_MOVE = """
update records set act = ?, changed = case
  when changed is null and ? = (select p.learnt from reports p where p.n = records.report) then null
  else ? end
where n = ?
"""


def _write_act(ledger: sqlite3.Connection, act: Act, commit: int, *, is_new: bool) -> None:
    """Write an act if it is not as stored; told by a record that came just now, it may bear an old id."""
    row = merging.describe_act(act)
    new = (row["day"], pack_act(row, _as_told(act.anchor)), len(act.tellings), act.n_reports)
    old = ledger.execute(
        "select day, body, n_records, n_reports from acts where id = ? and now is null", (act.id,)
    ).fetchone()
    if old and not is_new and tuple(old) == new:
        return
    ledger.execute(
        """insert or replace into acts (id, day, body, n_records, n_reports, changed, now)
           values (?, ?, ?, ?, ?, ?, null)""",
        (act.id, *new, commit),
    )
    _write_pairs(ledger, act.id, merging.pairs_of(row))


def _as_told(telling: Telling) -> dict[str, Any]:
    published = telling.published.isoformat() if telling.published else None
    return {**telling.row, "published": published}


def _write_pairs(ledger: sqlite3.Connection, act: str, pairs: Iterable[tuple[str, str]]) -> None:
    ledger.execute("delete from act_pairs where act = ?", (act,))
    ledger.executemany("insert into act_pairs (a, b, act) values (?, ?, ?)", [(a, b, act) for a, b in pairs])


def _retire(ledger: sqlite3.Connection, ids: set[str], commit: int) -> None:
    """Keep an id that no telling bears any more, pointing to the act that holds its first telling."""
    for id in sorted(ids):
        if ledger.execute("select 1 from records where act = ? limit 1", (id,)).fetchone():
            continue  # split: what stays bears it on
        body = json.loads(ledger.execute("select body from acts where id = ?", (id,)).fetchone()["body"])
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
    select, values = "select * from acts where now is null", []
    if pair:
        select += " and id in (select act from act_pairs where a = ? and b = ?) order by day desc, id"
        values = sorted(pair)
    elif ids is not None:
        select += " and id in (select value from json_each(?))"
        values = [json.dumps(list(ids))]
    else:
        select += " order by day, id"
    for row in read_acts(ledger, ledger.execute(select, values)):
        del row["now"], row["changed"]
        yield row


def read_acts(ledger: sqlite3.Connection, rows: Iterable[sqlite3.Row]) -> Iterator[dict[str, Any]]:
    """Yield rows of the table of acts as acts, each with what the record says that tells it best."""
    coming = iter(rows)
    while some := list(islice(coming, BATCH)):
        best_of = {row["id"]: json.loads(row["body"])["record"] for row in some}
        best = best_tellings(ledger, best_of.values())
        for row in some:
            act = unpack_act(row["body"], id=row["id"], day=row["day"], best=best.get(best_of[row["id"]]))
            yield act | {k: row[k] for k in ("n_records", "n_reports", "now", "changed")}


def best_tellings(ledger: sqlite3.Connection, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return {id: contract row with `published`}, the quote left out: it takes the report's text to find."""
    rows = ledger.execute(
        """select r.id, r.kind, r.body, p.published from records r join reports p on p.n = r.report
           where r.id in (select value from json_each(?))""",
        (json.dumps(list(ids)),),
    )
    return {
        row["id"]: unpack(row["body"], kind=row["kind"], id=row["id"], report=_UNREAD, act=None, coder=None)
        | {"published": row["published"]}
        for row in rows
    }


BATCH = 1_000  # acts whose best tellings are read at once
_UNREAD = Report("")

__all__ = [
    "best_tellings", "drop_keys", "find_acts", "keep_keys", "pack_spot", "read_acts", "records_near",
    "remerge", "unpack_spot", "update_acts",
]  # fmt: skip
