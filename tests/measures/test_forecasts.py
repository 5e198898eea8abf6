"""Forecasts stand beside no change and history, are scored on the past alone, and say where they fail."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from detente.errors import InputError
from detente.measures.forecasts import Past, crps, forecast
from detente.measures.periods import periods_between
from detente.measures.series import Series

pytest.importorskip("statsmodels")


def series(values) -> Series:
    months = tuple(periods_between(date(2010, 1, 1), date(2030, 12, 1), "month"))[: len(values)]
    told = tuple(None if value is None else float(value) for value in values)
    return Series("north", "points", "month", months, told)


def noise(n=90, seed=3):
    return 5 + np.random.default_rng(seed).normal(size=n)


def wander(n=120, seed=5):
    return np.cumsum(np.random.default_rng(seed).normal(size=n))


def test_the_periods_foretold_follow_the_series():
    found = forecast(series(noise()), first=2, last=4)
    assert [step.ahead for step in found.steps] == [2, 3, 4]
    assert [step.period.name for step in found.steps] == ["2017-08", "2017-09", "2017-10"]
    for step in found.steps:
        assert step.forecast.low < step.forecast.middle < step.forecast.high


def test_noise_about_a_level_is_foretold_better_than_by_no_change():
    found = forecast(series(noise()))
    assert found.beats_no_change
    assert found.ratio < 0.85
    assert found.better > 0.6
    assert found.steps[0].forecast.middle == pytest.approx(5, abs=0.6)


def test_a_series_that_wanders_is_followed_and_history_does_worse():
    found = forecast(series(wander()))
    assert found.level_share > 0.9
    assert found.ratio < 1.1
    assert found.ratio_history < 0.8


def test_no_change_is_hard_to_beat_where_a_level_only_seldom_jumps():
    steps = np.repeat([0.0, 8.0, 0.0, 8.0, 0.0], 20) + 1e-3 * noise(100)
    found = forecast(series(steps))
    assert found.ratio > 0.9


def test_bands_hold_about_as_often_as_they_say():
    held = [forecast(series(noise(seed=n)), last=1).scores[0].held for n in range(12)]
    assert 0.72 < np.mean(held) < 0.88
    wide = forecast(series(noise()), last=1, band=0.95).steps[0].forecast
    narrow = forecast(series(noise()), last=1, band=0.5).steps[0].forecast
    assert wide.high - wide.low > narrow.high - narrow.low


def test_what_comes_later_changes_no_forecast_of_the_past():
    values = noise()
    changed = values.copy()
    changed[60:] += 50
    for ahead in (1, 6):
        for one, other in zip(Past(values).foresee(60, ahead), Past(changed).foresee(60, ahead), strict=True):
            assert one == pytest.approx(other, abs=1e-5)


def test_no_change_is_the_last_value_known_and_gaps_are_no_zeros():
    values = [*noise(40), None, None]
    found = forecast(series(values), last=1)
    assert found.steps[0].no_change.middle == pytest.approx(noise(40)[-1])
    assert found.steps[0].history.middle == pytest.approx(np.median(noise(40)), abs=0.05)
    assert found.steps[0].period.name == "2013-07"


def test_the_scale_of_a_series_does_not_matter():
    one, large = forecast(series(noise())), forecast(series(1e6 * noise()))
    assert large.ratio == pytest.approx(one.ratio, rel=1e-3)
    assert large.steps[0].forecast.high == pytest.approx(1e6 * one.steps[0].forecast.high, rel=1e-3)


def test_a_series_that_never_changes_has_no_ratio_and_no_width():
    found = forecast(series([4.0] * 40))
    assert found.ratio is None
    assert found.beats_no_change is None
    assert found.steps[0].forecast.low == found.steps[0].forecast.high == pytest.approx(4)


def test_too_short_a_series_is_refused_and_a_short_one_is_not_scored():
    with pytest.raises(InputError, match="11 values; a forecast needs 12"):
        forecast(series(noise(11)))
    short = forecast(series(noise(16)))
    assert (short.scores, short.ratio, short.origins) == ((), None, 0)


def test_the_score_of_a_point_is_its_distance_and_of_equal_values_the_closed_form():
    assert crps(np.full(9, 4.0), 6.0) == pytest.approx(2)
    normal = np.random.default_rng(0).normal(size=20_000)
    assert crps(normal, 0.0) == pytest.approx(
        0.2337, abs=0.01
    )  # of a standard normal at 0: (sqrt 2 - 1) / sqrt pi


def test_one_series_gives_one_forecast():
    assert forecast(series(noise())) == forecast(replace(series(noise())))


def test_the_ratio_is_that_of_the_scores():
    found = forecast(series(noise()), last=3)
    mine = sum(score.crps * score.n for score in found.scores)
    assert found.ratio == pytest.approx(mine / sum(s.crps_no_change * s.n for s in found.scores))
