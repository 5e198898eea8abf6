"""Pairs of tellings as written in pairs.txt in, coded reports and their gold acts out."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from detente.knowledge.ontology import kind_of
from detente.records import Actor, Coded, Event, Evidence, Place, Report

PAIRS = Path(__file__).with_name("pairs.txt")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two coded reports of one event each, and whether they tell the same act."""

    number: int
    is_same: bool
    reports: tuple[Coded, Coded]


def read_pairs(path: Path = PAIRS) -> Iterator[Pair]:
    """Yield the pairs, numbered from 1."""
    lines = [x for x in path.read_text("utf-8").splitlines() if x and not x.startswith("#")]
    for number, start in enumerate(range(0, len(lines), 3), 1):
        verdict, one, other = lines[start : start + 3]
        assert verdict in ("same", "other"), f"line «{verdict}» of {path} is neither same nor other"
        yield Pair(number, verdict == "same", (_tell(one), _tell(other)))


def _tell(line: str) -> Coded:
    coding, _, words = line.partition(" | ")
    published, kind, parties, days, *place, flags = coding.split(" ")
    day = datetime.strptime(published, "%y%m%d").date()
    report = Report(words, published=day)
    type, _, mode = kind.partition("/")
    sources, _, recipients = parties.partition(">")
    start, end, precision = _days(days, day)
    event = Event(
        evidence=Evidence(report.id, "text", 0, len(words), words), type=type, mode=mode or None,
        quad=kind_of(type).quad, sources=_actors(sources), recipients=_actors(recipients),
        date_start=start, date_end=end, date_precision=precision, place=_place(" ".join(place)),
        **_flags(flags),
    )  # fmt: skip
    return Coded(report, (event,))


def _actors(codes: str) -> tuple[Actor, ...]:
    return tuple(Actor(code) for code in codes.split("+") if code)


def _place(words: str) -> Place | None:
    name, _, country = words.partition("/")
    return Place(name, country or None) if name != "-" else None


def _flags(words: str) -> dict[str, Any]:
    if words == "-":
        return {}
    key, _, value = words.rpartition("=")
    return {key or "status": value}


def _days(words: str, day: date) -> tuple[date | None, date | None, Any]:
    """Return first and last day and how exact: «-1» yesterday, «-3:-1», «m» this month, «m:-1» the last."""
    if words == "-":
        return None, None, None
    first, _, last = words.partition(":")
    if first == "m":
        month = day.replace(day=1) - timedelta(days=1) if last else day
        length = calendar.monthrange(month.year, month.month)[1]
        return month.replace(day=1), month.replace(day=length), "month"
    start, end = (day + timedelta(days=int(n)) for n in (first, last or first))
    return start, end, "day"
