"""Sides taken without a word of the table: what is judged, wished, refused, listed or laid claim to.

«“The raid is unacceptable,” Oslo said» is Oslo's opposition to the raid; «the sanctions must stay» support.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.coding.clauses import VERBAL, Tree, noun_frame, verb_frame
from detente.coding.reading import Reading
from detente.coding.said.speech import attribution_at
from detente.coding.said.voices import mention_at
from detente.coding.stand.taking import Taking
from detente.knowledge.stances import Scope, stance_cues, stance_words
from detente.records import Stance

_DEONTIC = frozenset({"must", "should", "shall", "ought"})
_BINDING = frozenset({"need", "needs", "have", "has"})  # «Oslo needs to leave»
_NOT = frozenset({"not", "never", "n't", "n’t"})
_WILL = frozenset({"will", "wo", "'ll", "’ll", "would"})
_MIGHT = frozenset({"would", "may", "might", "could"})
_PROVING = frozenset(
    {
        "make",
        "clear",
        "ensure",
        "demonstrate",
        "verify",
        "guarantee",
        "assure",
        "prove",
        "see",
        "confirm",
        "show",
    }
)
_CAN = frozenset({"can", "ca"})
_CANNOT = frozenset({"accept", "allow", "tolerate", "permit", "recognise", "recognize", "support", "endorse"})


def against(tree: Tree, preposition: int) -> Iterator[Taking]:
    """Yield «Oslo is against the plan», «Rome is for it»: a bare preposition as predicate."""
    head = tree.sentence.tokens[preposition].head
    side: Stance = "oppose" if tree.lemma(preposition) == "against" else "support"
    if head >= 0 and tree.by_rel(head, "cop") and tree.preposition(head) == tree.lemma(preposition):
        yield Taking(
            preposition, tuple(tree.by_rel(head, "nsubj")), head, side, f"is {tree.lemma(preposition)}", "any"
        )


def claimed(tree: Tree, verb: int) -> Iterator[Taking]:
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
            yield Taking(verb, frame.heads("subj"), thing, "claim", "considers part of its own")


def refused(tree: Tree, verb: int) -> Iterator[Taking]:
    """Yield «will not relinquish the weapons», «is not going to send troops»: turned by what is refused."""
    if tree.lemma(verb) == "refuse" and not tree.by_rel(verb, "xcomp", "obj", "ccomp"):
        yield Taking(verb, verb_frame(tree, verb).heads("subj"), verb, "refuse", "refuse", "any")
    cues = stance_cues().get((tree.lemma(verb), "v"), ())
    if any(cue.stance == "support" and cue.scope == "any" for cue in cues):
        return  # «will not support» is opposition already
    if _will_not(tree, verb):
        scope: Scope = "any" if tree.lemma(verb) in stance_words().refusing_verbs else "known"
        yield Taking(verb, verb_frame(tree, verb).heads("subj"), verb, "refuse", "will not", scope)


def _will_not(tree: Tree, verb: int) -> bool:
    helpers = {tree.lemma(k) for k in tree.by_rel(verb, "aux")} | {
        tree.sentence.tokens[k].text.lower() for k in tree.by_rel(verb, "aux")
    }
    negated = _negated(tree, verb)
    above = tree.sentence.tokens[verb].head
    if above >= 0 and tree.rel(verb) == "ccomp" and tree.lemma(above) in _PROVING:
        return False  # «to ensure that Oslo will not sell»: another's wish
    if (
        tree.rel(verb) in ("xcomp", "advcl")
        and above >= 0
        and tree.sentence.tokens[above].text.lower() == "going"
    ):
        return _negated(tree, above)
    if not negated:
        return False
    return bool(helpers & _WILL or (helpers & _CAN and tree.lemma(verb) in _CANNOT))


def _negated(tree: Tree, word: int) -> bool:
    return any(tree.lemma(k) in _NOT for k in tree.by_rel(word, "advmod"))


def wished(reading: Reading, index: int, tree: Tree, word: int) -> Iterator[Taking]:
    """Yield «the embargo must end», «Oslo needs to sign»: what a speaker says must be, he wants.

    Of others he demands it; of himself, and of things, he supports it.
    """
    duty = _duty(tree, word)
    if duty is None or _speaker(reading, index, tree, word) is None:
        return
    subjects = [k for k in tree.by_rel(duty, "nsubj", "csubj") if tree.rel(k) != "nsubj:pass"]
    if _negated(tree, word) or _negated(tree, duty):
        yield Taking(duty, (), word, "oppose", "must not", "any", implied=True)
    else:
        others = any(_is_other(reading, index, tree, k) for k in subjects)
        passive = bool(tree.by_rel(word, "nsubj:pass"))
        side: Stance = "demand" if others or not (subjects or passive) else "support"
        yield Taking(duty, (), word, side, "must", "any" if others or passive else "matter", implied=True)


def _duty(tree: Tree, word: int) -> int | None:
    """Return where the duty of a word stands: itself with «must», its «needs to»; None for none."""
    token = tree.sentence.tokens[word]
    helpers = {tree.lemma(k) for k in tree.by_rel(word, "aux")}
    if helpers & _DEONTIC and token.deprel in ("root", "ccomp", "parataxis", "conj"):
        return word
    binding = token.deprel == "xcomp" and tree.sentence.tokens[token.head].text.lower() in _BINDING
    marked = any(tree.lemma(k) == "to" for k in tree.by_rel(word, "mark"))
    if binding and any(tree.lemma(k) in _MIGHT for k in tree.by_rel(token.head, "aux")):
        return None  # «would have to decide»
    return token.head if binding and marked and token.upos in VERBAL else None


def _speaker(reading: Reading, index: int, tree: Tree, word: int) -> str | None:
    speaker = attribution_at(reading, index, tree.sentence.tokens[word].start).speaker
    return speaker.code if speaker else None


def _is_other(reading: Reading, index: int, tree: Tree, subject: int) -> bool:
    """Whether a subject is somebody else than who speaks."""
    mention = mention_at(reading, index, subject)
    own = _speaker(reading, index, tree, subject)
    return bool(mention and any(a.code and a.code != own for a in mention.actors))


def urged(reading: Reading, index: int, tree: Tree, word: int) -> Iterator[Taking]:
    """Yield «let us end the war», «it is time to lift the embargo»: the speaker wants it."""
    if _speaker(reading, index, tree, word) is None:
        return
    lemma = tree.lemma(word)
    if lemma == "let" and any(
        tree.sentence.tokens[k].text.lower() in ("us", "’s", "'s") for k in tree.kids[word]
    ):
        wants = tree.by_rel(word, "xcomp", "ccomp")
    elif lemma == "time" and tree.by_rel(word, "cop"):
        wants = [k for k in tree.by_rel(word, "acl", "advcl", "xcomp", "csubj") if tree.rel(k) != "acl:relcl"]
    else:
        return
    for head in wants:
        others = any(_is_other(reading, index, tree, k) for k in tree.by_rel(head, "nsubj"))
        yield Taking(word, (), head, "demand" if others else "support", lemma, "any", implied=True)


def judged(reading: Reading, index: int, tree: Tree, word: int) -> Iterator[Taking]:
    """Yield «the raid is unacceptable», «it would be a mistake to leave», said by somebody."""
    side = _verdict(tree, word)
    if side is None or not tree.by_rel(word, "cop") or _speaker(reading, index, tree, word) is None:
        return
    subjects = [k for k in tree.by_rel(word, "nsubj", "csubj") if tree.lemma(k) != "it"]
    if any(tree.lemma(k) == "for" for s in subjects for k in tree.by_rel(s, "case", "mark")):
        subjects = []  # «it is wrong for them to leave»: not they
    things = subjects or tree.by_rel(word, "ccomp", "csubj", "xcomp") or _conditions_of(tree, word)
    if _negated(tree, word):
        side = "oppose" if side == "support" else None
    for head in things[:1]:
        if side and not _is_actor(reading, index, head):
            scope: Scope = "any" if side == "oppose" else "matter"
            yield Taking(word, (), head, side, f"is {tree.lemma(word)}", scope, implied=True)


def _conditions_of(tree: Tree, word: int) -> list[int]:
    """Return what would be so judged: «an outrage if Oslo left», «unacceptable for it to leave»."""
    marked = {"if", "to", "for"}
    clauses = tree.by_rel(word, "advcl", "acl")
    return [k for k in clauses if marked & {tree.lemma(m) for m in tree.by_rel(k, "mark")}]


def _is_actor(reading: Reading, index: int, head: int) -> bool:
    """Whether a word names a person or body, who is no issue: «he is wrong»."""
    mention = mention_at(reading, index, head)
    return bool(mention and mention.span.head == head and any(a.code or a.name for a in mention.actors))


def _verdict(tree: Tree, word: int) -> Stance | None:
    """Return the side of a predicate: «dangerous», «a dangerous way», «an outrage»; None for none."""
    words = stance_words()
    near = {tree.lemma(k) for k in (word, *tree.by_rel(word, "amod"))}
    near |= {tree.sentence.tokens[k].text.lower() for k in (word, *tree.by_rel(word, "amod"))}
    if near & words.bad:
        return "oppose"
    return "support" if {tree.lemma(word)} & words.good else None


def called(tree: Tree, verb: int) -> Iterator[Taking]:
    """Yield «called the deal a mistake», «described the raid as an outrage»."""
    words = stance_words()
    if tree.lemma(verb) not in words.callers:
        return
    frame = verb_frame(tree, verb)
    for thing in (*frame.heads("obj"), *_within_predicate(tree, verb))[:1]:
        own = set(tree.subtree(thing, without=("xcomp", "appos", "amod", "dep")))
        rest = {tree.lemma(k) for k in tree.subtree(verb) if k > verb and k not in own}
        side: Stance | None = "oppose" if rest & words.bad else "support" if rest & words.good else None
        if side:
            yield Taking(verb, frame.heads("subj"), thing, side, f"{tree.lemma(verb)} obj", "any")


def _within_predicate(tree: Tree, verb: int) -> tuple[int, ...]:
    """Return the thing a parser put inside its predicate: «calls the rule discriminatory»."""
    return tuple(
        k
        for x in tree.by_rel(verb, "xcomp")
        for k in tree.by_rel(x, "compound", "nsubj", "nmod", "dep")
        if verb < k < x and tree.sentence.tokens[k].upos == "NOUN"
    )


def listed(tree: Tree, noun: int) -> Iterator[Taking]:
    """Yield what stands behind «their demands include», each item on its own."""
    words = stance_words()
    if tree.lemma(noun) not in words.listed_nouns or not tree.rel(noun).startswith("nsubj"):
        return
    verb = tree.sentence.tokens[noun].head
    predicate = bool(tree.by_rel(verb, "cop"))
    if verb < 0 or not (predicate or tree.lemma(verb) in words.listing_verbs):
        return
    holders = noun_frame(tree, noun).heads("poss")
    items = [verb] if predicate else tree.by_rel(verb, "obj", "xcomp", "ccomp", "obl")
    for head in (one for item in items for one in tree.conjuncts(item)):
        yield Taking(noun, holders, head, "demand", "demands include", "any")


def without_choice(reading: Reading, index: int, tree: Tree, noun: int) -> Iterator[Taking]:
    """Yield «there is no alternative to a settlement», said by whoever wants it."""
    if tree.lemma(noun) not in ("alternative", "substitute") or _speaker(reading, index, tree, noun) is None:
        return
    if any(tree.lemma(k) == "no" for k in tree.by_rel(noun, "det", "advmod")):
        for head in tree.by_rel(noun, "nmod"):
            if tree.preposition(head) in ("to", "for"):
                yield Taking(noun, (), head, "support", "no alternative to", "matter", implied=True)


def staying(reading: Reading, index: int, tree: Tree, verb: int) -> Iterator[Taking]:
    """Yield «the sanctions will remain in place», said by whoever keeps them."""
    words = stance_words()
    if tree.lemma(verb) not in words.staying_verbs or _speaker(reading, index, tree, verb) is None:
        return
    state = {tree.lemma(k) for k in tree.by_rel(verb, "obl", "xcomp", "advmod", "obj")}
    if state & words.staying_words and not _negated(tree, verb):
        for head in tree.by_rel(verb, "nsubj"):
            yield Taking(verb, (), head, "support", "stays", "matter", implied=True)
