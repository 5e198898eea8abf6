"""Lists of who followed whom in an office."""

from __future__ import annotations

import pytest
from training.successions import read_chains, read_line


def test_each_holder_serves_until_the_next() -> None:
    told = "NOR Prime Minister: 2013-10-16 Erna Solberg (f); 2021-10-14 Jonas Gahr Støre = Jonas Gahr Store"
    first, second = read_line(told, "hog", "2025-10")
    assert (first.name, first.gender, first.first, first.last) == (
        "Erna Solberg", "f", "2013-10-16", "2021-10-14",
    )  # fmt: skip
    assert (second.aliases, second.gender, second.last) == (("Jonas Gahr Store",), "m", "")


def test_a_dash_ends_a_term_with_nobody_known_to_follow() -> None:
    (only,) = read_line("ERI Foreign Minister: 2000 Ali Said; 2005-08 -", "fm", "2025-10")
    assert (only.first, only.last) == ("2000-01-01", "2005-08-01")


def test_two_terms_in_a_row_are_one() -> None:
    (only,) = read_line("MLI Foreign Minister: 2014 Abdoulaye Diop; 2017 Abdoulaye Diop", "fm", "2025-10")
    assert (only.first, only.last) == ("2014-01-01", "")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("FRA President: 2017-05-14 Emmanuel Macron; 2012-05-15 François Hollande", "after a later day"),
        ("FRA President 2017 Emmanuel Macron", "does not read"),
        ("FRA President: 2017-05-14; 2020 X", "does not read"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(line: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        list(read_line(line, "hos", "2025-10"))


def test_every_list_is_read_and_every_term_begins_before_it_ends() -> None:
    holdings = list(read_chains())
    assert len(holdings) > 5000
    assert all(not h.last or h.first < h.last for h in holdings)
    assert {h.kind for h in holdings} == {"fm", "hos", "hog", "dm", "chief", "leader"}
