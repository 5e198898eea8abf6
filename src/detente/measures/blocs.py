"""What states hold in, blocs out: who stands with whom, by clustering how far each two agree.

«Three blocs of 24 states, silhouette 0.31; FRA stands with its bloc in 84 % of draws». Two states that share
too few issues have a cell that is not known, and it is shown as such.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from detente.errors import NotInArchive
from detente.measures.agreement import Agreement, shared_issues
from detente.measures.clustering import choose, cut, fill_unknown, in_order, silhouettes
from detente.measures.held import Held, SpokenFor, held_stances
from detente.measures.stances import AGAINST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from detente.archive import Archive

    Matrix = NDArray[np.float64]

LEAST_ISSUES = 3  # shared by two states, for their cell to be known
LEAST_KNOWN = 0.5  # of a state's cells, for it to stand in the matrix
PRIOR = 2.0  # issues' worth of the mean of all pairs that each cell is drawn to: 1 of 1 is no full agreement
MOST_BLOCS = 8
WEAK = 0.25  # Kaufman and Rousseeuw (1990): a mean silhouette up to .25 tells of no substantial structure
DRAWS = 200  # of as many issues, with replacement, to see which blocs hold
SEED = 8

Table = Mapping[str, Mapping[str, Held]]  # code -> issue -> what it holds


@dataclass(frozen=True, slots=True)
class Member:
    """A state in its bloc (1 and up): how well it fits (`silhouette`, -1 to 1), and how surely.

    `stability`, 0 to 1, is how often, over draws of issues, it stands with a state of its bloc (for one
    alone: how often it stands alone). `known` counts its known cells; `records` are what they rest on.
    """

    code: str
    bloc: int
    silhouette: float
    stability: float
    known: int
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blocs:
    """The matrix of agreement with its blocs: members bloc by bloc, and each known pair's agreement.

    `silhouette` is the mean of all members for the number of blocs taken; `tried` gives it for each number.
    `left_out` are states that share too little with the others. `mean` is the share agreed over all pairs.
    """

    members: tuple[Member, ...]
    cells: Mapping[tuple[str, str], Agreement]
    silhouette: float
    tried: Mapping[int, float]
    left_out: tuple[str, ...]
    mean: float
    least: int

    @property
    def count(self) -> int:
        """The number of blocs."""
        return len({member.bloc for member in self.members})

    @property
    def is_weak(self) -> bool:
        """Whether there is no substantial structure: the blocs are then no more than an order of the rows."""
        return self.silhouette <= WEAK

    def cell(self, a: str, b: str) -> Agreement | None:
        """Return the agreement of two members, None where they share too few issues."""
        return self.cells.get((min(a, b), max(a, b)))


def find_blocs(
    archive: Archive,
    *,
    since: date | None = None,
    until: date | None = None,
    spoken_for: SpokenFor = "apart",
    least: int = LEAST_ISSUES,
    number: int | None = None,
) -> Blocs:
    """Return the blocs that states fall into by average linkage of distances; needs the extra [stats].

    The distance of two is 1 - (agreed + PRIOR m) / (n + PRIOR), m being the share agreed over all pairs; with
    fewer than `least` issues it is unknown. Of 2 to MOST_BLOCS blocs the number with the highest silhouette
    is taken (a state alone is no bloc), unless `number` says it. Raises NotInArchive where fewer than three
    states share enough.
    """
    told = held_stances(archive, since=since, until=until)
    table = _table(told.all if spoken_for == "include" else told.own)
    sides = Sides(table, sorted(table))
    kept = _keep(sides, least)
    if len(kept) < 3:
        raise NotInArchive(_too_few(archive, table, sides, least))
    sides = Sides(table, kept)
    distances, mean = sides.distances(least)
    labels, tried = choose(distances, min(MOST_BLOCS, len(kept) - 1))
    if number:
        labels = cut(fill_unknown(distances), number)
        tried = {**tried, len(set(labels)): _mean(silhouettes(distances, labels))}
    cells = _cells(table, kept, least)
    return Blocs(
        tuple(_members(sides, distances, labels, cells)), cells, tried[len(set(labels))], tried,
        tuple(code for code in sorted(table) if code not in kept), mean, least,
    )  # fmt: skip


class Sides:
    """Who is for and who against, as matrices of states by issues; those who claim one thing part."""

    def __init__(self, table: Table, codes: Sequence[str]) -> None:
        import numpy as np

        self.codes = tuple(codes)
        told = Counter(issue for code in codes for issue in table[code])
        issues = {issue: k for k, issue in enumerate(sorted(i for i, n in told.items() if n > 1))}
        self.pro, self.contra, self.claim = (np.zeros((len(codes), len(issues))) for _ in range(3))
        for row, code in enumerate(codes):
            for issue, held in table[code].items():
                if issue in issues:
                    side = self.contra if held.stance in AGAINST else self.pro
                    side[row, issues[issue]] = 1.0
                    self.claim[row, issues[issue]] = held.stance == "claim"

    def count(self, weights: Matrix | None = None) -> tuple[Matrix, Matrix]:
        """Return, for each two states, the issues they agree on and those they are both on record on."""
        w = 1.0 if weights is None else weights
        alike = (self.pro * w) @ self.pro.T + (self.contra * w) @ self.contra.T
        both = self.pro + self.contra
        return alike - (self.claim * w) @ self.claim.T, (both * w) @ both.T

    def distances(self, least: int, weights: Matrix | None = None) -> tuple[Matrix, float]:
        """Return the distances, unknown ones nan, and the share agreed over all pairs."""
        import numpy as np

        agreed, n = self.count(weights)
        above = np.triu_indices(len(self.codes), 1)
        mean = float(agreed[above].sum() / max(1.0, n[above].sum()))
        distances: Matrix = 1 - (agreed + PRIOR * mean) / (n + PRIOR)
        distances[n < least] = np.nan
        np.fill_diagonal(distances, 0.0)
        return distances, mean

    @property
    def n_issues(self) -> int:
        """The issues that two states or more are on record on."""
        return int(self.pro.shape[1])


def _table(held: Iterable[Held]) -> dict[str, dict[str, Held]]:
    table: dict[str, dict[str, Held]] = {}
    for one in held:
        if one.stance != "neutral":
            table.setdefault(one.code, {})[one.issue] = one
    return table


def _keep(sides: Sides, least: int) -> list[str]:
    """Return the states with enough known cells among themselves: the least known goes first, one by one."""
    import numpy as np

    _, n = sides.count()
    known = n >= least
    np.fill_diagonal(known, False)
    kept = list(range(len(sides.codes)))
    while len(kept) > 1:
        counts = known[np.ix_(kept, kept)].sum(axis=1)
        worst = int(np.argmin(counts))
        if counts[worst] >= LEAST_KNOWN * (len(kept) - 1):
            break
        del kept[worst]
    return [sides.codes[row] for row in kept] if len(kept) > 1 else []


def _too_few(archive: Archive, table: Table, sides: Sides, least: int) -> str:
    import numpy as np

    _, n = sides.count()
    most = int(n[np.triu_indices(len(sides.codes), 1)].max()) if len(sides.codes) > 1 else 0
    return (
        f"{archive.path} has positions of {len(table)} states in this window, and no three of them share "
        f"{least} issues with one another (the most two share is {most}); widen the window, lower --min, or "
        "add reports."
    )


def _cells(table: Table, codes: Sequence[str], least: int) -> dict[tuple[str, str], Agreement]:
    cells = {}
    for a, b in combinations(sorted(codes), 2):
        cell = Agreement(a, b, "", shared_issues(table[a], table[b]))
        if cell.n >= least:
            cells[a, b] = cell
    return cells


def _members(
    sides: Sides,
    distances: Matrix,
    labels: Sequence[int],
    cells: Mapping[tuple[str, str], Agreement],
) -> Iterator[Member]:
    """Yield the states bloc by bloc, blocs numbered from the largest."""
    fits = silhouettes(distances, labels)
    stable = _stability(sides, labels)
    numbers: dict[int, int] = {}
    for row in in_order(fill_unknown(distances), labels):
        code = sides.codes[row]
        mine = [cell for pair, cell in cells.items() if code in pair]
        records = {(line.a if cell.a == code else line.b).record for cell in mine for line in cell.issues}
        bloc = numbers.setdefault(labels[row], len(numbers) + 1)
        yield Member(code, bloc, fits[row], stable[row], len(mine), tuple(sorted(records)))


def _stability(sides: Sides, labels: Sequence[int]) -> list[float]:
    """Return how often each state stands with those of its bloc when issues are drawn with replacement."""
    import numpy as np

    chance = np.random.default_rng(SEED)
    size, issues = len(labels), sides.n_issues
    together = np.zeros((size, size))
    for _ in range(DRAWS):
        weights = chance.multinomial(issues, np.full(issues, 1 / issues)).astype(float)
        distances, _mean_share = sides.distances(1, weights)
        drawn = np.array(cut(fill_unknown(distances), len(set(labels))))
        together += drawn[:, None] == drawn[None, :]
    together /= DRAWS
    named = np.array(labels)
    stable = []
    for row in range(size):
        mates = (named == named[row]) & (np.arange(size) != row)
        others = np.arange(size) != row
        stable.append(float(together[row][mates].mean() if mates.any() else 1 - together[row][others].max()))
    return stable


def _mean(scores: Sequence[float]) -> float:
    return sum(scores) / len(scores)
