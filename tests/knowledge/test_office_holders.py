"""CSVs of office holders as rows of people.csv; every name here is invented."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import DetenteError, InputError
from detente.knowledge.extending import read_bytes
from detente.knowledge.imports import to_csv
from detente.knowledge.office_holders import find_code, find_day, find_kind, read_office_holders


def test_columns_are_guessed_and_the_guess_is_said() -> None:
    text = (
        "Country;Leader;Position;Start Date;End Date;Sex\n"
        "Norway;Sven Lunde;Minister of Foreign Affairs;01/10/2009;15/10/2013;male\n"
        "385;Eva  Strom;Prime Minister;2014;;F\n"
    )
    made = read_office_holders(text, "oh.csv")
    assert made.notes == [
        "name ← Leader", "code ← Country", "title ← Position", "first ← Start Date", "last ← End Date",
        "gender ← Sex", "dates like 03/04/2017 read as day/month",
    ]  # fmt: skip
    one, two = made.rows("people")
    assert (one["code"], one["kind"], one["first"], one["last"]) == ("NOR", "fm", "2009-10-01", "2013-10-15")
    assert (two["name"], two["code"], two["kind"], two["first"]) == ("Eva Strom", "NOR", "hog", "2014-01-01")
    assert "last" not in two
    assert (one["gender"], two["gender"]) == ("m", "f")
    assert {one["checked"], two["checked"]} == {"2014-01"}


def test_first_and_last_names_are_joined_and_a_kind_can_be_given() -> None:
    made = read_office_holders("iso3,first name,surname\nNOR,Sven,Lunde\n", "oh.csv", kind="fm")
    assert [(r["name"], r["kind"]) for r in made.rows("people")] == [("Sven Lunde", "fm")]


def test_columns_can_be_named() -> None:
    text = "who,where,what\nSven Lunde,NO,defence minister\n"
    made = read_office_holders(text, "oh.csv", mapping={"name": "who", "code": "WHERE", "title": "what"})
    assert [(r["name"], r["code"], r["kind"]) for r in made.rows("people")] == [("Sven Lunde", "NOR", "dm")]
    with pytest.raises(InputError, match="maps no column"):
        read_office_holders(text, "oh.csv", mapping={"name": "whom"})


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("country,office,start", "no column of people's names"),
        ("name,office,start", "no column of states"),
        ("name,country,start", "no column of offices"),
        ("", "no column of people's names"),
    ],
)
def test_a_file_without_what_is_needed_says_so(header: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_office_holders(header + "\n", "oh.csv")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (",NOR,fm,2001,2002", "it holds no name"),
        ("Sven Lunde,Nowhereland,fm,2001,2002", "«Nowhereland» is no state we know"),
        ("Sven Lunde,999999999999,fm,2001,2002", "is no state we know"),
        ("Sven Lunde,NOR,Minister of Silly Walks,2001,2002", "is no office we have a kind for"),
        ("Sven Lunde,NOR,fm,2001-13-01,2002", "«2001-13-01» is no day"),
        ("Sven Lunde,NOR,fm,3/4/2001,2002", "«3/4/2001» may be two days"),
        ("Sven Lunde,NOR,fm,2003,2002-01-01", "before it begins"),
        ('"Sven Lunde,NOR,fm,2003,2002-01-01', "is no state we know"),
    ],
)
def test_a_line_that_cannot_be_read_is_skipped_with_why(line: str, why: str) -> None:
    made = read_office_holders(f"name,country,office,start,end\n{line}\n", "oh.csv")
    assert not made.tables
    assert why in made.skipped[0].why
    assert made.skipped[0].line == 2


@pytest.mark.parametrize(
    ("written", "end", "day"),
    [
        ("2017-07-04", False, date(2017, 7, 4)),
        ("2017-07-04T00:00:00Z", False, date(2017, 7, 4)),
        ("+2017-07-04T00:00:00Z", False, date(2017, 7, 4)),
        ("20170704", False, date(2017, 7, 4)),
        ("2017", False, date(2017, 1, 1)),
        ("2017", True, date(2017, 12, 31)),
        ("2016-02", True, date(2016, 2, 29)),
        ("4.7.2017", False, date(2017, 7, 4)),
        ("4/4/2017", False, date(2017, 4, 4)),
        ("4 July 2017", False, date(2017, 7, 4)),
        ("July 4, 2017", False, date(2017, 7, 4)),
        ("4th Sept. 2017", False, date(2017, 9, 4)),
        ("04-Jul-2017", False, date(2017, 7, 4)),
        ("incumbent", True, None),
        ("", False, None),
    ],
)
def test_days_are_read_as_people_write_them(written: str, end: bool, day: date | None) -> None:
    assert find_day(written, None, end=end) == day


def test_the_order_of_day_and_month_is_told_or_asked_for() -> None:
    assert find_day("3/4/2017", "dmy") == date(2017, 4, 3)
    assert find_day("3/4/2017", "mdy") == date(2017, 3, 4)
    assert "may be two days" in str(find_day("3/4/2017", None))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Minister of Foreign Affairs", "fm"),
        ("Deputy Foreign Minister", "fm-deputy"),
        ("Minister for External Affairs", "fm"),
        ("Secretary of State", "fm"),
        ("Minister of Defence", "dm"),
        ("Prime Minister", "hog"),
        ("King", "hos"),
        ("Vice President", "vice"),
        ("fm", "fm"),
        ("Gardener", None),
    ],
)
def test_offices_are_told_by_their_words(words: str, kind: str | None) -> None:
    assert find_kind(words) == kind


@pytest.mark.parametrize(
    ("words", "code"), [("385", "NOR"), ("no", "NOR"), ("Norway", "NOR"), ("EU", "EUR"), ("zz", None)]
)
def test_states_are_told_by_code_name_or_number(words: str, code: str | None) -> None:
    assert find_code(words) == code


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=120), st.sampled_from(["name,country,office,start,end\n", "name;code;kind\n", ""]))
def test_any_text_becomes_rows_that_load_or_one_sentence(text: str, header: str) -> None:
    try:
        made = read_office_holders(header + text, "oh.csv", kind="fm")
    except DetenteError:
        return
    for table in made.tables:
        assert (
            read_bytes(to_csv(table, made.rows(table)).encode("utf-8", "replace"), "people.csv", table).faults
            == ()
        )
