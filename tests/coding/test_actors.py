"""Who is meant, case by case: words of a sentence against the codes they stand for."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from detente.coding.reading import Mention, Reading
from detente.coding.who.actors import find_mentions
from detente.language import read_analysis
from detente.records import Report

CASES = Path(__file__).parent.parent / "cases" / "actors.toml"


def load_cases() -> list[Any]:
    cases = tomllib.loads(CASES.read_text("utf-8"))["case"]
    return [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(reason=case["fails"], strict=True)] if "fails" in case else [],
        )
        for case in cases
    ]


def read(text: str, published: date | None = date(2018, 6, 12)) -> Reading:
    report = Report(text, published=published)
    return find_mentions(Reading(report, read_analysis(report)))


def at(reading: Reading, words: str, after: int = 0) -> tuple[int, list[Mention]]:
    """Return where words end, and the mentions that overlap them."""
    start = reading.report.text.index(words, after)
    found = []
    for mention in reading.mentions:
        tokens = reading.sentence(mention.span.sentence).tokens
        if tokens[mention.span.start].start < start + len(words) and tokens[mention.span.end - 1].end > start:
            found.append(mention)
    return start + len(words), found


@pytest.mark.parametrize("case", load_cases())
def test_words_stand_for_the_codes_of_their_case(case: dict[str, Any]) -> None:
    reading = read(case["text"], case["published"])
    after = 0
    for line in case["who"]:
        words, _, meant = line.partition(" -> ")
        meant, _, name = meant.partition(" =")
        codes, _, place = meant.partition(" ")
        begin = 0 if case["text"].find(words, after) < 0 else after
        end, found = at(reading, words, begin)
        after = end if begin == after else after
        got = {a.code for m in found for a in m.actors}
        assert got == set(codes.split("+")), (words, found)
        assert any(m.place for m in found) == (place == "place") or place != "place", (words, found)
        if name:
            assert name in {a.name for m in found for a in m.actors}, (words, found)
    for words in case.get("none", []):
        _, found = at(reading, words)
        assert not [a for m in found for a in m.actors if a.code], (words, found)
