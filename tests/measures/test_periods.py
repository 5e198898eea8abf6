"""Days lie in periods without a gap or an overlap, named as people write them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.measures.periods import EVERY, months_apart, period_of, periods_between

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("every", "name", "start", "end"),
    [
        ("day", "2021-02-17", "2021-02-17", "2021-02-17"),
        ("week", "2021-W07", "2021-02-15", "2021-02-21"),
        ("month", "2021-02", "2021-02-01", "2021-02-28"),
        ("quarter", "2021-Q1", "2021-01-01", "2021-03-31"),
        ("half", "2021-H1", "2021-01-01", "2021-06-30"),
        ("year", "2021", "2021-01-01", "2021-12-31"),
    ],
)
def test_a_period_has_a_name_and_two_days(every, name, start, end):
    period = period_of(date(2021, 2, 17), every)
    assert (period.name, period.start.isoformat(), period.end.isoformat()) == (name, start, end)


def test_the_first_days_of_a_year_may_lie_in_the_last_week_of_the_year_before():
    assert period_of(date(2021, 1, 3), "week").name == "2020-W53"


@given(DAYS, st.sampled_from(EVERY))
def test_a_day_lies_in_its_period(day, every):
    period = period_of(day, every)
    assert period.start <= day <= period.end
    assert period_of(period.start, every) == period_of(period.end, every) == period


@given(DAYS, st.integers(0, 900), st.sampled_from(EVERY))
def test_periods_follow_one_another_day_by_day(first, days, every):
    periods = list(periods_between(first, first + timedelta(days), every))
    assert periods[0].start <= first
    assert periods[-1].end >= first + timedelta(days)
    assert all(b.start - a.end == timedelta(1) for a, b in pairwise(periods))


def test_months_run_over_the_turn_of_a_year():
    names = [p.name for p in periods_between(date(2020, 11, 15), date(2021, 2, 1))]
    assert names == ["2020-11", "2020-12", "2021-01", "2021-02"]
    assert months_apart(date(2020, 11, 30), date(2021, 2, 1)) == 3
