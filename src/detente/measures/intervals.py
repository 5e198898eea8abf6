"""Counts in, intervals out: how sure a share of a few cases is, and how sure the change between two shares.

«4 of 5 agreed» is 80 %, and with 95 % confidence anything from 38 to 96 %.
"""

from __future__ import annotations

import math
from statistics import NormalDist

LEVEL = 0.95


def share_interval(hits: int, n: int, *, level: float = LEVEL) -> tuple[float, float] | None:
    """Return Wilson's interval of a share of n cases, 0 to 1: 4 of 5 -> (0.376, 0.964); None for n = 0.

    Wilson (1927), Journal of the American Statistical Association 22: it holds for few cases and for shares
    of 0 and 1, where the interval of the textbook has no width.
    """
    if n <= 0:
        return None
    z = NormalDist().inv_cdf(0.5 + level / 2)
    share = hits / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def change_interval(
    before: tuple[int, int], after: tuple[int, int], *, level: float = LEVEL
) -> tuple[float, float] | None:
    """Return the interval of a share after less a share before, -1 to 1; each is given as (hits, n).

    Newcombe's (1998, Statistics in Medicine 17, method 10), made of the two Wilson intervals. None where
    either has no cases.
    """
    first, last = share_interval(*before, level=level), share_interval(*after, level=level)
    if first is None or last is None:
        return None
    p, q = before[0] / before[1], after[0] / after[1]
    down = math.hypot(q - last[0], first[1] - p)
    up = math.hypot(last[1] - q, p - first[0])
    return max(-1.0, q - p - down), min(1.0, q - p + up)
