"""A panel leaves as a file that statistics programs read and merge with their own tables."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from archive.builders import coded, event, report, visit
from detente.archive import Archive
from detente.errors import InputError
from detente.exchange import export_panel, write_codebook
from detente.measures import build_panel
from detente.measures.panel import PANEL_COLUMNS

UN = Path(__file__).parents[3] / "shared" / "data" / "dyad" / "idealpoints"


@pytest.fixture
def panel(tmp_path):
    with Archive(tmp_path / "a", create=True) as archive:
        archive.add(visit("The minister came to Oslo.", "2018-03-10", start="2018-03-09", outlet="NTB"))
        told = report("Oslo condemned Gaza's rulers.", "2018-05-02")
        archive.add(coded(told, event(told, "ACCUSE", "NOR", "PSE", start="2018-05-01")))
        yield build_panel(archive, every="quarter")


def test_csv_parquet_and_json_lines_hold_the_same(panel, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    for suffix in ("csv", "parquet", "jsonl"):
        assert export_panel(panel, tmp_path / f"p.{suffix}") == panel.num_rows == 4
    rows = list(csv.DictReader((tmp_path / "p.csv").open(encoding="utf-8")))
    table = parquet.read_table(tmp_path / "p.parquet")
    assert [r["act_ids"] for r in rows] == [";".join(ids) for ids in table["act_ids"].to_pylist()]
    assert [int(r["acts"]) for r in rows] == table["acts"].to_pylist()
    described = {f.name: f.metadata[b"description"].decode() for f in table.schema}
    assert described == {name: PANEL_COLUMNS[name][1] for name in table.column_names}


def test_stata_gets_labels_days_and_numbers_as_numbers(panel, tmp_path):
    pandas = pytest.importorskip("pandas")
    export_panel(panel, tmp_path / "p.dta")
    with pandas.io.stata.StataReader(tmp_path / "p.dta") as reader:
        frame = reader.read()
        labels, values = reader.variable_labels(), reader.value_labels()
    assert labels == {name: PANEL_COLUMNS[name][1] for name in panel.column_names}
    assert values == {"watched": {0: "no report read", 1: "reports read"}}
    assert str(frame["start"].dtype).startswith("datetime64")
    assert frame["act_ids"].tolist() == [";".join(ids) for ids in panel["act_ids"].to_pylist()]
    assert frame["acts"].tolist() == panel["acts"].to_pylist()


def test_a_state_without_a_number_has_a_missing_one(panel, tmp_path):
    pandas = pytest.importorskip("pandas")
    export_panel(panel, tmp_path / "p.dta")
    frame = pandas.read_stata(tmp_path / "p.dta")
    assert frame.loc[frame["iso2"] == "PSE", "ccode2"].isna().all()
    assert frame.loc[frame["iso1"] == "PSE"].empty


@pytest.mark.skipif(not UN.is_dir(), reason="no reference tables beside the repository (../shared)")
def test_a_scholar_merges_it_with_the_ideal_points_of_the_un_votes(panel, tmp_path):
    pandas = pytest.importorskip("pandas")
    export_panel(panel, tmp_path / "p.dta")
    frame = pandas.read_stata(tmp_path / "p.dta")
    points = pandas.read_csv(UN / "IdealpointestimatesAll_Apr2020.csv", encoding="latin-1")
    points["year"] = points["session"] + 1945
    points = points[["ccode", "year", "IdealPoint"]]
    for side in ("1", "2"):
        frame = frame.merge(
            points.rename(columns={"ccode": f"ccode{side}", "IdealPoint": f"ideal{side}"}),
            on=[f"ccode{side}", "year"], how="left", validate="many_to_one",
        )  # fmt: skip
    both = frame.loc[frame["ccode2"].notna(), ["iso1", "iso2", "ideal1", "ideal2"]].drop_duplicates()
    assert len(frame) == panel.num_rows
    (row,) = both.to_dict("records")
    assert (row["iso1"], row["iso2"]) == ("FRA", "NOR")
    assert abs(row["ideal1"] - row["ideal2"]) < 1  # two western states vote alike


def test_the_codebook_has_a_line_for_each_column(panel):
    stream = io.StringIO()
    write_codebook(panel, stream, made="By hand.")
    text = stream.getvalue()
    assert all(f"| `{name}` | {kind} | {words} |" in text for name, (kind, words) in PANEL_COLUMNS.items()
               if name in panel.column_names)  # fmt: skip
    assert "By hand." in text
    assert "periods 2018-Q1 to 2018-Q2" in text


def test_a_file_of_another_kind_is_refused_with_those_known(panel, tmp_path):
    with pytest.raises(InputError, match=r"\.csv, \.parquet, \.jsonl, \.dta"):
        export_panel(panel, tmp_path / "p.xlsx")
