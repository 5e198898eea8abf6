"""Pieces from words alone: hand-made sentences without tags or tree, so that a wrong parse loses no state."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.coding.who.naming import find_pieces
from detente.coding.who.scan import Hints
from detente.language.analysis import Sentence, Token


def bare(text: str) -> Sentence:
    """Return a sentence of words with neither tags nor heads."""
    tokens = tuple(
        Token(m.start(), m.end(), m.group(), m.group().lower(), "", "", -1, "")
        for m in re.finditer(r"\w+|[^\w\s]", text)
    )
    return Sentence("text", 0, len(text), text, tokens)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Norway expelled two Iranian diplomats.", ["NOR", "IRN"]),
        ("Beijing urged Washington to wait.", ["CHN", "USA"]),
        ("The Kremlin and the EU disagree.", ["RUS", "EUR"]),
        ("Peru's ambassador to Chile, Luis Arana, left.", ["PER"]),
        ("Sino-American ties soured.", ["CHN", "USA"]),
        ("A tanker sank in the South China Sea.", []),
        ("The Washington Post and the Paris Agreement", []),
    ],
)
def test_states_are_found_by_words_alone(text: str, codes: list[str]) -> None:
    assert [p.code for p in find_pieces(bare(text)) if p.code] == codes


def test_a_compound_with_one_role_is_one_piece_of_all_its_states() -> None:
    (piece,) = find_pieces(bare("US, Japanese and South Korean envoys"))
    assert piece.members == ("USA", "JPN", "KOR")


def test_a_place_is_told_from_an_actor() -> None:
    places = {p.code: p.place for p in find_pieces(bare("Moscow told Kyiv to meet in Minsk"))}
    assert places == {"RUS": False, "UKR": False, "BLR": True}


def test_georgia_is_american_where_atlanta_is_named() -> None:
    sentence = bare("Officials in Georgia counted again.")
    assert [p.code for p in find_pieces(sentence, Hints(frozenset({"Tbilisi"})))] == ["GEO"]
    assert "GEO" not in {p.code for p in find_pieces(sentence, Hints(frozenset({"Atlanta"})))}


@given(st.text(max_size=120))
def test_any_text_gives_spans_inside_its_sentence(text: str) -> None:
    sentence = bare(text)
    for piece in find_pieces(sentence):
        assert 0 <= piece.start <= piece.head < piece.end <= len(sentence.tokens)


@given(
    st.lists(
        st.sampled_from(
            "the Russian Putin ' s , and both two countries his President Mr . envoy to China "
            "China-based of - Xi leaders US USS Georgia $ “ ” New Koreas foreign ministers he they "
            "“We our".split()
        ),
        max_size=14,
    )
)
def test_any_order_of_telling_words_gives_ordered_spans(words: list[str]) -> None:
    sentence = bare(" ".join(words))
    pieces = find_pieces(sentence)
    assert all(0 <= p.start <= p.head < p.end <= len(sentence.tokens) for p in pieces)
    assert all(a.start <= b.start for a, b in pairwise(pieces))
