"""The tellings of one act in, what they say differently out: every value with the records that give it.

Nothing is decided and nothing dropped: «two dead» (AFP, 3 May) and «three dead» (Baghdad, 4 May) both stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from detente.archive.tellings import SAME_MONEY, codes_of
from detente.knowledge.matters import money_in
from detente.knowledge.tolls import THINGS, counts_in

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Value:
    """One of the values told, with the ids of the records that tell it, in the order of their reports."""

    says: str
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """What the tellings of an act say differently: when, who, where, kind, status, sum, how many."""

    aspect: str
    values: tuple[Value, ...]


def find_conflicts(rows: Sequence[Row]) -> tuple[Conflict, ...]:
    """Return what the tellings of one act (contract rows) disagree in, a Conflict an aspect.

    A vaguer telling does not disagree with an exacter one: «in May» holds 3 May, «Russia» may be left out.
    """
    found = (_find(aspect, rows) for aspect in _ASPECTS)
    return (*(c for c in found if c), *_counts(rows))


def _find(aspect: str, rows: Sequence[Row]) -> Conflict | None:
    say, differ = _ASPECTS[aspect]
    told = [(value, row["id"]) for row in rows if (value := say(row)) is not None]
    if not any(differ(a, b) for (a, _), (b, _) in combinations(told, 2)):
        return None
    return Conflict(aspect, _values((_words(value), id) for value, id in told))


def _values(told: Iterable[tuple[str, str]]) -> tuple[Value, ...]:
    by_words: dict[str, list[str]] = {}
    for words, id in told:
        by_words.setdefault(words, []).append(id)
    return tuple(Value(words, tuple(ids)) for words, ids in by_words.items())


def _counts(rows: Sequence[Row]) -> Iterator[Conflict]:
    """Yield a conflict for each thing of which two tellings count different numbers."""
    told: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        for thing, number in counts_in(row["quote"]).items():
            told.setdefault(thing, []).append((f"{number:,}", row["id"]))
    for thing in sorted(told):
        if len({number for number, _ in told[thing]}) > 1:
            yield Conflict(f"how many {THINGS[thing]}", _values(told[thing]))


def _days(row: Row) -> tuple[date, date] | None:
    if not row["date_start"] or not row["date_end"]:
        return None
    return date.fromisoformat(row["date_start"]), date.fromisoformat(row["date_end"])


def _parties(row: Row) -> frozenset[str] | None:
    return codes_of((*row["sources"], *row["recipients"])) or None


def _sums(row: Row) -> frozenset[float] | None:
    return money_in(row["quote"]) or None


def _differ_in_sum(a: Any, b: Any) -> bool:
    return not any(abs(x - y) <= SAME_MONEY * max(x, y) for x in a for y in b)


def _differ_in_kind(a: Any, b: Any) -> bool:
    return bool(a[0] != b[0] or (a[1] and b[1] and a[1] != b[1]))


# aspect: (what a telling says of it, or None; whether two of those cannot both be so)
_ASPECTS: Mapping[str, tuple[Callable[[Row], Any], Callable[[Any, Any], bool]]] = {
    "when": (_days, lambda a, b: bool(a[1] < b[0] or b[1] < a[0])),
    "who": (_parties, lambda a, b: not (a <= b or b <= a)),
    "where": (lambda row: (row["place"] or {}).get("name"), lambda a, b: bool(a.casefold() != b.casefold())),
    "kind": (
        lambda row: (row["type"], row["mode"]),
        lambda a, b: a[0] != b[0] or (a[1] and b[1] and a[1] != b[1]),
    ),
    "status": (lambda row: row["status"], lambda a, b: bool(a != b)),
    "sum": (_sums, _differ_in_sum),
}


def _words(value: Any) -> str:
    if isinstance(value, frozenset):
        return ", ".join(f"{v:,.0f}" if isinstance(v, float) else v for v in sorted(value))
    if isinstance(value, tuple) and isinstance(value[0], date):
        return str(value[0]) if value[0] == value[1] else f"{value[0]} to {value[1]}"
    return "/".join(v for v in value if v) if isinstance(value, tuple) else str(value)
