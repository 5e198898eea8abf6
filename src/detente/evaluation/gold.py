"""Hand-coded records, one JSON object a line, read and checked: what can be scored, and why not the rest.

A row is a record as docs/records.md prints it; `record`, `report`, `quote` and what is scored are needed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from detente.errors import InputError
from detente.knowledge.ontology import kinds
from detente.records import STATUSES, Report

Row = dict[str, Any]

KINDS = ("event", "position", "figure", "statement")
STANCES = ("support", "oppose", "demand", "refuse", "claim", "neutral")
SIDES = ("sources", "recipients")


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be scored: its number, from 1, and why."""

    line: int
    reason: str


def read_gold(path: str | Path) -> tuple[list[Row], list[BadLine]]:
    """Return the rows of a JSON-lines file that can be scored, and every line that cannot with its reason.

    Raises InputError where the file cannot be read, or holds no row at all.
    """
    try:
        text = Path(path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise InputError(
            f"«{path}» cannot be read: {reason}; give a file of JSON lines in UTF-8.", stage="gold"
        ) from error
    rows: list[Row] = []
    bad: list[BadLine] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        row, reason = _read_line(line)
        if reason:
            bad.append(BadLine(number, reason))
        elif row is not None and row.get("record") != "rejected":
            rows.append(row)
    if not rows and not bad:
        raise InputError(
            f"«{path}» holds no rows; expected records as `detente read --format jsonl` prints them.",
            stage="gold",
        )
    return rows, bad


def _read_line(line: str) -> tuple[Row | None, str]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return None, f"no JSON: {error}"
    if not isinstance(row, dict):
        return None, f"a JSON {type(row).__name__} where an object {{…}} is expected"
    return row, find_fault(row)


def find_fault(row: Mapping[str, Any]) -> str:
    """Return what keeps a row from being scored, in words; "" for nothing."""
    kind = row.get("record")
    if kind == "rejected":
        return ""
    if kind not in KINDS:
        return f"«record» is {_show(kind)}; expected one of {', '.join(KINDS)}"
    if not isinstance(row.get("report", ""), str):
        return f"«report» is {_show(row['report'])}; expected the report's id as text"
    return (
        _fault_of_place(row)
        or _fault_of_sides(row)
        or _fault_of_words(row)
        or _fault_of_days(row)
        or _fault_of_kind(row)
    )


def _fault_of_place(row: Mapping[str, Any]) -> str:
    quote, start, end = row.get("quote"), row.get("start"), row.get("end")
    if quote is not None and not isinstance(quote, str):
        return f"«quote» is {_show(quote)}; expected the words of the report"
    for name, value in (("start", start), ("end", end)):
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
            return f"«{name}» is {_show(value)}; expected an offset, 0 or more"
    if start is None and not quote:
        return "neither «start» nor «quote» stands there; one of them must say where the record rests"
    if start is not None and end is None and not quote:
        return "«end» is missing; give it, or the quote"
    if isinstance(start, int) and isinstance(end, int) and end < start:
        return f"«end» {end} lies before «start» {start}"
    if row.get("field", "text") not in ("text", "title"):
        return f"«field» is {_show(row['field'])}; expected text or title"
    return ""


def _fault_of_sides(row: Mapping[str, Any]) -> str:
    for side in SIDES:
        actors = row.get(side)
        if actors is None:
            continue
        if not isinstance(actors, list) or not all(isinstance(a, dict) for a in actors):
            return f'«{side}» is {_show(actors)}; expected a list of actors, [{{"code": "NOR"}}]'
        odd = next((a["code"] for a in actors if not isinstance(a.get("code"), str | None)), None)
        if odd is not None:
            return f"a code in «{side}» is {_show(odd)}; expected letters, as NOR"
    return ""


def _fault_of_words(row: Mapping[str, Any]) -> str:
    status = row.get("status")
    if status is not None and status not in STATUSES:
        return f"«status» is {_show(status)}; expected one of {', '.join(STATUSES)}"
    for name in ("mode", "cameo", "tier", "status_detail"):
        if row.get(name) is not None and not isinstance(row[name], str):
            return f"«{name}» is {_show(row[name])}; expected text"
    if row.get("tier", "core") not in ("core", "optional", None):
        return f"«tier» is {_show(row['tier'])}; expected core or optional"
    return ""


def _fault_of_days(row: Mapping[str, Any]) -> str:
    days: list[date | None] = []
    for name in ("date_start", "date_end"):
        value = row.get(name)
        if value is None:
            days.append(None)
            continue
        try:
            days.append(date.fromisoformat(value[:10]))
        except (ValueError, TypeError):
            return f"«{name}» is {_show(value)}; expected a day, as 2017-07-04"
    first, last = days
    return f"«date_end» {last} lies before «date_start» {first}" if first and last and last < first else ""


def _fault_of_kind(row: Mapping[str, Any]) -> str:
    kind = row["record"]
    if kind == "event":
        types = {name for name, _ in kinds()}
        if row.get("type") not in types:
            return f"«type» is {_show(row.get('type'))}; expected one of {', '.join(sorted(types))}"
    if kind == "position" and row.get("stance") not in STANCES:
        return f"«stance» is {_show(row.get('stance'))}; expected one of {', '.join(STANCES)}"
    if kind == "figure":
        figure = row.get("figure")
        if not isinstance(figure, dict) or not _is_number(figure.get("value")):
            return f'«figure» is {_show(figure)}; expected {{"value": 24.5e9, "unit": "USD"}}'
    return ""


def _is_number(value: object) -> bool:
    ends = value if isinstance(value, list) else [value]
    return bool(ends) and all(isinstance(v, int | float) and not isinstance(v, bool) for v in ends)


def _show(value: object) -> str:
    shown = json.dumps(value, ensure_ascii=False, default=str)
    return shown if len(shown) <= 60 else shown[:57] + "…"


def place_rows(rows: Iterable[Row], reports: Mapping[str, Report]) -> tuple[list[Row], list[str]]:
    """Return the rows with their offsets set by their quotes where the reports are at hand, and what was odd.

    A quote that stands elsewhere than its offsets say is looked for, the nearest first; one that stands
    nowhere keeps its offsets and is told. `reports` is keyed as the rows name their reports.
    """
    placed: list[Row] = []
    told: list[str] = []
    for row in rows:
        report = reports.get(str(row.get("report", "")))
        quote = row.get("quote")
        if report is None or not quote:
            placed.append(row)
            continue
        field = row.get("field", "text")
        text = (report.title or "") if field == "title" else report.text
        start = row.get("start")
        if isinstance(start, int) and text[start : start + len(quote)] == quote:
            placed.append({**row, "end": start + len(quote)})
            continue
        found = _nearest(text, quote, start if isinstance(start, int) else 0)
        if found is None:
            told.append(f"«{quote[:60]}» stands nowhere in the {field} of report {report.id}")
            placed.append(row)
        else:
            placed.append({**row, "start": found, "end": found + len(quote)})
    return placed, told


def _nearest(text: str, words: str, start: int) -> int | None:
    places = []
    at = text.find(words)
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1)
    return min(places, key=lambda place: abs(place - start), default=None)
