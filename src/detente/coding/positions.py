"""Where they stand: from a finished reading to positions, actor x issue x stance.

«Oslo voiced its opposition to the deployment» gives NOR, oppose, on whatever issue the deployment was;
«calls for an end to the embargo» is opposition to the embargo; «will not sign unless …» is conditional.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from detente.coding.acts.status import judge
from detente.coding.clauses import VERBAL, Frame, Tree, adjective_frame, noun_frame, verb_frame
from detente.coding.reading import Reading
from detente.coding.said.speech import attribution_at, is_claimed
from detente.coding.said.voices import is_document, mention_at
from detente.knowledge.issues import IssueHit, find_hits, narrow, propose_issue
from detente.knowledge.stances import Part, StanceCue, stance_cues, stance_words, turned
from detente.records import Actor, Attribution, Position, Reason, Stance

KNOWN, POINTED, MAIN, PROPOSED = 0.7, 0.6, 0.5, 0.45  # confidence by how the issue was found
_MAIN_TIMES = 3  # hits that make an issue the main one of a report
_REACH = 6  # sentences «the move» looks back for an issue of the table
_THING_REACH = 2  # … and for a phrase that could be one
_LONGEST_NAME = 8  # words of a phrase that can still name an issue
_PARTS: dict[str, Part] = {"VERB": "v", "AUX": "v", "NOUN": "n", "ADJ": "a"}
_DEONTIC = frozenset({"must", "should", "shall", "ought", "need"})
_CONDITIONS = frozenset({"if", "unless", "provided", "until"})
_FAR_MORE = 2  # times
_AROUND = frozenset("ahead before after during since amid despite following until".split())
_CLAUSES = ("acl", "acl:relcl", "advcl", "parataxis", "punct", "appos")


@dataclass(frozen=True, slots=True)
class _Taking:
    """One construction at work: the word that takes the side, who fills it, and the head of the issue."""

    trigger: int
    actors: tuple[int, ...]
    issue: int
    stance: Stance
    rule: str
    proposes: bool = False
    implied: bool = False  # the speaker himself takes it: «the embargo must end»
    asked: tuple[int, ...] = ()  # who is asked, where somebody is


@dataclass(frozen=True, slots=True)
class _Found:
    """An issue in a phrase, the stance as turned by the words above it, and how sure we are."""

    issue: str
    stance: Stance
    confidence: float


@dataclass(slots=True)
class _Memory:
    """What has been spoken of so far, oldest first, so that «the move» finds its own.

    `issues` are those of the table; `things` are phrases that could be one («a ban on Chinese apps»);
    `main` is the issue the whole report names most often.
    """

    issues: list[tuple[int, int, str]] = field(default_factory=list)  # sentence, offset, issue
    things: list[tuple[int, int, str]] = field(default_factory=list)
    main: str | None = None

    def last(self, sentence: int, offset: int, noun: str) -> tuple[str | None, bool]:
        """Return the issue meant by a word that points back, and whether the table knows it."""
        known = _near(self.issues, sentence, offset, _REACH)
        named = [hit for hit in known if noun and noun in hit[2].split("-")]
        things = _near(self.things, sentence, offset, _THING_REACH)
        same = [hit for hit in things if noun and noun in hit[2].split("-")]
        if named or (known and not same):
            return (named or known)[-1][2], True
        return ((same or things)[-1][2], False) if same or things else (None, False)


def _near(
    spoken: list[tuple[int, int, str]], sentence: int, offset: int, reach: int
) -> list[tuple[int, int, str]]:
    return [(s, o, i) for s, o, i in spoken if sentence - reach <= s and (s < sentence or o < offset)]


def code_positions(reading: Reading) -> tuple[Position, ...]:
    """Return the positions a report states, in the order of its text.

    A stance that is denied or merely imagined gives none; one that hangs on a condition is marked so.
    """
    found = [find_hits(sentence.text) for sentence in reading.analysis.sentences]
    memory = _Memory(main=_main_issue(found))
    positions: dict[tuple[object, ...], Position] = {}
    for index, sentence in enumerate(reading.analysis.sentences):
        tree = _mended(Tree(sentence))
        hits = [_placed(hit, sentence.start) for hit in found[index]]
        memory.issues += [(index, hit.start, hit.id) for hit in narrow(hits)]
        memory.things += _things(index, tree)
        for taking in _takings(reading, index, tree):
            for position in tuple(_positions(reading, index, tree, taking, hits, memory)):
                if position.issue and position.confidence == PROPOSED:
                    memory.things.append((index, position.evidence.start, position.issue))
                codes = tuple(a.code for a in position.sources)
                positions.setdefault((index, codes, position.issue), position)
    return tuple(_without_echoes(list(positions.values())))


def _main_issue(found: list[tuple[IssueHit, ...]]) -> str | None:
    """Return the issue a report names most often, None where none is named thrice."""
    named = Counter(hit.id for hits in found for hit in narrow(hits))
    best = named.most_common(1)
    return best[0][0] if best and best[0][1] >= _MAIN_TIMES else None


def _mended(tree: Tree) -> Tree:
    """Return the tree with three slips of parsers put right.

    «Urged Oslo to return, and reaffirmed …» is tied to «urged», not to «to return»; «the two, known as the
    Pair, called for …» is active without «was»; «they back the plan», with subject and object, is a verb.
    """
    tokens = list(tree.sentence.tokens)
    for i, token in enumerate(tokens):
        if token.upos == "ADV" and tree.by_rel(i, "nsubj") and tree.by_rel(i, "obj"):
            tokens[i] = replace(token, upos="VERB")
        if token.deprel == "nsubj:pass" and _is_active(tree, token.head):
            tokens[i] = replace(token, deprel="nsubj")
    for i, token in enumerate(tokens):
        head = token.head
        if token.deprel != "conj" or not token.has("VerbForm=Fin") or head < 0 or tokens[head].head < 0:
            continue
        infinitive = any(tree.lemma(k) == "to" for k in tree.by_rel(head, "mark"))
        above = tokens[tokens[head].head]
        same = token.has("Tense=Past") and above.has("Tense=Past") and above.upos in VERBAL
        if infinitive and same and not tree.by_rel(i, "nsubj"):
            tokens[i] = replace(token, head=tokens[head].head)
    return Tree(replace(tree.sentence, tokens=tuple(tokens)))


def _is_active(tree: Tree, verb: int) -> bool:
    """Whether a main verb lacks the «was» that a passive has outside headlines."""
    main = tree.rel(verb) in ("root", "ccomp", "parataxis")
    return main and tree.sentence.field == "text" and not tree.by_rel(verb, "aux:pass", "aux")


def _things(index: int, tree: Tree) -> Iterator[tuple[int, int, str]]:
    """Yield the phrases of a sentence that could be an issue: «a ban on Chinese apps»."""
    for i, token in enumerate(tree.sentence.tokens):
        if token.upos == "NOUN" and tree.lemma(i) in stance_words().anaphoric_nouns:
            inside = tree.subtree(i, without=(*_CLAUSES, "conj", "cc"))
            name = propose_issue(" ".join(tree.sentence.tokens[k].text for k in inside[:_LONGEST_NAME]))
            if "-" in name:
                yield index, token.start, name


def _without_echoes(positions: list[Position]) -> Iterator[Position]:
    """Yield positions, leaving out one whose actors a fuller one of the same sentence and issue holds."""
    for position in positions:
        codes = {a.code for a in position.sources}
        fuller = any(
            other is not position
            and other.issue == position.issue
            and other.evidence == position.evidence
            and codes < {a.code for a in other.sources}
            for other in positions
        )
        if not fuller:
            yield position


# --- constructions ---------------------------------------------------------------------------------------


def _takings(reading: Reading, index: int, tree: Tree) -> Iterator[_Taking]:
    for i, token in enumerate(tree.sentence.tokens):
        if token.upos in VERBAL:
            yield from _from_verb(tree, i)
            yield from _claims(tree, i)
            yield from _refusals(tree, i)
            yield from _bare_refusal(tree, i)
            yield from _deontic(reading, index, tree, i)
        elif token.upos == "NOUN":
            yield from _from_noun(tree, i)
            yield from _deontic(reading, index, tree, i)
        elif token.upos == "ADJ":
            yield from _from_adjective(tree, i)
        elif token.upos == "ADP" and token.text.lower() == "against":
            yield from _against(tree, i)


def _from_verb(tree: Tree, verb: int) -> Iterator[_Taking]:
    lemma, text = tree.lemma(verb), tree.sentence.tokens[verb].text.lower()
    cues = stance_cues()
    frame: Frame | None = None
    for cue in cues.get((lemma, "v"), ()):
        if cue.stance == "claim" and tree.by_rel(verb, "ccomp"):
            continue  # «claimed that Oslo …»: told, not laid claim to
        frame = frame or verb_frame(tree, verb)
        asked = _asked(tree, verb, frame, cue)
        for head in _slot(tree, verb, frame, cue):
            doers = frame.heads("subj")
            yield _Taking(verb, doers, head, cue.stance, _rule(cue), cue.proposes, asked=asked)
    state = tree.sentence.tokens[verb].has("VerbForm=Part") and not tree.by_rel(verb, "obj")
    if (text, "a") in cues and (state or tree.is_passive(verb)):  # «is opposed to», read as a passive
        frame = frame or verb_frame(tree, verb)
        for cue in cues[text, "a"]:
            for head in _slot(tree, verb, frame, cue) or _doing(tree, verb, cue.slot):
                yield _Taking(
                    verb,
                    frame.heads("obj") or frame.heads("subj"),
                    head,
                    cue.stance,
                    _rule(cue),
                    cue.proposes,
                )


def _from_noun(tree: Tree, noun: int) -> Iterator[_Taking]:
    for cue in stance_cues().get((tree.lemma(noun), "n"), ()):
        frame = noun_frame(tree, noun)
        own = tuple(tree.by_rel(noun, "nsubj"))
        named = tuple(k for k in frame.heads("poss") if tree.sentence.tokens[k].upos != "PRON")
        owners = named or own or frame.heads("subj") or frame.heads("poss") or frame.heads("by")
        if not owners and cue.slot != "of":
            owners = frame.heads("of") or frame.heads("from")
        if not owners and tree.preposition(noun) == "in":  # «came out in favour of»
            owners = verb_frame(tree, tree.clause(noun)).heads("subj")
        direct = [k for k in tree.by_rel(noun, "nmod", "obl") if tree.preposition(k) == cue.slot]
        for head in direct or _doing(tree, noun, cue.slot) or _slot(tree, noun, frame, cue):
            yield _Taking(noun, owners, head, cue.stance, _rule(cue), cue.proposes)


def _from_adjective(tree: Tree, adjective: int) -> Iterator[_Taking]:
    word = tree.sentence.tokens[adjective].text.lower()
    for cue in stance_cues().get((word, "a"), ()):
        frame = adjective_frame(tree, adjective)
        for head in _slot(tree, adjective, frame, cue) or _doing(tree, adjective, cue.slot):
            yield _Taking(adjective, frame.heads("subj"), head, cue.stance, _rule(cue), cue.proposes)


def _slot(tree: Tree, trigger: int, frame: Frame, cue: StanceCue) -> tuple[int, ...]:
    """Return the heads of the issue: of «on+xcomp» the clause, if somebody is called on."""
    first, _, second = cue.slot.partition("+")
    if second:
        wished = frame.heads(second) or _purposes(tree, trigger)
        return wished if _filled(tree, trigger, frame, first) else ()
    heads = frame.heads(first)
    if first == "obj":
        return tuple(h for h in heads if h != trigger)
    if first == "xcomp":
        return heads
    heads = _filled(tree, trigger, frame, first)
    if cue.lemma == "call" and tree.by_rel(trigger, "obj"):
        return ()  # «called the state for the challenger»
    called = any(
        tree.sentence.tokens[h].upos == "PROPN" or tree.lemma(h) in stance_words().empty_nouns for h in heads
    )
    wished = _purposes(tree, trigger) if called and cue.stance == "demand" else ()
    return wished or heads or _doing(tree, trigger, first)


def _asked(tree: Tree, trigger: int, frame: Frame, cue: StanceCue) -> tuple[int, ...]:
    """Return who is asked in «urged Oslo to sign»."""
    if cue.stance != "demand" or not cue.slot.endswith("xcomp"):
        return ()
    first = cue.slot.partition("+")[0]
    return frame.heads("obj") if first == "xcomp" else _filled(tree, trigger, frame, first)


def _filled(tree: Tree, trigger: int, frame: Frame, slot: str) -> tuple[int, ...]:
    """Return what fills a slot; a preposition counts whatever the parser called its phrase."""
    own = tuple(k for k in tree.kids[trigger] if k > trigger and tree.preposition(k) == slot)
    return own or frame.heads(slot)


def _purposes(tree: Tree, trigger: int) -> tuple[int, ...]:
    """Return the clause of «called on Oslo to sign», should the parser take it for a purpose."""
    return tuple(
        k
        for k in tree.by_rel(trigger, "advcl", "xcomp", "ccomp")
        if k > trigger and any(tree.lemma(m) == "to" for m in tree.by_rel(k, "mark"))
    )


def _doing(tree: Tree, trigger: int, preposition: str) -> tuple[int, ...]:
    """Return the clause under a preposition: «in favour of resolving …», «committed to lifting …»."""
    return tuple(
        k
        for k in tree.by_rel(trigger, "acl", "advcl", "xcomp", "ccomp")
        if k > trigger and any(tree.lemma(m) == preposition for m in tree.by_rel(k, "mark", "case"))
    )


def _against(tree: Tree, preposition: int) -> Iterator[_Taking]:
    """«Oslo is against the plan»: a bare preposition as predicate."""
    head = tree.sentence.tokens[preposition].head
    if head >= 0 and tree.by_rel(head, "cop"):
        yield _Taking(preposition, tuple(tree.by_rel(head, "nsubj")), head, "oppose", "against", True)


def _claims(tree: Tree, verb: int) -> Iterator[_Taking]:
    """«Taiwan, which Beijing regards as its own territory»."""
    words = stance_words()
    if tree.lemma(verb) not in words.claiming_verbs:
        return
    said = " ".join(tree.sentence.tokens[k].text.lower() for k in tree.subtree(verb))
    if any(part in said for part in words.claimed_parts) and (" its " in said or " their " in said):
        frame = verb_frame(tree, verb)
        things = [h for h in frame.heads("obj") if tree.lemma(h) != "part"]
        head = tree.sentence.tokens[verb].head
        if tree.rel(verb) == "acl:relcl" and head >= 0:
            things = [head]
        for thing in things[:1]:
            yield _Taking(verb, frame.heads("subj"), thing, "claim", "considers part of its own")


def _refusals(tree: Tree, verb: int) -> Iterator[_Taking]:
    """«will not relinquish the weapons»: a refusal, turned by what is refused."""
    known = stance_cues().get((tree.lemma(verb), "v"), ())
    if any(cue.stance == "support" for cue in known):
        return  # «will not support» is opposition already
    helpers = {tree.lemma(k) for k in tree.by_rel(verb, "aux")} | {
        tree.sentence.tokens[k].text.lower() for k in tree.by_rel(verb, "aux")
    }
    negated = any(tree.lemma(k) in ("not", "never", "n't") for k in tree.by_rel(verb, "advmod"))
    if negated and helpers & {"will", "wo", "'ll", "’ll"}:
        yield _Taking(verb, verb_frame(tree, verb).heads("subj"), verb, "refuse", "will not")


def _bare_refusal(tree: Tree, verb: int) -> Iterator[_Taking]:
    """«Yerevan refuses.»: what was asked of it before."""
    if tree.lemma(verb) == "refuse" and not tree.by_rel(verb, "xcomp", "obj", "ccomp"):
        yield _Taking(verb, verb_frame(tree, verb).heads("subj"), verb, "refuse", "refuse", True)


def _deontic(reading: Reading, index: int, tree: Tree, verb: int) -> Iterator[_Taking]:
    """«The embargo must end», says Oslo: what a speaker says must be, he demands."""
    helpers = {tree.lemma(k) for k in tree.by_rel(verb, "aux")}
    if helpers & _DEONTIC and tree.sentence.tokens[verb].deprel in ("root", "ccomp", "parataxis", "conj"):
        speaker = attribution_at(reading, index, tree.sentence.tokens[verb].start).speaker
        if (
            speaker
            and speaker.code
            and not any(tree.lemma(k) in ("not", "never") for k in tree.by_rel(verb, "advmod"))
        ):
            yield _Taking(verb, (), verb, "demand", "must", implied=True)


def _rule(cue: StanceCue) -> str:
    return f"{cue.lemma} {cue.slot}"


# --- issues ----------------------------------------------------------------------------------------------


def _placed(hit: IssueHit, by: int) -> IssueHit:
    """Return a hit of a sentence with the offsets of its field."""
    terms = tuple((a + by, b + by) for a, b in hit.terms)
    places = tuple((a + by, b + by) for a, b in hit.places)
    return replace(hit, start=hit.start + by, end=hit.end + by, terms=terms, places=places)


def _positions(
    reading: Reading, index: int, tree: Tree, taking: _Taking, hits: list[IssueHit], memory: _Memory
) -> Iterator[Position]:
    stance, conditional = _as_it_stands(tree, taking)
    if stance is None:
        return
    attribution = attribution_at(reading, index, tree.sentence.tokens[taking.trigger].start)
    actors = _actors(reading, index, tree, taking, attribution)
    if not actors:
        return
    for found in _issues(reading, index, tree, taking, stance, hits, memory):
        codes = [a.code for a in actors if a.code]
        at = tree.sentence.tokens[taking.trigger].start
        yield Position(
            evidence=reading.evidence(index),
            sources=actors,
            issue=found.issue,
            stance=found.stance,
            conditional=conditional,
            status="claimed" if is_claimed(reading, index, at, parties=codes) else "happened",
            attribution=attribution,
            confidence=found.confidence,
            why=(Reason(taking.rule, tree.sentence.tokens[taking.trigger].text),),
        )


def _as_it_stands(tree: Tree, taking: _Taking) -> tuple[Stance | None, bool]:
    """Return the stance after negation and mood (None for none at all), and whether it is conditional."""
    conditional = _has_condition(tree, taking.trigger)
    if _is_wanted(tree, taking.trigger) or _is_awaited(tree, taking.trigger):
        return None, conditional
    if taking.implied or taking.rule == "will not":
        return taking.stance, conditional
    verdict = judge(tree, taking.trigger)
    if verdict.status is None or _no_longer(tree, taking.trigger):
        flipped: dict[Stance, Stance | None] = {"support": "oppose"}
        return flipped.get(taking.stance), conditional
    if verdict.status == "denied" or (
        verdict.status == "hypothetical" and not _is_would(tree, taking.trigger)
    ):
        if verdict.detail == "purpose" and taking.stance in ("support", "oppose"):
            return None, conditional
        return None, conditional
    if tree.lemma(taking.trigger) == "tolerate":
        return None, conditional
    return taking.stance, conditional


def _is_wanted(tree: Tree, trigger: int) -> bool:
    """Whether somebody only asks for the stance: «urged Oslo to support the plan» is not Oslo's support."""
    for step in (trigger, *tree.ancestors(trigger)):
        head = tree.sentence.tokens[step].head
        if head < 0 or tree.rel(step) in ("acl:relcl", "nsubj", "obj", "root", "parataxis"):
            return False
        wanting = any(
            "xcomp" in c.slot and c.stance == "demand" for c in stance_cues().get((tree.lemma(head), "v"), ())
        )
        if wanting and tree.rel(step) in ("xcomp", "ccomp", "advcl", "acl"):
            return True
    return False


