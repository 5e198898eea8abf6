"""A coded report in, one durable transaction out: its words, its records, and the acts they touch."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from detente.archive.acts import Spell, update_acts
from detente.archive.ledger import writing
from detente.archive.merging import Spot, find_spots
from detente.archive.rows import Row, contract_rows, named_codes, pack, plain, storable, to_text
from detente.errors import ArchiveError
from detente.records import Coded, Report


@dataclass(frozen=True, slots=True)
class Added:
    """What adding one report did: `outcome` new or known; `records` is how many it holds.

    `report` is the id under which the archive has it: for known words, the id they were first given.
    """

    report: str
    outcome: Literal["new", "known"]
    records: int


def keep_report(ledger: sqlite3.Connection, coded: Coded) -> Added:
    """Keep a report and its records; known words change nothing, and a reused id is an ArchiveError."""
    report, digest = coded.report, coded.report.digest
    known = _find_known(ledger, digest)
    if known and _is_noted(ledger, report, known):
        return _as_known(ledger, known)
    with writing(ledger) as commit:
        known = _find_known(ledger, digest)  # another process may have added it meanwhile
        if known:
            _note_copy(ledger, report, commit)
            return _as_known(ledger, known)
        _refuse_reused_id(ledger, report)
        number = _write_report(ledger, report, commit)
        rows = contract_rows(coded)
        spots = find_spots(rows, report.id, report.published)
        _write_records(ledger, rows, spots, coded, number, commit)
        update_acts(ledger, [_spell(s) for s in spots if s], commit=commit)
    return Added(report.id, "new", len(rows))


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
        """select digest from reports where id = :id union select digest from copies where given_id = :id""",
        {"id": report.id},
    ).fetchall()
    if any(row["digest"] != report.digest for row in clash):
        raise ArchiveError(
            f"The report id «{report.id}» ({report.origin or 'no file named'}) is in the archive already "
            "with other words: give this report another id, or none, and its words will name it."
        )


def _write_report(ledger: sqlite3.Connection, report: Report, commit: int) -> int:
    published = report.published.isoformat() if report.published else None
    words = tuple(map(storable, (report.title, report.text)))
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
    return int(number or 0)


def _write_records(
    ledger: sqlite3.Connection,
    rows: Sequence[Row],
    spots: Sequence[Spot | None],
    coded: Coded,
    report: int,
    commit: int,
) -> None:
    coder = _coder_number(ledger, coded)
    for seq, (row, spot) in enumerate(zip(rows, spots, strict=True)):
        _check_evidence(row, coded.report)
        block, first, last = _spell(spot) if spot else (None, None, None)
        number = ledger.execute(
            """insert into records (id, report, seq, kind, status, date_start, date_end, issue, block,
               first, last, coder, changed, body) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (row["id"], report, seq, row["record"], row["status"], row["date_start"], row["date_end"],
             row["issue"], block, first, last, coder, commit, pack(row, coded.report)),
        ).lastrowid  # fmt: skip
        codes = [(code, number) for code in named_codes(row)]
        ledger.executemany("insert into record_codes (code, record) values (?, ?)", codes)
        ledger.execute("insert into quote_words (rowid, quote) values (?, ?)", (number, plain(row["quote"])))


def _check_evidence(row: dict[str, Any], report: Report) -> None:
    if row["report"] != report.id:
        raise ArchiveError(
            f"Record {row['id']} rests on report «{row['report']}» and came with report «{report.id}»: "
            "code the report again."
        )


def _coder_number(ledger: sqlite3.Connection, coded: Coded) -> int | None:
    if not coded.coder:
        return None
    body = to_text(dict(coded.coder))
    ledger.execute("insert or ignore into coders (body) values (?)", (body,))
    return int(ledger.execute("select n from coders where body = ?", (body,)).fetchone()["n"])


def _spell(spot: Spot) -> Spell:
    block, first, last = spot
    return (block, first.isoformat() if first else None, last.isoformat() if last else None)
