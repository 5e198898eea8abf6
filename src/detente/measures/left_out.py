"""Tellings of acts in, whom a course leans on out: what is left when one outlet, or one voice, is not heard.

An act goes only when nobody else tells it: «Northern Wire» left out takes the acts that stand in Northern
Wire alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from detente.measures.counting import Telling
from detente.measures.naming import is_state_owned

STATE_MEDIA = "state media"
MOST = 12  # outlets or voices left out one by one: those that alone tell most acts

NameOf = Callable[[Telling], str | None]


@dataclass(frozen=True, slots=True)
class Alone:
    """Whom acts are told by alone: «TASS», 12 acts nobody else tells."""

    name: str
    acts: frozenset[str]


@dataclass(frozen=True, slots=True)
class StateMedia:
    """The share of tellings in outlets a state owns, of the `n` tellings whose outlet's owner is known."""

    share: float | None
    n: int
    n_tellings: int
    records: tuple[str, ...]  # the tellings whose owner is known


def find_alone(tellings: Sequence[Telling], name: NameOf) -> tuple[Alone, ...]:
    """Return who alone tells acts, the one that tells most first; what bears no name leans on nobody."""
    tellers: dict[str, set[str | None]] = {}
    for telling in tellings:
        tellers.setdefault(telling.act, set()).add(name(telling))
    acts: dict[str, set[str]] = {}
    for act, names in tellers.items():
        (first, *others) = names
        if not others and first is not None:
            acts.setdefault(first, set()).add(act)
    ordered = sorted(acts, key=lambda name: (-len(acts[name]), name))
    return tuple(Alone(name, frozenset(acts[name])) for name in ordered[:MOST])


def outlet_of(telling: Telling) -> str | None:
    """Return who printed it, None where nobody is named."""
    return telling.outlet


def voice_of(telling: Telling) -> str | None:
    """Return the code of who says so; None where the reporter does."""
    return telling.speaker_code


def owner_of(telling: Telling) -> str | None:
    """Return «state media» for an outlet a state owns, a name of its own for any other."""
    if telling.outlet and is_state_owned(telling.outlet):
        return STATE_MEDIA
    return telling.outlet or "outlet not named"


def measure_state_media(tellings: Sequence[Telling]) -> StateMedia:
    """Return the share of tellings that stand in outlets a state owns."""
    owned: Mapping[str, bool | None] = {
        t.outlet: is_state_owned(t.outlet) for t in tellings if t.outlet is not None
    }
    known = [t for t in tellings if t.outlet and owned[t.outlet] is not None]
    share = sum(bool(owned[t.outlet or ""]) for t in known) / len(known) if known else None
    return StateMedia(share, len(known), len(tellings), tuple(t.record for t in known))
