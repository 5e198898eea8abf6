"""The manner of an act where its trigger leaves it open: «urged Oslo to withdraw» is REQUEST/yield.

Read from the words around the trigger by the classes of `word_classes.tsv`, and for meetings from
where they took place: at home of one of the parties it is a visit, elsewhere on third ground.
"""

from __future__ import annotations

from dataclasses import replace

from detente.coding.acts.candidates import Candidate
from detente.coding.acts.parties import Parties, codes
from detente.coding.clauses import Tree
from detente.knowledge.layers import layered
from detente.knowledge.triggers import word_classes
from detente.records import Place

BY_COMPLEMENT = {"REQUEST": "@request_", "THREATEN": "@threat_"}
BY_NEIGHBOURS = {"ASSAULT": "@assault_", "CONSULT": "@consult_"}
COMPLEMENTS = ("xcomp", "for", "to", "obj", "of", "from", "with")
ORDER = ("yield", "meet", "assist", "change")  # «withdraw from talks» yields before it meets


def find_mode(tree: Tree, candidate: Candidate) -> str | None:
    """Return the trigger's own mode, else the one its complement or its neighbours tell, else None."""
    trigger = candidate.trigger
    if trigger.mode:
        return trigger.mode
    if trigger.type in BY_COMPLEMENT:
        return _by_complement(tree, candidate, BY_COMPLEMENT[trigger.type])
    if trigger.type in BY_NEIGHBOURS:
        inside = tree.subtree(tree.clause(candidate.token), without=("parataxis", "acl:relcl", "advcl"))
        words = " " + " ".join(tree.lemma(k) for k in inside) + " "
        for mode, lemmas in _classes(BY_NEIGHBOURS[trigger.type]):
            if any(f" {lemma} " in words for lemma in lemmas):
                return mode
    return None


def _by_complement(tree: Tree, candidate: Candidate, prefix: str) -> str | None:
    """Return the mode whose class holds the head word of what is asked or threatened."""
    heads = [h for slot in COMPLEMENTS for h in candidate.frame.heads(slot) if h > candidate.token]
    for head in heads:
        for k in tree.conjuncts(head):
            for mode, lemmas in _classes(prefix):
                if tree.lemma(k) in lemmas:
                    return mode
    return None


@layered
def _classes(prefix: str) -> tuple[tuple[str, frozenset[str]], ...]:
    classes = word_classes().items()
    found = [(name.removeprefix(prefix), lemmas) for name, lemmas in classes if name.startswith(prefix)]
    return tuple(sorted(found, key=lambda pair: ORDER.index(pair[0]) if pair[0] in ORDER else len(ORDER)))


def direct_meeting(parties: Parties, mode: str | None, place: Place | None) -> tuple[Parties, str | None]:
    """Return a meeting's parties and mode as its place tells: visitor as source, host as recipient.

    «The premiers of Estonia and Latvia met in Riga»: EST visits LVA; «… met in Geneva»: third-party.
    """
    everyone = codes((*parties.sources, *parties.recipients))
    if mode not in (None, "visit") or place is None or not place.country or len(everyone) != 2:
        return parties, mode
    if place.country not in everyone:
        return parties, mode or "third-party"
    hosts = [m for m in (*parties.sources, *parties.recipients) if codes([m]) == {place.country}]
    guests = [m for m in (*parties.sources, *parties.recipients) if place.country not in codes([m])]
    if hosts and guests:
        return replace(parties, sources=tuple(guests), recipients=tuple(hosts), joint=False), "visit"
    return parties, "visit"
