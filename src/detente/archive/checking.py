"""An archive in, what is wrong with it out: hashes, offsets, what is derived against what it is derived from.

Reports, records, reviews and releases are what people brought, and are only ever reported on. Whatever is
derived from them (codes, keys, acts, search index, columns, files nobody names) is made anew when asked.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

from detente.archive.acts import keep_keys, unpack_spot
from detente.archive.finding import read_report, rows_by_number
from detente.archive.ledger import explained, is_frozen, reading, writing
from detente.archive.linked import remerge
from detente.archive.merging import Spot, keys_of
from detente.archive.packing import unpack_words
from detente.archive.releases import FOLDER, find_releases, folder_of, hash_file
from detente.archive.rows import named_codes, plain, readable
from detente.archive.search import index_quotes_anew

if TYPE_CHECKING:
    from detente.archive.columns import Columns
    from detente.archive.folder import Archive

Part = Literal["ledger", "report", "record", "codes", "keys", "acts", "index", "columns", "release", "files"]
DERIVED: tuple[Part, ...] = ("codes", "keys", "acts", "index", "columns", "files")
BATCH = 5_000
UNREADABLE = (ValueError, TypeError, KeyError, zlib.error)  # what reading ruined words or rows ends in


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: in which part, of what (an id or file), in words; whether it was mended."""

    part: Part
    id: str
    says: str
    is_mended: bool = False

    @property
    def is_derived(self) -> bool:
        """True where it can be made anew from what is not derived."""
        return self.part in DERIVED


def check(
    archive: Archive, ledger: sqlite3.Connection, columns: Columns, *, repair: bool, quick: bool = False
) -> list[Fault]:
    """Return every fault found; with `repair` what is derived is made anew, and the rest is left alone.

    `quick` looks at what is there and how large it is, and compares the columns' values with nothing.
    """
    faults = [*_check_file(ledger)]
    with reading(ledger):
        for look in (_check_reports, _check_records, _check_codes, _check_keys, _check_acts, _check_index):
            faults += look(ledger)
    faults += _check_columns(ledger, columns, quick=quick)
    faults += _check_releases(archive, ledger)
    if repair:
        mended = _mend(archive, ledger, columns, {f.part for f in faults if f.is_derived})
        faults = [replace(f, is_mended=f.part in mended) for f in faults]
    return faults


def _check_file(ledger: sqlite3.Connection) -> Iterator[Fault]:
    for said in dict.fromkeys(row[0] for row in ledger.execute("pragma integrity_check(20)")):
        if said != "ok" and not _is_false_alarm(ledger, said):
            yield Fault("ledger", "ledger.sqlite", f"SQLite finds it damaged: {said}")
    for row in ledger.execute("pragma foreign_key_check"):
        yield Fault("ledger", f"{row[0]} {row[1]}", f"it names a row of {row[2]} that is not there")


def _is_false_alarm(ledger: sqlite3.Connection, said: str) -> bool:
    """True for «NULL value in t.c» where there is none: SQLite up to 3.40 misreads tables without row ids."""
    if not said.startswith("NULL value in "):
        return False
    table, _, column = said.removeprefix("NULL value in ").partition(".")
    if not (table.isidentifier() and column.isidentifier()):
        return False
    return ledger.execute(f"select 1 from {table} where {column} is null limit 1").fetchone() is None


def _check_reports(ledger: sqlite3.Connection) -> Iterator[Fault]:
    for row in ledger.execute("select * from reports order by n"):
        try:
            digest = read_report(row).digest
        except UNREADABLE as error:
            yield Fault("report", row["id"], f"its words cannot be read ({error})")
            continue
        if digest != row["digest"]:
            yield Fault("report", row["id"], "its words are not those that were added: the hash differs")


def _check_records(ledger: sqlite3.Connection) -> Iterator[Fault]:
    """Yield records whose body cannot be read, or whose offsets do not give the quote."""
    rows = ledger.execute(
        "select r.id, r.body, p.title, p.text from records r join reports p on p.n = r.report order by p.n"
    )
    for row in rows:
        try:
            body = json.loads(unpack_words(row["body"]))
            start, end = int(body.get("start", 0)), int(body.get("end", 0))
        except UNREADABLE as error:
            yield Fault("record", row["id"], f"its row cannot be read ({error})")
            continue
        try:
            words = readable(row["title"]) if body.get("field") == "title" else readable(row["text"])
        except UNREADABLE:
            continue  # the report's words were told of already
        if not 0 <= start <= end <= len(words or ""):
            yield Fault("record", row["id"], f"its offsets {start} to {end} lie outside the report")
        elif "quote" in body and (words or "")[start:end] != body["quote"]:
            yield Fault("record", row["id"], f"its offsets {start} to {end} give other words than its quote")