def _no_longer(tree: Tree, trigger: int) -> bool:
    """«no longer wishes to»."""
    return any(
        tree.lemma(k) in ("long", "longer") and any(tree.lemma(m) == "no" for m in tree.kids[k])
        for k in tree.by_rel(trigger, "advmod")
    )


def _is_awaited(tree: Tree, trigger: int) -> bool:
    """«until Oslo joins the pact»: not yet so."""
    return any(tree.lemma(k) in ("until", "before") for k in tree.by_rel(tree.clause(trigger), "mark"))


def _is_would(tree: Tree, trigger: int) -> bool:
    clause = tree.clause(trigger)
    return any(tree.lemma(k) == "would" for k in tree.by_rel(clause, "aux")) and not any(
        tree.lemma(k) in _CONDITIONS for k in tree.by_rel(clause, "mark")
    )


def _has_condition(tree: Tree, trigger: int) -> bool:
    for step in (trigger, tree.clause(trigger)):
        for k in tree.by_rel(step, "advcl"):
            marks = {tree.lemma(m) for m in tree.by_rel(k, "mark", "advmod", "case")}
            if marks & _CONDITIONS:
                return True
    return False


def _issues(
    reading: Reading,
    index: int,
    tree: Tree,
    taking: _Taking,
    stance: Stance,
    hits: list[IssueHit],
    memory: _Memory,
) -> Iterator[_Found]:
    """Yield the issues of a phrase: those the table knows, else the one it points back to, else a new one."""
    tokens = tree.sentence.tokens
    inside = set(tree.subtree(taking.issue)) - _conditions(tree, taking.issue)
    if taking.rule in ("will not", "must"):
        inside -= {taking.trigger}
        if _is_empty(tree, taking.trigger):
            return
    elif taking.rule.endswith("xcomp") and stance == "support" and _is_empty(tree, taking.issue):
        return
    if tree.lemma(taking.issue) == "responsibility":
        return  # accepted or claimed: a confession, no stance
    known = [h for h in hits if _touches(tree, taking.issue, inside, h)]
    if not known and tokens[taking.issue].upos == "NOUN" and stance != "claim":
        known = _just_behind(tree, inside, hits)
    if known:
        central = [h for h in known if not _is_aside(tree, taking, h)]
        if not central and taking.proposes:
            central = known  # «a resolution, which calls for an end to the embargo»
        for hit in narrow(central):
            flips = _flips(tree, taking, hit.places) + hit.opposite
            plain = _pushed(tree, taking, stance)
            yield _Found(hit.id, turned(stance) if flips % 2 else plain, KNOWN)
        return
    pointer = _pointer(tree, taking)
    if pointer is not None:
        head = tokens[pointer]
        bare = head.upos not in ("NOUN", "VERB") and pointer == taking.issue
        if bare and (not taking.proposes or stance == "support"):
            return  # «dismissed it», «committed to that»: too little to go by
        issue, known_to_all = memory.last(index, head.start, tree.lemma(pointer))
        if issue and (known_to_all or _is_foreign(reading, index, tree, taking)):
            flips = _flips(tree, taking, ((head.start, head.end),))
            yield _Found(
                issue, turned(stance) if flips % 2 else stance, POINTED if known_to_all else PROPOSED
            )
        return
    if taking.asked and not _all_meant(reading, index, tree, taking.asked):
        return  # «urged drivers to slow down» is no issue between states
    if taking.proposes and _is_foreign(reading, index, tree, taking):
        core, flips = _core(tree, taking.issue)
        stance = _pushed(tree, taking, stance)
        if tokens[core].upos in VERBAL and stance not in ("demand", "refuse"):
            core = next(iter(tree.by_rel(core, "obj")), core)  # «committed to building bridges»
        if not _is_matter(tree, core):
            if stance == "demand" and tree.lemma(core) in stance_words().answers:
                yield from _matter_at_hand(reading, index, hits, memory)
            return
        words = _name(reading, index, tree, core)
        if words and "-" not in words:
            words = _with_place(tree, core, words)
        if "-" in words:
            yield _Found(words, turned(stance) if flips % 2 else stance, PROPOSED)


