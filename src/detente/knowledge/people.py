"""Who held which office when: a name and a day in, candidates out, best first.

>>> [(c.name, c.role) for c in who("Lavrov", date(2017, 7, 4))][:1]
[('Sergei Lavrov', 'Foreign Minister of Russia')]
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from detente.knowledge.layers import added, layered
from detente.knowledge.names import fold
from detente.knowledge.states import full_name
from detente.knowledge.tables import read_day, split_cell

HEADS = ("hos", "hog", "leader")
# Which office speaks for a state when only «the leader» is named, first come first.
_RANK = {"leader": 0, "hos": 1, "hog": 2, "chief": 3, "fm": 4, "dm": 5}
_SECTORS = {
    "military": "MIL",
    "dm": "MIL",
    "spy": "SPY",
    "legislature": "LEG",
    "opposition": "OPP",
    "rebel": "REB",
    "party": "GOV",
}
# States where the head of state reigns and the head of government rules.
PRIME_MINISTER_FIRST = frozenset(
    "GBR DEU ITA ESP IND JPN CAN AUS NZL SWE NOR DNK NLD BEL GRC ISR AUT HUN POL CZE "
    "SVK BGR HRV SVN EST LVA FIN IRL ISL PRT MYS THA KHM PAK BGD NPL ETH IRQ LBN ARM "
    "GEO SRB KOS MKD ALB MNE SGP JAM TTO PNG FJI LUX MLT BIH LSO BHS BRB VAT".split()
)
FAMILY_FIRST = frozenset({"CHN", "TWN", "KOR", "PRK", "HKG", "MAC"})
_MINISTERS = frozenset({"fm", "dm", "finance", "trade", "security"})
_PLAIN = ("official", "aide", "subnational")  # people whom no report calls by surname alone at first
_SINGLE = frozenset({"hos", "hog", "fm", "dm"})  # offices one person holds, however they are called
_PARTICLES = frozenset("al el bin ibn von van de der da di dos du del la le ten abu ul".split())


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person in one office: who a name may mean, and how well it fits (`score`, 0 to 1).

    `first` and `last` are days in office, None where open; `checked` is when the source was last right.
    `org` names the body for people who serve one («IAEA»).
    """

    name: str
    code: str
    kind: str
    title: str
    first: date | None
    last: date | None
    source: str
    checked: str
    aliases: tuple[str, ...] = ()
    gender: str = ""
    org: str | None = None
    notable: bool = False
    score: float = 0.0

    @property
    def role(self) -> str:
        """The office as printed: «President of China», «Secretary of State, United States»."""
        if self.code in ("UNO", "EUR", "AFU", "NATO", "IGO", "NGO"):
            body = self.org or full_name(self.code)
            return self.title if " of " in self.title else f"{self.title} of {body}"
        if " of " in self.title or " for " in self.title or self.kind in ("spokes", "rebel", "aide"):
            return f"{self.title}, {full_name(self.code).removeprefix('the ')}"
        return f"{self.title} of {full_name(self.code)}"

    @property
    def sector(self) -> str:
        if self.code in ("UNO", "EUR", "AFU", "NATO", "IGO"):
            return "IGO"
        return _SECTORS.get(self.kind, "GOV")

    def holds(self, on: date) -> bool:
        """Whether the office was held on a day."""
        return (not self.first or self.first <= on) and (not self.last or on <= self.last)

    def is_stale(self, on: date) -> bool:
        """Whether an open term was last checked too long before a day to name who holds it."""
        if not self.checked:
            return False  # a user's row holds until the user changes it
        year, _, month = self.checked.partition("-")
        return self.last is None and on > date(int(year) + 1, int(month[:2] or 12), 28)


@layered
def people() -> tuple[Candidate, ...]:
    """Return every term of office we know: users' first, then the hand-kept table."""
    rows = added("people")
    if not rows:
        return _our_people()
    yours = tuple(_term(row.cells, notable=row["kind"] not in _PLAIN) for row in rows)
    return (*yours, *_give_way(_our_people(), yours))


