"""The commands course and trend: a table for people, and data whose numbers are those of the acts named."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

from detente.archive import Archive
from detente.measures.counting import counted_acts
from detente.views.cli import cli
from detente.views.course import COLUMNS
from measures.north import make_north


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return str(make_north(tmp_path_factory.mktemp("north") / "archive"))


def ask(*words: str, width: int = 80) -> str:
    result = CliRunner(env={"COLUMNS": str(width)}).invoke(cli, words)
    assert result.exit_code == 0, result.output
    return result.stdout


def refuse(*words: str) -> str:
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == 2, result.output
    return " ".join(result.output.split())


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize(
    "options", [(), ("--band",), ("--by", "week", "--band"), ("--by", "day"), ("--by", "year")]
)
def test_a_course_fits_the_width(folder, width, options):
    printed = ask("course", folder, "Norway", "Russia", *options, width=width).splitlines()
    assert max(map(len, printed)) <= width
    assert printed[0] == "Norway and Russia"
    assert sum("«" in line for line in printed) == 3


def test_a_course_as_data_has_a_row_for_every_period_and_opens_to_its_acts(folder):
    rows = list(csv.DictReader(io.StringIO(ask("course", folder, "NOR", "RUS", "--format", "csv"))))
    assert tuple(rows[0]) == COLUMNS
    with Archive(folder) as archive:
        acts = {act.act: act for act in counted_acts(archive)}
    for row in rows:
        own = [acts[id] for id in row["acts"].split(";") if id]
        assert int(row["n"]) == len(own)
        assert float(row["total"]) == pytest.approx(sum(act.intensity for act in own), abs=1e-9)
        assert float(row["goldstein"]) == pytest.approx(sum(act.goldstein or 0 for act in own), abs=1e-9)
        assert bool(row["quote"]) == bool(own)
    assert any(row["n"] == "0" and row["total"] == "0.0" and row["mean"] == "" for row in rows)


def test_json_lines_bear_the_band_only_where_it_was_asked_for(folder):
    plain, banded = (
        [
            json.loads(line)
            for line in ask("course", folder, "NOR", "RUS", "--format", "jsonl", *more).splitlines()
        ]
        for more in ((), ("--band", "90"))
    )
    assert all(row["estimate"] is None for row in plain)
    assert all(row["mean_low"] < row["low"] < row["estimate"] < row["high"] for row in banded)
    assert isinstance(banded[0]["acts"], list)


def test_ones_own_weights_and_constants_are_used(folder, tmp_path):
    mine = tmp_path / "mine.csv"
    mine.write_text("type,mode,weight\nSANCTION,,-1\n")
    rows = csv.DictReader(
        io.StringIO(ask("course", folder, "NOR", "RUS", "--scale", str(mine), "--format", "csv"))
    )
    assert all(float(row["total"]) == -int(row["material_conflict"]) for row in rows)
    printed = ask("course", folder, "NOR", "RUS", "--scale", str(mine), "--gain", "0.5", "--half-life", "6")
    assert "gain 0.5, half-life 6 months" in printed
    assert "have no weight in mine.csv and count 0" in " ".join(printed.split())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("NOR", "NOR"), "Norway (NOR) was given twice"),
        (("NOR", "SWE"), "pairs with acts are NOR RUS"),
        (("NOR", "RUS", "--since", "2031-01-01"), "open the window"),
        (("NOR", "RUS", "--scale", "gold"), "neither plover nor goldstein"),
        (("NOR", "RUS", "--statuses", "done"), "names no status"),
        (("NOR", "RUS", "--statuses", "denied"), "name others with --statuses"),
        (("NOR", "RUS", "--sloped"), "add --band"),
        (("NOR", "RUS", "--gain", "5"), "take a gain of"),
        (("NOR", "RUS", "--picture", "course.pdf"), "neither .svg nor .png"),
        (("NOR", "Rusia"), "did you mean Russia"),
    ],
)
def test_a_question_that_cannot_be_answered_says_what_would_mend_it(folder, words, told):
    assert told in refuse("course", folder, *words)


def test_few_periods_give_a_course_without_a_band_and_say_so(folder):
    result = CliRunner().invoke(cli, ["course", folder, "NOR", "RUS", "--until", "2020-03-31", "--band"])
    assert result.exit_code == 0
    assert "fewer than four periods have acts" in result.stderr
    assert "estimate" not in result.stdout


@pytest.mark.parametrize("width", [80, 120])
def test_a_trend_fits_the_width_and_shows_its_turn_with_quotes(folder, width):
    printed = ask("trend", folder, "Norway", "Russia", width=width)
    assert max(map(len, printed.splitlines())) <= width
    assert "falling: level from" in printed
    for heading in ("Turns", "What moved it", "On whose word", "Counted otherwise"):
        assert f"\n{heading}" in printed
    assert "without Northern Wire" in printed


def test_the_parts_of_a_trend_as_data_add_up_to_its_change(folder):
    rows = list(csv.DictReader(io.StringIO(ask("trend", folder, "NOR", "RUS", "--format", "csv"))))
    (whole,) = [row for row in rows if row["part"] == "direction"]
    with Archive(folder) as archive:
        acts = {act.act: act for act in counted_acts(archive)}
    for part in ("type", "doer", "act"):
        values = [float(row["value"]) for row in rows if row["part"] == part]
        assert sum(values) == pytest.approx(float(whole["value"]), abs=1e-9)
    for row in rows:
        if row["part"] == "act":
            own = float(row["pull"]) * (acts[row["acts"]].intensity - float(row["level"])) / int(row["n"])
            assert own == pytest.approx(float(row["value"]), abs=1e-9)
    (media,) = [row for row in rows if row["part"] == "state_media"]
    assert len(media["records"].split(";")) == int(media["n"])


def test_a_short_window_has_no_direction_and_says_so(folder):
    printed = " ".join(ask("trend", folder, "NOR", "RUS", "--until", "2020-03-31").split())
    assert "too few months to tell a direction" in printed


@pytest.mark.parametrize("command", ["course", "trend"])
@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_a_picture_is_drawn(folder, tmp_path, command, suffix):
    pytest.importorskip("altair")
    place = tmp_path / f"it.{suffix}"
    ask(command, folder, "NOR", "RUS", "--by", "quarter", "--picture", str(place))
    assert place.stat().st_size > 5000
    if suffix == "svg":
        assert "Norway and Russia" in place.read_text("utf-8")
