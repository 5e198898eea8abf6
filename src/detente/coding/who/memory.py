"""What a report has said so far: mentions as antecedents, people by name, states by how often they come.

After «Oslo and Rome urged …» the pair at hand is Norway and Italy; after «Anna Berg, the Swedish envoy»
the short form «Berg» is she.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from detente.coding.reading import Mention, Reading
from detente.coding.who.scan import Piece
from detente.knowledge.layers import layered
from detente.knowledge.names import fold
from detente.knowledge.organisations import Organisation
from detente.knowledge.people import by_full_name, holder, surnames
from detente.knowledge.states import cow_of, states
from detente.language.analysis import Sentence, Span
from detente.records import Actor

REACH = 3  # sentences a pronoun looks back
# The kinds of office in the tables that a role's office may mean, the likeliest first.
OFFICES = {
    "hos": ("hos", "leader"),
    "hog": ("hog",),
    "leader": ("hos", "hog", "leader", "chief"),
    "fm": ("fm",),
    "dm": ("dm",),
    "chief": ("chief",),
    "finance": ("finance",),
    "trade": ("trade",),
    "vice": ("vice", "hog-deputy"),
    "security": ("security",),
    "spokes": ("spokes",),
    "envoy": ("envoy",),
    "minister": ("fm", "dm", "finance", "trade", "hog"),
    "fm-deputy": ("fm-deputy",),
    "religious": ("hos", "leader"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """Something already mentioned, as an antecedent for what comes."""

    sentence: int
    token: int
    actors: tuple[Actor, ...]
    subject: bool
    person: bool
    place: bool
    gender: str = ""
    role_words: str = ""
    office: str = ""
    body: Organisation | None = None
    pronoun: bool = False
    plural: bool = False
    titled: bool = False  # known by a bare title: who holds the office is the table's word, not the report's

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(a.code for a in self.actors if a.code)


@dataclass(slots=True)
class Known:
    """A person the report has named: the words of the name, and what was found out."""

    key: tuple[str, ...]
    actor: Actor
    gender: str
    kind: str
    shorts: frozenset[str]


@dataclass(slots=True)
class Memory:
    """One report while it is read: what has been said so far, and who is known by name."""

    reading: Reading
    on: date | None
    said: list[Said] = field(default_factory=list)
    people: list[Known] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)
    home: str | None = None  # the state of a report that speaks in the first person, or of its outlet
    quotes: list[tuple[int, int]] = field(default_factory=list)  # quoted stretches of the sentence at hand
    quote_open: bool = False
    dateline: str | None = None  # the state a dateline names: «OSLO, 2 May —»
    opened: bool = False  # whether a dateline has been met
    official: bool = False  # whether `home` itself speaks: a ministry, a briefing; not a paper from there
    since: int = 0  # the sentence of that dateline, where it opens another story of the same report
    speaker: Actor | None = None

    def before(self, index: int, token: int, *, reach: int) -> list[Said]:
        """Return what was said in the last sentences and in this one before a word, in their order."""
        first = bisect_left(self.said, max(self.since, index - reach), key=lambda s: s.sentence)
        last = bisect_left(self.said, (index, token), key=lambda s: (s.sentence, s.token))
        return self.said[min(first, last) : last]

    def chain_of(self, index: int, token: int) -> tuple[Span, ...]:
        """Return the earlier mentions that the reader ties to a word, nearest first; () for none."""
        for chain in self.reading.analysis.chains:
            if any(s.sentence == index and s.start <= token < s.end for s in chain):
                earlier = [s for s in chain if (s.sentence, s.start) < (index, token)]
                return tuple(reversed(earlier))
        return ()

    def tied(self, index: int, token: int) -> Said | None:
        """Return the person that the reader's chains tie to a pronoun, where the report told of one."""
        for span in self.chain_of(index, token):
            for said in self.said:
                inside = said.sentence == span.sentence and span.start <= said.token < span.end
                if inside and said.person and len(said.actors) == 1:
                    return said
        return None

    def as_known(self, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """Return one person with what the report has told since he was named: his state, his role."""
        if len(actors) != 1 or actors[0].code or not actors[0].name:
            return actors
        name = actors[0].name
        told = next((p.actor for p in reversed(self.people) if p.actor.name == name and p.actor.code), None)
        return (told,) if told else actors

    def latest_named(self, code: str | None, office: str) -> Known | None:
        """Return the person of a state named last who holds such an office."""
        kinds = set(OFFICES.get(office, (office,)))
        kinds |= {"hos", "hog", "leader"} if office == "leader" else set()
        return next(
            (p for p in reversed(self.people) if p.actor.code == code and p.kind in kinds | {office}), None
        )

    def office_holder(self, code: str, office: str, sector: str) -> Actor:
        """Return the holder of an office on the day by name, else the bare state."""
        for kind in ("leader",) if office == "leader" else OFFICES.get(office, ())[:1]:
            named = self.latest_named(code, kind)
            held = self.on and kind in ("hos", "hog", "leader", "fm", "dm")
            found = holder(code, kind, self.on) if held and self.on else None
            if named and (not found or kind == "leader" or named.actor.name == found.name):
                return named.actor
            if found:
                return make_actor(code, name=found.name, role=found.role, sector=found.sector, org=found.org)
        return make_actor(code, sector=sector)

    def subject_pair(self, index: int, token: int) -> tuple[Actor, ...]:
        """Return the actors joined in the subject of a sentence: «Putin and Xi | met»."""
        if not 0 <= index < len(self.reading.analysis.sentences):
            return ()
        tokens = self.reading.analysis.sentences[index].tokens
        here = [
            s
            for s in self.said
            if s.sentence == index and s.token < token and not s.pronoun and len(s.actors) == 1
        ]
        for first in here:
            if first.subject:
                members = {first.token}
                for s in here:
                    if tokens[s.token].deprel == "conj" and tokens[s.token].head in members:
                        members.add(s.token)
                joined = [s for s in here if s is not first and s.token in members]
                if joined:
                    return (first.actors[0], *(s.actors[0] for s in joined))
        return ()

    def joined_codes(self, index: int, token: int, number: int) -> tuple[str, ...]:
        """Return the states joined as subject just before: «Oslo and Rome urged …. Both countries …»."""
        for gap in (0, 1, 2):
            pair = self.subject_pair(index - gap, token if gap == 0 else 10**6)
            codes = tuple(dict.fromkeys(a.code for a in pair if a.code in states()))
            if len(codes) == number:
                return tuple(c for c in codes if c)
        return ()

    def those(self, index: int, piece: Piece) -> tuple[Actor, ...]:
        """Return all states of the last sentence that names several: «those countries»."""
        for gap in (0, 1):
            here = [s for s in self.before(index, piece.start, reach=1) if s.sentence == index - gap]
            codes = list(dict.fromkeys(c for s in here for c in s.codes if c in states()))
            if len(codes) >= 2:
                return tuple(make_actor(c, sector=piece.sector) for c in codes)
        return ()

    def recent_people(self, index: int, piece: Piece, number: int) -> tuple[Actor, ...]:
        """Return the last people of different states named within reach, in the order named."""
        found: dict[str, Actor] = {}
        for said in reversed(self.before(index, piece.start, reach=4)):
            if said.person and len(said.actors) == 1 and said.actors[0].code and said.actors[0].name:
                found.setdefault(said.actors[0].code, said.actors[0])
            elif (
                said.person and len(said.actors) == number and not found and all(a.name for a in said.actors)
            ):
                return said.actors
            if len(found) == number:
                return tuple(reversed(found.values()))
        return ()

    def lone_subjects(self, index: int, token: int, number: int) -> tuple[Actor, ...]:
        """Return the states that one by one were subjects just before: «Oslo left. Rome stayed. Both …»."""
        found: dict[str, Actor] = {}
        for gap in range(number, 0, -1):
            one = self.lone_subject(index - gap)
            if one is None or not one.code:
                return ()
            found.setdefault(one.code, one)
        return tuple(found.values()) if len(found) == number else ()

    def lone_subject(self, index: int) -> Actor | None:
        """Return the one state that is subject of a sentence, None where none or several are."""
        here = [s for s in self.said if s.sentence == index and s.subject and not s.place and not s.pronoun]
        alone = len(here) == 1 and len(here[0].actors) == 1 and not here[0].plural
        return here[0].actors[0] if alone and here[0].codes and here[0].codes[0] in states() else None

    def recent_codes(self, index: int, token: int, number: int) -> tuple[str, ...]:
        """Return the states most present just before, by nearness and by how often the report names them."""
        total = sum(self.codes.values()) or 1
        weight: defaultdict[str, float] = defaultdict(float)
        order: list[str] = []
        for said in self.before(index, token, reach=4):
            near = 1.0 / (1 + index - said.sentence)
            for code in said.codes:
                if code in states():
                    weight[code] += (
                        near
                        * (0.35 if said.place else 1.0)
                        * (1.3 if said.subject else 1.0)
                        / max(1, len(said.codes)) ** 0.5
                    )
                    order.append(code)
        for code in list(weight):
            weight[code] += 1.5 * self.codes[code] / total
        top = sorted(weight, key=lambda c: -weight[c])[:number]
        return tuple(sorted(top, key=order.index))

    def topic(self, index: int, *, within: int) -> str | None:
        """Return the state most present in the last sentences."""
        codes = self.recent_codes(index, 10**6, 1)
        near = {c for s in self.said if index - s.sentence <= within for c in s.codes}
        return codes[0] if codes and codes[0] in near else None

    def state_at_hand(self, index: int, token: int, *, local: bool = False) -> str | None:
        """Return the state whose «the police», «the opposition», «the ministry» a report means here.

        «In Kampala … the police» is Uganda's; else the one state of the sentence before, the dateline's, or
        the state most present just before. `local` is for «police» without «the»: rather the dateline's.
        """
        here = [s for s in self.said if s.sentence == index and s.token < token]
        inside = {c for s in here if s.place for c in s.codes if c in states()}
        if len(inside) == 1 and not any(s.subject and not s.place for s in here):
            return inside.pop()
        alone = None if here or (local and self.dateline) else self.sole_subject(index)
        return alone or self.dateline or self.topic(index, within=2)

    def sole_subject(self, index: int) -> str | None:
        """Return the one state the sentence before speaks of, as its subject, in the same paragraph."""
        sentences = self.reading.analysis.sentences
        if index == 0 or sentences[index - 1].paragraph != sentences[index].paragraph:
            return None
        before = [s for s in self.said if s.sentence == index - 1 and s.codes]
        codes = {c for s in before for c in s.codes}
        one = len(codes) == 1 and codes <= set(states()) and any(s.subject for s in before)
        return codes.pop() if one else None

    def note(self, index: int, sentence: Sentence, piece: Piece, mention: Mention) -> None:
        """Remember a mention as an antecedent."""
        token = sentence.tokens[mention.span.head]
        if mention.how == "adjective" and not piece.role:
            subject = False
        else:
            subject = token.deprel.startswith("nsubj")
        gender = ""
        if mention.person and len(mention.actors) == 1:
            name = mention.actors[0].name
            gender = next(
                (p.gender for p in reversed(self.people) if p.actor.name == name and name), ""
            ) or gender_of(name)
            gender = gender or title_gender(sentence, piece) or (piece.role.gender if piece.role else "")
        office = piece.role.office if piece.role else ""
        if piece.ref == "person" and self.people:
            office = office or next(
                (p.kind for p in reversed(self.people) if p.actor is mention.actors[0]), ""
            )
        self.said.append(
            Said(
                index,
                mention.span.head,
                mention.actors,
                subject,
                mention.person,
                mention.place,
                gender,
                piece.role_words,
                office,
                piece.body,
                piece.ref == "pronoun",
                piece.many
                or bool(piece.role and (piece.role.plural or piece.role.kind == "people"))
                or len(mention.actors) > 1
                or (piece.ref == "nickname" and piece.key.endswith("s")),
                piece.ref == "bare",
            )
        )
        self.said.sort(key=lambda s: (s.sentence, s.token))


def make_actor(
    code: str | None,
    *,
    name: str | None = None,
    role: str | None = None,
    sector: str | None = "GOV",
    org: str | None = None,
) -> Actor:
    if code in ("UNO", "EUR", "NATO", "AFU", "IGO") and sector == "GOV":
        sector = "IGO"
    return Actor(code, name, role, sector, org, cow_of(code))


def short_forms(key: tuple[str, ...], code: str | None) -> set[str]:
    """Return the short forms of a name the tables do not know: its last words, or the family name."""
    known = set(surnames(" ".join(key), code or ""))
    if code is None and len(key) > 1:
        known.add(key[-1])
    return {k for k in known if len(k) > 1}


def role_nouns(actor: Actor) -> Iterator[str]:
    """Yield the nouns of a printed role: «President of China» -> president."""
    if actor.role:
        head = re.split(r" of | to |,", actor.role)[0]
        yield from (w.lower() for w in head.split()[-1:])


def title_gender(sentence: Sentence, piece: Piece) -> str:
    words = {t.text.rstrip(".").lower() for t in sentence.tokens[max(0, piece.start - 2) : piece.end]}
    if words & {"mr", "sir", "lord", "king", "prince", "chairman", "spokesman"}:
        return "m"
    return (
        "f" if words & {"mrs", "ms", "miss", "lady", "queen", "princess", "spokeswoman", "chairwoman"} else ""
    )


@layered
def gender_of(name: str | None) -> str:
    """Return «m» or «f» for a person of the tables, "" where they do not say."""
    return next((c.gender for c in by_full_name().get(fold(name or ""), []) if c.gender), "")
