"""Who takes a side: from the words that fill a construction to actors.

«my delegation» is the speaker's state; «neither» is the pair a report is about.
"""

from __future__ import annotations

from collections import Counter

from detente.coding.clauses import Tree, verb_frame
from detente.coding.reading import Reading
from detente.coding.said.voices import is_document, mention_at
from detente.coding.stand.taking import Taking
from detente.knowledge.cues import speech_cues
from detente.knowledge.states import states
from detente.records import Actor, Attribution

_FAR_MORE = 2  # times
_TIMES, _MOST, _NEARLY_ALL = 3, 0.6, 0.8  # names of a state, and its share, that make a report its own
_MANY = frozenset(
    "people member senator marcher citizen campaigner leader legislator representative parliament congress "
    "senate house organization organisation bishop archbishop association mayor".split()
)
_CROWDED = frozenset({"protest", "demonstration", "march", "rally"})  # theirs who hold them
_NUMBERS = frozenset(
    "number majority minority dozen hundred thousand group lot handful some many most".split()
)
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


def find_home_holders(
    reading: Reading, index: int, tree: Tree, taking: Taking, attribution: Attribution
) -> tuple[Actor, ...]:
    """Return people and crowds nobody can place as of the one state their report is about.

    «Protesters oppose the bill», in a report that names hardly any state but Norway, are Norway's; a person
    by name is so only where four in five names of states are its own.
    """
    crowds = speech_cues().crowds | _MANY
    actors: list[Actor] = []
    if not taking.actors and tree.lemma(taking.trigger) in _CROWDED:
        home = _home(reading, _MOST)
        return (Actor(home, None, "protesters", "CVL"),) if home else ()
    speaker = attribution.speaker
    he = any(tree.lemma(h) in ("he", "she", "i") for h in taking.actors) or taking.implied
    if he and speaker and speaker.name and speaker.code is None:  # «said he would vote against it»
        home = _home(reading, _NEARLY_ALL)
        return (Actor(home, speaker.name, speaker.role, None),) if home else ()
    for head in taking.actors:
        for one in tree.conjuncts(head):
            one = _of_whom(tree, one)
            token = tree.sentence.tokens[one]
            is_person = token.upos == "PROPN" and any(
                n.kind == "PER" and n.start <= one < n.end for n in tree.sentence.names
            )
            plain = token.upos in ("NOUN", "PROPN") and not is_person
            is_crowd = plain and bool({tree.lemma(one), token.text.lower().rstrip("s")} & crowds)
            home = _home(reading, _NEARLY_ALL if is_person else _MOST) if is_person or is_crowd else None
            if home and home not in {a.code for a in actors}:
                actors.append(
                    Actor(home, token.text if is_person else None, None, None if is_person else "CVL")
                )
    return tuple(actors)


def _of_whom(tree: Tree, head: int) -> int:
    """Return the senators of «a number of senators», the marchers of «thousands of marchers»."""
    if tree.lemma(head) in _NUMBERS or tree.sentence.tokens[head].upos == "NUM":
        return next((k for k in tree.by_rel(head, "nmod") if tree.preposition(k) == "of"), head)
    return head


def _home(reading: Reading, share: float) -> str | None:
    """Return the state that bears at least `share` of the names of states in a report, three or more."""
    named = Counter(a.code for m in reading.mentions for a in m.actors if a.code in states())
    best = named.most_common(1)
    enough = best and best[0][1] >= _TIMES and best[0][1] >= share * sum(named.values())
    return best[0][0] if enough else None


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
