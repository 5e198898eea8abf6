"""A text and the spans in it -> pieces that each bear the marks over them, overlaps and all.

Nothing is altered: joined again, the pieces are the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Piece:
    """Words between two boundaries; `marks` are the indices of the spans that cover them."""

    start: int
    end: int
    text: str
    marks: tuple[int, ...]


def cut_at_marks(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """Yield the text cut wherever a span begins or ends; spans are half open and may overlap.

    «Xi met Putin» with (0, 6) and (3, 12) -> «Xi » under the first, «met» under both, « Putin»
    under the second. Spans beyond the text are clipped, empty ones ignored.
    """
    edges: dict[int, list[tuple[bool, int]]] = {0: [], len(text): []}
    for index, (start, end) in enumerate(spans):
        start, end = max(0, start), min(len(text), end)
        if start < end:
            edges.setdefault(start, []).append((True, index))
            edges.setdefault(end, []).append((False, index))
    places = sorted(edges)
    over: set[int] = set()
    for place, until in pairwise(places):
        for begins, index in edges[place]:
            (over.add if begins else over.discard)(index)
        yield Piece(place, until, text[place:until], tuple(sorted(over)))
