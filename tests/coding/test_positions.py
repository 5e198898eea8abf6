"""Where actors stand: every case of tests/cases/positions.toml."""

from __future__ import annotations

from typing import Any

import pytest
from told import cases, reading_of

from detente.coding.positions import code_positions
from detente.errors import KnowledgeError
from detente.knowledge.stances import parse_stance_cues, stance_cues, turned
from detente.records import Position


def _written(position: Position) -> str:
    codes = "+".join(a.code or "?" for a in position.sources)
    return f"{codes} {position.stance} {position.issue}" + (" if" if position.conditional else "")


@pytest.mark.parametrize("case", cases("positions.toml"))
def test_a_stance_is_read(case: dict[str, Any]) -> None:
    found = [_written(p) for p in code_positions(reading_of(case))]
    assert sorted(found) == sorted(case["positions"])


def test_a_position_shows_its_sentence_and_its_rule() -> None:
    reading = reading_of({"text": "It rained. China is opposed to the deployment of THAAD in South Korea."})
    (position,) = code_positions(reading)
    evidence = position.evidence
    assert reading.report.text[evidence.start : evidence.end] == evidence.quote
    assert evidence.quote.startswith("China")
    assert position.why[0].words == "opposed"


def test_one_speaks_for_two() -> None:
    reading = reading_of({"text": "“Moscow and Beijing are opposed to the THAAD deployment,” Putin said."})
    (position,) = code_positions(reading)
    assert {a.code for a in position.sources} == {"RUS", "CHN"}
    assert position.attribution.speaker is not None
    assert position.attribution.speaker.code == "RUS"
    assert set(position.attribution.speaks_for) == {"RUS", "CHN"}


def test_a_stance_told_by_another_is_claimed() -> None:
    reading = reading_of({"text": "Lavrov said that Poland opposed the Minsk agreements."})
    (position,) = code_positions(reading)
    assert position.status == "claimed"


def test_ending_a_thing_turns_the_stance() -> None:
    assert turned("demand") == "oppose"
    assert turned("oppose") == "support"


def test_the_table_of_constructions_reads_whole() -> None:
    assert sum(len(c) for c in stance_cues().values()) > 150


def test_a_bad_row_names_its_line() -> None:
    with pytest.raises(KnowledgeError, match="line 2"):
        parse_stance_cues("lemma,pos,slot,stance,scope\nlove,v,obj,adore,any\n")
