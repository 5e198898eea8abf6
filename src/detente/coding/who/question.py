"""A question to the tables: words and a day in, everyone they may mean out, each with why he fits or not.

Names are looked up; «the bloc's 27 members» is taken apart; a phrase is read as a report of one line is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from detente.coding.reading import Mention, Reading
from detente.coding.who.actors import find_mentions
from detente.coding.who.answer import Fit
from detente.coding.who.meanings import (
    bodies_called,
    body_fit,
    meanings,
    members_on,
    outlet_named,
    place_named,
)
from detente.coding.who.naming import find_pieces
from detente.coding.who.scan import Piece
from detente.coding.who.terms import Office, holders, people_named, titled
from detente.knowledge.conventions import Namesake, namesakes
from detente.knowledge.gazetteer import cut, gazetteer
from detente.knowledge.names import fold
from detente.knowledge.organisations import organisation
from detente.knowledge.roles import cue, roles
from detente.knowledge.states import code_of, full_name, name_of, states
from detente.language.analysis import Analysis, Sentence, Token
from detente.language.tokens import cut_words
from detente.records import Actor, Report

CLEAR = 0.2  # by so much the best must lead the next for one to be meant: a surname out of office lies below
_WORDS_SAY = "the words themselves"  # the source of what no table holds
SURE = 0.85  # of a holder whom one office and one day name
_NUMBERS = {
    w: n
    for n, w in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split(),
        start=2,
    )
}
_NUMBER = rf"(?P<number>\d+|{'|'.join(_NUMBERS)})"
_THEM = r"(?:member\s+(?:states|countries|nations)|members|states|countries)"
# How words ask for the members of a body.
_OF_BODY = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:the\s+)?{_NUMBER}[- ](?:member|nation|state|country)\s+(?P<body>.+)",
        rf"(?:the\s+)?(?:{_NUMBER}\s+)?{_THEM}\s+of\s+(?:the\s+)?(?P<body>.+)",
        rf"(?:the\s+)?(?P<body>.+?)(?:['’]s?)?\s+(?:{_NUMBER}\s+)?{_THEM}",
    )
)


@dataclass
class Question:
    """Words and a day, with what reading them gives, worked out once."""

    words: str
    on: date | None
    settled: bool = False  # which state a shared name in the words means was decided

    @cached_property
    def reading(self) -> Reading:
        report = Report(self.words, published=self.on)
        return find_mentions(Reading(report, Analysis((_plain_sentence(self.words),))))

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        return find_pieces(self.reading.sentence(0))

    @property
    def is_former(self) -> bool:
        """Whether the words say that an office is past: «the former president»."""
        return bool(cue("former") & set(self.words.lower().replace("-", " ").split()))

    @property
    def coded(self) -> tuple[Actor, ...]:
        """What a report that says only this is coded with."""
        return tuple(dict.fromkeys(a for m in self.reading.mentions for a in m.actors))

    @cached_property
    def found(self) -> tuple[Fit, ...]:
        """Whatever the words may mean, each actor once, best first."""
        return rank(self.all_found())

    @cached_property
    def members(self) -> re.Match[str] | None:
        """How the words ask for the members of a body: «ASEAN members», «the 27-nation bloc»."""
        return next((m for pattern in _OF_BODY if (m := pattern.fullmatch(self.words))), None)

    def all_found(self) -> list[Fit]:
        """Return whatever the words may mean: as a name, as members of a body, else as a phrase."""
        found = [*meanings(self.words, self.on), *people_named(self.words, self.on)]
        outlet = None if found else outlet_named(self.words)
        found += [outlet] if outlet else []
        if found:
            return found
        found = list(self.of_body())
        if found:
            return found
        found = (
            self.namesakes_of_stranger() if self.is_stranger else self.by_namesake() or list(self.phrase())
        )
        place = None if found else place_named(self.words)
        return [place] if place else found or titled(self.words, self.on)

    @cached_property
    def is_stranger(self) -> bool:
        """Whether words are a person's name that only in part is in the tables: «Melania Trump»."""
        keys = fold(self.words).split()
        if not 2 <= len(keys) <= 4 or not all(k[:1].isupper() or k in cue("particle") for k in keys):
            return False
        if any(k.lower() in roles().entries or k in cue("title") for k in keys):
            return False
        if any(k.lower() in cue("nearby") for k in keys):
            return False
        words = cut(self.words)
        found = gazetteer().find(words)
        named = all(m.entries[0].kind in ("person", "surname", "place") for m in found)
        if not found or found[0].end - found[0].start == len(words.keys):
            return False
        opens = found[0].start == 0 and found[0].entries[0].kind == "place"  # «Lund Cathedral»
        return named and not opens

    def namesakes_of_stranger(self) -> list[Fit]:
        """Return whose name is in a longer one: not meant, unless the tables know nothing but a surname."""
        words = cut(self.words)
        found = []
        for match in gazetteer().find(words):
            part = " ".join(words.keys[match.start : match.end])
            last = match.end == len(words.keys)
            if match.entries[0].kind == "place" or (not last and match.end - match.start == 1):
                continue  # «Jean» of «Jean-Marie»
            for fit in people_named(part, self.on):
                alone = last and " " not in fit.name
                why = f"the tables know the surname alone; {fit.why.partition('; ')[2]}" if alone else ""
                why = why or f"«{part}» is only part of the name asked for"
                found.append(replace(fit, why=why, fits=alone and fit.fits, score=round(fit.score * 0.5, 2)))
        return found

    def by_namesake(self) -> list[Fit]:
        """Return what a phrase means under each meaning of a name in it: «the Korean president» is two."""
        words = cut(self.words)
        alone = [m for m in gazetteer().find(words) if m.end - m.start == 1]
        for match in () if self.settled else alone:
            start, end = words.starts[match.start], words.ends[match.start]
            name = self.words[start:end]
            shared = namesakes(name, self.on)
            rivals = [n for n in shared if n.score > shared[0].score - CLEAR]
            found = [f for n in rivals if (f := self.under(n, start, end))]
            known = [f for f in found if f.kind == "person" and f.source != _WORDS_SAY]
            if len({f.code for f in found}) > 1:
                return known or found
        return []

    def under(self, one: Namesake, start: int, end: int) -> Fit | None:
        """Return what the words mean where the name at `start` to `end` is one of those who bear it."""
        rest = re.sub(r"^['’]s\b", "", self.words[end:])
        before = re.sub(r"\bthe $", "", self.words[:start], flags=re.IGNORECASE)
        question = Question(f"{before}{one.name}'s{rest}", self.on, settled=True)
        best = next((f for f in question.found if f.fits), None)
        why = f"if «{self.words[start:end]}» is {full_name(one.code)}"
        return replace(best, why=f"{why}; {best.why}") if best else None

    def of_body(self) -> Iterator[Fit]:
        """Yield the body of «the bloc», «ASEAN members», «the bloc's 27 members», by number if told."""
        matched = self.members
        name = matched["body"] if matched else self.words
        number = _number(matched["number"]) if matched else None
        named = organisation(name) if matched else None
        if named:
            yield self.sized(body_fit(named, self.on, 0.95, name), number)
            return
        for body in bodies_called(name):
            yield self.sized(body_fit(body, self.on, 0.4, name), number)

    def sized(self, fit: Fit, number: int | None) -> Fit:
        """Return a body weighed by whether it has as many members as the words say."""
        if number is None:
            return fit
        body = organisation(fit.name)
        count = len(members_on(body, self.on)) if body else 0
        had = "has" if self.on is None else "had"
        if count == number:
            return replace(fit, score=0.9, why=f"{fit.why}; it {had} {number} members")
        why = f"it {had} {count} members, not {number}" if count else "our tables do not list its members"
        return replace(fit, score=0.1, fits=False, why=f"{fit.why}; {why}")

    def phrase(self) -> Iterator[Fit]:
        """Yield what reading the words as a report gives, mention by mention."""
        whole = len(self.reading.mentions) == 1
        for mention in self.reading.mentions:
            piece = next((p for p in self.pieces if p.start == mention.span.start), None)
            for actor in mention.actors:
                if actor.code:
                    yield from self.of_actor(actor, mention, piece, whole)

    def of_actor(self, actor: Actor, mention: Mention, piece: Piece | None, whole: bool) -> Iterator[Fit]:
        """Yield an actor that was read: a person of the tables in full, an office with who held it."""
        office = piece.role.office if piece and piece.role and piece.person and not self.is_former else ""
        organ = _organ(piece) if piece else None
        if piece and piece.ref == "person" and actor.name:
            yield from self.by_name(actor, piece, mention.score)
        elif piece and office and actor.code and whole:
            found = list(holders(self.office(actor.code, office, piece), self.on))
            if not (found and found[0].fits and found[0].score >= SURE):
                yield self.part(actor, mention, named=any(f.fits for f in found))
            yield from found
        else:
            words = organ or self.reading.analysis.words(mention.span)
            yield self.as_name(words, actor, mention) or self.part(actor, mention, named=True)

    def office(self, code: str, office: str, piece: Piece) -> Office:
        """Return the office asked for: «Peru's ambassador to Chile» is one that has Chile in its title."""
        sent = re.search(r"\bto (?:the )?(.+)$", self.words) if office == "envoy" else None
        reach = sent[1] if sent else None
        org = piece.org if piece.org != name_of(code) else None
        office = "chief" if office == "head" and code not in states() else office
        return Office(
            code, office, piece.role_words, org, name_of(code_of(reach) or reach) if reach else None
        )

    def by_name(self, actor: Actor, piece: Piece, score: float) -> Iterator[Fit]:
        """Yield the person a title or state picks out, then those of the same state he could be taken for."""
        words = piece.key if piece.surname_only else actor.name or piece.key
        known = [f for f in people_named(words, self.on) if f.code == actor.code]
        known.sort(key=lambda f: f.name != actor.name)
        if not known:
            why = "no table knows the name; state and part are what the words say"
            yield Fit(
                "person", actor.code, actor.name or "", score, True, why, actor.sector, actor.role, actor.org,
                source=_WORDS_SAY,
            )  # fmt: skip
        for k, fit in enumerate(known):
            tenure = fit.why.partition("; ")[2] or fit.why
            if k == 0:
                why = f"the one of this name whom state or title picks out; {tenure}"
                yield replace(fit, why=why, role=actor.role or fit.role, score=max(fit.score, 0.9), fits=True)
            else:
                yield replace(fit, why=f"of the same name; {tenure}", note="")

    def as_name(self, words: str, actor: Actor, mention: Mention) -> Fit | None:
        """Return what the tables say of a bare name within the words: «Russia» of «Russia and China»."""
        if actor.role or mention.how == "group":
            return None
        return next((f for f in rank(meanings(words, self.on)) if f.code == actor.code), None)

    def part(self, actor: Actor, mention: Mention, *, named: bool) -> Fit:
        """Return a part without a person: «US officials», «Turkish forces»."""
        name = actor.name or actor.org or self.reading.analysis.words(mention.span)
        note = "" if named else "our tables name nobody in this office" + (" on that day" if self.on else "")
        return Fit(
            "place" if mention.place and mention.how != "adjective" else "role", actor.code, name,
            round(mention.score, 2), True, f"{_HOW[mention.how]} {_owner(actor)}", actor.sector,
            actor.role, actor.org, source=_WORDS_SAY, note=note,
        )  # fmt: skip


