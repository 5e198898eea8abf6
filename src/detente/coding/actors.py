"""Who is meant: a reading in, the same reading with every mention of an actor out.

`coding.naming` says what words mean by themselves; here the report is asked for the rest: who held the office
on the day, whose «ambassador» it is, which two are «both countries», who «he» is. What stays unclear stays
an actor without code, or no mention at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from detente.coding.naming import Hints, Piece, find_pieces
from detente.coding.reading import Mention, Reading, unresolved
from detente.knowledge.gazetteer import common_surnames
from detente.knowledge.names import fold, split_words
from detente.knowledge.organisations import Organisation, outlet
from detente.knowledge.people import HEADS, PRIME_MINISTER_FIRST, Candidate, by_full_name, holder, surnames, who
from detente.knowledge.states import adjective_of, code_of, cow_of, states
from detente.language.analysis import Sentence, Span
from detente.records import Actor

_REACH = 3  # sentences a pronoun looks back
_SPEECH = frozenset("say tell add note state declare announce write warn stress insist claim argue reply ask comment "
                    "explain emphasize emphasise remark reiterate urge call acknowledge conclude continue "
                    "pledge vow".split())  # fmt: skip
_MASCULINE, _FEMININE = (
    frozenset({"he", "him", "his", "himself"}),
    frozenset({"she", "her", "hers", "herself"}),
)
_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
_FIRST = frozenset("we our ours us ourselves i my me myself".split())
_GENERAL_BODIES = frozenset(
    "government authorities military army parliament police regime administration cabinet leadership delegation "
    "embassy security forces armed forces navy air force foreign ministry defense ministry defence ministry".split()
) | {
    "security forces",
    "armed forces",
    "air force",
    "foreign ministry",
    "defense ministry",
    "defence ministry",
    "troops",
    "forces",
}
_SURE_SURNAME = 0.45  # score from which a bare surname is taken for the statesman: wikinews sample, 60 read
_FULL_NAME = 0.25
_SEVERAL = {"group": 2}
_OFFICES = {"hos": ("hos", "leader"), "hog": ("hog",), "leader": ("hos", "hog", "leader", "chief"), "fm": ("fm",), "dm": ("dm",),
            "chief": ("chief",), "finance": ("finance",), "trade": ("trade",), "vice": ("vice", "hog-deputy"),
            "security": ("security",), "spokes": ("spokes",), "envoy": ("envoy",), "minister": ("fm", "dm", "finance", "trade", "hog"),
            "fm-deputy": ("fm-deputy",), "religious": ("hos", "leader")}  # fmt: skip


def find_mentions(reading: Reading) -> Reading:
    """Return the reading with `.mentions`: every phrase that means a state, its organs, its people or a body.

    «Russian Deputy Foreign Minister Sergei Ryabkov» is one mention (RUS, with name and role); «both countries»
    is one mention of two actors; «in Moscow» is a mention with `place=True`. Mentions stand in text order.
    """
    report = _Report(reading, reading.report.published)
    found: list[Mention] = []
    hints = Hints(_words_of(reading))
    for index, sentence in enumerate(reading.analysis.sentences):
        found += report.read(index, sentence, find_pieces(sentence, hints))
    return replace(reading, mentions=tuple(found))


def _words_of(reading: Reading) -> frozenset[str]:
    return frozenset(k for s in reading.analysis.sentences for k in split_words(s.text).keys)


@dataclass(frozen=True, slots=True)
class _Said:
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

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(a.code for a in self.actors if a.code)


@dataclass(slots=True)
class _Known:
    """A person the report has named: the words of the name, and what was found out."""

    key: tuple[str, ...]
    actor: Actor
    gender: str
    kind: str
    shorts: frozenset[str]


@dataclass(slots=True)
class _Report:
    """One report while it is read: what has been said so far, and who is known by name."""

    reading: Reading
    on: date | None
    said: list[_Said] = field(default_factory=list)
    people: list[_Known] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)
    quote_open: bool = False
    speaker: Actor | None = None

    def read(self, index: int, sentence: Sentence, pieces: tuple[Piece, ...]) -> list[Mention]:
        """Return the mentions of one sentence: names first, then what refers to them."""
        quotes = self.quoted(sentence)
        found: dict[int, Mention] = {}
        self.codes.update(p.code for p in pieces if p.code and p.ref != "country")
        for later in (False, True):
            for k, piece in enumerate(pieces):
                if (piece.ref in ("pronoun", "group", "country")) is later:
                    mention = self.resolve(index, sentence, piece, quotes, pieces)
                    if mention:
                        found[k] = mention
                        self.note(index, sentence, piece, mention)
        self.hear(sentence, pieces, found, quotes)
        return [found[k] for k in sorted(found)]

    def resolve(
        self, index: int, sentence: Sentence, piece: Piece, quotes: list[tuple[int, int]], pieces: tuple[Piece, ...]
    ) -> Mention | None:  # fmt: skip
        """Return the mention a piece makes, None where nothing it could refer to is at hand."""
        match piece.ref:
            case "person":
                actors, score = self.person(piece)
            case "bare" | "counterpart":
                actors, score = self.bare(index, sentence, piece)
            case "nickname":
                actors, score = self.nickname(piece)
            case "group":
                actors, score = self.group(index, piece, sentence)
            case "country":
                actors, score = self.country(index, sentence, piece)
            case "pronoun":
                actors, score = self.pronoun(index, sentence, piece, quotes)
            case _:
                actors, score = self.plain(piece), piece.score
        if not actors:
            return None
        span = Span(index, piece.start, piece.end, piece.head)
        person = piece.person or (piece.ref == "pronoun" and piece.key in _MASCULINE | _FEMININE)
        if (
            piece.ref == "person"
            and piece.role
            and piece.role.kind != "person"
            and piece.key
            and not piece.person
        ):
            person = False
        if piece.ref == "group":
            person = all(a.name for a in actors)
        return Mention(span, actors, piece.how, round(score, 3), piece.why, person, piece.place)

    # --- names ------------------------------------------------------------------------------------------

    def plain(self, piece: Piece) -> tuple[Actor, ...]:
        """Return the actors of a piece that says all by itself."""
        if piece.members:
            office = piece.role.office if piece.role else ""
            return tuple(self.office_holder(code, office, piece.sector) for code in piece.members)
        role = self.role_of(piece.code, piece) if piece.role and piece.role.kind == "person" else None
        name = piece.name if piece.how in ("name", "capital") else None
        if piece.role and piece.role.kind in ("body", "unit") and piece.how in ("role", "adjective"):
            name = None
        return (_actor(piece.code, name=name, role=role, sector=piece.sector, org=piece.org),)

    def role_of(self, code: str | None, piece: Piece) -> str | None:
        """Return a role as printed from the words: «Russian Deputy Foreign Minister»."""
        words = " ".join(piece.role_words.split())
        if not words:
            return None
        whose = piece.org or (adjective_of(code or "") or code or "")
        front = "former " if piece.former else ""
        return f"{front}{whose} {words}".strip()

    def person(self, piece: Piece) -> tuple[tuple[Actor, ...], float]:
        """Return who a name means: somebody the report has named, a statesman of the tables, or a stranger."""
        key = tuple(piece.key.split())
        is_body = bool(piece.role and piece.role.kind in ("body", "unit") and not piece.person)
        known = self.named_before(key, piece.code)
        if known:
            actor, score = known.actor, 0.95
            if piece.code and not actor.code:
                actor = replace(actor, code=piece.code, sector=piece.sector, cow=cow_of(piece.code))
                known.actor = actor
            if piece.role and piece.person and not actor.role:
                actor = known.actor = replace(actor, role=self.role_of(actor.code, piece))
        else:
            chosen = self.choose(key, piece)
            if chosen is None and is_body:
                return (), 0.0
            actor, score = self.introduce(key, piece, chosen)
        if is_body and piece.role:
            return (_actor(actor.code, sector=piece.role.sector),) if actor.code else (), 0.85
        return (actor,), score

    def named_before(self, key: tuple[str, ...], code: str | None) -> _Known | None:
        """Return the person named before who is meant now: the same name, or its short form."""
        short = " ".join(key)
        for known in reversed(self.people):
            if code and known.actor.code and known.actor.code != code:
                continue
            if known.key == key or short in known.shorts:
                return known
            if len(key) > 1 and len(known.key) > 1 and key[-1] == known.key[-1] and key[0] == known.key[0]:
                return known
        return None

    def choose(self, key: tuple[str, ...], piece: Piece) -> Candidate | None:
        """Return the statesman of the tables a name means on the report's day, None for a stranger."""
        words = " ".join(key)
        found = [c for c in who(words, self.on) if not piece.code or self.fits(c, piece)]
        if piece.role and piece.person:
            kinds = _OFFICES.get(piece.role.office, ())
            fitting = [c for c in found if c.kind in kinds]
            found = fitting or (
                [] if len(key) == 1 and words in common_surnames() and not piece.code else found
            )
        if not found and len(key) > 1 and not piece.code:
            return self.by_last_name(key)
        if not found:
            return None
        if len(key) > 1:
            best = found[0]
            return best if best.score >= _FULL_NAME else None
        return self.by_short_name(words, found, piece)

    def fits(self, candidate: Candidate, piece: Piece) -> bool:
        if candidate.code != piece.code:
            return piece.code == "SUN" and candidate.code == "RUS"
        return not piece.org or not candidate.org or piece.org == candidate.org

    def by_last_name(self, key: tuple[str, ...]) -> Candidate | None:
        """Return a statesman the tables know by surname alone («Enrico Letta» as «Letta»)."""
        short = key[-1]
        if short in common_surnames():
            return None
        found = [
            c
            for c in who(short, self.on)
            if " " not in c.name and c.code in self.codes and c.score > _SURE_SURNAME
        ]
        return found[0] if found else None

    def by_short_name(self, words: str, found: list[Candidate], piece: Piece) -> Candidate | None:
        """Return whom a surname means at first mention: in office about then, and no everyday word."""
        fitting = [c for c in found if c.score >= _SURE_SURNAME or (piece.titled and c.score >= _FULL_NAME)]
        why = common_surnames().get(words)
        if why and not (piece.seen and "everyday" in why) and not piece.titled and not piece.code:
            fitting = [
                c for c in fitting if c.code in self.codes and c.kind in ("hos", "leader") and c.score > 0.6
            ]
        here = [c for c in fitting if c.code in self.codes]
        if here and fitting and here[0].score >= fitting[0].score - 0.2:
            return here[0]
        return fitting[0] if fitting else None

    def introduce(self, key: tuple[str, ...], piece: Piece, chosen: Candidate | None) -> tuple[Actor, float]:
        """Return the actor for a name met first, and remember him."""
        gender = piece.role.gender if piece.role else ""
        kind = piece.role.office if piece.role else ""
        if chosen:
            role = self.office_words(chosen, piece)
            actor = _actor(chosen.code, name=chosen.name, role=role, sector=chosen.sector, org=chosen.org)
            gender, kind, score = chosen.gender or gender, chosen.kind, max(chosen.score, 0.5)
            if piece.code == "SUN":
                actor = replace(actor, code="SUN", cow=cow_of("SUN"))
            shorts = {*surnames(chosen.name, chosen.code), *surnames(" ".join(key), chosen.code)}
        elif piece.code:
            actor = _actor(
                piece.code,
                name=piece.name,
                role=self.role_of(piece.code, piece),
                sector=piece.sector,
                org=piece.org,
            )
            score, shorts = 0.9, _tails(key, piece.code)
        else:
            actor = unresolved(piece.name or " ".join(key), " ".join(piece.role_words.split()) or None)
            score, shorts = 0.4, _tails(key, None)
        self.people.append(_Known(key, actor, gender, kind, frozenset(shorts)))
        return actor, score

    def office_words(self, chosen: Candidate, piece: Piece) -> str | None:
        """Return the role to print: the table's if held on the day, the text's own words if it gives some."""
        held = self.on is None or chosen.holds(self.on)
        kinds = _OFFICES.get(piece.role.office, ()) if piece.role else ()
        if held and (not piece.role or chosen.kind in kinds):
            return chosen.role
        if piece.role:
            return self.role_of(chosen.code, piece)
        after = bool(chosen.last and self.on and chosen.last < self.on)
        return f"former {chosen.role}" if after else None

    # --- roles ------------------------------------------------------------------------------------------

    def office_holder(self, code: str, office: str, sector: str) -> Actor:
        """Return the holder of an office on the day by name, else the bare state."""
        for kind in ("leader",) if office == "leader" else _OFFICES.get(office, ())[:1]:
            named = self.latest_named(code, kind)
            if named:
                return named.actor
            if self.on and kind in ("hos", "hog", "leader", "fm", "dm"):
                found = holder(code, kind, self.on)
                if found:
                    return _actor(code, name=found.name, role=found.role, sector=found.sector, org=found.org)
        return _actor(code, sector=sector)

    def latest_named(self, code: str | None, office: str) -> _Known | None:
        """Return the person of a state named last who holds such an office."""
        kinds = set(_OFFICES.get(office, (office,)))
        kinds |= {"hos", "hog", "leader"} if office == "leader" else set()
        return next(
            (p for p in reversed(self.people) if p.actor.code == code and p.kind in kinds | {office}), None
        )

    def bare(self, index: int, sentence: Sentence, piece: Piece) -> tuple[tuple[Actor, ...], float]:
        """Return whom a role without a name means: «the Chinese president», «the ambassador», «his government»."""
        role = piece.role
        if role is None:
            return (), 0.0
        if piece.code:
            return self.bare_of_state(index, sentence, piece)
        owner = self.owner(index, sentence, piece)
        if owner and owner.code:
            if piece.person and role.office in ("fm", "dm", "vice"):
                return (self.office_holder(owner.code, role.office, role.sector),), 0.6
            if role.office == "counterpart":
                return (), 0.0
            return (
                _actor(
                    owner.code,
                    role=self.role_of(owner.code, piece) if piece.person else None,
                    sector=role.sector,
                ),
            ), 0.65
        if piece.possessor is not None or role.office == "counterpart":
            return (), 0.0
        same = self.same_role(index, piece)
        if same:
            return same.actors, 0.75
        if role.office == "chief":
            return self.chief_of_body(role.words)
        if piece.person and role.office in ("hos", "hog", "leader"):
            return self.head_near(index, piece) or self.head_of_topic(role.office)
        if role.words in _GENERAL_BODIES:
            code = self.topic(index, within=2)
            return ((_actor(code, sector=role.sector),), 0.45) if code else ((), 0.0)
        return (), 0.0

    def chief_of_body(self, words: str) -> tuple[tuple[Actor, ...], float]:
        """Return the head of the body named last: «the Secretary-General» after «the UN»."""
        if words not in ("secretary general", "secretary-general", "director general", "director-general"):
            return (), 0.0
        last = next((s for s in reversed(self.said) if s.body and s.body.kind in ("body", "organ")), None)
        if last and last.codes:
            found = holder(last.codes[0], "chief", self.on) if self.on and last.codes[0] in ("UNO", "NATO") else None
            actor = last.actors[0]
            named = _actor(actor.code, name=found.name, role=found.role, org=found.org) if found else actor
            return (named,), 0.7
        if "general" in words and words.startswith("secretary") and "UNO" in self.codes:
            return (_actor("UNO"),), 0.5
        return (), 0.0

    def counterpart(self, index: int, piece: Piece, owner: Actor) -> tuple[tuple[Actor, ...], float]:
        """Return the colleague of the other state near: «Xi called on Tokyo … his counterpart»."""
        codes = [c for c in self.recent_codes(index, piece.start, 2) if c != owner.code]
        kind = next((p.kind for p in reversed(self.people) if p.actor.name == owner.name), "")
        if not codes:
            return (), 0.0
        return (self.office_holder(codes[0], kind, "GOV"),), 0.5

    def bare_of_state(self, index: int, sentence: Sentence, piece: Piece) -> tuple[tuple[Actor, ...], float]:
        role = piece.role
        assert role is not None
        plain = _actor(piece.code, role=self.role_of(piece.code, piece), sector=piece.sector, org=piece.org)
        if piece.former or self.is_indefinite(sentence, piece):
            return (plain,), 0.9
        office = role.office
        if office == "counterpart":
            latest = next((p for p in reversed(self.people) if p.actor.code != piece.code and p.kind), None)
            office = latest.kind if latest else ""
        named = (
            self.latest_named(piece.code, office)
            if office in (*HEADS, "fm", "dm", "chief")
            else self.with_words(piece)
        )
        if named:
            return (named.actor,), 0.9
        if office in (*HEADS, "fm", "dm", "chief") and self.on and not piece.org:
            found = holder(piece.code or "", office, self.on) or (
                holder(piece.code or "", "leader", self.on) if office == "hos" else None
            )
            if found:
                return (
                    _actor(found.code, name=found.name, role=found.role, sector=found.sector, org=found.org),
                ), 0.85
        return (plain,), 0.9

    def with_words(self, piece: Piece) -> _Known | None:
        """Return the person of the same state whose role ends in the same word: «the Russian envoy»."""
        last = piece.role_words.lower().split()[-1:] if piece.role else []
        return next(
            (p for p in reversed(self.people)
             if p.actor.code == piece.code and p.actor.role and p.actor.role.lower().split(",")[0].split(" to ")[0].split()[-1:] == last),
            None,
        )  # fmt: skip

    def is_indefinite(self, sentence: Sentence, piece: Piece) -> bool:
        before = sentence.tokens[piece.start - 1].text.lower() if piece.start else ""
        return before in ("a", "an", "another", "any", "every", "no", "one", "first", "next", "future")

    def same_role(self, index: int, piece: Piece) -> _Said | None:
        """Return what was last called by the same role: «the spokesman» after «a Kremlin spokesman»."""
        role = piece.role
        assert role is not None
        last = piece.role_words.lower().split()[-1]
        for said in reversed(self.said):
            if index - said.sentence > 12 or said.pronoun or not said.codes:
                continue
            words = said.role_words.lower().replace("-", " ").split()
            if {"vice", "deputy"} & set(words) and not {"vice", "deputy"} & set(piece.role_words.lower().split()):
                continue
            if words and words[-1] == last and said.person == piece.person:
                return said
            if (
                piece.person
                and said.person
                and role.office in HEADS
                and said.office in _OFFICES.get(role.office, ())
            ):
                return said
            if piece.person and said.person and len(said.actors) == 1 and last in _role_nouns(said.actors[0]) and "ice " not in (said.actors[0].role or ""):
                return said
        return None

    def head_near(self, index: int, piece: Piece) -> tuple[tuple[Actor, ...], float] | None:
        """Return the head of a state named just before who bears the very title: «the chancellor» after «Berlin»."""
        office = piece.role.office if piece.role else ""
        if not self.on or office == "leader":
            return None
        seen: list[str] = []
        for said in reversed(self.before(index, piece.start, reach=2)):
            seen += [c for c in said.codes if c in states() and c not in seen]
        for code in seen:
            found = holder(code, office, self.on)
            if found and piece.role_words.lower() in found.title.lower():
                return (self.office_holder(code, office, "GOV"),), 0.5
        return None

    def head_of_topic(self, office: str) -> tuple[tuple[Actor, ...], float]:
        """Return the head of the one state a report is about: «the president» in a report on Chile."""
        home = self.home()
        if home:
            actor = self.office_holder(home, office, "GOV")
            return ((actor,), 0.4) if actor.name else ((), 0.0)
        total = sum(self.codes.values())
        top = self.codes.most_common(1)
        if not top or top[0][1] < 0.6 * total:
            return (), 0.0
        actor = self.office_holder(top[0][0], office, "GOV")
        return ((actor,), 0.45) if actor.name else ((), 0.0)

    def home(self) -> str | None:
        """Return the state of the outlet or office the report comes from, where we know it."""
        name = self.reading.report.outlet
        paper = outlet(name) if name else None
        return (paper.code if paper else code_of(name) if name else None) or None

    def owner(self, index: int, sentence: Sentence, piece: Piece) -> Actor | None:
        """Return whose «his government» is, by the pronoun it starts with."""
        if piece.possessor is None:
            return None
        word = sentence.tokens[piece.possessor].text.lower()
        quick = Piece(
            piece.possessor, piece.possessor + 1, piece.possessor, "pronoun", key=word, ref="pronoun"
        )
        actors, _ = self.pronoun(index, sentence, quick, [])
        return actors[0] if len(actors) == 1 else None

    def nickname(self, piece: Piece) -> tuple[tuple[Actor, ...], float]:
        """Return the body a nickname means, if the report has named it: «the bloc» after «the EU»."""
        key = piece.key.lower()
        for said in reversed(self.said):
            if said.body and key in {n.lower().replace("-", " ") for n in said.body.nicknames}:
                return said.actors, 0.8
        return (), 0.0

    # --- references -------------------------------------------------------------------------------------

    def group(self, index: int, piece: Piece, sentence: Sentence) -> tuple[tuple[Actor, ...], float]:
        """Return the two (or three) that «both countries», «the two leaders» mean."""
        if piece.name == "all":
            return self.those(index, piece), 0.55
        number = int(piece.name) if piece.name and piece.name.isdigit() else 2
        if piece.key in ("person", "any"):
            people = self.recent_people(index, piece, number)
            if people:
                return people, piece.score
            if piece.key == "any":
                return (), 0.0
        codes = self.recent_codes(index, piece.start, number)
        if piece.key == "ours" and self.speaker and self.speaker.code:
            others = [c for c in codes if c != self.speaker.code] or [
                c for c, _ in self.codes.most_common() if c != self.speaker.code
            ]
            codes = (self.speaker.code, *others[: number - 1])
        if len(codes) < number:
            return (), 0.0
        if piece.key == "person" and piece.org == "leader":
            return tuple(self.office_holder(c, "leader", piece.sector) for c in codes), piece.score * 0.9
        office = piece.role.office if piece.role else ""
        return tuple(
            self.office_holder(
                c,
                office if office == "fm" and piece.role and piece.role.kind == "person" else "",
                piece.sector,
            )
            for c in codes
        ), piece.score

    def those(self, index: int, piece: Piece) -> tuple[Actor, ...]:
        """Return all states of the last sentence that names several: «those countries»."""
        for gap in (0, 1):
            here = [s for s in self.before(index, piece.start, reach=1) if s.sentence == index - gap]
            codes = list(dict.fromkeys(c for s in here for c in s.codes if c in states()))
            if len(codes) >= 2:
                return tuple(_actor(c, sector=piece.sector) for c in codes)
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

    def before(self, index: int, token: int, *, reach: int) -> list[_Said]:
        return [
            s
            for s in self.said
            if index - reach <= s.sentence < index or (s.sentence == index and s.token < token)
        ]

    def recent_codes(self, index: int, token: int, number: int) -> tuple[str, ...]:
        """Return the states most present just before, by nearness and by how often the report names them."""
        total = sum(self.codes.values()) or 1
        weight: Counter[str] = Counter()
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
        for code in weight:
            weight[code] += 1.5 * self.codes[code] / total
        top = [c for c, _ in weight.most_common(number)]
        return tuple(sorted(top, key=order.index))

    def topic(self, index: int, *, within: int) -> str | None:
        """Return the state most present in the last sentences."""
        codes = self.recent_codes(index, 10**6, 1)
        near = {c for s in self.said if index - s.sentence <= within for c in s.codes}
        return codes[0] if codes and codes[0] in near else None

    def country(self, index: int, sentence: Sentence, piece: Piece) -> tuple[tuple[Actor, ...], float]:
        """Return which state «the country», «the isolated state», «the North» is."""
        if piece.code:
            return ((_actor(piece.code),), piece.score) if {"PRK", "KOR"} & set(self.codes) else ((), 0.0)
        if piece.possessor is not None:
            owner = self.owner(index, sentence, piece)
            return ((_actor(owner.code),), 0.6) if owner and owner.code else ((), 0.0)
        if piece.key in ("state", "island", "federation", "emirate") and piece.end - piece.start < 3:
            return (), 0.0
        best, top = None, 0.0
        for said in self.before(index, piece.start, reach=2):
            codes = [c for c in said.codes if c in states()]
            if len(codes) != 1:
                continue
            worth = (
                1.0 / (1 + index - said.sentence)
                + 0.4 * said.subject
                - 0.3 * said.place
                + 0.2 * self.codes[codes[0]] / max(1, sum(self.codes.values()))
            )
            if worth >= top:
                best, top = codes[0], worth
        return ((_actor(best),), piece.score) if best else ((), 0.0)

    def pronoun(
        self, index: int, sentence: Sentence, piece: Piece, quotes: list[tuple[int, int]]
    ) -> tuple[tuple[Actor, ...], float]:  # fmt: skip
        """Return whom a pronoun means; () where nobody fits."""
        word = piece.key
        at = sentence.tokens[piece.start].start - sentence.start
        inside = any(a <= at < b for a, b in quotes)
        if word in _FIRST:
            return self.first_person(index, sentence, word) if inside else ((), 0.0)
        if word in _MASCULINE | _FEMININE:
            return self.he(index, sentence, piece, inside=inside)
        if word in _PLURAL:
            return self.they(index, sentence, piece)
        return self.it(index, sentence, piece)

    def he(
        self, index: int, sentence: Sentence, piece: Piece, *, inside: bool
    ) -> tuple[tuple[Actor, ...], float]:
        gender = "m" if piece.key in _MASCULINE else "f"
        fronted = self.fronted(index, sentence, piece, gender)
        if fronted:
            return fronted.actors, 0.75
        best, top = None, -9.0
        for said in self.before(index, piece.start, reach=_REACH):
            if not said.person or len(said.actors) != 1 or (said.gender and said.gender != gender):
                continue
            gap = index - said.sentence
            if gap == 0 and piece.key in ("him", "her") and self.is_beside(sentence, said.token, piece.start):
                continue
            worth = (
                -1.0 * gap
                + 0.6 * said.subject
                + 0.15 * (said.gender == gender)
                - (0.3 if said.pronoun and gap else 0.0)
            )
            if gap == 0 and not said.subject:
                worth -= 0.5
            if not said.actors[0].code:
                worth -= 0.3
            if worth >= top:
                best, top = said, worth
        return (best.actors, 0.75 if top > -1 else 0.6) if best else ((), 0.0)

    def is_beside(self, sentence: Sentence, other: int, pronoun: int) -> bool:
        """Whether a pronoun is object to the verb whose subject the other is: «Merkel welcomed him»."""
        tokens = sentence.tokens
        return tokens[pronoun].deprel in ("obj", "iobj", "obl") and tokens[other].head == tokens[pronoun].head

    def fronted(self, index: int, sentence: Sentence, piece: Piece, gender: str) -> _Said | None:
        """Return the subject a fronted «his» waits for: «Ahead of his visit, Xi gave an interview»."""
        if piece.key not in ("his", "her"):
            return None
        root = sentence.root()
        return next(
            (s for s in self.said if s.sentence == index and s.person and s.subject and s.token > piece.start and not s.pronoun
             and sentence.tokens[s.token].head == root and len(s.actors) == 1 and (not s.gender or s.gender == gender)),
            None,
        ) if piece.start < root else None  # fmt: skip

    def they(self, index: int, sentence: Sentence, piece: Piece) -> tuple[tuple[Actor, ...], float]:
        """Return the several that «they» mean: a group, two joined by «and», or officials."""
        if piece.key in ("their", "them") and self.subject_pair(index, piece.start):
            return self.subject_pair(index, piece.start), 0.65
        for gap in (0, 1, 2):
            here = [s for s in self.said if s.sentence == index - gap and (gap or s.token < piece.start)]
            plural = [s for s in here if s.plural or len(s.actors) > 1]
            subject = [s for s in plural if s.subject]
            pair = self.subject_pair(index - gap, piece.start if gap == 0 else 10**6)
            if subject and not pair:
                return subject[-1].actors, 0.65
            if pair:
                return pair, 0.7
            if plural:
                return plural[-1].actors, 0.55
            people = {
                s.actors[0].name: s.actors[0]
                for s in here
                if s.person and len(s.actors) == 1 and s.actors[0].name
            }
            if len(people) == 2 and gap:
                return tuple(people.values()), 0.5
        return (), 0.0

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
                joined = [
                    s
                    for s in here
                    if s is not first
                    and tokens[s.token].head == first.token
                    and tokens[s.token].deprel == "conj"
                ]
                if joined:
                    return (first.actors[0], *(s.actors[0] for s in joined))
        return ()

    def it(self, index: int, sentence: Sentence, piece: Piece) -> tuple[tuple[Actor, ...], float]:
        """Return the state or body «it» means: the subject before, else nobody."""
        token = sentence.tokens[piece.start]
        if token.deprel.startswith("expl") or (token.deprel in ("obj", "obl") and piece.key == "it"):
            return (), 0.0
        for gap in (0, 1):
            here = [s for s in self.said if s.sentence == index - gap and (gap or s.token < piece.start)]
            fit = [
                s
                for s in here
                if s.subject
                and not s.person
                and not s.place
                and len(s.actors) == 1
                and not s.plural
                and s.codes
            ]
            if fit:
                return fit[-1].actors, 0.6 if piece.key != "it" else 0.55
            if any(s.subject for s in here) and piece.key != "its":
                return (), 0.0
        return (), 0.0

    # --- speech -----------------------------------------------------------------------------------------

    def quoted(self, sentence: Sentence) -> list[tuple[int, int]]:
        """Return the stretches of a sentence inside quotation marks, those left open before it too."""
        spans, start = [], 0 if self.quote_open else None
        for found in re.finditer(r"[“”\"«»„]", sentence.text):
            mark = found.group()
            if start is None and mark in '“"«„':
                start = found.start()
            elif start is not None and mark in '”"»':
                spans.append((start, found.end()))
                start = None
        if start is not None:
            spans.append((start, len(sentence.text)))
        self.quote_open = start is not None
        return spans

    def hear(
        self,
        sentence: Sentence,
        pieces: tuple[Piece, ...],
        found: dict[int, Mention],
        quotes: list[tuple[int, int]],
    ) -> None:
        """Remember who speaks in this sentence, for «we» and «our» in a quotation."""
        for k, mention in found.items():
            token = sentence.tokens[mention.span.head]
            at = token.start - sentence.start
            verb = sentence.tokens[token.head] if token.head >= 0 else None
            if (
                verb
                and token.deprel.startswith("nsubj")
                and verb.lemma.lower() in _SPEECH
                and not any(a <= at < b for a, b in quotes)
            ):
                if len(mention.actors) == 1 and pieces[k].key not in ("it", "its"):
                    self.speaker = mention.actors[0]

    def first_person(self, index: int, sentence: Sentence, word: str) -> tuple[tuple[Actor, ...], float]:
        """Return the state (or person, for «I») that speaks in this sentence's quotation."""
        speaker = self.speaker_of(index, sentence) or self.speaker
        if speaker is None or speaker.code is None:
            return (), 0.0
        if word in ("i", "my", "me", "myself"):
            return ((speaker,), 0.7) if any(p.actor == speaker for p in self.people) or speaker.role else ((), 0.0)
        return (_actor(speaker.code, sector=speaker.sector, org=speaker.org),), 0.6

    def speaker_of(self, index: int, sentence: Sentence) -> Actor | None:
        for said in self.said:
            token = sentence.tokens[said.token] if said.sentence == index else None
            if (
                token
                and said.subject
                and token.head >= 0
                and sentence.tokens[token.head].lemma.lower() in _SPEECH
                and len(said.actors) == 1
            ):
                return said.actors[0]
        return None

    # --- memory -----------------------------------------------------------------------------------------

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
            gender = gender or _title_gender(sentence, piece) or (piece.role.gender if piece.role else "")
        office = piece.role.office if piece.role else ""
        if piece.ref == "person" and self.people:
            office = office or next(
                (p.kind for p in reversed(self.people) if p.actor is mention.actors[0]), ""
            )
        self.said.append(_Said(
            index, mention.span.head, mention.actors, subject, mention.person, mention.place, gender, piece.role_words, office,
            piece.body, piece.ref == "pronoun",
            bool(piece.role and (piece.role.plural or piece.role.kind == "people")) or len(mention.actors) > 1,
        ))  # fmt: skip
        self.said.sort(key=lambda s: (s.sentence, s.token))


