"""Who acts and on whom: a candidate and the mentions of its sentence in, its parties out.

The trigger's slots are tried in order; what they leave open is looked for in what the trigger
governs, in who speaks, and in whose move it answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from detente.coding.acts.candidates import Candidate
from detente.coding.acts.status import Verdict
from detente.coding.clauses import Frame, Tree, frame_of
from detente.coding.reading import Mention, Reading
from detente.coding.said.speech import attribution_at
from detente.knowledge.states import cow_of
from detente.knowledge.triggers import Slot, word_classes
from detente.language.analysis import Span
from detente.records import Actor, Event

ANSWERS = frozenset({"ACCUSE", "REJECT", "SUPPORT", "REQUEST", "THREATEN"})
# What a promise of such an act is.
PROMISED = {
    "RETREAT": "CONCEDE", "CONCEDE": "CONCEDE",
    "SANCTION": "THREATEN", "COERCE": "THREATEN", "ASSAULT": "THREATEN",
}  # fmt: skip
SOMEBODY = frozenset(
    "party side community state country nation people member leader all everyone other".split()
)
FACING = frozenset(
    {"ACCUSE", "REJECT", "REQUEST", "THREATEN", "CONCEDE", "RETREAT", "SANCTION", "AGREE", "SUPPORT"}
)
OFFICIAL = frozenset({"GOV", "MIL"})
MAIN_SHARE = 0.85  # of a report's mentions of states that two must hold for it to be about them alone
# Times each of the two must be named. On the annotated sentences, where two names stand for a whole report,
# the other state was right in 27 of 154; at three, 4 of 10, and the sample reports lost nothing.
NAMED_OFTEN = 3
# People who are somebody's and do not act for him: «the president's critics blamed …».
PERSONAL = frozenset(
    "critic opponent associate fiancée fiancé relative family wife husband son daughter brother sister rival "
    "lawyer supporter friend".split()
)
NEAR = 400  # characters back in which the other side of an answer is looked for
MOVES = frozenset(
    "move step decision action act measure maneuver manoeuvre launch test deployment strike attack incident "
    "proposal plan offer claim accusation allegation remark comment statement call demand".split()
)
# What «will not» makes of an act, and «must», with the mode of the refusal and the demand.
REFUSABLE = {
    "CONCEDE": "yield", "RETREAT": "yield", "AGREE": None, "SUPPORT": None, "COOPERATE": "assist",
    "AID": "assist", "CONSULT": "meet",
}  # fmt: skip
DEMANDS = {"CONSULT": "meet", "RETREAT": "yield", "CONCEDE": "yield", "AID": "assist", "COOPERATE": "assist"}
ADDRESSED = frozenset(
    {"REQUEST", "ACCUSE", "REJECT", "SUPPORT", "CONCEDE", "AGREE", "SANCTION", "RETREAT", "AID"}
)


@dataclass(frozen=True, slots=True)
class Parties:
    """Who acts and on whom; in a joint act all act together."""

    sources: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    joint: bool = False


def codes(mentions: Iterable[Mention]) -> set[str]:
    """Return the codes of all actors the mentions stand for."""
    return {code for m in mentions for code in _codes_of(m.actors)}


def _codes_of(actors: Iterable[Actor]) -> set[str]:
    return {a.code for a in actors if a.code}


def turn_speech_act(
    reading: Reading, index: int, candidate: Candidate, parties: Parties, verdict: Verdict
) -> tuple[Candidate, Parties, Verdict]:
    """Read a refusal or a demand where grammar makes one of another act.

    «Seoul said it will not recognise the claim» refuses; «Tehran must free the crew», says London: a demand.
    """
    trigger = candidate.trigger
    verbal = trigger.type == "PROTEST" and trigger.pos == "VERB"
    if verbal and parties.sources and all(_is_official(m) for m in parties.sources):
        complaint = replace(trigger, type="ACCUSE", mode="disapprove", cameo=None)  # «Oslo protested to Rome»
        return replace(candidate, trigger=complaint), parties, verdict
    if verdict.detail == "negated" and trigger.words[0] in word_classes()["@reject_when_negated"]:
        verdict = replace(verdict, detail="refused" if verdict.tense != "past" else "negated")
    if verdict.detail == "refused" and trigger.type in REFUSABLE:
        refusal = replace(trigger, type="REJECT", mode=REFUSABLE[trigger.type], cameo=None)
        return replace(candidate, trigger=refusal), parties, replace(verdict, status="happened", detail=None)
    if verdict.detail == "demanded":
        token = reading.sentence(index).tokens[candidate.token]
        speaker = attribution_at(reading, index, token.start).speaker
        addressed = tuple(m for m in parties.sources if speaker and speaker.code not in codes([m]))
        if speaker and speaker.code and addressed:
            demand = replace(trigger, type="REQUEST", mode=DEMANDS.get(trigger.type), cameo=None)
            source = _speaking(index, candidate, (speaker,))
            return (
                replace(candidate, trigger=demand),
                Parties((source,), addressed),
                replace(verdict, status="happened", detail=None),
            )
    return candidate, parties, verdict


def _is_official(mention: Mention) -> bool:
    """Whether a state, its capital or its organs are meant, which protest in words and not in the street."""
    return mention.how in ("name", "capital", "role") and all(a.sector == "GOV" for a in mention.actors)


def turn_promise(candidate: Candidate, inside: Iterable[Candidate]) -> Candidate:
    """Read a promise by what is promised: «agreed to lift its duty» concedes, «vowed to bomb» threatens.

    `inside` are the candidates that stand in the complement of a promise.
    """
    trigger = candidate.trigger
    if trigger.type != "AGREE":
        return candidate
    direct = {h for slot in ("xcomp", "obj", "to") for h in candidate.frame.heads(slot)}
    for other in inside:
        if other.token in direct or other.frame.light in direct:
            turned = PROMISED.get(other.trigger.type)
            if turned:
                return replace(candidate, trigger=replace(trigger, type=turned, mode=None, cameo=None))
    return candidate


def turn_peacekeeping(tree: Tree, candidate: Candidate) -> Candidate:
    """Read the sending, coming and taking part of peacekeepers as help: «Oslo sent troops to keep the peace».

    «Lima sent 200 troops to Haiti as a peacekeeping force»: AID, as CAMEO 074 has it, and no mobilization.
    """
    trigger = candidate.trigger
    if (trigger.type, trigger.mode) == ("CONSULT", "visit"):
        inside = {k for h in candidate.frame.heads("subj") for k in tree.subtree(h, without=("acl:relcl",))}
    elif (trigger.type, trigger.mode) == ("MOBILIZE", "troops") or "participate" in trigger.words:
        inside = set(tree.subtree(candidate.token, without=("acl:relcl", "parataxis", "conj")))
    else:
        return candidate
    if not word_classes()["@peacekeeping"] & {tree.lemma(k) for k in inside}:
        return candidate
    return replace(candidate, trigger=replace(trigger, type="AID", mode=None, cameo="074"))


def find_parties(tree: Tree, candidate: Candidate, mentions: tuple[Mention, ...]) -> Parties:
    """Return who acts and on whom, from the trigger's slots."""
    trigger, frame = candidate.trigger, candidate.frame
    names = [slot.name for slot in trigger.source]
    between: tuple[Mention, ...] = ()
    joins = trigger.mode != "third-party" and (trigger.pos == "NOUN" or "joint" in names)
    if joins:  # «a call between»; not «taped a call between», nor «mediated between»
        between = _first(tree, frame, (Slot("between"), Slot("among")), mentions)
    if len(between) > 1:
        return Parties(between, (), joint=True)
    slots = [s for s in trigger.source if s.name != "joint"]
    if trigger.pos == "NOUN" and frame.light is not None and not any(s.name == "subj" for s in slots):
        slots.append(Slot("subj"))
    sources = _first(tree, frame, slots, mentions)
    if not sources and trigger.pos == "VERB" and not frame.passive and not frame.heads("subj"):
        sources = _just_before(tree, candidate, mentions)
    if not sources and trigger.type in ("CONSULT", "AGREE"):
        sources = _scene_subject(tree, candidate, mentions)
    recipients = _find_recipients(tree, candidate, mentions, sources)
    if trigger.type == "ASSAULT" and not recipients:
        recipients = _people_there(tree, candidate, mentions, sources)
    if trigger.type == "PROTEST" and not sources:
        sources = _people_there(tree, candidate, mentions, recipients)
    if "joint" in names and not recipients and len(codes(sources)) > 1:
        return Parties(sources, (), joint=True)
    return Parties(sources, recipients)


