"""Pieces of a marked text join to the text again, whatever the spans."""

from hypothesis import given
from hypothesis import strategies as st

from detente.views.marking import cut_at_marks

spans = st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40)), max_size=12)


def test_overlapping_spans_share_their_words() -> None:
    pieces = [(p.text, p.marks) for p in cut_at_marks("Xi met Putin", [(0, 6), (3, 12)])]
    assert pieces == [("Xi ", (0,)), ("met", (0, 1)), (" Putin", (1,))]


@given(st.text(max_size=30), spans)
def test_pieces_join_to_the_text_and_bear_exactly_the_spans_over_them(
    text: str, spans: list[tuple[int, int]]
) -> None:
    pieces = list(cut_at_marks(text, spans))
    assert "".join(p.text for p in pieces) == text
    for piece in pieces:
        for place in range(piece.start, piece.end):
            assert piece.marks == tuple(i for i, (a, b) in enumerate(spans) if a <= place < b)
