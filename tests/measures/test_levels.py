"""The level beneath the means is statsmodels' local level, averaged over paces; its band opens where
nothing is told."""

from __future__ import annotations

import numpy as np
import pytest

from detente.measures import levels as module
from detente.measures.levels import Pace, estimate_levels, measure_shift, spread_of, weigh_paces

MEANS = [2.5, 1.0, None, None, -3.0, 2.5, 5.0, None, -6.0, 0.5, 2.5, -1.0]
COUNTS = [3, 1, 0, 0, 2, 9, 1, 0, 4, 2, 1, 1]


def test_too_few_periods_tell_no_level():
    assert estimate_levels([2.5, None, 1.0, -3.0], [1, 0, 1, 1]) is None


def test_under_one_pace_the_level_is_that_of_statsmodels(monkeypatch):
    components = pytest.importorskip("statsmodels.tsa.statespace.structural")
    monkeypatch.setattr(module, "PACES", (0.05,))
    monkeypatch.setattr(module, "LIKENESSES", (1.0,))  # every period alike, as statsmodels has it
    found = estimate_levels(MEANS, COUNTS)
    y = np.array([np.nan if mean is None else mean for mean in MEANS])
    model = components.UnobservedComponents(y, "local level", use_exact_diffuse=True)
    told = model.smooth([found.noise, found.noise * 0.05])
    assert [level.value for level in found.levels] == pytest.approx(list(told.smoothed_state[0]))
    half = [(level.high - level.low) / 2 for level in found.levels]
    own = np.sqrt(told.smoothed_state_cov[0, 0])
    assert half / own == pytest.approx([half[0] / own[0]] * len(half))


def test_paces_are_weighed_as_statsmodels_weighs_them(monkeypatch):
    components = pytest.importorskip("statsmodels.tsa.statespace.structural")
    monkeypatch.setattr(module, "PACES", (0.02, 0.4))
    monkeypatch.setattr(module, "LIKENESSES", (1.0,))
    slow, fast = weigh_paces(MEANS, COUNTS)
    y = np.array([np.nan if mean is None else mean for mean in MEANS])
    model = components.UnobservedComponents(y, "local level", use_exact_diffuse=True)
    known = int(np.isfinite(y).sum())

    def best(step):  # the noise concentrated out: the likelihood at its own best variance
        noise = model.smooth([1.0, step])
        squares = float(np.nansum(noise.standardized_forecasts_error[0] ** 2)) / (known - 1)
        return model.loglike([squares, squares * step])

    assert np.log(fast.share / slow.share) == pytest.approx(best(0.4) - best(0.02), abs=1e-6)


def test_a_sloped_level_follows_a_steady_thaw_to_its_end():
    thaw = [0.5 * n + (0.3 if n % 2 else -0.3) for n in range(14)]
    plain, sloped = (estimate_levels(thaw, [4] * 14, sloped=s).levels[-1].value for s in (False, True))
    assert abs(sloped - 6.5) < abs(plain - 6.5) + 0.2
    assert sloped == pytest.approx(6.5, abs=0.4)


def test_the_band_opens_where_nothing_is_told():
    found = estimate_levels(MEANS, COUNTS).levels
    width = [level.high - level.low for level in found]
    assert width[2] > width[5]
    assert width[3] > width[5]
    assert all(
        level.mean_low < level.low < level.value < level.high < level.mean_high
        for level in (found[2], found[7])
    )


def test_a_wider_band_is_asked_for_by_its_share():
    narrow, wide = (estimate_levels(MEANS, COUNTS, band=share).levels[0] for share in (0.5, 0.95))
    assert narrow.value == wide.value
    assert wide.high - wide.low > narrow.high - narrow.low


def test_a_burst_of_acts_adds_little_where_acts_of_a_month_are_alike():
    paces = (Pace(0.1, 1.0, 0.5), Pace(0.1, 0.0, 0.3), Pace(0.1, 0.3, 0.2))
    found = estimate_levels(MEANS, COUNTS)
    one, hundred = spread_of((1, 100), type(found)(found.levels, paces, 1.0, 9, 0.8, False, 1.0))
    assert one == hundred


def test_a_shift_is_the_difference_of_two_levels_and_the_sum_of_pulls():
    found = estimate_levels(MEANS, COUNTS)
    shift = measure_shift(MEANS, COUNTS, 1, 11, levels=found)
    assert shift.change == pytest.approx(found.levels[11].value - found.levels[1].value)
    assert shift.change == pytest.approx(
        sum(p * m for p, m in zip(shift.pulls, MEANS, strict=True) if m is not None)
    )
    assert sum(shift.pulls) == pytest.approx(0, abs=1e-12)
    assert shift.low < shift.change < shift.high


def test_a_shift_turned_round_has_the_other_probability():
    found = estimate_levels(MEANS, COUNTS)
    there = measure_shift(MEANS, COUNTS, 0, 11, levels=found)
    back = measure_shift(MEANS, COUNTS, 11, 0, levels=found)
    assert there.rising + back.rising == pytest.approx(1)
    assert there.rising < 0.5


def test_bands_of_walks_drawn_from_the_model_hold_as_often_as_they_say():
    draw = np.random.default_rng(11)
    held = told = 0
    for _ in range(40):
        y = np.cumsum(draw.normal(size=40) * 0.3) + draw.normal(size=40)
        hidden = set(draw.choice(40, 6, replace=False).tolist())
        found = estimate_levels([None if n in hidden else float(v) for n, v in enumerate(y)], [1] * 40)
        held += sum(found.levels[n].mean_low <= y[n] <= found.levels[n].mean_high for n in hidden)
        told += len(hidden)
    assert 0.72 < held / told < 0.88
