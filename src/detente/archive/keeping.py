"""A coded report in, one durable transaction out: its words, its records, and the acts they touch."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from detente.archive.acts import keep_keys, pack_spot, unpack_spot, update_acts
from detente.archive.copies import FirstTelling, find_first_telling, keep_sketch
from detente.archive.ledger import last_commit, writing
from detente.archive.merging import Spot, find_spots, keys_of
from detente.archive.packing import BODIES, pack_words, storable
from detente.archive.rows import Row, contract_rows, named_codes, pack, plain, readable, to_text, unpack
from detente.archive.search import index_quote
from detente.errors import ArchiveError
from detente.records import Coded, Report


@dataclass(frozen=True, slots=True)
class Added:
    """What adding one report did: `outcome` new, known or copy; `records` is how many it holds.

    `report` is the id under which the archive has it: for known words, the id they were first given. A copy
    says what a report here said before (shortened, re-headed, passed on): `report` is that first telling,
    `why` what shows it, and the copy adds no records.
    """

    report: str
    outcome: Literal["new", "known", "copy"]
    records: int
    why: str | None = None


def keep_report(ledger: sqlite3.Connection, coded: Coded) -> Added:
    """Keep a report and its records; known words change nothing, and a reused id is an ArchiveError.

    A copy of a report that is here already is linked to it, and its records are not kept.
    """
    report, digest = coded.report, coded.report.digest
    known = _find_known(ledger, digest)
    if known and _is_noted(ledger, report, known):
        return _as_known(ledger, known)
    copied = _as_copy_known(ledger, report)
    if copied:
        return copied
    with writing(ledger) as commit:
        known = _find_known(ledger, digest)  # another process may have added it meanwhile
        if known:
            _note_copy(ledger, report, commit)
            return _as_known(ledger, known)
        _refuse_reused_id(ledger, report)
        first = find_first_telling(ledger, report)
        if first:
            return _keep_copy(ledger, report, first, commit)
        number = _write_report(ledger, report, commit)
        rows = contract_rows(coded)
        spots = find_spots(rows, report.id, report.published)
        written = _write_records(ledger, rows, spots, coded, number, commit)
        update_acts(ledger, written, commit=commit)
    return Added(report.id, "new", len(rows))


def keep_as_copy(ledger: sqlite3.Connection, report: Report) -> Added | None:
    """Link a report that has not been coded to its first telling; None where it says anything of its own."""
    found = _as_copy_known(ledger, report)
    if found or find_first_telling(ledger, report) is None:
        return found
    with writing(ledger) as commit:
        _refuse_reused_id(ledger, report)
        first = find_first_telling(ledger, report)
        return _keep_copy(ledger, report, first, commit) if first else None


def _as_copy_known(ledger: sqlite3.Connection, report: Report) -> Added | None:
    row = ledger.execute(
        "select p.id, c.why from near_copies c join reports p on p.n = c.first where c.digest = ?",
        (report.digest,),
    ).fetchone()
    return Added(row["id"], "copy", 0, row["why"]) if row else None


def _keep_copy(ledger: sqlite3.Connection, report: Report, first: FirstTelling, commit: int) -> Added:
    published = report.published.isoformat() if report.published else None
    words = _words_of(report)
    ledger.execute(
        """insert into near_copies (digest, first, given_id, title, text, published, published_basis, url,
           outlet, author, language, origin, share, why, learnt)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (report.digest, first.n, report.given_id, *words, published, report.published_basis, report.url,
         report.outlet, report.author, report.language, report.origin, first.share, first.why, commit),
    )  # fmt: skip
    return Added(first.report, "copy", 0, first.why)


def index_anew(ledger: sqlite3.Connection) -> None:
    """Make for an older archive what copies and acts are found by, and merge its acts by today's rules."""
    for row in ledger.execute("select n, text from reports order by n").fetchall():
        keep_sketch(ledger, row["n"], readable(row["text"]) or "")
    records = ledger.execute(
        """select r.n, r.id, r.kind, r.body, r.block, r.first, r.last, p.id as report, p.title, p.text
           from records r join reports p on p.n = r.report where r.block is not null order by r.n"""
    )
    numbers = []
    for row in records:
        numbers.append(row["n"])
        report = Report(readable(row["text"]) or "", readable(row["title"]), given_id=row["report"])
        event = unpack(row["body"], kind=row["kind"], id=row["id"], report=report, act=None, coder=None)
        keep_keys(ledger, row["n"], keys_of(event, unpack_spot(row))[0])
    if numbers:
        update_acts(ledger, numbers, commit=last_commit(ledger))


