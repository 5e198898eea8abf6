"""Coded sentences: each case of tests/cases/acts.toml is read by the whole pipeline."""

import tomllib
from pathlib import Path

import pytest

from detente.pipeline import code_report
from detente.records import Event, Report

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "acts.toml").read_text("utf-8"))["case"]


def sign(event: Event) -> str:
    """Return an event in the notation of the cases."""
    sides = ["+".join(str(a.code) for a in side) or "-" for side in (event.sources, event.recipients)]
    return f"{'>'.join(sides)} {event.type}/{event.mode or ''} {event.status}"


def agrees(wanted: str, event: Event) -> bool:
    """Whether every part the case names is true of the event; parties count as sets."""
    for part in wanted.split():
        if ">" in part:
            sides = [{a.code for a in side} for side in (event.sources, event.recipients)]
            asked = [set() if s == "-" else set(s.split("+")) for s in part.split(">")]
            if sides != asked:
                return False
        elif part.isupper() or "/" in part:
            type_, _, mode = part.partition("/")
            if event.type != type_ or (mode and event.mode != mode):
                return False
        elif event.status != part:
            return False
    return True


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_a_sentence_holds_these_events(case: dict, request: pytest.FixtureRequest) -> None:
    if "fails" in case:
        request.applymarker(pytest.mark.xfail(reason=case["fails"], strict=True))
    events = code_report(Report(case["text"])).events
    shown = [sign(e) for e in events]
    for wanted in case.get("events", []) + case.get("events_has", []):
        assert any(agrees(wanted, e) for e in events), f"missing {wanted}; coded {shown}"
    if "events" in case:
        assert len(events) == len(case["events"]), f"coded {shown}"
    for banned in case.get("events_not", []):
        assert not any(agrees(banned, e) for e in events), f"{banned} in {shown}"