def _is_matter(tree: Tree, head: int) -> bool:
    """Whether a phrase is a thing one can be for or against: «the ban», «to amend the constitution».

    «Records», «an explanation», «acts» are none, whatever hangs on them.
    """
    matters = stance_words().matters
    if tree.sentence.tokens[head].upos in VERBAL:
        return any(tree.lemma(k) in matters for k in tree.by_rel(head, "obj", "nsubj"))
    return tree.lemma(head) in matters


def _matter_at_hand(reading: Reading, index: int, hits: list[IssueHit], memory: _Memory) -> Iterator[_Found]:
    """Yield the issue in which an explanation is demanded: the sentence's, the paragraph's, the report's."""
    here = reading.sentence(index)
    named = [hit.id for hit in narrow(hits)]
    paragraph = [
        issue
        for s, _, issue in memory.issues
        if s < index
        and (reading.sentence(s).field, reading.sentence(s).paragraph) == (here.field, here.paragraph)
    ]
    if named or paragraph:
        yield _Found((named[:1] or paragraph[-1:])[0], "demand", POINTED)
    elif memory.main:
        yield _Found(memory.main, "demand", MAIN)


def _is_aside(tree: Tree, taking: _Taking, hit: IssueHit) -> bool:
    """Whether an issue stands only in a relative clause: «recognises the threat that X poses»."""
    if taking.rule == "considers part of its own":
        return False
    tokens = tree.sentence.tokens
    covered = [i for i, t in enumerate(tokens) if t.start < hit.terms[0][1] and hit.terms[0][0] < t.end]
    return any(
        tree.rel(step) == "acl:relcl" and step != taking.issue and taking.issue in tree.ancestors(step)
        for i in covered[:1]
        for step in (i, *tree.ancestors(i))
    )


