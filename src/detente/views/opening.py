"""Ids of an answer in, what they rest on out: a record, an act with all its tellings, or a report.

«acts: ebf68d3f;21f3b508» beside a number is what `detente show ARCHIVE 'ebf68d3f;21f3b508'` takes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from detente.errors import NotInArchive
from detente.measures.counting import is_counted
from detente.views.blocks import ID_DIGITS, Beside, set_facts, set_flush, set_quote, set_record
from detente.views.lines import say_weight
from detente.views.reviewed import print_history
from detente.views.showing import MARGIN, print_conflicts, show_record
from detente.views.terminal import stdout_console, text_width, write
from detente.views.wording import say_actors, say_count, say_days, say_status

if TYPE_CHECKING:
    from detente.archive import Archive
    from detente.records import Report

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Opened:
    """What an id names: a record or an act with all its tellings as rows, or a report with its records."""

    kind: Literal["record", "act", "report"]
    row: Row
    rows: tuple[Row, ...]
    report: Report | None = None


def split_ids(words: Iterable[str]) -> list[str]:
    """Return the ids in arguments, each once; those of one cell of a table are joined by «;»."""
    return list(dict.fromkeys(id.strip() for word in words for id in word.split(";") if id.strip()))


def open_id(archive: Archive, id: str) -> Opened:
    """Return what an id, or the unique start of one, names: first a record, then an act, then a report.

    Raises NotInArchive where it names none.
    """
    try:
        row, report = archive.record(id)
        if row["id"].startswith(id):
            return Opened("record", row, (row,), report)
    except NotInArchive as error:
        missing = error
    else:
        missing = NotInArchive("")
    act = archive.find_act(id)
    if act is not None:
        return Opened("act", act, tuple(archive.records("event", act=act["act"])))
    try:
        report = archive.report(id)
    except NotInArchive:
        raise missing from None
    rows = tuple(row for row in archive.records() if row["report"] == report.id)
    return Opened("report", {"report": report.id}, rows, report)


def print_opened(archive: Archive, ids: Iterable[str], shape: str) -> None:
    """Print what each id names, a rule between two; JSON lines have one object for each id."""
    console = stdout_console()
    for n, id in enumerate(ids):
        opened = open_id(archive, id)
        if shape == "jsonl":
            write(json.dumps(to_json(opened), ensure_ascii=False))
            continue
        if n:
            console.print("\n" + "─" * min(text_width(), 60) + "\n")
        if opened.kind == "record":
            show_record(archive, opened.row["id"])
            print_history(archive, opened.row["id"])
        elif opened.kind == "act":
            show_act(archive, opened)
        else:
            show_report(opened)


def to_json(opened: Opened) -> dict[str, Any]:
    """Return what an id names as one object: a record by its contract; `opens` says which of the three.

    An act bears its `tellings`, a report its `records`, both by the same contract.
    """
    if opened.kind == "report" and opened.report:
        r = opened.report
        meta = {name: getattr(r, name) for name in ("title", "outlet", "url", "author", "language", "text")}
        published = r.published.isoformat() if r.published else None
        return {"opens": "report", "report": r.id, "published": published, **meta, "records": [*opened.rows]}
    tellings = {"tellings": list(opened.rows)} if opened.kind == "act" else {}
    return {"opens": opened.kind, **opened.row, **tellings}


def show_act(archive: Archive, opened: Opened) -> None:
    """Print an act: what it is coded as, whether and how it counts, and every telling with its words."""
    from rich.text import Text

    console, act = stdout_console(), opened.row
    console.print(set_flush(set_facts({**act, "record": "event"})))
    console.print()
    for name, words in describe_act(act):
        console.print(Beside((Text(name, "dim"),), (Text(words),), MARGIN))
    console.print()
    reports = len({row["report"] for row in opened.rows})
    head = f"Told by {say_count(len(opened.rows), 'record')} in {say_count(reports, 'report')}:"
    console.print(Text(head, style="bold"))
    for row in _best_first(opened):
        about = " · ".join(str(p) for p in (row["outlet"], row["published"], row["id"][:ID_DIGITS]) if p)
        console.print()
        quote = set_quote(row["quote"], row.get("why") or ())
        console.print(set_flush(set_facts(row), quote, Text(about, style="dim")))
    print_conflicts(console, archive, act["act"], list(opened.rows))
    print_history(archive, act["act"])


def describe_act(act: Row) -> Iterator[tuple[str, str]]:
    """Yield what is known of an act as (name, words): when, how it is coded, what it weighs in a measure."""
    yield "when", say_days(act)
    for side in ("sources", "recipients"):
        if act.get(side):
            yield side, say_actors(act[side])
    if act.get("place"):
        yield "where", str(act["place"]["name"])
    yield "status", say_status(act)
    gold = f", Goldstein {say_weight(act['goldstein'])}" if act.get("goldstein") is not None else ""
    yield "weighs", f"{say_weight(act['intensity'])} (PLOVER){gold}; quad {act['quad']}"
    yield "counted", _say_counted(act)
    yield "one act", f"{act['reason']}"
    yield "id", str(act["act"])


def show_report(opened: Opened) -> None:
    """Print a report: where and when it appeared, and all records that rest on it."""
    from rich.text import Text

    report, console = opened.report, stdout_console()
    assert report is not None
    console.print(set_flush(Text(report.title or report.origin or report.id, style="bold")))
    facts = {
        "outlet": report.outlet or "not named",
        "published": report.published.isoformat() if report.published else "no date",
        "address": report.url,
        "length": say_count(len(report.text), "character"),
        "id": report.id,
    }
    for name, words in facts.items():
        if words:
            console.print(Beside((Text(name, "dim"),), (Text(words),), MARGIN))
    console.print()
    console.print(Text(f"{say_count(len(opened.rows), 'record')}:", style="bold"))
    for row in opened.rows:
        console.print()
        console.print(set_record(row))


def _say_counted(act: Row) -> str:
    if not is_counted(act):
        return "no: only acts that happened or go on, dated, and neither habit nor background are"
    day = f"yes, on {act['day']}"
    return f"{day}, the day of its first report: its words give none" if act["by_report_date"] else day


def _best_first(opened: Opened) -> list[Row]:
    return sorted(opened.rows, key=lambda r: (r["id"] != opened.row["record"], r["published"] or "", r["id"]))
