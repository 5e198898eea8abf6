"""Did it happen? The status of an act from tense, modality, negation and what governs it.

«will visit» is planned, «may visit» hypothetical, «denied visiting» denied, «did not visit» no act.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from detente.coding.clauses import VERBAL, Tree
from detente.records import Status

Tense = Literal["past", "present", "future"]

PLANNING = frozenset(
    "plan expect schedule intend set due prepare promise pledge vow aim slate want hope ready agree offer "
    "decide propose arrange invite consider mull seek ponder announce commit undertake determine".split()
)
PLANNED_NOUNS = frozenset(
    "plan intention promise pledge offer proposal decision willingness readiness goal aim".split()
)
PLANNED_ADJECTIVES = frozenset(
    "upcoming planned forthcoming scheduled future next proposed expected coming".split()
)
DOUBTING = frozenset("risk threaten fear avoid prevent avert fail could might".split())
DOUBTFUL_NOUNS = frozenset(
    "risk possibility threat fear prospect danger chance idea option rumour rumor scenario".split()
)
DOUBTFUL_ADJECTIVES = frozenset(
    "potential possible hypothetical imminent eventual would-be likely future".split()
)
ALLEGED = frozenset("alleged supposed purported so-called claimed apparent suspected reported".split())
DENYING = frozenset("deny refute dismiss reject disavow".split())
STARTING = frozenset(
    "begin start continue keep help manage stop cease finish force compel lead cause".split()
)
HABIT = frozenset(
    "regularly routinely often usually frequently repeatedly always traditionally annually".split()
)
CONDITION = frozenset({"if", "unless", "provided", "should", "whether", "lest"})
MODALS = frozenset({"could", "might", "may", "would", "can"})
DUTIES = frozenset({"should", "must", "ought", "shall"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What grammar says of an act: status (None for no act at all), detail, tense, the words that told."""

    status: Status | None
    detail: str | None
    tense: Tense
    words: str


def judge(tree: Tree, trigger: int) -> Verdict:
    """Return the verdict on the act that token `trigger` names."""
    clause = tree.clause(trigger)
    tense = tense_of(tree, clause)
    if clause != trigger and not _is_core(tree, trigger, clause):
        return _judge_aside(tree, trigger, tense)
    for test in (_negated, _conditional, _denied, _doubted, _planned, _habitual):
        verdict = test(tree, trigger, clause, tense)
        if verdict:
            return verdict
    detail = "ongoing" if _in_progress(tree, trigger, clause) else None
    return Verdict("ongoing" if detail else "happened", None, tense, tree.sentence.tokens[clause].text)


def _is_core(tree: Tree, noun: int, clause: int) -> bool:
    """Whether a noun shares its clause's fate: «will hold talks», not «will sign during the talks»."""
    step = noun
    while step != clause:
        relation = tree.rel(step).split(":")[0]
        if relation not in ("obj", "nsubj", "xcomp", "conj", "root", "compound", "ccomp") and not (
            relation == "nmod" and tree.preposition(step) == "of"
        ):
            return False
        step = tree.sentence.tokens[step].head
        if step < 0:
            return False
    return True


def _judge_aside(tree: Tree, noun: int, tense: Tense) -> Verdict:
    """Return the verdict on a noun that only sets the scene: its own modifiers tell, nothing else."""
    for k in tree.kids[noun]:
        word = tree.lemma(k)
        if tree.rel(k) == "det" and word in ("no", "any"):
            return Verdict(None, "negated", tense, tree.sentence.tokens[k].text)
        if tree.rel(k) in ("amod", "compound"):
            if word in PLANNED_ADJECTIVES:
                return Verdict("planned", None, "future", tree.sentence.tokens[k].text)
            if word in DOUBTFUL_ADJECTIVES:
                return Verdict("hypothetical", None, tense, tree.sentence.tokens[k].text)
            if word in ALLEGED:
                return Verdict("claimed", None, tense, tree.sentence.tokens[k].text)
    head = tree.sentence.tokens[noun].head
    if head >= 0 and tree.lemma(head) in DOUBTFUL_NOUNS | PLANNED_NOUNS:
        return Verdict("hypothetical", None, tense, tree.sentence.tokens[head].text)
    return Verdict("happened", None, "past", tree.sentence.tokens[noun].text)


