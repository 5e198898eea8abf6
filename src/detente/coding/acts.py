"""Acts between actors: a finished Reading in, events out.

A trigger of the lexicon is found in the tree; its slots give who and whom; the grammar around it
gives the status; `times` the date. What only stands inside a demand, a promise or a refusal is
not an act of its own: «urged Oslo to withdraw» is one REQUEST and no withdrawal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from detente.coding.clauses import Frame, Tree, frame_of
from detente.coding.modes import direct_meeting, find_mode
from detente.coding.reading import Mention, Reading
from detente.coding.rules import Candidate, Found, Parties, codes, why_no_act
from detente.coding.speech import attribution_at
from detente.coding.status import Verdict, judge
from detente.coding.times import date_for
from detente.knowledge import ontology
from detente.knowledge.issues import find_issues
from detente.knowledge.places import place
from detente.knowledge.states import cow_of
from detente.knowledge.triggers import Slot, Trigger, context_cues, triggers, word_classes
from detente.language.analysis import Span
from detente.records import Actor, Event, Evidence, Place, Reason, Status

# What is wished, promised or refused inside one of these is no act of its own.
UNREAL_INSIDE = frozenset({"REQUEST", "AGREE", "REJECT", "THREATEN", "CONCEDE", "CONSULT"})
JOINT = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT", "MOBILIZE", "RETREAT"})
MATERIAL = frozenset({2, 4})
# What «will not» makes of an act, and «must», with the mode of the refusal and the demand.
ADDRESSED = frozenset(
    {"REQUEST", "ACCUSE", "REJECT", "SUPPORT", "CONCEDE", "AGREE", "SANCTION", "RETREAT", "AID"}
)
REFUSABLE = {
    "CONCEDE": "yield", "RETREAT": "yield", "AGREE": None, "SUPPORT": None, "COOPERATE": "assist",
    "AID": "assist", "CONSULT": "meet",
}  # fmt: skip
DEMANDS = {"CONSULT": "meet", "RETREAT": "yield", "CONCEDE": "yield", "AID": "assist", "COOPERATE": "assist"}
SUBJECTLESS = frozenset({"conj", "xcomp", "advcl", "ccomp", "acl"})
OPENING = frozenset("“\"‘'«([")
# Nouns that only measure another: what they are «of» is the object.
QUANTITIES = frozenset(
    "series number array range round package set wave dozen hundred pair type kind lot list batch couple "
    "handful some any part most majority million billion tonne ton score group".split()
)
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december today yesterday tomorrow week month year".split()
)
ANSWERS = frozenset({"ACCUSE", "REJECT", "SUPPORT", "REQUEST", "THREATEN"})
MOVES = frozenset(
    "move step decision action act measure maneuver manoeuvre launch test deployment strike attack incident "
    "proposal plan offer claim accusation allegation remark comment statement call demand".split()
)


def code_events(reading: Reading) -> tuple[Event, ...]:
    """Return the events of a report in the order of its text."""
    events: list[Event] = []
    headline_seen = False
    for index, sentence in enumerate(reading.analysis.sentences):
        if sentence.kind == "heading":
            if headline_seen or index:  # a heading below the first repeats the body
                continue
            headline_seen = True
        events += code_sentence(reading, index, tuple(events))
    return tuple(events)


def code_sentence(reading: Reading, index: int, told: tuple[Event, ...] = ()) -> list[Event]:
    """Return the events of one sentence; `told` are those of the sentences before it."""
    tree = Tree(reading.sentence(index))
    mentions = reading.mentions_in(index)
    if not mentions:
        return []
    candidates = list(find_candidates(tree))
    real = [c for c in candidates if not _is_unreal(c, candidates, tree)]
    coded: list[tuple[Candidate, Event]] = []
    for candidate in real:
        events = tuple(event for _, event in coded)
        event = _code_candidate(reading, index, tree, candidate, mentions, (*told, *events))
        if event and not any(_same_act(candidate, event, *other) for other in coded):
            coded.append((candidate, event))
    return [event for _, event in coded]


def find_candidates(tree: Tree) -> Iterator[Candidate]:
    """Yield the best trigger at each token; NONE rows silence their token."""
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
                if hit.trigger.type != "NONE":
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


def _best_match(tree: Tree, i: int, rows: Iterable[Trigger]) -> Candidate | None:
    frame: Frame | None = None
    for trigger in rows:  # the most specific first
        if not _words_match(tree, i, trigger):
            continue
        frame = frame or frame_of(tree, i)
        if trigger.complement and not frame.heads("xcomp"):
            continue
        found = _object(tree, frame, trigger)
        if trigger.object and found is None:
            continue
        return Candidate(i, trigger, frame, found)
    return None


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
    if tree.lemma(noun) in lemmas or any(f"{tree.lemma(m)} {tree.lemma(noun)}" in lemmas for m in modifiers):
        return noun
    inner = [*modifiers, *(tree.by_rel(noun, "nmod") if tree.lemma(noun) in QUANTITIES else ())]
    return next((m for m in inner if tree.lemma(m) in lemmas), None)


def _is_unreal(candidate: Candidate, candidates: list[Candidate], tree: Tree) -> bool:
    """Whether another trigger holds this one: as its object noun, light verb, or wished complement."""
    i = candidate.token
    for other in candidates:
        if other is candidate:
            continue
        if other.object == i:
            return True
        if other.frame.light == i and not candidate.object:
            return True
        if _is_unreal_inside(other.trigger) and _in_complement(tree, i, other.token):
            return True
        if (
            other.trigger.pos == "NOUN"
            and len(other.trigger.words) > 1
            and i in range(other.token - 2, other.token)
        ):
            return tree.lemma(i) in other.trigger.words
    return False


def _is_unreal_inside(trigger: Trigger) -> bool:
    """What is asked, promised, refused, threatened or only alleged is no act of its own."""
    return trigger.type in UNREAL_INSIDE or (trigger.type, trigger.mode) == ("ACCUSE", "allege")


def _in_complement(tree: Tree, i: int, top: int) -> bool:
    """Whether `i` stands in what `top` asks, promises or refuses (not in a relative clause within it)."""
    path = [i]
    for step in tree.ancestors(i):
        if step == top:
            link = tree.rel(path[-1])
            return (
                link.split(":")[0] in ("obj", "xcomp", "ccomp", "obl", "nmod", "acl", "csubj")
                or (link == "nsubj:pass")
                or (link == "advcl" and _mark(tree, path[-1]) in ("to", "for", "of", "with", ""))
            )
        if tree.rel(path[-1]) in ("acl:relcl", "parataxis", "appos"):
            return False
        path.append(step)
    return False


def _code_candidate(
    reading: Reading,
    index: int,
    tree: Tree,
    candidate: Candidate,
    mentions: tuple[Mention, ...],
    told: tuple[Event, ...],
) -> Event | None:
    verdict = judge(tree, candidate.token)
    parties = find_parties(tree, candidate, mentions)
    candidate, parties, verdict = turn_speech_act(reading, index, candidate, parties, verdict)
    if not parties.sources and candidate.trigger.pos == "VERB":
        parties = _from_speech(reading, index, candidate, parties)
    if not parties.recipients and not parties.joint:
        parties = _to_last_doer(tree, candidate, parties, told)
    found = Found(reading, index, tree, candidate, parties, verdict)
    return None if why_no_act(found, told) else _build_event(found)


def turn_speech_act(
    reading: Reading, index: int, candidate: Candidate, parties: Parties, verdict: Verdict
) -> tuple[Candidate, Parties, Verdict]:
    """Read a refusal or a demand where grammar makes one of another act.

    «Seoul said it will not recognise the claim» refuses; «Tehran must release the crew», says London, demands.
    """
    trigger = candidate.trigger
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
            source = Mention(
                Span(index, candidate.token, candidate.token + 1, candidate.token), (speaker,), "role"
            )
            return (
                replace(candidate, trigger=demand),
                Parties((source,), addressed),
                replace(verdict, status="happened", detail=None),
            )
    return candidate, parties, verdict


def find_parties(tree: Tree, candidate: Candidate, mentions: tuple[Mention, ...]) -> Parties:
    """Return who acts and on whom, from the trigger's slots."""
    trigger, frame = candidate.trigger, candidate.frame
    names = [slot.name for slot in trigger.source]
    between = _in_slot(tree, frame, Slot("between"), mentions) or _in_slot(
        tree, frame, Slot("among"), mentions
    )
    if len(between) > 1:
        return Parties(between, (), joint=True)
    slots = [s for s in trigger.source if s.name != "joint"]
    if trigger.pos == "NOUN" and frame.light is not None and not any(s.name == "subj" for s in slots):
        slots.append(Slot("subj"))
    sources = _first(tree, frame, slots, mentions)
    if not sources and trigger.type in ("CONSULT", "AGREE"):
        sources = _scene_subject(tree, candidate, mentions)
    recipients = _find_recipients(tree, candidate, mentions, sources)
    if "joint" in names and not recipients and len(codes(sources)) > 1:
        return Parties(sources, (), joint=True)
    return Parties(sources, recipients)


