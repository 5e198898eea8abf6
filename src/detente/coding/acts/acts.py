"""Acts between actors: a finished Reading in, events out.

A trigger of the lexicon is found in the tree; its slots give who and whom; the grammar around it
gives the status; `times` the date. What only stands inside a demand, a promise or a refusal is
not an act of its own: «urged Oslo to withdraw» is one REQUEST and no withdrawal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from detente.coding.acts.candidates import Candidate, find_hits, find_real
from detente.coding.acts.confidence import estimate
from detente.coding.acts.modes import direct_meeting, find_mode
from detente.coding.acts.parties import (
    Parties,
    codes,
    find_parties,
    from_speech,
    main_pair,
    to_last_doer,
    to_other_side,
    turn_peacekeeping,
    turn_promise,
    turn_speech_act,
)
from detente.coding.acts.placing import WHY as PLACED
from detente.coding.acts.placing import place_parties
from detente.coding.acts.proposing import doubts, fill_parties, goes_on, keeps, stands_free, weigh_candidates
from detente.coding.acts.rules import Found, Objection, find_objection
from detente.coding.acts.status import judge
from detente.coding.clauses import Tree
from detente.coding.reading import Mention, Reading, Time
from detente.coding.said.speech import attribution_at
from detente.coding.when.times import date_for
from detente.knowledge import ontology
from detente.knowledge.issues import best_issue
from detente.knowledge.places import place
from detente.knowledge.triggers import context_cues, word_classes
from detente.records import Actor, Event, Evidence, Place, Reason, Report, Status

JOINT = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT", "MOBILIZE", "RETREAT"})
HISTORY_DAYS = 365  # before publication; older acts are kept and not counted
MATERIAL = frozenset({2, 4})
SUBJECTLESS = frozenset({"conj", "xcomp", "advcl", "ccomp", "acl"})
OPENING = frozenset("“\"‘'«([")
UNSEEN = Objection("doubts", "the network sees no act in these words")
TOLD_TWICE = Objection("same act", "one act named twice in the sentence")


def code_events(reading: Reading) -> tuple[Event, ...]:
    """Return the events of a report in the order of its text."""
    return tuple(event for decided in decide_report(reading) for event in decided.events)


def decide_report(reading: Reading) -> tuple[Decided, ...]:
    """Return what was weighed in each sentence, and what became of it, in the order of the text."""
    told: list[Event] = []
    out: list[Decided] = []
    headline_seen = False
    pair = main_pair(reading.mentions)
    for index, sentence in enumerate(reading.analysis.sentences):
        if sentence.kind == "heading":
            if headline_seen or index:  # a heading below the first repeats the body
                out.append(Decided(Tree(sentence), is_passed_over=True))
                continue
            headline_seen = True
        decided = decide_sentence(reading, index, tuple(told), pair)
        told += decided.events
        out.append(decided)
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Scene:
    """What surrounds a candidate: its sentence, who is mentioned, what it may promise, what was told."""

    reading: Reading
    sentence: int
    tree: Tree
    mentions: tuple[Mention, ...]
    unreal: tuple[Candidate, ...]
    told: tuple[Event, ...]
    pair: frozenset[str]  # the two states a report is about, empty if it is about others too


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of one trigger: all that was found, what turned its reading, and the event or why none."""

    seen: Candidate  # as the lexicon matched it, before anything turned its type
    found: Found
    turns: tuple[str, ...] = ()  # names of the steps that changed type or parties, in order
    objection: Objection | None = None
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """All that was weighed in one sentence: what stood free, what others hold, and what became of it."""

    tree: Tree
    real: tuple[Candidate, ...] = ()
    unreal: tuple[Candidate, ...] = ()
    decisions: tuple[Decision, ...] = ()
    is_passed_over: bool = False  # a heading that repeats the body

    @property
    def events(self) -> tuple[Event, ...]:
        """The events that came out."""
        return tuple(decision.event for decision in self.decisions if decision.event)


