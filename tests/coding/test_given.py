"""Every given pair gets an answer, from the coder's own events where it has one, else from what is weaker."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.coding.acts.given import EVIDENCE, GivenPair, confidences, find_words
from detente.errors import InputError
from detente.knowledge.ontology import kinds, roots
from detente.pipeline import code_marked, code_pair

CLASSES = {"YIELD", *(name for name, _ in kinds())}


@pytest.mark.parametrize(
    ("sentence", "source", "target", "root", "quad"),
    [
        ("Norway condemned the closure by Sweden.", "Norway", "Sweden", "ACCUSE", 3),
        (
            "Dock workers walked out on the port authority of Riga.",
            "Dock workers",
            "the port authority",
            None,
            None,
        ),
        ("Rebels released two nurses near Goma.", "Rebels", "two nurses", "YIELD", 2),
        ("Rebels said they would release two nurses.", "Rebels", "two nurses", "AGREE", 1),
        ("The junta agreed to lift its ban on Danish ships.", "The junta", "Danish ships", "AGREE", 1),
        ("Oslo announced the release of two Danish sailors.", "Oslo", "two Danish sailors", "YIELD", 2),
        ("Canada imposed sanctions on two generals.", "Canada", "two generals", "COERCE", 4),
        ("Militants seized the village of Alma.", "Militants", "the village of Alma", "ASSAULT", 4),
        ("Egypt said Kenya must pay its debt.", "Egypt", "Kenya", "REQUEST", 3),
        ("Oslo and Riga failed to reach an agreement.", "Oslo", "Riga", "REJECT", 3),
        ("Senators called for sanctions against the junta.", "Senators", "the junta", "ACCUSE", 3),
        ("Ankara will bomb the camps of the militia.", "Ankara", "the camps of the militia", "THREATEN", 3),
        ("The ministry summoned the Danish envoy.", "The ministry", "the Danish envoy", "ACCUSE", 3),
        ("Lima sent peacekeepers to Haiti.", "Lima", "Haiti", "AID", 2),
    ],
)
def test_the_source_does_this_to_the_target(
    sentence: str, source: str, target: str, root: str | None, quad: int | None
) -> None:
    answer = code_pair(sentence, source, target)
    assert answer.root in CLASSES
    if root:
        assert (answer.root, answer.quad) == (root, quad), answer


def test_the_records_type_and_the_crosswalks_stand_side_by_side() -> None:
    answer = code_pair("Canada imposed sanctions on two generals.", "Canada", "two generals")
    assert (answer.record_type, answer.type, answer.cameo) == ("SANCTION", "COERCE", "163")


def test_which_occurrence_is_meant_matters() -> None:
    text = "Oslo aided Rome, and Oslo condemned Bonn."
    oslo = text.index("Oslo", 5)
    target = find_words(text, "Bonn")
    assert code_marked(text, ((oslo, oslo + 4),), target).type == "ACCUSE"


def test_words_that_are_not_there_are_refused() -> None:
    with pytest.raises(InputError, match="the target «Bonn» does not stand in"):
        code_pair("Oslo aided Rome.", "Oslo", "Bonn")


@pytest.mark.parametrize("text", ["", "   ", "?", "Oslo", "Yes. No. Maybe.", "x" * 300, "«»\n\n—"])
def test_any_text_gets_an_answer_without_marks(text: str) -> None:
    answer = code_marked(text, (), ())
    assert answer.evidence in EVIDENCE
    assert 0 < answer.confidence < 1


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_any_marks_get_an_answer(text: str, start: int, end: int) -> None:
    assert code_marked(text, ((start, end),), ((end, start),)).quad in (1, 2, 3, 4)


def test_stronger_evidence_is_trusted_more_than_none() -> None:
    trust = confidences()
    assert set(trust) == set(EVIDENCE)
    assert trust["event"] > trust["on the path"] > trust["prior"]


def test_the_crosswalk_knows_every_code_of_the_ontology() -> None:
    assert set(roots().values()) <= CLASSES
    for kind in kinds().values():
        answer = GivenPair(kind.type, kind.mode, kind.cameo, "event")
        assert answer.root in CLASSES
        assert answer.type in CLASSES
