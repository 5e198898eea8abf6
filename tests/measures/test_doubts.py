"""The archive against its reports: stated counts, figures at odds, what a report says against itself."""

from datetime import date

import pytest

from archive.builders import actors, coded, event, evidence, report
from detente.archive import Archive
from detente.measures.doubts import find_doubts
from detente.records import Amount, Figure, Finding


@pytest.fixture
def archive(tmp_path):
    with Archive(tmp_path / "a", create=True) as opened:
        yield opened


def meet(archive, day, text=None, **fields):
    told = report(text or f"France met Norway on {day}.", day)
    fields.setdefault("mode", "visit")
    archive.add(coded(told, event(told, "CONSULT", "FRA", "NOR", start=day, **fields)))


def count(archive, text="It was their third meeting this year.", value=3, published="2021-06-10", **fields):
    told = report(text, published)
    amount = Amount(value, "meeting", what="meeting", period_start=date(2021, 1, 1),
                    period_end=date.fromisoformat(published))  # fmt: skip
    archive.add(
        coded(told, Figure(evidence=evidence(told), sources=actors("FRA NOR"), figure=amount, **fields))
    )


def doubts(archive, **window):
    return [f for f in find_doubts(archive, lambda _: (), **window) if f.check == "count"]


@pytest.mark.parametrize(("meetings", "verdict"), [(2, "incomplete"), (3, "agrees"), (4, "disagrees")])
def test_a_stated_count_is_held_against_the_acts_of_the_archive(archive, meetings, verdict):
    for month in range(1, meetings + 1):
        meet(archive, f"2021-0{month}-07", place="Oslo", country="NOR")
    count(archive)
    (finding,) = doubts(archive)
    assert finding.verdict == verdict
    assert f"the archive holds {meetings}" in finding.says
    assert "2021-01-07 (Oslo)" in finding.says
    assert len(finding.sides) == len(finding.records) == meetings + 1


def test_a_visit_and_its_dinner_are_one_occasion(archive):
    meet(archive, "2021-02-01")
    meet(archive, "2021-02-02", "The two dined.", mode=None)
    meet(archive, "2021-03-05")
    count(archive, value=2)
    assert [f.verdict for f in doubts(archive)] == ["agrees"]


def test_acts_of_other_years_later_days_and_mere_plans_do_not_count(archive):
    meet(archive, "2020-12-30")
    meet(archive, "2021-08-01")
    meet(archive, "2021-02-01", status="planned")
    count(archive, value=1)
    assert [f.verdict for f in doubts(archive)] == ["incomplete"]


def test_a_count_of_what_stands_for_no_act_is_not_doubted(archive):
    told = report("They signed three treaties.")
    amount = Amount(3, "herring", period_start=date(2021, 1, 1))
    archive.add(coded(told, Figure(evidence=evidence(told), sources=actors("FRA NOR"), figure=amount)))
    assert list(find_doubts(archive, lambda _: ())) == []


def test_figures_at_odds_are_one_finding_with_all_sides(archive):
    count(archive)
    count(archive, "It was their fourth meeting this year.", 4)
    odd = [f for f in find_doubts(archive, lambda _: ()) if f.check == "figures"]
    assert [f.verdict for f in odd] == ["disagrees"]
    assert {e.quote for e in odd[0].sides} == {
        "It was their third meeting this year.", "It was their fourth meeting this year.",
    }  # fmt: skip


def test_each_report_of_the_window_is_held_against_itself(archive):
    meet(archive, "2021-02-01")
    meet(archive, "2021-08-01")
    seen = []

    def check(told):
        seen.append(told.published)
        return (Finding("weekday", "agrees", "so it was", ()),)

    found = find_doubts(archive, check, since=date(2021, 5, 1))
    assert seen == [date(2021, 8, 1)]
    assert [f.check for f in found] == ["weekday"]
