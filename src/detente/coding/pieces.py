"""A sentence re-cut for grammars of numbers and times: digits, words and marks, each with its offsets.

Readers cut «$1.5bn», «US$10», «two-day» and «3-4» in different ways; a piece is always a run of
digits, a run of letters or one mark, so one grammar fits them all. `token` ties it back to the tree.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from detente.language.analysis import Sentence, Span, Token

_PIECE = re.compile(
    r"""
    (?P<number>
        \d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)          # 2,802  1,234.5
      | \d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?(?!\d)    # 12,34,567 (lakhs)
      | \d+(?:\.\d+)?
      | (?<![\w.])\.\d+
    )
  | (?P<word>(?:[^\W\d_]\.){2,}|[^\W\d_]+)
  | (?P<mark>\S)
    """,
    re.VERBOSE,
)


_MOST_DIGITS = 24  # longer runs are keys and codes: no amount in news has as many


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of digits, a run of letters, or one mark; offsets are those of the field it stands in.

    `glued` tells that nothing stands between it and the piece before («m» in «€3m»).
    """

    start: int
    end: int
    text: str
    low: str
    kind: Literal["number", "word", "mark"]
    token: int
    glued: bool

    @property
    def number(self) -> float:
        """The value of a run of digits: «2,802» -> 2802.0."""
        return float(self.text.replace(",", ""))

    @property
    def is_capital(self) -> bool:
        return self.text[:1].isupper()


def cut_pieces(sentence: Sentence) -> tuple[Piece, ...]:
    """Return the pieces of a sentence, left to right; `piece.token` is the token that holds its start."""
    pieces: list[Piece] = []
    token, last = 0, -1
    tokens = sentence.tokens
    for match in _PIECE.finditer(sentence.text):
        start, end = match.start() + sentence.start, match.end() + sentence.start
        while token + 1 < len(tokens) and tokens[token + 1].start <= start:
            token += 1
        kind: Literal["number", "word", "mark"] = match.lastgroup  # type: ignore[assignment]
        text = match.group()
        if kind == "number" and len(text) > _MOST_DIGITS:
            kind = "mark"
        pieces.append(Piece(start, end, text, text.lower().replace("’", "'"), kind, token, start == last))
        last = end
    return tuple(pieces)


def span_of(sentence: Sentence, index: int, start: int, end: int) -> Span:
    """Return the token span that covers character offsets [start, end) of the sentence numbered `index`.

    Its head is the token of the span whose governor lies outside it: «July» in «on July 3-4».
    """
    first = bisect_right(sentence.tokens, start, key=_end_of)
    first = first if first < len(sentence.tokens) else 0
    last = first
    for i in range(first, len(sentence.tokens)):
        if sentence.tokens[i].start >= end:
            break
        last = i
    inside = range(first, last + 1)
    head = next((i for i in inside if sentence.tokens[i].head not in inside), last)
    return Span(index, first, last + 1, head)


def _end_of(token: Token) -> int:
    return token.end


def text_of(pieces: tuple[Piece, ...], start: int, end: int, sentence: Sentence) -> str:
    """Return the words of pieces [start, end) as they stand in the sentence."""
    first, last = pieces[start], pieces[end - 1]
    return sentence.text[first.start - sentence.start : last.end - sentence.start]
