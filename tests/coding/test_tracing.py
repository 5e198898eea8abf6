"""The trace tells what the coder did, and the coder does what the trace tells."""

from pathlib import Path

import pytest

from detente.coding.acts.acts import code_events
from detente.coding.acts.rules import RULES
from detente.coding.acts.tracing import SentenceTrace, sentence_of, trace_report
from detente.pipeline import explain_report, read_report
from detente.records import Report

SAMPLES = sorted((Path(__file__).parents[2] / "examples/reports").glob("*.txt"))


def trace_of(text: str) -> SentenceTrace:
    (trace,) = explain_report(Report(text)).sentences
    return trace


@pytest.mark.parametrize("path", SAMPLES[:6], ids=lambda path: path.stem)
def test_the_events_of_the_trace_are_those_of_the_coder(path: Path) -> None:
    reading = read_report(Report(path.read_text("utf-8")))
    traced = [event for trace in trace_report(reading) for event in trace.decided.events]
    assert tuple(traced) == code_events(reading)
    assert traced


@pytest.mark.parametrize("path", SAMPLES[:3], ids=lambda path: path.stem)
def test_the_row_the_trace_says_fits_is_the_row_the_coder_took(path: Path) -> None:
    for trace in trace_report(read_report(Report(path.read_text("utf-8")))):
        chosen = {word.token: word.chosen for word in trace.words}
        for candidate in (*trace.decided.real, *trace.decided.unreal):
            trial = chosen.get(candidate.token)
            if trial is not None:  # «is in Oslo» is found without a word of the lexicon
                assert trial.trigger == candidate.trigger


def test_a_row_that_asks_for_more_says_what_is_not_there() -> None:
    trace = trace_of("Norway imposed a curfew in Sweden.")
    (word,) = [word for word in trace.words if word.token == 1]
    lacks = {(trial.trigger.name, trial.lack) for trial in word.trials}
    assert ("impose → SANCTION/discontinue", "object") in lacks
    assert word.chosen is not None
    assert word.chosen.trigger.mode == "curfew"


def test_what_another_act_holds_is_told_with_its_holder() -> None:
    trace = trace_of("Norway urged Sweden to withdraw its troops.")
    (held,) = [held for held in trace.held if held.candidate.trigger.type == "RETREAT"]
    assert held.holder is not None
    assert held.holder.trigger.words[0] == "urge"


def test_a_dropped_act_names_the_rule_that_dropped_it() -> None:
    trace = trace_of("Norway did not sign the treaty with Sweden.")
    objections = [decision.objection for decision in trace.decided.decisions]
    assert [o.rule for o in objections if o] == ["drop_negated"]


@pytest.mark.parametrize("rule", [rule.__name__ for rule in RULES])
def test_every_rule_has_the_sentence_that_taught_it(rule: str) -> None:
    assert "«" in sentence_of(rule)


def test_an_unknown_step_has_no_sentence() -> None:
    assert sentence_of("drop_everything") == ""
