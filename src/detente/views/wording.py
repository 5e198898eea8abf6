"""Contract rows and their parts as words for people: days, actors, amounts, speakers.

Every function takes the JSON shape of docs/records.md (what `Record.to_json` and the archive
give), so a fresh record and a kept one read the same on every front.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

Row = Mapping[str, Any]

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# Said beside the status word, so that no reader depends on colour.
STATUS_MARKS = {
    "happened": "●",
    "ongoing": "◐",
    "planned": "○",
    "claimed": "“",
    "denied": "✕",
    "hypothetical": "?",
}

QUADS = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}

_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_AS_THEY_ARE = frozenset({"percent", "kWh", "degrees"})  # and whatever ends in an abbreviation: «sq km»
_OPERATORS = {"=": "", ">": "over ", "<": "under ", "~": "about ", ">=": "at least ", "<=": "at most "}


def say_days(row: Row) -> str:
    """Return when an act happened, no more exactly than is known: «2017-07», «by 2017-07-03».

    Without a date the answer is «undated»: the day of publication never stands in for it.
    """
    start, end = row.get("date_start"), row.get("date_end")
    precision = row.get("date_precision")
    if not start and not end:
        return "undated"
    if precision == "before" or not start:
        return f"by {end or start}"
    if precision == "year" and start[:4] == (end or start)[:4]:
        return str(start[:4])
    if precision == "month" and start[:7] == (end or start)[:7]:
        return str(start[:7])
    if not end:
        return f"from {start}"
    return _say_interval(start, end)


def _say_interval(start: str, end: str) -> str:
    if start == end:
        return start
    shared = 8 if start[:8] == end[:8] else 5 if start[:5] == end[:5] else 0
    return f"{start}…{end[shared:]}"


def say_period(start: str | None, end: str | None) -> str:
    """Return a period as a caption gives it: «2017», «Jan–Apr 2017», «3 Jul 2017»; "" for none."""
    if not start and not end:
        return ""
    if not start or not end:
        return f"from {say_date(start)}" if start else f"until {say_date(end)}"
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if first == last:
        return say_date(start)
    whole = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    if not whole:
        return f"{say_date(start)} – {say_date(end)}"
    if first.year != last.year:
        if first.month == 1 and last.month == 12:
            return f"{first.year}–{last.year}"
        return f"{MONTHS[first.month - 1]} {first.year} – {MONTHS[last.month - 1]} {last.year}"
    if (first.month, last.month) == (1, 12):
        return str(first.year)
    if first.month == last.month:
        return f"{MONTHS[first.month - 1]} {first.year}"
    return f"{MONTHS[first.month - 1]}–{MONTHS[last.month - 1]} {first.year}"


def say_date(day: str | date | None) -> str:
    """Return a day as a page sets it: «3 Jul 2017»; "" for none."""
    if not day:
        return ""
    d = day if isinstance(day, date) else date.fromisoformat(day[:10])
    return f"{d.day} {MONTHS[d.month - 1]} {d.year}"


def say_actor(actor: Row) -> str:
    """Return an actor in short: «Xi Jinping (CHN)», «NATO (IGO)», «CHN», «Li (unresolved)»."""
    code, name = actor.get("code"), actor.get("name") or actor.get("org")
    if name and code and name != code:
        return f"{name} ({code})"
    return str(code or (f"{name} (unresolved)" if name else "unresolved"))


def say_actors(actors: Iterable[Row]) -> str:
    """Return actors as one phrase, each once: «Xi Jinping (CHN), Vladimir Putin (RUS)»."""
    return ", ".join(dict.fromkeys(say_actor(a) for a in actors))


def say_parties(row: Row) -> str:
    """Return who does it to whom: «Xi Jinping (CHN) → USA»; a joint act has no arrow."""
    sources, recipients = say_actors(row.get("sources") or ()), say_actors(row.get("recipients") or ())
    if not recipients:
        return sources or "nobody named"
    return f"{sources or 'nobody named'} → {recipients}"


def say_speaker(attribution: Row | None) -> str:
    """Return who vouches for a record: «Xi Jinping (CHN), via TASS»; the reporter is «the report»."""
    if not attribution:
        return "the report"
    speaker = attribution.get("speaker")
    via = tuple(attribution.get("via") or ())
    words = say_actor(speaker) if speaker else "the report"
    spoken_for = [c for c in attribution.get("speaks_for") or () if not speaker or c != speaker.get("code")]
    if spoken_for:
        words += f" for {', '.join(spoken_for)}"
    return f"{words}, via {', '.join(via)}" if via else words


def say_number(value: float) -> str:
    """Return a number as a newspaper sets it: «24.5 billion», «1,741», «0.56»."""
    size = abs(value)
    for scale, word in _SCALES:
        if size >= scale:
            return f"{_trim(value / scale)} {word}"
    return _trim(value)


def _trim(value: float) -> str:
    text = f"{value:,.2f}" if abs(value) < 1000 else f"{value:,.1f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def say_amount(figure: Row) -> str:
    """Return value and unit: «over 10 billion USD», «56 percent of exports», «3 agreements»."""
    value, unit = figure.get("value"), str(figure.get("unit") or "")
    if isinstance(value, Sequence) and not isinstance(value, str):
        number = " to ".join(say_number(float(v)) for v in value)
        many = True
    else:
        number = say_number(float(value or 0))
        many = value != 1
    words = f"{_OPERATORS.get(str(figure.get('op') or '='), '')}{number} {_set_unit(unit, many=many)}".strip()
    return f"{words} of {figure['of']}" if figure.get("of") else words


def _set_unit(unit: str, *, many: bool) -> str:
    """Return a unit in the number asked for: «heads of state», «cities», but «USD» and «km» as they are."""
    if not many or unit in _AS_THEY_ARE or unit.isupper() or len(unit.split(" ")[-1]) <= 2:
        return unit
    head, of, rest = unit.partition(" of ")
    if re.search(r"[^aeiou]y$", head):
        head = f"{head[:-1]}ies"
    else:
        head += "es" if re.search(r"(s|x|z|ch|sh)$", head) else "s"
    return head + of + rest


def say_type(row: Row) -> str:
    """Return what kind of record it is: «CONSULT/visit», «oppose thaad-south-korea», «figure»."""
    match row.get("record") or row.get("kind"):
        case "event":
            return f"{row['type']}/{row['mode']}" if row.get("mode") else str(row["type"])
        case "position":
            stance = f"{row['stance']} (conditional)" if row.get("conditional") else row["stance"]
            return f"{stance} {row.get('issue') or ''}".strip()
        case "figure":
            figure = row["figure"] or {}
            amount = say_amount(figure)
            what = f" {figure['what']}" if figure.get("what") and figure["what"] not in amount else ""
            period = say_period(figure.get("period_start"), figure.get("period_end"))
            return f"{amount}{what}" + (f", {period}" if period else "")
        case "statement":
            return f"says: {row['direction']}" if row.get("direction") else "statement"
        case other:
            return str(other)


def say_status(row: Row) -> str:
    """Return the status with its detail: «happened», «planned», «happened (historical)»."""
    status, detail = row.get("status") or "", row.get("status_detail")
    return f"{status} ({detail})" if detail else str(status)


def say_count(n: int, noun: str) -> str:
    """Return a count with its noun: «1 report», «1,200 reports»."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def trigger_spans(quote: str, why: Iterable[Row]) -> tuple[tuple[int, int], ...]:
    """Return where in a quote the words stand that the rules saw, as half-open offsets, none overlapping.

    «Xi criticized the move», why=[{"words": "criticized"}] -> ((3, 13),)
    """
    spans: list[tuple[int, int]] = []
    for reason in why:
        words = str(reason.get("words") or "").strip()
        if len(words) < 2:
            continue
        found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", quote, re.IGNORECASE)
        if found and not any(found.start() < b and a < found.end() for a, b in spans):
            spans.append(found.span())
    return tuple(sorted(spans))