def _check_codes(ledger: sqlite3.Connection) -> Iterator[Fault]:
    numbers = [r["n"] for r in ledger.execute("select n from records order by n")]
    told = (
        (n, row["id"], {(code,) for code in named_codes(row)})
        for some in _batches(numbers)
        for n, row in _readable_rows(ledger, some)
    )
    listed = ledger.execute("select record, code from record_codes order by record")
    for id in _unlike(told, listed):
        yield Fault("codes", id, "the list of whom it names is not what it says")


def _check_keys(ledger: sqlite3.Connection) -> Iterator[Fault]:
    """Yield events kept under other keys than theirs; what is dated too widely to be told again has none."""
    told = (
        (n, row["id"], set(keys_of(row, spot)[0]))
        for some in _batches(_events(ledger))
        for n, row, spot in _spotted(ledger, some)
    )
    listed = ledger.execute("select record, key, first, last from record_keys order by record")
    for id in _unlike(told, listed):
        yield Fault("keys", id, "it cannot be found by other tellings of its act")


def _unlike(
    told: Iterable[tuple[int, str, set[tuple[Any, ...]]]], listed: Iterable[sqlite3.Row]
) -> Iterator[str]:
    """Yield the ids of records of which another set is listed than they tell; both by number."""
    groups = groupby(listed, key=lambda row: int(row[0]))
    number, held = 0, set[tuple[Any, ...]]()
    for n, id, wanted in told:
        while number < n:
            number, rows = next(groups, (NO_MORE, iter(())))
            held = {tuple(row)[1:] for row in rows}
        if wanted != (held if number == n else set()):
            yield id


NO_MORE = 2**63


def _check_acts(ledger: sqlite3.Connection) -> Iterator[Fault]:
    for row in ledger.execute(
        """select id from records where block is not null and
           (act is null or act not in (select id from acts where now is null))"""
    ):
        yield Fault("acts", row["id"], "the act it tells is not there")
    for row in ledger.execute(
        """with told as (select act, count(*) as n, count(distinct report) as m from records
                         where act is not null group by act)
           select a.id from acts a left join told t on t.act = a.id
           where a.now is null and (t.n is null or t.n <> a.n_records or t.m <> a.n_reports)"""
    ):
        yield Fault("acts", row["id"], "its counts of records and reports are not what tells it")


def _check_index(ledger: sqlite3.Connection) -> Iterator[Fault]:
    for table, source in (("quote_words", "records"), ("report_words", "reports")):
        missing = ledger.execute(
            f"select count(*) as k from {source} where n not in (select id from {table}_docsize)"
        ).fetchone()["k"]
        if missing:
            yield Fault("index", table, f"{missing} of {source} cannot be found by words")


def _check_columns(ledger: sqlite3.Connection, columns: Columns, *, quick: bool) -> Iterator[Fault]:
    for part in columns.parts():
        path = columns.folder / part.name
        if not path.is_file():
            yield Fault("columns", part.name, "the file is missing")
        elif path.stat().st_size != part.bytes:
            yield Fault(
                "columns", part.name, f"the file has {path.stat().st_size} bytes and had {part.bytes}"
            )
    named = {p.name for p in columns.parts()}
    if columns.folder.is_dir():
        for path in sorted(columns.folder.iterdir()):
            if path.name not in named:
                yield Fault("files", f"columns/{path.name}", "no row of the ledger names this file")
    if not quick:
        for family, differing in columns.differing():
            yield Fault("columns", family, f"{differing} of {family} are not what the ledger says")


def _check_releases(archive: Archive, ledger: sqlite3.Connection) -> Iterator[Fault]:
    releases = find_releases(ledger)
    for release in releases:
        for name, digest in release.files.items():
            path = folder_of(archive, release.name) / name
            if not path.is_file():
                yield Fault(
                    "release", f"{release.name}/{name}", "the file is missing: put it back from a bundle"
                )
            elif hash_file(path) != digest:
                yield Fault(
                    "release", f"{release.name}/{name}", "it is not as released: put it back from a bundle"
                )
    folder = archive.path / FOLDER
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            if path.name not in {r.name for r in releases}:
                yield Fault("files", f"{FOLDER}/{path.name}", "left by a release that was never finished")


