"""Of promises due, the share kept has its n and interval; what is not due, or undated, is left out."""

from __future__ import annotations

from datetime import date

import pytest

from archive.builders import coded, event, report
from detente.archive import Archive
from detente.measures import find_promises
from detente.measures.intervals import share_interval
from detente.measures.promise_rates import rate_promises

PLANS = (
    ("The two will meet in Oslo on 10 May.", "2021-04-01", "FRA NOR", "2021-05-10"),
    ("The two will meet in Bodø on 20 June.", "2021-04-02", "FRA NOR", "2021-06-20"),
    ("The two will meet in Nice in autumn.", "2021-04-03", "FRA NOR", "2021-11-01"),
    ("Chad and Niger will meet on 12 May.", "2021-04-04", "TCD NER", "2021-05-12"),
    ("Chad and Niger will meet one day.", "2021-04-05", "TCD NER", None),
)


@pytest.fixture
def archive(tmp_path):
    with Archive(tmp_path / "a", create=True) as opened:
        for text, published, pair, day in PLANS:
            told = report(text, published)
            opened.add(coded(told, event(told, "CONSULT", pair, start=day, status="planned")))
        told = report("The two met in Oslo on 11 May.", "2021-05-12")
        opened.add(coded(told, event(told, "CONSULT", "FRA NOR", start="2021-05-11")))
        yield opened


def rates_on(archive, day):
    return rate_promises(archive, find_promises(archive, as_of=day), day)


def test_only_what_was_due_is_rated_and_the_rest_counted(archive):
    rates = rates_on(archive, date(2021, 9, 1))
    assert (rates.undated, rates.not_due) == (1, 1)
    first = rates.lines[0]
    assert (first.parties, first.kind, first.due, first.kept, first.lapsed) == ("all", "all", 3, 1, 2)
    assert (first.kept_share, first.low, first.high) == (1 / 3, *share_interval(1, 3))


def test_delays_are_days_from_the_last_day_planned_to_the_deed(archive):
    first = rates_on(archive, date(2021, 9, 1)).lines[0]
    assert (first.delay, first.delays) == (1, (1,))
    (deed,) = first.deeds
    assert archive.act(deed)["day"] == "2021-05-11"
    assert all(archive.act(id)["status"] == "planned" for id in first.acts)


def test_each_pair_has_its_line_and_a_kind_that_is_all_of_it_none(archive):
    lines = [(line.parties, line.kind, line.due) for line in rates_on(archive, date(2021, 9, 1)).lines]
    assert lines == [
        ("all", "all", 3), ("all", "CONSULT", 3), ("FRA-NOR", "all", 2), ("NER-TCD", "all", 1)
    ]  # fmt: skip


def test_before_anything_is_due_there_is_no_rate(archive):
    rates = rates_on(archive, date(2021, 5, 1))
    assert (rates.lines, rates.not_due) == ((), 4)