def decide_sentence(
    reading: Reading, index: int, told: tuple[Event, ...] = (), pair: frozenset[str] = frozenset()
) -> Decided:
    """Return what was weighed in one sentence and what became of it: the events, and why others are none."""
    tree = Tree(reading.sentence(index))
    mentions = reading.mentions_in(index)
    if not mentions:
        return Decided(tree)
    candidates = weigh_candidates(tree, find_hits(tree))
    outer = find_outer(candidates, tree)
    real = tuple(c for c in candidates if c in outer or stands_free(tree, c, outer))
    unreal = tuple(c for c in candidates if c not in real)
    decisions: list[Decision] = []
    for candidate in real:
        coded = [(d.found.candidate, d.event) for d in decisions if d.event]
        scene = Scene(reading, index, tree, mentions, unreal, (*told, *(event for _, event in coded)), pair)
        decision = decide(scene, candidate)
        if decision.event and any(_same_act(candidate, decision.event, *other) for other in coded):
            decision = replace(decision, event=None, objection=TOLD_TWICE)
        decisions.append(decision)
    return Decided(tree, real, unreal, tuple(decisions))


def find_outer(candidates: list[Candidate], tree: Tree) -> tuple[Candidate, ...]:
    """Return the candidates that no other holds; what only the network sees holds none of the lexicon's."""
    rows = find_real([c for c in candidates if c.known], tree)
    seen = tuple(c for c in find_real(candidates, tree) if not c.known)
    return (*rows, *seen)


def decide(scene: Scene, candidate: Candidate) -> Decision:
    """Return what becomes of a trigger that stands free: its event, or the rule that speaks against it."""
    found, turns = read_candidate(scene, candidate)
    objection = UNSEEN if doubts(scene.tree, candidate) else find_objection(found, scene.told)
    if objection and keeps(candidate, found.parties, objection.rule):
        objection = None
    event = None if objection else build_event(found)
    return Decision(candidate, found, turns, objection, event)


def read_candidate(scene: Scene, candidate: Candidate) -> tuple[Found, tuple[str, ...]]:
    """Return who does what to whom at a trigger as grammar and report tell, and the steps that turned it."""
    reading, index, tree = scene.reading, scene.sentence, scene.tree
    turns: list[str] = []
    verdict = judge(tree, candidate.token)
    seen, candidate = candidate, turn_peacekeeping(tree, candidate)
    turns += ["turn_peacekeeping"] if candidate is not seen else []
    parties = find_parties(tree, candidate, scene.mentions)
    if len(codes(parties.sources)) == 1:  # what several agree to give up is an agreement
        before, candidate = candidate, turn_promise(candidate, scene.unreal)
        turns += ["turn_promise"] if candidate is not before else []
    type_ = candidate.trigger.type
    candidate, parties, verdict = turn_speech_act(reading, index, candidate, parties, verdict)
    turns += ["turn_speech_act"] if candidate.trigger.type != type_ else []
    before_network, parties = parties, fill_parties(parties, candidate, scene.mentions)
    turns += ["fill_parties"] if parties != before_network else []
    if not parties.sources and candidate.trigger.pos == "VERB":
        parties = from_speech(reading, index, candidate, parties)
        turns += ["from_speech"] if parties.sources else []
    unplaced, parties = parties, place_parties(reading, index, tree, candidate, parties)
    turns += ["place_parties"] if parties != unplaced else []
    if _may_mean_others(scene, candidate, parties):
        parties = to_last_doer(tree, candidate, parties, scene.told)
        turns += ["to_last_doer"] if parties.recipients else []
        if not parties.recipients:
            parties = to_other_side(candidate, parties, scene.pair, scene.mentions)
            turns += ["to_other_side"] if parties.recipients else []
    return Found(reading, index, tree, candidate, parties, verdict), tuple(turns)


def _may_mean_others(scene: Scene, candidate: Candidate, parties: Parties) -> bool:
    """Whether whom an act is done to may stand elsewhere in the report: nobody is named with it."""
    accused = candidate.trigger.mode == "allege" and candidate.frame.heads("obj")  # «accused smugglers»
    named = parties.recipients or parties.joint or accused
    return not named and not _is_domestic(scene, candidate, parties)


