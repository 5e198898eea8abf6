"""What is said aloud about contested names, and what else one name may mean."""

from datetime import date

import pytest

from detente.knowledge.conventions import convention, namesakes
from detente.knowledge.states import states
from detente.knowledge.tables import read_table


@pytest.mark.parametrize(
    ("name", "code"), [("Kosovo", "KOS"), ("the Golan Heights", "SYR"), ("crimea", "UKR"), ("Spratlys", "")]
)
def test_a_contested_name_has_its_code(name: str, code: str) -> None:
    said = convention(name)
    assert said is not None
    assert said.code == code


def test_a_name_nobody_contests_has_no_convention() -> None:
    assert convention("Norway") is None


def test_a_name_is_shared_only_between_its_days() -> None:
    assert [n.code for n in namesakes("Yemen", date(1980, 1, 1))] == ["YEM", "YMD"]
    assert namesakes("Yemen", date(2000, 1, 1)) == ()
    assert namesakes("Yemen", None) == ()
    assert [n.code for n in namesakes("China", date(1960, 1, 1))] == ["CHN", "TWN"]


@pytest.mark.parametrize("table", ["who_conventions.csv", "who_namesakes.csv"])
def test_every_code_is_one_we_know(table: str) -> None:
    for row in read_table(table, delimiter=","):
        assert row["code"] in {*states(), "EUR", ""}, f"line {row.line}"


def test_scores_of_namesakes_leave_an_order() -> None:
    for row in read_table("who_namesakes.csv", delimiter=","):
        assert 0 < float(row["score"]) < 1, f"line {row.line}"
        assert row["why"], f"line {row.line}"
