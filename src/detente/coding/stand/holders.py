"""Who takes a side: from the words that fill a construction to actors.

«my delegation» is the speaker's state; «neither» is the pair a report is about.
"""

from __future__ import annotations

from collections import Counter

from detente.coding.clauses import Tree, verb_frame
from detente.coding.reading import Reading
from detente.coding.said.voices import is_document, mention_at
from detente.coding.stand.taking import Taking
from detente.records import Actor, Attribution

_FAR_MORE = 2  # times
_BOARDS = frozenset("placard sign banner petition poster flag".split())


def find_holders(
    reading: Reading, index: int, tree: Tree, taking: Taking, attribution: Attribution
) -> tuple[Actor, ...]:
    """Return who takes the side: the grammar's subject, else whoever speaks or issued the paper."""
    actors = all_meant(reading, index, tree, taking.actors)
    if not actors and taking.actors:
        actors = all_meant(reading, index, tree, _above(tree, taking.trigger))
    if not actors:
        actors = all_meant(reading, index, tree, _bearers(tree, taking.actors))
    told = set(attribution.speaks_for)
    pronouns = all(tree.sentence.tokens[h].upos == "PRON" for h in taking.actors)
    if actors and pronouns and {a.code for a in actors} < told:  # «It demanded …», of a joint statement
        actors += [Actor(c) for c in attribution.speaks_for if c not in {a.code for a in actors}]
    if actors:
        return tuple(actors)
    paper = any(is_document(tree, h) or tree.lemma(h) in ("it", "he", "she") for h in taking.actors)
    own = tree.lemma(taking.trigger) == "tolerate"  # «said that raids will not be tolerated»: not by him
    hidden = not taking.actors and (attribution.kind == "direct" or own)
    if (taking.implied or paper or hidden) and attribution.speaker and attribution.speaker.code:
        others = [Actor(c) for c in attribution.speaks_for if c != attribution.speaker.code]
        return (attribution.speaker, *others)
    return ()


def all_meant(reading: Reading, index: int, tree: Tree, heads: tuple[int, ...]) -> list[Actor]:
    actors: list[Actor] = []
    for head in heads:
        for one in tree.conjuncts(head):
            for actor in _meant(reading, index, tree, one):
                if actor.code and actor.code not in {a.code for a in actors}:
                    actors.append(actor)
    return actors


def _above(tree: Tree, trigger: int) -> tuple[int, ...]:
    """Return the subject of the verb that governs an infinitive: «where they agreed to push for»."""
    step = trigger
    while tree.rel(step) in ("xcomp", "conj") and tree.sentence.tokens[step].head >= 0:
        step = tree.sentence.tokens[step].head
        subjects = tree.by_rel(step, "nsubj")
        if subjects:
            return tuple(subjects)
    return ()


def _bearers(tree: Tree, heads: tuple[int, ...]) -> tuple[int, ...]:
    """Return who carries or sends what speaks: «placards asking», «sent a letter requesting»."""
    found: list[int] = []
    for head in heads:
        verb = tree.sentence.tokens[head].head
        paper = is_document(tree, head) or tree.lemma(head) in _BOARDS
        if paper and verb >= 0 and tree.rel(head) == "obj":
            found += verb_frame(tree, verb).heads("subj")
    return tuple(found)


def _both(reading: Reading, index: int) -> tuple[Actor, ...]:
    """Return the pair a report is about so far: two codes that are named far more often than any third."""
    named = Counter(
        a.code
        for m in reading.mentions
        if m.span.sentence < index and not m.place
        for a in m.actors
        if a.code
    ).most_common(3)
    if len(named) < 2 or (len(named) > 2 and named[2][1] * _FAR_MORE > named[1][1]):
        return ()
    return (Actor(named[0][0]), Actor(named[1][0]))


def _meant(reading: Reading, index: int, tree: Tree, head: int) -> tuple[Actor, ...]:
    """Return the actors a word means; «my delegation» and «our position» mean whose they are."""
    mention = mention_at(reading, index, head)
    if mention and any(a.code for a in mention.actors):
        return mention.actors
    if tree.sentence.tokens[head].text.lower() in ("both", "neither"):
        return _both(reading, index)
    for owner in tree.by_rel(head, "nmod:poss"):
        if tree.sentence.tokens[owner].text.lower() in ("my", "our"):
            own = mention_at(reading, index, owner)
            if own:
                return own.actors
    return ()