def _is_domestic(scene: Scene, candidate: Candidate, parties: Parties) -> bool:
    """«Biden rejected Pelosi's suggestion»: a compatriot's thing is rejected, nobody abroad is meant."""
    own = codes(parties.sources)
    objects = [h for slot in ("obj", "xcomp", "to") for h in candidate.frame.heads(slot)]
    inside = {k for h in objects for k in scene.tree.subtree(h)}
    return any(
        m.span.head in inside and m.person and m.how == "name" and codes([m]) == own for m in scene.mentions
    )


def build_event(found: Found) -> Event:
    """Return the event of what was found, whatever the rules say of it."""
    reading, index, tree = found.reading, found.sentence, found.tree
    candidate, parties, verdict = found.candidate, found.parties, found.verdict
    sentence = tree.sentence
    trigger = candidate.trigger
    token = sentence.tokens[candidate.token]
    mode = find_mode(tree, candidate)
    place = _place(tree, candidate)
    if trigger.type == "CONSULT":
        parties, mode = direct_meeting(parties, mode, place)
    kind = ontology.kind_of(*_with_partners(tree, candidate, parties, mode))
    cameo = (
        trigger.cameo if kind.type == trigger.type and mode == trigger.mode and trigger.cameo else kind.cameo
    )
    status: Status = verdict.status or "happened"
    if goes_on(candidate, verdict):
        status, verdict = "ongoing", replace(verdict, words="network")
    attribution = attribution_at(reading, index, token.start)
    if status == "planned" and kind.planned != kind.type:
        cameo = kind.planned_cameo
        kind = ontology.kind_of(kind.planned)
    elif status == "happened" and kind.quad in MATERIAL and _is_interested(attribution.speaker, parties):
        is_cue = any(p.sentence == index and p.cue == token.text for p in reading.speech)
        if not is_cue:  # «ordered the envoys to leave» does it by saying so
            speech = reading.speech_at(index, token.start)
            status, verdict = "claimed", replace(verdict, words=speech.cue if speech else verdict.words)
    time = date_for(reading, index, candidate.token, verdict.tense)
    published = reading.report.published
    if time and time.start and published and time.start > published and status != "planned":
        time = None  # «invited him for next spring»: the day of what is asked, not of the asking
    evidence = _evidence(reading, index, tree, candidate.token)
    event = Event(
        evidence=evidence,
        type=kind.type,
        mode=kind.mode,
        cameo=cameo,
        quad=kind.quad,
        intensity=kind.intensity,
        goldstein=ontology.goldstein_of(cameo),
        contexts=find_contexts(tree, candidate.token),
        sources=_actors(parties.sources),
        recipients=_actors(parties.recipients),
        status=status,
        status_detail=verdict.detail or _age(reading.report, time),
        date_start=time.start if time else None,
        date_end=time.end if time else None,
        date_basis=time.words if time else None,
        date_precision=time.precision if time else None,
        place=place,
        issue=best_issue(evidence.quote),
        attribution=attribution,
        why=(
            *_reasons(candidate, token.text),
            Reason(f"status {status}", verdict.words),
            *(Reason("recipient", m.why) for m in parties.recipients if m.span.end == 0),
            *_placings(parties),
        ),
    )
    return replace(event, confidence=estimate(event))


def _placings(parties: Parties) -> Iterator[Reason]:
    """Yield who was placed in a state by what stands near by: by name, else by what they are."""
    for mention in (*parties.sources, *parties.recipients):
        if mention.why == PLACED:
            actor = mention.actors[0]
            yield Reason("placed", f"{actor.name or actor.role}: {mention.why}")


def _reasons(candidate: Candidate, words: str) -> Iterator[Reason]:
    """Yield the row of the lexicon that saw an act, and what the network says of its words."""
    proposal = candidate.proposal
    if candidate.known:
        yield Reason(candidate.trigger.name, words)
    if proposal is not None:
        yield Reason(f"network {proposal.type} {proposal.weight:.2f}", words)


def _age(report: Report, time: Time | None) -> str | None:
    """«In 1997 Britain handed over …»: what lies more than a year before its report is background."""
    if time is None or time.end is None or report.published is None:
        return None
    return "historical" if (report.published - time.end).days > HISTORY_DAYS else None


