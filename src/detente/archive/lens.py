"""A ledger in, the same ledger as it was known on a day, with or without what reviewers said of it, out.

Nothing is copied that does not differ. A second connection, which can only read, gets views of its own that
bear the names of the tables and stand before them: what came later is hidden, what was recoded since is as it
was, what was reviewed is as the reviewer left it, and only the acts that any of this touches are merged anew.
Whoever reads `records` or `acts` there need not know.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from detente.archive import merging
from detente.archive.acts import keep_keys, pack_spot, read_acts, unpack_spot
from detente.archive.corrections import apply_changes
from detente.archive.finding import find_records, report_of, rows_by_number
from detente.archive.ledger import last_commit
from detente.archive.linked import records_near, remerge
from detente.archive.packing import BODIES, pack_words
from detente.archive.reviews import Standing, find_reviews, stand
from detente.archive.rows import named_codes, pack, pack_act, to_day, told_act_of


@dataclass(frozen=True, slots=True)
class Lens:
    """An open view of the ledger: the commit it stands at, and what reviews say of what is in it."""

    ledger: sqlite3.Connection
    commit: int  # the newest commit of the archive when this was made
    upto: int  # the newest commit it shows
    standings: Mapping[str, Standing]

    def hidden(self, family: str) -> list[str]:
        """Return the ids of stored rows of a family that are not as stored, or not there."""
        return [row[0] for row in self.ledger.execute(_HIDDEN[family], {"upto": self.upto})]

    def told(self, family: str) -> list[dict[str, Any]]:
        """Return the rows of a family that stand in their place, as the columns are written from."""
        if family == "records":
            numbers = [r["n"] for r in self.ledger.execute("select n from lens_records order by n")]
            return [row for _, row in rows_by_number(self.ledger, numbers)]
        if family == "acts":
            rows = self.ledger.execute("select * from lens_acts where now is null order by id")
            return list(read_acts(self.ledger, rows))
        return []


def last_commit_of(ledger: sqlite3.Connection, day: date | None) -> int:
    """Return the newest commit of a day or before it (UTC), of all where no day is given."""
    if day is None:
        return last_commit(ledger)
    after = (day + timedelta(days=1)).isoformat()
    row = ledger.execute("select coalesce(max(n), 0) from commits where at < ?", (after,)).fetchone()
    return int(row[0])


def is_plain(ledger: sqlite3.Connection, *, upto: int | None, use_reviews: bool) -> bool:
    """Return True where the tables themselves give the answer: nothing came later, nothing is reviewed."""
    if upto is not None and upto < last_commit(ledger):
        return False
    return not (use_reviews and ledger.execute("select 1 from reviews limit 1").fetchone())


def look(ledger: sqlite3.Connection, *, upto: int, use_reviews: bool) -> Lens:
    """Turn a connection into one that sees the archive at a commit, reviewed or not; it must not write."""
    newest = last_commit(ledger)
    for step in _TABLES:
        ledger.execute(step)
    if upto < newest:
        _hide_later(ledger, upto)
    reviews = list(find_reviews(ledger)) if use_reviews else []
    if upto < newest:
        reviews = _made_by(ledger, reviews, upto)
    standings = {s.target: s for s in stand(reviews)}
    _hide_reviewed(ledger, [s for s in standings.values() if s.family == "record"])
    _lift_neighbours(ledger)
    for step in _views(upto if upto < newest else None):
        ledger.execute(step)
    _key_anew(ledger)
    _merge(ledger, newest)
    for standing in standings.values():
        if standing.family == "act":
            _review_act(ledger, standing, newest)
    return Lens(ledger, newest, upto, standings)


def _made_by(ledger: sqlite3.Connection, reviews: Iterable[Any], upto: int) -> list[Any]:
    from detente.archive.reviews import mark_undone

    known = {r["id"] for r in ledger.execute("select id from reviews where learnt <= ?", (upto,))}
    return list(mark_undone(r for r in reviews if r.id in known))


def _hide_later(ledger: sqlite3.Connection, upto: int) -> None:
    """Hide records that came after a commit, and bring back those that were recoded since."""
    ledger.execute(
        """insert into lens_hidden select r.n from main.records r join main.reports p on p.n = r.report
           where coalesce(r.learnt, p.learnt) > ?""",
        (upto,),
    )
    columns = ", ".join(_columns(ledger, "records"))
    ledger.execute(
        f"""insert into lens_records select {columns} from main.old_records where gone > :upto and
            coalesce(learnt, (select p.learnt from main.reports p where p.n = report)) <= :upto""",
        {"upto": upto},
    )
    ledger.execute("update lens_records set act = null")
    ledger.execute(
        "insert into lens_codes select code, record from main.old_codes"
        " where record in (select n from lens_records)"
    )


def _hide_reviewed(ledger: sqlite3.Connection, standings: Sequence[Standing]) -> None:
    """Hide rejected records and put corrected ones in their place."""
    for standing in standings:
        number = _number_of(ledger, standing.record)
        if number is None:
            continue  # no longer coded, or not yet: nothing to review
        if standing.is_rejected:
            _hide(ledger, [number])
            ledger.execute("delete from lens_records where n = ?", (number,))
        elif standing.changes:
            _lift(ledger, [number])
            _correct(ledger, number, standing.changes)


def _number_of(ledger: sqlite3.Connection, id: str) -> int | None:
    for source, condition in (
        ("lens_records", ""),
        ("main.records", " and n not in (select n from lens_hidden)"),
    ):
        row = ledger.execute(f"select n from {source} where id = ?{condition}", (id,)).fetchone()
        if row:
            return int(row["n"])
    return None


def _correct(ledger: sqlite3.Connection, number: int, changes: Mapping[str, Any]) -> None:
    """Write a record's corrected row in the place of its own; where its act is sought is found anew."""
    old = next(row for _, row in rows_by_number(ledger, [number], source="lens_records"))
    stored = ledger.execute("select body from lens_records where n = ?", (number,)).fetchone()
    row = apply_changes(old, changes) | {"act": told_act_of(stored["body"])}
    report = report_of(ledger, row["report"])
    spot = merging.find_spots([row], report.id, report.published)[0]
    bare = {k: v for k, v in row.items() if k not in ("published", "outlet", "title", "learnt", "changed")}
    ledger.execute(
        """update lens_records set status = ?, date_start = ?, date_end = ?, issue = ?, block = ?, first = ?,
           last = ?, body = ?, act = null where n = ?""",
        (row["status"], row["date_start"], row["date_end"], row["issue"], *pack_spot(spot),
         pack_words(pack(bare, report), dictionary=BODIES), number),
    )  # fmt: skip
    ledger.execute("delete from lens_codes where record = ?", (number,))
    codes = [(code, number) for code in named_codes(row)]
    ledger.executemany("insert or ignore into lens_codes values (?, ?)", codes)
    ledger.execute("delete from lens_keys where record = ?", (number,))


