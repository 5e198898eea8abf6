"""What was said, and how relations are judged: from a finished reading to statements.

«Oslo said the talks had failed» is one statement of Oslo's, claimed. «Ties have been improving» is an
assessment with a direction, by the narrator or by whoever says it. A plain fact of the narrator's is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.coding.acts.candidates import find_candidates
from detente.coding.clauses import VERBAL, Tree
from detente.coding.reading import Reading, Speech
from detente.coding.said.speech import attribution_at, called
from detente.coding.when.times import said_on
from detente.knowledge.cues import speech_cues
from detente.knowledge.relations import Direction, relation_words
from detente.language.analysis import Sentence, Token
from detente.records import Actor, Attribution, Reason, Statement

SAID, QUOTED, JUDGED = 0.75, 0.85, 0.6  # confidence: reported, in quotation marks, judged by its words
_NOT_TOLD = frozenset({"official", "turn"})
_DOING = frozenset({"ask", "promise"})  # reporting words that do what they say: «urged», «vowed»
_DOING_VERBS = frozenset({"accuse", "charge", "thank", "blame"})
_ACTS_OF_WORDS = frozenset({"REQUEST", "ACCUSE", "SUPPORT", "REJECT", "THREATEN", "AGREE"})
_REPEATS = 0.5  # share of a headline's words that a sentence of the text must hold to tell the same
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_KIN = frozenset(
    "father mother son daughter brother sister wife husband widow uncle aunt cousin grandfather grandmother "
    "neighbour neighbor friend relative".split()
)
_CLOSING = " \n\t\u00a0”’\"')"  # what may stand behind a question mark
_CAPTION = ("Image:", "Photo:", "Picture:", "Photograph:", "File photo", "Credit:")
_REACH = 2  # sentences back in which «relations» finds its pair
_NEGATIONS = frozenset({"not", "n't", "never", "no", "hardly", "without", "neither", "nor"})
_PRIVATE = frozenset({"JRN", "MED", "BUS", "CVL", "EDU", "REL", "LAB"})
_NEAR = 1  # sentences around an unplaced speaker that must name an actor for his words to concern us
_PHRASES_FIRST: tuple[Direction, ...] = ("falling", "rising", "stable")
_WORDS_FIRST: tuple[Direction, ...] = ("stable", "falling", "rising")


@dataclass(frozen=True, slots=True)
class _Judgement:
    """A relation judged in a sentence: where the words stand, which way it goes, and the words."""

    start: int
    direction: Direction
    words: str


def code_statements(reading: Reading) -> tuple[Statement, ...]:
    """Return the statements of a report in the order of its text: reported speech and judged relations."""
    found: list[Statement] = []
    for index in range(len(reading.analysis.sentences)):
        judged = list(_judgements(reading, index))
        told = list(_told(reading, index, judged))
        found += told
        found += _assessments(reading, index, judged, told)
    return tuple(s for s in found if not _is_told_below(reading, s, found))


def _is_told_below(reading: Reading, statement: Statement, found: list[Statement]) -> bool:
    """Whether a headline's statement is told again in the text, by the same speaker."""
    speaker = statement.attribution.speaker
    if statement.evidence.field != "title" or speaker is None or statement.direction:
        return False
    words = _content(reading, statement)
    return any(
        other.evidence.field == "text"
        and other.attribution.speaker is not None
        and (speaker.code or speaker.name)
        == (other.attribution.speaker.code or other.attribution.speaker.name)
        and len(words & _content(reading, other)) >= _REPEATS * len(words)
        for other in found
    )


def _content(reading: Reading, statement: Statement) -> set[str]:
    at = statement.evidence
    return {
        token.lemma.lower()
        for s in reading.analysis.sentences
        if s.field == at.field and s.start == at.start
        for token in s.tokens
        if token.upos in _CONTENT
    }


# --- reported speech -------------------------------------------------------------------------------------


