"""One record on the terminal: its words in its paragraph, who said it, why, and every telling of its act."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from detente.views.blocks import ID_DIGITS, Beside, set_facts, set_flush, set_quote, tidy
from detente.views.lines import say_weight
from detente.views.terminal import stdout_console
from detente.views.wording import say_actors, say_days, say_speaker, say_status, trigger_spans

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from detente.archive import Archive
    from detente.records import Report

Row = Mapping[str, Any]

CONTEXT = 700  # characters of a paragraph shown on each side of the quote
MARGIN = 12


def show_record(archive: Archive, id: str) -> None:
    """Print the record with this id (or the start of one): sentence, report, speaker, rules, tellings."""
    console = stdout_console()
    row, report = archive.record(id)
    console.print(set_flush(set_facts(row)))
    console.print()
    console.print(set_flush(set_context(row, report)))
    console.print()
    for name, words in describe_facts(row, report):
        _line(console, name, words)
    _print_why(console, row)
    _print_tellings(console, archive, row)


def set_context(row: Row, report: Report) -> Text:
    """Return the paragraph the record stands in, the quote bright, its triggers underlined, the rest dim."""
    from rich.text import Text

    whole = (report.title or "") if row["field"] == "title" else report.text
    start, end = row["start"], row["end"]
    before, after = context_of(whole, start, end)
    opening = "" if before == 0 or whole[before - 1] == "\n" else "…"
    closing = "" if after == len(whole) or whole[after] == "\n" else "…"
    quote = Text(whole[start:end], style="bold")
    for a, b in trigger_spans(whole[start:end], row.get("why") or ()):
        quote.stylize("underline", a, b)
    return tidy(
        Text.assemble(
            (opening + whole[before:start], "dim"), "«", quote, "»", (whole[end:after] + closing, "dim")
        )
    )


def context_of(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the half-open offsets of the paragraph around a quote, no more than CONTEXT on each side."""
    breaks = [m.end() for m in re.finditer(r"\n[ \t]*\n", text[:start])]
    before = max(breaks[-1] if breaks else 0, start - CONTEXT)
    follow = re.search(r"\n[ \t]*\n", text[end:])
    after = min(end + follow.start() if follow else len(text), end + CONTEXT)
    return before, after


def describe_facts(row: Row, report: Report) -> Iterator[tuple[str, str]]:
    """Yield what is known of the record as (name, words), the unknown left out."""
    named = report.title or report.origin
    about = (named, report.outlet, report.published or "no date", report.id)
    yield "report", " · ".join(str(part) for part in about if part)
    yield (
        "said by",
        say_speaker(row.get("attribution")) + f" ({(row.get('attribution') or {}).get('kind', 'narrator')})",
    )
    basis = f", from «{row['date_basis']}»" if row.get("date_basis") else ""
    yield "when", f"{say_days(row)}{basis}"
    for name in ("sources", "recipients", "about"):
        if row.get(name):
            yield name, "; ".join(_with_role(actor) for actor in row[name])
    if row.get("place"):
        yield "where", str(row["place"]["name"])
    if row["record"] == "event" or row.get("status") != "happened":
        yield "status", say_status(row)
    if row["record"] == "event":
        codes = f"PLOVER {row['type']}/{row['mode']}" if row.get("mode") else f"PLOVER {row['type']}"
        cameo = f", CAMEO {row['cameo']}" if row.get("cameo") else ""
        gold = f", Goldstein {say_weight(row['goldstein'])}" if row.get("goldstein") is not None else ""
        yield "coded as", f"{codes}{cameo}; intensity {say_weight(row['intensity'])}{gold}"
        if row.get("contexts"):
            yield "contexts", ", ".join(row["contexts"])
    if row.get("issue"):
        yield "issue", str(row["issue"])
    yield "confidence", f"{row.get('confidence') or 0:.2f}"
    yield "id", str(row["id"])


def _with_role(actor: Row) -> str:
    words = say_actors((actor,))
    return f"{words}, {actor['role']}" if actor.get("role") else words


def _print_why(console: Console, row: Row) -> None:
    for n, reason in enumerate(row.get("why") or ()):
        words = f"{reason['rule']}" + (f" saw «{reason['words']}»" if reason.get("words") else "")
        _line(console, "why" if n == 0 else "", words)


def _print_tellings(console: Console, archive: Archive, row: Row) -> None:
    """The other records of the same act, in this report and in others."""
    from rich.text import Text

    if not row.get("act"):
        return
    others = [r for r in archive.records(act=row["act"]) if r["id"] != row["id"]]
    console.print()
    if not others:
        console.print(Text("Told by this record alone.", style="dim"))
        return
    console.print(
        Text(f"The same act, told {len(others)} more time{'s' if len(others) > 1 else ''}:", style="bold")
    )
    for other in others:
        about = " · ".join(
            str(p) for p in (other.get("outlet"), other.get("published"), other["id"][:ID_DIGITS]) if p
        )
        console.print()
        quote = set_quote(other["quote"], other.get("why") or ())
        console.print(set_flush(set_facts(other), quote, Text(about, style="dim")))
    console.print()
    act = archive.find_act(row["act"])
    if act:
        console.print(Text(f"One act ({row['act'][:ID_DIGITS]}): {act['reason']}.", style="dim"))
    print_conflicts(console, archive, row["act"], [row, *others])


def print_conflicts(console: Console, archive: Archive, act: str, rows: list[Row]) -> None:
    """What the tellings say differently, every value with whoever gives it."""
    from rich.text import Text

    conflicts = archive.conflicts(act)
    if conflicts:
        console.print(Text("The tellings disagree; each value stands:", style="bold"))
    by_id = {r["id"]: r for r in rows}
    for conflict in conflicts:
        said = (f"{value.says} ({_tellers(by_id[id] for id in value.records)})" for value in conflict.values)
        _line(console, conflict.aspect, "; ".join(said))


def _tellers(rows: Iterable[Row]) -> str:
    return ", ".join(
        " ".join(str(p) for p in (row.get("outlet"), row.get("published"), row["id"][:ID_DIGITS]) if p)
        for row in rows
    )


def _line(console: Console, name: str, words: str) -> None:
    from rich.text import Text

    console.print(Beside((Text(name, "dim"),), (Text(words),), MARGIN))
