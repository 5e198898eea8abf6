"""Places with their countries and degrees."""

from __future__ import annotations

import pytest

from detente.knowledge.places import known_place, place, places, traps
from detente.knowledge.states import states


@pytest.mark.parametrize(
    ("words", "country"),
    [("Astana", "KAZ"), ("the Kremlin", "RUS"), ("Kazakhstan", "KAZ"), ("Hamburg", "DEU"), ("Crimea", "UKR"),
     ("Camp David", "USA"), ("Gaza", "PSE"), ("St. Petersburg", "RUS"), ("Nashville, maybe", None)],
)  # fmt: skip
def test_a_place_knows_its_country(words: str, country: str | None) -> None:
    found = place(words)
    assert (found.country if found else None) == country


def test_a_capital_has_degrees() -> None:
    spot = place("Moscow")
    assert spot is not None
    assert spot.lat == pytest.approx(55.75, abs=0.3)
    assert spot.lon == pytest.approx(37.6, abs=0.3)


def test_a_sea_is_a_place_without_a_country() -> None:
    spot = place("South China Sea")
    assert spot is not None
    assert spot.country is None
    assert known_place("the Strait of Hormuz") is not None


def test_what_is_nowhere_is_none() -> None:
    assert place("Nephelokokkygia") is None


def test_every_country_is_a_state_and_every_degree_on_the_globe() -> None:
    assert {p.country for p in places() if p.country} <= set(states())
    assert all(-90 <= (p.lat or 0) <= 90 and -180 <= (p.lon or 0) <= 180 for p in places())


def test_every_trap_says_why() -> None:
    assert all(words and why for words, why in traps())
