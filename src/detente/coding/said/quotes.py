"""Quotation marks to quoted stretches: curly, straight, angled and lost ones, over paragraphs.

«“The port is open,” she said. “It stays open.”» gives two stretches. A mark that was lost costs one
sentence, never a page: an opening mark without its end closes with its sentence, and a closing mark
without its beginning opens with its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPENING = "“«„‟"
_CLOSING = "”»"
_STRAIGHT = '"'
_MARK = re.compile(r"[“«„‟”»\"]|``|''|(?<![\w’'])[‘](?=\w)|(?<=[\w.,!?…])’(?!\w)")
_BREAK = re.compile(r"\n[ \t\u00a0\r]*\n\s*|(?<=[.!?”\"»:])\s*\n\s*(?=[\"“«A-Z])")
_STOP = re.compile(r"[.!?…]+[)”\"’]*\s+(?=[“\"«(]?[A-Z0-9])")
_BEFORE_OPENING = " \t\n\r\u00a0([{—–-/:;“‘"


@dataclass(frozen=True, slots=True)
class Quote:
    """The words between two marks, half open; `opened`/`closed` tell which marks are really there.

    `continues` tells that the next paragraph opens with a mark and goes on with the same words.
    """

    start: int
    end: int
    opened: bool = True
    closed: bool = True
    continues: bool = False


def find_quotes(text: str) -> tuple[Quote, ...]:
    """Return all quoted stretches of a field, left to right."""
    found: list[Quote] = []
    blocks = list(_blocks(text))
    for number, (start, end) in enumerate(blocks):
        follows = number + 1 < len(blocks) and _opens(text, blocks[number + 1][0])
        found += _quotes_in(text, start, end, follows)
    return tuple(found)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for gap in _BREAK.finditer(text):
        if gap.start() > at:
            yield at, gap.start()
        at = gap.end()
    if at < len(text):
        yield at, len(text)


def _opens(text: str, at: int) -> bool:
    return text[at : at + 1] in ("“", "«", "„", '"') and text[at : at + 1] != ""


def _quotes_in(text: str, start: int, end: int, follows: bool) -> Iterator[Quote]:
    """Yield the quotes of one paragraph."""
    opened: int | None = None
    single = False
    last = start
    for mark in _MARK.finditer(text, start, end):
        word = mark.group()
        role = _role(text, mark.start(), word, opened is not None, single)
        if role == "open":
            if opened is not None:
                yield Quote(opened, _sentence_end(text, opened, mark.start()), closed=False)
            opened, single = mark.end(), word == "‘"
        elif role == "close":
            if opened is not None:
                if mark.start() > opened:
                    yield Quote(opened, mark.start())
            elif not single:
                begin = _sentence_start(text, last, mark.start())
                yield Quote(begin, mark.start(), opened=False)
            opened, single, last = None, False, mark.end()
    if opened is not None and not single:
        stop = end if follows else _sentence_end(text, opened, end)
        yield Quote(opened, stop, closed=False, continues=follows)


def _role(text: str, at: int, word: str, inside: bool, single: bool) -> str | None:
    if word == "‘":
        return None if inside else "open"
    if word == "’":
        return "close" if inside and single else None
    if word in _OPENING or word == "``":
        return "open"
    if word in _CLOSING or word == "''":
        return "close"
    if not inside:
        before = text[at - 1 : at] if at else ""
        if before.isdigit() and not text[at + 1 : at + 2].strip(".,) "):
            return None  # inches
        if not text[at + 1 : at + 2].strip():
            return "close"  # a space follows: the opening mark was lost
        return "open" if before == "" or before in _BEFORE_OPENING else "close"
    after = text[at + 1 : at + 2]
    before = text[at - 1 : at]
    lone_opening = before.isspace() and after.strip() != "" and after.isalnum()
    return "open" if lone_opening else "close"


def _sentence_end(text: str, start: int, end: int) -> int:
    stop = _STOP.search(text, start, end)
    return stop.start() + len(stop.group().rstrip()) if stop else start + len(text[start:end].rstrip())


def _sentence_start(text: str, start: int, end: int) -> int:
    begin = start
    for stop in _STOP.finditer(text, start, end - 1):
        begin = stop.end()
    while begin < end and text[begin].isspace():
        begin += 1
    return begin
