"""Where a sentence may end, by rules: used where no learned boundary is at hand.

`find_starts` takes the words of a block and returns the indices of those that open a sentence:
stops, closing quotes after them, and what follows («He left. "We agree," Gen. Li said.» opens two).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_STOPS = re.compile(r"[.!?…]+$")
_CLOSERS = frozenset("\"'”’»)]}") | {"''"}
_OPENERS = frozenset("\"'“‘«([{—–-") | {"``"}
_NEVER_LAST = frozenset(
    "mr. mrs. ms. dr. prof. st. gen. lt. col. maj. capt. adm. sgt. rev. hon. pres. sen. rep. gov. amb. "
    "sec. vs. e.g. i.e. no. nos. art. fig. vol. approx. ca. cf.".split()
)


def find_starts(text: str, words: Sequence[tuple[int, int]]) -> list[int]:
    """Return the indices of words that open a sentence, the first word always among them."""
    if not words:
        return []
    starts = [0]
    i = 0
    while i < len(words):
        if _ends(text, words, i):
            i += 1
            while (
                i < len(words)
                and text[words[i][0] : words[i][1]] in _CLOSERS
                and words[i][0] == words[i - 1][1]
            ):
                i += 1
            if i < len(words) and _opens(text, words, i):
                starts.append(i)
            continue
        i += 1
    return starts


def _ends(text: str, words: Sequence[tuple[int, int]], i: int) -> bool:
    a, b = words[i]
    form = text[a:b]
    if not _STOPS.search(form) or form.lower() in _NEVER_LAST:
        return False
    initial = b - a == 2 and form[0].isupper()
    return not initial


def _opens(text: str, words: Sequence[tuple[int, int]], i: int) -> bool:
    """Whether the word after a stop and a gap looks like an opening: a capital, a figure, a quote."""
    a, b = words[i]
    if a == words[i - 1][1]:
        return False
    if text[a:b] in _OPENERS and i + 1 < len(words):
        a, b = words[i + 1]
    first = text[a]
    before = text[words[i - 1][0] : words[i - 1][1]]
    abbreviated = before.endswith(".") and before.replace(".", "").isalpha()
    if abbreviated:  # «in the U.S. Senate», «Inc. said»: a capital alone does not prove an end
        return first.isupper() and text[a:b].lower() in _COMMON_FIRST
    return not first.islower()


_COMMON_FIRST = frozenset(
    "the a an it he she they we i this that these those in on at but and however meanwhile there its his her "
    "their if when while after before since as for according".split()
)