def tense_of(tree: Tree, clause: int) -> Tense:
    """Return the tense of a clause; a bare form takes the tense of the clause that governs it."""
    for step in (clause, *tree.ancestors(clause)):
        helpers = [tree.sentence.tokens[k] for k in tree.by_rel(step, "aux", "cop")]
        words = {t.lemma.lower() for t in helpers} | {t.text.lower() for t in helpers}
        if words & {"will", "shall", "'ll", "’ll"}:
            return "future"
        forms = [tree.sentence.tokens[step], *helpers]
        if any(t.has("Tense=Past") and not t.has("VerbForm=Part") for t in forms) or words & {
            "had",
            "was",
            "were",
        }:
            return "past"
        if any(t.has("Tense=Pres") and t.has("VerbForm=Fin") for t in forms):
            return "past" if words & {"have", "has"} else "present"
        if any(t.has("Tense=Past") for t in forms):
            return "past"
    return "past"


def _aux(tree: Tree, clause: int) -> set[str]:
    return {tree.sentence.tokens[k].text.lower() for k in tree.by_rel(clause, "aux")} | {
        tree.lemma(k) for k in tree.by_rel(clause, "aux")
    }


def _negated(tree: Tree, trigger: int, clause: int, tense: Tense) -> Verdict | None:
    """«did not visit», «no talks»: no act. «has yet to», «failed to»: none either."""
    verbal = tree.sentence.tokens[trigger].upos in VERBAL
    for noun in tree.by_rel(trigger, "obj", "nsubj:pass") if verbal else []:  # «held no talks»
        for k in tree.by_rel(noun, "det"):
            if tree.lemma(k) == "no":
                return Verdict(None, "negated", tense, tree.sentence.tokens[k].text)
    for head in {trigger, clause}:
        for k in tree.kids[head]:
            word = tree.lemma(k)
            near = tree.rel(k) in ("advmod", "neg", "det", "cc:preconj")
            if near and word in ("not", "n't", "n’t", "never", "no", "neither", "without"):
                refused = head == clause and _aux(tree, clause) & {"will", "would", "'ll", "’ll"}
                detail = "refused" if refused else "negated"
                return Verdict(None, detail, tense, tree.sentence.tokens[k].text)
            if tree.rel(k) in ("mark", "case") and word == "without" and head == trigger:
                return Verdict(None, "negated", tense, "without")
    head = tree.sentence.tokens[clause].head
    if tree.rel(clause) != "xcomp" or head < 0:
        return None
    denied = any(tree.lemma(k) in ("not", "n't", "n’t", "never") for k in tree.by_rel(head, "advmod"))
    if denied or tree.lemma(head) in ("fail", "refuse", "decline", "have"):  # «is not going to cancel»
        return Verdict(None, "negated", tense, tree.sentence.tokens[head].text)
    return None


def _conditional(tree: Tree, trigger: int, clause: int, tense: Tense) -> Verdict | None:
    """«if Oslo signs», «unless troops leave»: hypothetical."""
    for step in (clause, *tree.ancestors(clause)):
        if tree.rel(step) in ("advcl", "ccomp", "acl", "xcomp", "root", "conj"):
            for k in tree.by_rel(step, "mark", "aux", "advmod"):
                if (
                    tree.lemma(k) in CONDITION
                    and k < trigger
                    and (tree.lemma(k) != "should" or tree.rel(k) == "mark")
                ):
                    return Verdict("hypothetical", "conditional", tense, tree.sentence.tokens[k].text)
        if tree.rel(step) in ("ccomp", "root", "parataxis", "acl:relcl"):
            return None
    return None


def _denied(tree: Tree, trigger: int, clause: int, tense: Tense) -> Verdict | None:
    """«denied striking the port», «rejected claims that it had struck»: denied."""
    for step in (clause, *tree.ancestors(clause))[:4]:
        head = tree.sentence.tokens[step].head
        if head >= 0 and tree.rel(step) in ("xcomp", "ccomp", "obj", "advcl", "acl") and head != trigger:
            lemma = tree.lemma(head)
            reported = tree.rel(step) != "obj" or tree.lemma(step) in (
                "claim",
                "report",
                "allegation",
                "accusation",
            )
            if lemma in ("deny", "refute") or (lemma in DENYING and reported and tree.rel(step) == "obj"):
                return Verdict("denied", None, tense, tree.sentence.tokens[head].text)
    return None


