"""Figures are found by what they measure and by unit; those that tell one thing differently stay together."""

from datetime import date

import pytest

from archive.builders import actors, coded, evidence, figure, report
from detente.archive import Archive
from detente.measures.figures import find_figures, unit_named
from detente.records import Amount, Figure


@pytest.fixture
def archive(tmp_path):
    with Archive(tmp_path / "a", create=True) as opened:
        yield opened


def tell(archive, text, value, what="trade", unit="USD", parties="FRA NOR", published="2021-03-10", **fields):
    told = report(text, published)
    archive.add(coded(told, figure(told, parties, value, unit, what, **fields)))


def undated(archive, text, value, what, *, op="=", published="2021-03-10", start=None, end=None, **fields):
    told = report(text, published)
    amount = Amount(value, fields.pop("unit", "USD"), op, what, start, end)
    parties = actors(fields.pop("parties", "FRA NOR"))
    archive.add(coded(told, Figure(evidence=evidence(told), sources=parties, figure=amount, **fields)))


def test_other_words_for_one_thing_are_held_against_each_other(archive):
    undated(archive, "Contracts worth over $10 billion will be signed.", 1e10, "contracts", op=">")
    undated(archive, "Deals worth $10 billion will be signed.", 1e10, "total of deals")
    one, other = find_figures(archive, "FRA", "NOR")
    assert one.conflict == other.conflict is not None
    assert one.differ_in == "value"
    assert {one.quote.quote, other.quote.quote} == {
        "Contracts worth over $10 billion will be signed.", "Deals worth $10 billion will be signed.",
    }  # fmt: skip


def test_a_disagreement_is_that_of_the_records_it_opens_to(archive):
    tell(archive, "Trade was worth $24 billion in 2020.", 24e9)
    tell(archive, "Trade reached $26 billion in 2020.", 26e9)
    tell(archive, "Trade was worth $24.05 billion in 2020.", 24.05e9)
    lines = find_figures(archive, "FRA", "NOR")
    values = [archive.record(line.quote.record)[0]["figure"]["value"] for line in lines]
    parted = any(abs(a - b) > 0.01 * max(a, b) for a in values for b in values)
    assert {line.conflict is not None for line in lines} == {parted} == {True}


def test_a_figure_without_a_period_goes_with_the_one_told_beside_it(archive):
    may = {"start": date(2021, 5, 1), "end": date(2021, 5, 31)}
    undated(archive, "In May the two will sign deals worth $9 billion.", 9e9, "deals", **may)
    undated(archive, "They will sign deals worth $10 billion.", 1e10, "deals")
    assert len({line.conflict for line in find_figures(archive)}) == 1
    assert find_figures(archive)[0].conflict


def test_of_two_periods_it_might_mean_either_and_stays_by_itself(archive):
    for month in (5, 6):
        when = {"start": date(2021, month, 1), "end": date(2021, month, 28)}
        undated(archive, f"Deals of month {month} came to $9 billion.", 9e9, "deals", **when)
    undated(archive, "They will sign deals worth $10 billion.", 1e10, "deals")
    assert [line.conflict for line in find_figures(archive)] == [None, None, None]


def test_it_is_the_third_and_it_will_be_the_third_part_on_whether_it_has_been(archive):
    year = {"start": date(2021, 1, 1), "end": date(2021, 3, 10), "unit": "meeting"}
    undated(archive, "It is their third meeting this year.", 3, "meeting", **year)
    undated(archive, "It will be their third meeting this year.", 3, "meeting", status="planned", **year)
    lines = find_figures(archive)
    assert {line.differ_in for line in lines} == {"status"}
    assert {line.status for line in lines} == {"happened", "planned"}


def test_two_numbers_of_one_sentence_compare_and_do_not_contradict(archive):
    told = report("The quota will be 453,000 tonnes, down from 566,000 tonnes.")
    quotas = [
        Figure(
            evidence=evidence(told), sources=actors("NOR RUS"), figure=Amount(value, "tonne", "=", "quota")
        )
        for value in (453_000, 566_000)
    ]
    archive.add(coded(told, *quotas))
    assert [line.conflict for line in find_figures(archive)] == [None, None]


def test_what_was_planned_one_day_and_done_another_is_no_conflict(archive):
    year = {"start": date(2021, 1, 1), "end": date(2021, 12, 31), "unit": "meeting"}
    undated(archive, "It will be their third meeting.", 3, "meeting", status="planned", **year)
    undated(archive, "It was their third meeting.", 3, "meeting", published="2021-03-20", **year)
    assert [line.conflict for line in find_figures(archive)] == [None, None]


def test_figures_are_chosen_by_what_by_unit_and_by_parties(archive):
    tell(archive, "Trade came to $5 billion.", 5e9, "volume of trade")
    tell(archive, "Cod exports came to 40 tonnes.", 40, "cod exports", "tonne")
    tell(archive, "Trade with Chad came to €5 million.", 5e6, "trade", "EUR", "FRA TCD")
    assert [f.unit for f in find_figures(archive, "NOR", what="turnover")] == ["USD"]
    assert [f.what for f in find_figures(archive, what="exports")] == ["cod exports"]
    assert [f.parties for f in find_figures(archive, unit="euros")] == [("FRA", "TCD")]
    assert [f.unit for f in find_figures(archive, unit="tonnes")] == ["tonne"]
    assert len(find_figures(archive, "FRA")) == 3


@pytest.mark.parametrize(
    ("words", "unit"),
    [("dollars", "usd"), ("USD", "usd"), ("%", "percent"), ("agreements", "agreement"), ("km", "km")],
)
def test_a_unit_is_known_by_its_names(words, unit):
    assert unit_named(words) == unit
