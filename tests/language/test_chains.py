"""Chains within a report: who he and she are, by gender, tree and place, and when nobody is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import ModelError
from detente.language.analysis import Analysis, Sentence, Token
from detente.language.builtin import MODEL, default_reader
from detente.language.chains import load_ranker, tie_chains
from detente.language.mentions import fold_word, name_lean
from detente.records import Report

needs_reader = pytest.mark.skipif(
    not (MODEL / "reader.onnx").exists(), reason="the reader's weights are not in the package folder"
)


def read(text: str) -> Analysis:
    return default_reader().analyze(Report(text))


def chain_of(text: str, word: str) -> list[str]:
    """Return the words of the chain in which a word is a mention, [] if it is in none."""
    analysis = read(text)
    for chain in analysis.chains:
        words = [analysis.words(span) for span in chain]
        if word in words:
            return words
    return []


@needs_reader
@pytest.mark.parametrize(
    ("text", "pronoun", "bearer"),
    [
        ("Petra Novak met Kenji Tanaka in Geneva. She thanked him.", "She", "Petra Novak"),
        ("Petra Novak met Kenji Tanaka in Geneva. She thanked him.", "him", "Kenji Tanaka"),
        ("Maria Silva called Ahmed Hassan on Monday. He welcomed the offer.", "He", "Ahmed Hassan"),
        ("Mr Orlov told Mrs Lindqvist that he would resign.", "he", "Orlov"),
        ("Mr Orlov told Mrs Lindqvist that she had been right.", "she", "Lindqvist"),
        ("The actress praised Robert Keller. She had seen the film twice.", "She", "The actress"),
    ],
)
def test_gender_tells_who_is_meant(text: str, pronoun: str, bearer: str) -> None:
    assert bearer in chain_of(text, pronoun)


@needs_reader
def test_a_subject_owns_what_it_does() -> None:
    assert "Viktor Orlov" in chain_of("Viktor Orlov opened his embassy in Lagos.", "his")


@needs_reader
def test_the_subject_before_is_the_subject_now() -> None:
    text = "Viktor Orlov criticized Ahmed Hassan in a speech. He also announced new tariffs."
    assert "Viktor Orlov" in chain_of(text, "He")


@needs_reader
def test_an_object_is_not_its_own_subject() -> None:
    text = "Viktor Orlov waited for hours. Ahmed Hassan met him at noon."
    assert "Ahmed Hassan" not in chain_of(text, "him")


@needs_reader
def test_a_pronoun_reaches_back_over_a_sentence() -> None:
    text = "Helena Brandt landed in Accra on Tuesday. The airport was closed. She was met by soldiers."
    assert "Helena Brandt" in chain_of(text, "She")


@needs_reader
@pytest.mark.parametrize(
    "text", ["He was there. The ministry said talks would go on.", "It rained all day.", "", "\n\n"]
)
def test_without_anyone_named_there_is_no_chain(text: str) -> None:
    assert not [c for c in read(text).chains if len({s.sentence for s in c}) > 1]


@needs_reader
def test_full_name_surname_and_title_are_one_person() -> None:
    text = "President Helena Brandt spoke first. Brandt was followed by Omar Farouk. Mrs Brandt left early."
    assert chain_of(text, "Helena Brandt") == ["Helena Brandt", "Brandt", "Brandt"]


@needs_reader
def test_two_people_of_one_surname_stay_two() -> None:
    text = "Mr Novak arrived on Monday. Mrs Novak arrived on Tuesday."
    assert chain_of(text, "Novak") == []


@needs_reader
def test_a_role_named_again_is_its_one_bearer() -> None:
    text = "President Omar Farouk visited Oslo. The president signed two treaties."
    assert chain_of(text, "The president") == ["Omar Farouk", "The president"]


@needs_reader
def test_a_role_of_two_bearers_is_tied_to_neither() -> None:
    text = "President Omar Farouk met President Helena Brandt. The president signed two treaties."
    assert chain_of(text, "The president") == []


@needs_reader
def test_chains_come_in_the_order_of_the_text_and_hold_each_mention_once() -> None:
    text = "Petra Novak met Kenji Tanaka. She thanked him. He thanked her. Novak and Tanaka then left."
    chains = read(text).chains
    spans = [span for chain in chains for span in chain]
    assert len(chains) == 2
    assert len(spans) == len(set(spans)) == 8
    assert [c[0] for c in chains] == sorted((c[0] for c in chains), key=lambda s: (s.sentence, s.start))


@needs_reader
def test_the_same_sentences_always_get_the_same_chains() -> None:
    sentences = read("Petra Novak met Kenji Tanaka. She thanked him for his help before he left.").sentences
    assert len({tie_chains(sentences) for _ in range(5)}) == 1


def test_trees_that_make_no_sense_do_not_break_it() -> None:
    def token(i: int, word: str, upos: str, head: int) -> Token:
        return Token(i * 4, i * 4 + len(word), word, word.lower(), upos, "", head, "conj")

    loop = (token(0, "She", "PRON", 1), token(1, "Ana", "PROPN", 0), token(2, "his", "PRON", 9))
    sentence = Sentence("text", 0, 11, "She Ana his", loop)
    assert isinstance(tie_chains((sentence, sentence)), tuple)
    assert tie_chains(()) == ()
    assert tie_chains((Sentence("text", 0, 0, "", ()),)) == ()


@needs_reader
@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from("he she his Anna Brandt ( ) \" “ 's the envoy said , . \n\n met and".split(" ")),
        max_size=40,
    )
)
def test_no_words_in_any_order_break_it(words: list[str]) -> None:
    analysis = read(" ".join(words))
    for chain in analysis.chains:
        assert len(chain) > 1
        assert all(analysis.words(span) for span in chain)


@needs_reader
@pytest.mark.parametrize(
    ("text", "pronoun", "bearer"),
    [
        ("Ghana said it would recall the envoy.", "it", "Ghana"),
        ("The ministry said that it had received a letter.", "it", "The ministry"),
        ("Norway summoned its ambassador.", "its", "Norway"),
        ("The two presidents said they would meet again.", "they", "The two presidents"),
        ("Norway and Ghana said they would meet again.", "they", "Norway and Ghana"),
    ],
)
def test_it_and_they_are_tied_where_the_tree_is_sure(text: str, pronoun: str, bearer: str) -> None:
    assert chain_of(text, pronoun)[0] == bearer


@needs_reader
@pytest.mark.parametrize(
    "text",
    [
        "Ruritania said it was raining.",
        "The ministers left. It was late.",
        "The minister said they would meet.",
    ],
)
def test_it_and_they_stay_alone_where_it_is_not(text: str) -> None:
    assert chain_of(text, "it") == chain_of(text, "It") == chain_of(text, "they") == []


@needs_reader
def test_he_is_no_place_and_no_body() -> None:
    text = "Accra and the European Union agreed on fishing. He was in the hall."
    assert chain_of(text, "He") == []


@pytest.mark.slow
@needs_reader
def test_gap_validation_keeps_its_floor() -> None:
    from training import chains as training

    if not (training.DATA / "gap").exists():
        pytest.skip("the pronouns of GAP are not beside the project in ../shared")
    scores = training.score(training.load_gap("validation"), load_ranker())
    assert scores["all"].f1 >= 70


def test_given_names_lean_and_unknown_ones_do_not() -> None:
    assert name_lean(("petra", "novak")) > 2
    assert name_lean(("kenji", "tanaka")) < -2
    assert name_lean(("qwxz", "zzyx")) == 0
    assert name_lean(()) == 0
    assert fold_word("Zoë") == "zoe"


def test_broken_weights_are_named(tmp_path: Path) -> None:
    broken = tmp_path / "chains.npz"
    broken.write_bytes(b"not an archive")
    with pytest.raises(ModelError, match=r"chains\.npz"):
        load_ranker.__wrapped__(broken)
