"""Sentence starts by rules."""

from __future__ import annotations

import pytest

from detente.language.boundaries import find_starts
from detente.language.tokens import cut_words

CASES = [
    ("The talks failed. Both sides left.", ["The", "Both"]),
    ("Gen. Li met Mr. Cho. They spoke.", ["Gen.", "They"]),
    ("He left the U.S. Senate in May.", ["He"]),
    ("They met in the U.S. The talks failed.", ["They", "The"]),
    ("“We agree.” The envoy left.", ["“", "The"]),
    ("Trade rose 3.5 per cent. Exports fell.", ["Trade", "Exports"]),
    ("Who signed? Nobody. Why?", ["Who", "Nobody", "Why"]),
]


@pytest.mark.parametrize(("text", "firsts"), CASES, ids=[c[0][:40] for c in CASES])
def test_sentences_start_after_true_stops_only(text: str, firsts: list[str]) -> None:
    words = cut_words(text)
    assert [text[words[i][0] : words[i][1]] for i in find_starts(text, words)] == firsts


def test_no_words_have_no_starts() -> None:
    assert find_starts("", []) == []
