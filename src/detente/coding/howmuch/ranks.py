"""Ranks and counts by order: «second biggest partner» -> rank 2, «third meeting this year» -> 3 meeting."""

from __future__ import annotations

import re

from detente.coding.howmuch.amounts import STOPS, Found, Line, counted_phrase, words_from
from detente.coding.howmuch.labels import is_month
from detente.coding.howmuch.numerals import Numeral, may_start, read_numeral
from detente.knowledge.units import counted_nouns

_IN_A_ROW = frozenset("such consecutive straight successive".split())
_RANKED = frozenset(
    "partner market supplier exporter importer buyer investor donor producer destination economy".split()
)
_SUPERLATIVES = frozenset(
    "biggest largest top greatest highest leading main smallest poorest richest strongest busiest "
    "most-visited deadliest longest".split()
)


def read_ordinal_count(line: Line, n: Numeral) -> Found | None:
    """«third meeting this year» -> 3 meeting; «the third of its kind» -> 3 of what the clause is about."""
    if (
        n.value < 2
        or is_month(line.low(n.end))
        or is_month(line.low(n.start - 1))
        or line.low(n.start - 2) == "of"
    ):
        return None
    if (
        line.low(n.end) == "of"
        and line.low(n.end + 1) in ("of", "its", "their", "such")
        and line.low(n.end + 2) in ("kind", "sort", "type")
    ):
        noun = _act_noun_before(line, n.start)
        return Found(n.start, n.end + 3, n.value, noun) if noun else None
    j = n.end
    for k in range(j, min(j + 4, len(line.pieces))):
        if line.pieces[k].kind != "word" and line.low(k) != "-":
            return None
        if line.low(k) in STOPS:
            return None
        phrase = counted_phrase(line, k)
        if phrase:
            follows = counted_phrase(line, phrase[1])
            noun, end = follows or phrase
            group = (
                counted_nouns()[tuple(noun.split())].group if tuple(noun.split()) in counted_nouns() else ""
            )
            return (
                Found(n.start, end, n.value, noun)
                if group in ("act", "text", "person") and _tells_count(line, n, end)
                else None
            )
    return None


def _tells_count(line: Line, n: Numeral, end: int) -> bool:
    """Whether an ordinal counts acts so far and is no edition or name («Third Committee», «43rd summit»)."""
    if line.pieces[n.start].is_capital and n.start and n.kind == "ordinal" and not n.in_digits:
        return False
    tail = " ".join(line.low(k) for k in range(end, min(end + 8, len(line.pieces))))
    if re.search(
        r"\b(?:this (?:year|month|week|decade)|so far|in a row|since|to date|of the year|of its kind|in "
        r"(?:\w+ ){1,3}(?:days|weeks|months|years)|in as many|in less than)\b",
        tail,
    ):
        return True
    before = line.low(n.start - 1)
    return before in ("'", "'s", "s", "’", "their", "consecutive", "straight") or line.low(n.end) in _IN_A_ROW


def _act_noun_before(line: Line, i: int) -> str | None:
    """Return the first act named before piece `i`, as «of its kind» refers to it."""
    nouns = counted_nouns()
    for k in range(i):
        for length in (2, 1):
            words, _ = words_from(line, k, length)
            if words in nouns and nouns[words].group in ("act", "text"):
                return nouns[words].noun
    return None


def read_rank(line: Line, i: int) -> Found | None:
    """«biggest trading partner» -> rank 1, «third-largest supplier» -> rank 3, «No. 2 exporter» -> rank 2."""
    piece = line.pieces[i]
    if piece.low in ("number", "no"):
        return _read_numbered_rank(line, i)
    start, value = i, 1.0
    if may_start(piece) and piece.low not in ("a", "an"):
        ordinal = read_numeral(line.pieces, i)
        if ordinal is None or ordinal.kind != "ordinal":
            return None
        value, i = ordinal.value, ordinal.end
        if line.low(i) in ("-", "‑"):
            i += 1
        while line.low(i) in ("and", "or", ",", "-") or (i < len(line.pieces) and may_start(line.pieces[i])):
            return None
    if line.low(i) == "single":
        i += 1
    if line.low(i) not in _SUPERLATIVES - {"top"} or (start == i and line.low(i) in ("leading", "main")):
        if not (line.low(i) == "most" and line.low(i + 1) in ("important", "populous")):
            return None
        i += 1
    if start == i and (line.low(start - 1) == "s" and line.low(start - 2) not in ("'", "’", "'s")):
        return None
    if _is_one_of(line, start):
        return None
    end = i + 1
    stop = min(len(line.pieces), end + 4)
    while end < stop and line.pieces[end].kind == "word" and line.low(end) not in STOPS:
        end += 1
    return Found(start, end, value, "rank") if end > i + 1 else None


def _read_numbered_rank(line: Line, i: int) -> Found | None:
    j = i + 2 if line.low(i + 1) == "." else i + 1
    n = read_numeral(line.pieces, j) if j < len(line.pieces) and may_start(line.pieces[j]) else None
    if n is None or n.kind != "cardinal" or n.value > 20:
        return None
    end = n.end
    while (
        end < min(len(line.pieces), n.end + 3)
        and line.pieces[end].kind == "word"
        and line.low(end) not in STOPS
    ):
        end += 1
        if line.low(end - 1) in _RANKED:
            return Found(i, end, n.value, "rank")
    return None


def _is_one_of(line: Line, i: int) -> bool:
    """«one of the biggest», «among the largest»."""
    return any(
        line.low(k) in ("one", "among", "some")
        for k in range(max(0, i - 5), i)
        if line.low(k + 1) in ("of", "the")
    )
