"""States: words to codes and back."""

from __future__ import annotations

from datetime import date

import pytest

from detente.knowledge.states import (
    adjective_of,
    capital_of,
    code_of,
    cow_of,
    former_names,
    name_of,
    name_on,
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


@pytest.mark.parametrize(
    ("code", "letters", "cow", "gw", "cameo", "fips"),
    [
        ("USA", "USA", 2, 2, "USA", "US"),
        ("DEU", "GMY", 255, 260, "DEU", "GM"),
        ("SRB", "YUG", 345, 340, "SRB", "RI"),
        ("KIR", "KIR", 946, 970, "KIR", "KR"),
        ("ROU", "ROM", 360, 360, "ROM", "RO"),
        ("TLS", "ETM", 860, 860, "TMP", "TT"),
        ("KOS", "KOS", 347, 347, "KSV", "KV"),
        ("COG", "CON", 484, 484, "COG", "CF"),
        ("YEM", "YEM", 679, 678, "YEM", "YM"),
        ("SUN", "RUS", 365, 365, "SUN", "UR"),
    ],
)
def test_a_state_has_the_codes_of_each_list(
    code: str, letters: str, cow: int, gw: int, cameo: str, fips: str
) -> None:
    state = states()[code]
    assert (state.cow_letters, state.cow, state.gw, state.cameo, state.fips) == (
        letters,
        cow,
        gw,
        cameo,
        fips,
    )


def test_no_two_living_states_share_a_number_or_letters() -> None:
    living = [s for s in states().values() if s.last is None]
    for codes in ([s.cow for s in living if s.cow], [s.gw for s in living if s.gw]):
        assert len(codes) == len(set(codes))
    assert len({s.cow_letters for s in living if s.cow}) == len([s for s in living if s.cow])


@pytest.mark.parametrize(
    ("code", "on", "name"),
    [
        ("COD", date(1985, 1, 1), "Zaire"),
        ("COD", date(1998, 1, 1), "Democratic Republic of the Congo"),
        ("SWZ", date(2018, 4, 18), "Swaziland"),
        ("SWZ", date(2018, 4, 19), "Eswatini"),
        ("BFA", date(1983, 1, 1), "Upper Volta"),
        ("MMR", date(1988, 8, 8), "Burma"),
        ("LKA", date(1970, 1, 1), "Ceylon"),
        ("ZWE", date(1970, 1, 1), "Rhodesia"),
        ("BEN", date(1970, 1, 1), "Dahomey"),
        ("DEU", date(1985, 1, 1), "West Germany"),
        ("FRA", date(1985, 1, 1), "France"),
    ],
)
def test_a_state_goes_by_the_name_of_the_day(code: str, on: date, name: str) -> None:
    assert name_on(code, on) == name


def test_every_former_name_is_a_name_of_its_state_and_ends_after_it_begins() -> None:
    for former in former_names():
        assert former.code in states()
        assert former.first < former.last
    unknown = {f.name for f in former_names() if code_of(f.name) not in (f.code, "RUS", "COG")}
    assert unknown <= NOT_NEWS


# Names of law and of maps, and one of a city today, that no report of our time calls a state by.
NOT_NEWS = {
    "Russian Soviet Federative Socialist Republic",
    "Gold Coast",
    "Irish Free State",
    "French Territory of the Afars and the Issas",
}
