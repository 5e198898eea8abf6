"""Whether a stance is taken at all: from a construction and its clause to the stance after negation and mood.

«does not support» is opposition; «urged Oslo to support it» is not Oslo's support; «unless …» is a condition.
"""

from __future__ import annotations

from detente.coding.acts.status import judge
from detente.coding.clauses import Tree
from detente.coding.stand.taking import Taking
from detente.knowledge.stances import stance_cues
from detente.records import Stance

_PERFORMING = frozenset({"like", "wish", "want", "take", "begin", "join"})
CONDITIONS = frozenset({"if", "unless", "provided", "until"})


def as_it_stands(tree: Tree, taking: Taking) -> tuple[Stance | None, bool]:
    """Return the stance after negation and mood (None for none at all), and whether it is conditional."""
    conditional = _has_condition(tree, taking.trigger)
    if _is_wanted(tree, taking.trigger) or _is_awaited(tree, taking.trigger):
        return None, conditional
    if taking.implied or taking.rule in ("will not", "demands include"):
        return taking.stance, conditional
    if _is_performed(tree, taking.trigger):
        return taking.stance, conditional
    verdict = judge(tree, taking.trigger)
    if verdict.status is None or _no_longer(tree, taking.trigger) or _is_neithers(tree, taking):
        flipped: dict[Stance, Stance | None] = {"support": "oppose"}
        if taking.rule.startswith("want"):
            flipped["demand"] = "oppose"  # «did not want it to meddle»
        return flipped.get(taking.stance), conditional
    if verdict.status == "denied" or (
        verdict.status == "hypothetical" and not _is_would(tree, taking.trigger)
    ):
        if (
            verdict.detail == "purpose"
            and taking.stance in ("support", "oppose")
            and _is_done_for(tree, taking)
        ):
            return taking.stance, conditional
        return None, conditional
    if tree.lemma(taking.trigger) == "tolerate":
        return None, conditional
    return taking.stance, conditional


def _is_neithers(tree: Tree, taking: Taking) -> bool:
    """«neither Oslo nor Bergen would sign»: nobody does."""
    near = [k for a in taking.actors for k in tree.kids[a]]
    return any(tree.lemma(k) == "neither" for k in (*near, *taking.actors))


def _is_done_for(tree: Tree, taking: Taking) -> bool:
    """«founded a party to oppose the rule»: what was done by the same hands in order to take the side."""
    deed = tree.sentence.tokens[taking.trigger].head
    purpose = tree.rel(taking.trigger) == "advcl" and deed >= 0
    return purpose and tree.sentence.tokens[deed].has("Tense=Past") and not tree.is_passive(deed)


def _is_performed(tree: Tree, trigger: int) -> bool:
    """Whether it is done by saying so: «we wish to welcome», «I take this opportunity to condemn»."""
    step = trigger
    while tree.rel(step) in ("xcomp", "acl", "advcl", "conj") and tree.sentence.tokens[step].head >= 0:
        step = tree.sentence.tokens[step].head
        subjects = tree.by_rel(step, "nsubj")
        if subjects:
            first = any(tree.sentence.tokens[k].text.lower() in ("i", "we") for k in subjects)
            negated = any(tree.lemma(k) in ("not", "never") for k in tree.by_rel(step, "advmod"))
            return first and not negated and step != trigger and tree.lemma(step) in _PERFORMING
    return False


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
    """«until Oslo joins the pact», «whether the pact is lawful»: not yet so, or not known."""
    return any(
        tree.lemma(k) in ("until", "before", "whether") for k in tree.by_rel(tree.clause(trigger), "mark")
    )


def _is_would(tree: Tree, trigger: int) -> bool:
    clause = tree.clause(trigger)
    return any(tree.lemma(k) == "would" for k in tree.by_rel(clause, "aux")) and not any(
        tree.lemma(k) in CONDITIONS for k in tree.by_rel(clause, "mark")
    )


def _has_condition(tree: Tree, trigger: int) -> bool:
    for step in (trigger, tree.clause(trigger)):
        for k in tree.by_rel(step, "advcl"):
            marks = {tree.lemma(m) for m in tree.by_rel(k, "mark", "advmod", "case")}
            if marks & CONDITIONS:
                return True
    return False
