"""Join, split, relink and the disagreements of an act, as typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.archive.builders import coded, event, report

from detente.archive import Archive
from detente.views.cli import cli

SIGNED = ("--by", "Ane Vik", "--reason", "read both reports")


def shelling(words: str, outlet: str, start: str = "2021-03-09"):
    told = report(words, "2021-03-10", outlet=outlet)
    where = {"place": "Zakho", "country": "IRQ", "mode": "heavy-weapons"}
    return coded(told, event(told, "ASSAULT", "TUR", "IRQ", start=start, **where))


@pytest.fixture
def acts(tmp_path: Path) -> tuple[str, list[str], list[str]]:
    """An archive of two tellings that are one act and one of another day."""
    with Archive(tmp_path / "a", create=True) as archive:
        archive.add(shelling("Turkish guns hit Zakho on Tuesday, killing two.", "AFP"))
        archive.add(shelling("Three people died under Turkey's shells in Zakho on Tuesday.", "NINA"))
        archive.add(shelling("Turkish guns fired at Zakho on Saturday.", "INA", start="2021-03-06"))
        by_size = sorted(archive.acts(), key=lambda act: -act["n_records"])
        records = [r["id"] for r in archive.records(act=by_size[0]["act"])]
        return str(archive.path), [act["act"] for act in by_size], records


def run(*words: str) -> str:
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output
    return done.output


def test_show_lists_what_the_tellings_say_differently_with_who_says_it(acts):
    path, _, records = acts
    shown = " ".join(run("show", path, records[0]).split())
    assert "The tellings disagree; each value stands:" in shown
    assert f"2 (AFP 2021-03-10 {records[0][:8]}); 3 (NINA 2021-03-10 {records[1][:8]})" in shown


def test_acts_are_joined_split_and_left_to_the_rules_again(acts):
    path, (one, other), records = acts
    assert "one act, told by 3 records" in run("join", path, one[:10], other[:10], *SIGNED)
    assert "joined by a reviewer" in " ".join(run("show", path, records[0]).split())
    assert "told by 2 records, as the rules have it" in run("relink", path, one, *SIGNED)
    assert "keeps 1 records" in run("split", path, one, records[1][:12], *SIGNED)


def test_joining_stands_beside_reviews_in_one_history(acts):
    path, (one, other), records = acts
    run("review", path, records[0], "accept", *SIGNED)
    run("join", path, one, other, "--by", "Jon Dahl", "--reason", "one siege")
    shown = " ".join(run("show", path, records[0]).split())
    told = shown[shown.index("History:") :]
    assert told.index("accepted by Ane Vik") < told.index("joined by Jon Dahl") < told.index("one siege")
    listed = " ".join(run("reviews", path).split())
    assert "1 word on which acts are one" in listed
    assert "joined by Jon Dahl" in listed
    rows = [
        json.loads(line) for line in run("reviews", path, "--format", "jsonl").splitlines() if line[0] == "{"
    ]
    assert [row["verdict"] for row in rows] == ["accept", "joined"]
    sides = json.loads(rows[1]["changes"])
    assert {len(sides["one"]), len(sides["other"])} == {1, 2}


def test_a_word_on_acts_is_signed(acts):
    path, (one, other), _ = acts
    done = CliRunner().invoke(cli, ["join", path, one, other, "--reason", "so"])
    assert done.exit_code == 2
    assert "--by" in done.output
