"""A shift in, the same shift seen otherwise out: without one outlet or voice, by other statuses, on another
scale.

Each is reckoned at the paces and the reach of the whole, so that only the acts differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from detente.measures.counting import CountedAct, Telling
from detente.measures.left_out import STATE_MEDIA, find_alone, outlet_of, owner_of, voice_of
from detente.measures.levels import FEWEST, Levels, Shift, measure_shift
from detente.measures.periods import Every, period_of, periods_between
from detente.measures.weights import GOLDSTEIN, PLOVER, Scale

COUNTINGS = (
    ("happened",),
    ("happened", "ongoing"),
    ("happened", "ongoing", "claimed"),
    ("happened", "ongoing", "claimed", "planned"),
)
TELLERS = {"outlet": outlet_of, "voice": voice_of, "owner": owner_of}


@dataclass(frozen=True, slots=True)
class Window:
    """The periods a shift is taken over: from the one of day `start` to the one of day `end`."""

    start: date
    end: date
    every: Every


@dataclass(frozen=True, slots=True)
class Variant:
    """The same window seen otherwise: «without Northern Wire», falling as before.

    `kind` is outlet, voice, owner, counting or scale. `shift` is None where too few periods are left to
    tell, and `holds` whether the direction stays. `acts` are those left out; for another counting or scale,
    those counted.
    """

    kind: str
    name: str
    shift: Shift | None
    holds: bool | None
    acts: tuple[str, ...]


def vary(
    told: Sequence[CountedAct],
    statuses: Sequence[str],
    tellings: Sequence[Telling],
    *,
    window: Window,
    levels: Levels,
    shift: Shift,
    scale: Scale,
) -> tuple[Variant, ...]:
    """Return the shift without each outlet, each voice and all state media, by other statuses, by another
    scale.

    `told` are the pair's acts of all statuses a counting may take; `statuses` those that `shift` counts.
    """
    acts = [act for act in told if act.status in statuses]

    def seen(
        kind: str, name: str, stay: Sequence[CountedAct], ids: Sequence[str], by: Scale = scale
    ) -> Variant:
        other = shift_over(stay, window, levels=levels, scale=by)
        holds = None if other is None else (other.change > 0) == (shift.change > 0)
        return Variant(kind, name, other, holds, tuple(ids))

    found = []
    for kind, name, gone in _alone(tellings):
        found.append(seen(kind, name, [act for act in acts if act.act not in gone], sorted(gone)))
    for counting in COUNTINGS:
        if set(counting) != set(statuses):
            stay = [act for act in told if act.status in counting]
            found.append(seen("counting", " + ".join(counting), stay, [act.act for act in stay]))
    for by in (PLOVER, GOLDSTEIN):
        if by != scale:
            found.append(seen("scale", by.name, acts, [act.act for act in acts], by))
    return tuple(found)


def shift_over(acts: Sequence[CountedAct], window: Window, *, levels: Levels, scale: Scale) -> Shift | None:
    """Return the shift these acts give over a window; None where fewer than four periods have any."""
    groups: dict[str, list[float]] = {}
    for act in acts:
        groups.setdefault(period_of(act.day, window.every).name, []).append(scale.weigh(act))
    if len(groups) < FEWEST:
        return None
    first = min(window.start, *(act.day for act in acts))
    last = max(window.end, *(act.day for act in acts))
    names = [period.name for period in periods_between(first, last, window.every)]
    weights = [groups.get(name, []) for name in names]
    start, end = (names.index(period_of(day, window.every).name) for day in (window.start, window.end))
    means = [sum(group) / len(group) if group else None for group in weights]
    return measure_shift(means, [len(group) for group in weights], start, end, levels=levels)


def _alone(tellings: Sequence[Telling]) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Yield each outlet and voice that alone tells acts, and state media together where they do."""
    for kind, name in TELLERS.items():
        for alone in find_alone(tellings, name):
            if kind != "owner" or alone.name == STATE_MEDIA:
                yield kind, alone.name, alone.acts
