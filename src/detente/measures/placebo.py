"""A value a day and some days out of it in, the change after these days beside that after other days out.

The comparison behind `detente echo`: the same before and after is taken of days drawn at random, many times
over, so that a pair which always warms in spring is not taken for one that answers somebody's act.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

DRAWS = 2_000  # of as many placebo days as there are occasions
SEED = 20170704
FEWEST = 5  # occasions for an interval: of fewer, resampling says nothing
ROOM = 5  # placebo days for each occasion, where they are to keep clear of all occasions
MIDDLE = (0.025, 0.975)  # of draws and resamples: what is shown as an interval
SLACK = 1e-9  # two means of the same weights differ by rounding


@dataclass(frozen=True, slots=True)
class Compared:
    """The mean change after some days against other days: «+6.1 against +0.4 by chance, p .01».

    `change` is the mean over the occasions of the sum over the N days after less that over the N days before;
    `low` and `high` hold 95 % of such means when the occasions are drawn anew with return (None below five).
    `placebo` is the mean of the means over draws of as many other days, `placebo_low` and `placebo_high` hold
    95 % of them, and `p` is the share of draws, these occasions included, as far from `placebo` as `change`
    is, to either side. All None where fewer other days are left than occasions. `is_clear` says that the
    `placebo_days` drawn from lie more than N days from every occasion; else they are only no such days.
    """

    change: float
    low: float | None
    high: float | None
    placebo: float | None
    placebo_low: float | None
    placebo_high: float | None
    p: float | None
    placebo_days: int
    is_clear: bool
    draws: tuple[float, ...]

    @property
    def effect(self) -> float | None:
        """The change less that after days drawn at random."""
        return None if self.placebo is None else self.change - self.placebo


def compare(
    values: np.ndarray, places: Sequence[int], days: int, *, draws: int = DRAWS, seed: int = SEED
) -> Compared:
    """Return the change after the days at `places` beside that after days drawn at random."""
    import numpy as np

    draw = np.random.default_rng(seed)
    changes = changes_at(values, days)
    mine = changes[np.array(places) - days]
    change = float(mine.mean())
    low, high = _resample(mine, draws, draw) if len(places) >= FEWEST else (None, None)
    others, is_clear = _other_days(len(values), places, days)
    if len(others) < len(places):
        return Compared(change, low, high, None, None, None, None, len(others), is_clear, ())
    picked = np.stack([draw.choice(others, len(places), replace=False) for _ in range(draws)])
    drawn = changes[picked - days].mean(axis=1)
    placebo = float(drawn.mean())
    as_far = int((np.abs(drawn - placebo) >= abs(change - placebo) - SLACK).sum())
    bottom, top = np.quantile(drawn, MIDDLE)
    return Compared(
        change, low, high, placebo, float(bottom), float(top), (1 + as_far) / (1 + draws), len(others),
        is_clear, tuple(map(float, drawn)),
    )  # fmt: skip


def changes_at(values: np.ndarray, days: int) -> np.ndarray:
    """Return, for each day with `days` days on both sides, the sum of those after less of those before."""
    import numpy as np

    run = np.concatenate([[0.0], np.cumsum(values)])
    at = np.arange(days, len(values) - days)
    changes: np.ndarray = (run[at + 1 + days] - run[at + 1]) - (run[at] - run[at - days])
    return changes


def _resample(changes: np.ndarray, draws: int, draw: np.random.Generator) -> tuple[float, float]:
    import numpy as np

    means = draw.choice(changes, (draws, len(changes))).mean(axis=1)
    low, high = np.quantile(means, MIDDLE)
    return float(low), float(high)


def _other_days(n: int, places: Sequence[int], days: int) -> tuple[np.ndarray, bool]:
    """Return the days that placebos are drawn from, and whether they keep clear of all occasions."""
    import numpy as np

    at = np.arange(days, n - days)
    known = np.concatenate([[-n], np.sort(places), [2 * n]])  # far days at both ends
    after = np.searchsorted(known, at)
    distance = np.minimum(known[after] - at, at - known[after - 1])
    clear = at[distance > days]
    if len(clear) >= ROOM * len(places):
        return clear, True
    return at[distance > 0], False
