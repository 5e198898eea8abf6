"""What the network sees beside the lexicon: its proposals in, candidates and parties out.

The lexicon and the grammar come first. The network adds acts whose words no row knows, doubts a row where it
sees no act at all, names a side that no slot holds, and keeps an act that a rule would drop for want of a
side. Each record says so in its reasons, each doubt in its objection.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from detente.coding.acts.candidates import Candidate
from detente.coding.acts.parties import Parties, codes
from detente.coding.acts.status import Verdict
from detente.coding.clauses import Tree, frame_of
from detente.coding.reading import Mention
from detente.knowledge.layers import layered
from detente.knowledge.ontology import kind_of
from detente.knowledge.triggers import Slot, Trigger, triggers
from detente.language.analysis import Proposal

# Least weights, chosen on the development part of `training/events`.
ACT = 0.85  # words that no row knows tell an act
KEPT = 0.65  # an act is kept though its doer is missing, somebody on the other side being named
# … and against a rule, where the network also sees the row's own type. On the development part, with RETYPED:
# type F1 .544 to .566, both sides .272 to .286.
AGAINST = {
    "drop_within_one_state": 0.85,  # «Sanders criticised the White House»
    "drop_purpose": 0.85,  # «used force to arrest the protesters»
    "drop_to_nobody": 0.95,  # «the Speaker's criticism»
    "drop_without_doer": 0.97,  # «shots were fired»
    "drop_back_reference": 0.98,  # «the attack», which may be another
}
FREE = 0.9  # a trigger inside another's demand or promise is an act of its own: «condemned the shelling»
FREE_INFINITIVE = 0.98  # … told as what is asked or promised: «agreed to lift the ban»
SAYS = 0.5  # its status is heard
PARTY = 0.6  # a mention is a side that no slot holds
COMPATRIOT = 0.6  # so is one of the same state as the other side
RETYPED = 0.95  # it sees another type than the row's, and is followed
DOUBT = 0.03  # below it a row's words are taken to tell no act
DEEDS = frozenset({2, 4})  # quads of what can go on: aid, work, force; words are said once
POS = {"NOUN": "NOUN", "PROPN": "NOUN", "ADJ": "ADJ"}

Slots = tuple[tuple[Slot, ...], tuple[Slot, ...]]


def weigh_candidates(tree: Tree, hits: Iterable[Candidate]) -> list[Candidate]:
    """Return the lexicon's candidates with what the network says of each, and those that only it sees.

    `hits` are all rows that fit; where one of type NONE does, the network is not heard either.
    """
    rows = tuple(hits)
    silenced = {token for row in rows for token in _silenced(tree, row)}
    spoken = [row for row in rows if row.trigger.type != "NONE" and row.token not in silenced]
    taken = silenced | {token for row in rows for token in _words_of(row)}
    unknown = _find_unknown(tree, taken)
    return sorted([*(_with_proposal(tree, row) for row in spoken), *unknown], key=lambda c: c.token)


def _with_proposal(tree: Tree, candidate: Candidate) -> Candidate:
    """Return the candidate with the likeliest proposal at its words; one of its own type comes first.

    «fired his minister» is no shot: where the network is sure of another type, the row gives way.
    """
    words = _words_of(candidate)
    found = [p for p in tree.sentence.proposals or () if p.token in words]
    best = max(found, key=lambda p: (p.type == candidate.trigger.type, p.weight), default=None)
    if best is None:
        return candidate
    trigger = candidate.trigger
    if best.type != trigger.type and min(best.weight, best.type_weight) >= RETYPED:
        trigger = replace(trigger, type=best.type, mode=best.mode, cameo=None)
    return replace(candidate, trigger=trigger, proposal=best)


def _words_of(candidate: Candidate) -> set[int]:
    """Return the words by which a candidate tells its act: «held talks» by its verb and its noun."""
    return {i for i in (candidate.token, candidate.frame.light, candidate.object) if i is not None}


def _silenced(tree: Tree, row: Candidate) -> set[int]:
    """Return the words that a row of type NONE silences: «war» too in «a war of words»."""
    if row.trigger.type != "NONE":
        return set()
    near = range(max(0, row.token - 4), min(len(tree.sentence.tokens), row.token + 5))
    return {i for i in near if tree.lemma(i) in row.trigger.words}


def _find_unknown(tree: Tree, taken: set[int]) -> Iterator[Candidate]:
    for proposal in tree.sentence.proposals or ():
        if proposal.weight >= ACT and proposal.token not in taken:
            trigger = _make_trigger(tree, proposal)
            yield Candidate(proposal.token, trigger, frame_of(tree, proposal.token), None, proposal, False)


def _make_trigger(tree: Tree, proposal: Proposal) -> Trigger:
    """Return a trigger of the proposed type, its slots those that most rows of the type have."""
    pos = POS.get(tree.sentence.tokens[proposal.token].upos, "VERB")
    source, recipient = _common_slots().get((proposal.type, pos)) or _common_slots()[proposal.type, "VERB"]
    return Trigger(
        words=(tree.lemma(proposal.token),), head=0, pos=pos, type=proposal.type, mode=proposal.mode,
        cameo=None, source=source, recipient=recipient, object=frozenset(), complement=False, literal=False,
        example="",
    )  # fmt: skip


@layered
def _common_slots() -> dict[tuple[str, str], Slots]:
    """Return the commonest (source, recipient) slots of each type and part of speech in the lexicon."""
    counts: dict[tuple[str, str], Counter[Slots]] = defaultdict(Counter)
    for rows in triggers().values():
        for row in rows:
            counts[row.type, row.pos][row.source, row.recipient] += 1
    return {key: counter.most_common(1)[0][0] for key, counter in counts.items()}


def stands_free(tree: Tree, candidate: Candidate, outer: Iterable[Candidate]) -> bool:
    """Whether the network takes a trigger inside another's demand or promise for an act of its own.

    Not so the «protest» of «lodged a protest», by which the other tells its act.
    """
    infinitive = any(tree.lemma(k) == "to" for k in tree.by_rel(candidate.token, "mark"))
    least = FREE_INFINITIVE if infinitive else FREE
    sure = candidate.proposal is not None and candidate.proposal.weight >= least
    return sure and not any(candidate.token in _words_of(other) for other in outer)


def doubts(tree: Tree, candidate: Candidate) -> bool:
    """Whether the network looked and sees no act at a row's words: «a sporting ban», «fired up the crowd»."""
    looked = candidate.known and tree.sentence.proposals is not None
    return looked and (candidate.proposal.weight if candidate.proposal else 0.0) < DOUBT


