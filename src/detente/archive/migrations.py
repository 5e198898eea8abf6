"""An older ledger in, one of today's shape out: numbered steps, each run once, none ever edited.

What is derived and was not there in the older shape is made once all steps are done (`fill_anew`), since the
code that makes it writes today's shape.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import date
from typing import Any

APPLICATION_ID = 0x44544E54  # «DTNT» in the file's header: tells our ledger from any other SQLite file


def m001_reports_records_acts(ledger: sqlite3.Connection) -> None:
    """The first shape: what was read, what was coded, which records tell one act."""
    for step in _FIRST_SHAPE:
        ledger.execute(step)


_FIRST_SHAPE = (
    "create table meta (key text primary key, value text not null) without rowid",
    # One row a write; `at` is when the archive learnt of what the commit holds (UTC).
    "create table commits (n integer primary key autoincrement, at text not null)",
    """create table reports (
        n integer primary key, id text not null unique, digest text not null unique, given_id text,
        title, text not null, published text, published_basis text, url text, outlet text, author text,
        language text, origin text, learnt integer not null references commits, changed integer not null)""",
    # The same words under another name, address or outlet: noted, never coded again.
    """create table copies (
        digest text not null references reports (digest), given_id text not null, url text not null,
        outlet text not null, published text, origin text, learnt integer not null references commits,
        primary key (digest, given_id, url, outlet)) without rowid""",
    "create index copies_by_given_id on copies (given_id)",
    "create table coders (n integer primary key, body text not null unique)",
    # `block`, `first`, `last`: what an event must share to tell the same act as another (merging.py).
    """create table records (
        n integer primary key, id text not null unique, report integer not null references reports,
        seq integer not null, kind text not null, status text not null, date_start text, date_end text,
        issue text, act text, block text, first text, last text, coder integer references coders,
        changed integer not null, body text not null)""",
    "create index records_by_report on records (report, seq)",
    "create index records_by_act on records (act) where act is not null",
    "create index records_by_block on records (block, first, last) where block is not null",
    "create index records_by_changed on records (changed)",
    "create table record_codes (code text not null, record integer not null references records,"
    " primary key (code, record)) without rowid",
    # An act that others took over stays, with `now` naming the act that holds its first telling.
    """create table acts (
        id text primary key, block text not null, day text, body text not null, n_records integer not null,
        n_reports integer not null, now text, changed integer not null) without rowid""",
    "create index acts_by_block on acts (block)",
    "create index acts_by_changed on acts (changed)",
    "create table act_pairs (a text not null, b text not null, act text not null references acts,"
    " primary key (a, b, act)) without rowid",
    "create index act_pairs_by_act on act_pairs (act)",
    """create table rejects (
        n integer primary key, origin text not null, stage text not null, reason text not null,
        at text not null, unique (origin, stage, reason))""",
    # The column files that hold rows changed in commits first..last; a file not named here is nobody's.
    """create table parts (
        name text primary key, family text not null, first integer not null, last integer not null,
        rows integer not null, bytes integer not null) without rowid""",
    "create virtual table report_words using fts5 (title, text, content='', tokenize='unicode61')",
    "create virtual table quote_words using fts5 (quote, content='', tokenize='unicode61')",
)


def m002_copies_and_links(ledger: sqlite3.Connection) -> None:
    """Near copies with the words they came with; what is shared by tellings of one act; a reviewer's word."""
    for step in _COPIES_AND_LINKS:
        ledger.execute(step)


_COPIES_AND_LINKS = (
    # A report that says what `first` said before: shortened, re-headed, passed on. Kept, never coded.
    """create table near_copies (
        digest text primary key, first integer not null references reports, given_id text, title,
        text not null, published text, published_basis text, url text, outlet text, author text,
        language text, origin text, share real not null, why text not null,
        learnt integer not null references commits) without rowid""",
    "create index near_copies_by_first on near_copies (first)",
    "create index near_copies_by_given_id on near_copies (given_id) where given_id is not null",
    # The smallest hashes of a report's runs of words (copies.py).
    "create table copy_hashes (hash integer not null, report integer not null references reports,"
    " primary key (hash, report)) without rowid",
    # Where an event is looked for by other tellings of its act: phase, kind, parties; first and last day.
    """create table record_keys (key text not null, first text not null, last text not null,
        record integer not null references records, primary key (key, first, record)) without rowid""",
    "create index record_keys_by_record on record_keys (record)",
    # A reviewer's word on whether two records tell one act (`join`) or two (`split`); the latest counts.
    """create table act_decisions (
        n integer primary key, kind text not null, a text not null, b text not null, by text not null,
        reason text not null, learnt integer not null references commits)""",
    "create index act_decisions_by_a on act_decisions (a)",
    "create index act_decisions_by_b on act_decisions (b)",
    "drop index records_by_block",
)


def m003_reviews_and_releases(ledger: sqlite3.Connection) -> None:
    """What reviewers say, what was released, what records were before a recoding, keys to search by."""
    for step in _REVIEWS_AND_RELEASES:
        ledger.execute(step)