def _is_foreign(reading: Reading, index: int, tree: Tree, taking: _Taking) -> bool:
    """Whether a new issue can lie between states: others than its takers are named near."""
    own = {a.code for a in _all_meant(reading, index, tree, taking.actors)}
    if len(own) > 1 or any(s.manner in ("official", "turn") for s in reading.speech):
        return True
    near = range(max(0, index - 1), min(len(reading.analysis.sentences), index + 2))
    codes = {a.code for k in near for m in reading.mentions_in(k) for a in m.actors if a.code}
    return bool(codes - own - {"MNC", "NGO"})


def _is_empty(tree: Tree, verb: int) -> bool:
    return tree.lemma(verb) in stance_words().empty_verbs


def _pushed(tree: Tree, taking: _Taking, stance: Stance) -> Stance:
    """«calls on all to support the treaty», «we must strengthen it»: support, asked of all."""
    if stance != "demand" or tree.sentence.tokens[taking.issue].upos not in VERBAL:
        return stance
    ours = any(tree.sentence.tokens[k].text.lower() == "we" for k in tree.by_rel(taking.issue, "nsubj"))
    return "support" if ours or tree.lemma(taking.issue) in stance_words().pushing_verbs else stance


def _conditions(tree: Tree, head: int) -> set[int]:
    """Return the words of «if …» and «unless …» under a phrase: what is there is no object of the stance."""
    out: set[int] = set()
    for k in tree.by_rel(head, "obl"):
        if tree.preposition(k) in _AROUND:
            out |= set(tree.subtree(k))
    loose = tree.sentence.tokens[head].upos == "NOUN"  # «adopted a posture, sending ships …»
    for k in tree.by_rel(head, "advcl"):
        if loose or {tree.lemma(m) for m in tree.by_rel(k, "mark", "advmod")} & (
            _CONDITIONS | {"because", "since", "after", "as"}
        ):
            out |= set(tree.subtree(k))
    return out


