"""Two pairs, two windows, or a pair and a series from elsewhere in; how they differ or go together out.

«Since the treaty their acts weigh 1.9 points more (0.4 to 3.4)»; «the archive's months go with trade of two
months later, r = .41 over 60 months». Differences and correlations, no causes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist, fmean, variance
from typing import TYPE_CHECKING, Any

from detente.errors import InputError, NotInArchive, need
from detente.measures.counting import CountedAct, counted_acts, say_nothing_counted, tellings_of
from detente.measures.intervals import change_interval
from detente.measures.naming import state_name
from detente.measures.series import READINGS, Series
from detente.measures.weights import PLOVER, Scale
from detente.records import COUNTED

if TYPE_CHECKING:
    from detente.archive import Archive

LEVEL = 0.95
LAGS = 6  # periods either way that a series is held against the archive's
LEAST = 8  # periods in common below which a correlation is not given: r of 7 points says nothing

__all__ = ["READINGS", "Difference", "Side", "TypeShift", "compare_series", "compare_sides", "draw_side"]


@dataclass(frozen=True, slots=True)
class Side:
    """One pair in one window: how many acts, what they weigh on the mean, who told them.

    `first` and `last` bound the window, None where it is open. `spread` is the standard deviation of the
    weights.
    """

    name: str
    a: str
    b: str
    first: date | None
    last: date | None
    n: int
    mean: float | None
    spread: float | None
    total: float
    reports: int
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TypeShift:
    """How the share of a type differs between two sides: ACCUSE .10 of 40 acts, .35 of 20: +.25 (.05 to .46).

    The interval is Newcombe's at 95 %. `acts` are those of the type on either side.
    """

    type: str
    first_n: int
    second_n: int
    first_share: float
    second_share: float
    change: float
    low: float
    high: float
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two sides and the second's mean weight less the first's, with Welch's interval at 95 %.

    `change` is None where a side has no act, the interval where one has fewer than two. `types` are those
    whose share differs most, the most first.
    """

    first: Side
    second: Side
    change: float | None
    low: float | None
    high: float | None
    types: tuple[TypeShift, ...]


@dataclass(frozen=True, slots=True)
class Lagged:
    """How two series go together at one lag: `lag` 2 holds a period of the archive against the other's two
    later.

    `low` to `high` is Fisher's interval of Spearman's rho, widened for all lags looked at (Bonferroni). None
    where one of the two never varies.
    """

    lag: int
    n: int
    pearson: float | None
    spearman: float | None
    low: float | None
    high: float | None
    highest: bool = False


def draw_side(
    archive: Archive,
    a: str,
    b: str,
    *,
    since: date | None = None,
    until: date | None = None,
    statuses: Collection[str] = COUNTED,
    scale: Scale = PLOVER,
) -> tuple[Side, tuple[CountedAct, ...]]:
    """Return one side of a comparison with its acts; raises NotInArchive where a pair has none at all."""
    acts = counted_acts(archive, a, b, since=since, until=until, statuses=statuses)
    if not acts and not counted_acts(archive, a, b, statuses=statuses):
        raise NotInArchive(say_nothing_counted(archive, a, b, since, until, statuses))
    weights = [scale.weigh(act) for act in acts]
    reports = {telling.report for telling in tellings_of(archive, acts)}
    side = Side(
        f"{state_name(a)} and {state_name(b)}", a, b, since, until, len(acts),
        fmean(weights) if weights else None,
        variance(weights) ** 0.5 if len(weights) > 1 else None, sum(weights), len(reports),
        tuple(act.act for act in acts),
    )  # fmt: skip
    return side, acts


def compare_sides(
    first: tuple[Side, Sequence[CountedAct]], second: tuple[Side, Sequence[CountedAct]]
) -> Difference:
    """Return how the second side differs from the first: its mean weight, and the types it is made of."""
    (one, acts_one), (two, acts_two) = first, second
    change = two.mean - one.mean if one.mean is not None and two.mean is not None else None
    low, high = _welch(one, two, change)
    return Difference(one, two, change, low, high, _shifts(acts_one, acts_two))


def _welch(one: Side, two: Side, change: float | None) -> tuple[float | None, float | None]:
    """Return Welch's interval of a difference of means: the sides' spreads may differ."""
    if change is None or one.spread is None or two.spread is None:
        return None, None
    parts = (one.spread**2 / one.n, two.spread**2 / two.n)
    if not sum(parts):
        return change, change
    freedom = sum(parts) ** 2 / (parts[0] ** 2 / (one.n - 1) + parts[1] ** 2 / (two.n - 1))
    half = float(need("scipy.stats", "stats").t.ppf(0.5 + LEVEL / 2, freedom)) * sum(parts) ** 0.5
    return change - half, change + half