def _find_known(ledger: sqlite3.Connection, digest: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = ledger.execute(
        "select n, id, given_id, url, outlet from reports where digest = ?", (digest,)
    ).fetchone()
    return row


def _as_known(ledger: sqlite3.Connection, known: sqlite3.Row) -> Added:
    n = ledger.execute("select count(*) from records where report = ?", (known["n"],)).fetchone()[0]
    return Added(known["id"], "known", int(n))


def _is_noted(ledger: sqlite3.Connection, report: Report, known: sqlite3.Row) -> bool:
    """True where the archive has these words under this id, address and outlet already."""
    names = _names(report)
    if names == tuple(known[k] or "" for k in ("given_id", "url", "outlet")):
        return True
    query = "select 1 from copies where digest = ? and given_id = ? and url = ? and outlet = ?"
    return ledger.execute(query, (report.digest, *names)).fetchone() is not None


def _names(report: Report) -> tuple[str, str, str]:
    return (report.given_id or "", report.url or "", report.outlet or "")


def _note_copy(ledger: sqlite3.Connection, report: Report, commit: int) -> None:
    if report.given_id:
        _refuse_reused_id(ledger, report)
    published = report.published.isoformat() if report.published else None
    ledger.execute(
        "insert or ignore into copies values (?, ?, ?, ?, ?, ?, ?)",
        (report.digest, *_names(report), published, report.origin, commit),
    )


def _refuse_reused_id(ledger: sqlite3.Connection, report: Report) -> None:
    """Raise where the report's id already names other words."""
    clash = ledger.execute(
        """select digest from reports where id = :id union select digest from copies where given_id = :id
           union select digest from near_copies where given_id = :id""",
        {"id": report.id},
    ).fetchall()
    if any(row["digest"] != report.digest for row in clash):
        raise ArchiveError(
            f"The report id «{report.id}» ({report.origin or 'no file named'}) is in the archive already "
            "with other words: give this report another id, or none, and its words will name it."
        )


def _write_report(ledger: sqlite3.Connection, report: Report, commit: int) -> int:
    published = report.published.isoformat() if report.published else None
    words = _words_of(report)
    number = ledger.execute(
        """insert into reports (id, digest, given_id, title, text, published, published_basis, url, outlet,
           author, language, origin, learnt, changed) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (report.id, report.digest, report.given_id, *words, published, report.published_basis, report.url,
         report.outlet, report.author, report.language, report.origin, commit, commit),
    ).lastrowid  # fmt: skip
    ledger.execute(
        "insert into report_words (rowid, title, text) values (?, ?, ?)",
        (number, plain(report.title or ""), plain(report.text)),
    )
    keep_sketch(ledger, int(number or 0), report.text)
    return int(number or 0)


def _write_records(
    ledger: sqlite3.Connection,
    rows: Sequence[Row],
    spots: Sequence[Spot | None],
    coded: Coded,
    report: int,
    commit: int,
) -> list[int]:
    """Write the rows and return the numbers of the events among them."""
    coder = coder_number(ledger, coded)
    events = []
    for seq, (row, spot) in enumerate(zip(rows, spots, strict=True)):
        number = write_record(
            ledger, row, spot, coded.report, place=(report, seq), coder=coder, commit=commit
        )
        if spot:
            events.append(number)
    return events


def write_record(
    ledger: sqlite3.Connection,
    row: Row,
    spot: Spot | None,
    report: Report,
    *,
    place: tuple[int, int],
    coder: int | None,
    commit: int,
    learnt: int | None = None,
) -> int:
    """Write one row at its place (number of its report, order within it) and return its number.

    `learnt` is the commit it came with where that is not its report's own; only then it says when it changed.
    """
    _check_evidence(row, report)
    number = _next_number(ledger)
    ledger.execute(
        """insert into records (n, id, report, seq, kind, status, date_start, date_end, issue, block,
           first, last, coder, changed, body, learnt)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (number, row["id"], *place, row["record"], row["status"], row["date_start"], row["date_end"],
         row["issue"], *pack_spot(spot), coder, commit if learnt else None,
         pack_words(pack(row, report), dictionary=BODIES), learnt),
    )  # fmt: skip
    codes = [(code, number) for code in named_codes(row)]
    ledger.executemany("insert into record_codes (code, record) values (?, ?)", codes)
    index_quote(ledger, number, row, report.published)
    if spot:
        keep_keys(ledger, number, keys_of(row, spot)[0])
    return number


def _next_number(ledger: sqlite3.Connection) -> int:
    """Return a number no record has or had: the index of quotes and the history go by it."""
    row = ledger.execute(
        "select max(coalesce((select max(n) from records), 0), coalesce((select max(n) from old_records), 0))"
    ).fetchone()
    return int(row[0]) + 1


def _check_evidence(row: dict[str, Any], report: Report) -> None:
    if row["report"] != report.id:
        raise ArchiveError(
            f"Record {row['id']} rests on report «{row['report']}» and came with report «{report.id}»: "
            "code the report again."
        )


def coder_number(ledger: sqlite3.Connection, coded: Coded) -> int | None:
    if not coded.coder:
        return None
    body = to_text(dict(coded.coder))
    ledger.execute("insert or ignore into coders (body) values (?)", (body,))
    return int(ledger.execute("select n from coders where body = ?", (body,)).fetchone()["n"])


def _words_of(report: Report) -> tuple[str | bytes | None, str | bytes]:
    """Return title and text as the ledger keeps them; a title is short, and can be read in any browser."""
    return (None if report.title is None else storable(report.title), pack_words(report.text))