def _just_behind(tree: Tree, inside: set[int], hits: list[IssueHit]) -> list[IssueHit]:
    """Return the hit that begins right behind a phrase: parsers hang «to sell arms» on the wrong word."""
    end = max((tree.sentence.tokens[i].end for i in inside), default=0)
    near = [h for h in hits if end <= h.start <= end + 14]
    between = (
        tree.sentence.text[end - tree.sentence.start : near[0].start - tree.sentence.start] if near else ""
    )
    return near[:1] if near and not set(between) & set(",;:—–") else []


def _touches(tree: Tree, top: int, inside: set[int], hit: IssueHit) -> bool:
    """Whether a phrase is about an issue: its head is one of the terms that named it, or most are in it."""
    tokens = tree.sentence.tokens
    head = tokens[top]
    if any(head.start < b and a < head.end for a, b in hit.places):
        return True
    held = sum(any(tokens[i].start < b and a < tokens[i].end for i in inside) for a, b in hit.terms)
    return held * 2 > len(hit.terms)


def _flips(tree: Tree, taking: _Taking, terms: tuple[tuple[int, int], ...]) -> int:
    """Return how many words between the trigger and the issue turn the stance round: «end» in «an end to»."""
    tokens = tree.sentence.tokens
    phrase = set(tree.subtree(taking.issue))
    covered = {i for i, t in enumerate(tokens) if any(t.start < b and a < t.end for a, b in terms)}
    inside = sorted(covered & phrase) or sorted(covered)
    top = next((i for i in inside if tokens[i].head not in covered), min(inside, default=taking.issue))
    count = 0
    for step in tree.ancestors(top):
        if step == taking.trigger and taking.rule not in ("will not", "must"):
            break
        if step not in covered and _reverses(tree, step, top):
            count += 1
        if step == taking.issue or step == taking.trigger:
            break
    return count


