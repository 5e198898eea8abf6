"""Coverage on the terminal and as data: what numbers rest on, and what a chronology holds beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from detente.measures.catalogue import MEASURES
from detente.views.answering import print_blocks, print_flat
from detente.views.terminal import say, stdout_console
from detente.views.wording import say_count, say_date

if TYPE_CHECKING:
    from detente.measures.coverage import CoverageLine
    from detente.measures.references import Comparison, Match

COLUMNS = ("measure", "value", "n", "low", "high", "note", "acts", "records", "reports")
ROW_COLUMNS = ("start", "end", "a", "b", "kind", "what", "state", "acts")
STATES = {"held": "held", "other_status": "other", "missing": "missing"}
UNITS = {
    "coverage.largest_outlet": "tellings", "coverage.state_owned": "tellings",
    "coverage.days_without": "days", "coverage.by_report_date": "acts",
}  # fmt: skip
GATE = "Sentences left unread: 0 %, for the reader's gate is off, and every sentence is parsed."


def print_coverage(lines: Sequence[CoverageLine], shape: str) -> None:
    """Print each number of coverage with its n, its interval and what is most telling of it."""
    if shape != "table":
        print_flat(map(flatten, lines), COLUMNS, shape)
        return
    from rich.text import Text

    console = stdout_console()
    width = max(len(MEASURES[line.name].title) for line in lines) + 2
    for line in lines:
        from detente.views.blocks import Beside

        told = [Text(_say(line))]
        if line.note:
            told.append(Text(line.note, style="dim"))
        console.print(Beside((Text(MEASURES[line.name].title),), tuple(told), width))
    say(GATE)


def flatten(line: CoverageLine) -> dict[str, Any]:
    """Return a line of coverage as flat columns."""
    names = ("value", "n", "low", "high", "note", "acts", "records", "reports")
    return {"measure": line.name} | {name: getattr(line, name) for name in names}


def _say(line: CoverageLine) -> str:
    if line.name not in UNITS:
        if not line.n:
            return "not known: no report says"
        return (
            f"{line.value:,.0f}, of {say_count(line.n, 'report')}"
            if line.n != line.value
            else f"{line.value:,.0f}"
        )
    if line.value is None:
        return f"not known, of 0 {UNITS[line.name]}"
    noun = UNITS[line.name].removesuffix("s")
    band = f" (95 % interval {100 * (line.low or 0):.0f} to {100 * (line.high or 0):.0f} %)"
    return f"{100 * line.value:.3g} % of {say_count(line.n, noun)}{band}"


def print_references(found: Comparison, shape: str, *, days: int) -> None:
    """Print what of a chronology is missing, then the share held; as data every row with its state."""
    if shape != "table":
        print_flat(map(flatten_match, found.matches), ROW_COLUMNS, shape)
    else:
        lacking = [m for m in found.matches if m.state != "held"]
        print_blocks((STATES[m.state], _set(m)) for m in lacking)
    say(_say_share(found, days))


def flatten_match(match: Match) -> dict[str, Any]:
    """Return a row of the chronology as flat columns, with whether it is held and by which acts."""
    row = {name: getattr(match.reference, name) for name in ("start", "end", "a", "b", "kind", "what")}
    return row | {"state": match.state, "acts": match.acts}


def _set(match: Match) -> list[Any]:
    from rich.text import Text

    r = match.reference
    days = say_date(r.start) if r.start == r.end else f"{say_date(r.start)} to {say_date(r.end)}"
    body = [Text(f"{r.a} and {r.b} · {r.kind} · {days}", style="bold"), Text(r.what or "no words")]
    if match.state == "other_status":
        ids = ";".join(act[:8] for act in match.acts)
        body.append(Text(f"told only as planned, claimed, denied or supposed: {ids}", style="dim"))
    return body


def _say_share(found: Comparison, days: int) -> str:
    outside = f"; {found.outside:,} more lie outside the window" if found.outside else ""
    if found.share is None:
        return f"No row of the chronology lies in the archive's window{outside}."
    held = sum(m.state == "held" for m in found.matches)
    other = sum(m.state == "other_status" for m in found.matches)
    return (
        f"Held: {held} of {found.n} rows, {100 * found.share:.0f} % (95 % interval "
        f"{100 * (found.low or 0):.0f} to {100 * (found.high or 0):.0f} %), days within {days}; {other} told "
        f"with another status alone{outside}."
    )