_REVIEWS_AND_RELEASES = (
    # `record`: the record itself, or the telling by which a reviewed act was known.
    """create table reviews (
        n integer primary key, id text not null unique, target text not null, family text not null,
        record text not null, verdict text not null, changes text not null, before text not null,
        reviewer text not null, reason text not null, undoes text,
        learnt integer not null references commits)""",
    "create index reviews_by_target on reviews (target)",
    # The files of a release lie in releases/NAME; `body` has their hashes, the counts and who coded.
    """create table releases (
        name text primary key, body text not null, learnt integer not null references commits)
        without rowid""",
    # When a record was coded, where that is later than its report: null for those that came with it.
    "alter table records add column learnt integer references commits",
    # What records were until a recoding (commit `gone`) took their place; numbers are never used again.
    """create table old_records (
        n integer primary key, id text not null, report integer not null references reports,
        seq integer not null, kind text not null, status text not null, date_start text, date_end text,
        issue text, act text, block text, first text, last text, coder integer references coders,
        changed integer not null, body text not null, learnt integer references commits,
        gone integer not null references commits)""",
    "create table old_codes (code text not null, record integer not null, primary key (record, code))"
    " without rowid",
    "drop table quote_words",
    # `keys`: who, what, status, issue and month of the record, so that a filter is a list and no scan.
    "create virtual table quote_words using fts5 (quote, keys, content='', tokenize='unicode61')",
)


def m004_small(ledger: sqlite3.Connection) -> None:
    """Texts and bodies packed, days as numbers, acts without what their best telling says, no idle index."""
    from detente.archive import packing
    from detente.archive.merging import pack_block

    packers: tuple[tuple[str, Callable[[str | bytes], object]], ...] = (
        ("packed_text", lambda text: packing.pack_words(packing.unpack_words(text))),
        ("packed_body", lambda body: packing.pack_words(str(body), dictionary=packing.BODIES)),
        ("packed_block", lambda block: pack_block(str(block))),
        ("packed_day", lambda day: date.fromisoformat(str(day)).toordinal()),
    )
    for name, packer in packers:
        ledger.create_function(name, 1, lambda value, pack=packer: None if value is None else pack(value))
    for step in _SMALL:
        ledger.execute(step)
    _keep_acts(ledger)
    for name in ("records", "old_records", "record_keys", "acts"):
        ledger.execute(f"drop table {name}")
        ledger.execute(f"alter table small_{name} rename to {name}")
    for step in _SMALL_INDEXES:
        ledger.execute(step)
    for number, name in packing.NAMES.items():
        ledger.execute("insert into meta values (?, ?)", (name, packing.dictionary_of(number).decode()))


_RECORD = """
    n integer primary key, id text not null{unique}, report integer not null references reports,
    seq integer not null, kind text not null, status text not null, date_start text, date_end text,
    issue text, act text, block integer, first integer, last integer, coder integer references coders,
    changed integer, body not null, learnt integer references commits"""
_RECORD_VALUES = """
    n, id, report, seq, kind, status, date_start, date_end, issue, act, packed_block(block),
    packed_day(first), packed_day(last), coder,
    nullif(changed, (select p.learnt from reports p where p.n = report)), packed_body(body), learnt"""
_SMALL = (
    "update reports set text = packed_text(text)",
    "update near_copies set text = packed_text(text)",
    # `block`: phase, and whether it is its report's own (merging.pack_block). `first`, `last`: days since 1.
    # `changed`: null for what is as it came with its report.
    f"create table small_records ({_RECORD.format(unique=' unique')})",
    f"insert into small_records select {_RECORD_VALUES} from records order by n",
    f"create table small_old_records ({_RECORD.format(unique='')}, gone integer not null references commits)",
    f"insert into small_old_records select {_RECORD_VALUES}, gone from old_records order by n",
    # An event is taken out by its keys, which its row gives: no index by record.
    """create table small_record_keys (key text not null, first integer not null, last integer not null,
        record integer not null references records, primary key (key, first, record)) without rowid""",
    """insert into small_record_keys select key, packed_day(first), packed_day(last), record
       from record_keys order by 1, 2, 4""",
    # `body`: the record that tells it best, and what is not as that one says (rows.pack_act).
    """create table small_acts (
        id text primary key, day text, body text not null, n_records integer not null,
        n_reports integer not null, now text, changed integer not null) without rowid""",
)
_SMALL_INDEXES = (
    "create index records_by_report on records (report, seq)",
    "create index records_by_act on records (act) where act is not null",
    "create index records_by_changed on records (changed) where changed is not null",
    "create index reports_by_learnt on reports (learnt)",
    "create index acts_by_changed on acts (changed)",
)


def _keep_acts(ledger: sqlite3.Connection) -> None:
    """Write acts in the smaller shape: of those that were taken over no more than their best telling."""
    from detente.archive.acts import best_tellings
    from detente.archive.rows import ACT_FIELDS, fill, pack_act

    nothing: dict[str, Any] = dict.fromkeys(ACT_FIELDS) | {"contexts": [], "sources": [], "recipients": []}
    rows = ledger.execute("select id, day, body, n_records, n_reports, now, changed from acts order by id")
    for id, day, body, *others in rows:
        act = fill({**nothing, **json.loads(body)})
        best = best_tellings(ledger, [act["record"]]).get(act["record"])
        small = json.dumps({"record": act["record"]}) if others[2] is not None else pack_act(act, best)
        ledger.execute("insert into small_acts values (?, ?, ?, ?, ?, ?, ?)", (id, day, small, *others))


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    m001_reports_records_acts,
    m002_copies_and_links,
    m003_reviews_and_releases,
    m004_small,
)

SCHEMA = len(MIGRATIONS)


def fill_anew(ledger: sqlite3.Connection, *, since: int) -> None:
    """Make what an older ledger of format `since` had not: keys, sketches and acts, the index of quotes."""
    if 0 < since < 2:
        from detente.archive.keeping import index_anew

        index_anew(ledger)
    if 0 < since < 3:
        from detente.archive.search import index_quotes_anew

        index_quotes_anew(ledger)
