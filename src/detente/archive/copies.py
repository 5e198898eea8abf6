"""A report in, the first telling of the same words out: shortened, re-headed, syndicated, in another order.

A report's text is cut into runs of four words (shingles), each run is hashed, and the smallest hashes are
kept: Broder's bottom-k MinHash. Two texts that share enough of them are then compared word for word. The
sketch is written out here because its numbers are stored in the ledger: a library that hashed otherwise
in its next version would part old reports from new.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from heapq import nsmallest

from detente.archive.rows import readable
from detente.records import Report

SHINGLE = 4  # words in a run
KEPT = 24  # smallest hashes stored of a report: about 340 bytes in the ledger
ASKED = 64  # smallest hashes looked up: a report cut to a third of another has its smallest among these
SHARED_HASHES = 2  # by chance two reports share one, hardly two
FURNITURE = 200  # a run that stands in more reports than this is page furniture, and tells nothing
CANDIDATES = 8  # compared word for word, those that share most hashes first

LEAST_WORDS = 25  # a shorter text is a copy only where its words are the very same
LEAST_EXACT = 8
# quality/copies.py: precision .9996, recall .9951 on 2,790 arrivals; none of 281 other reports is linked
SHARE = 0.70

HEADING = 16  # words of a first line that may be a new heading
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")
# «PARIS, March 3 (AFP) —», «Reporting by …»: says who carried a report, not what happened.
_DATELINE = re.compile(r"^[^\n—–]{2,80}?\s(?:—|–|--|-)\s")

_TELLING = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand "
    "million billion first second third fourth fifth monday tuesday wednesday thursday friday saturday "
    "sunday january february march april may june july august september october november december "
    "not no never denied denies deny yesterday today tomorrow".split()
)


@dataclass(frozen=True, slots=True)
class FirstTelling:
    """The report that told these words first: its number and id, the share of runs found in it, and why."""

    n: int
    report: str
    share: float
    why: str


def find_first_telling(ledger: sqlite3.Connection, report: Report) -> FirstTelling | None:
    """Return the known report of which this one is a copy, or None where it says anything of its own.

    A copy holds (nearly) nothing that the first telling lacks: «AFP: » before it, half of it cut, its
    paragraphs in another order. A later, longer version is no copy, and neither is the same bulletin with
    other numbers or another day.
    """
    words = split_words(report.text)
    candidates = _candidates(ledger, words)
    found = (compare(report.text, words, n, id, text) for n, id, text in candidates)
    return max((f for f in found if f), key=lambda f: (f.share, -f.n), default=None)


def keep_sketch(ledger: sqlite3.Connection, number: int, text: str) -> None:
    """Store the smallest hashes of a report, so that copies of it are found."""
    hashes = sketch(split_words(text), KEPT)
    ledger.executemany(
        "insert or ignore into copy_hashes (hash, report) values (?, ?)", [(h, number) for h in hashes]
    )


def split_words(text: str) -> list[str]:
    """Return the words of a text in lower case, without punctuation."""
    return _WORD.findall(text.casefold())


def shingles(words: Sequence[str]) -> list[str]:
    """Return each run of SHINGLE words; of a shorter text the whole."""
    runs = max(1, len(words) - SHINGLE + 1)
    return [" ".join(words[i : i + SHINGLE]) for i in range(runs)]


def sketch(words: Sequence[str], size: int) -> list[int]:
    """Return the `size` smallest hashes (48 bits) of a text's runs: equal texts, equal sketches, for good."""
    runs = set(shingles(words))
    hashes = (int.from_bytes(blake2b(r.encode("utf-8", "replace"), digest_size=6).digest()) for r in runs)
    return nsmallest(size, hashes)


def _candidates(ledger: sqlite3.Connection, words: Sequence[str]) -> Iterable[tuple[int, str, str]]:
    shared: Counter[int] = Counter()
    for value in sketch(words, ASKED):
        rows = ledger.execute(
            "select report from copy_hashes where hash = ? limit ?", (value, FURNITURE + 1)
        ).fetchall()
        if len(rows) <= FURNITURE:
            shared.update(row[0] for row in rows)
    least = min(SHARED_HASHES, len(set(shingles(words))))
    for n, count in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:CANDIDATES]:
        if count >= least:
            row = ledger.execute("select id, text from reports where n = ?", (n,)).fetchone()
            yield n, row["id"], readable(row["text"]) or ""


def compare(text: str, words: Sequence[str], n: int, id: str, known: str) -> FirstTelling | None:
    """Return the known report as the first telling of `text`, or None where `text` is no copy of it."""
    known_words = split_words(known)
    if words == known_words and len(words) >= LEAST_EXACT:
        return FirstTelling(n, id, 1.0, "the same words under another title")
    if len(words) < LEAST_WORDS:
        return None
    runs, known_runs = shingles(words), set(shingles(known_words))
    held = [run in known_runs for run in runs]
    share = sum(held) / len(held)
    if share < SHARE or _tells_more(text, words, held, known_words):
        return None
    return FirstTelling(n, id, round(share, 3), _say(words, known_words, share))


def _tells_more(text: str, words: Sequence[str], held: Sequence[bool], known: Sequence[str]) -> bool:
    """True where a word that no shared run holds is a number, a day or a denial: another report, not a copy.

    In a heading it counts only if the first telling lacks it: headings repeat numbers, in words of their own.
    Elsewhere it does not count in the same company: «said 24 people were», «stated 24 persons were».
    """
    opening = _DATELINE.match(text)
    start = len(split_words(opening[0])) if opening else 0
    line = len(split_words(text.lstrip().partition("\n")[0]))
    heading = line if line <= HEADING and line < len(words) else 0
    places: dict[str, list[int]] = {}
    for j, word in enumerate(known):
        places.setdefault(word, []).append(j)
    for i in _uncovered(held, len(words)):
        if i < start or not _is_telling(words[i]):
            continue
        there = places.get(words[i], [])
        if not there or (i >= heading and not any(_in_company(words, i, known, j) for j in there)):
            return True
    return False


def _in_company(words: Sequence[str], i: int, known: Sequence[str], j: int) -> bool:
    """True where two of the three words on either side are the same in the same places."""
    near = [k for k in (-3, -2, -1, 1, 2, 3) if 0 <= i + k < len(words) and 0 <= j + k < len(known)]
    return sum(words[i + k] == known[j + k] for k in near) >= 2


def _uncovered(held: Sequence[bool], total: int) -> Iterable[int]:
    """Yield the places of words that stand in no shared run."""
    for i in range(total):
        if not any(held[max(0, i - SHINGLE + 1) : i + 1]):
            yield i


def _is_telling(word: str) -> bool:
    return word in _TELLING or any(c.isdigit() for c in word)


def _say(words: Sequence[str], known: Sequence[str], share: float) -> str:
    length = len(words) / len(known)
    how = f"cut to {length:.0%} of it" if length < 0.95 else "whole"
    return f"{share:.0%} of its runs of {SHINGLE} words, {how}"