def _with_partners(
    tree: Tree, candidate: Candidate, parties: Parties, mode: str | None
) -> tuple[str, str | None]:
    """A drill held alone is MOBILIZE; with a partner it is COOPERATE: «Oslo and Rome staged a war game»."""
    trigger = candidate.trigger
    if trigger.type != "MOBILIZE":
        return trigger.type, mode
    named = {trigger.words[-1], *([] if candidate.object is None else [tree.lemma(candidate.object)])}
    drill = named & word_classes()["@drill"] or {"game"} & named
    if drill and (parties.joint or (parties.recipients and trigger.words[-1] in word_classes()["@drill"])):
        return "COOPERATE", None
    return trigger.type, mode


def _is_interested(speaker: Actor | None, parties: Parties) -> bool:
    """Whether only a party to the act vouches for it."""
    return bool(speaker and speaker.code in codes(parties.sources) | codes(parties.recipients))


def _actors(mentions: Iterable[Mention]) -> tuple[Actor, ...]:
    """Return all actors, each code and name once; a bare state gives way to its named person."""
    out: list[Actor] = []
    for actor in (a for m in mentions for a in m.actors):
        twin = next(
            (
                o
                for o in out
                if o.code == actor.code and (o.name == actor.name or not (o.name and actor.name))
            ),
            None,
        )
        if twin is None:
            out.append(actor)
        elif actor.name and not twin.name:
            out[out.index(twin)] = actor
    return tuple(out)


def _evidence(reading: Reading, index: int, tree: Tree, i: int) -> Evidence:
    """Return the act's clause as its quote, reaching back to the subject where the clause leaves it out."""
    tokens = tree.sentence.tokens
    clause = tree.clause(i)
    inside = tree.subtree(clause, without=("parataxis",))
    step = clause
    while not tree.by_rel(step, "nsubj", "csubj") and tokens[step].deprel in SUBJECTLESS:
        step = tokens[step].head
    if tokens[clause].deprel.startswith("acl"):
        step = tokens[clause].head
        inside += [step, *(k for k in tree.kids[step] if k < clause)]
    elif step != clause:
        inside += [step, *(k for s in tree.by_rel(step, "nsubj", "csubj") for k in tree.subtree(s))]
    inside = list(range(min(inside), max(inside) + 1))
    while (
        len(inside) > 1
        and tokens[inside[0]].upos in ("PUNCT", "CCONJ")
        and tokens[inside[0]].text not in OPENING
    ):
        inside.pop(0)
    while len(inside) > 1 and tokens[inside[-1]].text in (",", ";", ":", "—", "–", "-"):
        inside.pop()
    return reading.evidence(index, tokens[inside[0]].start, tokens[inside[-1]].end)


def _place(tree: Tree, candidate: Candidate) -> Place | None:
    """Return where the act took place: «in Oslo», «at the White House»."""
    clause = tree.clause(candidate.token)
    for top in dict.fromkeys((candidate.token, clause)):
        for k in tree.by_rel(top, "obl", "nmod"):
            if tree.preposition(k) in ("in", "at", "near", "off"):
                words = [k, *tree.by_rel(k, "flat", "compound", "amod", "det")]
                span = range(min(words), max(words) + 1)
                text = " ".join(tree.sentence.tokens[w].text for w in span)
                found = place(text) or place(tree.sentence.tokens[k].text)
                if found:
                    return found
    return None


def find_contexts(tree: Tree, i: int) -> tuple[str, ...]:
    """Return the codebook's contexts whose cues stand in the act's clause, sorted."""
    cues = context_cues()
    inside = tree.subtree(tree.clause(i), without=("parataxis",))
    lemmas = [tree.lemma(k) for k in inside]
    grams = [*lemmas, *(" ".join(pair) for pair in pairwise(lemmas))]
    return tuple(sorted({context for gram in grams for context in cues.get(gram, ())}))


def _same_act(candidate: Candidate, event: Event, other: Candidate, known: Event) -> bool:
    """One act named twice in a sentence, once by a noun: «held talks during a visit»."""
    parties = [{x.code for x in (*e.sources, *e.recipients)} for e in (event, known)]
    named = "NOUN" in (candidate.trigger.pos, other.trigger.pos)
    alike = event.type == known.type and event.status == known.status and parties[0] == parties[1]
    return alike and named and event.type in JOINT
