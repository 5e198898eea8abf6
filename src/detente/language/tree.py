"""The best tree from scores of governors: greedy where that is a tree, Chu-Liu/Edmonds where not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Indices = npt.NDArray[np.intp]
Scores = npt.NDArray[np.float32]


def find_tree(scores: Scores) -> list[int]:
    """Return each word's governor, -1 for the one root.

    `scores[i, j]` rates word j-1 as governor of word i, and column 0 the root. The result is always
    a tree with exactly one root.
    """
    n = scores.shape[0]
    if n == 1:
        return [-1]
    exact: npt.NDArray[np.float64] = scores.astype(np.float64)
    exact[np.arange(n), np.arange(1, n + 1)] = -np.inf
    heads = exact.argmax(1) - 1
    roots = np.flatnonzero(heads < 0)
    if len(roots) == 1 and not _find_cycle(heads):
        return [int(h) for h in heads]
    trees = [_tree_under(exact, int(root)) for root in _root_candidates(exact, roots)]
    return max(trees, key=lambda heads: sum(exact[i, h + 1] for i, h in enumerate(heads)))


MAX_ROOTS = 3  # more candidates never won on the development treebanks


def _root_candidates(scores: npt.NDArray[np.float64], roots: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Return the words that lose least by being the root, the best first."""
    gain = scores[:, 0] - scores[:, 1:].max(1)
    pool = roots if len(roots) else np.arange(scores.shape[0])
    return pool[np.argsort(-gain[pool], kind="stable")[:MAX_ROOTS]]


def _tree_under(scores: npt.NDArray[np.float64], root: int) -> list[int]:
    fixed = scores.copy()
    fixed[:, 0] = -np.inf
    fixed[root] = -np.inf
    fixed[root, 0] = 0.0
    return _edmonds(fixed)


def _find_cycle(heads: npt.NDArray[np.intp]) -> list[int]:
    """Return the words of one cycle, none if there is no cycle."""
    state = [0] * len(heads)
    for start in range(len(heads)):
        path = []
        i = start
        while i >= 0 and state[i] == 0:
            state[i] = 1
            path.append(i)
            i = int(heads[i])
        if i >= 0 and state[i] == 1:
            return path[path.index(i) :]
        for j in path:
            state[j] = 2
    return []


@dataclass(frozen=True, slots=True)
class _Cycle:
    """A contracted cycle: for each node in it, the words it holds and the edge that entered it."""

    words: list[list[int]]
    deps: list[int]
    governors: list[int]


def _edmonds(scores: npt.NDArray[np.float64]) -> list[int]:
    """Return the maximum tree's governors by contracting cycles one after another."""
    n = scores.shape[0]
    live = scores.copy()
    active = np.ones(n, dtype=bool)
    holds: list[list[int]] = [[i] for i in range(n)]
    dep = np.repeat(np.arange(n)[:, None], n + 1, axis=1)  # the original edge behind each live one
    gov = np.repeat(np.arange(-1, n)[None, :], n, axis=0)
    cycles: list[_Cycle] = []
    while True:
        heads = np.where(active, live.argmax(1) - 1, -1)
        cycle = _find_cycle(heads)
        if not cycle:
            break
        cols = np.array(cycle)
        ends = heads[cols] + 1
        cycles.append(_Cycle([holds[j] for j in cycle], dep[cols, ends].tolist(), gov[cols, ends].tolist()))
        _contract(live, dep, gov, active, cols, ends)
        holds[cycle[0]] = [w for j in cycle for w in holds[j]]
    result = [-2] * n
    for i in np.flatnonzero(active):
        result[dep[i, heads[i] + 1]] = int(gov[i, heads[i] + 1])
    for done in reversed(cycles):
        for words, d, g in zip(done.words, done.deps, done.governors, strict=True):
            if all(result[w] == -2 for w in words):
                result[d] = g
    return result


def _contract(
    live: npt.NDArray[np.float64], dep: Indices, gov: Indices, active: npt.NDArray[np.bool_],
    cols: Indices, ends: Indices,
) -> None:  # fmt: skip
    """Make one node of a cycle, in place: its first node stands for all."""
    n = live.shape[0]
    every, keep = np.arange(n + 1), cols[0]
    inward = live[cols] - live[cols, ends][:, None]  # an edge into the cycle replaces one edge of it
    into = inward.argmax(0)
    row = (inward.max(0), dep[cols[into], every], gov[cols[into], every])
    out_of = live[:, cols + 1].argmax(1)
    rows = np.arange(n)
    column = (live[:, cols + 1].max(1), dep[rows, cols[out_of] + 1], gov[rows, cols[out_of] + 1])
    live[keep], dep[keep], gov[keep] = row
    live[:, keep + 1], dep[:, keep + 1], gov[:, keep + 1] = column
    live[keep, cols + 1] = -np.inf
    active[cols[1:]] = False
    live[:, cols[1:] + 1] = -np.inf
    live[cols[1:]] = -np.inf
