"""When what looks like an act is none: the ordered list, each rule with the sentence that taught it.

A rule sees what was found at a trigger and what the report has told so far; it returns why the
finding is no act, or None. The first that speaks decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from detente.coding.acts.candidates import Candidate
from detente.coding.acts.parties import Parties, codes
from detente.coding.acts.status import Verdict
from detente.coding.clauses import Tree
from detente.coding.reading import Reading
from detente.knowledge.triggers import word_classes
from detente.records import Event

ALONE = frozenset({"MOBILIZE", "PROTEST", "RETREAT", "CONCEDE", "COERCE"})  # may be done to nobody
DOMESTIC = frozenset({"COERCE", "ASSAULT", "PROTEST", "ACCUSE", "SANCTION"})  # may stay within one state
ARMED = frozenset({"REB", "SEP"})  # who fights a state from within it is another actor
GENERIC = frozenset({"CONSULT", "MOBILIZE", "COOPERATE", "RETREAT"})  # in the plain present: a habit
STATES_OF_AFFAIRS = frozenset(
    "cooperation partnership trade collaboration coordination turnover alliance".split()
)
TELLING = frozenset({"tell", "ask", "inform", "remind"})
ATTACKS = frozenset(
    "attack bombing blast explosion raid strike airstrike shelling ambush assault fire bomb".split()
)
STANDING = frozenset(
    {"oppose", "opposed", "support", "favour", "favor", "back"}
)  # to nobody: a position only


@dataclass(frozen=True, slots=True)
class Found:
    """All that is known of a candidate when the rules are asked."""

    reading: Reading
    sentence: int
    tree: Tree
    candidate: Candidate
    parties: Parties
    verdict: Verdict


class Rule(Protocol):
    """A rule by name; its docstring opens with the sentence that taught it."""

    __name__: str

    def __call__(self, found: Found, told: tuple[Event, ...], /) -> str | None:
        """Return why the finding is no act, or None."""
        ...


def drop_negated(found: Found, told: tuple[Event, ...]) -> str | None:
    """«Oslo did not sign the treaty.»"""
    return "negated" if found.verdict.status is None else None


def drop_purpose(found: Found, told: tuple[Event, ...]) -> str | None:
    """«Delegates met to discuss a withdrawal of troops.»: an aim is no act."""
    return "only an aim" if found.verdict.detail == "purpose" else None


def drop_telling(found: Found, told: tuple[Event, ...]) -> str | None:
    """«Rome told Paris that it was ready.» tells; «told Paris to leave» asks."""
    trigger, tree = found.candidate.trigger, found.tree
    if trigger.words[0] not in TELLING or trigger.type != "REQUEST":
        return None
    complements = found.candidate.frame.heads("xcomp")
    asks = any(tree.lemma(k) == "to" for c in complements for k in tree.by_rel(c, "mark"))
    return "only told" if complements and not asks else None


def drop_habit(found: Found, told: tuple[Event, ...]) -> str | None:
    """«The ministers regularly visit each other.» «The president visits Rome every spring.»"""
    if found.verdict.detail == "habitual" or _is_habit(found):
        return "a habit"
    token = found.tree.sentence.tokens[found.candidate.token]
    plain_present = token.upos == "VERB" and token.has("Tense=Pres") and token.has("VerbForm=Fin")
    in_headline = found.sentence == 0 or found.tree.sentence.kind == "heading"
    if plain_present and not in_headline and found.candidate.trigger.type in GENERIC:
        return "a habit, told in the plain present"
    return None


def _is_habit(found: Found) -> bool:
    times = found.reading.times_in(found.sentence)
    clause = found.tree.clause(found.candidate.token)
    return any(t.kind == "habit" and found.tree.clause(t.span.head) == clause for t in times)


def drop_without_doer(found: Found, told: tuple[Event, ...]) -> str | None:
    """«Sanctions were imposed.»: nobody we can name acts. An attack on somebody stands without its doer."""
    if codes(found.parties.sources):
        return None
    trigger, frame = found.candidate.trigger, found.candidate.frame
    doers = {found.tree.lemma(h) for h in frame.heads("subj")}
    if doers & word_classes()["@nature"]:
        return "nature does it"
    armed = doers & (word_classes()["@weapon"] | ATTACKS)  # «a bomb killed two Kenyan workers»
    victim = frame.passive and any(m.person for m in found.parties.recipients)  # «Navalny was poisoned»
    victim = victim or any(
        a.sector == "MIL" for m in found.parties.recipients for a in m.actors
    )  # «killed soldiers»
    if trigger.words[trigger.head] in word_classes()["@needs_source"] and not (armed or victim):
        return "no actor does it"
    suffered = trigger.type == "ASSAULT" or (victim and trigger.mode == "arrest")
    if suffered and codes(found.parties.recipients):
        return None
    return "no actor does it"


def drop_alone_together(found: Found, told: tuple[Event, ...]) -> str | None:
    """«The two met.» needs two who can be told apart."""
    sources = found.parties.sources
    many = len(codes(sources)) > 1 or len({a for m in sources for a in m.actors}) > 1
    return "a joint act with one party" if found.parties.joint and not many else None


def drop_to_nobody(found: Found, told: tuple[Event, ...]) -> str | None:
    """«Rome's support grew.»: a noun without a party at the other end, unless its type needs none."""
    if found.parties.joint or codes(found.parties.recipients):
        return None
    trigger = found.candidate.trigger
    if trigger.words[0] in STANDING or trigger.words[trigger.head] in word_classes()["@needs_recipient"]:
        return "it needs somebody at the other end"
    verbal = trigger.pos == "VERB" or found.candidate.frame.light is not None
    if trigger.type in ALONE or (verbal and found.verdict.status != "hypothetical"):
        return None
    return "nobody is at the other end"


