"""Blocks on a terminal: the margin keeps its style to itself, triggers shine, nothing runs over."""

import io
from typing import Any

from making import make_coded
from rich.console import Console
from rich.text import Text

from detente.views.blocks import Beside, set_facts, set_record, tidy


def draw(thing: Any, *, width: int = 60, colour: bool = False) -> str:
    out = io.StringIO()
    Console(file=out, width=width, force_terminal=colour, color_system="standard" if colour else None).print(
        thing
    )
    return out.getvalue()


def test_the_style_of_the_margin_ends_with_it() -> None:
    drawn = draw(Beside((Text("day", style="bold"),), (Text("words"),), 5), colour=True)
    assert drawn == "\x1b[1mday\x1b[0m   words\n"


def test_words_that_triggered_stand_out_in_the_quote() -> None:
    drawn = draw(set_record(make_coded().records[0].to_json()), colour=True)
    assert "\x1b[1;4mflew\x1b[0m" in drawn


def test_a_long_margin_and_a_long_word_wrap_within_the_width() -> None:
    drawn = draw(Beside((Text("2024-12-31…2025-01-02"),), (Text("x" * 90 + " end"),), 16), width=40)
    assert max(map(len, drawn.splitlines())) <= 40
    assert drawn.replace("\n", "").replace(" ", "").count("x") == 90


def test_the_reporter_is_not_named_but_anyone_else_is() -> None:
    said, _, _, _, statement = (record.to_json() for record in make_coded().records)
    assert "says" not in set_facts(said).plain
    assert set_facts(statement).plain.startswith("Ingrid Larsen (NOR), via NTB · statement on RUS")
    told = said | {
        "attribution": {"kind": "indirect", "speaker": {"code": "RUS", "name": "Orlov"}, "via": []}
    }
    assert set_facts(told).plain.endswith("says Orlov (RUS)")


def test_control_characters_and_line_breaks_become_spaces() -> None:
    assert tidy(Text("one\ntwo\x1b[2J\u202ethree")).plain == "one two [2J three"
