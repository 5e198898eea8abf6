"""A signed web in, its triads out: friend of my friend, enemy of my enemy, and whether signs balance.

Heider's and Cartwright-Harary's balance: three states are balanced where the product of their three signs is
positive. Whether a web is more balanced than chance is asked of its own signs, shuffled over its own ties.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from detente.measures.web import SEED, Tie, Web

if TYPE_CHECKING:
    import numpy as np

SHUFFLES = 2_000
KINDS = ("+++", "++-", "+--", "---")
MEANINGS = {
    "+++": "three friends",
    "++-": "a friend of both of two foes",
    "+--": "two friends with one foe",
    "---": "three foes",
}


@dataclass(frozen=True, slots=True)
class Triad:
    """Three states all tied with a sign: «USA friend of EGY and of ETH, who are foes» is ++-, unbalanced.

    `ties` come friends first. `between` is the state that the two ties of one sign share, where there is one:
    the friend of two foes, the foe of two friends.
    """

    states: tuple[str, str, str]
    kind: str
    ties: tuple[Tie, Tie, Tie]
    between: str | None

    @property
    def is_balanced(self) -> bool:
        """Whether the product of the signs is positive."""
        return self.kind in ("+++", "+--")

    @property
    def acts(self) -> tuple[str, ...]:
        """The acts on its ties, each once, by id."""
        return tuple(sorted({act for tie in self.ties for act in tie.acts}))


@dataclass(frozen=True, slots=True)
class Balance:
    """How balanced a web is: «9 of 12 triads balanced; of shuffled signs 6.1 (3 to 9); p = .04».

    `share` is balanced triads / triads. `expected`, `low` and `high` are the mean and the middle 95 % of the
    share in webs with the same ties and the same signs, shuffled; `p` is the share of these (and of this web
    itself) that are as balanced or more. All None where there is no triad.
    """

    counts: tuple[int, int, int, int]
    n: int
    share: float | None
    expected: float | None
    low: float | None
    high: float | None
    p: float | None
    shuffles: int
    triads: tuple[Triad, ...]


def weigh_balance(web: Web, *, shuffles: int = SHUFFLES, seed: int = SEED) -> Balance:
    """Return the triads of a web's signed ties, and their share in balance against shuffled signs.

    Ties without a sign are left out, from the triads and from the shuffle.
    """
    ties = [tie for tie in web.ties if tie.sign]
    corners = find_triangles(ties)
    triads = tuple(sorted((_triad([ties[n] for n in three]) for three in corners), key=_by_kind))
    counts = tuple(sum(triad.kind == kind for triad in triads) for kind in KINDS)
    if not triads:
        return Balance((0, 0, 0, 0), 0, None, None, None, None, None, shuffles, ())
    import numpy as np

    share = sum(triad.is_balanced for triad in triads) / len(triads)
    drawn = _shuffle(np.array([tie.sign for tie in ties]), np.array(corners), shuffles, seed)
    low, high = np.quantile(drawn, (0.025, 0.975))
    as_balanced = int((drawn >= share - 1e-12).sum())
    return Balance(
        (counts[0], counts[1], counts[2], counts[3]), len(triads), share, float(drawn.mean()), float(low),
        float(high), (1 + as_balanced) / (1 + shuffles), shuffles, triads,
    )  # fmt: skip


def find_triangles(ties: Sequence[Tie]) -> list[tuple[int, int, int]]:
    """Return the places of each three ties that close a triangle."""
    at = {(tie.a, tie.b): n for n, tie in enumerate(ties)}
    beyond: dict[str, list[str]] = {}
    for a, b in sorted(at):
        beyond.setdefault(a, []).append(b)
    return [
        (at[a, b], at[a, c], at[b, c])
        for a, others in sorted(beyond.items())
        for b, c in combinations(others, 2)
        if (b, c) in at
    ]


def _shuffle(signs: np.ndarray, corners: np.ndarray, shuffles: int, seed: int) -> np.ndarray:
    """Return the share of balanced triads in each shuffle of the signs over the ties."""
    import numpy as np

    draw = np.random.default_rng(seed)
    shares = np.empty(shuffles)
    for n in range(shuffles):
        shuffled = draw.permutation(signs)[corners]
        shares[n] = (shuffled.prod(axis=1) > 0).mean()
    return shares


def _triad(ties: Sequence[Tie]) -> Triad:
    one, two, three = sorted(ties, key=lambda tie: (-tie.sign, tie.a, tie.b))
    kind = "".join("+" if tie.sign > 0 else "-" for tie in (one, two, three))
    alike = {"++-": (one, two), "+--": (two, three)}.get(kind)
    shared = {alike[0].a, alike[0].b} & {alike[1].a, alike[1].b} if alike else set()
    a, b, c = sorted({one.a, one.b, two.a, two.b, three.a, three.b})
    return Triad((a, b, c), kind, (one, two, three), next(iter(shared), None))


def _by_kind(triad: Triad) -> tuple[int, float, tuple[str, str, str]]:
    return KINDS.index(triad.kind), -sum(tie.n for tie in triad.ties), triad.states
