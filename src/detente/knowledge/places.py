"""Places: a name in, its country and degrees out. Seas and straits have no country.

>>> place("Astana").country, place("South China Sea").country
('KAZ', None)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from detente.knowledge.layers import added, layered
from detente.knowledge.names import fold
from detente.knowledge.states import seats, states
from detente.knowledge.tables import Row, read_number, read_table, split_cell
from detente.records import Place


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place with its names; `kind` is capital, city, region, sea, strait, disputed, site, line, route."""

    name: str
    names: tuple[str, ...]
    country: str | None
    kind: str
    lat: float | None = None
    lon: float | None = None


@layered
def places() -> tuple[KnownPlace, ...]:
    """Return every place: users' first, the hand-kept table, then capitals, then big cities."""
    return (*added_places(), *_our_places())


def added_places() -> tuple[KnownPlace, ...]:
    """Return the places users added."""
    return tuple(_listed(added("places")))


@cache
def _our_places() -> tuple[KnownPlace, ...]:
    hand_kept, built = (read_table(f, delimiter=",") for f in ("places.csv", "places_cities.csv"))
    return (*_listed(hand_kept), *_capitals(), *_listed(built))


def _listed(rows: Iterable[Row]) -> Iterator[KnownPlace]:
    for r in rows:
        names = (r["name"], *split_cell(r["aliases"]))
        yield KnownPlace(
            r["name"], names, r["country"] or None, r["kind"], read_number(r["lat"]), read_number(r["lon"])
        )


def _capitals() -> Iterator[KnownPlace]:
    for state in states().values():
        for capital in state.capitals:
            here = capital == state.capital
            yield KnownPlace(
                capital,
                (capital,),
                state.code,
                "capital",
                state.lat if here else None,
                state.lon if here else None,
            )


def place(words: str) -> Place | None:
    """Return the place words name («the Kremlin», «Astana», «Kazakhstan»), else None.

    A state itself is a place without degrees; a palace is where its capital is.
    """
    key = _key(words)
    found = _places().get(key)
    if found:
        return Place(found.name, found.country, found.lat, found.lon)
    return None


def known_place(words: str) -> KnownPlace | None:
    """Return the row behind a name, with its kind; else None."""
    return _places().get(_key(words))


def _key(words: str) -> str:
    return fold(words.strip()).lower().removeprefix("the ")


@layered
def _places() -> dict[str, KnownPlace]:
    known: dict[str, KnownPlace] = {}
    for one in places():
        for name in one.names:
            spot = KnownPlace(
                name if len(one.names) > 3 else one.name, (), one.country, one.kind, one.lat, one.lon
            )
            known.setdefault(_key(name), spot)
    for state in states().values():
        for name in (state.name, *state.names):
            known.setdefault(_key(name), KnownPlace(state.name, (), state.code, "state"))
    for seat in seats():
        if seat.kind in ("palace", "house"):
            home = states()[seat.code]
            for word in seat.words:
                spot = KnownPlace(word.removeprefix("the "), (), seat.code, "seat", home.lat, home.lon)
                known.setdefault(_key(word), spot)
    return known


@layered
def traps() -> tuple[tuple[str, str], ...]:
    """Return names that look like a state or capital and are none, with why: «Paris Agreement»."""
    return (*added_traps(), *_as_traps(read_table("places_traps.csv", delimiter=",")))


def added_traps() -> tuple[tuple[str, str], ...]:
    """Return the traps users added."""
    return _as_traps(added("traps"))


def _as_traps(rows: Iterable[Row]) -> tuple[tuple[str, str], ...]:
    return tuple((words, r["why"]) for r in rows for words in split_cell(r["words"]))
