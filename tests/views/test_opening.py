"""An id of any kind opens to the words it stands for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.builders import coded, event, report
from detente.archive import Archive
from detente.views.cli import cli
from detente.views.opening import split_ids


def show(runner: CliRunner, *arguments: str | Path) -> str:
    result = runner.invoke(cli, ["show", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


@pytest.fixture
def visit(archive: Path):
    """An act that two records tell."""
    with Archive(archive) as opened:
        return next(act for act in opened.acts() if act["n_records"] == 2)


def test_an_act_opens_to_all_its_tellings_and_says_that_it_counts(runner, archive, visit):
    out = show(runner, archive, visit["act"])
    assert "Told by 2 records in 2 reports:" in out
    assert f"yes, on {visit['day']}" in out
    with Archive(archive) as opened:
        tellings = list(opened.records(act=visit["act"]))
    assert all(f"«{row['quote']}»" in out and row["id"][:8] in out for row in tellings)


def test_an_act_that_no_measure_counts_says_why(runner, tmp_path):
    told = report("France will sanction Chad, a paper said.")
    with Archive(tmp_path / "a", create=True) as opened:
        opened.add(coded(told, event(told, "SANCTION", "FRA", "TCD", status="hypothetical")))
        (act,) = opened.acts()
    assert "counted no:" in show(runner, tmp_path / "a", act["act"])


def test_a_report_opens_to_all_its_records(runner, archive):
    with Archive(archive) as opened:
        told = next(opened.reports())
        rows = [row for row in opened.records() if row["report"] == told.id]
    out = show(runner, archive, told.id)
    assert f"{len(rows)} records:" in out
    assert all(row["id"][:8] in out for row in rows)


def test_ids_of_one_cell_open_one_after_the_other_as_json_lines(runner, archive, visit):
    result = runner.invoke(
        cli, ["show", str(archive), f"{visit['act']};{visit['record']}", "--format", "jsonl"]
    )
    act, record = map(json.loads, result.stdout.splitlines())
    assert (act["opens"], act["act"], len(act["tellings"])) == ("act", visit["act"], 2)
    assert (record["opens"], record["id"], record["act"]) == ("record", visit["record"], visit["act"])


def test_ids_are_split_at_semicolons_and_each_opens_once():
    assert split_ids(["a;b", " b ", "c;"]) == ["a", "b", "c"]
