"""Blocks of a text: paragraphs, headings and list items, before any word is read.

A blank line ends a block. Inside one, a line break counts only where the writer broke early, or where
lines are too long to be wrapped ones; a bullet opens an item, and a dateline stands alone as a heading.
Offsets are half-open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["prose", "heading", "item"]

WRAP_COLUMNS = 110  # hand- or machine-wrapped text keeps its lines within this; longer lines are paragraphs
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\."
)
_DAY = rf"(?:(?:{_MONTHS})\ \d{{1,2}}|\d{{1,2}}\ (?:{_MONTHS}))(?:,?\ \d{{4}})?"
# «MOSCOW, July 3 (Reuters) - », «BEIJING — », «(AP) — », «GENEVA, 4 May 2021 – », «MOSCOW, July 4. /TASS/. »
_DATELINE = re.compile(
    rf"""(?:
      [A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]+){{0,3}}(?:,\ [A-Z][A-Za-z.]+(?:\ [A-Z][a-z]+)?)?
      (?:,\ {_DAY})?(?:\ \([A-Z][\w/ ]{{1,30}}\))?\ ?(?:-{{1,2}}|[–—])\ (?=\S)
    | [A-Z][\w.'’-]+(?:\ [A-Z][\w.'’-]+){{0,2}}(?:,\ {_DAY})?\ \([A-Z][\w/ ]{{1,30}}\)
      \ ?(?:-{{1,2}}|[–—])\ (?=\S)
    | [A-Z][\w.'’-]+(?:\ [A-Z][\w.'’-]+){{0,2}},\ {_DAY}\.?\ (?:/[A-Z]+/\.?|(?:-{{1,2}}|[–—]))\ (?=\S)
    | \([A-Z][\w/ ]{{1,30}}\)\ ?(?:-{{1,2}}|[–—])\ (?=\S)
    )""",
    re.VERBOSE,
)
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
            kind = _kind(text[start:end])
            dateline = _DATELINE.match(text, start, end) if kind == "prose" else None
            if dateline:
                a, b = _trim(text, start, dateline.end())
                blocks.append(Block(a, b, "heading", number))
                start, _ = _trim(text, dateline.end(), end)
            blocks.append(Block(start, end, kind, number))
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


def _breaks(
    text: str, held: tuple[int, int], line: tuple[int, int], longest: int, lines: list[tuple[int, int]]
) -> bool:
    """Whether the line break before `line` is one the writer meant."""
    if longest > WRAP_COLUMNS or _BULLET.match(text, *line):
        return True
    before = text.rfind("\n", held[0], held[1]) + 1 or held[0]
    width = held[1] - max(before, held[0])
    first_word = len(text[line[0] : line[1]].split(None, 1)[0])
    return width + 1 + first_word <= longest * 0.85 or (len(lines) == 2 and longest < 60)


def _kind(words: str) -> Kind:
    if _BULLET.match(words):
        return "item"
    short = len(words) <= HEADING_CHARACTERS and words.count(" ") < HEADING_WORDS
    bare = not _FINAL.search(words) and any(c.isalpha() for c in words)
    return "heading" if short and bare and "\n" not in words else "prose"
