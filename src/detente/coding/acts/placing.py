"""Whose people they are: parties nobody has placed in, the same parties with the state they stand in out.

«Police arrested Mahsa Amini in Iran»: the person is known by name only, the police by what they are. Where
the words around them speak of one state alone, they are of that state; of two or none, they stay unplaced.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from detente.coding.acts.candidates import Candidate
from detente.coding.acts.parties import Parties, codes
from detente.coding.clauses import Tree
from detente.coding.reading import Mention, Reading
from detente.coding.who.actors import is_official
from detente.knowledge.states import cow_of, states
from detente.knowledge.triggers import word_classes
from detente.language.analysis import Span
from detente.records import Actor

NEAR = 2  # sentences back in which the state is looked for
SURE = 0.5  # a noun is a side where the network gives it as much
SCORE = 0.6
WHY = "of the only state named near by"
ASSEMBLY = frozenset("assembly session presidency secretary-general".split())


def place_parties(
    reading: Reading, index: int, tree: Tree, candidate: Candidate, parties: Parties
) -> Parties:
    """Return the parties with those placed who bear a name or a noun only, where one state is spoken of.

    «Peruvian troops shot at students.»: PER on both sides.
    """
    sources, recipients = parties.sources, parties.recipients
    if codes(sources) and (codes(recipients) or parties.joint):
        return parties
    home = _state_near(reading, index, tree)
    if home is None:
        return parties
    state, people = home
    proposal = candidate.proposal
    if not sources and people:
        slots = [slot.name for slot in candidate.trigger.source if slot.name != "joint"]
        likely = proposal.sources if proposal else ()
        sources = _people(tree, candidate, slots, likely, _taken(recipients))
    if not recipients and not parties.joint and people:
        slots = [slot.name for slot in candidate.trigger.recipient if slot.name != "joint"]
        likely = proposal.recipients if proposal else ()
        recipients = _people(tree, candidate, slots, likely, _taken(sources))
    sources, recipients = (tuple(_placed(m, state, index) for m in side) for side in (sources, recipients))
    return replace(parties, sources=sources, recipients=recipients)


def _state_near(reading: Reading, index: int, tree: Tree) -> tuple[str, bool] | None:
    """Return the one state that is spoken of here, and whether nouns may be placed in it too.

    Who speaks for a state speaks of many peoples: there, only names are placed; before the General Assembly,
    those it names are the Assembly's.
    """
    official = is_official(reading)
    for back in range(NEAR + 1):
        if index - back < 0:
            break
        mentions = reading.mentions_in(index - back)
        named = {code for m in mentions for code in codes([m])}
        if official and ("UNO" in named or _before_assembly(tree)):
            return "UNO", False
        here = named & states().keys()
        if len(here) == 1:
            return next(iter(here)), not official
        if here:
            return None
    return None


def _before_assembly(tree: Tree) -> bool:
    return any(tree.lemma(i) in ASSEMBLY for i in range(len(tree.sentence.tokens)))


def _people(
    tree: Tree,
    candidate: Candidate,
    slots: Iterable[str],
    likely: tuple[tuple[int, float], ...],
    taken: frozenset[int],
) -> tuple[Mention, ...]:
    """Return mentions of the people that a side's slots hold by a plain noun, or the network sees there."""
    heads = [h for name in slots for h in candidate.frame.heads(name)]
    heads += [i for i, weight in likely if weight >= SURE]
    own = {candidate.token, candidate.frame.light, candidate.object}
    for head in heads:
        found = [k for k in tree.conjuncts(head) if k not in taken | own and _is_people(tree, k)]
        if found:
            return tuple(_mention(tree, k) for k in found)
    return ()


def _is_people(tree: Tree, i: int) -> bool:
    return tree.sentence.tokens[i].upos == "NOUN" and tree.lemma(i) in word_classes()["@people"]


def _mention(tree: Tree, head: int) -> Mention:
    """Return a mention, without code as yet, of a noun with what stands before it."""
    start = min([head, *tree.by_rel(head, "compound", "amod", "det", "nummod")])
    lemma = tree.lemma(head)
    classes = word_classes()
    sector = "COP" if lemma in classes["@police"] else "JUD" if lemma in classes["@court"] else "CVL"
    role = tree.sentence.tokens[head].text.lower()
    return Mention(Span(-1, start, head + 1, head), (Actor(None, None, role, sector),), "role", SCORE, WHY)


def _taken(mentions: Iterable[Mention]) -> frozenset[int]:
    return frozenset(k for m in mentions for k in range(m.span.start, m.span.end))


def _placed(mention: Mention, state: str, index: int) -> Mention:
    """Return a mention with its people in a state: those who have no code and are persons or a people."""
    if codes([mention]) or not (mention.person or mention.span.sentence < 0):
        return mention
    actors = tuple(_in_state(a, state) for a in mention.actors)
    return replace(mention, span=replace(mention.span, sentence=index), actors=actors, score=SCORE, why=WHY)


def _in_state(actor: Actor, state: str) -> Actor:
    sector = "IGO" if state == "UNO" else actor.sector or "CVL"
    return replace(actor, code=state, sector=sector, cow=cow_of(state))
