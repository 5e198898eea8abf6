"""Blocks of a text: paragraphs, headings and list items, before any word is read.

A blank line ends a block. Inside one, a line break counts only where the writer broke early, or
where lines are too long to be wrapped ones; a bullet opens an item. Offsets are half-open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["prose", "heading", "item"]

WRAP_COLUMNS = 110  # hand- or machine-wrapped text keeps its lines within this; longer lines are paragraphs
HEADING_CHARACTERS = 120
HEADING_WORDS = 16

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_BULLET = re.compile(r"\s*(?:[•‣◦▪●■*·–—-]\s+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)\s+|\d{1,2}\.\s+(?=[A-Z]))")
_FINAL = re.compile(r"[.!?…:;,][\s\"'”’»)\]]*$|[.!?…][\"'”’»)\]]+$")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that no sentence crosses; `paragraph` counts the blank-line separated ones."""

    start: int
    end: int
    kind: Kind
    paragraph: int


def split_blocks(text: str) -> list[Block]:
    """Return the blocks of a text in order; white space alone makes none."""
    blocks: list[Block] = []
    for number, lines in enumerate(_paragraphs(text)):
        for start, end in _join_wrapped(text, lines):
            blocks.append(Block(start, end, _kind(text[start:end]), number))
    return blocks


def _paragraphs(text: str) -> Iterator[list[tuple[int, int]]]:
    """Yield the non-blank lines of each paragraph, trimmed."""
    lines: list[tuple[int, int]] = []
    last = 0
    for match in _LINE.finditer(text):
        a, b = _trim(text, *match.span())
        if a == b:
            continue
        if lines and _blank_between(text, last, match.start()):
            yield lines
            lines = []
        lines.append((a, b))
        last = match.end()
    if lines:
        yield lines


def _trim(text: str, a: int, b: int) -> tuple[int, int]:
    while a < b and text[a].isspace():
        a += 1
    while b > a and text[b - 1].isspace():
        b -= 1
    return a, b


def _blank_between(text: str, a: int, b: int) -> bool:
    gap = text[a:b].replace("\r\n", "\n").replace("\r", "\n")
    return sum(gap.count(c) for c in "\n\x85\u2028\u2029\x0b\x0c") > 1 or "\u2029" in gap or "\x0c" in gap


def _join_wrapped(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    longest = max(b - a for a, b in lines)
    start, end = lines[0]
    for a, b in lines[1:]:
        if _breaks(text, (start, end), (a, b), longest, lines):
            yield start, end
            start = a
        end = b
    yield start, end


def _breaks(text: str, held: tuple[int, int], line: tuple[int, int], longest: int, lines: list[tuple[int, int]]) -> bool:
    """Whether the line break before `line` is one the writer meant."""
    if longest > WRAP_COLUMNS or _BULLET.match(text, *line):
        return True
    before = text.rfind("\n", held[0], held[1]) + 1 or held[0]
    width = held[1] - max(before, held[0])
    first_word = len(text[line[0] : line[1]].split(None, 1)[0])
    return width + 1 + first_word <= longest * 0.85 or len(lines) == 2 and longest < 60


def _kind(words: str) -> Kind:
    if _BULLET.match(words):
        return "item"
    short = len(words) <= HEADING_CHARACTERS and words.count(" ") < HEADING_WORDS
    bare = not _FINAL.search(words) and any(c.isalpha() for c in words)
    return "heading" if short and bare and "\n" not in words else "prose"
