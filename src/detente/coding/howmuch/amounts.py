"""A line of pieces and an amount found in it: what the readers of numbers hand each other."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from detente.coding.pieces import Piece
from detente.knowledge.units import Op, counted_nouns, find_unit, singular
from detente.language.analysis import Sentence

_FURNITURE = frozenset(
    {"comment", "reply", "like", "retweet", "view", "click", "photo", "share", "tag", "result", "min", "star"}
)
NUMBER_LINK = frozenset(
    {"more", "other", "additional", "new", "further", "extra", "of", "its", "the", "these", "those"}
)
STOPS = frozenset(
    "and or but in on at by for to from with as that which who was were is are had has have will would "
    "said says after before during while when if than between among into over under per nor because "
    "since until about against through without within he she it they we you i not also including killed "
    "wounded injured dead missing arrested ago later earlier old".split()
)


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity by piece index, half open."""

    start: int
    end: int
    value: float | tuple[float, float]
    unit: str
    op: Op = "="
    bracketed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its pieces, what the readers below all look at."""

    sentence: Sentence
    pieces: tuple[Piece, ...]

    def low(self, i: int) -> str:
        return self.pieces[i].low if 0 <= i < len(self.pieces) else ""

    def is_number(self, i: int) -> bool:
        return 0 <= i < len(self.pieces) and self.pieces[i].kind == "number"


def joined_between(line: Line, found: list[Found]) -> list[Found]:
    """Return amounts with «between 20 percent and 25 percent» as one with two ends."""
    kept: list[Found] = []
    for q in found:
        last = kept[-1] if kept else None
        if last and last.unit == q.unit and line.low(last.end) == "and" and q.start == last.end + 1:
            low, high = last.value, q.value
            opens = "between" in (line.low(last.start), line.low(last.start - 1))
            if opens and not isinstance(low, tuple) and not isinstance(high, tuple) and low < high:
                kept[-1] = replace(last, end=q.end, value=(low, high))
                continue
        kept.append(q)
    return kept


def scaled(value: float | tuple[float, float], factor: float) -> float | tuple[float, float]:
    if isinstance(value, tuple):
        return exact(value[0] * factor), exact(value[1] * factor)
    return exact(value * factor)


def exact(value: float) -> float:
    """Return a value without the dust of binary fractions: 24.5 * 1e9 -> 24500000000.0."""
    return float(f"{value:.12g}")


def words_from(line: Line, i: int, length: int) -> tuple[tuple[str, ...], int]:
    """Return `length` words from piece `i`, hyphens between them passed over, and where they end."""
    words: list[str] = []
    j = i
    while len(words) < length:
        if j >= len(line.pieces):
            return (), i
        piece = line.pieces[j]
        if piece.low in ("-", "‑") and words:
            j += 1
            continue
        if piece.kind == "number":
            return (), i
        words.append(piece.low)
        j += 1
    return tuple(words), j


def counted_phrase(line: Line, i: int) -> tuple[str, int] | None:
    nouns = counted_nouns()
    for length in (4, 3, 2, 1):
        words, end = words_from(line, i, length)
        if words and words in nouns:
            if length == 1 and words[0] in ("state", "force", "call", "other", "good", "order") and i:
                continue
            return nouns[words].noun, end
    return None


def plain_noun(line: Line, i: int) -> tuple[str, int] | None:
    """Return a noun no table knows, in the singular; «Mexicans» and their kin are persons."""
    piece = line.pieces[i]
    if piece.is_capital and i:
        if re.search(r"(?:ans|ians|ese|is|ers|ards)$", piece.low) and len(piece.low) > 5:
            return "person", i + 1
        over = {n.kind for n in line.sentence.names if n.start <= piece.token < n.end}
        alone = not line.pieces[i - 1].is_capital  # «17 Sustainable Development Goals» are no people
        many = alone and piece.low.endswith("s") and line.sentence.tokens[piece.token].has("Number=Plur")
        return ("person", i + 1) if "NORP" in over or (many and not over) else None  # «235 Democrats»
    noun = singular(piece.low)
    if noun in _FURNITURE or len(noun) < 3 or find_unit(noun):
        return None
    if noun == piece.low and line.sentence.tokens[piece.token].has("Number=Sing"):
        return None  # «a 2016 referendum», «chapter 11 case»
    return noun, i + 1


def looks_plural(piece: Piece) -> bool:
    low = piece.low
    return len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is", "ous"))