def _readable_rows(
    ledger: sqlite3.Connection, numbers: Sequence[int]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (number, contract row) in the order of numbers."""
    try:
        yield from sorted(rows_by_number(ledger, numbers), key=lambda found: found[0])
    except UNREADABLE:
        return  # a body that cannot be read was told of already


def _events(ledger: sqlite3.Connection) -> list[int]:
    return [r["n"] for r in ledger.execute("select n from records where block is not null order by n")]


def _spotted(
    ledger: sqlite3.Connection, numbers: Sequence[int]
) -> Iterator[tuple[int, dict[str, Any], Spot]]:
    """Yield events with block and days as stored: those the coder joined share those of the most exact."""
    spots = {
        r["n"]: unpack_spot(r)
        for r in ledger.execute(
            "select n, block, first, last from records where n in (select value from json_each(?))",
            (json.dumps(numbers),),
        )
    }
    for n, row in _readable_rows(ledger, numbers):
        yield n, row, spots[n]


def _batches(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), BATCH):
        yield numbers[start : start + BATCH]


# ── mending


def _mend(archive: Archive, ledger: sqlite3.Connection, columns: Columns, parts: Iterable[Part]) -> set[Part]:
    """Make the derived parts anew and return which were; nothing in an archive that can only be read."""
    wanted = set(parts)
    if is_frozen(ledger):
        return set()
    with explained(archive.path):
        for part, mend in _MENDERS.items():
            if part in wanted:
                with writing(ledger) as commit:
                    mend(ledger, commit)
        if wanted & {"columns", "acts", "codes"}:
            columns.rebuild()
            wanted.add("columns")
        if "files" in wanted:
            _sweep(archive, ledger, columns)
    return wanted


def _mend_codes(ledger: sqlite3.Connection, commit: int) -> None:
    ledger.execute("delete from record_codes")
    numbers = [r["n"] for r in ledger.execute("select n from records order by n")]
    for some in _batches(numbers):
        for n, row in list(rows_by_number(ledger, some)):
            ledger.executemany(
                "insert into record_codes values (?, ?)", [(code, n) for code in named_codes(row)]
            )


def _mend_keys(ledger: sqlite3.Connection, commit: int) -> None:
    ledger.execute("delete from record_keys")
    for some in _batches(_events(ledger)):
        for n, row, spot in _spotted(ledger, some):
            keep_keys(ledger, n, keys_of(row, spot)[0])
    _mend_acts(ledger, commit)


def _mend_acts(ledger: sqlite3.Connection, commit: int) -> None:
    """Merge all acts anew; ids no telling bears any more stay, leading on where they led."""
    ledger.execute("delete from act_pairs")
    ledger.execute("delete from acts where now is null")
    ledger.execute("update records set act = null where block is not null")
    remerge(ledger, [r["n"] for r in ledger.execute("select n from records order by n")], commit=commit)


def _mend_index(ledger: sqlite3.Connection, commit: int) -> None:
    for table in ("quote_words", "report_words"):
        ledger.execute(f"insert into {table} ({table}) values ('delete-all')")
    index_quotes_anew(ledger)
    for row in ledger.execute("select n, title, text from reports order by n").fetchall():
        words = (plain(readable(row["title"]) or ""), plain(readable(row["text"]) or ""))
        ledger.execute("insert into report_words (rowid, title, text) values (?, ?, ?)", (row["n"], *words))


_MENDERS: dict[Part, Callable[[sqlite3.Connection, int], None]] = {
    "codes": _mend_codes, "keys": _mend_keys, "acts": _mend_acts, "index": _mend_index,
}  # fmt: skip


def _sweep(archive: Archive, ledger: sqlite3.Connection, columns: Columns) -> None:
    """Remove what no row names, with the lock held: what is being written has its row in a moment."""
    with writing(ledger):
        named = {p.name for p in columns.parts()}
        for path in columns.folder.iterdir() if columns.folder.is_dir() else ():
            if path.name not in named and path.is_file():
                path.unlink(missing_ok=True)
        releases = {r.name for r in find_releases(ledger)}
        folder = archive.path / FOLDER
        for path in folder.iterdir() if folder.is_dir() else ():
            if path.name not in releases:
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


__all__ = ["Fault", "check"]
