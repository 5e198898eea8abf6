"""All sides taken in a sentence: from a tree to its constructions, one for each thing they are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from detente.coding.clauses import VERBAL, Tree
from detente.coding.reading import Reading
from detente.coding.stand.cued import from_adjective, from_noun, from_verb
from detente.coding.stand.judged import (
    against,
    called,
    claimed,
    judged,
    listed,
    refused,
    staying,
    urged,
    wished,
    without_choice,
)
from detente.coding.stand.taking import Taking

_MOST = 4  # things of one list that are issues of their own


def find_takings(reading: Reading, index: int, tree: Tree) -> Iterator[Taking]:
    """Yield who takes which side on what: «urged a truce and a withdrawal» gives two."""
    for taking in _found(reading, index, tree):
        yield taking
        listed = taking.scope == "any" and tree.sentence.tokens[taking.issue].upos in ("NOUN", "PROPN")
        if listed or taking.rule.endswith("xcomp"):
            for other in tree.conjuncts(taking.issue)[1:_MOST]:
                yield replace(taking, issue=other)


def _found(reading: Reading, index: int, tree: Tree) -> Iterator[Taking]:
    for i, token in enumerate(tree.sentence.tokens):
        if token.upos in VERBAL:
            yield from from_verb(tree, i)
            yield from claimed(tree, i)
            yield from refused(tree, i)
            yield from called(tree, i)
            yield from staying(reading, index, tree, i)
        elif token.upos == "NOUN":
            yield from from_noun(tree, i)
            yield from listed(tree, i)
            yield from without_choice(reading, index, tree, i)
        elif token.upos == "ADJ":
            yield from from_adjective(tree, i)
        elif token.upos == "ADP" and token.text.lower() in ("against", "for"):
            yield from against(tree, i)
        if token.upos in (*VERBAL, "NOUN", "ADJ"):
            yield from wished(reading, index, tree, i)
            yield from urged(reading, index, tree, i)
            yield from judged(reading, index, tree, i)


def mended(tree: Tree) -> Tree:
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
