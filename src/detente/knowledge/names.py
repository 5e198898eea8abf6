"""Find every known name in a text at once: words in, matches out, longest first, left to right.

A name is a run of words. Words are folded (no accents, no hyphens: «Ban Ki-moon» = «Ban Ki moon») but keep
their case, so that «US» is a state and «us» is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

T = TypeVar("T")

_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_SMALL = {"Al": "al", "El": "el", "Bin": "bin", "Ibn": "ibn", "Ul": "ul"}
_LETTERS = str.maketrans(
    {
        "ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "þ": "th", "æ": "ae",
        "œ": "oe", "ß": "ss", "ə": "e", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "–": "-", "‐": "-", "‑": "-",
    }
)  # fmt: skip
_HYPHENS = frozenset("-–‐‑")
MOSTLY_CAPITALS = 0.7  # share of capitals from which a line counts as shouted: «XI MEETS PUTIN»


@dataclass(frozen=True, slots=True)
class Words:
    """A text cut for look-up: folded keys beside half-open character offsets.

    `hyphened[i]` says that a hyphen ties word i to the next («Russian-Chinese»).
    """

    keys: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    hyphened: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """One name found: words `start` to `end` (half open), and everything the table has under it."""

    start: int
    end: int
    entries: tuple[T, ...]


def split_words(text: str, *, shouted: bool = False) -> Words:
    """Return the words of a text; `shouted` reads «PUTIN» as «Putin», for headings in capitals."""
    keys: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    hyphened: list[bool] = []
    for found in _WORD.finditer(text):
        word = found.group()
        if word in _HYPHENS and keys and _glued(text, found.start()):
            hyphened[-1] = True
            continue
        key = fold_word(word)
        keys.append(key.capitalize() if shouted and len(key) > 1 and key.isupper() else key)
        starts.append(found.start())
        ends.append(found.end())
        hyphened.append(False)
    return Words(tuple(keys), tuple(starts), tuple(ends), tuple(hyphened))


def _glued(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (before.isalnum() or before == ".") and after.isalnum()


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """Return a word without accents, apostrophes made straight: «Erdoğan» -> «Erdogan»."""
    if not word.isascii():
        plain = unicodedata.normalize("NFKD", word.translate(_LETTERS))
        word = "".join(c for c in plain if not unicodedata.combining(c))
    return _SMALL.get(word, word)


def fold(words: str) -> str:
    """Return the key of a name: «Kim Jong-un» -> «Kim Jong un»."""
    if words.isascii() and words.replace(" ", "").isalpha():
        plain = "  " not in words and not any(small in words for small in _SMALL)
        return words if plain else " ".join(_SMALL.get(w, w) for w in words.split())
    return " ".join(split_words(words).keys)


def is_shouted(text: str) -> bool:
    """Whether a line is set in capitals: «TRUMP WARNS IRAN»; short words alone («US») are not."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 8 and sum(c.isupper() for c in letters) >= MOSTLY_CAPITALS * len(letters)


@dataclass(slots=True)
class NameTable(Generic[T]):
    """Names and what they stand for; one name may stand for several things.

    A trie flattened: whole keys in one dict, and by first word the lengths worth trying.
    """

    entries: dict[str, list[T]] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()  # keys whose meaning is settled: `add` gives them no other
    lengths: dict[str, set[int]] = field(default_factory=dict)
    _tried: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def add(self, name: str, entry: T) -> None:
        """Put a name in; «the Kremlin» is also found without its article."""
        key = fold(name)
        if not key or key in self.closed:
            return
        known = self.entries.get(key)
        if known is None:
            self.entries[key] = [entry]
            first, _, rest = key.partition(" ")
            self.lengths.setdefault(first, set()).add(rest.count(" ") + 2 if rest else 1)
        elif entry not in known:
            known.append(entry)

    def add_all(self, names: Iterable[str], entry: T) -> None:
        for name in names:
            self.add(name, entry)

    def get(self, name: str) -> tuple[T, ...]:
        """Return everything under a name, () where it is unknown."""
        return tuple(self.entries.get(fold(name), ()))

    def find(self, words: Words) -> list[Match[T]]:
        """Return all matches, left to right, none overlapping, the longest at each word."""
        keys, found, i = words.keys, [], 0
        lengths, size = self.lengths, len(words.keys)
        while i < size:
            match = self._at(keys, i) if keys[i] in lengths else None
            if match is None:
                i += 1
            else:
                found.append(match)
                i = match.end
        return found

    def _at(self, keys: Sequence[str], i: int) -> Match[T] | None:
        first = keys[i]
        tried = self._tried.get(first)
        if tried is None:
            tried = self._tried[first] = tuple(sorted(self.lengths[first], reverse=True))
        for length in tried:
            if i + length <= len(keys):
                entry = self.entries.get(first if length == 1 else " ".join(keys[i : i + length]))
                if entry:
                    return Match(i, i + length, tuple(entry))
        return None
