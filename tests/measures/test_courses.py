"""A course counts each act once, writes zeros as zeros, and its level stays within its bounds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.measures.courses import LevelRule, draw_course, is_counted, months, run_level

QUADS = {2.5: 1, 9.5: 2, -3.0: 3, -9.0: 4}


def act(id: str, day: str | None, weight: float = 2.5, **fields: Any) -> dict[str, Any]:
    return {"act": id, "day": day, "intensity": weight, "goldstein": weight, "quad": QUADS.get(weight, 1),
            "status": "happened", "status_detail": None, "by_report_date": False} | fields  # fmt: skip


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
    left_out = act("x", "2021-01-02") | fields
    assert not is_counted(left_out), why
    assert draw_course([left_out]) == ()


def test_a_user_may_count_claims_too():
    assert draw_course([act("x", "2021-01-02", status="claimed")], statuses=("happened", "claimed"))[0].n == 1


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


def test_months_run_over_the_turn_of_a_year():
    assert [start.month for start, _ in months("2020-11-15", "2021-02-01")] == [11, 12, 1, 2]
