"""An archive in, the pairs of states that moved most out, each with the line that moved it most.

change = sum of |intensity| (PLOVER 2.0 scale) over the pair's counted acts in the window, each act once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.archive import Archive


@dataclass(frozen=True, slots=True)
class Mover:
    """A pair and how much it moved: CHN-RUS, change 41.5, level 2.1, 9 acts in 12 reports.

    `change` is the sum of absolute intensities, `total` the signed sum, `level` the bounded running level
    (-9..9) at the window's end. `quote`, `record`, `act` and `date` are of the act that weighs most.
    """

    a: str
    b: str
    change: float
    level: float
    n_acts: int
    n_reports: int
    quote: str
    record: str
    date: date | None
    name_a: str = ""
    name_b: str = ""
    total: float = 0.0
    act: str = ""
    outlet: str | None = None
    type: str = ""


def rank_movers(
    archive: Archive, *, limit: int = 10, since: date | None = None, until: date | None = None
) -> tuple[Mover, ...]:
    """Return the pairs of states that moved most in the window, the most moved first."""
    raise NotImplementedError
