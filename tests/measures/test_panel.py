"""A panel has a row for each pair and period, zeros are zeros, and its keys are those of other tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from archive.builders import coded, event, report, visit
from detente.archive import Archive
from detente.errors import InputError
from detente.measures import build_panel, describe_pair
from detente.measures.numbering import number_on
from detente.measures.panel import PANEL_COLUMNS, panel_columns

TOLD = (
    ("Chad shelled a Niger post.", "2021-04-02", "ASSAULT", "TCD", "NER", {"start": "2021-04-01"}),
    ("Niger condemned the shelling.", "2021-06-03", "ACCUSE", "NER", "TCD", {}),
    ("The UN condemned Chad.", "2021-04-03", "ACCUSE", "UNO", "TCD", {}),
    ("France may sanction Chad.", "2021-04-04", "SANCTION", "FRA", "TCD", {"status": "hypothetical"}),
    ("Chad and Niger held a drill.", "2021-06-20", "COOPERATE", "TCD NER", "", {"start": "2021-06-19"}),
)


@pytest.fixture
def archive(tmp_path):
    with Archive(tmp_path / "a", create=True) as opened:
        opened.add(visit("The minister came to Oslo.", outlet="NTB"))
        opened.add(visit("Paris's envoy was in Oslo.", outlet="AFP"))
        for text, published, type, sources, recipients, fields in TOLD:
            told = report(text, published)
            opened.add(coded(told, event(told, type, sources, recipients, **fields)))
        yield opened


def rows_of(archive, a, b, **options):
    rows = build_panel(archive, **options).to_pylist()
    return [row for row in rows if (row["iso1"], row["iso2"]) == (a, b)]


def test_a_panel_says_what_the_course_says_zeros_included(archive):
    for a, b in (("NER", "TCD"), ("NOR", "FRA")):
        mine = {
            r["period"]: r for r in rows_of(archive, *sorted((a, b), key=lambda c: number_on(c, date.max)))
        }
        for point in describe_pair(archive, a, b).course:
            row = mine[point.period]
            assert (row["acts"], row["act_ids"]) == (point.n, list(point.acts))
            assert row["intensity_sum"] == pytest.approx(point.total)
            assert row["intensity_mean"] == pytest.approx(point.mean)
            assert tuple(row[f"quad{q}"] for q in (1, 2, 3, 4)) == point.by_quad


def test_every_pair_has_every_period_of_the_window_and_says_what_was_read(archive):
    rows = rows_of(archive, "FRA", "NOR")
    assert [(r["period"], r["acts"], r["reports"], r["outlets"], r["read"], r["watched"]) for r in rows] == [
        ("2021-03", 1, 2, 2, 2, 1), ("2021-04", 0, 0, 0, 3, 1), ("2021-05", 0, 0, 0, 0, 0),
        ("2021-06", 0, 0, 0, 2, 1),
    ]  # fmt: skip
    assert rows[1]["intensity_sum"] == 0.0
    assert rows[1]["intensity_mean"] is None


def test_pairs_of_states_alone_and_those_never_counted_only_where_asked(archive):
    def pairs(which):
        table = build_panel(archive, pairs=which)
        return {*zip(table["iso1"].to_pylist(), table["iso2"].to_pylist(), strict=True)}

    assert pairs("all") == {("FRA", "NOR"), ("NER", "TCD"), ("FRA", "TCD")}
    assert pairs("seen") == {("FRA", "NOR"), ("NER", "TCD")}


def test_directed_rows_say_who_did_it_and_partners_do_to_each_other(archive):
    june = {"every": "month", "directed": True, "since": date(2021, 4, 1), "pairs": "seen"}
    there = [(r["assault"], r["accuse"], r["cooperate"]) for r in rows_of(archive, "TCD", "NER", **june)]
    back = [(r["assault"], r["accuse"], r["cooperate"]) for r in rows_of(archive, "NER", "TCD", **june)]
    assert there == [(1, 0, 0), (0, 0, 0), (0, 0, 1)]
    assert back == [(0, 0, 0), (0, 0, 0), (0, 1, 1)]


@pytest.mark.parametrize(
    ("every", "periods"),
    [
        ("year", ["2021"]),
        ("half", ["2021-H1"]),
        ("quarter", ["2021-Q1", "2021-Q2"]),
        ("month", ["2021-03", "2021-04"]),
    ],
)
def test_periods_have_their_own_columns_and_names(archive, every, periods):
    table = build_panel(archive, every=every)
    assert table.column_names == list(panel_columns(every))
    assert set(table.column_names) <= set(PANEL_COLUMNS)
    assert [r["period"] for r in rows_of(archive, "FRA", "NOR", every=every)][:2] == periods


def test_weeks_are_iso_weeks_and_counts_are_those_of_days(archive):
    weeks = rows_of(archive, "NER", "TCD", every="week")
    days = rows_of(archive, "NER", "TCD", every="day")
    assert weeks[0]["start"].weekday() == 0
    assert [(r["year"], r["week"]) for r in weeks if r["acts"]] == [(2021, 13), (2021, 22), (2021, 24)]
    assert [r["period"] for r in days if r["acts"]] == ["2021-04-01", "2021-06-03", "2021-06-19"]


def test_statuses_asked_for_are_counted(archive):
    rows = rows_of(archive, "FRA", "TCD", statuses=("hypothetical",))
    assert [r["sanction"] for r in rows] == [0, 1, 0, 0]


def test_a_state_bears_the_number_of_its_day():
    assert [number_on("DEU", date(y, 1, 1)) for y in (1985, 1991)] == [260, 255]
    assert [number_on("YEM", date(1990, 5, d)) for d in (21, 22)] == [678, 679]
    assert number_on("USA", date(2021, 1, 1)) == 2
    assert number_on("PSE", date(2021, 1, 1)) is None


def test_the_lower_number_comes_first_whatever_the_letters(tmp_path):
    with Archive(tmp_path / "a", create=True) as archive:
        told = report("Berlin's envoy was in Warsaw; Cuba's in Berlin.", "2021-03-10")
        archive.add(coded(told, event(told, "CONSULT", "CUB", "USA", start="2021-03-09")))
        (row,) = build_panel(archive).to_pylist()
    assert (row["ccode1"], row["iso1"], row["ccode2"], row["iso2"]) == (2, "USA", 40, "CUB")


def test_no_column_is_too_long_for_stata():
    assert max(map(len, PANEL_COLUMNS)) <= 32
    assert all(len(words) <= 80 for _, words in PANEL_COLUMNS.values())


def test_the_docs_list_every_column_as_the_table_has_it():
    page = (Path(__file__).parents[2] / "docs" / "measures" / "panel.md").read_text("utf-8")
    assert all(f"| `{name}` | {kind} | {words} |" in page for name, (kind, words) in PANEL_COLUMNS.items())


def test_an_empty_archive_has_an_empty_panel_and_undated_reports_ask_for_a_window(tmp_path):
    with Archive(tmp_path / "none", create=True) as archive:
        assert build_panel(archive).num_rows == 0
        told = report("France sanctioned Chad.", None)
        archive.add(coded(told, event(told, "SANCTION", "FRA", "TCD", start="2021-03-09")))
        with pytest.raises(InputError, match="give its first and last day"):
            build_panel(archive)
        (row,) = build_panel(archive, since=date(2021, 3, 1), until=date(2021, 3, 31)).to_pylist()
    assert (row["sanction"], row["watched"]) == (1, 0)
