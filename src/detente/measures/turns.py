"""A course in, its turns out: the periods from which the mean stands elsewhere, and the acts that took it
there.

PELT (Killick, Fearnhead and Eckley 2012) on the means of periods with acts, each weighing by how sure it
is. One more turn must better the fit by PENALTY times the noise times the logarithm of the number of periods.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.errors import need
from detente.measures.counting import CountedAct
from detente.measures.courses import Point
from detente.measures.levels import Levels, spread_of
from detente.measures.periods import Every, period_of
from detente.measures.weights import Scale

if TYPE_CHECKING:
    from numpy.typing import NDArray

# `python -m benchmarks.measures turns`, series of 24 and 74 months: at 3 a course that never turns shows a
# turn in 1 to 5 % of cases, and a step of two standard deviations is found in 87 to 94 %; at 2 it was 7 to
# 20 % and 90 to 93 %.
PENALTY = 3.0
SHORTEST = 2  # periods with acts between two turns
SHOWN = 3  # acts that made a turn
LOOKED_AT = 2  # periods after a turn whose acts are asked


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn: from «2021-09» the mean stands at -3.1, where it stood at 2.4 since the turn before.

    `acts` are those of the first two periods with acts that took it there most, the weightiest first;
    `before` and `after` are means over periods, those with more acts weighing more. `acts_before` and
    `acts_after` are the acts the two means rest on.
    """

    period: str
    index: int
    before: float
    after: float
    acts: tuple[CountedAct, ...]
    acts_before: tuple[str, ...]
    acts_after: tuple[str, ...]


def find_turns(
    points: Sequence[Point], acts: Sequence[CountedAct], levels: Levels, *, scale: Scale, every: Every
) -> tuple[Turn, ...]:
    """Return the turns of a course, in order of time; `acts` are those of its points.

    Raises MissingExtra where the library that finds them is not installed.
    """
    known = [n for n, point in enumerate(points) if point.n]
    means = np.array([points[n].mean for n in known], float)
    weights = 1 / np.array(spread_of([points[n].n for n in known], levels))
    breaks = [0, *split_means(means, weights, levels.noise), len(known)]
    turns = []
    for start, at, end in zip(breaks, breaks[1:], breaks[2:], strict=False):
        before, after = _mean(means, weights, start, at), _mean(means, weights, at, end)
        made = {points[n].period for n in known[at : at + LOOKED_AT]}
        near = [act for act in acts if period_of(act.day, every).name in made]
        turns.append(
            Turn(
                points[known[at]].period, known[at], before, after,
                _weightiest(near, scale, before, after - before),
                tuple(id for n in known[start:at] for id in points[n].acts),
                tuple(id for n in known[at:end] for id in points[n].acts),
            )
        )  # fmt: skip
    return tuple(turns)


def split_means(means: NDArray[np.float64], weights: NDArray[np.float64], noise: float) -> list[int]:
    """Return where a row of means turns: indices at which a new stretch begins."""
    if len(means) < 2 * SHORTEST:
        return []
    ruptures = need("ruptures", "stats")
    cost = _weighted_squares(ruptures, weights)
    found = ruptures.Pelt(custom_cost=cost, min_size=SHORTEST, jump=1).fit(means.reshape(-1, 1))
    return [int(at) for at in found.predict(pen=PENALTY * noise * np.log(len(means)))[:-1]]


def _weighted_squares(ruptures: Any, weights: NDArray[np.float64]) -> Any:
    """Return a cost for the search: squares about a stretch's mean, each period by its weight."""

    class WeightedSquares(ruptures.base.BaseCost):  # type: ignore[misc]
        model = "weighted squares"
        min_size = 1

        def fit(self, signal: Any) -> Any:
            y = signal[:, 0]
            sums = [np.concatenate(([0.0], np.cumsum(v))) for v in (weights, weights * y, weights * y * y)]
            self.signal, self.sums = signal, sums
            return self

        def error(self, start: int, end: int) -> float:
            w, wy, wyy = (s[end] - s[start] for s in self.sums)
            return float(max(wyy - wy * wy / w, 0.0))

    return WeightedSquares()


def _mean(means: NDArray[np.float64], weights: NDArray[np.float64], start: int, end: int) -> float:
    return float(np.average(means[start:end], weights=weights[start:end]))


def _weightiest(
    acts: Sequence[CountedAct], scale: Scale, before: float, shift: float
) -> tuple[CountedAct, ...]:
    """Return the acts that lie furthest from the mean before, on the side the turn went to."""
    sign = 1 if shift > 0 else -1
    ways = [(sign * (scale.weigh(act) - before), act) for act in acts]
    towards = sorted(((way, act) for way, act in ways if way > 0), key=lambda t: (-t[0], t[1].day, t[1].act))
    return tuple(act for _, act in towards[:SHOWN])
