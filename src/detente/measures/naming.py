"""A code, an issue id or an outlet in, what people know of it out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

from detente.knowledge import issues, organisations, states

_SAYS_OWNED = re.compile(r"\(state[- ](?:owned|run|media)\b", re.IGNORECASE)
NEAREST = 5  # names an error offers for want of the one asked for
LIKE = 0.72  # of a word's letters: «Kremlyn» is like «Kremlin», «tariff» like «tariffs»


def state_name(code: str) -> str:
    """Return a state's name: «CHN» is China; a code no table knows names itself."""
    return states.name_of(code)


def issue_name(issue: str) -> str:
    """Return an issue's name: `thaad-south-korea` is «THAAD in South Korea»."""
    return issues.name_of(issue) or issue


def is_state_owned(outlet: str) -> bool | None:
    """Return whether an outlet belongs to a state: TASS does; None where no table knows it.

    One that no table knows is the state's where its report says so: «Highland Voice (state-owned)».
    """
    known = organisations.outlet(outlet)
    if known is not None:
        return known.state_owned
    return True if _SAYS_OWNED.search(outlet) else None


def body_codes() -> list[str]:
    """Return the codes that stand for no state: UNO, EUR, NATO and the like."""
    return sorted(states.BODIES)


def name_near(words: str, names: Mapping[str, str], *, limit: int = NEAREST) -> tuple[str, ...]:
    """Return the keys whose names come nearest to words, the nearest first: «Xi Jinpin» -> Xi Jinping.

    A name is near by the words it shares, in full or nearly; of equals the first in the alphabet. Where no
    name is near, the answer is empty only if there are no names.
    """
    asked = _words(words)
    scored = sorted((-_likeness(asked, _words(name)), key) for key, name in names.items())
    return tuple(key for _, key in scored[:limit])


def _words(name: str) -> list[str]:
    return [w for w in "".join(c if c.isalnum() else " " for c in name.casefold()).split() if len(w) > 1]


def _likeness(asked: list[str], name: list[str]) -> float:
    """Return how much of the words asked for a name holds, exactly or nearly; 0 and up."""
    return sum(max((_like(a, b) for b in name), default=0.0) for a in asked) - 0.01 * len(name)


def _like(a: str, b: str) -> float:
    if a == b:
        return 1.0
    ratio = SequenceMatcher(None, a, b).ratio()
    return ratio if ratio >= LIKE else 0.2 * ratio
