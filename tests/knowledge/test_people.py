"""People by office and date."""

from __future__ import annotations

import csv
import random
from datetime import date
from pathlib import Path

import pytest

from detente.knowledge.people import HEADS, holder, people, surnames, who

FACTS = Path(__file__).parents[3] / "shared" / "data" / "facts"


@pytest.mark.parametrize(
    ("words", "on", "name", "code", "role"),
    [
        ("Xi", date(2017, 7, 4), "Xi Jinping", "CHN", "President of China"),
        ("Xi Jinping", date(2017, 7, 4), "Xi Jinping", "CHN", "President of China"),
        ("Bush", date(1990, 9, 1), "George Bush", "USA", "President of the United States"),
        ("Bush", date(2003, 9, 1), "George W. Bush", "USA", "President of the United States"),
        ("Putin", date(2010, 1, 1), "Vladimir Putin", "RUS", "Prime Minister of Russia"),
        ("Putin", date(2017, 1, 1), "Vladimir Putin", "RUS", "President of Russia"),
        ("Erdoğan", date(2012, 1, 1), "Recep Tayyip Erdoğan", "TUR", "Prime Minister of Turkey"),
        ("Erdogan", date(2018, 1, 1), "Recep Tayyip Erdoğan", "TUR", "President of Turkey"),
        ("Sergei Ryabkov", date(2017, 7, 4), "Sergei Ryabkov", "RUS", "Deputy Foreign Minister of Russia"),
        (
            "von der Leyen",
            date(2022, 1, 1),
            "Ursula von der Leyen",
            "EUR",
            "President of the European Commission",
        ),
        ("Ban Ki Moon", date(2012, 1, 1), "Ban Ki-moon", "UNO", "Secretary-General of the United Nations"),
        ("Rutte", date(2025, 1, 1), "Mark Rutte", "NATO", "Secretary General of NATO"),
        ("Rutte", date(2018, 1, 1), "Mark Rutte", "NLD", "Prime Minister of the Netherlands"),
    ],
)
def test_a_name_means_who_held_office_on_the_day(
    words: str, on: date, name: str, code: str, role: str
) -> None:
    best = who(words, on)[0]
    assert (best.name, best.code, best.role) == (name, code, role)


def test_an_office_held_outweighs_one_held_before() -> None:
    on = date(2010, 1, 1)
    best, second = who("Putin", on)[:2]
    assert best.holds(on)
    assert not second.holds(on)
    assert best.score > second.score


def test_without_a_day_the_latest_wins_at_a_lower_score() -> None:
    undated = who("Merkel", None)[0]
    assert undated.name == "Angela Merkel"
    assert undated.score < who("Merkel", date(2015, 1, 1))[0].score


def test_a_stranger_is_nobody() -> None:
    assert who("Ottoline Quimby", date(2017, 1, 1)) == ()


@pytest.mark.parametrize(
    ("code", "kind", "on", "name"),
    [
        ("CHN", "leader", date(2017, 7, 4), "Xi Jinping"),
        ("DEU", "leader", date(2017, 7, 4), "Angela Merkel"),
        ("JPN", "leader", date(2013, 7, 4), "Shinzo Abe"),
        ("FRA", "hos", date(2011, 7, 4), "Nicolas Sarkozy"),
        ("GBR", "hog", date(2020, 7, 4), "Boris Johnson"),
        ("UNO", "leader", date(2020, 7, 4), "António Guterres"),
        ("UKR", "fm", date(2022, 7, 4), "Dmytro Kuleba"),
        ("USA", "fm", date(2010, 7, 4), "Hillary Clinton"),
    ],
)  # fmt: skip
def test_an_office_gives_its_holder_on_the_day(code: str, kind: str, on: date, name: str) -> None:
    found = holder(code, kind, on)
    assert found is not None
    assert found.name == name


def test_an_office_nobody_is_known_to_have_held_gives_none() -> None:
    assert holder("USA", "hos", date(1700, 1, 1)) is None


def test_short_names_follow_the_custom_of_the_state() -> None:
    assert surnames("Xi Jinping", "CHN") == ("Xi",)
    assert surnames("Ursula von der Leyen", "DEU") == ("Leyen", "der Leyen", "von der Leyen")
    assert "Assad" in surnames("Bashar al-Assad", "SYR")


def test_every_term_has_a_source_and_ends_after_it_begins() -> None:
    wrong = [
        p for p in people() if not p.source or not p.checked or (p.first and p.last and p.first > p.last)
    ]
    assert wrong == []


def test_heads_and_foreign_ministers_are_known_for_nearly_every_member_in_2016_and_2026() -> None:
    codes = {p.code for p in people() if len(p.code) == 3 and p.kind in HEADS}
    for year in (2016, 2026):
        held = {c for c in codes if any(holder(c, kind, date(year, 1, 15)) for kind in HEADS)}
        assert len(held) >= 190, year


@pytest.mark.skipif(not FACTS.exists(), reason="the reference data ../shared/data/facts are not here")
def test_heads_since_1990_are_found_with_the_right_state_by_name_and_month() -> None:
    numbers = {str(s.cow): s.code for s in _states() if s.cow and s.code not in ("SUN", "YUG", "SCG", "DDR")}
    text = (FACTS / "reign" / "leaderlist_3_21.csv").read_bytes().decode("cp1252", errors="replace")
    rows = [r for r in csv.DictReader(text.splitlines()) if r["ccode"] in numbers and r["syear"] > "1990"]
    rows = [r for r in rows if r["leader"].isascii() and "(" not in r["leader"] and "." not in r["leader"]]
    random.Random(7).shuffle(rows)
    found = 0
    for row in rows[:400]:
        on = date(int(row["syear"]), int(row["smonth"]), 28)
        candidates = who(row["leader"].strip(), on)[:2]
        found += any(c.code == numbers[row["ccode"]] and (c.kind in HEADS) for c in candidates)
    assert found / len(rows[:400]) >= 0.95


def _states():  # type: ignore[no-untyped-def]
    from detente.knowledge.states import states

    return states().values()