def _reverses(tree: Tree, word: int, below: int) -> bool:
    words = stance_words()
    lemma, upos = tree.lemma(word), tree.sentence.tokens[word].upos
    if upos in VERBAL:
        return lemma in words.reversing_verbs
    if upos != "NOUN" or lemma not in words.reversing_nouns:
        return False
    if lemma in words.reversing_with_against:
        return any(tree.preposition(k) == "against" for k in tree.by_rel(word, "nmod", "obl"))
    return True


def _pointer(tree: Tree, taking: _Taking) -> int | None:
    """Return the word that points back, in a phrase or as object of a clause: «to lift the measure»."""
    if _points_back(tree, taking.issue):
        return taking.issue
    if tree.sentence.tokens[taking.issue].upos in VERBAL and taking.rule not in ("will not", "must"):
        things = tree.by_rel(taking.issue, "obj") or tree.by_rel(taking.issue, "nsubj")
        return next((k for k in things if _points_back(tree, k)), None)
    return None


def _points_back(tree: Tree, head: int) -> bool:
    words = stance_words()
    token = tree.sentence.tokens[head]
    if token.upos in VERBAL:
        return tree.lemma(head) == "refuse"  # «Yerevan refuses.»
    if token.upos in ("PRON", "DET", "NUM"):
        return token.text.lower() in words.anaphoric_pronouns
    if token.upos != "NOUN" or tree.lemma(head) not in words.anaphoric_nouns:
        return False
    definite = any(
        tree.sentence.tokens[k].text.lower()
        in ("the", "this", "that", "these", "those", "such", "its", "his", "their")
        for k in tree.by_rel(head, "det", "nmod:poss", "amod")
    )
    heavy = tree.by_rel(head, "nmod", "acl", "compound")
    return definite and not heavy


