"""Krippendorff's alpha for two coders and names as values: 1 is perfect, 0 what chance gives, below 0 worse.

Source: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), sections A and B.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


def nominal_alpha(units: Iterable[tuple[str | None, ...]]) -> float | None:
    """Return alpha over units, each the values that its coders gave it; None stands for no value.

    A unit with fewer than two values cannot be compared and is left out. Returns None where nothing can be
    compared, or where all values are the same and there is nothing to tell apart.
    """
    together: dict[tuple[str, str], float] = defaultdict(float)  # the matrix of coincidences
    for unit in units:
        values = [value for value in unit if value is not None]
        for i, a in enumerate(values):
            for j, b in enumerate(values):
                if i != j:
                    together[a, b] += 1 / (len(values) - 1)
    totals: dict[str, float] = defaultdict(float)
    for (a, _), weight in together.items():
        totals[a] += weight
    count = sum(totals.values())
    if not count:
        return None
    observed = sum(weight for (a, b), weight in together.items() if a != b)
    expected = sum(totals[a] * totals[b] for a in totals for b in totals if a != b) / (count - 1)
    return 1 - observed / expected if expected else None