def _organ(piece: Piece) -> str | None:
    """Return the words of a body that a nationality precedes: «Revolutionary Guards» of «Iranian …»."""
    if piece.role and piece.role.kind == "body":
        return piece.role_words
    return None if piece.role else piece.org or piece.name


_HOW = {
    "name": "a name of", "capital": "a seat of", "adjective": "an adjective of", "role": "a part played for",
    "pronoun": "a pronoun for", "group": "one of several:",
}  # fmt: skip


def _owner(actor: Actor) -> str:
    """Return whose an actor is: the state, or the body by its own name where many bear its code («IMF»)."""
    code = actor.code or ""
    return full_name(code) if code in states() else actor.org or full_name(code)


def _plain_sentence(words: str) -> Sentence:
    """Return words as a sentence without tags or tree: a name needs none, and no network is loaded."""
    cut = cut_words(words)
    last = len(cut) - 1
    tokens = tuple(
        Token(a, b, words[a:b], words[a:b].lower(), "", "", -1 if i == last else last, "dep")
        for i, (a, b) in enumerate(cut)
    )
    return Sentence("text", 0, len(words), words, tokens)


def _number(words: str | None) -> int | None:
    if not words:
        return None
    return int(words) if words.isdigit() else _NUMBERS.get(words.lower())


def rank(found: Iterable[Fit]) -> tuple[Fit, ...]:
    """Return each actor once, whoever fits first, best first; a second reason is joined to the first."""
    best: dict[tuple[str | None, str, str], Fit] = {}
    for fit in found:
        key = (fit.code, fit.name, fit.role or "" if fit.kind != "person" else "")
        known = best.get(key)
        if known is None:
            best[key] = fit
        elif fit.why not in known.why:
            top, other = (known, fit) if known.score >= fit.score else (fit, known)
            best[key] = replace(top, why=f"{top.why}; {other.why}" if top.kind == other.kind else top.why)
    states_found = {f.code for f in best.values() if f.kind in ("state", "capital")}
    kept = [f for f in best.values() if f.kind != "place" or f.code not in states_found or f.note]
    return tuple(sorted(kept, key=lambda f: (not f.fits, -f.score)))
