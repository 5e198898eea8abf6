"""The nouns: a report, the evidence in it, and the four kinds of record it yields.

Every value is frozen. `to_json` gives the shape of docs/records.md, which is a contract:
fields may be added there, none renamed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, ClassVar, Literal

Status = Literal["happened", "ongoing", "planned", "claimed", "denied", "hypothetical"]
Precision = Literal["day", "week", "month", "year", "before", "unknown"]
Stance = Literal["support", "oppose", "demand", "refuse", "claim", "neutral"]
Field = Literal["title", "text"]

STATUSES: tuple[Status, ...] = ("happened", "ongoing", "planned", "claimed", "denied", "hypothetical")
COUNTED: tuple[Status, ...] = ("happened", "ongoing")  # what a score counts unless told otherwise


def hash_words(*parts: str) -> str:
    """Return 16 hex digits that name these words: the same words, the same digits."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Report:
    """One report as received; nothing in `title` or `text` is ever cleaned in place.

    `published` is the day it appeared, or None; `published_basis` says how we know
    («given», «page metadata», «file name»). `given_id` is the owner's own name for it.
    """

    text: str
    title: str | None = None
    published: date | None = None
    published_basis: str | None = None
    given_id: str | None = None
    url: str | None = None
    outlet: str | None = None
    author: str | None = None
    language: str | None = None
    origin: str | None = None  # the file and line it came from, for people

    @property
    def digest(self) -> str:
        """The content hash: equal for the same title and text, whoever sent them and when."""
        return hash_words(self.title or "", self.text)

    @property
    def id(self) -> str:
        """The owner's id where one was given, else the content hash."""
        return self.given_id or self.digest

    def words(self, field: Field, start: int, end: int) -> str:
        """Return the words at half-open offsets of `field`."""
        return ((self.title or "") if field == "title" else self.text)[start:end]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a record rests: half-open code point offsets into a field of the report as received."""

    report: str
    field: Field
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who: `code` is ISO 3166 alpha-3 or UNO EUR NATO AFU IGO NGO MNC, or None where unresolved."""

    code: str | None
    name: str | None = None
    role: str | None = None
    sector: str | None = "GOV"
    org: str | None = None
    cow: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an act took place; `country` is ISO 3166 alpha-3, latitude and longitude in degrees."""

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit: 24.5e9 USD of «trade turnover», January to April 2017."""

    value: float | tuple[float, float]
    unit: str
    op: Literal["=", ">", "<", "~", ">=", "<="] = "="
    what: str | None = None
    period_start: date | None = None
    period_end: date | None = None
    of: str | None = None  # the denominator of a share


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so: `kind` narrator, direct or indirect; `via` the agencies between, nearest first.

    `speaker` is None when the reporter speaks, and an Actor with code None when the words
    name a speaker we cannot resolve («Li noted»).
    """

    kind: Literal["narrator", "direct", "indirect"] = "narrator"
    speaker: Actor | None = None
    via: tuple[str, ...] = ()
    speaks_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of why a record was coded so: the rule's name and the words it saw."""

    rule: str
    words: str