def _actor(
    code: str | None, *, name: str | None = None, role: str | None = None, sector: str | None = "GOV", org: str | None = None
) -> Actor:  # fmt: skip
    if code in ("UNO", "EUR", "NATO", "AFU", "IGO") and sector == "GOV":
        sector = "IGO"
    return Actor(code, name, role, sector, org, cow_of(code))


def _tails(key: tuple[str, ...], code: str | None) -> set[str]:
    """Return the short forms of a name the tables do not know: its last words, or the first where families lead."""
    known = set(surnames(" ".join(key), code or ""))
    if code is None and len(key) > 1:
        known.add(key[-1])
    return {k for k in known if len(k) > 1}


def _role_nouns(actor: Actor) -> Iterator[str]:
    """Yield the nouns of a printed role: «President of China» -> president."""
    if actor.role:
        head = re.split(r" of | to |,", actor.role)[0]
        yield from (w.lower() for w in head.split()[-1:])


def _title_gender(sentence: Sentence, piece: Piece) -> str:
    words = {t.text.rstrip(".").lower() for t in sentence.tokens[max(0, piece.start - 2) : piece.end]}
    if words & {"mr", "sir", "lord", "king", "prince", "chairman", "spokesman"}:
        return "m"
    return (
        "f" if words & {"mrs", "ms", "miss", "lady", "queen", "princess", "spokeswoman", "chairwoman"} else ""
    )


def rules(candidate: Candidate) -> bool:
    """Whether a candidate is who a paper means by a bare common surname: the one who governs."""
    return candidate.kind in ("hos", "leader") or (candidate.kind == "hog" and candidate.code in PRIME_MINISTER_FIRST)


@cache
def gender_of(name: str | None) -> str:
    """Return «m» or «f» for a person of the tables, "" where they do not say."""
    return next((c.gender for c in by_full_name().get(fold(name or ""), []) if c.gender), "")


def codes_of(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """Return the codes mentions name, each once, in order."""
    return tuple(dict.fromkeys(a.code for m in mentions for a in m.actors if a.code))
