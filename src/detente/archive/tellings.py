"""Tellings of acts, and what makes two of them one: same time, same mode, same place, same matter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from detente.knowledge import states

SLACK = timedelta(days=1)  # time zones and overnight visits put one act on two neighbouring days
SHARED_WORDS = 0.4  # share of the shorter quote's content words; with at least MIN_SHARED of them
MIN_SHARED = 3
EXACT_DAYS = 8  # a date no wider than a week pins an act down

# Words alone: two on one day may well be two, so what was said has to agree as well.
SPOKEN = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT", "CONCEDE", "AGREE"})
# Where it happened tells two such acts of one day apart.
SITED = frozenset({"ASSAULT", "PROTEST", "MOBILIZE", "COERCE"})
# A pair has one of these at a time: the dates, or the reports' dates, are enough.
SINGLE = frozenset({("CONSULT", "visit"), ("CONSULT", "phone")})


@dataclass(frozen=True, slots=True)
class Telling:
    """One event record as merging sees it. `first` and `last` bound when it can have been done."""

    n: int
    record: str
    report: str
    seq: int
    block: str
    first: date | None
    last: date | None
    published: date | None
    row: Mapping[str, Any] = field(hash=False, compare=False)
    told_act: str | None = None

    @property
    def is_exact(self) -> bool:
        """True where the text itself dates the act to a week or less."""
        if not (self.row["date_start"] and self.row["date_end"] and self.first and self.last):
            return False
        return (self.last - self.first).days < EXACT_DAYS


@dataclass(slots=True)
class Group:
    """Tellings found to be of one act, with what a further one must not contradict.

    The first telling, the most exact, is the anchor the others are compared with.
    """

    tellings: list[Telling] = field(default_factory=list)
    told_acts: dict[str, set[str | None]] = field(default_factory=dict)  # by report
    named: dict[str, set[object]] = field(default_factory=dict)  # what each aspect was said to be
    first: date | None = None  # the latest first day and the earliest last day of any telling
    last: date | None = None

    @property
    def anchor(self) -> Telling:
        return self.tellings[0]

    def add(self, telling: Telling) -> None:
        self.tellings.append(telling)
        self.told_acts.setdefault(telling.report, set()).add(telling.told_act)
        for aspect, value in _aspects(telling.row).items():
            self.named.setdefault(aspect, set()).add(value)
        if telling.first and telling.last:
            self.first = max(self.first or telling.first, telling.first)
            self.last = min(self.last or telling.last, telling.last)

    def fits(self, telling: Telling) -> bool:
        """Return True for one more telling of this act: the coder said so, or nothing speaks against it
        and enough speaks for it."""
        return self.holds_by_coder(telling) or (not self.clashes(telling) and is_alike(telling, self.anchor))

    def holds_by_coder(self, telling: Telling) -> bool:
        """Return True where the coder of its report joined it with a telling that is here."""
        return telling.told_act is not None and telling.told_act in self.told_acts.get(telling.report, ())

    def clashes(self, telling: Telling) -> bool:
        """Return True for what cannot be the same act as any telling here."""
        if self.told_acts.get(telling.report, {telling.told_act}) != {telling.told_act}:
            return True
        for aspect, value in _aspects(telling.row).items():
            if self.named.get(aspect, {value}) != {value}:
                return True
        return not self.meets(telling)

    def meets(self, telling: Telling) -> bool:
        """Return True where its days touch those of every telling here; the undatable meet in one report."""
        if telling.first is None or telling.last is None or self.first is None or self.last is None:
            return telling.report == self.anchor.report
        return telling.first <= self.last + SLACK and self.first <= telling.last + SLACK

    def closeness(self, telling: Telling) -> tuple[bool, float, int]:
        """Return what ranks the acts a telling fits: the coder's word, shared words, days apart."""
        a, b = telling.last, self.anchor.last
        apart = abs((a - b).days) if a and b else 0
        return (self.holds_by_coder(telling), share_words(telling.row, self.anchor.row), -apart)


def is_alike(telling: Telling, anchor: Telling) -> bool:
    """Return True where two tellings that do not clash agree in enough to be one act."""
    if telling.report == anchor.report:
        same_days = (telling.first, telling.last) == (anchor.first, anchor.last)
        return telling.is_exact and same_days and _is_of_one_thing(telling, anchor)
    if (telling.row["type"], telling.row["mode"] or anchor.row["mode"]) in SINGLE:
        return True
    if telling.is_exact and anchor.is_exact and telling.row["type"] not in SPOKEN:
        return True
    return _is_of_one_thing(telling, anchor)


def _is_of_one_thing(a: Telling, b: Telling) -> bool:
    if a.row["issue"] and a.row["issue"] == b.row["issue"]:
        return True
    return share_words(a.row, b.row) >= SHARED_WORDS


def share_words(a: Mapping[str, Any], b: Mapping[str, Any], *, least: int = MIN_SHARED) -> float:
    """Return the share of the shorter quote's content words that the other has too, 0 to 1.

    Names of the parties count for nothing, since every quote about a pair has them; fewer than `least`
    words in common are 0.
    """
    words, others = (_content(row["quote"]) - _party_words(row) for row in (a, b))
    shared = len(words & others)
    return shared / min(len(words), len(others)) if shared >= least else 0.0


def _aspects(row: Mapping[str, Any]) -> dict[str, object]:
    """Return what two tellings of one act cannot say differently, where both say it."""
    place = row["place"] or {}
    aspects = {"mode": row["mode"], "issue": row["issue"], "country": place.get("country")}
    if row["type"] in SITED:
        aspects["place"] = (place.get("name") or "").casefold()
    if row["type"] == "SUPPORT" and row["recipients"]:
        aspects["from"] = tuple(sorted(a["code"] or "" for a in row["sources"]))
    return {aspect: value for aspect, value in aspects.items() if value}


def _party_words(row: Mapping[str, Any]) -> frozenset[str]:
    codes = {a["code"] for a in (*row["sources"], *row["recipients"]) if a["code"]}
    return frozenset().union(*map(_state_words, codes))


@lru_cache(maxsize=1_000)
def _state_words(code: str) -> frozenset[str]:
    """Return stems of a state's name, adjective and capital."""
    names = (states.name_of(code), states.adjective_of(code), states.capital_of(code))
    return _content(" ".join(name for name in names if name))


@lru_cache(maxsize=20_000)
def _content(quote: str) -> frozenset[str]:
    """Return stems of the words that carry content: long ones, cut to six letters."""
    return frozenset(w[:6] for w in re.findall(r"\w{4,}", quote.casefold())) - _EMPTY_WORDS


# Words any two reports of one pair share; cut as `_content` cuts.
_EMPTY_WORDS = frozenset(
    w[:6]
    for w in "that this with from have been will their they said says also which would there were more than "
    "over after before about into other some such when while where president minister foreign government "
    "officials official country countries ministry state states united spokesman spokesperson told".split()
)
