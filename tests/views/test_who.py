"""`detente who`: what it prints in each shape, how it ends, and what it says where nobody fits."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from detente.views.cli import cli


def ask(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, ["who", *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_who_answers_in_a_sentence_then_in_full() -> None:
    result = ask("Sergei Ryabkov", "--on", "2017-07-04")
    assert result.exit_code == 0
    flat = " ".join(result.stdout.split())
    assert flat.startswith(
        "«Sergei Ryabkov» on 2017-07-04 is Sergei Ryabkov (RUS), Deputy Foreign Minister of Russia."
    )
    assert "in office that day" in flat
    assert re.search(r"source .* checked \d{4}-\d\d", flat)
    assert result.stderr == ""


def test_words_need_no_quotes() -> None:
    assert ask("the", "Kremlin").stdout == ask("the Kremlin").stdout


def test_a_namesake_is_told_with_why_he_does_not_fit() -> None:
    out = " ".join(ask("Bush", "--on", "2005-05-05").stdout.split())
    assert "Not on that day" in out
    assert "George Bush (USA), former President of the United States" in out
    assert "12 years before that day" in out


@pytest.mark.parametrize(
    "words", ["Kim", "Russia", "the bloc", "Congress", "Kosovo", "Vladimir Putin", "the Chinese president"]
)
@pytest.mark.parametrize("columns", [48, 80])
def test_the_table_fits_the_columns(words: str, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    out = ask(words, "--on", "2015-01-01").stdout
    assert max(map(len, out.splitlines())) <= columns
    assert not re.search(r"[ \t]+$", out, flags=re.M)
    assert "\x1b" not in out
    assert "\xa0" not in out


def test_json_holds_every_candidate() -> None:
    told = json.loads(ask("Kim", "--on", "2015-01-01", "--format", "json").stdout)
    assert told["on"] == "2015-01-01"
    assert told["verdict"] == "several"
    assert len(told["candidates"]) > 8
    assert {"code", "name", "role", "first", "last", "source", "checked", "why", "score"} <= set(
        told["candidates"][0]
    )


def test_csv_has_a_row_a_candidate() -> None:
    rows = list(csv.DictReader(io.StringIO(ask("Bush", "--on", "2005-05-05", "--format", "csv").stdout)))
    assert [(r["name"], r["fits"]) for r in rows] == [("George W. Bush", "yes"), ("George Bush", "no")]
    assert rows[0]["first"] == "2001-01-20"


def test_members_of_a_body_on_a_day() -> None:
    result = ask("ASEAN", "--on", "2000-01-01", "--members")
    assert result.exit_code == 0
    assert "ASEAN (IGO) had 10 members on 2000-01-01." in result.stdout
    assert "VNM  Vietnam" in result.stdout
    rows = list(
        csv.DictReader(io.StringIO(ask("ASEAN", "--on", "2000-01-01", "--members", "--format", "csv").stdout))
    )
    assert len(rows) == 10
    told = json.loads(ask("ASEAN", "--on", "2000-01-01", "--members", "--format", "json").stdout)
    assert told["body"] == "ASEAN"
    assert len(told["members"]) == 10


@pytest.mark.parametrize(
    ("words", "said"), [("Norway", "list no members"), ("the bloc", "Ask for one of them")]
)
def test_what_has_no_members_is_said(words: str, said: str) -> None:
    result = ask(words, "--members")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert said in result.stderr


def test_nobody_is_told_on_stderr_with_near_spellings() -> None:
    result = ask("Sergei Riabkov")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "Did you mean «Sergei Ryabkov»" in result.stderr


def test_nobody_in_json_is_still_json() -> None:
    result = ask("Sergei Riabkov", "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["candidates"] == []


def test_who_fits_on_another_day_is_shown_and_ends_with_one() -> None:
    result = ask("Yugoslavia", "--on", "2010-01-01")
    assert result.exit_code == 1
    assert "ended on" in result.stdout


@pytest.mark.parametrize(
    "arguments", [[], ["Bush", "--on", "5 May"], ["Bush", "--stale"], ["  "], ["Bush", "--format", "xml"]]
)
def test_wrong_use_ends_with_two(arguments: list[str]) -> None:
    assert ask(*arguments).exit_code == 2


def test_stale_rows_are_counted_and_listed() -> None:
    counted = ask("--stale", "--on", "2040-01-01")
    assert counted.exit_code == 1
    assert "people.csv" in counted.stdout
    assert max(map(len, counted.stdout.splitlines())) <= 80
    listed = list(csv.DictReader(io.StringIO(ask("--stale", "--on", "2040-01-01", "--format", "csv").stdout)))
    assert {"table", "line", "checked", "reason"} <= set(listed[0])
    assert f"{len(listed)} rows are older" in " ".join(counted.stdout.split())
    assert len(json.loads(ask("--stale", "--on", "2040-01-01", "--format", "json").stdout)) == len(listed)


def test_where_nothing_is_stale_it_ends_with_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.knowledge.staleness.stale_rows", lambda on, months: ())
    result = ask("--stale", "--on", "2026-11-24")
    assert result.exit_code == 0
    assert result.stdout == "No row is older than 12 months on 2026-11-24.\n"


def test_names_of_ones_own_are_known(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(
        "code,kind,title,name,first\nNOR,fm-deputy,Deputy Foreign Minister,Solveig Aasgaard,2025-01-01\n",
        "utf-8",
    )
    assert ask("Solveig Aasgaard").exit_code == 1
    result = ask("Solveig Aasgaard", "--on", "2026-01-01", "--knowledge", str(tmp_path))
    assert result.exit_code == 0
    assert "Deputy Foreign Minister of Norway" in " ".join(result.stdout.split())


def shown() -> list[tuple[str, list[str]]]:
    """Return the questions that stand with their answers in the docs, and the lines shown."""
    root = Path(__file__).parents[2] / "docs"
    blocks = [
        b
        for page in root.glob("*.md")
        for b in re.findall(r"^```\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)
    ]
    asked = [b.splitlines() for b in blocks if b.startswith("$ detente who ")]
    return [(lines[0].removeprefix("$ detente who "), [x for x in lines[1:] if x]) for lines in asked]


@pytest.mark.parametrize(("question", "lines"), shown())
def test_the_docs_show_what_who_prints(question: str, lines: list[str]) -> None:
    printed = iter(ask(*shlex.split(question)).stdout.splitlines())
    assert [line for line in lines if line not in printed] == []  # in this order, others between left out


def test_the_docs_show_some_answers() -> None:
    assert len(shown()) >= 3