NARRATOR = Attribution()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What all four kinds share. Days are inclusive; a missing date is None, never the publication day."""

    kind: ClassVar[str] = "record"

    evidence: Evidence
    sources: tuple[Actor, ...] = ()
    recipients: tuple[Actor, ...] = ()
    status: Status = "happened"
    status_detail: str | None = None
    date_start: date | None = None
    date_end: date | None = None
    date_basis: str | None = None
    date_precision: Precision | None = None
    place: Place | None = None
    issue: str | None = None
    attribution: Attribution = NARRATOR
    act: str | None = None
    confidence: float = 0.5
    why: tuple[Reason, ...] = ()

    @property
    def id(self) -> str:
        """Stable: the same text and the same coding give the same id."""
        e = self.evidence
        codes = (_codes(self.sources), _codes(self.recipients))
        return hash_words(self.kind, e.report, e.field, str(e.start), str(e.end), *codes, self._own_key())

    def _own_key(self) -> str:
        return ""

    def to_json(self, coder: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Return the record as docs/records.md prints it."""
        e = self.evidence
        row: dict[str, Any] = {
            "record": self.kind, "id": self.id, "report": e.report,
            "field": e.field, "start": e.start, "end": e.end, "quote": e.quote,
            "sources": [_plain(a) for a in self.sources],
            "recipients": [_plain(a) for a in self.recipients],
        }  # fmt: skip
        row |= self._own_json()
        row |= {
            "status": self.status, "status_detail": self.status_detail,
            "date_start": _day(self.date_start), "date_end": _day(self.date_end),
            "date_basis": self.date_basis, "date_precision": self.date_precision,
            "place": _plain(self.place) if self.place else None,
            "issue": self.issue,
        }  # fmt: skip
        row.setdefault("stance", None)
        row.setdefault("figure", None)
        row |= {
            "attribution": _plain(self.attribution),
            "act": self.act,
            "confidence": round(self.confidence, 3),
            "why": [_plain(r) for r in self.why],
            "coder": dict(coder) if coder else None,
        }
        return row

    def _own_json(self) -> dict[str, Any]:
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """One act between political actors, typed by PLOVER with its CAMEO code and both scales."""

    kind: ClassVar[str] = "event"

    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    quad: int = 0
    intensity: float = 0.0  # PLOVER 2.0 scale
    goldstein: float | None = None  # Goldstein (1992) scale, by CAMEO code

    def _own_key(self) -> str:
        return f"{self.type}/{self.mode or ''}"

    def _own_json(self) -> dict[str, Any]:
        return {
            "type": self.type, "mode": self.mode, "contexts": list(self.contexts),
            "cameo": self.cameo, "quad": self.quad,
            "intensity": self.intensity, "goldstein": self.goldstein,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Record):
    """An actor's stance on an issue; `issue` is always set."""

    kind: ClassVar[str] = "position"

    stance: Stance
    conditional: bool = False

    def _own_key(self) -> str:
        return f"{self.issue}/{self.stance}"

    def _own_json(self) -> dict[str, Any]:
        return {"stance": self.stance, "conditional": self.conditional}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Record):
    """A number with unit, period and parties (in `sources`)."""

    kind: ClassVar[str] = "figure"

    figure: Amount

    def _own_key(self) -> str:
        return f"{self.figure.value}/{self.figure.unit}/{self.figure.what or ''}"

    def _own_json(self) -> dict[str, Any]:
        return {"figure": _plain(self.figure)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Record):
    """Who said what: `attribution` the speaker, `about` the actors it concerns.

    `direction` is rising, falling or stable where it assesses a relation («at their best ever»).
    """

    kind: ClassVar[str] = "statement"

    about: tuple[Actor, ...] = ()
    direction: Literal["rising", "falling", "stable"] | None = None

    def _own_key(self) -> str:
        return f"{self.attribution.speaker and self.attribution.speaker.name}/{self.direction or ''}"

    def _own_json(self) -> dict[str, Any]:
        return {"about": [_plain(a) for a in self.about], "direction": self.direction}


@dataclass(frozen=True, slots=True)
class Rejected:
    """A report that could not be read: where (`origin`), at which stage, and why."""

    kind: ClassVar[str] = "rejected"

    origin: str
    stage: str
    reason: str

    def to_json(self, coder: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Return {"record": "rejected", "origin", "stage", "reason"}."""
        return {"record": "rejected", "origin": self.origin, "stage": self.stage, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Finding:
    """Two sides that were held against each other: «50 km (80 miles)», «Monday, 5 July 2017», a Wednesday.

    `check` says which: conversion, weekday, shares, count, figures, status. `verdict` is agrees, disagrees or
    incomplete (one side holds less than the other says). `says` tells both sides in one sentence. `sides` are
    the words each rests on; a side that is reckoned or not in the archive has none. Nothing is repaired.
    """

    kind: ClassVar[str] = "finding"

    check: Literal["conversion", "weekday", "shares", "count", "figures", "status"]
    verdict: Literal["agrees", "disagrees", "incomplete"]
    says: str
    sides: tuple[Evidence, ...]
    records: tuple[str, ...] = ()  # ids of records on either side, where it holds records against each other

    @property
    def id(self) -> str:
        """Stable: the same words and the same check give the same id."""
        places = (f"{e.report}/{e.field}/{e.start}/{e.end}" for e in self.sides)
        return hash_words(self.kind, self.check, *places, *self.records)

    def to_json(self, coder: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Return {"record": "finding", "id", "check", "verdict", "says", "sides", "records"}."""
        return {
            "record": self.kind, "id": self.id, "check": self.check, "verdict": self.verdict,
            "says": self.says, "sides": [_plain(e) for e in self.sides], "records": list(self.records),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coded:
    """A report and all its records, in the order of the text."""

    report: Report
    records: tuple[Record, ...] = ()
    coder: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(r for r in self.records if isinstance(r, Event))

    @property
    def positions(self) -> tuple[Position, ...]:
        return tuple(r for r in self.records if isinstance(r, Position))

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(r for r in self.records if isinstance(r, Figure))

    @property
    def statements(self) -> tuple[Statement, ...]:
        return tuple(r for r in self.records if isinstance(r, Statement))

    def to_json(self) -> list[dict[str, Any]]:
        """Return every record as docs/records.md prints it."""
        return [record.to_json(self.coder) for record in self.records]


def _codes(actors: tuple[Actor, ...]) -> str:
    return "+".join(a.code or "?" for a in actors)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(value: Any) -> Any:
    """Return a frozen value as what JSON can hold."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [_plain(v) for v in value]
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return value
