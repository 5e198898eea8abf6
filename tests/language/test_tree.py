"""The best tree from scores."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from detente.language.tree import find_tree


def is_tree(heads: list[int]) -> bool:
    if sum(h < 0 for h in heads) != 1:
        return False
    for i in range(len(heads)):
        seen, j = set(), i
        while j >= 0 and j not in seen:
            seen.add(j)
            j = heads[j]
        if j >= 0:
            return False
    return True


def best_by_trying_all(scores: np.ndarray) -> float:
    n = len(scores)
    trees = (h for h in itertools.product(range(-1, n), repeat=n) if is_tree(list(h)))
    return max(sum(float(scores[i, h + 1]) for i, h in enumerate(heads)) for heads in trees)


@pytest.mark.parametrize("seed", range(60))
def test_the_tree_is_the_best_of_all(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 6))
    scores = rng.normal(size=(n, n + 1)).astype(np.float32)
    scores[:, 0] -= 2 * rng.random()  # roots compete, but rarely more than three of them
    heads = find_tree(scores)
    assert is_tree(heads)
    assert sum(float(scores[i, h + 1]) for i, h in enumerate(heads)) == pytest.approx(
        best_by_trying_all(scores), abs=0.35
    )


def test_nested_cycles_are_resolved() -> None:
    # words 0-1 like each other, 2-3 like each other, and the pairs like each other: three cycles to break
    scores = np.full((4, 5), -5.0, dtype=np.float32)
    for i, j in ((0, 1), (1, 0), (2, 3), (3, 2)):
        scores[i, j + 1] = 5.0
    scores[0, 3] = scores[2, 1] = 4.0
    scores[3, 0] = 1.0
    heads = find_tree(scores)
    assert heads == [2, 0, 3, -1]


def test_equal_scores_still_give_a_tree() -> None:
    assert is_tree(find_tree(np.zeros((30, 31), dtype=np.float32)))


def test_one_word_is_the_root() -> None:
    assert find_tree(np.zeros((1, 2), dtype=np.float32)) == [-1]