def _hide(ledger: sqlite3.Connection, numbers: Iterable[int]) -> None:
    ledger.executemany("insert or ignore into lens_hidden values (?)", [(n,) for n in numbers])


def _lift(ledger: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Take records out of the tables into the lens, where they can change; their act is open again."""
    columns = ", ".join("null" if c == "act" else c for c in _columns(ledger, "records"))
    lifted = []
    for number in numbers:
        if ledger.execute("select 1 from lens_hidden where n = ?", (number,)).fetchone():
            continue  # lifted already, or hidden for good
        ledger.execute(f"insert into lens_records select {columns} from main.records where n = ?", (number,))
        lifted.append(number)
    for number, row in list(rows_by_number(ledger, lifted, source="lens_records")):
        codes = [(code, number) for code in named_codes(row)]
        ledger.executemany("insert or ignore into lens_codes values (?, ?)", codes)
    _hide(ledger, lifted)


def _lift_neighbours(ledger: sqlite3.Connection) -> None:
    """Lift every record that could be in one act with a hidden one: those acts are merged anew."""
    touched = {r["n"] for r in ledger.execute("select n from lens_hidden")}
    near = records_near(ledger, touched) if touched else set()
    _lift(ledger, sorted(near - touched))


def _key_anew(ledger: sqlite3.Connection) -> None:
    """Say where the acts of lifted records are sought, and lift who is sought where corrected ones are."""
    _key_lifted(ledger)
    changed = ledger.execute(
        """select l.n from lens_records l left join main.records r on r.n = l.n
           where l.block is not null and (r.n is null or r.body is not l.body)"""
    )
    numbers = {row["n"] for row in changed}
    if numbers:
        _lift(ledger, sorted(records_near(ledger, numbers)))
        _key_lifted(ledger)


def _key_lifted(ledger: sqlite3.Connection) -> None:
    """Key the events in the lens that have no keys there yet, by their spots."""
    spots = {
        row["n"]: unpack_spot(row)
        for row in ledger.execute(
            """select n, block, first, last from lens_records
               where block is not null and n not in (select record from lens_keys)"""
        )
    }
    for number, row in list(rows_by_number(ledger, sorted(spots), source="lens_records")):
        keep_keys(ledger, number, merging.keys_of(row, spots[number])[0])


def _merge(ledger: sqlite3.Connection, commit: int) -> None:
    """Merge the lifted records, and lead the ids they had to the acts they are in now."""
    ledger.execute(
        """insert or ignore into lens_gone select distinct act from main.records
           where n in (select n from lens_hidden) and act is not null"""
    )
    lifted = [r["n"] for r in ledger.execute("select n from lens_records where kind = 'event'")]
    if lifted:
        remerge(ledger, lifted, commit=commit)
    ledger.execute(
        """insert or ignore into lens_acts (id, day, body, n_records, n_reports, now, changed)
           select a.id, a.day, a.body, 0, 0, r.act, a.changed
           from main.acts a join lens_gone g on g.id = a.id
           join lens_records r on r.id = json_extract(a.body, '$.record')"""
    )


def _review_act(ledger: sqlite3.Connection, standing: Standing, commit: int) -> None:
    """Take a rejected act and its tellings out, or give an act its corrected row."""
    act = _act_of(ledger, standing)
    if act is None:
        return
    members = [r["n"] for r in ledger.execute("select n from records where act = ?", (act["id"],))]
    if standing.is_rejected:
        _hide(ledger, members)
        ledger.executemany("delete from lens_records where n = ?", [(n,) for n in members])
        _forget_act(ledger, act["id"])
    elif standing.changes:
        told = next(read_acts(ledger, [act]))
        best = next(find_records(ledger, id=told["record"]), None)
        fixed = apply_changes(told, standing.changes)
        day, is_by_report = merging.course_day(fixed, to_day(told["first_published"]))
        fixed |= {"day": day.isoformat() if day else None, "by_report_date": is_by_report}
        _forget_act(ledger, act["id"])
        ledger.execute(
            "insert into lens_acts (id, day, body, n_records, n_reports, now, changed)"
            " values (?, ?, ?, ?, ?, null, ?)",
            (act["id"], fixed["day"], pack_act(fixed, best), act["n_records"], act["n_reports"], commit),
        )
        pairs = [(a, b, act["id"]) for a, b in merging.pairs_of(fixed)]
        ledger.executemany("insert into lens_pairs values (?, ?, ?)", pairs)


def _act_of(ledger: sqlite3.Connection, standing: Standing) -> sqlite3.Row | None:
    """Return the living act a review is of: by its id, else that of the telling it was known by."""
    found: sqlite3.Row | None = ledger.execute(
        """select * from acts where now is null and id = :act union all
           select * from acts where now is null and id =
           (select act from records where id = :record) limit 1""",
        {"act": standing.target, "record": standing.record},
    ).fetchone()
    return found


def _forget_act(ledger: sqlite3.Connection, id: str) -> None:
    ledger.execute("insert or ignore into lens_gone values (?)", (id,))
    ledger.execute("delete from lens_acts where id = ?", (id,))
    ledger.execute("delete from lens_pairs where act = ?", (id,))


def _columns(ledger: sqlite3.Connection, table: str) -> list[str]:
    return [row["name"] for row in ledger.execute(f"pragma main.table_info({table})")]


_TABLES = (
    "pragma temp_store = memory",
    "create temp table lens_hidden (n integer primary key)",
    "create temp table lens_gone (id text primary key) without rowid",
    "create temp table lens_records as select * from main.records limit 0",
    "create unique index temp.lens_records_by_n on lens_records (n)",
    "create index temp.lens_records_by_id on lens_records (id)",
    "create index temp.lens_records_by_act on lens_records (act)",
    "create index temp.lens_records_by_report on lens_records (report, seq)",
    "create temp table lens_codes (code text, record integer, primary key (code, record)) without rowid",
    "create index temp.lens_codes_by_record on lens_codes (record)",
    "create temp table lens_keys as select * from main.record_keys limit 0",
    "create index temp.lens_keys_by_key on lens_keys (key, first)",
    "create index temp.lens_keys_by_record on lens_keys (record)",
    "create temp table lens_acts as select * from main.acts limit 0",
    "create unique index temp.lens_acts_by_id on lens_acts (id)",
    "create temp table lens_pairs (a text, b text, act text, primary key (a, b, act)) without rowid",
    "create index temp.lens_pairs_by_act on lens_pairs (act)",
)

_HIDDEN = {
    "reports": "select id from main.reports where learnt > :upto",
    "records": "select id from main.records where n in (select n from lens_hidden) and :upto is not null",
    "acts": "select id from lens_gone where :upto is not null",
}


def _views(upto: int | None) -> list[str]:
    """Return the statements that make the views, up to a commit or to today."""
    by_learnt = ("reports", "copies", "near_copies", "act_decisions", "reviews", "releases")
    later = [
        f"create temp view {name} as select * from main.{name} where learnt <= {upto}" for name in by_learnt
    ]
    return (later if upto is not None else []) + list(_VIEWS)


_VIEWS = (
    """create temp view records as
       select * from main.records where n not in (select n from temp.lens_hidden)
       union all select * from temp.lens_records""",
    """create temp view record_codes as
       select * from main.record_codes where record not in (select n from temp.lens_hidden)
       union all select * from temp.lens_codes""",
    """create temp view record_keys as
       select * from main.record_keys where record not in (select n from temp.lens_hidden)
       union all select * from temp.lens_keys""",
    """create temp view acts as
       select * from main.acts where id not in (select id from temp.lens_gone)
       union all select * from temp.lens_acts""",
    """create temp view act_pairs as
       select * from main.act_pairs where act not in (select id from temp.lens_gone)
       union all select * from temp.lens_pairs""",
    """create temp trigger lens_update_records instead of update on records begin
       update lens_records set act = new.act, changed = new.changed where n = new.n; end""",
    """create temp trigger lens_insert_keys instead of insert on record_keys begin
       insert into lens_keys values (new.key, new.first, new.last, new.record); end""",
    """create temp trigger lens_insert_acts instead of insert on acts begin
       insert or replace into lens_acts (id, day, body, n_records, n_reports, now, changed)
       values (new.id, new.day, new.body, new.n_records, new.n_reports, new.now, new.changed); end""",
    """create temp trigger lens_update_acts instead of update on acts begin
       update lens_acts set day = new.day, body = new.body, n_records = new.n_records,
       n_reports = new.n_reports, now = new.now, changed = new.changed where id = new.id; end""",
    """create temp trigger lens_insert_pairs instead of insert on act_pairs begin
       insert or ignore into lens_pairs values (new.a, new.b, new.act); end""",
    """create temp trigger lens_delete_pairs instead of delete on act_pairs begin
       delete from lens_pairs where a = old.a and b = old.b and act = old.act; end""",
)

__all__ = ["Lens", "is_plain", "last_commit_of", "look"]