def _find_recipients(
    tree: Tree, candidate: Candidate, mentions: tuple[Mention, ...], sources: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    """Return who is acted on: by the trigger's slots, else whoever else stands in what it governs."""
    used = {m.span for m in sources}
    others = tuple(m for m in mentions if m.span not in used and not _same_actors(m, sources))
    slots = [*candidate.trigger.recipient]
    if candidate.trigger.type in ADDRESSED:
        slots += [
            Slot(name, deep=True) for name in ("obj", "xcomp", "to", "on", "over", "against", "for", "from")
        ]
    own = codes(sources)
    for slot in slots:
        found = _in_slot(tree, candidate.frame, slot, others)
        if slot.deep or slot.name.startswith("comp"):
            found = tuple(m for m in found if not codes([m]) & own and not (slot.deep and _is_topic(m)))
        if found:
            return found
    return ()


def _is_topic(mention: Mention) -> bool:
    """«the Syrian crisis», «in Libya»: what it is about or where, not whom it addresses."""
    return mention.place


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
            at_head = [m for m in mentions if m.span.head == k or m.span.start <= k < m.span.end]
            if not at_head:
                at_head = [
                    m for a in tree.by_rel(k, "appos") for m in mentions if m.span.start <= a < m.span.end
                ]
            if (
                not at_head and tree.lemma(k) == "visiting"
            ):  # «talks with the visiting premier», read as a verb
                at_head = [
                    m for o in tree.by_rel(k, "obj") for m in mentions if m.span.start <= o < m.span.end
                ]
            if not at_head and slot.deep:
                inside = set(tree.subtree(k, without=("acl:relcl", "parataxis")))
                at_head = [m for m in mentions if m.span.head in inside]
            if not at_head and slot.name != "poss":
                at_head = _owners(tree, k, mentions)
            found += [m for m in at_head if m not in found]
    return tuple(found)


def _owners(tree: Tree, noun: int, mentions: tuple[Mention, ...]) -> list[Mention]:
    """«Oslo's decision», «the Norwegian move»: the owner stands for the thing."""
    owners = tree.by_rel(noun, "nmod:poss", "amod", "compound")
    owners += [k for k in tree.by_rel(noun, "nmod") if tree.preposition(k) in ("of", "by")]
    return [m for k in owners for m in mentions if m.span.start <= k < m.span.end]


def _same_actors(mention: Mention, others: tuple[Mention, ...]) -> bool:
    return any(set(mention.actors) & set(o.actors) for o in others)


def _from_speech(reading: Reading, index: int, candidate: Candidate, parties: Parties) -> Parties:
    """«It also demanded …»: who speaks through the document or the pronoun, and for whom."""
    cue = reading.sentence(index).tokens[candidate.token].text
    for speech in reading.speech:
        if speech.sentence == index and speech.cue == cue and speech.speaker and speech.speaker.code:
            joint = tuple(Actor(code=code, cow=cow_of(code)) for code in speech.speaks_for)
            actors = joint if len(joint) > 1 else (speech.speaker,)
            at = Span(index, candidate.token, candidate.token + 1, candidate.token)
            return replace(parties, sources=(Mention(at, actors, "group"),))
    return parties


def _to_last_doer(tree: Tree, candidate: Candidate, parties: Parties, told: tuple[Event, ...]) -> Parties:
    """«Oslo closed the strait. Moscow condemned the move.»: whoever made the move is meant."""
    if candidate.trigger.type not in ANSWERS or not told:
        return parties
    objects = [h for slot in ("obj", "to", "as") for h in candidate.frame.heads(slot)]
    if not any(tree.lemma(o) in MOVES and _is_definite(tree, o) for o in objects):
        return parties
    for event in reversed(told[-3:]):
        doers = {a.code for a in event.sources}
        if doers and not doers & codes(parties.sources):
            mention = Mention(Span(0, 0, 1, 0), event.sources, "group", 0.7, "who made the move")
            return replace(parties, recipients=(mention,))
    return parties


def _is_definite(tree: Tree, noun: int) -> bool:
    return any(tree.lemma(k) in ("the", "this", "that", "these", "such") for k in tree.by_rel(noun, "det"))


def _build_event(found: Found) -> Event:
    reading, index, tree = found.reading, found.sentence, found.tree
    candidate, parties, verdict = found.candidate, found.parties, found.verdict
    sentence = tree.sentence
    trigger = candidate.trigger
    token = sentence.tokens[candidate.token]
    mode = find_mode(tree, candidate)
    place = _place(tree, candidate)
    if trigger.type == "CONSULT":
        parties, mode = direct_meeting(parties, mode, place)
    kind = ontology.kind_of(*_with_partners(trigger, parties, mode))
    cameo = (
        trigger.cameo if kind.type == trigger.type and mode == trigger.mode and trigger.cameo else kind.cameo
    )
    status: Status = verdict.status or "happened"
    attribution = attribution_at(reading, index, token.start)
    if status == "planned" and kind.planned != kind.type:
        cameo = kind.planned_cameo
        kind = ontology.kind_of(kind.planned)
    elif status == "happened" and kind.quad in MATERIAL and _is_interested(attribution.speaker, parties):
        status = "claimed"
    time = date_for(reading, index, candidate.token, verdict.tense)
    evidence = _evidence(reading, index, tree, candidate.token)
    return Event(
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
        status_detail=verdict.detail,
        date_start=time.start if time else None,
        date_end=time.end if time else None,
        date_basis=time.words if time else None,
        date_precision=time.precision if time else None,
        place=place,
        issue=next((issue for issue, *_ in find_issues(evidence.quote)), None),
        attribution=attribution,
        confidence=_confidence(candidate, parties, verdict),
        why=(Reason(trigger.name, token.text), Reason(f"status {status}", verdict.words)),
    )


def _with_partners(trigger: Trigger, parties: Parties, mode: str | None) -> tuple[str, str | None]:
    """A drill held alone is MOBILIZE; with a partner it is COOPERATE."""
    together = parties.joint or parties.recipients
    if trigger.type == "MOBILIZE" and together and trigger.words[-1] in word_classes()["@drill"]:
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


def _confidence(candidate: Candidate, parties: Parties, verdict: Verdict) -> float:
    """A first estimate in 0..1 from how much of the pattern was seen."""
    score = 0.55
    score += 0.1 * (len(candidate.trigger.words) > 1) + 0.1 * bool(candidate.trigger.object)
    score += 0.1 * bool(parties.recipients or parties.joint)
    score += 0.05 * (candidate.trigger.pos == "VERB")
    scores = [m.score for m in (*parties.sources, *parties.recipients)]
    score *= float(min(scores, default=1.0)) ** 0.5
    return round(score * (0.8 if verdict.status == "hypothetical" else 1.0), 3)


def _same_act(candidate: Candidate, event: Event, other: Candidate, known: Event) -> bool:
    """One act named twice in a sentence, once by a noun: «held talks during a visit»."""
    parties = [{x.code for x in (*e.sources, *e.recipients)} for e in (event, known)]
    named = "NOUN" in (candidate.trigger.pos, other.trigger.pos)
    alike = event.type == known.type and event.status == known.status and parties[0] == parties[1]
    return alike and named and event.type in JOINT
