"""Agreement and a series from elsewhere in, how far the two go together out: Spearman's rank correlation.

«Agreement in speeches and agreement in votes, 312 pairs of 38 states: rho 0.21 (0.05 to 0.36)». Pairs share
states, so that intervals draw states, not pairs, and the test shuffles states.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from detente.errors import InputError, need
from detente.knowledge.states import code_of
from detente.measures.agreement import Agreement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

Kind = Literal["agreement", "distance"]
DRAWS = 1000
SEED = 8
LEAST_PAIRS = 10  # below that a rank correlation of pairs says nothing


@dataclass(frozen=True, slots=True)
class PairSeries:
    """What a file says of pairs by year; `kind` tells whether more is nearer (agreement) or farther."""

    kind: Kind
    values: Mapping[tuple[str, str], tuple[tuple[int, float, float], ...]]  # pair -> (year, value, n)


@dataclass(frozen=True, slots=True)
class Compared:
    """One pair in both: its agreement in the archive, and the file's mean over the same years."""

    agreement: Agreement
    value: float
    n: float
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How agreement and a series go together: `rho` -1 to 1, its 95 % interval over draws of states, and `p`.

    `p` is how often, with the states of the series shuffled, |rho| comes out as large. All are None with
    fewer than LEAST_PAIRS pairs, or where one side does not vary. A series of distances should give a
    negative rho.
    """

    kind: Kind
    pairs: tuple[Compared, ...]
    states: int
    rho: float | None = None
    interval: tuple[float, float] | None = None
    p: float | None = None


def read_pair_series(path: str | Path) -> PairSeries:
    """Return a series of pairs by year from CSV with the columns a, b, year, agreement (or distance) and n.

    States stand as codes or names, in either order; without n each row weighs 1. Raises InputError with the
    line of what cannot be read.
    """
    place = Path(path)
    try:
        with place.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            kind = _kind(place, rows.fieldnames or ())
            values: dict[tuple[str, str], list[tuple[int, float, float]]] = {}
            for line, row in enumerate(rows, 2):
                pair, told = _row(place, line, row, kind)
                values.setdefault(pair, []).append(told)
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(f"{place} could not be read ({why}): name a CSV file in UTF-8.") from error
    return PairSeries(kind, {pair: tuple(told) for pair, told in values.items()})


def compare(
    found: Sequence[Agreement], series: PairSeries, *, since: date | None = None, until: date | None = None
) -> Comparison:
    """Return how agreement goes with a series, over the years of the window, else of the stances.

    Needs the extra [stats].
    """
    years = _years(found, since, until)
    pairs = tuple(_compared(found, series, years))
    states = len({code for x in pairs for code in (x.agreement.a, x.agreement.b)})
    bare = Comparison(series.kind, pairs, states)
    if len(pairs) < LEAST_PAIRS:
        return bare
    one, other, known = _matrices(pairs)
    rho = _rank_correlation(one, other, known)
    if rho is None:
        return bare
    return Comparison(
        series.kind, pairs, states, rho, _draw_states(one, other, known), _shuffle(one, other, known, rho)
    )


def _kind(place: Path, names: Iterable[str]) -> Kind:
    held = set(names)
    kinds: tuple[Kind, Kind] = ("agreement", "distance")
    kind = next((kind for kind in kinds if kind in held), None)
    if kind is None or not {"a", "b", "year"} <= held:
        raise InputError(
            f"{place} has the columns {', '.join(names) or 'none'}; a series to stand beside needs a, b, "
            "year and agreement (or distance), and n where rows weigh differently."
        )
    return kind


def _row(
    place: Path, line: int, row: Mapping[str, Any], kind: Kind
) -> tuple[tuple[str, str], tuple[int, float, float]]:
    codes = [code_of(str(row[side] or "").strip()) for side in "ab"]
    if None in codes or codes[0] == codes[1]:
        raise InputError(
            f"{place}, line {line}: «{row['a']}» and «{row['b']}» are not two states we know; write codes, "
            "as RUS."
        )
    try:
        told = (int(row["year"]), float(row[kind]), float(row.get("n") or 1))
    except (TypeError, ValueError) as error:
        raise InputError(
            f"{place}, line {line}: year «{row['year']}», {kind} «{row[kind]}» and n are to be numbers "
            f"({error})."
        ) from error
    a, b = sorted(str(code) for code in codes)
    return (a, b), told


def _years(found: Sequence[Agreement], since: date | None, until: date | None) -> range:
    days = [held.day for x in found for line in x.issues for held in (line.a, line.b) if held.day]
    first = since.year if since else min((day.year for day in days), default=1)
    last = until.year if until else max((day.year for day in days), default=0)
    return range(first, last + 1)


def _compared(found: Iterable[Agreement], series: PairSeries, years: range) -> Iterator[Compared]:
    for x in found:
        a, b = sorted((x.a, x.b))
        told = [t for t in series.values.get((a, b), ()) if t[0] in years and t[2] > 0]
        if told and x.share is not None:
            n = sum(weight for _, _, weight in told)
            mean = sum(value * weight for _, value, weight in told) / n
            yield Compared(x, mean, n, tuple(sorted({year for year, _, _ in told})))


def _matrices(pairs: Sequence[Compared]) -> tuple[Matrix, Matrix, Matrix]:
    """Return agreement and the series as matrices of states by states, and where both are known."""
    import numpy as np

    codes = sorted({code for x in pairs for code in (x.agreement.a, x.agreement.b)})
    at = {code: k for k, code in enumerate(codes)}
    one, other, known = (np.zeros((len(codes), len(codes))) for _ in range(3))
    for x in pairs:
        i, j = at[x.agreement.a], at[x.agreement.b]
        for matrix, value in ((one, x.agreement.share), (other, x.value), (known, 1.0)):
            matrix[i, j] = matrix[j, i] = value
    return one, other, known


def _rank_correlation(one: Matrix, other: Matrix, known: Matrix) -> float | None:
    """Return Spearman's rho over the known cells above the diagonal; None where one side does not vary."""
    import numpy as np

    stats = need("scipy.stats", "stats")
    above = np.triu(known > 0, 1)
    x, y = one[above], other[above]
    if len(x) < 2 or np.ptp(x) == 0 or np.ptp(y) == 0:
        return None
    return float(stats.spearmanr(x, y).statistic)


def _draw_states(one: Matrix, other: Matrix, known: Matrix) -> tuple[float, float]:
    """Return the 95 % interval of rho over draws of states with replacement (a pair of one state is none)."""
    import numpy as np

    chance = np.random.default_rng(SEED)
    size, drawn = len(one), []
    for _ in range(DRAWS):
        rows = chance.integers(size, size=size)
        cells = np.ix_(rows, rows)
        apart = known[cells] * (rows[:, None] != rows[None, :])
        rho = _rank_correlation(one[cells], other[cells], apart)
        if rho is not None:
            drawn.append(rho)
    low, high = np.quantile(drawn, (0.025, 0.975))
    return float(low), float(high)


def _shuffle(one: Matrix, other: Matrix, known: Matrix, rho: float) -> float:
    """Return how often |rho| is as large with the states of the series shuffled (a Mantel test)."""
    import numpy as np

    chance = np.random.default_rng(SEED)
    hits, tried = 1, 1
    for _ in range(DRAWS):
        rows = chance.permutation(len(one))
        cells = np.ix_(rows, rows)
        drawn = _rank_correlation(one, other[cells], known * known[cells])
        if drawn is not None:
            hits += abs(drawn) >= abs(rho) - 1e-12
            tried += 1
    return hits / tried
