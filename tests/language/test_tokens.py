"""Words and their offsets."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from detente.language.tokens import MAX_WORD, cut_words

CASES = [
    ("Beijing's envoy didn't sign.", "Beijing|'s|envoy|did|n't|sign|."),
    ("They can't and won’t go.", "They|ca|n't|and|wo|n’t|go|."),
    ("The U.S.-backed plan cost $10m.", "The|U.S.|-|backed|plan|cost|$|10|m|."),
    ("Gen. Li met Mr. Cho on Sept. 3.", "Gen.|Li|met|Mr.|Cho|on|Sept.|3|."),
    ("He said no.", "He|said|no|."),
    ("Article No. 5 binds all.", "Article|No.|5|binds|all|."),
    ("an anti-ship missile, a well-known port", "an|anti-ship|missile|,|a|well|-|known|port"),
    ("mid-August talks on non-proliferation", "mid-August|talks|on|non-proliferation"),
    ("up 3.5% to 1,250 in 2016-2017", "up|3.5|%|to|1,250|in|2016|-|2017"),
    ("the 1990s, the 21st century", "the|1990s|,|the|21st|century"),
    ("“We agree,” she said—twice…", "“|We|agree|,|”|she|said|—|twice|…"),
    ("at 5:30 p.m. in Washington, D.C., he", "at|5:30|p.m.|in|Washington|,|D.C.|,|he"),
    ("See https://example.org/a?b=1, or write to press@example.org.",
     "See|https://example.org/a?b=1|,|or|write|to|press@example.org|."),
    ("We cannot wait", "We|can|not|wait"),
    ("O'Brien's plan", "O'Brien|'s|plan"),
    ("ministers' meeting", "ministers|'|meeting"),
    ("€5bn and £3 million", "€|5|bn|and|£|3|million"),
    ("and/or", "and|/|or"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), CASES, ids=[c[0][:40] for c in CASES])
def test_words_are_cut_as_the_treebanks_cut_them(text: str, words: str) -> None:
    assert "|".join(text[a:b] for a, b in cut_words(text)) == words


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
@example("a\u200bb \x00 \u202eشرق\u202c 🤝🏽")
@example("''''..--!!??__((((")
def test_every_visible_character_is_in_exactly_one_word(text: str) -> None:
    words = cut_words(text)
    last = 0
    for a, b in words:
        assert last <= a < b
        assert not text[last:a].strip()
        assert text[a:b].strip() == text[a:b]
        last = b
    assert not text[last:].strip()


def test_an_endless_word_is_cut() -> None:
    words = cut_words("a" * 10_000)
    assert max(b - a for a, b in words) == MAX_WORD


def test_offsets_count_from_the_start_of_the_whole_text() -> None:
    text = "First. Second part."
    assert [text[a:b] for a, b in cut_words(text, 7)] == ["Second", "part", "."]