def _told(reading: Reading, index: int, judged: list[_Judgement]) -> Iterator[Statement]:
    """Yield one statement per speaker and sentence: his widest stretch, direct if any of it is."""
    sentence = reading.sentence(index)
    by_voice: dict[tuple[object, ...], list[Speech]] = {}
    for speech in reading.speech:
        if speech.sentence == index and speech.field == sentence.field and _counts(reading, speech):
            by_voice.setdefault(_voice(speech), []).append(speech)
    for stretches in _outermost(list(by_voice.values())):
        first = min(stretches, key=lambda s: (s.start, s.start - s.end))
        direct = any(s.kind == "direct" for s in stretches)
        if not direct and sentence.text.rstrip(_CLOSING).endswith("?"):
            continue  # «Does Oslo believe that …?»: asked, not said
        if not direct and all(_is_act(reading, index, s) for s in stretches):
            continue
        start, end = min(s.start for s in stretches), max(s.end for s in stretches)
        inside = [j for j in judged if start <= j.start < end]
        if not inside and not _concerns(reading, index, first):
            continue
        attribution = Attribution(
            "direct" if direct else "indirect", called(first.speaker), first.via, first.speaks_for
        )
        time = said_on(reading, index, _cue_token(sentence, first))
        yield Statement(
            evidence=reading.evidence(index),
            sources=_speakers(first),
            status="claimed",
            date_start=time.start if time else None,
            date_end=time.end if time else None,
            date_basis=time.words if time else None,
            date_precision=time.precision if time else None,
            attribution=attribution,
            about=_about(reading, index, start, end),
            direction=inside[0].direction if inside else None,
            confidence=QUOTED if direct else SAID,
            why=tuple(
                Reason("reported speech" if s.cue else "quotation", s.cue or "“”") for s in stretches[:1]
            )
            + tuple(Reason(f"relations {j.direction}", j.words) for j in inside[:1]),
        )


def _cue_token(sentence: Sentence, speech: Speech) -> int:
    """Return the reporting word, or the head of the sentence where another sentence holds it."""
    found = (i for i, token in enumerate(sentence.tokens) if token.start == speech.cue_at)
    return next(found, sentence.root())


def _outermost(voices: list[list[Speech]]) -> Iterator[list[Speech]]:
    """Yield the voices of a sentence without echoes: «Li said Oslo was urging …» is Li's statement alone.

    A voice whose every stretch lies in that of another speaker is told by him; of a direct quotation within a
    quotation the outer speaker answers for it.
    """
    for voice in voices:
        held = all(
            any(
                o.start <= s.start and s.end <= o.end and o.end - o.start > s.end - s.start and o.speaker
                for other in voices
                if other is not voice
                for o in other
            )
            for s in voice
        )
        if not held:
            yield voice


def _counts(reading: Reading, speech: Speech) -> bool:
    """Whether a stretch is somebody's statement: not a whole official text, not a bare reporting word."""
    if speech.manner in _NOT_TOLD or (speech.speaker is None and not speech.via and speech.kind != "direct"):
        return False
    if speech.cue_at == speech.start:
        return False  # «condemned the launch»: an act without content of its own
    if speech.speaker is None and speech.via:
        return False  # an agency reports; it takes no side
    if speech.speaker is None:
        return True
    return bool(speech.speaker.code or speech.speaker.name or speech.speaker.role)


def _concerns(reading: Reading, index: int, speech: Speech) -> bool:
    """Whether words are of our field: a political actor says them, or they stand among such actors.

    What a sheriff tells of a car crash is speech, but no statement of relations. Somebody named whom we
    cannot place, or unnamed with a part in public life, speaks of our field in a report on public affairs.
    """
    speaker = speech.speaker
    if speaker and speaker.code and speaker.sector not in _PRIVATE:
        return True
    if _is_caption(reading, index):
        return False
    if (_is_public(reading, speaker) or _has_part(speaker)) and _is_political(reading):
        return True
    own = speaker.code if speaker else None
    codes = {
        a.code
        for k in range(max(0, index - _NEAR), min(len(reading.analysis.sentences), index + _NEAR + 1))
        for m in reading.mentions_in(k)
        for a in m.actors
        if a.code
    }
    return len(codes - {own, "MNC", "NGO"}) >= (1 if own else 2)


