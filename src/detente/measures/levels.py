"""Means of periods and numbers of acts in, the level beneath them out, with its band.

A local level model (Durbin and Koopman 2012, ch. 2): the level walks from period to period, and a period's
mean of n acts lies about it, the nearer the more acts. Periods without acts tell nothing, so the band opens
there. How fast the level walks and how little a burst of reporting adds are not fitted to a point but
averaged over; and the band is widened until it holds, for each period known, as often as it says, the
period left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement, product
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.errors import need

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

BAND = 0.80  # share of periods a band is to hold
FEWEST = 4  # periods with acts below which there is no telling a level from chance
# Variance of the level's step against that of a typical period's mean about it: hardly moving to restless.
PACES = tuple(float(pace) for pace in np.geomspace(1e-4, 1.0, 9))
# How much alike acts of one period are: at 0 a hundred acts tell a hundred times one; at 1 they tell no more.
LIKENESSES = (0.0, 0.3, 1.0)
# The model's own band counts as so many periods beside those it was tried on. `python -m
# benchmarks.measures bands`: at 5 a band of 80 % holds 79.4 % of 1,971 months hidden and 78.5 % of 2,560
# months ahead; in other draws of as many months, 78.8 and 78.9 at 0, 79.6 and 80.1 at 5.
PRIOR_PERIODS = 5
LEAST_SHARE = 1e-3  # of a pace's probability; what is below is not reckoned with


@dataclass(frozen=True, slots=True)
class Pace:
    """One way the level may walk, and its probability: step variance 0.01, likeness 0.3, share 0.42."""

    step: float
    likeness: float
    share: float


@dataclass(frozen=True, slots=True)
class Level:
    """The level of one period, with two bands.

    `value` within `low` and `high` is the level itself; `mean_low` to `mean_high` is where the mean of the
    period's acts is to be expected if it were not known (of a typical number of acts, where it has none).
    """

    value: float
    low: float
    high: float
    mean_low: float
    mean_high: float


@dataclass(frozen=True, slots=True)
class Levels:
    """A level for each period, and what they rest on.

    `paces` are the ways the level may walk, by probability. `widened` is how far the bands are stretched
    over the model's own: 1.2 is a fifth wider. `n` is the number of periods with acts.
    """

    levels: tuple[Level, ...]
    paces: tuple[Pace, ...]
    widened: float
    n: int
    band: float
    sloped: bool
    noise: float


@dataclass(frozen=True, slots=True)
class Shift:
    """From one period to another: how far the level moved, within which band, and how likely it rose.

    `pulls` says for each period how much the shift grows with a point of its mean; they add up to 0.
    """

    change: float
    low: float
    high: float
    rising: float
    pulls: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Fit:
    """The posterior under one pace: means, covariances for a unit of noise, the noise, the pulls of the
    means."""

    mean: Array
    cover: Array  # covariance of the levels for noise variance 1
    noise: float
    spread: Array  # of a period's mean about its level, in units of the noise
    df: int


def estimate_levels(
    means: Sequence[float | None], counts: Sequence[int], *, band: float = BAND, sloped: bool = False
) -> Levels | None:
    """Return the level of each period; None where fewer than four have a mean.

    `means` are those of consecutive periods, None without acts; `counts` are numbers of acts. `sloped` lets
    the level have a slope that lasts, which fits a steady thaw better and a sudden break worse.
    """
    y, n = _as_arrays(means, counts)
    if np.isfinite(y).sum() < FEWEST + sloped:
        return None
    paces = weigh_paces(means, counts, sloped=sloped)
    fits = [_fit(y, n, pace, sloped) for pace in paces]
    shares = np.array([pace.share for pace in paces])
    k, widened = _reach(y, fits, shares, band)
    mean, spread = _mix([f.mean for f in fits], [np.diag(f.cover) * f.noise for f in fits], shares)
    _, around = _mix([f.mean for f in fits], [(np.diag(f.cover) + f.spread) * f.noise for f in fits], shares)
    unseen, wide = _mix(*_left_out(y, fits), shares)
    known = np.isfinite(y)
    centre, about = np.where(known, unseen, mean), np.where(known, wide, around)
    return Levels(
        tuple(
            Level(float(m), float(m - k * s), float(m + k * s), float(c - k * a), float(c + k * a))
            for m, s, c, a in zip(mean, spread, centre, about, strict=True)
        ),
        paces, widened, int(known.sum()), band, sloped,
        float(shares @ np.array([f.noise for f in fits])),
    )  # fmt: skip


def measure_shift(
    means: Sequence[float | None],
    counts: Sequence[int],
    start: int,
    end: int,
    *,
    levels: Levels,
) -> Shift:
    """Return how the level moved from period `start` to period `end`, at the paces and with the reach of
    `levels`.

    Means may be others than those `levels` were made of: without one outlet's acts, say, or by another scale.
    """
    y, n = _as_arrays(means, counts)
    shares = np.array([pace.share for pace in levels.paces])
    fits = [_fit(y, n, pace, levels.sloped) for pace in levels.paces]
    moved = np.array([f.mean[end] - f.mean[start] for f in fits])
    variances = np.array([_variance_of_shift(f, start, end) for f in fits])
    change, spread = _mix(list(moved), list(variances), shares)
    half = _student(levels.band, fits[0].df) * levels.widened * float(spread)
    t = need("scipy.special", "stats").stdtr
    chances = t(fits[0].df, moved / np.maximum(np.sqrt(variances) * levels.widened, 1e-12))
    pulls = sum(
        (share * _pulls(f, y, start, end) for share, f in zip(shares, fits, strict=True)), np.zeros(len(y))
    )
    return Shift(
        float(change),
        float(change) - half,
        float(change) + half,
        float(shares @ chances),
        tuple(map(float, pulls)),
    )


def weigh_paces(
    means: Sequence[float | None], counts: Sequence[int], *, sloped: bool = False
) -> tuple[Pace, ...]:
    """Return the ways the level may walk with the probability of each, all equally likely beforehand."""
    y, n = _as_arrays(means, counts)
    grid = list(product(PACES, LIKENESSES))
    logs = np.array([_log_evidence(y, n, step, likeness, sloped) for step, likeness in grid])
    shares = np.exp(logs - logs.max())
    shares /= shares.sum()
    shares[shares < LEAST_SHARE] = 0.0
    shares /= shares.sum()
    return tuple(
        Pace(step, likeness, float(share))
        for (step, likeness), share in zip(grid, shares, strict=True)
        if share
    )


def spread_of(counts: Sequence[int], levels: Levels) -> tuple[float, ...]:
    """Return the variance of means of so many acts, in units of `noise`, by the likeness most probable."""
    likeness = max(levels.paces, key=lambda pace: pace.share).likeness
    return tuple(map(float, _spread(np.zeros(len(counts)), np.array(counts, float), likeness)))


def _as_arrays(means: Sequence[float | None], counts: Sequence[int]) -> tuple[Array, Array]:
    y = np.array([np.nan if mean is None else mean for mean in means], float)
    return y, np.array(counts, float)


def _spread(y: Array, n: Array, likeness: float) -> Array:
    """Return the variance of each period's mean about its level, that of a typical period being 1."""
    known = np.isfinite(y)
    typical = float(np.median(n[known]))
    each = np.where(known, np.maximum(n, 1.0), typical)
    variance = (1 + (each - 1) * likeness) / each
    return np.asarray(variance / np.median(variance[known]))


