"""An archive in, the signed web of its states out: who treats whom well or ill, and who stands central.

A tie is a pair of states with acts between them; its sign follows from the mean weight of these acts. Ties,
strengths and signs need no extra; centrality and communities are networkx's (`pip install 'detente[stats]'`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from detente.errors import InputError, NotInArchive, need
from detente.measures.counting import IS_COUNTED, counted_values
from detente.measures.naming import body_codes, state_name
from detente.records import COUNTED

if TYPE_CHECKING:
    from detente.archive import Archive

NEUTRAL = 0.5  # a mean weight within ±0.5 has no sign; a rebuke (-3) to a visit (2.5) has a mean of -0.25
SEED = 20170704  # of the search for communities, so that one web gives one answer
DAMPING = 0.85  # of PageRank, as Brin and Page (1998) set it


@dataclass(frozen=True, slots=True)
class Tie:
    """A pair of states and their acts: «GRC-TUR, 13 acts, sum 21, mean 1.6, friendly».

    `total` and `mean` are on the PLOVER 2.0 scale; `cooperation` is the sum of the weights above 0,
    `conflict` that of those below, without its sign. `sign` is 1, -1 or 0. `record` tells the weightiest act
    of that sign.
    """

    a: str
    b: str
    n: int
    total: float
    mean: float
    sign: int
    cooperation: float
    conflict: float
    acts: tuple[str, ...]
    record: str

    @property
    def weight(self) -> float:
        """How much passed between the two, for good or ill, in PLOVER points: 0 and up."""
        return self.cooperation + self.conflict


@dataclass(frozen=True, slots=True)
class Node:
    """A state in the web: its ties by sign, and what passed on them in PLOVER points.

    `centrality` and `cooperation_centrality` are PageRanks (shares that sum to 1) along ties by `weight` and
    by `cooperation`; `community` numbers the group it cooperates with, 1 the largest. Both None before
    `rank_states`.
    """

    code: str
    name: str
    ties: int
    friends: int
    foes: int
    n: int
    cooperation: float
    conflict: float
    acts: tuple[str, ...]
    centrality: float | None = None
    cooperation_centrality: float | None = None
    community: int | None = None


@dataclass(frozen=True, slots=True)
class Web:
    """States and ties of a window. `neutral` is the mean weight a tie must pass to bear a sign.

    `modularity` says how far the communities part from chance (-0.5 to 1), None before `rank_states`.
    """

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    since: date | None = None
    until: date | None = None
    neutral: float = NEUTRAL
    modularity: float | None = None

    @property
    def acts(self) -> tuple[str, ...]:
        """All acts on the web, each once, by id."""
        return tuple(sorted({act for tie in self.ties for act in tie.acts}))

    def name_of(self, code: str) -> str:
        """Return the name of a state in the web: NOR is Norway."""
        return next((node.name for node in self.nodes if node.code == code), code)


_TIES = f"""
with told as (
    select act, record, day, intensity, unnest(pairs) as pair from acts where {IS_COUNTED}
),
sided as (
    select *, split_part(pair, '-', 1) as a, split_part(pair, '-', 2) as b from told
)
select a, b, count(*) as n, sum(intensity) as total, list(act order by day, act) as acts,
    sum(greatest(intensity, 0)) as cooperation, sum(greatest(-intensity, 0)) as conflict,
    first(record order by intensity desc, day desc, act) as best,
    first(record order by intensity, day desc, act) as worst
from sided
where not list_contains(?, a) and not list_contains(?, b)
    and (len(?) = 0 or (list_contains(?, a) and list_contains(?, b)))
