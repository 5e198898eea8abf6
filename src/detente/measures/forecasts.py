"""A series in, its next periods out with a band, beside «no change» and resampled history, and how each did.

The forecast is a local level (statsmodels; the level is followed at the pace that would have foretold the
past best) with the errors it has made so far, blended with the values of the past, each the more the
narrower. It is scored as if made at each period of the past; where «no change» does better, it says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detente.errors import InputError, need
from detente.measures.periods import Period
from detente.measures.series import Series, periods_after

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

BAND = 0.80  # of outcomes a band is to hold
FEWEST = 12  # values there must be
FIRST_ORIGIN = 18  # values before the first forecast that is scored
ORIGINS = 48  # the latest origins that are scored
FEW_ORIGINS = 12  # of fewer, the score says little, and the answer says so
BURN = 4  # values before a level's errors count
FEW_ERRORS = 5  # errors at a horizon without which a method has nothing to show there
# Variance of the level's step against that of a value about it, from standing still to following each value.
PACES = (0.0, 0.001, 0.01, 0.05, 0.2, 0.6, 2.0, 10.0, 100.0)
# Weights go with spread ^ -4: equal where the two are equally wide, the level's nearly alone where a series
# wanders. gdelt_monthly, the 201st to 300th busiest pair: CRPS .745 of no-change's, .919 where the series is
# itself a level; at 0 .736 and 1.260, at 2 .741 and .916 with bands that hold 87 %, at 8 .748 and .930.
SHARPNESS = 4
GRID = (np.arange(99) + 0.5) / 99  # the quantiles a distribution is kept as


@dataclass(frozen=True, slots=True)
class Band:
    """The middle of a forecast and the ends of its band: «4.5, from 1.0 to 9.0»."""

    middle: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Step:
    """One period ahead: the forecast, and what «no change» and resampled history say of it."""

    ahead: int
    period: Period
    forecast: Band
    no_change: Band
    history: Band


@dataclass(frozen=True, slots=True)
class Score:
    """How the three fared that many periods ahead, over n origins: mean CRPS, and how often the band held.

    CRPS (continuous ranked probability score) is in the unit of the series, and smaller is better: of a
    forecast without a band it is the absolute error. `ratio` is the forecast's against no-change's, below 1
    where it does better; None where no-change is never wrong.
    """

    ahead: int
    n: int
    crps: float
    crps_no_change: float
    crps_history: float
    held: float
    held_no_change: float
    held_history: float

    @property
    def ratio(self) -> float | None:
        """The forecast's CRPS against that of no change."""
        return self.crps / self.crps_no_change if self.crps_no_change else None


@dataclass(frozen=True, slots=True)
class Forecast:
    """The next periods of a series, and the score of as many forecasts of its past.

    `ratio` is the mean CRPS over the periods asked for against no-change's; `better` the share of origins at
    which the forecast had the smaller. Both None without origins. `pace` is the variance of the level's step
    against a value's about it, `level_share` how much of the blend the level has one period ahead.
    """

    series: Series
    band: float
    steps: tuple[Step, ...]
    scores: tuple[Score, ...]
    origins: int
    ratio: float | None
    ratio_history: float | None
    better: float | None
    pace: float
    level_share: float

    @property
    def beats_no_change(self) -> bool | None:
        """Whether it did better than «no change» on the past; None where there is no telling."""
        return None if self.ratio is None else self.ratio < 1


def forecast(
    series: Series, *, first: int = 1, last: int = 6, band: float = BAND, known: int = FIRST_ORIGIN
) -> Forecast:
    """Return the series' next periods, from the `first` to the `last` ahead, with a band and scores.

    Scored are forecasts from the first period with `known` values behind it on, of the latest 48 periods.
    Raises InputError where the series has fewer than 12 values, and MissingExtra without statsmodels.
    """
    if not 1 <= first <= last:
        raise InputError(f"Periods {first} to {last} ahead were asked for; ask as 1-6.", stage="forecast")
    if series.n < FEWEST:
        raise InputError(
            f"«{series.name}» has {series.n} value{'s' * (series.n != 1)}; a forecast needs {FEWEST}: take a "
            "longer window, shorter periods, or another series.", stage="forecast",
        )  # fmt: skip
    past = Past(np.array([np.nan if value is None else value for value in series.values]))
    end = len(past.values)
    steps = tuple(
        Step(ahead, period, *(_band(dist, band) for dist in past.foresee(end, ahead)))
        for ahead, period in enumerate(periods_after(series, last), 1)
        if ahead >= first
    )
    scores, better, ratios = _score(past, first, last, band, known)
    share, _ = past.shares(end, 1)
    return Forecast(
        series, band, steps, scores, max((score.n for score in scores), default=0), *ratios, better,
        PACES[past.pace_at(end)], share,
    )  # fmt: skip