def _precision(y: Array, spread: Array, step: float, sloped: bool) -> Array:
    """Return the levels' precision as upper bands: what steps say plus what means say (noise variance 1)."""
    size, steps = len(y), (1.0, -2.0, 1.0) if sloped else (1.0, -1.0)
    order = len(steps) - 1
    bands = np.zeros((order + 1, size))
    for i, j in combinations_with_replacement(range(order + 1), 2):
        bands[order - (j - i), j : j + size - order] += steps[i] * steps[j] / step
    bands[order] += np.where(np.isfinite(y), 1 / spread, 0.0)
    return bands


def _log_evidence(y: Array, n: Array, step: float, likeness: float, sloped: bool) -> float:
    """Return the log likelihood of a pace, up to a constant; the noise is integrated out, the first level
    free."""
    spread = _spread(y, n, likeness)
    bands = _precision(y, spread, step, sloped)
    linalg = need("scipy.linalg", "stats")
    factor = linalg.cholesky_banded(bands)
    known = np.isfinite(y)
    told = np.where(known, y, 0.0) / spread
    mean = linalg.cho_solve_banded((factor, False), told)
    order = 1 + sloped
    squares = float((y[known] ** 2 / spread[known]).sum() - told @ mean)
    df = int(known.sum()) - order
    noise = max(squares, 1e-9) / df
    log_det = 2 * float(np.log(factor[-1]).sum())
    return -0.5 * float(
        log_det + (len(y) - order) * np.log(step) + float(np.log(spread[known]).sum()) + df * np.log(noise)
    )


