"""Who is meant: a reading in, the same reading with every mention of an actor out.

`coding.who.naming` says what words mean by themselves; here the report is asked for the rest: who held
the office on the day, whose «ambassador» it is, which two are «both countries», who «he» is. What stays
unclear stays an actor without code, or no mention at all.
"""

from __future__ import annotations

import re
from dataclasses import replace

from detente.coding.reading import Mention, Reading
from detente.coding.who.memory import make_actor
from detente.coding.who.naming import find_pieces
from detente.coding.who.offices import Offices
from detente.coding.who.scan import Hints, Piece
from detente.knowledge.names import split_words
from detente.knowledge.organisations import outlet
from detente.knowledge.people import HEADS
from detente.knowledge.roles import cue
from detente.knowledge.states import at_the_time, code_of, shared_seats, states
from detente.language.analysis import Sentence, Span
from detente.records import Actor

_DATELINE = re.compile(r"[A-Z][A-Z'’ ./-]{2,40}(?:[,(/][^—–]{0,60})?\s*(?:[—–]|\s-\s|$)")
_SPEAKS_FOR = re.compile(r"\b(?:on behalf of|my country,|my delegation,|the delegation of)\s", re.IGNORECASE)


def find_mentions(reading: Reading) -> Reading:
    """Return the reading with `.mentions`: every phrase that means a state, its organs, its people or a body.

    «Russian Deputy Foreign Minister Sergei Ryabkov» is one mention (RUS, name and role); «both countries»
    is one mention of two actors; «in Moscow» is a mention with `place=True`. Mentions stand in text order.
    """
    report = _Report(reading, reading.report.published, home=home_of(reading), official=is_official(reading))
    found: list[Mention] = []
    hints = Hints(_words_of(reading))
    for index, sentence in enumerate(reading.analysis.sentences):
        found += report.read(index, sentence, find_pieces(sentence, hints))
    return replace(reading, mentions=tuple(found))


def _words_of(reading: Reading) -> frozenset[str]:
    return frozenset(k for s in reading.analysis.sentences for k in split_words(s.text).keys)


class _Report(Offices):
    """One report read sentence by sentence."""

    __slots__ = ()

    def read(self, index: int, sentence: Sentence, pieces: tuple[Piece, ...]) -> list[Mention]:
        """Return the mentions of one sentence: names first, then what refers to them."""
        quotes = self.quotes = self.quoted(sentence)
        self.see_dateline(index, sentence, pieces)
        found: dict[int, Mention] = {}
        self.codes.update(p.code for p in pieces if p.code and p.ref != "country" and not is_shared(p))
        for stage in (0, 1, 2):
            for k, piece in enumerate(pieces):
                if stage_of(sentence, piece) == stage:
                    mention = self.resolve(index, sentence, piece, quotes, pieces)
                    if mention:
                        found[k] = mention
                        self.note(index, sentence, piece, mention)
        self.hear(sentence, pieces, found, quotes)
        return [found[k] for k in sorted(found)]

    def see_dateline(self, index: int, sentence: Sentence, pieces: tuple[Piece, ...]) -> None:
        """Remember the state of «OSLO, 2 May (Agency) —»; a second dateline opens a story of its own."""
        found = _DATELINE.match(sentence.text)
        if not found or sentence.field != "text":
            return
        codes = [p.code for p in pieces if p.code in states() and at(sentence, p) < found.end()]
        if self.opened:
            self.since = index
        self.opened = True
        self.dateline = codes[0] if len(set(codes)) == 1 else None

    def resolve(
        self,
        index: int,
        sentence: Sentence,
        piece: Piece,
        quotes: list[tuple[int, int]],
        pieces: tuple[Piece, ...],
    ) -> Mention | None:
        """Return the mention a piece makes, None where nothing it could refer to is at hand."""
        piece = self.as_stranger(sentence, piece)
        match piece.ref:
            case "person":
                actors, score = self.person(index, sentence, piece)
            case "bare" | "counterpart":
                actors, score = self.bare(index, sentence, piece)
            case "nickname":
                actors, score = self.nickname(index, piece)
            case "group":
                actors, score = self.group(index, piece, sentence)
            case "country":
                actors, score = self.country(index, sentence, piece)
            case "pronoun":
                actors, score = self.pronoun(index, sentence, piece, quotes)
            case _:
                actors, score = self.plain(self.placed(index, piece)), piece.score
        if not actors:
            return None
        span = Span(index, piece.start, piece.end, piece.head)
        person = piece.person or (piece.ref == "pronoun" and piece.key in cue("masculine") | cue("feminine"))
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

    def as_stranger(self, sentence: Sentence, piece: Piece) -> Piece:
        """Return a place name as the man the report has named so: «Amman» after «Sudesh Amman»."""
        word = sentence.tokens[piece.start].text
        alone = piece.end - piece.start == 1 and not piece.ref and not piece.role and not piece.place
        if not alone or piece.how not in ("name", "capital"):
            return piece
        bearer = any(len(p.key) > 1 and p.key[-1] == word and p.actor.code != piece.code for p in self.people)
        return replace(piece, code=None, name=word, key=word, ref="person", person=True) if bearer else piece

    def placed(self, index: int, piece: Piece) -> Piece:
        """Return a piece with its state of the day: «Moscow» in 1985, «Congress» in a report on Peru."""
        if piece.how == "capital" and piece.code:
            return replace(piece, code=at_the_time(piece.code, self.on))
        if not is_shared(piece) or piece.code in self.codes or not self.codes:
            return piece
        code = self.topic(index, within=2) or self.codes.most_common(1)[0][0]
        return replace(piece, code=code, score=0.6) if code in shared_codes(piece) else piece

    def plain(self, piece: Piece) -> tuple[Actor, ...]:
        """Return the actors of a piece that says all by itself."""
        if piece.members:
            office = piece.role.office if piece.role else ""
            office = office if office in (*HEADS, "fm", "dm") else ""
            return tuple(self.office_holder(code, office, piece.sector) for code in piece.members)
        role = self.role_of(piece.code, piece) if piece.role and piece.role.kind == "person" else None
        name = piece.name if piece.how in ("name", "capital") else None
        if piece.role and piece.role.kind in ("body", "unit") and piece.how in ("role", "adjective"):
            name = None
        return (make_actor(piece.code, name=name, role=role, sector=piece.sector, org=piece.org),)


