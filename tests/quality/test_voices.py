"""The annotated reports stand as they say they do, and speakers are scored as the words promise."""

import hashlib
import json
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from quality.gate import FLOORS
from quality.voices.speakers import Tally, same_speaker, tally_speakers

from detente.intake import read_reports
from detente.knowledge.states import states
from detente.records import Report

VOICES = FLOORS.parent / "voices"
Row = dict[str, Any]


def read(name: str) -> list[Row]:
    return [json.loads(line) for line in (VOICES / name).read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def gold() -> list[Row]:
    return read("gold.jsonl")


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    found = read_reports([str(VOICES / "texts")])
    return {Path(r.origin or "").stem: r for r in found if isinstance(r, Report)}


@pytest.mark.parametrize("name", ["gold.jsonl", "again.jsonl"])
def test_every_row_stands_where_it_says(name: str, reports: dict[str, Report]) -> None:
    for row in read(name):
        assert reports[row["report"]].words(row["field"], row["start"], row["end"]) == row["quote"], row["id"]


def test_there_are_as_many_rows_as_the_readme_needs(gold: list[Row]) -> None:
    kinds = Counter(row["record"] for row in gold if row.get("quotation") != "turn")
    assert kinds["statement"] >= 300
    assert kinds["position"] >= 200
    assert kinds["figure"] >= 300


def test_no_row_has_the_id_of_another(gold: list[Row]) -> None:
    assert len({row["id"] for row in gold}) == len(gold)


def test_actors_are_states_or_the_bodies_the_codebook_names(gold: list[Row]) -> None:
    bodies = {"UNO", "EUR", "NATO", "AFU", "IGO", "NGO", "MNC"}
    codes = {a["code"] for row in gold for a in row.get("sources", ()) if a["code"]}
    codes |= {s["code"] for row in gold if (s := row["attribution"]["speaker"]) and s["code"]}
    assert codes <= bodies | set(states())


def test_stances_and_operators_are_those_of_the_records(gold: list[Row]) -> None:
    assert {r["stance"] for r in gold if r["record"] == "position"} <= {
        "support", "oppose", "demand", "refuse", "claim", "neutral",
    }  # fmt: skip
    assert {r["figure"]["op"] for r in gold if r["record"] == "figure"} <= {"=", ">", "<", "~", ">=", "<="}
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", r["issue"]) for r in gold if r["record"] == "position")


def test_the_halves_follow_from_the_names_of_the_files(reports: dict[str, Report]) -> None:
    plan = tomllib.loads(FLOORS.read_text("utf-8"))
    test = {n for n in reports if int(hashlib.sha256(n.encode()).hexdigest(), 16) % 3 == 0}
    assert set(plan["voices_test"]["only"]) == test
    assert set(plan["voices_dev"]["only"]) == set(reports) - test


def test_each_wikinews_text_tells_where_it_comes_from() -> None:
    for path in (VOICES / "texts").glob("wn-*.txt"):
        head = path.read_text("utf-8").split("---")[1]
        assert "url: https://en.wikinews.org" in head
        assert "licence: CC BY 2.5" in head


def quotation(name: str | None, code: str | None = "NOR", **more: Any) -> Row:
    speaker = {"code": code, "name": name, "role": more.pop("role", None), "also": more.pop("also", ())}
    base = {"record": "statement", "report": "r", "field": "text", "start": 0, "end": 10, "tier": "core"}
    return base | {"quotation": "direct", "attribution": {"speaker": speaker}} | more


def test_a_person_goes_by_his_last_name() -> None:
    assert same_speaker(quotation("Anna Li"), quotation("Li"))
    assert not same_speaker(quotation("Anna Li"), quotation("Olav Moe"))


def test_a_body_goes_by_its_other_names() -> None:
    assert same_speaker(quotation("Coast Guard Union", also=["CGU"]), quotation("CGU"))


def test_officials_without_a_name_are_no_minister_with_one() -> None:
    unnamed = quotation(None, role="officials")
    assert same_speaker(unnamed, quotation(None, None, role="official"))
    assert same_speaker(unnamed, quotation("Norway"))
    assert not same_speaker(unnamed, quotation("Olav Moe", role="Foreign Minister"))
    assert not same_speaker(unnamed, quotation(None, "SWE", role="officials"))


def test_a_wrong_speaker_costs_on_both_sides() -> None:
    assert tally_speakers([quotation("Li")], [quotation("Moe")]) == Tally(0, 1, 0, 1)


def test_a_statement_on_optional_words_only_is_let_pass() -> None:
    optional = quotation("Li", tier="optional")
    assert tally_speakers([optional], [quotation("Moe")]) == Tally(0, 0, 0, 0)
    assert tally_speakers([optional | {"quotation": "turn"}], [quotation("Moe")]).statements == 1


def test_f1_is_nought_where_nothing_was_said() -> None:
    assert tally_speakers([], []).f1 == 0.0
    assert tally_speakers([quotation("Li")], [quotation("Li")]).f1 == 1.0


def test_the_second_reading_covers_a_tenth_of_the_texts(reports: dict[str, Report]) -> None:
    assert len({row["report"] for row in read("again.jsonl")}) * 10 >= len(reports)