def _doubted(tree: Tree, trigger: int, clause: int, tense: Tense) -> Verdict | None:
    """«could strike», «the risk of war», «a potential invasion»: hypothetical; «an alleged raid»: claimed."""
    for k in tree.by_rel(trigger, "amod", "compound"):
        if tree.lemma(k) in DOUBTFUL_ADJECTIVES:
            return Verdict("hypothetical", None, tense, tree.sentence.tokens[k].text)
        if tree.lemma(k) in ALLEGED:
            return Verdict("claimed", None, tense, tree.sentence.tokens[k].text)
    duty = _aux(tree, clause) & DUTIES
    if duty:
        return Verdict("hypothetical", "demanded", tense, sorted(duty)[0])
    modal = _aux(tree, clause) & MODALS
    above = tree.sentence.tokens[clause].head
    if modal == {"would"} and tree.rel(clause) == "ccomp" and above >= 0 and tense_of(tree, above) == "past":
        return Verdict("planned", None, "future", "would")  # «said it would reopen the crossing»
    if modal and not _aux(tree, clause) & {"will"}:
        return Verdict("hypothetical", None, tense, sorted(modal)[0])
    for step in (trigger, *tree.ancestors(trigger)):
        head = tree.sentence.tokens[step].head
        if (
            head >= 0
            and tree.rel(step) in ("nmod", "acl", "obj", "xcomp", "obl")
            and (
                tree.lemma(head) in DOUBTFUL_NOUNS
                or (tree.lemma(head) in DOUBTING and tree.rel(step) != "obl")
            )
        ):
            return Verdict("hypothetical", None, tense, tree.sentence.tokens[head].text)
        if tree.sentence.tokens[step].upos in VERBAL:
            break
    return None


def _planned(tree: Tree, trigger: int, clause: int, tense: Tense) -> Verdict | None:
    """«will sign», «is to visit», «plans to deploy», «the upcoming summit», «before he travels»: planned."""
    if tense == "present" and tree.rel(clause) == "advcl":
        for k in tree.by_rel(clause, "mark", "advmod"):
            if tree.lemma(k) in ("before", "until", "when", "once", "after"):
                return Verdict("planned", None, "future", tree.sentence.tokens[k].text)
    for k in tree.by_rel(trigger, "amod"):
        if tree.lemma(k) in PLANNED_ADJECTIVES:
            return Verdict("planned", None, "future", tree.sentence.tokens[k].text)
    if _aux(tree, clause) & {"will", "shall", "'ll", "’ll"}:
        return Verdict("planned", None, "future", "will")
    token = tree.sentence.tokens[clause]
    head = token.head
    infinitive = any(tree.lemma(k) == "to" for k in tree.by_rel(clause, "mark")) and token.upos in VERBAL
    if head >= 0 and tree.rel(clause) in ("xcomp", "acl", "advcl", "ccomp") and infinitive:
        lemma = tree.lemma(head)
        if lemma == "go" and tree.sentence.tokens[head].text.lower() == "going":
            return Verdict("planned", None, "future", "going to")
        if tree.rel(clause) == "acl" or lemma in PLANNING:
            return Verdict("planned", None, "future", f"{tree.sentence.tokens[head].text} to")
        if lemma in STARTING or lemma in ("be", "use", "seem", "appear", "have"):
            return None
        return Verdict("hypothetical", "purpose", tense, f"{tree.sentence.tokens[head].text} to")
    if infinitive and (tree.rel(clause) == "root" or tree.by_rel(clause, "aux")):
        return Verdict("planned", None, "future", "to")  # headline: «Minister to visit Oslo»
    for step in (trigger, clause):
        above = tree.sentence.tokens[step].head
        if (
            above >= 0
            and tree.rel(step) in ("obj", "nsubj:pass", "nmod")
            and tree.lemma(above) in PLANNING | PLANNED_NOUNS
        ):
            return Verdict("planned", None, "future", tree.sentence.tokens[above].text)
    return None


def _habitual(tree: Tree, trigger: int, clause: int, tense: Tense) -> Verdict | None:
    for head in {trigger, clause}:
        for k in tree.by_rel(head, "advmod", "amod"):
            if tree.lemma(k) in HABIT and tree.lemma(k) != "repeatedly":
                return Verdict("happened", "habitual", tense, tree.sentence.tokens[k].text)
    return None


def _in_progress(tree: Tree, trigger: int, clause: int) -> bool:
    """«is holding talks», «continues to shell»: under way as the report speaks."""
    token = tree.sentence.tokens[clause]
    helpers = [tree.sentence.tokens[k] for k in tree.by_rel(clause, "aux")]
    if token.text.lower().endswith("ing") and any(t.lemma == "be" and t.has("Tense=Pres") for t in helpers):
        return True
    head = token.head
    return tree.rel(clause) == "xcomp" and head >= 0 and tree.lemma(head) in ("continue", "keep")
