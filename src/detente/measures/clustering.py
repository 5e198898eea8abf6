"""Distances in, blocs out: average linkage, cut where the silhouette is highest.

Distances may be unknown (nan); they are filled for linkage, and left out of every silhouette that has a known
one to go by. scipy does the linkage; nothing here knows what is clustered.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.errors import need

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]
    Labels = tuple[int, ...]


def fill_unknown(distances: Matrix) -> Matrix:
    """Return distances with each unknown one as the mean of the means of its two rows; the diagonal is 0."""
    import numpy as np

    filled = distances.copy()
    np.fill_diagonal(filled, np.nan)
    whole = float(np.nanmean(filled))
    with np.errstate(invalid="ignore"):
        sums, counts = np.nansum(filled, axis=1), np.sum(~np.isnan(filled), axis=1)
    means = np.where(counts > 0, sums / np.maximum(counts, 1), whole)
    guessed = (means[:, None] + means[None, :]) / 2
    filled = np.where(np.isnan(filled), guessed, filled)
    np.fill_diagonal(filled, 0.0)
    return filled


def cut(filled: Matrix, number: int) -> Labels:
    """Return the bloc of each row, 0 and up, by average linkage cut into `number` blocs (or fewer)."""
    hierarchy = need("scipy.cluster.hierarchy", "stats")
    tree = hierarchy.linkage(_condensed(filled), method="average")
    return tuple(int(label) - 1 for label in hierarchy.fcluster(tree, number, criterion="maxclust"))


def silhouettes(distances: Matrix, labels: Sequence[int]) -> tuple[float, ...]:
    """Return how well each row fits its bloc, -1 to 1 (Rousseeuw 1987): (b - a) / max(a, b).

    `a` is the mean known distance to its own bloc, `b` the least mean known distance to another. A row alone
    in its bloc, or without a known distance to go by, has 0.
    """
    import numpy as np

    named = np.array(labels)
    scores = []
    for row, own in enumerate(labels):
        others = np.arange(len(labels)) != row
        a = _mean(distances[row][(named == own) & others])
        b = min(
            (m for k in set(labels) - {own} if (m := _mean(distances[row][named == k])) is not None),
            default=None,
        )
        scores.append(0.0 if a is None or b is None or max(a, b) == 0 else (b - a) / max(a, b))
    return tuple(scores)


def choose(distances: Matrix, most: int) -> tuple[Labels, dict[int, float]]:
    """Return the cut of 2 to `most` blocs with the highest mean silhouette, and that of each number tried.

    A row alone is no bloc: only cuts with two blocs of two rows or more are taken, and where there is none,
    all rows are one bloc. Of equal ones the fewest blocs.
    """
    filled = fill_unknown(distances)
    cuts = {len(set(labels)): labels for k in range(2, most + 1) if _parts(labels := cut(filled, k))}
    if not cuts:
        return (0,) * len(filled), {1: 0.0}
    tried = {k: _mean_of(silhouettes(distances, labels)) for k, labels in cuts.items()}
    best = min(tried, key=lambda k: (-tried[k], k))
    return cuts[best], tried


def _parts(labels: Labels) -> bool:
    return sum(labels.count(label) > 1 for label in set(labels)) > 1


def in_order(filled: Matrix, labels: Sequence[int]) -> list[int]:
    """Return the rows bloc by bloc, the largest first, those that are near one another side by side."""
    hierarchy = need("scipy.cluster.hierarchy", "stats")
    tree = hierarchy.linkage(_condensed(filled), method="average", optimal_ordering=True)
    leaves = [int(leaf) for leaf in hierarchy.leaves_list(tree)]
    sizes = {label: list(labels).count(label) for label in labels}
    return sorted(leaves, key=lambda row: (-sizes[labels[row]], labels[row], leaves.index(row)))


def _condensed(filled: Matrix) -> Matrix:
    import numpy as np

    above: Matrix = filled[np.triu_indices(len(filled), 1)]
    return above


def _mean(values: Matrix) -> float | None:
    import numpy as np

    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else None


def _mean_of(scores: Sequence[float]) -> float:
    return sum(scores) / len(scores)
