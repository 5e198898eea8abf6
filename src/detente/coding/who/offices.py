"""Whom an office without a name means: «the Chinese president», «the ambassador», «the ministry».

The office says which state's it is, or the report does: whoever bore the title last, or the state at hand.
"""

from __future__ import annotations

from detente.coding.who.memory import OFFICES, Known, Said, make_actor, role_nouns
from detente.coding.who.referring import Meant
from detente.coding.who.scan import Piece
from detente.coding.who.statesmen import Statesmen
from detente.knowledge.people import HEADS, holder
from detente.knowledge.roles import Role, cue
from detente.knowledge.states import states
from detente.language.analysis import Sentence
from detente.records import Actor


class Offices(Statesmen):
    """Resolves offices and bodies that are called by what they are."""

    __slots__ = ()

    def bare(self, index: int, sentence: Sentence, piece: Piece) -> Meant:
        """Return whom a role without a name means: «the Chinese president», «the ambassador»."""
        role = piece.role
        if role is None:
            return (), 0.0
        if piece.code:
            return self.bare_of_state(index, sentence, piece)
        owners = self.owners(index, sentence, piece)
        if len(owners) > 1 and role.plural:
            office = role.office if role.office in ("fm", "dm", "hos", "leader") else ""
            return tuple(self.office_holder(o.code, office, role.sector) for o in owners if o.code), 0.6
        owner = owners[0] if len(owners) == 1 else None
        if owner and owner.code:
            if role.office == "counterpart":
                return self.counterpart(index, piece, owner)
            if piece.person and role.office in ("fm", "dm", "vice"):
                return (self.office_holder(owner.code, role.office, role.sector),), 0.6
            return (
                make_actor(
                    owner.code,
                    role=self.role_of(owner.code, piece) if piece.person else None,
                    sector=role.sector,
                ),
            ), 0.65
        if piece.possessor is not None or role.office == "counterpart":
            return (), 0.0
        if self.official and self.home and self.is_own(sentence, piece):
            return (self.office_holder(self.home, role.office, role.sector),), 0.7
        if role.words in cue("pontiff"):
            return (self.office_holder("VAT", "hos", role.sector),), 0.7
        same = self.same_role(index, piece)
        if same:
            return same.actors, 0.75
        if role.office == "chief":
            return self.chief_of_body(role.words)
        if piece.person and role.office in ("hos", "hog", "leader"):
            return self.head_near(index, piece) or self.head_of_topic(role.office)
        if role.sector == "REB" and self.armed(index):
            return self.armed(index), 0.7
        if role.office == "protest" or role.sector == "REB":
            code = self.topic(index, within=2)
            return ((make_actor(code, sector=role.sector),), 0.4) if code else ((), 0.0)
        that = sentence.tokens[piece.start].text.lower() == "that" and self.is_organ(piece, role)
        if that or role.words in cue("others-body"):
            code = self.other_state(index, piece.start)
            return ((make_actor(code, sector=role.sector),), 0.5) if code else ((), 0.0)
        if role.sector == "OPP" or self.is_organ(piece, role):
            local = piece.role_words.lower() in cue("bare-organ")
            code = self.state_at_hand(index, piece.start, local=local)
            return ((make_actor(code, sector=role.sector),), 0.5) if code else ((), 0.0)
        return (), 0.0

    def is_own(self, sentence: Sentence, piece: Piece) -> bool:
        """Whether a state's own report means its own: «the President», «the administration»."""
        words = piece.role_words
        return words in cue("own-office") or words.lower() in cue("own-body")

    def other_state(self, index: int, token: int) -> str | None:
        """Return the state named last that is no subject at hand: whose «regime» others speak of."""
        acting = {c for s in self.said if s.sentence == index and s.subject for c in s.codes}
        for said in reversed(self.before(index, token, reach=2)):
            code = next((c for c in said.codes if c in states() and c not in acting), None)
            if code and len(said.codes) == 1:
                return code
        return self.state_at_hand(index, token)

    def is_organ(self, piece: Piece, role: Role) -> bool:
        """Whether every state has such a body, so that «the» one is the state at hand's."""
        if role.words in cue("general-body") or piece.role_words.lower() in cue("bare-organ"):
            return True
        return role.kind == "body" and role.words in cue("organ")

    def chief_of_body(self, words: str) -> Meant:
        """Return the head of the body named last: «the Secretary-General» after «the UN»."""
        if words not in ("secretary general", "secretary-general", "director general", "director-general"):
            return (), 0.0
        last = next((s for s in reversed(self.said) if s.body and s.body.kind in ("body", "organ")), None)
        near = last and (last.codes[:1] == ("UNO",) or "UNO" not in self.codes)
        if words.startswith("secretary") and not near:
            return (self.office_of_body("UNO", make_actor("UNO")),), 0.6
        return (
            ((self.office_of_body(last.codes[0], last.actors[0]),), 0.7) if last and last.codes else ((), 0.0)
        )

    def office_of_body(self, code: str, body: Actor) -> Actor:
        """Return the chief of the UN or NATO by name, of others the body itself."""
        found = holder(code, "chief", self.on) if self.on and code in ("UNO", "NATO") else None
        return make_actor(code, name=found.name, role=found.role, org=found.org) if found else body

    def counterpart(self, index: int, piece: Piece, owner: Actor) -> Meant:
        """Return the colleague of the other state near: «Xi called on Tokyo … his counterpart»."""
        codes = [c for c in self.recent_codes(index, piece.start, 2) if c != owner.code]
        kind = next((p.kind for p in reversed(self.people) if p.actor.name == owner.name), "")
        whose = self.reading.analysis.sentences[index].tokens[piece.possessor or 0].text.lower()
        if whose in cue("first-person") and piece.role and piece.role.words == "colleague":
            return (make_actor(owner.code),), 0.5  # «my colleague» sits beside the one who speaks
        if not codes or (piece.role and piece.role.plural):
            return (), 0.0
        return (self.office_holder(codes[0], kind, "GOV"),), 0.5

    def bare_of_state(self, index: int, sentence: Sentence, piece: Piece) -> Meant:
        role = piece.role
        assert role is not None
        plain = make_actor(
            piece.code, role=self.role_of(piece.code, piece), sector=piece.sector, org=piece.org
        )
        if piece.former or self.is_indefinite(sentence, piece):
            return (plain,), 0.9
        office = role.office
        if office == "counterpart":
            latest = next((p for p in reversed(self.people) if p.actor.code != piece.code and p.kind), None)
            office = latest.kind if latest else ""
        if piece.sector not in ("GOV", "MIL", "IGO"):
            return (plain,), 0.9
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
                    make_actor(
                        found.code, name=found.name, role=found.role, sector=found.sector, org=found.org
                    ),
                ), 0.85
        return (plain,), 0.9

    def with_words(self, piece: Piece) -> Known | None:
        """Return the person of the same state whose role ends in the same word: «the Russian envoy»."""
        last = piece.role_words.lower().split()[-1:] if piece.role else []
        return next(
            (
                p
                for p in reversed(self.people)
                if p.actor.code == piece.code
                and p.actor.role
                and p.actor.role.lower().split(",")[0].split(" to ")[0].split()[-1:] == last
            ),
            None,
        )

    def is_indefinite(self, sentence: Sentence, piece: Piece) -> bool:
        before = sentence.tokens[piece.start - 1].text.lower() if piece.start else ""
        if before == "the" and piece.start > 1:
            before = sentence.tokens[piece.start - 2].text.lower()
        if before in cue("appointing"):
            return True
        return before in cue("indefinite")

    def same_role(self, index: int, piece: Piece) -> Said | None:
        """Return what was last called by the same role: «the spokesman» after «a Kremlin spokesman»."""
        role = piece.role
        assert role is not None
        last = piece.role_words.lower().split()[-1]
        if piece.person and role.office in HEADS:
            titled = self.titled_so(index, last)
            if titled:
                return titled
        for said in reversed(self.said):
            if index - said.sentence > 12 or said.pronoun or not said.codes:
                continue
            words = said.role_words.lower().replace("-", " ").split()
            if {"vice", "deputy"} & set(words) and not {"vice", "deputy"} & set(
                piece.role_words.lower().split()
            ):
                continue
            if words and words[-1] == last and said.person == piece.person:
                return said
            if (
                piece.person
                and said.person
                and role.office in HEADS
                and said.office in OFFICES.get(role.office, ())
            ):
                return said
            if (
                piece.person
                and said.person
                and len(said.actors) == 1
                and last in role_nouns(said.actors[0])
                and "ice " not in (said.actors[0].role or "")
            ):
                return said
        return None

    def titled_so(self, index: int, title: str) -> Said | None:
        """Return the head named last who bears this title: «the premier» after «Li» and «Orban»."""
        for said in reversed(self.said):
            near = index - said.sentence <= 2 and said.person and not said.pronoun and len(said.actors) == 1
            if near and title in role_nouns(said.actors[0]) and said.actors[0].code:
                return said
        return None

    def head_near(self, index: int, piece: Piece) -> Meant | None:
        """Return the head of a state just named who bears the title: «the chancellor» after «Berlin»."""
        office = piece.role.office if piece.role else ""
        if not self.on or office == "leader":
            return None
        seen: list[str] = []
        near = sorted(
            self.before(index, piece.start, reach=2), key=lambda s: (s.sentence, s.subject, s.token)
        )
        for said in reversed(near):
            seen += [c for c in said.codes if c in states() and c not in seen]
        for code in seen:
            found = holder(code, office, self.on)
            if found and piece.role_words.lower() in found.title.lower():
                return (self.office_holder(code, office, "GOV"),), 0.5
        return None

    def head_of_topic(self, office: str) -> Meant:
        """Return the head of the one state a report is about: «the president» in a report on Chile."""
        if self.home:
            actor = self.office_holder(self.home, office, "GOV")
            return ((actor,), 0.4) if actor.name else ((), 0.0)
        total = sum(self.codes.values())
        top = self.codes.most_common(1)
        if not top or top[0][1] < 0.6 * total:
            return (), 0.0
        actor = self.office_holder(top[0][0], office, "GOV")
        return ((actor,), 0.45) if actor.name else ((), 0.0)
