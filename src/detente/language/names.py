"""Names of a sentence from per-word scores of O, B-PER, I-PER, …: the best sequence that makes sense."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from detente.language.analysis import Name, NameKind

Scores = npt.NDArray[np.float32]


def find_names(scores: Scores, labels: Sequence[str]) -> tuple[Name, ...]:
    """Return the names of a sentence by token index, from [words, labels] scores."""
    best = scores.argmax(1)
    if not best.any():
        return ()
    path = best.tolist()
    if not _makes_sense(path, labels):
        path = _best_path(scores, labels)
    return tuple(_spans(path, labels))


def _makes_sense(path: list[int], labels: Sequence[str]) -> bool:
    before = "O"
    for i in path:
        label = labels[i]
        if label[0] == "I" and before[2:] != label[2:]:
            return False
        before = label
    return True


def _best_path(scores: Scores, labels: Sequence[str]) -> list[int]:
    """Return the best sequence in which I-X follows only B-X or I-X."""
    n, k = scores.shape
    barred = np.zeros((k, k), dtype=np.float64)
    for i, before in enumerate(labels):
        for j, label in enumerate(labels):
            if label[0] == "I" and before[2:] != label[2:]:
                barred[i, j] = -1e9
    first = np.array([-1e9 if label[0] == "I" else 0.0 for label in labels])
    shifted = scores - scores.max(1, keepdims=True)
    log = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    total = log[0] + first
    back = np.zeros((n, k), dtype=np.intp)
    for t in range(1, n):
        step = total[:, None] + barred
        back[t] = step.argmax(0)
        total = step.max(0) + log[t]
    path = [int(total.argmax())]
    for t in range(n - 1, 0, -1):
        path.append(int(back[t, path[-1]]))
    return path[::-1]


def _spans(path: list[int], labels: Sequence[str]) -> list[Name]:
    names: list[Name] = []
    for i, index in enumerate(path):
        label = labels[index]
        if label == "O":
            continue
        kind: NameKind = label[2:]  # type: ignore[assignment]
        if label[0] == "I" and names and names[-1].end == i and names[-1].kind == kind:
            names[-1] = Name(names[-1].start, i + 1, kind)
        else:
            names.append(Name(i, i + 1, kind))
    return names
