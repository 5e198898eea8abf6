"""PETRARCH dictionaries as rows; every name here is invented."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import InputError
from detente.knowledge.extending import load_knowledge
from detente.knowledge.imports import Import
from detente.knowledge.petrarch import plain_name, read_petrarch

REFERENCES = Path(__file__).parents[3] / "shared" / "data" / "facts" / "petrarch"

ACTORS = """\
# actors of nowhere
NORLAND_ [NOR]  ; an old name
+NORSEMEN_

SVEN_LUNDE_  ; a minister
+S._LUNDE_
\t[NORGOV 091001-131015]
\t[NOROPP >20131016]
EVA_STROM_
\t[SWEGOVMIL <870101]
\t[IGOUNO 990230]
ALLIANCE_OF_THE_FJORDS_
A.O.F._
\t[NORREB]
WANDERING_FRONT_ [MEAREB]
AMBER_COUNCIL_(AMC)_ [IGOBUS]
GULL_TEXTILES_ [MNCNOR]
SOME_WEDDING_ [---]
NOBODY'S_MAN_ [QQQ]
"""


def rows(text: str, name: str = "a.txt") -> Import:
    return read_petrarch([(name, text)])


def test_a_date_restriction_is_a_term_of_office() -> None:
    people = rows(ACTORS).rows("people")
    assert [(p["name"], p["code"], p["kind"], p.get("first"), p.get("last")) for p in people] == [
        ("Sven Lunde", "NOR", "official", "2009-10-01", "2013-10-15"),
        ("Sven Lunde", "NOR", "opposition", "2013-10-16", None),
        ("Eva Strom", "SWE", "military", None, "1986-12-31"),
        ("Eva Strom", "UNO", "official", "1999-02-28", "1999-02-28"),
    ]
    assert people[0]["aliases"] == "S. LUNDE" or people[0]["aliases"] == "S. Lunde"
    assert people[0]["source"] == "a.txt, line 7"
    assert {p["checked"] for p in people} == {"2013-10"}, "the list is right up to its latest day"


def test_states_groups_bodies_and_null_codes_find_their_tables() -> None:
    made = rows(ACTORS)
    assert made.rows("states_names") == [{"code": "NOR", "names": "Norland|Norsemen"}]
    bodies = {
        b["name"]: (b["code"], b["sector"], b["kind"], b.get("aliases")) for b in made.rows("organisations")
    }
    assert bodies == {
        "Alliance of the Fjords": ("NOR", "REB", "armed group", "A.O.F."),
        "Wandering Front": ("NGO", "REB", "armed group", None),
        "Amber Council Amc": ("IGO", "IGO", "body", None),
        "Gull Textiles": ("MNC", "BUS", "body", None),
    }
    assert made.rows("traps") == [{"words": "Some Wedding", "why": "no actor in a.txt"}]


def test_what_is_skipped_says_its_line_and_why() -> None:
    (skipped,) = rows(ACTORS).skipped
    assert str(skipped) == "a.txt, line 19: «Nobody's Man»: «QQQ» is of no state or body we know"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("SVEN_LUNDE_ [NORGOV 1301]", "«1301» is no date"),
        ("SVEN_LUNDE_ [NORGOV 130101-120101]", "ends before it begins"),
        ("SVEN_LUNDE_ [NORGOV 131401]", "is no date"),
        ("SVEN_LUNDE_ [norgov]", "is no code with dates"),
        ("SVEN_LUNDE_", "it has no code"),
        ("[NORGOV]", "it belongs to no name"),
        ("..._ [NORGOV]", "it holds no name"),
        ("NORLAND_ [NOR 130101-140101]", "a state's name with dates"),
    ],
)
def test_what_our_tables_cannot_say_is_skipped(line: str, why: str) -> None:
    made = rows(line)
    assert not made.tables
    assert len(made.skipped) == 1
    assert why in made.skipped[0].why


def test_what_our_tables_know_is_counted_apart() -> None:
    made = rows("NORWAY_ [NOR]\nMINISTER_ [~GOV]\n")
    assert (len(made.skipped), made.known, made.tables) == (2, 2, {})


def test_agents_are_roles_with_their_macros_opened() -> None:
    made = rows("!PERSON! = MAN, WOMAN\nTURNIP!PERSON! [~AGR]\nHARBOUR_WARDEN {HARBOUR_WARDENS} [~GOVMIL]\n")
    assert [(r["words"], r["sector"]) for r in made.rows("roles")] == [
        ("turnipman|turnipwoman", "CVL"),
        ("harbour warden", "MIL"),
    ]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("UNITED_FJORDS_", "United Fjords"),
        ("LEAGUE_OF_THE_NORTH", "League of the North"),
        ("NATO_", "NATO"),
        ("QVC_", "QVC"),
        ("IRAQ_", "Iraq"),
        ("O'NEILL_PARTY_", "O'Neill Party"),
        ("PEOPLE'S_FRONT_", "People's Front"),
        ("BAN_KI-MOON_", "Ban Ki-Moon"),
    ],
)
def test_names_are_written_as_papers_print_them(written: str, name: str) -> None:
    assert plain_name(written) == name


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="AB_+[]{}~!=#; \n\t<>-0139|\x1a'", max_size=200))
def test_any_text_becomes_rows_that_load(text: str) -> None:
    made = rows(text)
    for table in made.tables:
        from detente.knowledge.extending import read_bytes
        from detente.knowledge.imports import to_csv

        assert read_bytes(to_csv(table, made.rows(table)).encode(), f"{table}.csv", table).faults == ()


def test_nothing_is_written_over(tmp_path: Path) -> None:
    made = rows(ACTORS)
    assert {p.name for p in made.write(tmp_path / "new", source="x")} == {
        "people.csv", "states_names.csv", "organisations.csv", "traps.csv",
    }  # fmt: skip
    assert not load_knowledge(tmp_path / "new").faults
    with pytest.raises(InputError, match="writes over nothing"):
        made.write(tmp_path / "new", source="x")


@pytest.mark.slow
@pytest.mark.skipif(not REFERENCES.exists(), reason="the reference dictionaries are not at hand")
def test_the_fields_own_dictionaries_are_read_but_for_a_few(tmp_path: Path) -> None:
    files = sorted(REFERENCES.glob("Phoenix.*.actors.txt.gz")) + sorted(REFERENCES.glob("*agents*"))
    made = read_petrarch((f.name, gzip.decompress(f.read_bytes()).decode("latin-1")) for f in files)
    lost = len(made.skipped) - made.known
    assert made.read > 25_000
    assert lost / made.read < 0.03
    made.write(tmp_path / "new", source="x")
    assert not load_knowledge(tmp_path / "new").faults