def _shifts(first: Sequence[CountedAct], second: Sequence[CountedAct]) -> tuple[TypeShift, ...]:
    if not first or not second:
        return ()
    counts = Counter(act.type for act in first), Counter(act.type for act in second)
    shifts = []
    for type_ in counts[0].keys() | counts[1].keys():
        hits = counts[0][type_], counts[1][type_]
        interval = change_interval((hits[0], len(first)), (hits[1], len(second)))
        shares = hits[0] / len(first), hits[1] / len(second)
        low, high = interval or (-1.0, 1.0)
        ids = tuple(act.act for act in (*first, *second) if act.type == type_)
        shifts.append(TypeShift(type_, *hits, *shares, shares[1] - shares[0], low, high, ids))
    return tuple(sorted(shifts, key=lambda s: (-abs(s.change), s.type)))


def compare_series(ours: Series, theirs: Series, *, lags: int = LAGS) -> tuple[Lagged, ...]:
    """Return how a series of the archive goes with one from elsewhere at each lag from -lags to lags.

    Both must be of one length of period. The lag whose rho is farthest from 0 is marked `highest`; being
    picked from many it is high by luck, too, which the widened interval allows for, and serial dependence is
    not. Raises InputError where lengths differ or fewer than `LEAST` periods are common to both.
    """
    if ours.every != theirs.every:
        raise InputError(
            f"«{theirs.name}» is by {theirs.every}, the archive's series by {ours.every}: "
            f"ask for --by {theirs.every}.",
            stage="series",
        )
    lines = [_lagged(ours, theirs, lag, looked_at=2 * lags + 1) for lag in range(-lags, lags + 1)]
    lines = [line for line in lines if line.n >= LEAST]
    known = [line for line in lines if line.spearman is not None]
    if not lines:
        raise InputError(
            f"«{theirs.name}» and {ours.name} have fewer than {LEAST} periods in common: widen the window.",
            stage="series",
        )
    best = max(known, key=lambda line: abs(line.spearman or 0.0), default=None)
    return tuple(_mark(line) if line is best else line for line in lines)


def paired(ours: Series, theirs: Series, lag: int) -> list[tuple[float, float]]:
    """Return the values of periods known to both: ours, and theirs `lag` periods later."""
    place = {period.name: n for n, period in enumerate(theirs.periods)}
    pairs = []
    offset = _offset(ours, place)
    for n, value in enumerate(ours.values):
        at = n + offset + lag
        other = theirs.values[at] if 0 <= at < len(theirs.values) else None
        if value is not None and other is not None:
            pairs.append((value, other))
    return pairs


def _offset(ours: Series, place: dict[str, int]) -> int:
    """Return where in the other series ours begins: both run on without a gap."""
    common = next((n for n, period in enumerate(ours.periods) if period.name in place), None)
    return len(place) if common is None else place[ours.periods[common].name] - common


def _lagged(ours: Series, theirs: Series, lag: int, *, looked_at: int) -> Lagged:
    pairs = paired(ours, theirs, lag)
    n = len(pairs)
    if n < LEAST or any(len(set(column)) < 2 for column in zip(*pairs, strict=True)):
        return Lagged(lag, n, None, None, None, None)
    stats: Any = need("scipy.stats", "stats")
    xs, ys = zip(*pairs, strict=True)
    rho = float(stats.spearmanr(xs, ys).statistic)
    low, high = _fisher(rho, n, 1 - (1 - LEVEL) / looked_at)
    return Lagged(lag, n, float(stats.pearsonr(xs, ys).statistic), rho, low, high)


def _fisher(rho: float, n: int, level: float) -> tuple[float, float]:
    """Return Fisher's interval of a rank correlation, with the standard error of Bonett and Wright (2000)."""
    from math import atanh, sqrt, tanh

    if abs(rho) >= 1:
        return rho, rho
    half = NormalDist().inv_cdf(0.5 + level / 2) * sqrt((1 + rho * rho / 2) / (n - 3))
    return tanh(atanh(rho) - half), tanh(atanh(rho) + half)


def _mark(line: Lagged) -> Lagged:
    return Lagged(line.lag, line.n, line.pearson, line.spearman, line.low, line.high, True)
