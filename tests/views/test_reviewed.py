"""What was reviewed goes out as gold, negatives and examples, and `detente evaluate` takes it as typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.archive.builders import coded, event, report

from detente.archive import Archive
from detente.views.cli import cli

SIGNED = {"by": "Ane Vik", "reason": "read the report"}
TOLD = (
    "France condemned the raid.",
    "France praised the talks.",
    "France came to Oslo.",
    "France asked for calm.",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One report of four events: one is accepted, one corrected, one rejected, one left alone."""
    told = report(" ".join(TOLD), "2021-03-10")
    types = ("ACCUSE", "SUPPORT", "CONSULT", "REQUEST")
    rows = [event(told, kind, "FRA", "NOR", quote=words) for kind, words in zip(types, TOLD, strict=True)]
    with Archive(tmp_path / "a", create=True) as archive:
        archive.add(coded(told, *rows))
        ids = {r["quote"]: r["id"] for r in archive.records("event")}
        archive.review(ids[TOLD[0]], "accept", **SIGNED)
        archive.review(ids[TOLD[1]], "correct", ["type=AGREE"], **SIGNED)
        archive.review(ids[TOLD[2]], "reject", **SIGNED)
    return tmp_path / "a"


def write(folder: Path, *words: str) -> Path:
    done = CliRunner().invoke(cli, [words[0], str(folder), *words[1:]])
    assert done.exit_code == 0, done.output
    path = folder.parent / f"{words[-1]}.jsonl"
    path.write_text(done.stdout, "utf-8")
    return path


def test_gold_is_what_was_reviewed_and_what_nobody_reviewed_is_optional(folder: Path) -> None:
    rows = [
        json.loads(line) for line in write(folder, "reviews", "--format", "gold").read_text().splitlines()
    ]
    assert [(r["type"], r.get("tier", "core")) for r in rows] == [
        ("ACCUSE", "core"), ("AGREE", "core"), ("REQUEST", "optional"),
    ]  # fmt: skip


def test_evaluate_scores_what_was_coded_by_what_was_reviewed(folder: Path) -> None:
    gold = write(folder, "reviews", "--format", "gold")
    negatives = write(folder, "reviews", "--format", "negatives")
    ours = write(folder, "export", "--reviews", "ignore", "--format", "jsonl")
    typed = [
        "evaluate",
        str(gold),
        "--predicted",
        str(ours),
        "--negatives",
        str(negatives),
        "--format",
        "json",
    ]
    done = CliRunner().invoke(cli, typed)
    assert done.exit_code == 0, done.output
    scores = json.loads(done.stdout)
    (figures,) = scores["by_report"].values()
    found, kinds = figures["event.found"], figures["event.type"]
    assert (found["matched"], found["gold"], found["f1"]) == (2, 2, 0.8)  # the rejected one is one too many
    assert (kinds["matched"], kinds["gold"], kinds["f1"]) == (1, 2, 0.4)
    assert scores["negatives"] == 1


def test_an_example_for_training_has_the_record_as_coded_and_as_reviewed(folder: Path) -> None:
    lines = write(folder, "reviews", "--format", "training").read_text().splitlines()
    rows = {row["quote"]: row for row in map(json.loads, lines)}
    corrected = rows[TOLD[1]]
    assert (corrected["coded"]["type"], corrected["reviewed"]["type"]) == ("SUPPORT", "AGREE")
    assert (rows[TOLD[2]]["verdict"], rows[TOLD[2]]["reviewed"]) == ("reject", None)
    assert set(rows) == set(TOLD[:3])
