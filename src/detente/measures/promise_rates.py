"""Promises in, how often they are kept and how late out: by pair and by kind, of those due alone.

«Of nine visits due by June, six were kept, on the day or up to four days late.»
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import TYPE_CHECKING

from detente.measures.intervals import share_interval

if TYPE_CHECKING:
    from detente.archive import Archive
    from detente.measures.lines import PromiseLine

ALL = "all"


@dataclass(frozen=True, slots=True)
class PromiseRate:
    """What became of the promises of some parties and a kind that were due: 9 due, 6 kept, .67 (.35 to .88).

    `kept_share` is kept / due with its 95 % Wilson interval. `delay` is the median of days from the last day
    planned to the deed, over promises kept; below 0 is early. `delays` holds each. `acts` are the promises
    due, `deeds` what kept them, in the order of `delays`.
    """

    parties: str
    kind: str
    due: int
    kept: int
    changed: int
    lapsed: int
    open: int
    kept_share: float | None
    low: float | None
    high: float | None
    delay: float | None
    delays: tuple[int, ...] = ()
    acts: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PromiseRates:
    """Rates with what they leave out: promises without a day, and those not due by `as_of`."""

    as_of: date | None
    lines: tuple[PromiseRate, ...]
    undated: int
    not_due: int


def rate_promises(archive: Archive, promises: Sequence[PromiseLine], as_of: date | None) -> PromiseRates:
    """Return the rates of promises as `find_promises` judges them on a day: all, then by parties, by kind,
    by both.

    Only what was due by that day is rated: a promise for next year is neither kept nor broken.
    """
    dated = [p for p in promises if p.due]
    due = [p for p in dated if p.due and (as_of is None or p.due <= as_of)]
    deeds = _deed_days(archive, due)
    groups: dict[tuple[str, str], list[PromiseLine]] = {}
    for p in due:
        parties = "-".join(p.parties)
        for key in dict.fromkeys(((ALL, ALL), (ALL, p.type), (parties, ALL), (parties, p.type))):
            groups.setdefault(key, []).append(p)
    order = sorted(groups, key=lambda k: (k[0] != ALL, k[1] != ALL, -len(groups[k]), k))
    lines = tuple(_rate(*key, groups[key], deeds) for key in order if not _is_repeat(key, groups))
    return PromiseRates(as_of, lines, len(promises) - len(dated), len(dated) - len(due))


def _is_repeat(key: tuple[str, str], groups: Mapping[tuple[str, str], Sequence[PromiseLine]]) -> bool:
    """True for a kind that holds all promises of its parties: the line over all kinds says the same."""
    parties, kind = key
    return kind != ALL and parties != ALL and len(groups[key]) == len(groups[parties, ALL])


def _deed_days(archive: Archive, promises: Sequence[PromiseLine]) -> Mapping[str, date]:
    ids = [p.kept_by for p in promises if p.kept_by]
    return {act["act"]: date.fromisoformat(act["day"]) for act in archive.acts(ids=ids) if act["day"]}


def _rate(parties: str, kind: str, promises: Sequence[PromiseLine], days: Mapping[str, date]) -> PromiseRate:
    states = Counter(p.state for p in promises)
    kept = [
        ((days[p.kept_by] - p.due).days, p.kept_by)
        for p in promises
        if p.kept_by in days and p.kept_by and p.due
    ]
    low, high = share_interval(states["kept"], len(promises)) or (None, None)
    return PromiseRate(
        parties, kind, len(promises), states["kept"], states["changed"], states["lapsed"], states["open"],
        states["kept"] / len(promises), low, high, median(d for d, _ in kept) if kept else None,
        tuple(d for d, _ in kept), tuple(p.act for p in promises), tuple(act for _, act in kept),
    )  # fmt: skip
