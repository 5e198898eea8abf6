"""Who is meant: a reading in, the same reading with every mention of an actor out.

`coding.who.naming` says what words mean by themselves; here the report is asked for the rest: who held
the office on the day, whose «ambassador» it is, which two are «both countries», who «he» is. What stays
unclear stays an actor without code, or no mention at all.
"""

from __future__ import annotations

import re
from dataclasses import replace

from detente.coding.reading import Mention, Reading, unresolved
from detente.coding.who.memory import OFFICES, Known, Said, make_actor, role_nouns, short_forms
from detente.coding.who.naming import find_pieces
from detente.coding.who.referring import Meant, Referring
from detente.coding.who.scan import Hints, Piece
from detente.knowledge.gazetteer import common_surnames
from detente.knowledge.names import split_words
from detente.knowledge.organisations import outlet
from detente.knowledge.people import HEADS, PRIME_MINISTER_FIRST, Candidate, holder, surnames, who
from detente.knowledge.roles import Role, cue
from detente.knowledge.states import adjective_of, at_the_time, code_of, cow_of, shared_seats, states
from detente.language.analysis import Sentence, Span
from detente.records import Actor

_SURE_SURNAME = 0.45  # score from which a bare surname is taken for the statesman: wikinews, 80 read
_UNDATED_SURNAME = 0.33  # … where the report has no date
_FULL_NAME = 0.25  # … and a full name
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


class _Report(Referring):
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


def rules(candidate: Candidate) -> bool:
    """Whether a candidate is who a paper means by a bare common surname: the one who governs."""
    return candidate.kind in ("hos", "leader") or (
        candidate.kind == "hog" and candidate.code in PRIME_MINISTER_FIRST
    )
