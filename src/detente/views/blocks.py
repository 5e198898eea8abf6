"""Records as blocks of lines for a terminal: the date in the margin, then who, whom, what, says who.

2017-07-03…04   Xi Jinping (CHN) → RUS · CONSULT/visit · ● happened · the report
                «Xi arrived in Moscow on Monday for a two-day visit»
                a1b2c3d4
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from detente.views.wording import (
    STATUS_MARKS,
    say_days,
    say_parties,
    say_speaker,
    say_status,
    say_type,
    trigger_spans,
)

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.text import Text

    from detente.records import Report

Row = Mapping[str, Any]

MARGIN = 16  # columns: the longest common date, «2017-12-31…01-02»
ID_DIGITS = 8  # of the record's id; enough to find it in an archive of a million records

# Colours a terminal has; cooperation cool, conflict warm, the word always beside them.
QUAD_STYLES = {1: "cyan", 2: "bold cyan", 3: "yellow", 4: "bold red"}
KIND_STYLES = {"position": "magenta", "figure": "green", "statement": "blue"}
STATUS_STYLES = {"planned": "dim", "claimed": "yellow", "denied": "red", "hypothetical": "dim"}
SEPARATOR = " · "


def set_report(report: Report, records: int) -> Beside:
    """Return the heading over a report's records: its title or origin, outlet, day and id."""
    from rich.text import Text

    title = report.title or ("standard input" if report.origin == "-" else report.origin) or report.id
    day = report.published.isoformat() if report.published else "no date"
    count = "1 record" if records == 1 else f"{records} records"
    tail = SEPARATOR.join(part for part in (report.outlet, day, count) if part)
    return set_flush(Text(title, style="bold"), Text(tail, style="dim"))


def set_record(row: Row) -> Beside:
    """Return one record as a block: day and id in the margin, its facts, its quote, triggers marked."""
    from rich.text import Text

    margin = (Text(say_days(row), "bold"), Text(set_id(row), "dim"))
    return Beside(margin, (set_facts(row), set_quote(row["quote"], row.get("why") or ())))


def set_id(row: Row) -> str:
    """Return the short id one types after `detente show ARCHIVE`."""
    return str(row["id"])[:ID_DIGITS]


def set_facts(row: Row) -> Text:
    """Return the line of facts: parties · type · status · who says so, where that is not the reporter."""
    from rich.text import Text

    kind = str(row.get("record") or row.get("kind"))
    style = QUAD_STYLES.get(row.get("quad") or 0, "") if kind == "event" else KIND_STYLES.get(kind, "")
    text = Text()
    if kind == "statement":
        _add_statement(text, row, style)
        return tidy(text)
    text.append(say_parties(row))
    text.append(SEPARATOR, "dim")
    text.append(say_type(row), style)
    status = str(row.get("status") or "")
    if kind == "event" or status != "happened":
        text.append(SEPARATOR, "dim")
        text.append(f"{STATUS_MARKS.get(status, ' ')} {say_status(row)}", STATUS_STYLES.get(status, ""))
    if not is_told_by_reporter(row):
        text.append(f"{SEPARATOR}says {say_speaker(row.get('attribution'))}", "dim")
    return tidy(text)


def is_told_by_reporter(row: Row) -> bool:
    """Whether the report itself vouches for the record, on nobody else's word."""
    attribution = row.get("attribution") or {}
    return not (attribution.get("speaker") or attribution.get("via") or attribution.get("speaks_for"))


def _add_statement(text: Text, row: Row, style: str) -> None:
    from detente.views.wording import say_actors

    text.append(say_speaker(row.get("attribution")))
    text.append(SEPARATOR, "dim")
    about = say_actors(row.get("about") or ())
    text.append("statement" + (f" on {about}" if about else ""), style)
    if row.get("direction"):
        text.append(SEPARATOR, "dim")
        text.append(f"relations {row['direction']}", style)


def set_quote(quote: str, why: Any) -> Text:
    """Return the quote in guillemets on one flow of lines, dim, the words that triggered it bright."""
    from rich.text import Text

    text = Text(f"«{quote}»", style="dim")
    for start, end in trigger_spans(quote, why):
        text.stylize("not dim bold underline", start + 1, end + 1)
    return tidy(text)


@dataclass(frozen=True, slots=True)
class Beside:
    """Lines with something in their margin: a day, a number, a name. No line ends in blanks."""

    margin: tuple[Text, ...]
    body: tuple[Text, ...]
    width: int = MARGIN

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.text import Text

        room = max(16, options.max_width - self.width - 1)
        left = [line for text in self.margin for line in tidy(text).wrap(console, self.width)]
        right = [line for text in self.body for line in tidy(text).wrap(console, room)]
        for beside, line in zip_longest(left, right):
            row = Text()
            if beside is not None:
                beside.rstrip()
                row.append_text(beside)
            if line is not None and line.plain.strip():
                row.append(" " * (self.width + 1 - row.cell_len))
                line.rstrip()
                row.append_text(line)
            yield row


def set_flush(*body: Text) -> Beside:
    """Return lines without a margin, wrapped and without blanks at their ends."""
    return Beside((), body, -1)


def tidy(text: Text) -> Text:
    """Line breaks and control characters of a report as single spaces, styles kept in place.

    A table is not the report's layout, and no report may move the cursor of the terminal that shows it.
    """
    text.plain = "".join(ch if ch.isprintable() else " " for ch in text.plain)
    return text
