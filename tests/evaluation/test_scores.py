"""The figures are those of the gate's scorer, and say what they should on small cases."""

from pathlib import Path
from typing import Any

import pytest

from detente.evaluation.scores import NOTHING, Evaluation, Tally, score_records
from detente.intake import read_reports
from detente.pipeline import code_reports
from detente.records import Coded
from quality import score_records as reference

ROOT = Path(__file__).parents[2]
TIES = 3  # two equally good ways to pair records may differ in fields that have no part in the pairing


def event(type_: str, start: int = 0, end: int = 10, report: str = "a", **more: Any) -> dict[str, Any]:
    row = {"record": "event", "report": report, "type": type_, "start": start, "end": end}
    return row | {"sources": [{"code": "NOR"}], "recipients": [{"code": "SWE"}]} | more


@pytest.fixture(scope="module")
def samples() -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    """The sample reports coded now, their gold and their negatives."""
    ours: list[dict[str, Any]] = []
    for path in sorted((ROOT / "examples/reports").glob("*.txt")):
        for coded in code_reports(read_reports([str(path)])):
            if isinstance(coded, Coded):
                ours += [row | {"report": path.stem} for row in coded.to_json()]
    gold = reference.rows(ROOT / "quality/gold_samples.jsonl")
    return gold, ours, reference.rows(ROOT / "quality/negatives_samples.jsonl")


def test_totals_are_those_of_the_reference_scorer(samples: Any) -> None:
    gold, ours, negatives = samples
    tallies, accuracy, violated, _ = reference.score(gold, ours, negatives)
    scored = score_records(gold, ours, negatives=negatives, resamples=10)
    for name, tally in tallies.items():
        assert scored.matches[name] == Tally(tally.tp, tally.gold, tally.pred), name
    for name, (right, count) in accuracy.items():
        assert scored.fields[name].count == count, name
        assert abs(scored.fields[name].right - right) <= TIES, name
    assert scored.negatives == len(violated)


def test_types_and_confusion_add_up_to_the_totals(samples: Any) -> None:
    gold, ours, _ = samples
    scored = score_records(gold, ours, resamples=10)
    total = sum(scored.types.values(), Tally())
    assert total == scored.matches["event.type"]
    demanded = sum(n for (g, _), n in scored.confusion.items() if g != NOTHING)
    assert demanded == total.gold


def test_a_gold_scored_against_itself_is_perfect(samples: Any) -> None:
    gold, _, _ = samples
    scored = score_records(gold, gold, resamples=20)
    assert all(tally.f1 == 1.0 for tally in scored.matches.values())
    assert scored.alpha["type"] == scored.alpha["type or nothing"] == 1.0
    assert scored.intervals["event.type"] == (1.0, 1.0)
    assert scored.missed == ()
    assert scored.extra == ()


def test_another_type_on_the_passage_is_a_confusion() -> None:
    scored = score_records([event("ACCUSE"), event("AID", 20, 30)], [event("REQUEST")])
    assert scored.confusion == {("ACCUSE", "REQUEST"): 1, ("AID", NOTHING): 1}
    assert scored.matches["event.found"] == Tally(1, 2, 1)
    assert scored.matches["event.type"] == Tally(0, 2, 1)
    assert scored.types["ACCUSE"].recall == 0.0


def test_an_optional_record_is_neither_rewarded_nor_punished() -> None:
    gold = [event("ACCUSE", tier="optional")]
    assert score_records(gold, []).matches["event.type"] == Tally(0, 0, 0)
    assert score_records(gold, [event("ACCUSE")]).matches["event.type"] == Tally(0, 0, 0)
    assert score_records(gold, [event("ACCUSE")]).confusion == {}


def test_intervals_come_from_whole_reports_and_repeat_with_their_seed() -> None:
    gold = [event("ACCUSE", report=name) for name in "abcdef"]
    ours = [event("ACCUSE", report=name) for name in "abc"]
    first, again = score_records(gold, ours, seed=5), score_records(gold, ours, seed=5)
    assert first.intervals == again.intervals
    low, high = first.intervals["event.type"]
    f1 = first.matches["event.type"].f1
    assert f1 is not None
    assert low < f1 < high
    assert score_records(gold[:1], ours[:1]).intervals == {}


def test_nothing_scored_gives_no_figure_and_no_crash() -> None:
    empty: Evaluation = score_records([], [])
    assert empty.matches["event.type"].f1 is None
    assert empty.alpha["type"] is None


def test_an_event_in_a_negative_passage_is_counted() -> None:
    passage = {"report": "a", "start": 0, "quote": "0123456789"}
    scored = score_records([event("AID", 50, 60)], [event("ACCUSE")], negatives=[passage])
    assert scored.negatives == 1
    denied = score_records([event("AID", 50, 60)], [event("ACCUSE", status="denied")], negatives=[passage])
    assert denied.negatives == 0
