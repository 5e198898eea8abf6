"""What is said aloud about a name: how contested actors are coded, and what else one name may mean.

>>> convention("Crimea").code, [n.code for n in namesakes("Congo", None)]
('UKR', ['COD', 'COG'])
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from detente.knowledge.names import fold
from detente.knowledge.tables import read_day, read_table, split_cell


@dataclass(frozen=True, slots=True)
class Convention:
    """How a contested actor or place is coded, and why; `code` is "" where it is counted with nobody."""

    code: str
    says: str


@dataclass(frozen=True, slots=True)
class Namesake:
    """One of several things a name means where a report says no more; `score` says how likely, 0 to 1.

    `first` and `last` are the days between which the name was so shared, None where open.
    """

    code: str
    name: str
    score: float
    first: date | None
    last: date | None
    why: str


@cache
def _conventions() -> dict[str, Convention]:
    return {
        _key(name): Convention(row["code"], row["says"])
        for row in read_table("who_conventions.csv", delimiter=",")
        for name in split_cell(row["names"])
    }


@cache
def _namesakes() -> dict[str, tuple[Namesake, ...]]:
    known: dict[str, list[Namesake]] = {}
    for row in read_table("who_namesakes.csv", delimiter=","):
        one = Namesake(
            row["code"],
            row["name"],
            float(row["score"]),
            read_day(row["first"]),
            read_day(row["last"]),
            row["why"],
        )
        for words in split_cell(row["words"]):
            known.setdefault(_key(words), []).append(one)
    return {words: tuple(found) for words, found in known.items()}


def convention(name: str) -> Convention | None:
    """Return how a contested name is coded («Kosovo», «the Golan Heights»), None for one nobody contests."""
    return _conventions().get(_key(name))


def namesakes(words: str, on: date | None) -> tuple[Namesake, ...]:
    """Return what a name may mean on a day, likeliest first, () where it means one thing.

    «Yemen» meant two states in 1980 and means one today; without a day the answer is today's.
    """
    listed = _namesakes().get(_key(words), ())
    shared = tuple(n for n in listed if _lasts(n, on))
    return shared if len(shared) > 1 else ()


def _lasts(one: Namesake, on: date | None) -> bool:
    if on is None:
        return one.last is None
    return (one.first is None or one.first <= on) and (one.last is None or on <= one.last)


def _key(words: str) -> str:
    return fold(words.strip()).lower().removeprefix("the ")
