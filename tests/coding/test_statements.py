"""What was said and how relations are judged: every case of tests/cases/statements.toml."""

from __future__ import annotations

from typing import Any

import pytest
from told import cases, name_of_speaker, reading_of

from detente.coding.said.statements import code_statements
from detente.knowledge.relations import DIRECTIONS, relation_words
from detente.records import Statement


def _written(statement: Statement) -> str:
    kind = statement.attribution.kind
    who = "narrator" if kind == "narrator" else name_of_speaker(statement.attribution.speaker)
    return f"{who} {statement.direction or '-'}"


@pytest.mark.parametrize("case", cases("statements.toml"))
def test_a_statement_is_kept(case: dict[str, Any]) -> None:
    found = [_written(s) for s in code_statements(reading_of(case))]
    assert sorted(found) == sorted(case["statements"])


def test_a_statement_is_about_whom_it_names() -> None:
    (statement,) = code_statements(
        reading_of({"text": "Norway said that Denmark and Sweden had closed the port."})
    )
    assert [a.code for a in statement.about] == ["DNK", "SWE"]
    assert statement.status == "claimed"


def test_a_judged_relation_names_its_pair() -> None:
    (statement,) = code_statements(
        reading_of({"text": "Ties between Turkey and Russia have been improving since 2016."})
    )
    assert {a.code for a in statement.sources} == {"TUR", "RUS"}


def test_no_word_points_two_ways() -> None:
    words = relation_words().words
    for one in DIRECTIONS:
        for other in DIRECTIONS:
            if one < other:
                assert not words[one] & words[other], f"{one} and {other} share words"
