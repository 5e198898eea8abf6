"""Web, echo and forecast print for people and as data, draw, and open each number to its acts."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from archive.builders import coded, event, report
from detente.archive import Archive
from detente.measures.placebo import compare
from detente.views.cli import cli

pytest.importorskip("networkx")
pytest.importorskip("statsmodels")


@pytest.fixture(scope="module")
def crisis(tmp_path_factory) -> Path:
    """Norway, Sweden and Russia over three years: sanctions, quarrels, and joint drills after them."""
    path = tmp_path_factory.mktemp("crisis") / "a"
    first, told = date(2020, 1, 3), []
    for n in range(36):
        day = first + timedelta(days=30 * n)
        told.append((day, "COOPERATE" if n % 3 else "ACCUSE", "NOR", "SWE"))
        told.append((day + timedelta(2), "ACCUSE", "RUS", "NOR"))
        if n % 4 == 1:
            told.append((day + timedelta(9), "SANCTION", "RUS", "SWE"))
            told.append((day + timedelta(12), "CONSULT", "SWE", "NOR"))
    with Archive(path, create=True) as opened:
        for n, (day, type, source, target) in enumerate(told):
            one = report(f"Dispatch {n}: {type} by {source} on {target}.", day.isoformat(), outlet="NTB")
            opened.add(coded(one, event(one, type, source, target, start=day.isoformat())))
    return path


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(cli, list(map(str, words)))
    assert result.exit_code == code, result.output
    return result.stdout if code == 0 else result.output


def rows(*words: str) -> list[dict]:
    return [json.loads(line) for line in run(*words, "--format", "jsonl").splitlines()]


def weights(path: Path, acts: list[str]) -> list[float]:
    """What acts weigh, each opened by its id."""
    with Archive(path) as opened:
        return [opened.act(act)["intensity"] for act in acts]


def test_the_web_is_told_to_people_with_quotes(crisis):
    said = run("web", crisis)
    assert "3 states, 3 ties (1 friendly, 2 hostile, 0 neither)" in said
    assert "Norway (NOR)" in said
    assert "1 of 1 triad is balanced" in said
    assert "«Dispatch" in said


def test_each_number_of_a_tie_and_a_state_opens_to_its_acts(crisis):
    for tie in rows("web", crisis):
        opened = weights(crisis, tie["acts"])
        assert tie["n"] == len(opened)
        assert tie["mean"] == pytest.approx(sum(opened) / len(opened), abs=1e-9)
        assert tie["cooperation"] == pytest.approx(sum(w for w in opened if w > 0), abs=1e-9)
        assert tie["conflict"] == pytest.approx(-sum(w for w in opened if w < 0), abs=1e-9)
        assert tie["sign"] == (tie["mean"] > 0.5) - (tie["mean"] < -0.5)
    for state in rows("web", crisis, "--show", "states"):
        assert state["conflict"] == pytest.approx(-sum(min(w, 0) for w in weights(crisis, state["acts"])))


def test_centrality_and_groups_are_those_of_the_acts_they_open_to(crisis):
    networkx = pytest.importorskip("networkx")
    graph = networkx.Graph()
    for tie in sorted(rows("web", crisis), key=lambda tie: (tie["a"], tie["b"])):
        opened = weights(crisis, tie["acts"])
        graph.add_edge(tie["a"], tie["b"], weight=sum(map(abs, opened)), good=sum(w for w in opened if w > 0))
    central = networkx.pagerank(graph, alpha=0.85, weight="weight")
    kind = networkx.pagerank(graph, alpha=0.85, weight="good")
    states = rows("web", crisis, "--show", "states")
    for state in states:
        assert state["centrality"] == pytest.approx(central[state["code"]], abs=1e-5)
        assert state["cooperation_centrality"] == pytest.approx(kind[state["code"]], abs=1e-5)
    groups = networkx.community.louvain_communities(graph, weight="good", seed=1)
    found = {frozenset(s["code"] for s in states if s["community"] == n) for n in (1, 2, 3)} - {frozenset()}
    assert found == set(map(frozenset, groups))


def test_triads_and_balance_are_data_too(crisis):
    (triad,) = rows("web", crisis, "--show", "triads")
    assert (triad["kind"], triad["balanced"], triad["between"]) == ("+--", True, "RUS")
    (balance,) = rows("web", crisis, "--show", "balance")
    assert (balance["n"], balance["share"], balance["friends_1"]) == (1, 1.0, 1)
    assert set(triad["acts"]) <= set(balance["acts"])
    (line,) = csv.DictReader(io.StringIO(run("web", crisis, "--show", "triads", "--format", "csv")))
    assert line["acts"].split(";") == triad["acts"]


def test_options_of_the_web_narrow_it(crisis):
    (tie,) = rows("web", crisis, "--states", "Norway,SWE", "--until", "2020-02-01")
    assert (tie["a"], tie["b"], tie["n"]) == ("NOR", "SWE", 1)
    assert "names no state" in run("web", crisis, "--states", "Nrway", code=2)
    assert "no pair of states" in run("web", crisis, "--min-acts", "99", code=2)


def test_an_echo_is_told_with_chance_beside_it_and_no_claim_of_cause(crisis):
    said = run("echo", crisis, "--actor", "RUS", "--on", "SWE", "--type", "sanction", "--in", "NOR", "SWE")
    assert "Norway and Sweden, 30 days after SANCTION by Russia on Sweden" in said
    assert "drawn at random" in said
    assert "not cause" in said
    assert "«Dispatch" in said


def test_each_number_of_an_echo_opens_to_its_acts(crisis):
    whole, *occasions = rows(
        "echo", crisis, "--actor", "RUS", "--type", "SANCTION", "--in", "SWE", "NOR", "--days", "10"
    )
    assert whole["n"] == len(occasions) > 5
    changes = []
    for o in occasions:
        with Archive(crisis) as opened:
            acts = [opened.act(act) for act in o["acts"]]
        after = sum(a["intensity"] for a in acts if a["day"] > o["day"])
        before = sum(a["intensity"] for a in acts if a["day"] < o["day"])
        assert (o["before"], o["after"]) == (pytest.approx(before), pytest.approx(after))
        changes.append(after - before)
    assert whole["change"] == pytest.approx(sum(changes) / len(changes), abs=1e-9)
    assert whole["effect"] == pytest.approx(whole["change"] - whole["placebo"], abs=1e-9)


def test_what_chance_does_is_drawn_again_from_the_acts_an_echo_opens_to(crisis):
    words = ("echo", crisis, "--actor", "RUS", "--type", "SANCTION", "--in", "SWE", "NOR", "--days", "10")
    whole, *occasions = rows(*words)
    with Archive(crisis) as opened:
        acts = [opened.act(act) for act in whole["acts"]]
        first, last = opened.first_published(), opened.last_published()
    values = np.zeros((last - first).days + 1)
    for act in acts:
        if {a["code"] for a in (*act["sources"], *act["recipients"])} == {"NOR", "SWE"}:
            values[(date.fromisoformat(act["day"]) - first).days] += act["intensity"]
    places = [(date.fromisoformat(o["day"]) - first).days for o in occasions]
    drawn = compare(values, places, 10)
    assert (whole["placebo"], whole["p"]) == pytest.approx((drawn.placebo, drawn.p), abs=1e-9)
    far = [d for d in range(10, len(values) - 10) if all(abs(d - place) > 10 for place in places)]
    mean = sum(values[d + 1 : d + 11].sum() - values[d - 10 : d].sum() for d in far) / len(far)
    assert whole["placebo"] == pytest.approx(mean, abs=0.3)  # what draws without end would come to


def test_an_echo_asked_wrongly_says_what_mends_it(crisis):
    assert "no PLOVER type" in run(
        "echo", crisis, "--actor", "RUS", "--type", "visit", "--in", "NOR", "SWE", code=2
    )
    assert "one state" in run("echo", crisis, "--actor", "RUS", "--in", "NOR", "NOR", code=2)
    assert "itself of the pair" in run("echo", crisis, "--actor", "NOR", "--in", "NOR", "SWE", code=2)


def test_a_forecast_stands_beside_no_change_and_says_which_is_better(crisis):
    said = run("forecast", crisis, "Norway", "Sweden", "--ahead", "1-3")
    assert "no change" in said
    assert "CRPS is" in said
    assert "The newest act it rests on" in said


def test_a_forecast_can_be_made_again_from_the_acts_it_names(crisis):
    from detente.measures import draw_series, forecast

    first, *_ = rows("forecast", crisis, "NOR", "SWE")
    with Archive(crisis) as opened:
        series = draw_series(opened, "NOR", "SWE")
        acts = [opened.act(act) for act in first["acts"]]
    totals = {period.name: 0.0 for period in series.periods}
    for act in acts:
        totals[act["day"][:7]] += act["intensity"]
    assert tuple(totals.values()) == series.values
    again = forecast(series).steps[0].forecast
    assert (first["middle"], first["low"], first["high"]) == pytest.approx(
        (again.middle, again.low, again.high)
    )
    assert first["ratio"] == pytest.approx(first["crps"] / first["crps_no_change"], abs=1e-9)


def test_a_series_from_a_file_is_foretold(tmp_path):
    file = tmp_path / "trips.csv"
    file.write_text("period,value\n" + "".join(f"{1990 + n},{n % 4}\n" for n in range(30)))
    found = rows("forecast", "--series", file, "--ahead", "2")
    assert [(row["ahead"], row["period"], row["acts"]) for row in found] == [(2, "2021", [])]


def test_a_forecast_asked_wrongly_says_what_mends_it(crisis, tmp_path):
    assert "write 1-6" in run("forecast", crisis, "NOR", "SWE", "--ahead", "soon", code=2)
    assert "Name ARCHIVE and two states" in run("forecast", crisis, "NOR", code=2)
    assert "a forecast needs 12" in run("forecast", crisis, "NOR", "SWE", "--by", "year", code=2)
    assert "could not be read" in run("forecast", "--series", str(tmp_path / "no.csv"), code=2)


def test_each_draws_a_picture_and_the_web_a_graph(crisis, tmp_path):
    pytest.importorskip("vl_convert")
    run("web", crisis, "--picture", tmp_path / "web.svg", "--graph", tmp_path / "web.gexf")
    run(
        "echo",
        crisis,
        "--actor",
        "RUS",
        "--in",
        "NOR",
        "SWE",
        "--days",
        "10",
        "--picture",
        tmp_path / "echo.svg",
    )
    run("forecast", crisis, "NOR", "SWE", "--picture", tmp_path / "forecast.svg")
    for name in ("web", "echo", "forecast"):
        assert (tmp_path / f"{name}.svg").read_text("utf-8").startswith("<svg")
    assert "Norway" in (tmp_path / "web.svg").read_text("utf-8")
    assert (tmp_path / "web.gexf").exists()
