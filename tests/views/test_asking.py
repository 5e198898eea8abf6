"""The commands that question an archive answer in three shapes, each line with its quote."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from detente.archive import Archive
from detente.records import Actor, Amount, Coded, Evidence, Figure, Report
from detente.views.cli import cli

SECOND = "Trade of the two reached 1.4 billion dollars last year."

COMMANDS = ("stance", "quotes", "figures", "promises", "doubts")


@pytest.fixture
def at_odds(archive: Path) -> Path:
    """The same archive with one more telling of the trade, by another outlet, that differs."""
    told = Report(SECOND, None, date(2024, 5, 19), given_id="gazette-2", outlet="Coastal Gazette")
    figure = Figure(
        evidence=Evidence(told.id, "text", 0, len(SECOND), SECOND), sources=(Actor("NOR"), Actor("RUS")),
        figure=Amount(1.4e9, "USD", what="trade turnover", period_start=date(2023, 1, 1),
                      period_end=date(2023, 12, 31)),
    )  # fmt: skip
    with Archive(archive) as opened:
        opened.add(Coded(told, (figure,), {}))
    return archive


def ask(runner: CliRunner, *words: str) -> str:
    result = runner.invoke(cli, list(words))
    assert result.exit_code == 0, result.output
    return result.stdout


def rows(runner: CliRunner, *words: str) -> list[dict]:
    lines = ask(runner, *words, "--format", "jsonl").splitlines()
    return [json.loads(line) for line in lines]


def test_stance_shows_who_stands_where_with_the_quote(runner: CliRunner, archive: Path) -> None:
    table = ask(runner, "stance", str(archive), "--issue", "northern fishery")
    assert "northern-fishery" in table
    assert "Norway: support" in table
    assert "«talks on the northern fishery»" in table
    (row,) = rows(runner, "stance", str(archive))
    assert (row["code"], row["stance"], row["tellings"], row["before"]) == ("NOR", "support", 2, None)


def test_quotes_show_speaker_day_and_agency(runner: CliRunner, archive: Path) -> None:
    table = ask(runner, "quotes", str(archive), "--speaker", "Larsen", "--about", "Russia")
    assert "Ingrid Larsen (NOR), foreign minister" in table
    assert "NTB" in table
    row = rows(runner, "quotes", str(archive), "--words", "patrols")[0]
    assert (row["speaker"], row["via"], row["about"]) == ("Ingrid Larsen", ["NTB"], ["RUS"])


def test_figures_that_disagree_stand_together_with_both_quotes(runner: CliRunner, at_odds: Path) -> None:
    table = ask(runner, "figures", str(at_odds), "Norway", "RUS", "--what", "turnover", "--unit", "dollars")
    assert "≠ 3 tellings disagree" in table
    assert "1.2 billion USD" in table
    assert "1.4 billion USD" in table
    lines = rows(runner, "figures", str(at_odds), "--conflicts")
    assert len({line["conflict"] for line in lines}) == 1
    assert {line["outlet"] for line in lines} == {"Northern Wire", "Coastal Gazette"}


def test_promises_are_none_where_nothing_was_announced(runner: CliRunner, archive: Path) -> None:
    result = runner.invoke(cli, ["promises", str(archive), "NOR", "RUS"])
    assert (result.exit_code, result.stdout) == (0, "")
    assert "No such promise as of 2 Sep 2024" in result.stderr


def test_doubts_show_both_sides_of_what_disagrees(runner: CliRunner, at_odds: Path) -> None:
    table = ask(runner, "doubts", str(at_odds))
    assert "disagrees" in table
    assert "1,400,000,000 USD" in table
    (found,) = rows(runner, "doubts", str(at_odds))
    assert (found["record"], found["check"]) == ("finding", "figures")
    assert {e["quote"] for e in found["sides"]} >= {"1.2 billion dollars", SECOND}


@pytest.mark.parametrize("command", COMMANDS)
def test_csv_has_one_header_and_no_line_that_does_not_fit(
    runner: CliRunner, archive: Path, command: str
) -> None:
    table = list(csv.reader(io.StringIO(ask(runner, command, str(archive), "--format", "csv"))))
    assert len({len(line) for line in table}) == 1
    assert "quote" in " ".join(table[0])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("stance", "--issue", "norhtern fishery"), "nearest are northern-fishery"),
        (("stance", "--actor", "Brazil"), "most positions are of NOR"),
        (("stance", "--actor", "Norwey"), "did you mean Norway"),
        (("quotes", "--speaker", "Inger Larsen"), "nearest are Ingrid Larsen"),
        (("quotes", "--since", "May"), "write it as 2017-07-04"),
        (("promises", "--status", "broken"), "kept"),
    ],
)
def test_what_is_not_there_ends_with_2_and_says_what_comes_near(
    runner: CliRunner, archive: Path, words: tuple[str, ...], says: str
) -> None:
    result = runner.invoke(cli, [words[0], str(archive), *words[1:]])
    assert result.exit_code == 2
    assert says in " ".join(result.stderr.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_no_archive_is_one_sentence(runner: CliRunner, tmp_path: Path, command: str) -> None:
    result = runner.invoke(cli, [command, str(tmp_path / "none")])
    assert result.exit_code == 2
    assert "none" in result.stderr


def test_help_loads_neither_archive_nor_model() -> None:
    probe = (
        "import sys; from detente.views import asking; "
        "heavy = ('detente.archive', 'detente.measures', 'rich', 'duckdb'); "
        "print([m for m in sys.modules if m.startswith(heavy)])"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_read_says_on_request_where_a_report_contradicts_itself(
    runner: CliRunner, quick_pipeline: None, tmp_path: Path
) -> None:
    from detente.coding.howmuch.checks import check_report

    sys.modules["detente.pipeline"].check_report = check_report  # type: ignore[attr-defined]
    report = tmp_path / "launch.txt"
    report.write_text("Norway said the rocket flew 50 km (80 miles). Russia denied it.")
    plain = runner.invoke(cli, ["read", str(report)])
    assert "conversion" not in plain.stdout
    told = runner.invoke(cli, ["read", str(report), "--doubts"])
    assert "conversion" in told.stdout
    assert "31.07" in told.stdout
    assert "1 finding" in told.stderr
    lines = runner.invoke(cli, ["read", str(report), "--doubts", "--format", "jsonl"]).stdout.splitlines()
    assert [json.loads(line)["record"] for line in lines][-1] == "finding"
    refused = runner.invoke(cli, ["read", str(report), "--doubts", "--format", "csv"])
    assert refused.exit_code == 2
    assert "no finding" in refused.stderr
