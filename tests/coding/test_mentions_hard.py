"""Hard mentions, case by case: every word of a case stands for exactly the codes it says, or for nobody."""

from typing import Any

import pytest
from quality.mentions import Expected, fault_of, faults_of_case, load_cases, parse_line


def cases() -> list[Any]:
    return [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(reason=case["fails"], strict=True)] if "fails" in case else [],
        )
        for case in load_cases()
    ]


@pytest.mark.parametrize("case", cases())
def test_every_mention_of_a_hard_case_is_right(case: dict[str, Any]) -> None:
    assert faults_of_case(case) == []


def test_a_line_says_words_codes_place_and_name() -> None:
    assert parse_line("Moscow -> RUS place") == Expected("Moscow", (frozenset({"RUS"}),), True)
    assert parse_line("Xi -> CHN =Xi Jinping") == Expected("Xi", (frozenset({"CHN"}),), None, "Xi Jinping")
    assert parse_line("Shell -> -|MNC") == Expected("Shell", (frozenset(), frozenset({"MNC"})))


def test_words_that_mean_nobody_are_wrong_for_a_state() -> None:
    assert fault_of([], parse_line("Moscow -> RUS")) == "codes"
    assert fault_of([], parse_line("Moscow Road -> -")) == ""
