"""A turn is found where the mean steps, not where it only flickers, with the acts that took it there."""

from __future__ import annotations

import numpy as np

from detente.measures.courses import draw_course
from detente.measures.levels import estimate_levels
from detente.measures.turns import find_turns, split_means
from detente.measures.weights import PLOVER
from measures.test_courses import act

FLICKER = (2.5, 3.0, 2.0, 2.5, 3.0, 2.0, 2.5, 2.5)


def test_a_step_is_found_where_it_is():
    means = np.array([2.5, 2.0, 3.0, 2.5, 2.0, -5.0, -6.0, -5.5, -5.0, -6.0])
    assert split_means(means, np.ones(10), noise=0.25) == [5]


def test_a_flicker_is_no_turn():
    assert split_means(np.array(FLICKER), np.ones(8), noise=0.25) == []


def test_few_periods_have_no_turn():
    assert split_means(np.array([9.0, -9.0, 9.0]), np.ones(3), noise=0.01) == []


def test_a_turn_names_its_period_both_means_and_the_acts_that_made_it():
    months = [(f"2021-{n:02d}", 2.5 if n < 7 else -9.0) for n in range(1, 13)]
    acts = [act(f"{month}-{k}", f"{month}-1{k}", weight) for month, weight in months for k in (0, 1)]
    points = draw_course(acts)
    levels = estimate_levels([p.mean for p in points], [p.n for p in points])
    (turn,) = find_turns(points, acts, levels, scale=PLOVER, every="month")
    assert (turn.period, turn.before, turn.after) == ("2021-07", 2.5, -9.0)
    assert {a.act for a in turn.acts} <= {"2021-07-0", "2021-07-1", "2021-08-0", "2021-08-1"}
    assert (len(turn.acts), len(turn.acts_before), len(turn.acts_after)) == (3, 12, 12)
