"""One figure period by period: every telling kept, changes between undisputed ones, money converted."""

from __future__ import annotations

from datetime import date

import pytest

from archive.builders import actors, coded, evidence, report
from detente.archive import Archive
from detente.errors import InputError
from detente.measures.figure_series import find_series
from detente.measures.rates import read_rates
from detente.records import Amount, Figure


@pytest.fixture
def archive(tmp_path):
    with Archive(tmp_path / "a", create=True) as opened:
        yield opened


def tell(archive, value, year, *, unit="EUR", op="=", months=12, published=None, what="trade", **fields):
    told = report(
        f"Trade of {year} over {months} months: {value} {unit}, {op}.", published or f"{year + 1}-02-01"
    )
    start, end = (date(year, 1, 1), date(year, months, 28)) if months else (None, None)
    amount = Amount(value, unit, op, what, start, end)
    record = Figure(evidence=evidence(told), sources=actors("NOR JPN"), figure=amount, **fields)
    archive.add(coded(told, record))
    return record.id


def test_periods_follow_one_another_with_their_change(archive):
    first = tell(archive, 3.1e9, 2021)
    second = tell(archive, 3.4e9, 2022)
    (series,) = find_series(archive, "NOR", "JPN")
    assert (series.what, series.unit, series.parties) == ("trade", "EUR", ("JPN", "NOR"))
    assert [p.change for p in series.points] == [None, pytest.approx(3.4 / 3.1 - 1)]
    assert series.points[1].before == (first,)
    assert [line.quote.record for line in series.points[1].lines] == [second]


def test_a_change_can_be_reckoned_from_the_records_it_opens_to(archive):
    tell(archive, 3.1e9, 2021)
    tell(archive, 3.4e9, 2022)
    point = find_series(archive)[0].points[1]
    after = archive.record(point.lines[0].quote.record)[0]["figure"]["value"]
    before = archive.record(point.before[0])[0]["figure"]["value"]
    assert after / before - 1 == pytest.approx(point.change, abs=1e-9)


def test_values_at_odds_are_both_kept_and_enter_no_change(archive):
    tell(archive, 3.1e9, 2021)
    tell(archive, 3.2e9, 2022)
    tell(archive, 3.6e9, 2022, published="2023-02-02")
    tell(archive, 3.7e9, 2023)
    points = find_series(archive)[0].points
    assert [p.is_disputed for p in points] == [False, True, False]
    assert [line.value for line in points[1].lines] == [3.2e9, 3.6e9]
    assert [p.change for p in points] == [None, None, None]


def test_periods_of_other_lengths_bounds_and_plans_are_not_compared(archive):
    tell(archive, 1.0e9, 2020, months=4)
    tell(archive, 3.1e9, 2021)
    tell(archive, 3.0e9, 2022, op=">")
    tell(archive, 3.3e9, 2023, status="planned")
    assert [p.change for p in find_series(archive)[0].points] == [None] * 4


def test_a_figure_without_a_period_stands_on_the_day_of_its_report(archive):
    tell(archive, 3.1e9, 2021, months=0, published="2021-05-05")
    tell(archive, 3.2e9, 2022, months=0, published="2022-05-05")
    points = find_series(archive)[0].points
    assert [(p.day, p.by_report_date) for p in points] == [
        (date(2021, 5, 5), True), (date(2022, 5, 5), True),
    ]  # fmt: skip


def test_a_figure_told_once_is_no_series(archive):
    tell(archive, 3.1e9, 2021)
    assert find_series(archive) == ()


def write(path, *lines):
    path.write_text("\n".join(["date,currency,rate", *lines]), "utf-8")
    return path


def test_money_is_converted_at_the_last_rate_up_to_the_periods_end(archive, tmp_path):
    tell(archive, 3.0e9, 2021)
    tell(archive, 4.0e9, 2022, unit="USD")
    rates = read_rates(
        write(tmp_path / "r.csv", "2021-06-30,EUR,1.2", "2021-12-20,EUR,1.1", "2022-01-05,EUR,9")
    )
    assert find_series(archive) == ()  # two currencies, two figures
    (series,) = find_series(archive, to="USD", rates=rates)
    told = series.points[0].converted[0]
    assert (told.low, told.rate, told.rate_date) == (pytest.approx(3.3e9), 1.1, date(2021, 12, 20))
    assert series.points[1].change == pytest.approx(4.0 / 3.3 - 1)


def test_two_currencies_meet_by_way_of_the_dollar(archive, tmp_path):
    tell(archive, 100.0, 2021, unit="NOK")
    tell(archive, 10.0, 2022)
    rates = read_rates(
        write(tmp_path / "r.csv", "2021-12-01,NOK,0.11", "2021-12-02,EUR,1.1", "2022-12-02,EUR,1.0")
    )
    (series,) = find_series(archive, to="EUR", rates=rates)
    assert series.points[0].converted[0].low == pytest.approx(10)
    assert series.points[0].converted[0].rate_date == date(2021, 12, 1)


def test_without_a_rate_of_the_year_nothing_is_converted(archive, tmp_path):
    tell(archive, 3.0e9, 2021)
    tell(archive, 4.0e9, 2022)
    rates = read_rates(write(tmp_path / "r.csv", "2015-01-01,EUR,1.2", "2023-05-05,EUR,1.1"))
    (series,) = find_series(archive, to="USD", rates=rates)
    assert series.unit == "EUR"
    assert [p.converted for p in series.points] == [(None,), (None,)]


@pytest.mark.parametrize(
    ("line", "told"),
    [("soon,EUR,1.1", "line 2: «soon, EUR, 1.1» is no rate"), ("2021-01-01,EUR,-1", "a rate above 0"),
     ("2021-01-01,euro,1", "three letters")],
)  # fmt: skip
def test_a_bad_rate_is_refused_with_its_line(tmp_path, line, told):
    with pytest.raises(InputError, match=told):
        read_rates(write(tmp_path / "r.csv", line))
