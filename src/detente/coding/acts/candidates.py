"""Where an act may be: a sentence's tree in, the triggers of the lexicon found in it out.

The most specific row that fits a word wins; rows of type NONE silence their word. `find_real` leaves
out what only stands inside another: «urged Oslo to withdraw» is one REQUEST.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from detente.coding.clauses import Frame, Tree, frame_of
from detente.knowledge.triggers import Trigger, triggers
from detente.language.analysis import Proposal

# What is wished, promised or refused inside one of these is no act of its own.
UNREAL_INSIDE = frozenset({"REQUEST", "AGREE", "REJECT", "THREATEN", "CONCEDE", "CONSULT"})
# Nouns that only measure another: what they are «of» is the object.
QUANTITIES = frozenset(
    "series number array range round package set wave dozen hundred pair type kind lot list batch couple "
    "handful some any part most majority million billion tonne ton score group".split()
)
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december today yesterday tomorrow week month year".split()
)


Lack = Literal["words", "complement", "object"]  # what a row of the lexicon asks for that is not there


@dataclass(frozen=True, slots=True)
class Candidate:
    """A trigger seen at a token, with its grammar, before anyone decides whether it is an act."""

    token: int
    trigger: Trigger
    frame: Frame
    object: int | None  # the token that met the trigger's object constraint
    proposal: Proposal | None = None  # what the network says of its words
    known: bool = True  # a row of the lexicon fits; else only the network sees it


def find_candidates(tree: Tree) -> Iterator[Candidate]:
    """Yield the best trigger at each token; NONE rows silence their token."""
    return (hit for hit in find_hits(tree) if hit.trigger.type != "NONE")


def find_hits(tree: Tree) -> Iterator[Candidate]:
    """Yield the row that fits best at each token, those of type NONE too."""
    lexicon = triggers()
    for i in range(len(tree.sentence.tokens)):
        presence = _find_presence(tree, i)
        if presence:
            yield presence
            continue
        if _is_part_of_name(tree, i):
            continue
        for lemma, pos in _look_ups(tree, i):
            hit = _best_match(tree, i, lexicon.get((lemma, pos), ()))
            if hit:
                yield hit
                break


def _find_presence(tree: Tree, i: int) -> Candidate | None:
    """«The premier is in Oslo»: a predicate that is a place, under the lexicon's «be in»."""
    preposition = tree.preposition(i)
    subjects = tree.by_rel(i, "nsubj")
    if tree.sentence.tokens[i].upos != "PROPN" or not (preposition and subjects and tree.by_rel(i, "cop")):
        return None
    frame = Frame({"subj": tuple(subjects), preposition: (i,)})
    for trigger in triggers().get(("be", "VERB"), ()):
        if trigger.words == ("be", preposition) and not trigger.object and trigger.type != "NONE":
            return Candidate(i, trigger, frame, None)
    return None


def _is_part_of_name(tree: Tree, i: int) -> bool:
    """«Ban Ki-moon» bans nothing."""
    return any(n.kind == "PER" and n.start <= i < n.end for n in tree.sentence.names)


def _look_ups(tree: Tree, i: int) -> Iterator[tuple[str, str]]:
    """Yield the (lemma, part of speech) a word may stand under: «the sailing» is a noun of «sail»."""
    token, lemma = tree.sentence.tokens[i], tree.lemma(i)
    if token.upos in ("NOUN", "PROPN"):
        yield lemma, "NOUN"
        if lemma.endswith("ing") and len(lemma) > 5:
            stem = lemma[:-3]
            yield from (
                (base, "VERB") for base in (stem, stem + "e", stem[:-1] if stem[-1] == stem[-2] else stem)
            )
    elif token.upos == "VERB":
        yield lemma, "VERB"
        yield lemma, "ADJ"
    elif token.upos == "ADJ":
        yield lemma, "ADJ"


@dataclass(frozen=True, slots=True)
class Trial:
    """One row of the lexicon tried at a word: what it lacks there, or the candidate it makes."""

    trigger: Trigger
    lack: Lack | None
    candidate: Candidate | None = None


def _best_match(tree: Tree, i: int, rows: Iterable[Trigger]) -> Candidate | None:
    return next((trial.candidate for trial in try_rows(tree, i, rows) if trial.candidate), None)


def try_rows(tree: Tree, i: int, rows: Iterable[Trigger]) -> Iterator[Trial]:
    """Yield each row as it is tried at a word, the most specific first: the first without a lack wins."""
    frame: Frame | None = None
    for trigger in rows:
        if not _words_match(tree, i, trigger):
            yield Trial(trigger, "words")
            continue
        frame = frame or frame_of(tree, i)
        if trigger.complement and not frame.heads("xcomp"):
            yield Trial(trigger, "complement")
            continue
        found = _object(tree, frame, trigger)
        if trigger.object and found is None:
            yield Trial(trigger, "object")
            continue
        yield Trial(trigger, None, Candidate(i, trigger, frame, found))


def try_word(tree: Tree, i: int) -> tuple[Trial, ...]:
    """Return every row tried at a word, for people who ask why; none for part of a name."""
    if _is_part_of_name(tree, i):
        return ()
    lexicon = triggers()
    return tuple(trial for key in _look_ups(tree, i) for trial in try_rows(tree, i, lexicon.get(key, ())))


