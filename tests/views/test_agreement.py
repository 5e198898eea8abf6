"""agreement, blocs and figures --over-time: tables for people, data that opens, errors that mend."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

from detente.archive import Archive
from detente.records import Actor, Amount, Coded, Evidence, Figure, Position, Report
from detente.views.cli import cli

SIDES = {
    "whaling": {"NOR": "support", "JPN": "support", "FRA": "oppose", "CHL": "oppose"},
    "arctic": {"NOR": "support", "JPN": "demand", "FRA": "oppose", "CHL": "refuse"},
    "tariffs": {"NOR": "oppose", "JPN": "oppose", "FRA": "support", "CHL": "support"},
    "brexit": {"NOR": "support", "JPN": "oppose", "FRA": "support", "CHL": "support"},
}


def _evidence(report: Report) -> Evidence:
    return Evidence(report.id, "text", 0, len(report.text), report.text)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> str:
    from datetime import date

    path = tmp_path_factory.mktemp("agreement") / "a"
    with Archive(path, create=True) as opened:
        for n, (issue, sides) in enumerate(SIDES.items()):
            for code, stance in sides.items():
                report = Report(f"{code} stands to {issue}: {stance}.", published=date(2020 + n // 2, 5, 1))
                held = Position(
                    evidence=_evidence(report), sources=(Actor(code),), issue=issue, stance=stance
                )
                opened.add(Coded(report, (held,)))
        for year, value in ((2020, 3.0e9), (2021, 3.3e9)):
            report = Report(f"Trade of {year} came to {value} euros.", published=date(year + 1, 2, 1))
            amount = Amount(value, "EUR", "=", "trade", date(year, 1, 1), date(year, 12, 31))
            parties = (Actor("JPN"), Actor("NOR"))
            opened.add(Coded(report, (Figure(evidence=_evidence(report), sources=parties, figure=amount),)))
    return str(path)


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(cli, list(words))
    assert result.exit_code == code, result.output
    return result.stdout if code == 0 else result.output


@pytest.mark.parametrize("width", ["80", "120"])
def test_a_pair_is_shown_with_share_interval_and_both_quotes(archive, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", width)
    shown = run("agreement", archive, "Norway", "Japan")
    assert "3 of 4 issues agreed · 75 % (95 % interval 30 to 95 %)" in shown
    assert "NOR: support · 1 May 2021" in shown
    assert "«JPN stands to brexit: oppose.»" in shown
    assert max(map(len, shown.splitlines())) <= int(width)


def test_the_drift_names_what_changed(archive):
    shown = run("agreement", archive, "Norway", "Japan", "--by", "year")
    assert "2020     ██████████  100 %    2 of 2" in shown
    assert "2020 to 2021: −50 points" in shown
    assert "On no issue did the two turn: what changed is which issues" in shown


def test_each_share_of_the_data_opens(archive):
    rows = [json.loads(line) for line in run("agreement", archive, "--format", "jsonl").splitlines()]
    assert len(rows) == 6
    with Archive(archive) as opened:
        for row in rows:
            told = [opened.record(id)[0] for id in row["records"]]
            for side, code in ((told[::2], row["a"]), (told[1::2], row["b"])):
                assert {t["sources"][0]["code"] for t in side} == {code}
            sides = [[t["stance"] in ("support", "demand") for t in half] for half in (told[::2], told[1::2])]
            alike = [x == y for x, y in zip(*sides, strict=True)]
            assert sum(alike) / len(alike) == pytest.approx(row["share"], abs=1e-9)


def test_issues_come_as_rows_with_both_quotes(archive):
    text = run("agreement", archive, "NOR", "FRA", "--issues", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {(r["issue"], r["agree"]) for r in rows} == {
        ("whaling", "false"), ("arctic", "false"), ("tariffs", "false"), ("brexit", "true"),
    }  # fmt: skip
    assert all(
        r["quote_a"] and r["quote_b"] and r["records"] == f"{r['record_a']};{r['record_b']}" for r in rows
    )


def test_pairs_are_listed_with_a_telling_issue(archive):
    shown = run("agreement", archive, "--limit", "1")
    assert "Chile (CHL) and France (FRA)" in shown
    assert "agree on " in shown


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("NOR", "NOR"), "given twice"),
        (("NOR", "--by", "year"), "name two states"),
        (("NOR", "JPN", "--beside", "x.csv"), "name one state or none"),
        (("NOR", "JPN", "--picture", "x.svg"), "with --by"),
        (("NOR", "TCD"), "no position of Chad"),
        (("--beside", "none.csv"), "none.csv could not be read"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_to_do(archive, words, told):
    assert told in " ".join(run("agreement", archive, *words, code=2).split())


def test_blocs_are_shown_as_a_matrix_and_as_data(archive):
    pytest.importorskip("scipy")
    shown = run("blocs", archive)
    assert "2 blocs, mean silhouette" in shown
    assert "percent of shared issues agreed" in shown
    rows = list(csv.DictReader(io.StringIO(run("blocs", archive, "--format", "csv"))))
    assert {r["code"]: r["bloc"] for r in rows}["JPN"] == {r["code"]: r["bloc"] for r in rows}["NOR"]
    assert all(r["records"] for r in rows)


def test_pictures_are_drawn(archive, tmp_path):
    pytest.importorskip("altair")
    pytest.importorskip("scipy")
    for words in (("agreement", archive, "NOR", "JPN", "--by", "year"), ("blocs", archive),
                  ("figures", archive, "--over-time")):  # fmt: skip
        place = tmp_path / f"{words[0]}.svg"
        run(*words, "--picture", str(place))
        assert place.read_text("utf-8").startswith("<svg")


def test_agreement_stands_beside_a_series(archive, tmp_path):
    series = tmp_path / "s.csv"
    series.write_text("a,b,year,agreement\nNOR,JPN,2020,0.9\nNOR,FRA,2020,0.2\n")
    assert "2 pairs of 3 states: too few" in run("agreement", archive, "--beside", str(series))
    rows = run("agreement", archive, "--beside", str(series), "--format", "jsonl").splitlines()
    assert {json.loads(row)["beside"] for row in rows} == {0.9, 0.2}


def test_a_figure_over_time_shows_its_change_and_converts_on_request(archive, tmp_path):
    shown = run("figures", archive, "NOR", "JPN", "--over-time")
    assert "trade · JPN, NOR · EUR" in shown
    assert "3.3 billion EUR  +10.0 %" in shown
    rates = tmp_path / "r.csv"
    rates.write_text("date,currency,rate\n2020-12-31,EUR,1.2\n2021-12-31,EUR,1.1\n")
    words = ("figures", archive, "--over-time", "--convert", "dollars", "--rates", str(rates))
    assert "3.6 billion USD (3 billion EUR at 1.2 of 31 Dec 2020)" in run(*words)
    rows = [json.loads(line) for line in run(*words, "--format", "jsonl").splitlines()]
    with Archive(archive) as opened:
        values = [opened.record(id)[0]["figure"]["value"] for id in reversed(rows[1]["records"])]
    assert values[1] * 1.1 / (values[0] * 1.2) - 1 == pytest.approx(rows[1]["change"], abs=1e-9)
    assert rows[0]["rate_date"] == "2020-12-31"
    assert rows[0]["converted"] == pytest.approx(values[0] * 1.2, rel=1e-9)
    assert rows[1]["converted"] == pytest.approx(values[1] * 1.1, rel=1e-9)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--convert", "USD"), "add --over-time"),
        (("--over-time", "--convert", "USD"), "no rates are shipped"),
        (("--over-time", "--conflicts"), "leave --conflicts out"),
        (("--over-time", "--convert", "seashells", "--rates", "r.csv"), "is no currency we know"),
    ],
)
def test_options_of_figures_that_do_not_go_together_are_refused(archive, words, told):
    assert told in " ".join(run("figures", archive, *words, code=2).split())