def drop_within_one_state(found: Found, told: tuple[Event, ...]) -> str | None:
    """«The French president visited French troops.»: no act. A truce with one's own rebels is one."""
    sources, recipients = codes(found.parties.sources), codes(found.parties.recipients)
    if sources != recipients or not sources:
        return None
    sectors = [
        {a.sector for m in side for a in m.actors}
        for side in (found.parties.sources, found.parties.recipients)
    ]
    armed_against = ARMED & (sectors[0] ^ sectors[1])
    if sectors[0] != sectors[1] and (found.candidate.trigger.type in DOMESTIC or armed_against):
        return None
    return "source and recipient are one"


def drop_mere_location(found: Found, told: tuple[Event, ...]) -> str | None:
    """«The embassy is in Rome.»: only a person's presence is a visit."""
    if found.candidate.trigger.words[0] != "be":
        return None
    return None if all(m.person for m in found.parties.sources) else "a location, no visit"


def drop_standing_state(found: Found, told: tuple[Event, ...]) -> str | None:
    """«Trade between the two grew.» «Economic cooperation is wide.»: a state of affairs, no act."""
    trigger, frame = found.candidate.trigger, found.candidate.frame
    if trigger.type != "COOPERATE" or trigger.pos != "NOUN" or trigger.words[-1] not in STATES_OF_AFFAIRS:
        return None
    return None if frame.light is not None or _has_own_time(found) else "a state of affairs"


def _has_own_time(found: Found) -> bool:
    """Whether a date hangs on the noun itself: «the visit, set for May 3»."""
    inside = set(found.tree.subtree(found.candidate.token))
    return any(t.span.head in inside and t.start for t in found.reading.times_in(found.sentence))


def drop_modifier(found: Found, told: tuple[Event, ...]) -> str | None:
    """«aid workers», «the occupation authorities»: a noun that only qualifies another names no act."""
    tree, i = found.tree, found.candidate.token
    head = tree.sentence.tokens[i].head
    qualifies = (
        tree.rel(i) == "compound" and head >= 0 and tree.sentence.tokens[head].upos in ("NOUN", "PROPN")
    )
    return "only qualifies another noun" if qualifies and found.candidate.trigger.pos == "NOUN" else None


def drop_back_reference(found: Found, told: tuple[Event, ...]) -> str | None:
    """«Oslo closed the strait. … The closure angered Moscow.»: a noun that only points back."""
    trigger = found.candidate.trigger
    if trigger.pos != "NOUN" or found.candidate.frame.light is not None or _has_own_time(found):
        return None
    sources, recipients = codes(found.parties.sources), codes(found.parties.recipients)
    for event in told:
        parties = {a.code for a in (*event.sources, *event.recipients)}
        if event.type == trigger.type and sources <= parties and recipients <= parties:
            return "told before"
    return None


RULES: tuple[Rule, ...] = (
    drop_negated,
    drop_purpose,
    drop_telling,
    drop_habit,
    drop_without_doer,
    drop_alone_together,
    drop_to_nobody,
    drop_within_one_state,
    drop_mere_location,
    drop_standing_state,
    drop_modifier,
    drop_back_reference,
)


@dataclass(frozen=True, slots=True)
class Objection:
    """A rule that speaks against an act, with its reason."""

    rule: str  # the function's name, «drop_negated»
    reason: str


def find_objection(found: Found, told: tuple[Event, ...]) -> Objection | None:
    """Return the first rule that says a finding is no act, with its reason; None where it is one."""
    for rule in RULES:
        reason = rule(found, told)
        if reason:
            return Objection(rule.__name__, reason)
    return None
