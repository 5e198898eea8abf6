"""Paragraphs, headings, items and datelines."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.language.blocks import split_blocks


def kinds(text: str) -> list[tuple[str, str]]:
    return [(b.kind, text[b.start : b.end]) for b in split_blocks(text)]


def test_a_blank_line_ends_a_paragraph() -> None:
    text = "The envoys met.\n\nThey will meet again."
    assert [b.paragraph for b in split_blocks(text)] == [0, 1]


def test_a_short_line_without_a_stop_is_a_heading() -> None:
    assert kinds("Trade and energy\n\nThe two sides signed.") == [
        ("heading", "Trade and energy"),
        ("prose", "The two sides signed."),
    ]


def test_bulleted_lines_are_items() -> None:
    text = "They agreed to:\n- open two crossings\n- exchange lists of prisoners"
    assert [k for k, _ in kinds(text)] == ["prose", "item", "item"]


def test_wrapped_lines_stay_one_paragraph() -> None:
    text = (
        "The foreign ministers of the two states met in the capital on Monday and\n"
        "agreed to reopen the border crossing that had been closed since the\n"
        "spring, officials said."
    )
    assert len(split_blocks(text)) == 1


def test_long_lines_are_paragraphs_of_their_own() -> None:
    first = "The ministers met on Monday, " + "and they spoke at length about trade, " * 4 + "officials said."
    assert len(split_blocks(f"{first}\nThe talks go on today.")) == 2


def test_a_dateline_stands_alone() -> None:
    for line in (
        "GENEVA, 4 May 2021 – ",
        "BEIJING (AP) — ",
        "MOSCOW, July 3 (Reuters) - ",
        "(Reuters) - ",
        "KYIV — ",
    ):
        blocks = kinds(line + "The talks failed.")
        assert blocks == [("heading", line.strip()), ("prose", "The talks failed.")]


def test_a_dash_after_a_plain_opening_is_no_dateline() -> None:
    assert len(split_blocks("NATO - which has thirty members - met on Monday.")) <= 2
    assert len(split_blocks("The talks - long delayed - began.")) == 1


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("aB.\n\r \t-•1)—\u2028\u2029\x0c"), max_size=80))
def test_blocks_hold_all_that_is_visible_in_order(text: str) -> None:
    last = 0
    for block in split_blocks(text):
        assert last <= block.start < block.end
        assert not text[last : block.start].strip()
        last = block.end
    assert not text[last:].strip()
