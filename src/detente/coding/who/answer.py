"""What a question about a name gets back: whoever it may mean, each with its dates, source and why.

«Bush» on 5 May 2005 is George W. Bush; his father is in the answer too, with the reason he does not fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from detente.records import Actor

FitKind = Literal["state", "capital", "seat", "body", "outlet", "person", "role", "place", "trap"]
Verdict = Literal["one", "several", "none"]

# What an answer says in words, by kind, for people who do not know the tables.
KIND_WORDS: dict[FitKind, str] = {
    "state": "state", "capital": "capital that stands for its state", "seat": "seat or organ of a state",
    "body": "body", "outlet": "news outlet", "person": "person", "role": "part played for a state or body",
    "place": "place", "trap": "no actor",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """Somebody in an office: first and last day, None where open; `checked` is when its source was right."""

    name: str
    role: str
    first: date | None
    last: date | None
    source: str
    checked: str

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name, "role": self.role, "first": _iso(self.first), "last": _iso(self.last),
            "source": self.source, "checked": self.checked,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fit:
    """One thing the words may mean: `fits` on the day asked or not, `why` says in either case.

    `code`, `sector`, `role` and `org` are what a record of that day would carry. `first` and `last` bound the
    office, state or body, None where open. `codes` are the names other data sets give it, `terms` the offices
    of a person or who led a state, `note` a convention or doubt said aloud. `score` runs from 0 to 1.
    """

    kind: FitKind
    code: str | None
    name: str
    score: float
    fits: bool
    why: str
    sector: str | None = None
    role: str | None = None
    org: str | None = None
    first: date | None = None
    last: date | None = None
    source: str = ""
    checked: str = ""
    note: str = ""
    also: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    terms: tuple[Term, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the fit as JSON: days as ISO days, null where open or unknown."""
        return {
            "kind": self.kind, "code": self.code, "name": self.name, "score": self.score, "fits": self.fits,
            "why": self.why, "sector": self.sector, "role": self.role, "org": self.org,
            "first": _iso(self.first), "last": _iso(self.last), "source": self.source or None,
            "checked": self.checked or None, "note": self.note or None, "also": list(self.also),
            "codes": dict(self.codes), "terms": [t.to_json() for t in self.terms],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a body on a day, with its first and last day, None where open or unknown."""

    code: str
    name: str
    first: date | None
    last: date | None
    source: str = ""
    checked: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.code, "name": self.name, "first": _iso(self.first), "last": _iso(self.last),
            "source": self.source, "checked": self.checked,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """All that words may mean on a day, best first; `says` is the answer in one sentence.

    `verdict` is «one» where one actor is clearly meant, «several» where the words name or leave open several,
    «none» where nobody fits. `coded` is what a report of that day that says no more is coded with: () where
    it would make no mention. `read_as` is the spelling found, where it is not the one asked for, and `near`
    the nearest names where nothing was found. `members` are those of the one body meant, on the day asked.
    """

    words: str
    on: date | None
    verdict: Verdict
    says: str
    candidates: tuple[Fit, ...]
    meant: tuple[Fit, ...] = ()
    coded: tuple[Actor, ...] = ()
    read_as: str = ""
    near: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()

    @property
    def best(self) -> Fit | None:
        """The likeliest that fits, None where nobody does."""
        return next(iter(self.fits), None)

    @property
    def fits(self) -> tuple[Fit, ...]:
        """Whoever fits on the day, best first."""
        return tuple(c for c in self.candidates if c.fits)

    def to_json(self) -> dict[str, Any]:
        """Return the answer as JSON, its candidates best first."""
        return {
            "words": self.words, "on": _iso(self.on), "verdict": self.verdict, "says": self.says,
            "read_as": self.read_as or None,
            "candidates": [c.to_json() | {"meant": c in self.meant} for c in self.candidates],
            "coded": [
                {"code": a.code, "name": a.name, "role": a.role, "sector": a.sector, "org": a.org}
                for a in self.coded
            ],
            "near": list(self.near), "members": [m.to_json() for m in self.members],
        }  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