def home_of(reading: Reading) -> str | None:
    """Return the state a report speaks for or comes from, by outlet, author or «on behalf of Fiji»."""
    report = reading.report
    for name in (report.author, report.outlet, report.title):
        code = code_of(name) if name and len(name) < 60 else None
        paper = outlet(name) if name and not code else None
        if code or paper:
            return code or (paper.code if paper else None)
    for sentence in reading.analysis.sentences[:8]:
        cued = _SPEAKS_FOR.search(sentence.text)
        if cued:
            after = [
                p for p in find_pieces(sentence) if p.code in states() and at(sentence, p) >= cued.end() - 1
            ]
            if after and at(sentence, after[0]) < cued.end() + 60:
                return after[0].code
    return None


def is_official(reading: Reading) -> bool:
    """Whether a state itself puts a report out: «The White House», not a paper from there."""
    report = reading.report
    return any(code_of(name) for name in (report.author, report.outlet) if name and len(name) < 60)


def stage_of(sentence: Sentence, piece: Piece) -> int:
    """Return when a piece is resolved: 0 names, 1 what points back, 2 «we» and «our», who need a speaker."""
    word = piece.key if piece.ref == "pronoun" else ""
    if piece.possessor is not None:
        word = sentence.tokens[piece.possessor].text.lower()
    if word in cue("first-person"):
        return 2
    return int(bool(word) or piece.ref in ("group", "country"))


def at(sentence: Sentence, piece: Piece) -> int:
    """Return where a piece starts, in characters from its sentence's start."""
    return sentence.tokens[piece.start].start - sentence.start


def is_shared(piece: Piece) -> bool:
    """Whether several states have a body of this name: «Congress», «the Labour Party»."""
    return bool(shared_codes(piece))


def shared_codes(piece: Piece) -> frozenset[str]:
    """Return the states that have a body of a piece's name, none where it is one state's alone."""
    if not piece.why.startswith(("seat", "role of")):
        return frozenset()
    words = piece.why.partition("«")[2].rstrip("»")
    return next((codes for name, codes in shared_seats().items() if words.endswith(name)), frozenset())
