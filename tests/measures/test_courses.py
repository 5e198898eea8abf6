"""A course counts each act once, writes zeros as zeros, and its level stays within its bounds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import InputError
from detente.measures.counting import CountedAct, is_counted
from detente.measures.courses import LevelRule, draw_course, run_level
from detente.measures.weights import GOLDSTEIN

QUADS = {2.5: 1, 9.5: 2, -3.0: 3, -9.0: 4}


def act(id: str, day: str, weight: float = 2.5, **fields: Any) -> CountedAct:
    plain: dict[str, Any] = {
        "act": id, "record": f"r{id}", "day": date.fromisoformat(day), "type": "CONSULT", "mode": None,
        "cameo": "042",
        "quad": QUADS.get(weight, 1), "intensity": weight, "goldstein": weight, "status": "happened",
        "sources": ("NOR",), "recipients": ("RUS",),
    }  # fmt: skip
    return CountedAct(**plain | fields)


def test_months_without_acts_are_written_as_zeros():
    course = draw_course([act("a", "2020-11-30"), act("b", "2021-02-01", -3.0)])
    assert [(p.period, p.n, p.total, p.mean) for p in course] == [
        ("2020-11", 1, 2.5, 2.5), ("2020-12", 0, 0.0, None),
        ("2021-01", 0, 0.0, None), ("2021-02", 1, -3.0, -3.0),
    ]  # fmt: skip
    assert (course[1].start, course[1].end) == (date(2020, 12, 1), date(2020, 12, 31))


def test_a_month_is_the_sum_and_mean_of_its_acts_split_by_quad():
    weights = (2.5, 2.5, 2.5, -3.0)
    (point,) = draw_course([act(f"a{i}", f"2021-07-0{i + 1}", w) for i, w in enumerate(weights)])
    assert (point.total, point.mean, point.n, point.by_quad) == (4.5, 1.125, 4, (3, 0, 1, 0))
    assert point.acts == ("a0", "a1", "a2", "a3")


def test_the_level_can_be_recomputed_by_hand():
    first, second = draw_course([act("a", "2021-01-05"), act("b", "2021-02-05", -9.0)])
    assert first.level == pytest.approx(0.1 * 2.5 * (9 - 0) / 9)
    faded = 0.25 * 0.5 ** (1 / 24)
    assert second.level == pytest.approx(faded - 0.1 * 9 * (9 + faded) / 9)


def test_a_level_halves_in_the_half_life_named():
    course = draw_course([act("a", "2019-01-05"), act("b", "2021-01-05", 0.0)])
    assert course[-1].level == pytest.approx(course[0].level / 2)


@pytest.mark.parametrize(
    ("why", "fields"),
    [
        ("planned", {"status": "planned"}),
        ("only claimed", {"status": "claimed"}),
        ("denied", {"status": "denied"}),
        ("a habit", {"status_detail": "habitual"}),
        ("background told long after", {"status_detail": "historical"}),
        ("of no known day", {"day": None}),
    ],
)
def test_what_is_no_dated_deed_is_not_counted(why, fields):
    row = {"day": "2021-01-02", "status": "happened", "status_detail": None}
    assert is_counted(row)
    assert not is_counted(row | fields), why


def test_a_user_may_count_claims_too():
    row = {"day": "2021-01-02", "status": "claimed", "status_detail": None}
    assert not is_counted(row)
    assert is_counted(row, ("happened", "claimed"))


def test_a_window_opens_on_the_level_reached_before_it():
    acts = [act("a", "2021-01-05"), act("b", "2021-03-05"), act("c", "2021-03-25"), act("d", "2021-06-01")]
    whole = draw_course(acts)
    cut = draw_course(acts, since=date(2021, 3, 10), until=date(2021, 4, 30))
    assert [(p.period, p.acts) for p in cut] == [("2021-03", ("c",)), ("2021-04", ())]
    assert cut[-1].level == whole[3].level


def test_acts_dated_by_their_report_are_told_apart():
    (point,) = draw_course([act("a", "2021-01-05"), act("b", "2021-01-06", by_report_date=True)])
    assert (point.n, point.n_by_report_date) == (2, 1)


weights = st.lists(st.floats(-9, 10), max_size=200)


@given(weights)
def test_no_run_of_acts_takes_a_level_out_of_its_bounds(acts):
    assert -9 <= run_level(0, acts) <= 9


@given(st.floats(-9, 9), st.floats(0, 10))
def test_cooperation_never_lowers_and_conflict_never_raises_a_level(level, weight):
    assert run_level(level, [weight]) >= level
    assert run_level(level, [-0.9 * weight]) <= level


def test_a_friend_gains_less_from_one_more_visit_than_a_stranger():
    assert run_level(8, [2.5]) - 8 < run_level(0, [2.5]) - 0
    assert run_level(8, [-3]) - 8 < run_level(-8, [-3]) + 8


def test_every_constant_can_be_set():
    rule = LevelRule(bound=1, gain=1, half_life_months=1)
    assert rule.kept_per_month == 0.5
    assert run_level(0, [0.5], rule=rule) == 0.5


def test_the_level_is_the_same_however_long_the_periods_that_end_on_a_day():
    acts = [
        act("a", "2020-11-30"),
        act("b", "2021-02-01", -3.0),
        act("c", "2021-02-27"),
        act("d", "2023-12-31"),
    ]
    ends = {
        every: draw_course(acts, every=every)[-1].level
        for every in ("day", "week", "month", "quarter", "year")
    }
    assert len({round(level, 12) for level in ends.values()}) == 1


def test_quarters_add_up_to_their_year():
    acts = [
        act(f"a{n}", f"2021-{1 + n:02d}-11", w) for n, w in enumerate((2.5, -3.0, 9.5, 2.5, -9.0, 2.5, 2.5))
    ]
    (year,) = draw_course(acts, every="year")
    quarters = draw_course(acts, every="quarter")
    assert [q.period for q in quarters] == ["2021-Q1", "2021-Q2", "2021-Q3"]
    assert sum(q.total for q in quarters) == year.total == sum(year.quad_totals)
    assert year.by_quad == (4, 1, 1, 1)


def test_an_act_without_a_weight_on_the_scale_counts_nothing_and_is_told():
    (point,) = draw_course([act("a", "2021-01-05", goldstein=None), act("b", "2021-01-06")], scale=GOLDSTEIN)
    assert (point.n, point.total, point.mean, point.n_unweighed) == (2, 2.5, 1.25, 1)


def test_a_point_names_the_record_of_the_act_that_weighs_most():
    (point,) = draw_course([act("a", "2021-01-05"), act("b", "2021-01-06", -9.0), act("c", "2021-01-07")])
    assert point.record == "rb"


def test_a_rule_that_throws_a_level_past_its_bound_is_refused():
    with pytest.raises(InputError, match=r"take a gain of 0\.95 or less"):
        draw_course([act("a", "2021-01-05", 9.5)], rule=LevelRule(gain=2))
    with pytest.raises(InputError, match="must be above 0"):
        draw_course([act("a", "2021-01-05")], rule=LevelRule(half_life_months=0))
