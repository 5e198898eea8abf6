"""Bodies, armed groups and the press."""

from __future__ import annotations

import pytest

from detente.knowledge.organisations import members_of, organisation, organisations, outlet, outlets
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
    assert members_of("the Quad") == ("USA", "JPN", "IND", "AUS")
    assert members_of("Amnesty International") == ()


def test_every_code_of_the_tables_is_one_of_the_codebook() -> None:
    codes = {o.code for o in organisations()} | {p.code for p in outlets()}
    assert codes <= set(states()) | set(BODIES)