def _fit(y: Array, n: Array, pace: Pace, sloped: bool) -> _Fit:
    spread = _spread(y, n, pace.likeness)
    linalg = need("scipy.linalg", "stats")
    factor = linalg.cholesky_banded(_precision(y, spread, pace.step, sloped))
    known = np.isfinite(y)
    told = np.where(known, y, 0.0) / spread
    cover = linalg.cho_solve_banded((factor, False), np.eye(len(y)))
    mean = cover @ told
    df = int(known.sum()) - 1 - sloped
    noise = max(float((y[known] ** 2 / spread[known]).sum() - told @ mean), 1e-9) / df
    return _Fit(mean, cover, noise, spread, df)


def _left_out(y: Array, fits: Sequence[_Fit]) -> tuple[list[Array], list[Array]]:
    """Return mean and variance of each known period's mean as the others tell it, under each pace."""
    means, variances = [], []
    for f in fits:
        own = np.diag(f.cover)
        rest = np.maximum(1 / own - 1 / f.spread, 1e-9)
        means.append((f.mean / own - np.where(np.isfinite(y), y, 0.0) / f.spread) / rest)
        variances.append((1 / rest + f.spread) * f.noise)
    return means, variances


def _reach(y: Array, fits: Sequence[_Fit], shares: Array, band: float) -> tuple[float, float]:
    """Return how many standard deviations the band reaches, and how far that is stretched over the model's
    own."""
    own = _student(band, fits[0].df)
    known = np.isfinite(y)
    mean, spread = _mix(*_left_out(y, fits), shares)
    off = np.abs(y[known] - mean[known]) / spread[known]
    tried = float(np.quantile(off, band))
    k = (len(off) * tried + PRIOR_PERIODS * own) / (len(off) + PRIOR_PERIODS)
    return k, k / own


def _student(band: float, df: int) -> float:
    """Return within how many standard deviations a share of draws lies; chance itself is estimated from
    few."""
    return float(need("scipy.special", "stats").stdtrit(df, 0.5 + band / 2))


def _mix(means: Sequence[Any], variances: Sequence[Any], shares: Array) -> tuple[Any, Any]:
    """Return mean and standard deviation over the paces."""
    m, v = np.array(means), np.array(variances)
    mean = np.tensordot(shares, m, 1)
    return mean, np.sqrt(np.tensordot(shares, v + (m - mean) ** 2, 1))


def _variance_of_shift(f: _Fit, start: int, end: int) -> float:
    return float(f.cover[start, start] + f.cover[end, end] - 2 * f.cover[start, end]) * f.noise


def _pulls(f: _Fit, y: Array, start: int, end: int) -> Array:
    return np.where(np.isfinite(y), (f.cover[end] - f.cover[start]) / f.spread, 0.0)