group by a, b having count(*) >= ? order by n desc, a, b
"""


def draw_web(
    archive: Archive,
    *,
    states: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
    statuses: Collection[str] = COUNTED,
    min_acts: int = 1,
    neutral: float = NEUTRAL,
) -> Web:
    """Return the web of a window: every pair of states with at least `min_acts` counted acts, busiest first.

    `states` keeps the ties among these codes alone. A tie is friendly (1) where the mean weight of its acts
    is above `neutral`, hostile (-1) where it is below minus `neutral`, else it has no sign (0). Raises
    NotInArchive where no tie is left.
    """
    if neutral < 0:
        raise InputError(f"The bound of signs is {neutral:g}: it must be 0 or above.", stage="web")
    bodies, wanted = body_codes(), list(states)
    values = [*counted_values(statuses, since, until), bodies, bodies, wanted, wanted, wanted, min_acts]
    rows = archive.sql(_TIES, values).to_pylist()
    if not rows:
        raise NotInArchive(_say_empty(archive, wanted, since, until, min_acts))
    ties = tuple(_tie(row, neutral) for row in rows)
    return Web(_nodes(ties), ties, since, until, neutral)


def rank_states(web: Web) -> Web:
    """Return the web with centrality and communities; raises MissingExtra without networkx.

    A state is central that has much to do with states that have much to do (PageRank). Communities are those
    that part the sums of cooperation best (Louvain, with a fixed seed); states without any stand alone.
    """
    networkx = need("networkx", "stats")
    graph = to_graph(web)
    by_weight = networkx.pagerank(graph, alpha=DAMPING, weight="weight")
    by_cooperation = networkx.pagerank(graph, alpha=DAMPING, weight="cooperation")
    cooperates = any(tie.cooperation for tie in web.ties)
    groups = [{code} for code in graph]
    if cooperates:
        groups = networkx.community.louvain_communities(graph, weight="cooperation", seed=SEED)
    ordered = sorted(map(sorted, groups), key=lambda group: (-len(group), group))
    number = {code: n for n, group in enumerate(ordered, 1) for code in group}
    nodes = (
        replace(
            node, centrality=by_weight[node.code], cooperation_centrality=by_cooperation[node.code],
            community=number[node.code],
        )
        for node in web.nodes
    )  # fmt: skip
    parted = networkx.community.modularity(graph, ordered, weight="cooperation") if cooperates else None
    return replace(web, nodes=tuple(nodes), modularity=parted)


def to_graph(web: Web) -> Any:
    """Return the web as a networkx Graph; nodes and edges bear its numbers, none of them empty."""
    networkx = need("networkx", "stats")
    graph = networkx.Graph()
    for node in sorted(web.nodes, key=lambda node: node.code):
        graph.add_node(node.code, **_known(node, "label", "name", "acts"), label=node.name)
    for tie in sorted(web.ties, key=lambda tie: (tie.a, tie.b)):
        told = _known(tie, "a", "b", "acts")
        graph.add_edge(tie.a, tie.b, **told, weight=tie.weight, acts=";".join(tie.acts))
    return graph


def _known(line: Node | Tie, *without: str) -> dict[str, Any]:
    """Return the fields of a line that have a value."""
    told = {name: getattr(line, name) for name in line.__slots__ if name not in without}
    return {name: value for name, value in told.items() if value is not None}


def _tie(row: Mapping[str, Any], neutral: float) -> Tie:
    mean = row["total"] / row["n"]
    sign = 1 if mean > neutral else -1 if mean < -neutral else 0
    friendly = sign > 0 or (sign == 0 and row["cooperation"] >= row["conflict"])
    return Tie(
        row["a"], row["b"], row["n"], row["total"], mean, sign, row["cooperation"], row["conflict"],
        tuple(row["acts"]), row["best"] if friendly else row["worst"],
    )  # fmt: skip


def _nodes(ties: Iterable[Tie]) -> tuple[Node, ...]:
    """Return the states of ties, the one with most passing on its ties first."""
    of: dict[str, list[Tie]] = {}
    for tie in ties:
        of.setdefault(tie.a, []).append(tie)
        of.setdefault(tie.b, []).append(tie)
    nodes = (_node(code, mine) for code, mine in of.items())
    return tuple(sorted(nodes, key=lambda node: (-(node.cooperation + node.conflict), node.code)))


def _node(code: str, ties: Sequence[Tie]) -> Node:
    return Node(
        code, state_name(code), len(ties),
        friends=sum(tie.sign > 0 for tie in ties), foes=sum(tie.sign < 0 for tie in ties),
        n=sum(tie.n for tie in ties), cooperation=sum(tie.cooperation for tie in ties),
        conflict=sum(tie.conflict for tie in ties),
        acts=tuple(sorted({act for tie in ties for act in tie.acts})),
    )  # fmt: skip


def _say_empty(
    archive: Archive, states: Sequence[str], since: date | None, until: date | None, min_acts: int
) -> str:
    whom = f"among {', '.join(states)} " if states else ""
    window = "".join(f"{word} {day} " for word, day in (("from", since), ("to", until)) if day is not None)
    return (
        f"{archive.path} has no pair of states {whom}with {min_acts} counted act{'s' * (min_acts > 1)} "
        f"or more {window}on record; widen the window, or ask `detente movers` which pairs it holds."
    )
