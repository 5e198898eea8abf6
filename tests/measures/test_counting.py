"""What counts is counted alike, whether the acts are read from the ledger or from the columns."""

from __future__ import annotations

from datetime import date

import pytest

from archive.builders import coded, event, report
from detente.archive import Archive
from detente.measures import counting
from detente.measures.coverage import measure_coverage
from detente.records import COUNTED, STATUSES

# what, type, sources, recipients, day, last day, status, outlet, day of the report
TOLD = (
    ("Norway's king came to Chad.", "CONSULT", "NOR", "TCD", "03-09", None, "happened", "NTB", "03-10"),
    ("The king of Norway was in Chad.", "CONSULT", "NOR", "TCD", "03-09", None, "happened", None, "03-12"),
    ("Chad blamed Norway.", "ACCUSE", "TCD", "NOR", None, None, "happened", "AFP", "03-11"),
    ("Both fish in spring.", "COOPERATE", "NOR TCD", "", "03-01", "05-31", "ongoing", "AFP", "06-02"),
    ("Norway denied it fined Chad.", "SANCTION", "NOR", "TCD", "04-04", None, "denied", "AFP", "04-05"),
    ("Both asked Niger to yield.", "REQUEST", "NOR TCD", "NER", "04-07", None, "happened", "NTB", "04-08"),
    ("Norway will lend Chad money.", "AID", "NOR", "TCD", "08-01", None, "planned", "NTB", "04-09"),
)  # fmt: skip
LENSES = ({}, {"reviews": "ignore"}, {"as_of": date(2000, 1, 1)}, {"as_of": date(2100, 1, 1)})


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("counting") / "a"
    with Archive(folder, create=True) as archive:
        for text, type, sources, recipients, day, last, status, outlet, published in TOLD:
            day, last = (None if d is None else f"2021-{d}" for d in (day, last))
            told = report(text, f"2021-{published}", outlet=outlet, language="en")
            act = event(
                told,
                type,
                sources,
                recipients,
                start=day,
                end=last,
                status=status,
                **({"date_precision": "month"} if last else {}),
            )
            archive.add(coded(told, act))
        acts = {act["type"]: act["act"] for act in archive.acts()}
        archive.review(acts["ACCUSE"], "reject", by="Kari", reason="irony")
        archive.review(
            acts["CONSULT"],
            "correct",
            ["date_start=2021-03-08", "date_end=2021-03-08"],
            by="Kari",
            reason="the eighth",
        )
    return folder


@pytest.fixture(params=LENSES, ids=str)
def archive(path, request):
    with Archive(path, **request.param) as opened:
        yield opened


@pytest.mark.parametrize("statuses", [COUNTED, STATUSES, ("denied",)], ids=str)
@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("window", [{}, {"since": date(2021, 3, 10)}, {"until": date(2021, 3, 9)}], ids=str)
def test_the_ledger_and_the_columns_count_the_same_acts(archive, monkeypatch, statuses, directed, window):
    def count():
        return counting.counted_acts(
            archive, "TCD", "NOR", statuses=statuses, directed=directed, **window
        )  # fmt: skip

    few = count()
    told = counting.tellings_of(archive, few)
    monkeypatch.setattr(counting, "FEW_ACTS", -1)
    assert count() == few
    assert counting.tellings_of(archive, few) == told


def test_what_was_rejected_or_corrected_is_counted_so(path):
    with Archive(path) as reviewed, Archive(path, reviews="ignore") as bare:
        mine, theirs = (counting.counted_acts(opened, "NOR", "TCD") for opened in (reviewed, bare))
    assert {act.type for act in theirs} - {act.type for act in mine} == {"ACCUSE"}
    assert [next(act.day.day for act in acts if act.type == "CONSULT") for acts in (mine, theirs)] == [8, 9]


def test_acts_of_one_state_are_those_it_did_to_whomever(path):
    with Archive(path) as archive:
        assert {act.type for act in counting.counted_acts(archive, by="TCD")} == {"COOPERATE", "REQUEST"}


def test_an_act_somewhere_in_a_season_does_not_stand_on_a_day(path):
    with Archive(path) as archive:
        found = {act.type: act.to_the_day for act in counting.counted_acts(archive, "NOR", "TCD")}
    assert found == {"CONSULT": True, "COOPERATE": False}


def test_coverage_of_a_pair_is_that_of_its_acts_alone(path):
    with Archive(path, reviews="ignore") as archive:
        lines = {line.name: line for line in measure_coverage(archive, "NOR", "TCD")}
    assert lines["coverage.reports"].value == 4
    assert lines["coverage.outlets"].note == "AFP 2, NTB 1"
    assert lines["coverage.languages"].value == 1
