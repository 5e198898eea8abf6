"""Which rows have aged: open terms of old sources, terms overtaken, and nothing that has ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from detente.knowledge import staleness
from detente.knowledge.staleness import Stale, stale_rows
from detente.knowledge.tables import Row, parse_table

PEOPLE = """code,kind,title,name,aliases,gender,first,last,source,checked
NOR,fm,Foreign Minister,Kari Holm,,f,2001-01-01,2005-01-01,a list,2009-06
NOR,fm,Foreign Minister,Anna Berg,,f,2015-01-01,,a list,2022-10
NOR,fm,Foreign Minister,Luis Sala,,m,2023-01-01,,a list,2026-05
SWE,fm,Foreign Minister,Eva Lind,E. Lind,f,2021-01-01,,a list,2022-10
SWE,fm,Foreign Minister,E. Lind,,f,2022-01-01,,another list,2022-10
DNK,spokes,Spokesperson,Ole Dam,,m,2014-01-01,,a list,2026-05
DNK,spokes,Spokesperson,Pia Skov,,f,2020-01-01,,a list,2026-05
"""
OUTLETS = """name,aliases,code,kind,state_owned,source,checked
The Fjord,,NOR,newspaper,no,a list,2024-01
The Sound,,DNK,newspaper,no,a list,2026-01
"""
TABLES = {"people.csv": PEOPLE, "outlets.csv": OUTLETS}
DAY = date(2026, 11, 24)


@pytest.fixture
def few_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(name: str, *, delimiter: str = "\t") -> Iterator[Row]:
        return parse_table(TABLES[name], name, delimiter=delimiter)

    monkeypatch.setattr(staleness, "read_table", read)
    monkeypatch.setattr(staleness, "OFFICES", ("people.csv",))
    monkeypatch.setattr(staleness, "OTHERS", {"outlets.csv": "name"})


def names(rows: tuple[Stale, ...]) -> dict[str, str]:
    return {row.name: row.reason for row in rows}


@pytest.mark.usefixtures("few_rows")
def test_open_terms_of_old_sources_are_stale_and_ended_ones_are_not() -> None:
    found = names(stale_rows(DAY))
    assert found == {
        "Anna Berg": "overtaken",
        "Eva Lind": "open",
        "E. Lind": "open",
        "The Fjord": "unchecked",
    }


@pytest.mark.usefixtures("few_rows")
def test_a_term_is_overtaken_by_another_person_only() -> None:
    rows = {row.name: row for row in stale_rows(DAY)}
    assert rows["Anna Berg"].by == "Luis Sala, 2023-01-01"
    assert rows["Anna Berg"].line == 3
    assert rows["Eva Lind"].by == ""


@pytest.mark.usefixtures("few_rows")
def test_how_old_is_asked_in_months() -> None:
    assert "The Fjord" not in names(stale_rows(DAY, months=34))
    assert "The Sound" in names(stale_rows(DAY, months=9))
    assert "The Sound" not in names(stale_rows(DAY, months=10))


def test_our_tables_are_read_row_by_row() -> None:
    rows = stale_rows(date(2100, 1, 1))
    assert {row.table for row in rows} >= {"people.csv", "states.csv", "outlets.csv", "places.csv"}
    assert all(row.line > 1 and row.checked for row in rows)


def test_nothing_fresh_is_stale_by_its_check() -> None:
    assert not [
        r for r in stale_rows(date(2026, 11, 24)) if r.reason != "overtaken" and r.checked >= "2025-11"
    ]
