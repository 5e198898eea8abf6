"""States: words to codes and back."""

from __future__ import annotations

import pytest

from detente.knowledge.states import (
    adjective_of,
    capital_of,
    code_of,
    cow_of,
    name_of,
    seats,
    ship_code,
    states,
)

UN_MEMBERS = 193


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Russia", "RUS"),
        ("RUS", "RUS"),
        ("russian", "RUS"),
        ("rus", "RUS"),
        ("the Kremlin", "RUS"),
        ("Moscow", "RUS"),
        ("US", "USA"),
        ("U.S.", "USA"),
        ("america", "USA"),
        ("Foggy Bottom", "USA"),
        ("Washington, D.C.", "USA"),
        ("Côte d'Ivoire", "CIV"),
        ("Cote d’Ivoire", "CIV"),
        ("Türkiye", "TUR"),
        ("Burma", "MMR"),
        ("DPRK", "PRK"),
        ("Republic of China", "TWN"),
        ("People's Republic of China", "CHN"),
        ("Palestinian", "PSE"),
        ("Kosovo", "KOS"),
        ("Niger", "NER"),
        ("Nigeria", "NGA"),
        ("Republic of Congo", "COG"),
        ("DR Congo", "COD"),
        ("Kiev", "UKR"),
        ("EU", "EUR"),
        ("NATO", "NATO"),
        ("the United Nations", "UNO"),
        ("African Union", "AFU"),
        ("Zhongnanhai", "CHN"),
    ],
)
def test_words_in_any_case_give_the_code(words: str, code: str) -> None:
    assert code_of(words) == code


@pytest.mark.parametrize("words", ["", "Atlantis", "us then", "Korean", "the"])
def test_words_that_mean_no_state_give_none(words: str) -> None:
    assert code_of(words) is None


def test_every_member_of_the_united_nations_is_there_with_its_number() -> None:
    modern = [s for s in states().values() if s.cow and s.last is None]
    assert len(modern) >= UN_MEMBERS
    assert all(s.name and s.adjectives for s in modern if s.code not in ("COG", "DMA"))


def test_every_code_is_three_letters_and_every_seat_belongs_to_a_state() -> None:
    assert all(len(code) == 3 and code.isupper() for code in states())
    assert {seat.code for seat in seats()} <= set(states())


def test_correlates_of_war_numbers_are_those_of_the_field() -> None:
    known = {
        "USA": 2,
        "GBR": 200,
        "FRA": 220,
        "DEU": 255,
        "RUS": 365,
        "CHN": 710,
        "TWN": 713,
        "PRK": 731,
        "KOR": 732,
        "JPN": 740,
        "PNG": 910,
        "GIN": 438,
        "SSD": 626,
        "KOS": 347,
    }
    assert {code: cow_of(code) for code in known} == known
    assert cow_of("EUR") is None


def test_names_capitals_and_adjectives_come_back() -> None:
    assert name_of("RUS") == "Russia"
    assert name_of("EUR") == "European Union"
    assert name_of("QQQ") == "QQQ"
    assert capital_of("KAZ") == "Astana"
    assert adjective_of("CHN") == "Chinese"
    assert ship_code("HMS") == "GBR"


def test_each_state_is_found_by_its_own_name() -> None:
    assert {s.code for s in states().values() if code_of(s.name) != s.coded} == set()


def test_a_territory_counts_as_the_state_it_is_part_of() -> None:
    assert code_of("Hong Kong") == "CHN"
    assert code_of("Puerto Rico") == "USA"
    assert states()["HKG"].part_of == "CHN"
