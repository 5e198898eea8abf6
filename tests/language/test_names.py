"""Names from label scores."""

from __future__ import annotations

import numpy as np

from detente.language.analysis import Name
from detente.language.names import find_names

LABELS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]


def scores(*rows: tuple[float, ...]) -> np.ndarray:
    return np.array(rows, dtype=np.float32)


def test_a_begun_and_continued_name_is_one() -> None:
    found = find_names(scores((0, 5, 0, 0, 0), (0, 0, 5, 0, 0), (5, 0, 0, 0, 0)), LABELS)
    assert found == (Name(0, 2, "PER"),)


def test_two_names_side_by_side_stay_two() -> None:
    found = find_names(scores((0, 0, 0, 5, 0), (0, 5, 0, 0, 0)), LABELS)
    assert found == (Name(0, 1, "LOC"), Name(1, 2, "PER"))


def test_a_name_never_begins_in_its_middle() -> None:
    found = find_names(scores((5, 0, 0, 0, 0), (0, 4, 5, 0, 0), (0, 0, 5, 0, 0)), LABELS)
    assert found == (Name(1, 3, "PER"),)


def test_no_name_is_no_name() -> None:
    assert find_names(scores((5, 0, 0, 0, 0)), LABELS) == ()
