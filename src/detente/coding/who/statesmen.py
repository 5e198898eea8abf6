"""Whom a name means: somebody the report has named, a statesman of the tables, or a stranger.

«May» is the prime minister only where a title, her state or the day says so; else she is a month.
"""

from __future__ import annotations

from dataclasses import replace

from detente.coding.reading import unresolved
from detente.coding.who.memory import OFFICES, Known, make_actor, short_forms
from detente.coding.who.referring import Meant, Referring
from detente.coding.who.scan import Piece
from detente.knowledge.gazetteer import common_surnames
from detente.knowledge.people import HEADS, PRIME_MINISTER_FIRST, Candidate, surnames, who
from detente.knowledge.roles import cue
from detente.knowledge.states import adjective_of, cow_of
from detente.language.analysis import Sentence
from detente.records import Actor

_SURE_SURNAME = 0.45  # score from which a bare surname is taken for the statesman: wikinews, 80 read
_UNDATED_SURNAME = 0.33  # … where the report has no date
_FULL_NAME = 0.25  # … and a full name


class Statesmen(Referring):
    """Resolves the names of people, and remembers whom they meant."""

    __slots__ = ()

    def role_of(self, code: str | None, piece: Piece) -> str | None:
        """Return a role as printed from the words: «Russian Deputy Foreign Minister»."""
        words = " ".join(piece.role_words.split())
        if not words:
            return None
        whose = piece.org or (adjective_of(code or "") or code or "")
        front = "former " if piece.former else ""
        return f"{front}{whose} {words}".strip()

    def person(self, index: int, sentence: Sentence, piece: Piece) -> Meant:
        """Return who a name means: somebody named before, a statesman of the tables, or a stranger."""
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
            stray = piece.surname_only and not piece.seen and not piece.titled and not piece.code
            if chosen is None and stray:
                return (), 0.0  # «Moon» in «to the Moon»: a word that is a surname too
            if chosen is None and is_body:
                return (), 0.0
            native = self.native_state(index, sentence, piece) if piece.native and not chosen else None
            actor, score = self.introduce(key, piece, chosen, native)
        if is_body and piece.role:
            return (make_actor(actor.code, sector=piece.role.sector),) if actor.code else (), 0.85
        return (actor,), score

    def native_state(self, index: int, sentence: Sentence, piece: Piece) -> str | None:
        """Return whose official «the spokesman of its trade ministry» is: «its», else the state at hand."""
        owner = self.owner(index, sentence, piece)
        return owner.code if owner and owner.code else self.state_at_hand(index, piece.start)

    def named_before(self, key: tuple[str, ...], code: str | None) -> Known | None:
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
            kinds = OFFICES.get(piece.role.office, ())
            fitting = [c for c in found if c.kind in kinds and c.score >= 0.6 * found[0].score]
            found = fitting or (
                [] if len(key) == 1 and words in common_surnames() and not piece.code else found
            )
        if not found and len(key) > 1 and not piece.code:
            return self.by_last_name(key)
        if not found:
            return None
        if self.on is None and self.official:
            found = sorted(found, key=lambda c: c.code != self.home)
        if piece.former and self.on:
            found = [c for c in found if c.last and c.last <= self.on] or found
        if len(key) > 1:
            best = found[0]
            sure = (
                best.notable
                or piece.code
                or (best.kind in HEADS and (piece.titled or best.code in cue("power")))
                or best.code in self.codes
                or self.on is None
                or best.holds(self.on)
            )
            return best if best.score >= _FULL_NAME and sure else None
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
        enough = _SURE_SURNAME if self.on else _UNDATED_SURNAME
        fitting = [c for c in found if c.score >= enough or (piece.titled and c.score >= _FULL_NAME)]
        if not piece.titled and not piece.code:
            fitting = [c for c in fitting if c.notable or self.is_named_bare(c)]
        why = common_surnames().get(words)
        if why and not piece.titled and not piece.code:
            seen = piece.seen and "everyday" in why
            fitting = [c for c in fitting if seen and c.notable and self.on and c.holds(self.on)] or [
                c for c in fitting if c.code in self.codes and c.score > 0.6 and rules(c)
            ]
        here = [c for c in fitting if c.code in self.codes]
        if here and fitting and here[0].score >= fitting[0].score - 0.2:
            return here[0]
        return fitting[0] if fitting else None

    def is_named_bare(self, candidate: Candidate) -> bool:
        """Whether a paper may name him by surname alone: a power's head, or one of a state at hand."""
        head = candidate.kind in HEADS
        holds = self.on is not None and candidate.kind == "fm" and candidate.holds(self.on)
        return ((head or holds) and candidate.code in cue("power")) or (
            candidate.code in self.codes and (head or candidate.kind == "fm")
        )

    def introduce(
        self, key: tuple[str, ...], piece: Piece, chosen: Candidate | None, native: str | None = None
    ) -> tuple[Actor, float]:
        """Return the actor for a name met first, and remember him."""
        gender = piece.role.gender if piece.role else ""
        kind = piece.role.office if piece.role else ""
        if chosen:
            role = self.office_words(chosen, piece)
            actor = make_actor(chosen.code, name=chosen.name, role=role, sector=chosen.sector, org=chosen.org)
            gender, kind, score = chosen.gender or gender, chosen.kind, max(chosen.score, 0.5)
            if piece.code == "SUN":
                actor = replace(actor, code="SUN", cow=cow_of("SUN"))
            shorts = {*surnames(chosen.name, chosen.code), *surnames(" ".join(key), chosen.code)}
            if chosen.code in cue("family-first-too") and len(key) == 3:
                shorts.add(key[0])  # «Lee» after «Lee Hsien Loong»
        elif piece.code:
            actor = make_actor(
                piece.code,
                name=piece.name,
                role=self.role_of(piece.code, piece),
                sector=piece.sector,
                org=piece.org,
            )
            score, shorts = 0.9, short_forms(key, piece.code)
        elif native:
            role = self.role_of(native, piece)
            actor = make_actor(native, name=piece.name, role=role, sector=piece.sector)
            score, shorts = 0.55, short_forms(key, native)
        else:
            actor = unresolved(piece.name or " ".join(key), " ".join(piece.role_words.split()) or None)
            score, shorts = 0.4, short_forms(key, None)
        self.people.append(Known(key, actor, gender, kind, frozenset(shorts)))
        return actor, score

    def office_words(self, chosen: Candidate, piece: Piece) -> str | None:
        """Return the role to print: the table's if held on the day, the text's own words if it gives some."""
        held = self.on is None or chosen.holds(self.on)
        kinds = OFFICES.get(piece.role.office, ()) if piece.role else ()
        if held and (not piece.role or chosen.kind in kinds):
            return chosen.role
        if piece.role:
            return self.role_of(chosen.code, piece)
        after = bool(chosen.last and self.on and chosen.last < self.on)
        return f"former {chosen.role}" if after else None


def rules(candidate: Candidate) -> bool:
    """Whether a candidate is who a paper means by a bare common surname: the one who governs."""
    return candidate.kind in ("hos", "leader") or (
        candidate.kind == "hog" and candidate.code in PRIME_MINISTER_FIRST
    )