def _is_public(reading: Reading, speaker: Actor | None) -> bool:
    """Whether a speaker has a name, and is not told of as somebody's kin: «his father, Ali Lind»."""
    if speaker is None or not speaker.name or _is_kin(speaker):
        return False
    surname = speaker.name.split()[-1]
    return any(
        n.kind in ("PER", "ORG")
        and surname in s.text[s.tokens[n.start].start - s.start : s.tokens[n.end - 1].end - s.start]
        for s in reading.analysis.sentences
        for n in s.names
    )


def _is_kin(speaker: Actor) -> bool:
    return (speaker.role or "").lower() in _KIN


def _has_part(speaker: Actor | None) -> bool:
    """Whether somebody unnamed speaks as what he is in public life: «officials», «the court»."""
    if speaker is None or speaker.name or not speaker.role:
        return False
    words = {w.rstrip("s") for w in speaker.role.lower().replace("-", " ").split()}
    return bool(words & (speech_cues().spoken_for | speech_cues().crowds))


def _is_political(reading: Reading) -> bool:
    """Whether a report names somebody who acts for a state («the minister»), a body, or two states."""
    states: set[str] = set()
    for mention in reading.mentions:
        actors = [a for a in mention.actors if a.code and a.sector not in _PRIVATE]
        if actors and not mention.place and (mention.person or mention.how == "role" or actors[0].org):
            return True
        states |= {a.code for a in actors if a.code}
    return len(states) > 1


def _is_caption(reading: Reading, index: int) -> bool:
    """Whether a sentence stands under a picture: «A banner reads “Stop the war”. Image: K. Lind.»"""
    here = reading.sentence(index)
    return any(
        s.text.lstrip().startswith(_CAPTION)
        for s in reading.analysis.sentences
        if (s.field, s.paragraph) == (here.field, here.paragraph)
    )


def _is_act(reading: Reading, index: int, speech: Speech) -> bool:
    """Whether the reporting word does what it says, and is an event already: «Oslo urged Bergen to sign».

    Where nobody is known to do it no event tells it, and the statement stays.
    """
    if speech.speaker is None or speech.speaker.code is None:
        return False
    tree = Tree(reading.sentence(index))
    cue = next((i for i, t in enumerate(tree.sentence.tokens) if t.start == speech.cue_at), None)
    if cue is None or not (speech.manner in _DOING or tree.lemma(cue) in _DOING_VERBS):
        return False
    return any(c.token == cue and c.trigger.type in _ACTS_OF_WORDS for c in find_candidates(tree))


def _voice(speech: Speech) -> tuple[object, ...]:
    s = speech.speaker
    return (s.code, s.name, s.role) if s else (None, None, None)


def _speakers(speech: Speech) -> tuple[Actor, ...]:
    if speech.speaker is None or speech.speaker.code is None:
        return ()
    return (speech.speaker,)


def _about(reading: Reading, index: int, start: int, end: int) -> tuple[Actor, ...]:
    """Return the actors a stretch of a sentence concerns, once per code, in the order named."""
    tokens = reading.sentence(index).tokens
    found: dict[str, Actor] = {}
    for mention in reading.mentions_in(index):
        if start <= tokens[mention.span.start].start < end:
            for actor in mention.actors:
                if actor.code:
                    found.setdefault(actor.code, actor)
    return tuple(found.values())


# --- judged relations ------------------------------------------------------------------------------------


def _judgements(reading: Reading, index: int) -> Iterator[_Judgement]:
    """Yield where a sentence judges a relation: a word of relation, and a word of direction bound to it."""
    words = relation_words()
    sentence = reading.sentence(index)
    tree = Tree(sentence)
    for i, token in enumerate(sentence.tokens):
        if (
            token.upos not in ("NOUN", "PROPN")
            or tree.lemma(i) not in words.nouns | {token.text.lower()} & words.nouns
        ):
            continue
        if tree.lemma(i) in words.weak_nouns and not _pair_beside(reading, index, tree, i):
            continue
        verdict = _direction(tree, sentence, i)
        if verdict:
            direction, said = verdict
            yield _Judgement(token.start, direction, said)
            return


def _pair_beside(reading: Reading, index: int, tree: Tree, noun: int) -> bool:
    codes = {a.code for a in _actors_under(reading, index, tree, noun) if a.code}
    return len(codes) >= 2 or any(
        tree.lemma(k) in ("bilateral", "mutual", "two-way") for k in tree.by_rel(noun, "amod")
    )


