"""Who is meant, asked outright: words and a day against the actors an answer names, and why."""

from __future__ import annotations

import json
import random
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import detente
from detente.coding.who.answer import Fit
from detente.coding.who.asking import MAX_WORDS, find_who
from detente.errors import DateError, InputError
from detente.knowledge.gazetteer import gazetteer

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "who.toml").read_text("utf-8"))["case"]


def is_told(wanted: str, fits: tuple[Fit, ...]) -> bool:
    """Whether «RUS =Sergei Ryabkov» is among fits; a code alone asks for no name, None for no code."""
    code, _, name = wanted.partition(" =")
    return any(str(f.code) == code and name in ("", f.name) for f in fits)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_words_mean_on_a_day_what_their_case_says(case: dict[str, Any]) -> None:
    answer = find_who(case["ask"], case.get("on"))
    assert answer.verdict == case["verdict"], answer.says
    if case["verdict"] == "one":
        assert len(answer.meant) == 1
    assert bool(answer.meant) == bool(case["meant"]), answer.says
    for wanted in case["meant"]:
        assert is_told(wanted, answer.meant), (wanted, answer.says)
    for unwanted in case.get("not", []):
        assert is_told(unwanted, tuple(c for c in answer.candidates if not c.fits)), (unwanted, answer.says)
    for words in case.get("says", []):
        assert words in answer.says
    if "role" in case:
        assert answer.best is not None
        assert answer.best.role == case["role"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_an_answer_explains_every_candidate(case: dict[str, Any]) -> None:
    answer = find_who(case["ask"], case.get("on"))
    for fit in answer.candidates:
        assert fit.why
        assert fit.source
        assert 0 <= fit.score <= 1
    scores = [f.score for f in answer.fits]
    assert scores == sorted(scores, reverse=True)
    assert set(answer.meant) <= set(answer.fits)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_an_answer_survives_json(case: dict[str, Any]) -> None:
    told = json.loads(json.dumps(find_who(case["ask"], case.get("on")).to_json()))
    assert told["verdict"] == case["verdict"]
    assert [c for c in told["candidates"] if c["meant"]] or not case["meant"]


def test_a_person_is_told_with_dates_source_and_all_his_offices() -> None:
    best = find_who("Vladimir Putin", date(2010, 1, 1)).best
    assert best is not None
    assert best.first == date(2008, 5, 8)
    assert best.last
    assert best.last.year == 2012
    assert best.source
    assert best.checked
    assert {t.role for t in best.terms} == {"President of Russia", "Prime Minister of Russia"}
    assert len([t for t in best.terms if t.role.startswith("President")]) == 2


def test_why_somebody_does_not_fit_names_the_day() -> None:
    father = next(f for f in find_who("Bush", date(2005, 5, 5)).candidates if not f.fits)
    assert "left office on 1993-01-20, 12 years before that day" in father.why


def test_a_state_is_told_with_its_codes_and_who_led_it() -> None:
    best = find_who("Norway", date(2010, 1, 1)).best
    assert best is not None
    codes = dict(best.codes)
    assert codes["ISO 3166 alpha-3"] == "NOR"
    assert codes["ISO 3166 alpha-2"] == "NO"
    assert codes["COW number"] == "385"
    assert "Jens Stoltenberg" in {t.name for t in best.terms}


@pytest.mark.parametrize("words", ["Taiwan", "Kosovo", "Crimea", "Abkhazia", "Golan Heights", "West Bank"])
def test_a_contested_name_says_its_convention(words: str) -> None:
    best = find_who(words).best
    assert best is not None
    assert len(best.note) > 40


def test_members_are_those_of_the_day() -> None:
    before, after = (find_who("NATO", date(y, 12, 31)) for y in (2022, 2024))
    assert "SWE" not in {m.code for m in before.members}
    assert "SWE" in {m.code for m in after.members}
    assert all(m.source and m.checked for m in after.members)


def test_a_nickname_of_many_bodies_lists_no_members() -> None:
    assert find_who("the bloc").members == ()


def test_what_a_report_would_be_coded_with_is_told() -> None:
    assert [a.code for a in find_who("Congo").coded] == ["COD"]
    assert find_who("the ministry").coded == ()


def test_a_misspelt_name_has_near_ones() -> None:
    assert "Sergei Ryabkov" in find_who("Sergei Riabkov").near
    assert find_who("Sergei Riabkov").candidates == ()


@pytest.mark.parametrize("words", ["", "  ", "«»", "?!", "a" * (MAX_WORDS + 1)])
def test_what_is_no_name_is_refused(words: str) -> None:
    with pytest.raises(InputError):
        find_who(words)


def test_the_face_takes_days_as_words() -> None:
    best = detente.who("Sergei Ryabkov", on="2017-07-04").best
    assert best is not None
    assert best.code == "RUS"
    with pytest.raises(DateError):
        detente.who("Sergei Ryabkov", on="2017-13-40")


def test_every_name_of_the_tables_gets_an_answer() -> None:
    names = random.Random(4).sample(sorted(gazetteer().entries), 400)
    lost = [n for n in names if n[0].isupper() and not find_who(n).candidates]
    assert len(lost) <= 4, lost


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_any_words_get_an_answer_or_one_sentence(words: str) -> None:
    if any(c.isalnum() for c in words):
        assert find_who(words).says.endswith(".")
    else:
        with pytest.raises(InputError, match="holds no word"):
            find_who(words)


def test_a_body_is_told_with_who_headed_it() -> None:
    best = find_who("IAEA", date(2021, 1, 1)).best
    assert best is not None
    assert [t.name for t in best.terms] == ["Rafael Grossi"]


def test_titles_that_one_row_groups_are_outlets_of_their_own() -> None:
    best = find_who("The Telegraph").best
    assert best is not None
    assert best.name == "The Telegraph"


def test_rows_of_ones_own_say_where_they_stand(tmp_path: Path) -> None:
    (tmp_path / "states_seats.csv").write_text("code,words,kind\nEST,Linden House,palace\n", "utf-8")
    (tmp_path / "organisations.csv").write_text("name,code\nAmber Coast Forum,IGO\n", "utf-8")
    for words, source in (
        ("Linden House", "your own states_seats.csv, line 2"),
        ("Amber Coast Forum", "your own organisations.csv, line 2"),
    ):
        best = detente.who(words, knowledge=tmp_path).best
        assert best is not None
        assert best.source == source
        assert detente.who(words).best is None


def test_a_former_name_says_when_it_was_borne() -> None:
    best = find_who("Zaire", date(2010, 1, 1)).best
    assert best is not None
    assert "from 1971-10-27 to 1997-05-17" in best.why
    named = find_who("Democratic Republic of the Congo", date(1985, 1, 1)).best
    assert named is not None
    assert "called Zaire on that day" in named.note


def test_a_state_is_told_with_the_codes_of_every_list() -> None:
    best = find_who("Norway").best
    assert best is not None
    assert {"COW letters", "Gleditsch-Ward", "FIPS 10-4 (GDELT)", "CAMEO"} <= set(dict(best.codes))
