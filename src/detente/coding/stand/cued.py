"""Sides taken by words of `stance_cues.csv`: from a verb, noun or adjective to who takes it on what.

«Oslo voiced its opposition to the deployment» gives `opposition`, held by Oslo, on «the deployment».
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.coding.clauses import LIGHT_VERBS, Frame, Tree, adjective_frame, noun_frame, verb_frame
from detente.coding.stand.taking import Taking
from detente.knowledge.stances import StanceCue, stance_cues, stance_words

_ADVERBS = frozenset({"ADV", "ADJ"})
_PARTICLES = {"rule": "out"}  # «ruled out a truce», not «ruled the island»


def from_verb(tree: Tree, verb: int) -> Iterator[Taking]:
    lemma, text = tree.lemma(verb), tree.sentence.tokens[verb].text.lower()
    cues = stance_cues()
    frame: Frame | None = None
    for cue in cues.get((lemma, "v"), ()):
        if cue.stance == "claim" and tree.by_rel(verb, "ccomp"):
            continue  # «claimed that Oslo …»: told, not laid claim to
        if lemma in _PARTICLES and _PARTICLES[lemma] not in [tree.lemma(k) for k in tree.kids[verb]]:
            continue
        if lemma in ("need", "require") and not tree.by_rel(verb, "obj"):
            continue  # «the aid that is needed»: by nobody in particular
        frame = frame or verb_frame(tree, verb)
        asked = _asked(tree, verb, frame, cue)
        for head in _slot(tree, verb, frame, cue):
            doers = frame.heads("subj")
            yield Taking(verb, doers, head, cue.stance, _rule(cue), cue.scope, asked=asked)
    state = tree.sentence.tokens[verb].has("VerbForm=Part") and not tree.by_rel(verb, "obj")
    if (text, "a") in cues and (state or tree.is_passive(verb)):  # «is opposed to», read as a passive
        frame = frame or verb_frame(tree, verb)
        for cue in cues[text, "a"]:
            for head in _slot(tree, verb, frame, cue) or _doing(tree, verb, cue.slot):
                yield Taking(
                    verb,
                    frame.heads("obj") or frame.heads("subj"),
                    head,
                    cue.stance,
                    _rule(cue),
                    cue.scope,
                )


def from_noun(tree: Tree, noun: int) -> Iterator[Taking]:
    for cue in stance_cues().get((tree.lemma(noun), "n"), ()):
        frame = noun_frame(tree, noun)
        own = tuple(tree.by_rel(noun, "nsubj"))
        possessors = tuple(k for k in frame.heads("poss") if not _is_epithet(tree, k))
        named = tuple(k for k in possessors if tree.sentence.tokens[k].upos != "PRON")
        owners = named or own or frame.heads("subj") or possessors or frame.heads("by")
        if not owners and cue.slot != "of":
            owners = frame.heads("of") or frame.heads("from")
        if not owners and tree.preposition(noun) == "in":  # «came out in favour of»
            owners = verb_frame(tree, tree.clause(noun)).heads("subj")
        owners = owners or _havers(tree, noun)
        direct = [k for k in tree.by_rel(noun, "nmod", "obl") if tree.preposition(k) == cue.slot]
        for head in direct or _doing(tree, noun, cue.slot) or _slot(tree, noun, frame, cue):
            yield Taking(noun, owners, head, cue.stance, _rule(cue), cue.scope)


def _is_epithet(tree: Tree, word: int) -> bool:
    """Whether a word before a noun says what it is like, not whose: «an outspoken critic»."""
    token = tree.sentence.tokens[word]
    plain = not token.text[:1].isupper()
    if plain and tree.rel(word) == "compound":
        return True  # «a long-time advocate»
    return token.upos in ("ADJ", "ADV", "VERB", "NUM") and plain


def _havers(tree: Tree, noun: int) -> tuple[int, ...]:
    """Return who has it in «we have got a long list of concerns»."""
    step = noun
    while tree.rel(step) == "nmod" and tree.preposition(step) == "of":
        step = tree.sentence.tokens[step].head
    verb = tree.sentence.tokens[step].head
    has = verb >= 0 and tree.rel(step) == "obj" and tree.lemma(verb) in LIGHT_VERBS | {"get"}
    return verb_frame(tree, verb).heads("subj") if has else ()


def from_adjective(tree: Tree, adjective: int) -> Iterator[Taking]:
    word = tree.sentence.tokens[adjective].text.lower()
    for cue in stance_cues().get((word, "a"), ()):
        frame = adjective_frame(tree, adjective)
        for head in _slot(tree, adjective, frame, cue) or _doing(tree, adjective, cue.slot):
            yield Taking(adjective, frame.heads("subj"), head, cue.stance, _rule(cue), cue.scope)


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
    own = [k for k in tree.kids[trigger] if k > trigger and tree.preposition(k) == slot]
    if not own:  # «called once more for a truce», hung on «more»
        adverbs = [
            k for k in tree.by_rel(trigger, "advmod", "xcomp") if tree.sentence.tokens[k].upos in _ADVERBS
        ]
        own = [k for a in adverbs for k in tree.kids[a] if k > trigger and tree.preposition(k) == slot]
    return tuple(own) or frame.heads(slot)


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


def _rule(cue: StanceCue) -> str:
    return f"{cue.lemma} {cue.slot}"
