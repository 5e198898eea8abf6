"""Tables say where they come from, and errors say where they broke."""

from importlib.resources import files

import pytest

from detente.errors import KnowledgeError
from detente.knowledge.tables import parse_table, provenance, read_table

BY_HAND = [
    "states_names.csv", "states_seats.csv", "states_loose.csv", "states_groups.csv", "states_capitals.csv",
    "organisations.csv", "people_recent.csv", "people_common.csv", "places.csv", "places_traps.csv",
    "roles.csv", "roles_cues.csv",
]  # fmt: skip


@pytest.mark.parametrize("table", BY_HAND)
def test_a_table_kept_by_hand_says_its_source_and_month(table: str) -> None:
    told = provenance(table)
    assert len(told.source) > 10
    year, month = told.checked.split("-")
    assert int(year) >= 2026
    assert 1 <= int(month) <= 12


def test_a_table_without_that_line_is_an_error_that_says_what_to_write() -> None:
    with pytest.raises(KnowledgeError, match="source"):
        provenance("calendar.csv")


def test_every_actor_table_names_its_source_in_its_first_line_or_a_column() -> None:
    data = files("detente.knowledge") / "data"
    for table in sorted(p.name for p in data.iterdir()):
        if table.startswith(("states", "people", "organisations", "places", "roles", "outlets")):
            first = (data / table).read_text("utf-8").splitlines()[0]
            assert first.startswith("# source: ") or {"source", "checked"} <= set(first.split(",")), table


def test_the_first_line_is_no_row() -> None:
    assert "AFG" in {row["code"] for row in read_table("states_names.csv", delimiter=",")}


def test_a_row_with_too_many_cells_names_its_line() -> None:
    with pytest.raises(KnowledgeError, match="line 2"):
        list(parse_table("a,b\n1,2,3\n", "x.csv", delimiter=","))