def _words_match(tree: Tree, i: int, trigger: Trigger) -> bool:
    """Whether the other words of the trigger stand where grammar puts them."""
    rest = trigger.words[1:] if trigger.pos != "NOUN" else trigger.words[:-1]
    if not rest:
        return True
    if trigger.pos == "NOUN":
        before = [tree.lemma(k) for k in range(max(0, i - 2 * len(rest)), i)]
        return list(rest) == before[-len(rest) :] or all(
            any(tree.lemma(k) == word for k in tree.by_rel(i, "compound", "amod")) for word in rest
        )
    near: set[str] = set()
    for k in tree.kids[i]:
        if tree.rel(k) in ("mark", "cc", "punct", "aux", "case") or tree.lemma(k) in CALENDAR:
            continue  # «to export» has no «to» of its own; «called off … on Tuesday» calls on nobody
        near |= {tree.lemma(k), tree.preposition(k)}
        if trigger.words[0] not in ("go", "come", "have"):  # «is going to sign» goes nowhere
            near.add(_mark(tree, k))
    for k in tree.by_rel(i, "obj", "iobj", "nsubj:pass"):
        near |= {tree.preposition(n) for n in tree.kids[k] if tree.lemma(n) not in CALENDAR}
    if i + 1 < len(tree.sentence.tokens) and tree.sentence.tokens[i + 1].upos in ("ADP", "ADV"):
        near.add(tree.lemma(i + 1))
    return all(word in near for word in rest)


def _mark(tree: Tree, clause: int) -> str:
    return next((tree.lemma(k) for k in tree.by_rel(clause, "mark")), "")


def _object(tree: Tree, frame: Frame, trigger: Trigger) -> int | None:
    """Return the token that meets the object constraint: the object or the trigger's own phrase."""
    if not trigger.object:
        return None
    slots = ["obj", "xcomp", *trigger.words[1:]] if trigger.pos != "NOUN" else ["of", "poss", "to", "on"]
    for slot in slots:
        for head in frame.heads(slot):
            for k in tree.conjuncts(head):
                met = _meets(tree, k, trigger.object)
                if met is not None:
                    return met
    return None


def _meets(tree: Tree, noun: int, lemmas: frozenset[str]) -> int | None:
    """Return the token of a phrase that is one of the lemmas: «sanctions», «war game», «series of tests»."""
    modifiers = tree.by_rel(noun, "compound", "amod")
    if "prisoner" in lemmas and _is_part_of_name(tree, noun):
        return noun  # «freed Anwar Ibrahim»: a person by name is one of the people
    if tree.lemma(noun) in lemmas or any(f"{tree.lemma(m)} {tree.lemma(noun)}" in lemmas for m in modifiers):
        return noun
    inner = [*modifiers, *(tree.by_rel(noun, "nmod") if tree.lemma(noun) in QUANTITIES else ())]
    return next((m for m in inner if tree.lemma(m) in lemmas), None)


def find_real(candidates: list[Candidate], tree: Tree) -> tuple[Candidate, ...]:
    """Return the candidates that no other real one holds, in the order of the text.

    «urged Oslo to withdraw»: the urging silences the withdrawal. Of two that silence each other the more
    specific stays («went on strike»), and what a silenced one held is free again.
    """
    open_ = list(candidates)
    real: list[Candidate] = []
    while open_:
        free = [c for c in open_ if not any(_outranks(o, c, tree) for o in open_ if o is not c)]
        kept = free or [max(open_, key=lambda c: (c.trigger.weight, -c.token))]  # a ring: the most specific
        real += kept
        open_ = [c for c in open_ if c not in kept and not any(_silences(k, c, tree) for k in kept)]
    return tuple(sorted(real, key=lambda c: c.token))


def find_holder(candidate: Candidate, real: Iterable[Candidate], tree: Tree) -> Candidate | None:
    """Return the real candidate that holds another: the urging in «urged Oslo to withdraw»."""
    return next((other for other in real if _silences(other, candidate, tree)), None)


def _outranks(other: Candidate, candidate: Candidate, tree: Tree) -> bool:
    if not _silences(other, candidate, tree):
        return False
    mutual = _silences(candidate, other, tree)
    return not mutual or other.trigger.weight >= candidate.trigger.weight


def _silences(other: Candidate, candidate: Candidate, tree: Tree) -> bool:
    """Whether one candidate holds another: as its object noun, light verb, compound or wished complement."""
    i = candidate.token
    if other.object == i or (other.frame.light == i and candidate.object is None):
        return True
    if _is_unreal_inside(other.trigger) and _in_complement(tree, i, other.token):
        return True
    compound = other.trigger.pos == "NOUN" and len(other.trigger.words) > 1
    return compound and i in range(other.token - 2, other.token) and tree.lemma(i) in other.trigger.words


def _is_unreal_inside(trigger: Trigger) -> bool:
    """What is asked, promised, refused, threatened or only alleged is no act of its own."""
    return trigger.type in UNREAL_INSIDE or (trigger.type, trigger.mode) == ("ACCUSE", "allege")


def _in_complement(tree: Tree, i: int, top: int) -> bool:
    """Whether `i` stands in what `top` asks, promises or refuses (not in a relative clause within it)."""
    path = [i]
    for step in tree.ancestors(i):
        if step == top:
            link = tree.rel(path[-1])
            if link == "acl:relcl":
                return False
            return (
                link.split(":")[0] in ("obj", "xcomp", "ccomp", "obl", "nmod", "acl", "csubj")
                or (link == "nsubj:pass")
                or (link == "advcl" and _mark(tree, path[-1]) in ("to", "for", "of", "with", ""))
            )
        if tree.rel(path[-1]) in ("acl:relcl", "parataxis", "appos"):
            return False
        path.append(step)
    return False
