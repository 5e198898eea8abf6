"""Gold lines that cannot be scored are named with line and reason; the rest is read."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import InputError
from detente.evaluation.gold import find_fault, place_rows, read_gold
from detente.records import Report

GOOD: dict[str, Any] = {
    "record": "event", "report": "a", "start": 0, "end": 9, "quote": "Oslo left", "type": "RETREAT",
    "sources": [{"code": "NOR"}], "recipients": [],
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"record": "act"}, "«record» is \"act\""),
        ({"type": "BLAME"}, "«type» is \"BLAME\""),
        ({"start": None, "quote": ""}, "neither «start» nor «quote»"),
        ({"start": -1}, "«start» is -1"),
        ({"start": True}, "«start» is true"),
        ({"end": None, "quote": None}, "«end» is missing"),
        ({"start": 20}, "«end» 9 lies before «start» 20"),
        ({"field": "body"}, "«field» is \"body\""),
        ({"sources": "NOR"}, "«sources» is \"NOR\""),
        ({"sources": [{"code": 5}]}, "a code in «sources» is 5"),
        ({"status": "done"}, "«status» is \"done\""),
        ({"tier": "gold"}, "«tier» is \"gold\""),
        ({"date_start": "May"}, "«date_start» is \"May\""),
        ({"date_start": 2024}, "«date_start» is 2024"),
        ({"date_start": "2024-05-02", "date_end": "2024-05-01"}, "«date_end» 2024-05-01 lies before"),
        ({"record": "figure"}, "«figure» is null"),
        ({"record": "position", "stance": "maybe"}, "«stance» is \"maybe\""),
        ({"report": 7}, "«report» is 7"),
        ({"mode": 3}, "«mode» is 3"),
    ],
)  # fmt: skip
def test_a_fault_says_what_was_read_and_what_was_expected(change: dict[str, Any], told: str) -> None:
    assert told in find_fault(GOOD | change)


def test_a_good_row_has_no_fault() -> None:
    assert find_fault(GOOD) == ""
    assert find_fault({"record": "rejected", "origin": "x"}) == ""


def test_bad_lines_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(f"{json.dumps(GOOD)}\n\nno json\n[1]\n{json.dumps(GOOD | {'type': 'X'})}\n", "utf-8")
    rows, bad = read_gold(file)
    assert rows == [GOOD]
    assert [line.line for line in bad] == [3, 4, 5]
    assert "no JSON" in bad[0].reason
    assert "list" in bad[1].reason


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe\x00"])
def test_a_file_without_rows_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_bytes(content)
    with pytest.raises(InputError):
        read_gold(file)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_gold(tmp_path / "none.jsonl")


@given(st.dictionaries(st.sampled_from([*GOOD, "status", "figure", "stance", "date_start"]), st.one_of(
    st.none(), st.integers(), st.text(max_size=9), st.lists(st.integers(), max_size=2), st.booleans(),
)))  # fmt: skip
def test_any_row_is_either_scored_or_told(row: dict[str, Any]) -> None:
    from detente.evaluation.matching import normalise

    if not find_fault(row) and row.get("record") != "rejected":
        normalise(row)


def test_a_quote_is_found_where_the_offsets_are_off() -> None:
    report = Report("Oslo left. Oslo left.", given_id="a")
    rows, told = place_rows([GOOD | {"start": 10, "end": 19}], {"a": report})
    assert (rows[0]["start"], rows[0]["end"]) == (11, 20)
    assert told == []


def test_a_quote_that_stands_nowhere_is_told() -> None:
    _, told = place_rows([GOOD | {"quote": "Rome left"}], {"a": Report("Oslo left.", given_id="a")})
    assert "«Rome left» stands nowhere" in told[0]
