"""References: «both countries», «the two leaders», «the country», «he», «they», «we» to whom they mean.

By number, gender, nearness and subjecthood; a reference nobody fits stays nobody's.
"""

from __future__ import annotations

import re
from dataclasses import replace

from detente.coding.reading import Mention
from detente.coding.who.memory import REACH, Memory, Said, make_actor
from detente.coding.who.scan import Piece
from detente.knowledge.organisations import Organisation, organisations
from detente.knowledge.roles import cue
from detente.knowledge.states import states
from detente.language.analysis import Sentence
from detente.records import Actor

# What the chains weigh against nearness and subject: GAP validation, 221 pronouns: 155 right; 0 gives 143.
_CHAINED = 1.6
_COUNTED = 0.8  # a group is surer than this where words count it: «both presidents», «the two sides»

Meant = tuple[tuple[Actor, ...], float]  # who, and how sure


class Referring(Memory):
    """Resolves words that only point back."""

    __slots__ = ()

    def group(self, index: int, piece: Piece, sentence: Sentence) -> Meant:
        """Return the two (or three) that «both countries», «the two leaders» mean."""
        if piece.name == "all":
            return self.those(index, piece), 0.55
        number = int(piece.name) if piece.name and piece.name.isdigit() else 2
        if piece.key in ("paper", "joint paper"):
            return self.issuers(index, piece), piece.score
        if piece.key == "any":
            return self.told_together(index, piece, number), piece.score
        if piece.key == "person":
            people = self.recent_people(index, piece, number)
            if people:
                return people, piece.score
        codes = self.joined_codes(index, piece.start, number)
        codes = codes or self.without_actor(index, sentence, piece, number)
        codes = codes or self.without_newcomer(index, piece, number)
        codes = codes or self.recent_codes(index, piece.start, number)
        codes = self.filled(codes, number) if piece.score > _COUNTED else codes
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

    def told_together(self, index: int, piece: Piece, number: int) -> tuple[Actor, ...]:
        """Return the pair (or three) last told together: «Rome and Oslo agreed. Both said …»."""
        for gap in (0, 1, 2):
            pair = self.subject_pair(index - gap, piece.start if gap == 0 else 10**6)
            if len(pair) == number:
                return pair
            several = [
                s
                for s in self.before(index, piece.start, reach=gap)
                if s.sentence == index - gap and len(s.actors) == number and all(s.actors)
            ]
            if several:
                return several[-1].actors
        people = self.recent_people(index, piece, number) or self.lone_subjects(index, piece.start, number)
        if people:
            return people
        earlier = (self.subject_pair(i, 10**6) for i in range(index - 3, self.since - 1, -1))
        return next((pair for pair in earlier if len(pair) == number), ())

    def without_actor(self, index: int, sentence: Sentence, piece: Piece, number: int) -> tuple[str, ...]:
        """Return the two whom a third acts on: «Angola invited both sides» after Congo and Rwanda."""
        verb = sentence.tokens[piece.head].head
        actor = next(
            (
                s.codes[0]
                for s in self.said
                if s.sentence == index
                and s.subject
                and len(s.codes) == 1
                and s.token < piece.start
                and sentence.tokens[s.token].head == verb
            ),
            None,
        )
        if actor is None or sentence.tokens[piece.head].deprel not in ("obj", "iobj"):
            return ()
        others = [c for c in self.recent_codes(index, piece.start, number + 1) if c != actor]
        return tuple(others) if len(others) == number else ()

    def without_newcomer(self, index: int, piece: Piece, number: int) -> tuple[str, ...]:
        """Return the two of the sentence before, where a third comes in: «Iraq offered the two a room»."""
        earlier = [s for s in self.said if s.sentence == index - 1 and not s.place]
        codes = tuple(dict.fromkeys(c for s in earlier for c in s.codes if c in states()))
        here = {c for s in self.before(index, piece.start, reach=0) for c in s.codes}
        return codes if len(codes) == number and here and not here & set(codes) else ()

    def filled(self, codes: tuple[str, ...], number: int) -> tuple[str, ...]:
        """Return the codes, filled up from the states the report names most where too few are near."""
        if not codes or len(codes) >= number or self.since:
            return codes
        often = [c for c, _ in self.codes.most_common() if c in states() and c not in codes]
        return (*codes, *often[: number - len(codes)])

    def issuers(self, index: int, piece: Piece) -> tuple[Actor, ...]:
        """Return who issued a paper: «Oslo and Rome issued a joint statement. It urged …» gives both."""
        for gap in (0, 1, 2):
            here = [
                s
                for s in self.before(index, piece.start, reach=gap)
                if s.sentence == index - gap and s.subject and s.codes and not s.place
            ]
            pair = self.subject_pair(index - gap, piece.start if gap == 0 else 10**6)
            if pair:
                return pair
            if here and (len(here[-1].actors) > 1 or piece.key == "paper"):
                return here[-1].actors
        return self.told_together(index, piece, 2) if piece.key == "joint paper" else ()

    def follows_paper(self, index: int) -> bool:
        """Whether the sentence before has a joint statement that «it» may mean."""
        words = self.reading.analysis.sentences[index - 1].text.lower() if index else ""
        return any(f"joint {paper}" in words for paper in cue("paper"))

    def armed(self, index: int) -> tuple[Actor, ...]:
        """Return the armed group named last: «the militants» after «al-Shabaab», () where none was."""
        for said in reversed(self.before(index + 1, 0, reach=7)):
            if said.body and said.actors and said.actors[0].sector in ("REB", "SEP") and said.actors[0].org:
                return said.actors
        return ()

    def country(self, index: int, sentence: Sentence, piece: Piece) -> Meant:
        """Return which state «the country», «the isolated state», «the North» is."""
        if piece.code:
            named = {"PRK", "KOR"} & {*self.codes, *(c for s in self.said for c in s.codes)}
            return ((make_actor(piece.code),), piece.score) if named else ((), 0.0)
        if piece.possessor is not None:
            owner = self.owner(index, sentence, piece)
            return ((make_actor(owner.code),), 0.6) if owner and owner.code else ((), 0.0)
        if piece.key in ("state", "federation") and piece.end - piece.start < 3:
            return (), 0.0
        kin = cue(f"states-{piece.name}") if piece.name else None
        best, top = None, 0.0
        for said in self.before(index, piece.start, reach=2):
            codes = [c for c in said.codes if c in states()]
            if len(codes) != 1 or (kin is not None and codes[0] not in kin):
                continue
            if said.sentence == index and self.acts_on(sentence, said, piece.head):
                continue
            worth = (
                1.0 / (1 + index - said.sentence)
                + 0.4 * said.subject
                - 0.3 * said.place
                + 0.2 * self.codes[codes[0]] / max(1, sum(self.codes.values()))
            )
            if worth >= top:
                best, top = codes[0], worth
        return ((make_actor(best),), piece.score) if best else ((), 0.0)

    def acts_on(self, sentence: Sentence, said: Said, token: int) -> bool:
        """Whether an actor is subject of a word's clause: «China condemned the isolated state»."""
        tokens = sentence.tokens
        verb = tokens[said.token].head
        if not said.subject or tokens[token].deprel.startswith("nsubj"):
            return False
        head = tokens[token].head
        while head >= 0 and tokens[head].upos not in ("VERB", "AUX") and tokens[head].head >= 0:
            head = tokens[head].head
        return head == verb

    def owner(self, index: int, sentence: Sentence, piece: Piece) -> Actor | None:
        """Return whose «his government» is, None where nobody or several own it."""
        owners = self.owners(index, sentence, piece)
        return owners[0] if len(owners) == 1 else None

    def owners(self, index: int, sentence: Sentence, piece: Piece) -> tuple[Actor, ...]:
        """Return whose «their ministers» are, by the pronoun they start with."""
        if piece.possessor is None:
            return ()
        word = sentence.tokens[piece.possessor].text.lower()
        quick = Piece(
            piece.possessor, piece.possessor + 1, piece.possessor, "pronoun", key=word, ref="pronoun"
        )
        return self.pronoun(index, sentence, quick, self.quotes)[0]

    def nickname(self, index: int, piece: Piece) -> Meant:
        """Return the body a nickname means, if the report has named it: «the bloc» after «the EU»."""
        key = piece.key.lower()
        if key in cue("armed-nickname"):
            return self.armed(index), 0.65
        for said in reversed(self.said):
            if said.body and key in {n.lower().replace("-", " ") for n in said.body.nicknames}:
                return said.actors, 0.8
        if key.split()[-1] in cue("armed-people"):
            code = None if self.armed(index) else self.topic(index, within=2)
            return ((make_actor(code, sector="REB"),), 0.4) if code else (self.armed(index), 0.65)
        body = (
            known_body(key.removeprefix("the ")) if key.removeprefix("the ") in cue("sure-nickname") else None
        )
        return ((make_actor(body.code, sector=body.sector),), 0.6) if body else ((), 0.0)

    def pronoun(self, index: int, sentence: Sentence, piece: Piece, quotes: list[tuple[int, int]]) -> Meant:
        """Return whom a pronoun means; () where nobody fits."""
        word = piece.key
        at = sentence.tokens[piece.start].start - sentence.start
        inside = any(a <= at < b for a, b in quotes)
        if word in cue("first-person"):
            return self.first_person(index, sentence, word) if inside else self.narrator(word)
        if word in cue("masculine") | cue("feminine"):
            return self.he(index, sentence, piece, inside=inside)
        if word in cue("plural"):
            return self.they(index, sentence, piece)
        return self.it(index, sentence, piece)

    def he(self, index: int, sentence: Sentence, piece: Piece, *, inside: bool) -> Meant:
        gender = "m" if piece.key in cue("masculine") else "f"
        fronted = self.fronted(index, sentence, piece, gender)
        if fronted:
            return fronted.actors, 0.75
        chained = self.tied(index, piece.start)
        best: Said | None = None
        top = -9.0
        doing = self.doers(index, sentence, piece)
        for said in self.before(index, piece.start, reach=REACH):
            if len(said.actors) == 1 and said.actors[0].name in doing:
                continue
            odd = bool(said.gender and said.gender != gender)
            if not said.person or len(said.actors) != 1 or (odd and not said.titled):
                continue
            gap = index - said.sentence
            worth = (
                -1.0 * gap
                + 0.6 * said.subject
                + 0.15 * (said.gender == gender)
                - (0.3 if said.pronoun and gap else 0.0)
                - (0.5 if odd else 0.0)
            )
            if gap == 0 and said.subject == self.is_object(sentence, piece.start):
                worth -= 0.7
            if not said.actors[0].code:
                worth -= 0.3
            if chained and chained.actors[0].name == said.actors[0].name:
                worth += _CHAINED
            if worth >= top:
                best, top = said, worth
        return (self.as_known(best.actors), 0.75 if top > -1 else 0.6) if best else ((), 0.0)

    def doers(self, index: int, sentence: Sentence, piece: Piece) -> set[str]:
        """Return who «him» cannot be: those who do to him what is done, «Merkel | welcomed him»."""
        if piece.key not in ("him", "her"):
            return set()
        here = (s for s in self.said if s.sentence == index and len(s.actors) == 1)
        beside = (s.actors[0].name for s in here if self.is_beside(sentence, s.token, piece.start))
        return {name for name in beside if name}

    def is_object(self, sentence: Sentence, token: int) -> bool:
        return sentence.tokens[token].deprel in ("obj", "iobj")

    def is_beside(self, sentence: Sentence, other: int, pronoun: int) -> bool:
        """Whether a pronoun is object to the verb whose subject the other is: «Merkel welcomed him»."""
        tokens = sentence.tokens
        return tokens[pronoun].deprel in ("obj", "iobj", "obl") and tokens[other].head == tokens[pronoun].head

    def fronted(self, index: int, sentence: Sentence, piece: Piece, gender: str) -> Said | None:
        """Return the subject a fronted «his» waits for: «Ahead of his visit, Xi gave an interview»."""
        if piece.key not in ("his", "her"):
            return None
        root = sentence.root()
        return (
            next(
                (
                    s
                    for s in self.said
                    if s.sentence == index
                    and s.person
                    and s.subject
                    and s.token > piece.start
                    and s.token != sentence.tokens[piece.start].head
                    and not s.pronoun
                    and sentence.tokens[s.token].head == root
                    and len(s.actors) == 1
                    and (not s.gender or s.gender == gender)
                ),
                None,
            )
            if piece.start < root
            else None
        )

    def they(self, index: int, sentence: Sentence, piece: Piece) -> Meant:
        """Return the several that «they» mean: a group, two joined by «and», or officials."""
        pair = self.subject_pair(index, piece.start) if piece.key in ("their", "them") else ()
        if pair and not self.has_nearer(index, piece):
            return pair, 0.65
        things = self.things_before(index, sentence, piece.start)
        for gap in (0, 1, 2):
            here = [s for s in self.said if s.sentence == index - gap and (gap or s.token < piece.start)]
            plural = [s for s in here if s.plural or len(s.actors) > 1]
            last = max((s.token for s in plural if s.subject), default=-1)
            if things and (gap or last < things[-1]):
                return (), 0.0
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

    def has_nearer(self, index: int, piece: Piece) -> bool:
        """Whether «them» has several nearer than the pair: «over the separatists to get them»."""
        here = [s for s in self.said if s.sentence == index and s.token < piece.start]
        return piece.key == "them" and bool(here) and here[-1].plural and not here[-1].subject

    def things_before(self, index: int, sentence: Sentence, token: int) -> list[int]:
        """Return the plural subjects before «they» that are no actors: «banks | may want more, they …»."""
        heads = {s.token for s in self.said if s.sentence == index}
        tokens = sentence.tokens
        return [
            k
            for k in range(token)
            if k not in heads
            and tokens[k].upos == "NOUN"
            and tokens[k].has("Number=Plur")
            and (tokens[k].deprel.startswith("nsubj") or self.is_made_to(sentence, k, token))
        ]

    def is_made_to(self, sentence: Sentence, thing: int, token: int) -> bool:
        """Whether what is told to act owns «their»: «force other countries to raise their rates»."""
        tokens = sentence.tokens
        verb = tokens[thing].head
        told = tokens[thing].deprel == "obj" and verb >= 0 and tokens[verb].lemma.lower() in cue("control")
        return told and self.governor(sentence, token) == verb

    def governor(self, sentence: Sentence, token: int) -> int:
        """Return the verb that makes somebody do it: «urged» for «its» in «urged X to cut its …»."""
        tokens = sentence.tokens
        head = tokens[token].head
        for _ in range(6):
            if head < 0:
                return -1
            if tokens[head].deprel in ("xcomp", "advcl", "ccomp") and tokens[head].upos == "VERB":
                return tokens[head].head
            head = tokens[head].head
        return -1

    def told_to(self, index: int, sentence: Sentence, token: int) -> tuple[Actor, ...]:
        """Return who is told to do what «its» belongs to: «urged | Addis Ababa | to open its market»."""
        verb = self.governor(sentence, token)
        if verb < 0 or sentence.tokens[verb].lemma.lower() not in cue("control"):
            return ()
        told = [
            s
            for s in self.said
            if s.sentence == index
            and verb < s.token < token
            and sentence.tokens[s.token].head == verb
            and sentence.tokens[s.token].deprel in ("obj", "iobj", "obl")
            and len(s.actors) == 1
            and not s.person
        ]
        return told[-1].actors if told else ()

    def it(self, index: int, sentence: Sentence, piece: Piece) -> Meant:
        """Return the state or body «it» means: the subject before, else nobody."""
        token = sentence.tokens[piece.start]
        told = self.told_to(index, sentence, piece.start) if piece.key == "its" else ()
        if told:
            return told, 0.65
        if piece.key == "it" and self.is_empty(sentence, piece.start):
            return (), 0.0
        if piece.key == "it":
            if token.deprel in ("obj", "iobj"):
                return self.other_subject(index, sentence, piece.start), 0.5
            if not self.is_willing(sentence, piece.start) and (
                not token.deprel.startswith("nsubj") or self.is_named_thing(sentence, piece.start)
            ):
                return (), 0.0
        elif token.deprel.startswith("expl"):
            return (), 0.0
        opens = (
            piece.key == "it" and piece.start == 0 and sentence.tokens[token.head].lemma in cue("paper-verb")
        )
        if opens and self.follows_paper(index):
            return self.issuers(index, replace(piece, key="joint paper")), 0.6
        for gap in (0, 1):
            here = [s for s in self.said if s.sentence == index - gap and (gap or s.token < piece.start)]
            fit = [
                s
                for s in here
                if (s.subject or self.is_cleft(s))
                and not s.person
                and not s.place
                and len(s.actors) == 1
                and not s.plural
                and s.codes
            ]
            if fit and gap and piece.key == "its" and self.has_thing_before(index, sentence, piece.start):
                return (), 0.0
            if fit:
                return fit[-1].actors, 0.6 if piece.key != "it" else 0.55
            if any(s.subject for s in here) and piece.key != "its":
                return (), 0.0
            if gap == 0 and piece.key == "it" and index and self.is_about_a_thing(index - 1):
                return (), 0.0
        return (), 0.0

    def has_thing_before(self, index: int, sentence: Sentence, token: int) -> bool:
        """Whether one thing is a subject before «its»: «the bomb went off in its car park»."""
        heads = {s.token for s in self.said if s.sentence == index}
        tokens = sentence.tokens
        return any(
            k not in heads
            and tokens[k].upos == "NOUN"
            and not tokens[k].has("Number=Plur")
            and tokens[k].deprel.startswith("nsubj")
            for k in range(token)
        )

    def is_empty(self, sentence: Sentence, token: int) -> bool:
        """Whether «it» is nobody: «as it relates to jobs», «when it comes to trade»."""
        verb = sentence.tokens[token].head
        before = sentence.tokens[token - 1].text.lower() if token else ""
        lemma = sentence.tokens[verb].lemma.lower() if verb >= 0 else ""
        return (before == "as" and lemma in cue("impersonal")) or (before == "when" and lemma == "come")

    def is_about_a_thing(self, index: int) -> bool:
        """Whether the subject of a sentence is no actor: «The plan is sound. It | will …»."""
        sentence = self.reading.analysis.sentences[index]
        root = sentence.root()
        heads = {s.token for s in self.said if s.sentence == index}
        subjects = [
            k for k, t in enumerate(sentence.tokens) if t.head == root and t.deprel.startswith("nsubj")
        ]
        return any(k not in heads and sentence.tokens[k].upos == "NOUN" for k in subjects)

    def is_willing(self, sentence: Sentence, token: int) -> bool:
        """Whether «it» is said to will something, as states do: «it remains ready», «it is against more»."""
        tokens = sentence.tokens
        head = tokens[token].head
        if head < 0:
            return False
        near = {tokens[k].text.lower() for k in (head, *sentence.children(head)) if k > token}
        return bool(near & cue("willing"))

    def is_cleft(self, said: Said) -> bool:
        """Whether a state is brought forward: «It was Chad that gave way»."""
        tokens = self.reading.analysis.sentences[said.sentence].tokens
        return tokens[0].text == "It" and tokens[said.token].head < 0 and tokens[said.token].upos == "PROPN"

    def other_subject(self, index: int, sentence: Sentence, token: int) -> tuple[Actor, ...]:
        """Return the one state that is subject of another verb: «Serbia left after Hungary had asked it»."""
        tokens = sentence.tokens
        found = [
            s.actors
            for s in self.said
            if s.sentence == index
            and s.subject
            and s.token < token
            and tokens[s.token].head != tokens[token].head
            and not s.person
            and not s.plural
            and len(s.codes) == 1
        ]
        return found[0] if len(found) == 1 else ()

    def is_named_thing(self, sentence: Sentence, token: int) -> bool:
        """Whether a pronoun is said to be a thing: «It is late», «It will be the fourth such visit»."""
        tokens = sentence.tokens
        if token + 1 < len(tokens) and tokens[token + 1].deprel == "cop":
            return True
        head = tokens[token].head
        return (
            head >= 0
            and tokens[head].upos in ("NOUN", "PROPN")
            and any(tokens[k].deprel == "cop" for k in sentence.children(head))
        )

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
                and verb.lemma.lower() in cue("speech")
                and not any(a <= at < b for a, b in quotes)
                and len(mention.actors) == 1
                and pieces[k].key not in ("it", "its")
            ):
                self.speaker = mention.actors[0]

    def narrator(self, word: str) -> Meant:
        """Return the state that speaks through the whole text: «we» in a speech; not «I»."""
        if self.home is None or word in ("i", "me", "myself"):
            return (), 0.0
        return (make_actor(self.home),), 0.6

    def first_person(self, index: int, sentence: Sentence, word: str) -> Meant:
        """Return the state (or person, for «I») that speaks in this sentence's quotation."""
        speaker = self.speaker_of(index, sentence) or self.speaker
        if speaker is None or speaker.code is None:
            return (), 0.0
        if word in ("i", "my", "me", "myself"):
            return (
                ((speaker,), 0.7)
                if any(p.actor == speaker for p in self.people) or speaker.role
                else ((), 0.0)
            )
        return (make_actor(speaker.code, sector=speaker.sector, org=speaker.org),), 0.6

    def speaker_of(self, index: int, sentence: Sentence) -> Actor | None:
        for said in self.said:
            token = sentence.tokens[said.token] if said.sentence == index else None
            if (
                token
                and said.subject
                and token.head >= 0
                and sentence.tokens[token.head].lemma.lower() in cue("speech")
                and len(said.actors) == 1
            ):
                return said.actors[0]
        root = sentence.root()
        return next(
            (
                s.actors[0]
                for s in self.said
                if s.sentence == index
                and s.subject
                and not s.pronoun
                and len(s.actors) == 1
                and sentence.tokens[s.token].head == root
                and not self.is_quoted(sentence, s.token)
            ),
            None,
        )

    def is_quoted(self, sentence: Sentence, token: int) -> bool:
        """Whether a word of the sentence at hand stands inside quotation marks."""
        at = sentence.tokens[token].start - sentence.start
        return any(a <= at < b for a, b in self.quotes)


def known_body(nickname: str) -> Organisation | None:
    """Return the body a nickname means wherever it stands: «the world body»."""
    return next((b for b in organisations() if nickname in {n.lower() for n in b.nicknames}), None)
