"""Bodies, armed groups and the press."""

from __future__ import annotations

import pytest

from detente.knowledge.names import fold
from detente.knowledge.organisations import members, members_of, organisation, organisations, outlet, outlets
from detente.knowledge.states import BODIES, states


@pytest.mark.parametrize(
    ("words", "code", "name"),
    [
        ("the EU", "EUR", "European Union"),
        ("Nato", "NATO", "NATO"),
        ("UN Security Council", "UNO", "UN Security Council"),
        ("the Arab League", "IGO", "Arab League"),
        ("Hezbollah", "LBN", "Hezbollah"),
        ("ISIS", "NGO", "Islamic State"),
        ("hamas", "PSE", "Hamas"),
        ("G-20", "IGO", "G20"),
        ("Houthi rebels", "YEM", "Houthis"),
        ("ICRC", "NGO", "ICRC"),
    ],
)
def test_a_body_is_known_by_any_of_its_names(words: str, code: str, name: str) -> None:
    body = organisation(words)
    assert body is not None
    assert (body.code, body.name) == (code, name)


def test_an_unknown_body_is_none() -> None:
    assert organisation("League of Rivers") is None


@pytest.mark.parametrize(
    ("words", "code", "owned"),
    [
        ("TASS", "RUS", True),
        ("Xinhua news agency", "CHN", True),
        ("Reuters", "GBR", False),
        ("the BBC", "GBR", True),
        ("KCNA", "PRK", True),
        ("AFP", "FRA", False),
        ("The Washington Post", "USA", False),
        ("IRNA", "IRN", True),
    ],
)
def test_an_outlet_has_a_home_and_an_owner(words: str, code: str, owned: bool) -> None:
    paper = outlet(words)
    assert paper is not None
    assert (paper.code, paper.state_owned) == (code, owned)


def test_papers_of_one_row_keep_their_own_names() -> None:
    found = outlet("Haaretz"), outlet("Jerusalem Post")
    assert [p and p.name for p in found] == ["Haaretz", "Jerusalem Post"]
    assert outlet("Morning Fable") is None


def test_members_change_with_the_day() -> None:
    assert "SWE" not in members_of("NATO", "2023-01-01")
    assert "SWE" in members_of("NATO")
    assert "GBR" in members_of("the EU", "2016-01-01")
    assert "GBR" not in members_of("the EU", "2021-01-01")
    assert members_of("the Quad") == ("AUS", "IND", "JPN", "USA")
    assert members_of("Amnesty International") == ()


def test_every_code_of_the_tables_is_one_of_the_codebook() -> None:
    codes = {o.code for o in organisations()} | {p.code for p in outlets()}
    assert codes <= set(states()) | set(BODIES)


@pytest.mark.parametrize(
    ("body", "on", "size", "within", "without"),
    [
        ("NATO", "1990-01-01", 16, "DEU", "POL"),
        ("NATO", "2024-12-31", 32, "SWE", "RUS"),
        ("the EU", "1957-12-31", 0, "", "FRA"),
        ("the EU", "1980-01-01", 9, "GBR", "GRC"),
        ("the EU", "2019-01-01", 28, "GBR", "NOR"),
        ("the EU", "2020-02-01", 27, "HRV", "GBR"),
        ("ASEAN", "2000-01-01", 10, "KHM", "TLS"),
        ("ASEAN", "2025-12-01", 11, "TLS", "PNG"),
        ("BRICS", "2023-12-31", 5, "ZAF", "EGY"),
        ("BRICS", "2025-06-01", 10, "IDN", "SAU"),
        ("G8", "2010-01-01", 9, "RUS", "CHN"),
        ("OPEC", "2024-06-01", 12, "COG", "AGO"),
        ("Arab League", "2015-01-01", 21, "PSE", "SYR"),
        ("the Warsaw Pact", "1980-01-01", 7, "DDR", "ALB"),
        ("the United Nations", "2012-01-01", 193, "SSD", "TWN"),
        ("the WTO", "2012-08-21", 155, "CHN", "RUS"),
        ("ECOWAS", "2025-02-01", 12, "NGA", "MLI"),
        ("UN Security Council", "2026-05-01", 15, "DNK", "DZA"),
        ("the Commonwealth", "2024-01-01", 56, "GAB", "ZWE"),
    ],
)
def test_a_body_has_the_members_of_the_day(body: str, on: str, size: int, within: str, without: str) -> None:
    found = members_of(body, on)
    assert len(found) == size
    assert not within or within in found
    assert without not in found


def test_every_member_is_a_state_or_body_and_leaves_after_it_joined() -> None:
    for name, listed in members().items():
        assert name in {o.members for o in organisations()}, name
        for code, first, last in listed:
            assert code in states() or code in BODIES
            assert not last or first < last, (name, code)


def test_no_two_bodies_share_a_name() -> None:
    names = [n for o in organisations() for n in {fold(name).lower() for name in (o.name, *o.aliases)}]
    assert {n for n in names if names.count(n) > 1} == set()
