"""The confidence of an event follows what the event shows of itself."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from detente.coding.acts.confidence import estimate, features
from detente.knowledge.ontology import kinds
from detente.records import STATUSES, Actor, Event, Evidence, Reason

EVENT = Event(
    evidence=Evidence("r", "text", 0, 90, "Norway accused Sweden of spying."),
    type="ACCUSE",
    sources=(Actor("NOR"),),
    recipients=(Actor("SWE"),),
    why=(Reason("accuse of → ACCUSE/allege", "accused"),),
)


@given(kind=st.sampled_from(sorted(t for t, mode in kinds() if not mode)), status=st.sampled_from(STATUSES))
def test_a_confidence_is_a_chance(kind: str, status: str) -> None:
    assert 0.0 < estimate(replace(EVENT, type=kind, status=status)) < 1.0


def test_an_attack_by_nobody_is_trusted_less() -> None:
    assert estimate(replace(EVENT, sources=())) < estimate(EVENT)


def test_the_words_of_the_rule_count() -> None:
    assert features(EVENT)["words"] == 1.0
    assert "words" not in features(replace(EVENT, why=(Reason("accuse → ACCUSE", "accused"),)))