class Past:
    """A series with its level at every period and pace, from which any forecast of it can be made.

    The level of a period rests on that period and those before it, so that one run over the series serves
    all origins, and none of them sees what came later.
    """

    def __init__(self, values: Array) -> None:
        self.values = values
        self.levels = _filter_levels(values)
        misses = np.abs(values[1:] - self.levels[:, :-1])
        misses[:, :BURN] = np.nan
        self.misses = np.cumsum(np.nan_to_num(misses), axis=1)  # by pace, up to each period

    def pace_at(self, origin: int) -> int:
        """Return the pace whose level, one period ahead, has missed least before the origin."""
        return int(np.argmin(self.misses[:, origin - 2]))

    def foresee(self, origin: int, ahead: int) -> tuple[Array, Array, Array]:
        """Return the forecast, no-change and history, as quantiles, for the period `ahead` of the origin.

        Origin n has seen the values 0 to n - 1; one ahead of it is value n.
        """
        level, history = self._level(origin, ahead), _known(self.values[:origin])
        last = history[-1]
        change = _known(self.values[ahead:origin] - self.values[: origin - ahead])
        unchanged = last + np.concatenate([change, -change])  # to either side: no change knows no drift
        one, two = _quantiles(level), _quantiles(history)
        share, rest = self.shares(origin, ahead)
        return share * one + rest * two, _quantiles(unchanged), two

    def shares(self, origin: int, ahead: int) -> tuple[float, float]:
        """Return how much of the blend the level has, and how much history has; they sum to 1."""
        level, history = _spread(self._level(origin, ahead)), _spread(_known(self.values[:origin]))
        if not level or not history:
            return (1.0, 0.0) if level <= history else (0.0, 1.0)
        ratio = (level / history) ** SHARPNESS
        return 1 / (1 + ratio), ratio / (1 + ratio)

    def _level(self, origin: int, ahead: int) -> Array:
        """Return the level at the origin with each of its errors so far, that many periods ahead."""
        levels = self.levels[self.pace_at(origin)]
        errors = self.values[BURN + ahead : origin] - levels[BURN : origin - ahead]
        sample: Array = levels[origin - 1] + _known(errors)
        return sample

    def can_tell(self, origin: int, ahead: int) -> bool:
        """Whether there are errors enough behind the origin to show that many periods ahead."""
        changes = self.values[ahead:origin] - self.values[: origin - ahead]
        return int(np.isfinite(changes[BURN:]).sum()) >= FEW_ERRORS


def crps(quantiles: Array, value: float) -> float:
    """Return the continuous ranked probability score of a distribution kept as quantiles: 0 and up.

    E|X - y| - E|X - X'| / 2 (Gneiting and Raftery 2007), over the quantiles as equally likely values.
    """
    return float(np.abs(quantiles - value).mean()) - _spread(quantiles)


def _filter_levels(values: Array) -> Array:
    """Return the level at each period, a row a pace, by the Kalman filter of a local level."""
    structural = need("statsmodels.tsa.statespace.structural", "stats")
    size = float(np.nanmean(np.abs(values - np.nanmedian(values)))) or 1.0
    model = structural.UnobservedComponents((values - np.nanmedian(values)) / size, level="local level")
    rows = [model.filter([1.0, pace]).filtered_state[0] for pace in PACES]
    return np.asarray(rows, float) * size + float(np.nanmedian(values))


def _score(
    past: Past, first: int, last: int, band: float, least: int
) -> tuple[tuple[Score, ...], float | None, tuple[float | None, float | None]]:
    """Return the scores by period ahead, the share of origins with the better forecast, and both ratios."""
    known = np.cumsum(np.isfinite(past.values))
    starts = [n + 1 for n in range(len(known) - 1) if known[n] >= least][-ORIGINS:]
    tries = np.full((len(starts), last - first + 1, 3, 2), np.nan)  # origin, ahead, method: CRPS, held
    for row, origin in enumerate(starts):
        for ahead in range(first, min(last, len(known) - origin) + 1):
            value = past.values[origin + ahead - 1]
            if np.isfinite(value) and past.can_tell(origin, ahead):
                for method, quantiles in enumerate(past.foresee(origin, ahead)):
                    ends = _band(quantiles, band)
                    tries[row, ahead - first, method] = crps(quantiles, value), ends.low <= value <= ends.high
    scores = tuple(
        _mean_score(first + n, tries[:, n][np.isfinite(tries[:, n, 0, 0])])
        for n in range(last - first + 1)
        if np.isfinite(tries[:, n, 0, 0]).any()
    )
    if not scores:
        return (), None, (None, None)
    mine, unchanged, history = (float(np.nanmean(tries[:, :, method, 0])) for method in range(3))
    by_origin = [np.nanmean(t[:, :, 0], axis=0) for t in tries if np.isfinite(t[:, 0, 0]).any()]
    better = sum(bool(own < other) for own, other, _ in by_origin) / len(by_origin)
    return scores, better, (mine / unchanged if unchanged else None, mine / history if history else None)


def _mean_score(ahead: int, tries: Array) -> Score:
    means = tries.mean(axis=0)
    return Score(ahead, len(tries), *map(float, means[:, 0]), *map(float, means[:, 1]))


def _band(quantiles: Array, band: float) -> Band:
    low, middle, high = np.interp(((1 - band) / 2, 0.5, (1 + band) / 2), GRID, quantiles)
    return Band(float(middle), float(low), float(high))


def _quantiles(values: Array) -> Array:
    return np.quantile(values, GRID)


def _known(values: Array) -> Array:
    known: Array = values[np.isfinite(values)]
    return known


def _spread(values: Array | Sequence[float]) -> float:
    """Return half the mean difference of two values drawn: the CRPS of values, each held against all."""
    ordered = np.sort(values)
    n = len(ordered)
    return float(((2 * np.arange(1, n + 1) - n - 1) * ordered).sum()) / (n * n)