def _core(tree: Tree, head: int) -> tuple[int, int]:
    """Return the head of what is meant by «an end to the quotas» (quotas) and how often it was turned."""
    flips = 0
    for _ in range(3):
        if not _reverses(tree, head, head):
            break
        below = [
            k
            for k in tree.by_rel(head, "nmod", "obj", "obl")
            if tree.rel(k) == "obj" or tree.preposition(k) in ("of", "to", "on", "against", "from", "")
        ]
        if not below:
            break
        head, flips = below[0], flips + 1
    return head, flips


def _with_place(tree: Tree, head: int, word: str) -> str:
    """Return a one-word issue with the first name under it: «the dam on the Oder» -> dam-oder."""
    names = [
        k
        for k in tree.subtree(head)
        if k > head and tree.sentence.tokens[k].upos == "PROPN" and tree.rel(k) in ("nmod", "obl", "flat")
    ]
    return propose_issue(f"{word} {tree.sentence.tokens[names[0]].text}") if names else word


def _name(reading: Reading, index: int, tree: Tree, head: int) -> str:
    """Return a readable id for a phrase no table knows, "" where it names no issue."""
    token = tree.sentence.tokens[head]
    mention = mention_at(reading, index, head)
    if _is_empty(tree, head) and token.upos in VERBAL:
        return ""
    if token.upos in ("PRON", "DET", "NUM", "SYM") or tree.lemma(head) in stance_words().empty_nouns:
        return ""
    if token.upos == "PROPN" and mention and mention.span.head == head:
        return ""
    inside = tree.subtree(head, without=(*_CLAUSES, "nsubj", "conj", "cc", "mark", "aux"))
    if len(inside) < 2 and token.upos != "NOUN":
        return ""
    words = " ".join(tree.sentence.tokens[k].text for k in inside[:_LONGEST_NAME])
    return propose_issue(words)


# --- actors ------------------------------------------------------------------------------------------------


def _actors(
    reading: Reading, index: int, tree: Tree, taking: _Taking, attribution: Attribution
) -> tuple[Actor, ...]:
    """Return who takes the side: the grammar's subject, else whoever speaks or issued the paper."""
    actors = _all_meant(reading, index, tree, taking.actors)
    if not actors and taking.actors:
        actors = _all_meant(reading, index, tree, _above(tree, taking.trigger))
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


def _all_meant(reading: Reading, index: int, tree: Tree, heads: tuple[int, ...]) -> list[Actor]:
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
