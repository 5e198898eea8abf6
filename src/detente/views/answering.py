"""Answers of an archive in the three shapes of every question: a table for people, flat CSV, JSON lines.

A view gives its lines as flat rows and says how one is set for people; all else is the same for all.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from detente.views import lines
from detente.views.blocks import ID_DIGITS, Beside, set_quote
from detente.views.terminal import stdout_console, write
from detente.views.wording import say_date

if TYPE_CHECKING:
    from rich.text import Text

    from detente.measures.lines import Quote

Flat = Mapping[str, Any]


def print_flat(rows: Iterable[Flat], columns: Sequence[str], shape: str) -> None:
    """Print rows as CSV under one header (lists joined by «;») or as one JSON object a line."""
    if shape == "jsonl":
        for row in rows:
            write(json.dumps({c: _plain(row[c]) for c in columns}, ensure_ascii=False))
        return
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(columns)
    out.writerows([_cell(row[c]) for c in columns] for row in rows)


def print_blocks(blocks: Iterable[tuple[str, Sequence[Text]]]) -> None:
    """Print lines with something in their margin, a blank line between two blocks."""
    from rich.text import Text

    console = stdout_console()
    for n, (margin, body) in enumerate(blocks):
        if n:
            console.print()
        console.print(Beside((Text(margin, style="bold"),), tuple(body)))


def set_told(quote: Quote, *, first: str = "") -> tuple[Text, Text]:
    """Return a quote and, dim under it, who says it, who printed it, when, and its id."""
    from rich.text import Text

    speaker = lines.say_speaker(quote.speaker) if quote.speaker else None
    parts = (first, speaker, quote.outlet or "outlet not named", say_date(quote.published))
    source = ", ".join(part for part in parts if part)
    return set_quote(quote.quote, ()), Text(f"{source} · {quote.record[:ID_DIGITS]}", style="dim")


def flat_quote(quote: Quote | None, prefix: str = "") -> dict[str, Any]:
    """Return a quote's parts as flat columns, empty where there is none."""
    names = ("quote", "speaker", "report", "outlet", "published", "record")
    return {f"{prefix}{name}": getattr(quote, name) if quote else None for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _cell(value: Any) -> Any:
    if isinstance(value, (tuple, list)):
        return ";".join(str(v) for v in value)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else value