def _direction(tree: Tree, sentence: Sentence, noun: int) -> tuple[Direction, str] | None:
    """Return which way a relation goes by the words bound to its noun, and those words."""
    words = relation_words()
    near = _bound(tree, noun)
    stretch = " ".join(sentence.tokens[k].text.lower() for k in sorted(near))
    for direction in _PHRASES_FIRST:
        for phrase in words.phrases[direction]:
            if phrase in stretch:
                return direction, phrase
    for k in sorted(near, key=lambda k: (abs(k - noun), k)):
        for direction in _WORDS_FIRST:
            hit = _forms(sentence.tokens[k]) & words.words[direction]
            if hit and k != noun and sentence.tokens[k].upos in ("VERB", "ADJ", "NOUN", "ADV", "AUX"):
                return _settled(tree, k, direction), sentence.tokens[k].text
    return None


def _forms(token: Token) -> set[str]:
    """Return a word's lemma and what its endings may hide, should the lemma be wrong."""
    text = token.text.lower()
    bare = {text.removesuffix(end) for end in ("s", "d", "ed", "ing", "es")}
    return {token.lemma.lower(), text, *bare, *(b + "e" for b in bare)}


def _settled(tree: Tree, word: int, direction: Direction) -> Direction:
    """Return the direction after negation and undoing: «ease tensions», «have not improved»."""
    words = relation_words()
    undone = any(tree.lemma(k) in words.reversing[direction] for k in tree.ancestors(word)[:2])
    negated = any(tree.lemma(k) in _NEGATIONS for k in tree.by_rel(word, "advmod", "det"))
    if undone or negated:
        return "falling" if direction == "rising" else "rising"
    return direction


def _bound(tree: Tree, noun: int) -> set[int]:
    """Return the words that can judge a relation: its own phrase, its verb, and what that verb says of it."""
    tokens = tree.sentence.tokens
    near = {k for k in tree.subtree(noun) if k != noun}
    token = tokens[noun]
    head = token.head
    steps = 0
    node = noun
    while head >= 0 and steps < 3:
        near.add(head)
        if tokens[head].upos in VERBAL or tree.by_rel(head, "cop"):
            for k in tree.kids[head]:
                if (
                    tree.rel(k)
                    in ("xcomp", "advmod", "obl", "obj", "aux", "cop", "amod", "case", "nsubj", "conj")
                    and k != node
                ):
                    near |= {k, *(m for m in tree.subtree(k) if abs(m - head) < 12)}
            break
        if tree.rel(node) not in ("nmod", "nmod:poss", "compound", "obj", "conj", "obl", "amod"):
            break
        near |= {k for k in tree.kids[head] if tree.rel(k) in ("amod", "compound", "case")}
        node, head, steps = head, tokens[head].head, steps + 1
    return near


def _assessments(
    reading: Reading, index: int, judged: list[_Judgement], told: list[Statement]
) -> Iterator[Statement]:
    """Yield a statement for a judged relation that no reported speech of the sentence already holds."""
    if any(t.direction for t in told):
        return
    for judgement in judged:
        pair = _pair(reading, index)
        if not pair:
            continue
        yield Statement(
            evidence=reading.evidence(index),
            sources=pair,
            status="claimed",
            attribution=attribution_at(reading, index, judgement.start),
            about=pair,
            direction=judgement.direction,
            confidence=JUDGED,
            why=(Reason(f"relations {judgement.direction}", judgement.words),),
        )


def _pair(reading: Reading, index: int) -> tuple[Actor, ...]:
    """Return the actors whose relation is judged: a pair of the sentence, else the last pair before it."""
    for back in range(index, max(-1, index - _REACH - 1), -1):
        s = reading.sentence(back)
        found = _about(reading, back, s.start, s.end)
        states = tuple(a for a in found if a.code)
        if len(states) >= 2:
            return tuple(Actor(a.code, None, None, "GOV") for a in states[:2])
    return ()


def _actors_under(reading: Reading, index: int, tree: Tree, noun: int) -> tuple[Actor, ...]:
    inside = set(tree.subtree(noun))
    return tuple(a for m in reading.mentions_in(index) if m.span.start in inside for a in m.actors)
