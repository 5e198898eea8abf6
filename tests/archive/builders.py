"""Small builders: records written by hand, as short as the test that needs them."""

from __future__ import annotations

from datetime import date
from typing import Any

from detente.records import (
    Actor,
    Amount,
    Attribution,
    Coded,
    Event,
    Evidence,
    Figure,
    Place,
    Position,
    Reason,
    Record,
    Report,
    Statement,
)

QUADS = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2,
         "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
         "SANCTION": 4, "PROTEST": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4}  # fmt: skip
WEIGHTS = {"AGREE": 2.5, "CONSULT": 2.5, "SUPPORT": 5.0, "CONCEDE": 4.5, "COOPERATE": 9.5, "AID": 10.0,
           "RETREAT": 6.5, "REQUEST": 0.0, "ACCUSE": -3.0, "REJECT": -2.0, "THREATEN": -3.5, "SANCTION": -6.0,
           "PROTEST": -5.0, "MOBILIZE": -5.5, "COERCE": -7.0, "ASSAULT": -9.0}  # fmt: skip


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def report(text: str, published: str | None = "2021-03-10", **fields: Any) -> Report:
    return Report(text, published=day(published), **fields)


def actors(codes: str) -> tuple[Actor, ...]:
    return tuple(Actor(code) for code in codes.split())


def evidence(report: Report, quote: str | None = None) -> Evidence:
    words = quote or report.text
    start = report.text.index(words)
    return Evidence(report.id, "text", start, start + len(words), words)


def event(
    report: Report,
    type: str,
    sources: str,
    recipients: str = "",
    *,
    start: str | None = None,
    end: str | None = None,
    place: str | None = None,
    country: str | None = None,
    quote: str | None = None,
    **fields: Any,
) -> Event:
    fields.setdefault("date_precision", "day" if start else None)
    return Event(
        evidence=evidence(report, quote), sources=actors(sources), recipients=actors(recipients), type=type,
        quad=QUADS[type], intensity=WEIGHTS[type], goldstein=WEIGHTS[type], date_start=day(start),
        date_end=day(end or start), place=Place(place, country) if place else None,
        why=(Reason("by hand", type),), **fields,
    )  # fmt: skip


def position(report: Report, code: str, issue: str, stance: Any, **fields: Any) -> Position:
    return Position(evidence=evidence(report), sources=actors(code), issue=issue, stance=stance, **fields)


def figure(report: Report, parties: str, value: Any, unit: str, what: str | None, **fields: Any) -> Figure:
    amount = Amount(value, unit, what=what, period_start=date(2020, 1, 1), period_end=date(2020, 12, 31))
    return Figure(evidence=evidence(report), sources=actors(parties), figure=amount, **fields)


def statement(
    report: Report, speaker: Actor | None, about: str, direction: Any = None, **fields: Any
) -> Statement:
    said = Attribution("direct", speaker) if speaker else Attribution()
    return Statement(
        evidence=evidence(report), about=actors(about), direction=direction, attribution=said, **fields
    )


def coded(report: Report, *records: Record) -> Coded:
    return Coded(report, records, {"name": "detente", "version": "0", "rules": "sha256:0"})


def visit(text: str, published: str = "2021-03-10", **fields: Any) -> Coded:
    """A report that tells of one visit: the French minister in Oslo."""
    told = report(text, published, **{k: fields.pop(k) for k in ("given_id", "outlet", "url") if k in fields})
    fields = {"start": "2021-03-09", "place": "Oslo", "country": "NOR", "mode": "visit"} | fields
    return coded(told, event(told, "CONSULT", "FRA", "NOR", **fields))
