"""What `detente evaluate` prints, refuses and names."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import detente
from detente.views.cli import cli

TEXT = "Norway condemned Sweden on Monday. Norway thanked Denmark on Monday."
PAIRS = (
    "sentence\tsource\ttarget\tgold_root\tgold_penta\n"
    "Norway condemned Sweden.\tNorway\tSweden\tACCUSE\t3\n"
    "Rebels released two envoys.\tRebels\ttwo envoys\tYIELD\t2\n"
    "Canada imposed sanctions on Benin.\tCanada\tBenin\tCOERCE\t4\n"
    "Norway thanked Denmark.\tNorway\tSpain\tSUPPORT\t1\n"
)


def gold(**change: Any) -> dict[str, Any]:
    row = {
        "record": "event",
        "report": "talks",
        "quote": "Norway condemned Sweden",
        "start": 0,
        "type": "ACCUSE",
    }
    return (
        row | {"sources": [{"code": "NOR"}], "recipients": [{"code": "SWE"}], "status": "happened"} | change
    )


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "talks.txt").write_text(TEXT, "utf-8")
    (tmp_path / "pairs.tsv").write_text(PAIRS, "utf-8")
    rows = (
        gold(),
        gold(quote="Norway thanked Denmark", start=35, type="SUPPORT", recipients=[{"code": "DNK"}]),
    )
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["evaluate", *arguments], env={"COLUMNS": "80"})
    return result.exit_code, result.stdout, result.stderr


def test_reports_are_coded_and_scored(place: Path) -> None:
    status, out, _ = run("gold.jsonl", "--reports", "talks.txt")
    assert status == 0
    (line,) = [line for line in out.splitlines() if line.startswith("event.type")]
    assert line.split()[1:] == ["1.000", "1.000", "1.000", "2", "2", "2"]


def test_records_coded_before_give_the_same_figures(place: Path) -> None:
    coded = detente.read(TEXT).to_json()
    Path("coded.jsonl").write_text("".join(json.dumps(row) + "\n" for row in coded), "utf-8")
    now = json.loads(run("gold.jsonl", "--reports", "talks.txt", "--format", "json")[1])
    before = json.loads(run("gold.jsonl", "--predicted", "coded.jsonl", "--format", "json")[1])
    assert before["matches"] == now["matches"]
    assert now["alpha"]["type"] == 1.0


@pytest.mark.parametrize(
    ("by", "heading"), [("type", "Gold down"), ("field", "one field"), ("report", "By report")]
)
def test_figures_are_broken_down(place: Path, by: str, heading: str) -> None:
    status, out, _ = run("gold.jsonl", "--reports", "talks.txt", "--by", by)
    assert status == 0
    assert heading in out
    assert all(len(line) <= 80 and line == line.rstrip() for line in out.splitlines())


def test_markdown_is_a_table(place: Path) -> None:
    out = run("gold.jsonl", "--reports", "talks.txt", "--format", "markdown")[1]
    assert "| records | precision | recall | F1 |" in out


def test_a_bad_line_is_named_and_the_rest_is_scored(place: Path) -> None:
    with Path("gold.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(gold(type="BLAME")) + "\n")
    status, out, told = run("gold.jsonl", "--reports", "talks.txt")
    assert status == 1
    assert 'gold.jsonl, line 3: «type» is "BLAME"' in told
    assert "event.type" in out


def test_a_gold_without_a_good_line_is_refused(place: Path) -> None:
    Path("gold.jsonl").write_text("[]\n", "utf-8")
    status, out, told = run("gold.jsonl", "--reports", "talks.txt")
    assert (status, out) == (2, "")
    assert "no line that can be scored" in told


def test_reports_the_gold_does_not_name_are_left_out_and_said(place: Path) -> None:
    Path("other.txt").write_text("Spain condemned Chad.", "utf-8")
    rows = [gold(), gold(report="lost")]
    Path("gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    status, out, told = run("gold.jsonl", "--reports", ".", "--format", "json")
    assert status in (0, 1)
    assert json.loads(out)["matches"]["event.type"]["gold"] == 1
    assert "not given, left out: lost" in told
    assert "without gold rows left out" in told


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("gold.jsonl",),
        ("gold.jsonl", "--reports", "talks.txt", "--predicted", "x"),
        ("gold.jsonl", "--pairs", "pairs.tsv"),
        ("gold.jsonl", "--reports", "talks.txt", "--out", "x.tsv"),
    ],
)
def test_wrong_use_says_what_to_give(place: Path, arguments: tuple[str, ...]) -> None:
    assert run(*arguments)[0] == 2


def test_pairs_are_answered_scored_and_written(place: Path) -> None:
    status, out, told = run("--pairs", "pairs.tsv", "--out", "answers.tsv", "--by", "type")
    assert status == 0
    assert "line 5: the target «Spain» does not stand in the sentence" in told
    (binary,) = [line for line in out.splitlines() if line.startswith("binary")]
    assert binary.split() == ["binary", "1.000", "1.000", "2"]
    header, *rows = Path("answers.tsv").read_text("utf-8").splitlines()
    assert header.split("\t")[:8] == "sentence source target type quad root confidence why".split()
    assert len(rows) == 4
    assert rows[1].split("\t")[3:6] == ["RETREAT", "2", "YIELD"]


def test_pairs_by_the_codebook_bear_the_types_of_records(place: Path) -> None:
    run("--pairs", "pairs.tsv", "--out", "answers.tsv", "--classes", "codebook")
    sanctions = Path("answers.tsv").read_text("utf-8").splitlines()[3].split("\t")
    assert sanctions[3:5] == ["SANCTION", "4"]


def test_pairs_without_gold_are_printed(place: Path) -> None:
    lines = ["\t".join(line.split("\t")[:3]) for line in PAIRS.splitlines()]
    Path("pairs.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    status, out, _ = run("--pairs", "pairs.tsv")
    assert status == 0
    assert len(out.splitlines()) == 5


def test_pair_scores_as_json(place: Path) -> None:
    scores = json.loads(run("--pairs", "pairs.tsv", "--format", "json")[1])
    assert set(scores) == {"root", "quad", "binary"}
    assert scores["root"]["classes"]["YIELD"]["gold"] == 1


def test_python_answers_a_pair() -> None:
    answer = detente.code_pair("Norway condemned the raid by Sweden.", "Norway", "Sweden")
    assert (answer.type, answer.quad) == ("ACCUSE", 3)