def _give_way(ours: Iterable[Candidate], yours: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield our terms as far as those of users leave them: a new holder ends the term of the one before."""
    theirs: dict[tuple[str, str, str | None], list[Candidate]] = {}
    for term in yours:
        theirs.setdefault((term.code, term.kind, term.org), []).append(term)
    for old in ours:
        kept: Candidate | None = old
        for new in theirs.get((old.code, old.kind, old.org), ()):
            kept = kept and _left_by(kept, new)
        if kept:
            yield kept


def _left_by(old: Candidate, new: Candidate) -> Candidate | None:
    """Return what is left of our term beside one a user gave for the same office; None for nothing."""
    if (old.last and new.first and old.last <= new.first) or (
        new.last and old.first and new.last <= old.first
    ):
        return old
    if {fold(n) for n in (old.name, *old.aliases)} & {fold(n) for n in (new.name, *new.aliases)}:
        return None  # the same person in the same days: theirs says it all
    if old.title != new.title and old.kind not in _SINGLE:
        return old
    if new.first and (old.first is None or old.first < new.first):
        return replace(old, last=new.first)
    if new.last and (old.last is None or old.last > new.last):
        return replace(old, first=new.last)
    return None if new.last else old  # an open term of theirs may have ended before ours began


@cache
def _our_people() -> tuple[Candidate, ...]:
    return tuple(_read("people_recent.csv", notable=True)) + tuple(_read("people.csv", notable=False))


def _read(file: str, *, notable: bool) -> Iterator[Candidate]:
    # Read in one go: this is the longest table, and a row at a time costs a third of all loading.
    text = (files("detente.knowledge") / "data" / file).read_text("utf-8")
    for c in csv.DictReader(io.StringIO(text.partition("\n")[2] if text.startswith("#") else text)):
        yield _term(c, notable=notable)


def _term(c: Mapping[str, str], *, notable: bool) -> Candidate:
    code, _, org = c["code"].partition(":")
    return Candidate(
        c["name"],
        code,
        c["kind"],
        c["title"],
        read_day(c["first"]),
        read_day(c["last"]),
        c.get("source") or "general knowledge",
        c.get("checked", "2026-11"),
        split_cell(c["aliases"]),
        c["gender"],
        org or None,
        notable,
    )


def surnames(name: str, code: str) -> tuple[str, ...]:
    """Return what a person is called for short: «von der Leyen» and «Leyen», «Xi», «Assad» and «al-Assad»."""
    parts = fold(name).split()
    if len(parts) > 1 and re.fullmatch("[IVX]+", parts[-1]):
        parts = parts[:-1]
    if len(parts) < 2:
        return tuple(parts)
    if code in FAMILY_FIRST and len(parts) in (2, 3):
        return (parts[0],)
    if parts[-1].rstrip(".") in ("Jr", "Sr", "II", "III", ".") and len(parts) > 2:
        parts = [p for p in parts if p not in ("Jr", "Sr", "II", "III", ".", ",")]
    start = len(parts) - 1
    tails = [parts[-1]]
    while start > 1 and parts[start - 1].lower() in _PARTICLES:
        start -= 1
        tails.append(" ".join(parts[start:]))
    if len(parts) > 2 and start == len(parts) - 1:
        tails.append(" ".join(parts[-2:]))
    return tuple(tails)


@layered
def by_full_name() -> dict[str, list[Candidate]]:
    """Return terms of office by folded full name and by each other spelling."""
    index: dict[str, list[Candidate]] = {}
    for person in people():
        for name in dict.fromkeys((person.name, *person.aliases)):
            if " " in name or person.notable or person.kind in HEADS:
                index.setdefault(fold(name), []).append(person)
    return index


@layered
def by_surname() -> dict[str, list[Candidate]]:
    """Return terms of office by short name, for those a paper would name so at first mention."""
    index: dict[str, list[Candidate]] = {}
    for person in people():
        if (
            person.notable
            or person.kind in HEADS
            or (person.kind in _MINISTERS and (person.last is None or person.last.year > 1989))
        ):
            for name in dict.fromkeys((person.name, *person.aliases)):
                for short in surnames(name, person.code):
                    if len(short) > 1:
                        known = index.setdefault(short, [])
                        if person not in known:
                            known.append(person)
    return index


def who(words: str, on: date | None = None) -> tuple[Candidate, ...]:
    """Return whom a name may mean on a day, best first, each with its score; () where nobody is known by it.

    A full name outweighs a surname, an office held on the day outweighs one held before or after; without a
    day the latest term wins, at a lower score. One person and office appears once.
    """
    return _once(_scored(words, on))


def namesakes(words: str, on: date | None = None) -> tuple[Candidate, ...]:
    """Return every term of office of everybody a name may mean, best first: both Bushes, each with a score.

    What `who` returns before one of a family or of several terms is chosen.
    """
    ranked = sorted(_scored(words, on), key=lambda x: (-x[0], _RANK.get(x[1].kind, 9), not x[1].notable))
    return tuple(_with_score(person, round(score, 3)) for score, person in ranked)


def _scored(words: str, on: date | None) -> list[tuple[float, Candidate]]:
    key = fold(words)
    full = by_full_name().get(key, [])
    short = by_surname().get(key, [])
    scored = [(_score(p, on, base=1.0), p) for p in full]
    return scored + [(_score(p, on, base=0.75), p) for p in short if p not in full]


def _once(scored: list[tuple[float, Candidate]]) -> tuple[Candidate, ...]:
    best: dict[tuple[str, str, str], Candidate] = {}
    for score, person in sorted(scored, key=lambda x: (-x[0], _RANK.get(x[1].kind, 9), not x[1].notable)):
        key = (person.code, person.kind, surnames(person.name, person.code)[-1])
        if key not in best:
            best[key] = _with_score(person, round(score, 3))
    return tuple(best.values())


def _with_score(p: Candidate, score: float) -> Candidate:
    return Candidate(
        p.name,
        p.code,
        p.kind,
        p.title,
        p.first,
        p.last,
        p.source,
        p.checked,
        p.aliases,
        p.gender,
        p.org,
        p.notable,
        score,
    )


def _score(person: Candidate, on: date | None, *, base: float) -> float:
    weight = 1.0 if person.notable else 0.9 if person.kind in HEADS else 0.85
    if on is None:
        recent = 0.8 if person.last is None else max(0.3, 0.75 - 0.02 * (2026 - person.last.year))
        return base * weight * recent
    if person.holds(on):
        return base * weight
    if person.last and person.last < on:
        years = (on - person.last).days / 365.25
        return base * weight * max(0.3, 0.8 - 0.04 * years)
    years = (person.first - on).days / 365.25 if person.first else 0.0
    return base * weight * max(0.2, 0.65 - 0.1 * years)


@layered
def _by_office() -> dict[tuple[str, str], list[Candidate]]:
    index: dict[tuple[str, str], list[Candidate]] = {}
    for person in people():
        index.setdefault((person.code, person.kind), []).append(person)
    return index


def holder(code: str, kind: str, on: date | None) -> Candidate | None:
    """Return who held an office on a day: the leader of China on 4 July 2017 is Xi Jinping; None if unknown.

    `kind` is hos, hog, fm, dm, chief … or «leader», which asks for whoever rules. Without a day: the latest.
    A term nobody has checked for more than a year before the day names no one: he may long have left.
    """
    for one in _kinds_for(code, kind):
        terms = _by_office().get((code, one), [])
        held = [t for t in terms if on is None or (t.holds(on) and not t.is_stale(on))]
        if held:
            best = max(held, key=_begun)
            return _with_score(best, 0.95 if on else 0.6)
    return None


def _begun(term: Candidate) -> int:
    """Return when a term began; the hand-kept table wins over one a source dates up to two months later."""
    return (term.first or date.min).toordinal() + (60 if term.notable else 0)


def _kinds_for(code: str, kind: str) -> tuple[str, ...]:
    if kind != "leader":
        return (kind,)
    if code in ("UNO", "NATO", "EUR", "AFU"):
        return ("chief",)
    return ("hog", "leader", "hos") if code in PRIME_MINISTER_FIRST else ("hos", "leader", "hog")