def keeps(candidate: Candidate, parties: Parties, rule: str) -> bool:
    """Whether an act stays that a rule would drop, the network being surer: «Clinton was impeached»."""
    proposal = candidate.proposal
    if proposal is None:
        return False
    told = rule == "drop_without_doer" and bool(parties.recipients) and proposal.weight >= KEPT
    agrees = proposal.type == candidate.trigger.type
    return told or (agrees and proposal.weight >= AGAINST.get(rule, 2.0))


def goes_on(candidate: Candidate, verdict: Verdict) -> bool:
    """Whether the network takes for still under way what grammar tells as done: «the war in Yemen»."""
    proposal = candidate.proposal
    plain = verdict.status in (None, "happened") and not verdict.detail
    deed = kind_of(candidate.trigger.type).quad in DEEDS
    return (
        plain and deed and proposal is not None and proposal.weight >= SAYS and proposal.status == "ongoing"
    )


def fill_parties(parties: Parties, candidate: Candidate, mentions: tuple[Mention, ...]) -> Parties:
    """Return the parties with the sides that no slot holds and the network sees."""
    proposal = candidate.proposal
    if proposal is None or parties.joint:
        return parties
    sources = parties.sources or _likely(proposal.sources, mentions, parties.recipients)
    recipients = parties.recipients or _likely(proposal.recipients, mentions, sources)
    return replace(parties, sources=sources, recipients=recipients)


def _likely(
    weights: tuple[tuple[int, float], ...], mentions: tuple[Mention, ...], others: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    """Return the mentions whose words the network takes for a side, save those of the other side."""
    return tuple(m for m in mentions if _weight(m, weights) >= _least(m, others))


def _least(mention: Mention, others: tuple[Mention, ...]) -> float:
    """Return the weight a mention needs to be a side: none is enough for who is the other side already."""
    actors = {a for m in others for a in m.actors}
    if any(m.span == mention.span for m in others) or actors & set(mention.actors):
        return 2.0
    own = codes([mention])
    return COMPATRIOT if own and own <= codes(others) else PARTY


def _weight(mention: Mention, weights: tuple[tuple[int, float], ...]) -> float:
    span = mention.span
    return max((w for i, w in weights if i == span.head or span.start <= i < span.end), default=0.0)
