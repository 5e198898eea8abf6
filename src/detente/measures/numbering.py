"""A state and a day in, its Correlates of War number out: the key by which other people's tables are merged.

«DEU» is 260 (German Federal Republic) in 1985 and 255 (Germany) since the day of unification.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from detente.knowledge.states import states

# States whose number changed while our code stayed: (code, number, first day, last day).
# Correlates of War, State System Membership, version 2016.
_CHANGED: tuple[tuple[str, int, date, date], ...] = (
    ("DEU", 260, date(1955, 5, 5), date(1990, 10, 2)),
    ("DEU", 255, date(1990, 10, 3), date.max),
    ("YEM", 678, date(1926, 9, 2), date(1990, 5, 21)),
    ("YEM", 679, date(1990, 5, 22), date.max),
)


def state_numbers() -> Iterator[tuple[str, int, date, date]]:
    """Yield each state's code with its number and the first and last day on which it bears it."""
    yield from _CHANGED
    changed = {code for code, *_ in _CHANGED}
    for state in states().values():
        if state.cow is not None and state.code not in changed:
            yield state.code, state.cow, date.min, date.max


def number_on(code: str, day: date) -> int | None:
    """Return a state's number on a day, None for one that bears none: ("YEM", 1 May 1990) -> 678."""
    numbers = (number for c, number, first, last in state_numbers() if c == code and first <= day <= last)
    return next(numbers, None)
