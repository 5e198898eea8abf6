"""Turn a case of `tests/cases` into a reading with its mentions and speech found, as the pipeline does."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from detente.coding.reading import Reading
from detente.coding.said.speech import find_speech
from detente.coding.who.actors import find_mentions
from detente.language import read_analysis
from detente.records import Actor, Report

CASES = Path(__file__).parents[1] / "cases"
AS_OF = "2019-05-14"


def cases(name: str) -> list[Any]:
    """Return the cases of a file as pytest parameters; one with `fails` is a strict expected failure."""
    table = tomllib.loads((CASES / name).read_text("utf-8"))
    return [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(reason=case["fails"], strict=True)] if "fails" in case else [],
        )
        for case in table["case"]
    ]


def reading_of(case: dict[str, Any]) -> Reading:
    """Return the case's text read up to its speech."""
    report = Report(
        text=case["text"],
        title=case.get("title"),
        published=date.fromisoformat(case.get("published", AS_OF)),
        author=case.get("author"),
        outlet=case.get("outlet"),
    )
    return find_speech(find_mentions(Reading(report, read_analysis(report))))


def name_of_speaker(speaker: Actor | None) -> str:
    """Return a speaker as the cases write him: a code, «?Name», «?» without a name, «-» for none."""
    if speaker is None:
        return "-"
    return speaker.code or f"?{speaker.name or ''}"