def _find_recipients(
    tree: Tree, candidate: Candidate, mentions: tuple[Mention, ...], sources: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    """Return who is acted on: those abroad first, else others of the same state."""
    used = {m.span for m in sources}
    own = codes(sources)
    others = [m for m in mentions if m.span not in used and not _same_actors(m, sources)]
    abroad = tuple(m for m in others if codes([m]) != own)
    at_home = tuple(m for m in others if not _is_self(m, sources))
    return _acted_on(tree, candidate, abroad, sources) or _acted_on(tree, candidate, at_home, sources)


def _acted_on(
    tree: Tree, candidate: Candidate, others: tuple[Mention, ...], sources: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    """Return the first of others that the trigger's slots hold, else whoever stands in what it governs."""
    own = codes(sources)
    slots = [*candidate.trigger.recipient]
    if candidate.trigger.type in ADDRESSED and not _addresses_stranger(tree, candidate, others):
        slots += [
            Slot(name, deep=True) for name in ("obj", "xcomp", "to", "on", "over", "against", "for", "from")
        ]
    if candidate.trigger.type == "REQUEST":
        slots.append(Slot("obl"))  # «called for members to spend more»
    for slot in slots:
        found = _in_slot(tree, candidate.frame, slot, others)
        if slot.name.startswith("comp") and _in_slot(tree, candidate.frame, slot, sources):
            continue  # «warned that it and Rome would act»: they do not warn themselves
        if slot.deep:
            found = tuple(m for m in found if not codes([m]) & own and not m.place)  # «in Libya»: a topic
        if found:
            return found
    return ()


def _people_there(
    tree: Tree, candidate: Candidate, mentions: tuple[Mention, ...], others: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    """«a bombing in Tunis», «protests across Peru»: the people of the place, where nobody else is named."""
    inside = set(tree.subtree(tree.clause(candidate.token), without=("acl:relcl", "parataxis")))
    places = [m for m in mentions if m.place and m.span.head in inside and not codes([m]) & codes(others)]
    if len({code for m in places for code in codes([m])}) != 1:
        return ()
    people = tuple(replace(a, sector="CVL") for a in places[0].actors)
    return (replace(places[0], actors=people, score=0.7),)


def _addresses_stranger(tree: Tree, candidate: Candidate, mentions: tuple[Mention, ...]) -> bool:
    """«called on the parties», «condemned the Paralympic Committee»: it addresses someone without a code."""
    for head in (*candidate.frame.heads("obj"), *candidate.frame.heads("on")):
        token = tree.sentence.tokens[head]
        is_somebody = token.upos in ("PROPN", "PRON") or token.lemma.lower() in SOMEBODY
        if is_somebody and not _covering(mentions, [head]):
            return True
    return False


def _just_before(tree: Tree, candidate: Candidate, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """«North Korea test-fired a missile»: the subject, where the tree hung it elsewhere under the verb."""
    if tree.rel(candidate.token) not in ("root", "ccomp", "parataxis"):
        return ()
    inside = set(tree.subtree(candidate.token))
    near = [
        m for m in mentions if m.span.head in inside and candidate.token - 3 <= m.span.end <= candidate.token
    ]
    return tuple(m for m in near[-1:] if m.how in ("name", "capital") and not m.place)


def _scene_subject(tree: Tree, candidate: Candidate, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """«In a phone call with Rome, Madrid …»: the clause's subject takes part in what sets its scene."""
    clause = tree.clause(candidate.token)
    if clause == candidate.token or tree.rel(candidate.token) != "obl":
        return ()
    return _in_slot(tree, frame_of(tree, clause), Slot("subj"), mentions)


def _first(
    tree: Tree, frame: Frame, slots: Iterable[Slot], mentions: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    for slot in slots:
        found = _in_slot(tree, frame, slot, mentions)
        if found:
            return found
    return ()


def _in_slot(tree: Tree, frame: Frame, slot: Slot, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the mentions that fill a slot: at the head of its phrase, or anywhere inside if it is deep."""
    found: list[Mention] = []
    for head in frame.heads(slot.name):
        for k in tree.conjuncts(head):
            at_head = _covering(mentions, [k], by_head=True)
            if not at_head:
                at_head = _covering(mentions, tree.by_rel(k, "appos"))
            if not at_head and tree.lemma(k) == "visiting":  # «talks with the visiting premier», as a verb
                at_head = _covering(mentions, tree.by_rel(k, "obj"))
            if not at_head and slot.deep:
                at_head = _within(tree, slot, k, mentions)
            if not at_head and slot.name != "poss" and tree.lemma(k) not in PERSONAL:
                at_head = _owners(tree, k, mentions)
            found += [m for m in at_head if m not in found]
    return tuple(found)


def _covering(
    mentions: tuple[Mention, ...], tokens: Iterable[int], *, by_head: bool = False
) -> list[Mention]:
    """Return the mentions whose words hold one of the tokens, token by token."""
    return [
        m
        for k in tokens
        for m in mentions
        if m.span.start <= k < m.span.end or (by_head and m.span.head == k)
    ]


def _within(tree: Tree, slot: Slot, top: int, mentions: tuple[Mention, ...]) -> list[Mention]:
    """Return whom a phrase holds deeper down: its owner first, else whoever may own what it says."""
    owners = _owners(tree, top, mentions)
    if owners:
        return owners
    inside = set(tree.subtree(top, without=("acl:relcl", "parataxis")))
    held = [m for m in mentions if m.span.head in inside and _may_own(tree, m, top)]
    if held or slot.name != "xcomp":
        return held
    aimed = (m for m in mentions if tree.preposition(m.span.head) in ("on", "against"))
    return [m for m in aimed if m.span.head in inside]  # «agreed to put pressure on Oslo»


def _may_own(tree: Tree, mention: Mention, top: int) -> bool:
    """Whether a mention can own what a phrase says: «a halt to Oslo's tests», not «sanctions on Oslo»."""
    head = mention.span.head
    relation = tree.rel(head)
    if relation in (
        "nmod:poss",
        "amod",
        "compound",
        "nsubj",
        "nsubj:pass",
        "appos",
        "conj",
        "flat",
        "obl:agent",
    ):
        return True
    if relation == "nmod" or relation == "obl":
        near = tree.sentence.tokens[head].head == top
        return tree.preposition(head) in ("by", "from") or (
            near and tree.preposition(head) in ("of", "with", "to")
        )
    return relation in ("obj", "iobj")


def _owners(tree: Tree, noun: int, mentions: tuple[Mention, ...]) -> list[Mention]:
    """«Oslo's decision», «the Norwegian move»: the owner stands for the thing."""
    doers = tree.by_rel(noun, "nmod:poss", "amod", "compound")
    doers += [k for k in tree.by_rel(noun, "nmod") if tree.preposition(k) == "by"]
    others = [k for k in tree.by_rel(noun, "nmod") if tree.preposition(k) == "of"]
    for owners in (doers, others):  # «the Russian invasion of Ukraine»: whoever does it comes first
        found = _covering(mentions, owners)
        if found:
            return found
    return []


def _is_self(mention: Mention, sources: tuple[Mention, ...]) -> bool:
    """The same state in the same part: its president and its ministry, not its government and its rebels."""
    sides = [{(a.code, a.sector) for m in side for a in m.actors} for side in ((mention,), sources)]
    return sides[0] == sides[1]


def _same_actors(mention: Mention, others: tuple[Mention, ...]) -> bool:
    return any(set(mention.actors) & set(o.actors) for o in others)


def from_speech(reading: Reading, index: int, candidate: Candidate, parties: Parties) -> Parties:
    """«It also demanded …»: who speaks through the document or the pronoun, and for whom."""
    cue = reading.sentence(index).tokens[candidate.token].text
    for speech in reading.speech:
        if speech.sentence == index and speech.cue == cue and speech.speaker and speech.speaker.code:
            joint = tuple(Actor(code=code, cow=cow_of(code)) for code in speech.speaks_for)
            actors = joint if len(joint) > 1 else (speech.speaker,)
            return replace(parties, sources=(_speaking(index, candidate, actors),))
    return parties


def _speaking(index: int, candidate: Candidate, actors: tuple[Actor, ...]) -> Mention:
    """Return a mention of those who speak, at the word by which they do."""
    return Mention(Span(index, candidate.token, candidate.token + 1, candidate.token), actors, "group")


def to_last_doer(tree: Tree, candidate: Candidate, parties: Parties, told: tuple[Event, ...]) -> Parties:
    """Return the parties with whom an answer is meant for: whoever made the move, or the other side.

    «Oslo closed the strait. Moscow condemned the move.» «Rome rebuffed Bonn. It lodged a protest.»
    An answer is told in a sentence of its own: two acts of one sentence answer each other in 3 of 31.
    """
    if candidate.trigger.type not in ANSWERS or not told:
        return parties
    own = codes(parties.sources)
    start = tree.sentence.tokens[candidate.token].start
    before = [e for e in told if e.evidence.end <= tree.sentence.start]
    near = [
        e for e in before[-3:] if start - e.evidence.end < NEAR and e.evidence.field == tree.sentence.field
    ]
    objects = [h for slot in ("obj", "to", "as") for h in candidate.frame.heads(slot)]
    if any(tree.lemma(o) in MOVES and _is_definite(tree, o) for o in objects):
        for event in reversed(near):
            if event.sources and not own & _codes_of(event.sources):
                return replace(parties, recipients=(_stand_in(event.sources, "whose move is answered"),))
    for event in reversed(near):
        other = _codes_of(event.sources) | _codes_of(event.recipients)
        if own and own < other and len(other) == 2:
            actors = tuple(a for a in (*event.sources, *event.recipients) if a.code not in own)
            return replace(parties, recipients=(_stand_in(actors, "the other side of what was just told"),))
    return parties


def main_pair(mentions: Iterable[Mention]) -> frozenset[str]:
    """Return the two states a report is about, or none where a third matters or one is named in passing."""
    # In the order of the text, so that of two states named equally often the first counts, in every run.
    counts = Counter(code for m in mentions for code in dict.fromkeys(a.code for a in m.actors if a.code))
    top = counts.most_common(2)
    if len(top) < 2 or top[1][1] < NAMED_OFTEN or sum(n for _, n in top) < MAIN_SHARE * counts.total():
        return frozenset()
    return frozenset(code for code, _ in top)


def to_other_side(
    candidate: Candidate, parties: Parties, pair: frozenset[str], mentions: Iterable[Mention]
) -> Parties:
    """«The ministry put off the opening.»: in a report on two states, the other one is meant."""
    own = codes(parties.sources)
    present = {code for m in mentions for code in codes([m])}
    official = all(a.sector in OFFICIAL for m in parties.sources for a in m.actors)
    resigns = candidate.trigger.mode == "resign"  # a minister who resigns answers nobody abroad
    if resigns or not official or candidate.trigger.type not in FACING:
        return parties
    if len(own) != 1 or not own < pair or present - pair:
        return parties
    actors = tuple(Actor(code=code, cow=cow_of(code)) for code in pair - own)
    return replace(parties, recipients=(_stand_in(actors, "the other of the report's two states"),))


def _stand_in(actors: tuple[Actor, ...], why: str) -> Mention:
    """Return a mention without words of its own: someone meant by what the report tells elsewhere."""
    return Mention(Span(0, 0, 0, 0), actors, "group", 0.7, why)


def _is_definite(tree: Tree, noun: int) -> bool:
    return any(tree.lemma(k) in ("the", "this", "that", "these", "such") for k in tree.by_rel(noun, "det"))
