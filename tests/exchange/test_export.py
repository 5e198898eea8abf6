"""What leaves an archive says what is in it, in a form other programs read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from archive.builders import coded, event, figure, position, report, statement, visit
from detente.archive import Archive
from detente.archive.flat import RECORD_COLUMNS
from detente.errors import DetenteError
from detente.exchange import export, to_arrow, to_pandas
from detente.records import Actor


def everything():
    told = report(
        "Ties, he said, are «improving»;\nexports reached 10.5 billion.", title="Ties", outlet="NTB"
    )
    return coded(
        told,
        event(told, "COOPERATE", "FRA NOR", start="2021-03-09", place="Oslo", country="NOR"),
        position(told, "NOR", "whaling", "support", conditional=True),
        figure(told, "FRA NOR", (10.5e9, 11e9), "NOK", "exports"),
        statement(told, Actor("FRA", "Jean Dupont"), "FRA NOR", "rising"),
    )


@pytest.fixture
def archive(tmp_path: Path):
    with Archive(tmp_path / "a", create=True) as opened:
        opened.add(everything())
        opened.add(visit("The minister came to Oslo.", "2021-03-19", start="2021-03-18"))
        yield opened


def test_json_lines_are_the_contract_with_the_reports_meta(archive, tmp_path):
    assert export(archive, tmp_path / "out.jsonl", format="jsonl") == 5
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert rows == list(archive.records())
    assert list(rows[0])[: len(everything().to_json()[0])] == list(everything().to_json()[0])


def test_csv_is_flat_joins_codes_and_keeps_line_breaks_and_semicolons_in_quotes(archive, tmp_path):
    assert export(archive, tmp_path / "out.csv") == 5
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(RECORD_COLUMNS)
    assert (rows[0]["sources"], rows[0]["date_start"], rows[0]["kind"]) == ("FRA;NOR", "2021-03-09", "event")
    assert rows[0]["quote"] == everything().report.text
    assert (rows[1]["stance"], rows[1]["conditional"], rows[1]["act"]) == ("support", "true", "")
    assert (float(rows[2]["value"]), float(rows[2]["value_high"])) == (10.5e9, 11e9)


def test_parquet_keeps_lists_and_days(archive, tmp_path):
    import pyarrow.parquet as parquet

    assert export(archive, tmp_path / "out.parquet", format="parquet") == 5
    table = parquet.read_table(tmp_path / "out.parquet")
    assert table.column_names == list(RECORD_COLUMNS)
    assert sorted(table["kind"].to_pylist()) == sorted(r["record"] for r in archive.records())
    assert ["FRA", "NOR"] in table["sources"].to_pylist()


@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_a_stream_of_text_and_one_of_bytes_get_the_same(archive, format):
    text, data = io.StringIO(), io.BytesIO()
    assert export(archive, text, format=format) == export(archive, data, format=format) == 5
    assert data.getvalue().decode("utf-8") == text.getvalue()


def test_parquet_goes_to_the_bytes_beneath_a_stream_of_text(archive):
    beneath = io.BytesIO()
    stream = io.TextIOWrapper(beneath)  # as stdout is
    export(archive, stream, format="parquet")
    assert beneath.getvalue()[:4] == b"PAR1"


def test_an_export_that_fails_leaves_no_file_and_the_old_one_stands(archive, tmp_path, monkeypatch):
    (tmp_path / "out.csv").write_text("old")

    def broken(*_, **__):
        yield next(iter(everything().to_json())) | {"published": None, "outlet": None}
        raise RuntimeError("torn")

    monkeypatch.setattr(archive, "records", broken)
    with pytest.raises(RuntimeError):
        export(archive, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == "old"
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_a_place_that_cannot_be_written_is_said(archive, tmp_path):
    with pytest.raises(DetenteError, match="could not be written"):
        export(archive, tmp_path / "no" / "such" / "out.csv")


def test_an_unknown_format_is_refused_with_those_known(archive, tmp_path):
    with pytest.raises(DetenteError, match="csv, parquet or jsonl"):
        export(archive, tmp_path / "out.xml", format="xml")


def test_acts_and_reports_leave_as_flat_tables_too(archive, tmp_path):
    assert export(archive, tmp_path / "acts.csv", family="acts") == 2
    rows = list(csv.DictReader((tmp_path / "acts.csv").open(encoding="utf-8")))
    assert [(r["day"], r["pairs"], r["intensity"]) for r in rows] == [
        ("2021-03-09", "FRA-NOR", "9.5"), ("2021-03-18", "FRA-NOR", "2.5")
    ]  # fmt: skip
    stream = io.StringIO()
    assert export(archive, stream, family="reports", format="jsonl") == 2
    assert {json.loads(line)["published"] for line in stream.getvalue().splitlines()} == {
        "2021-03-10", "2021-03-19"
    }  # fmt: skip


def test_an_arrow_table_of_a_coded_report_equals_what_an_archive_gives(archive):
    table = to_arrow(everything())
    kept = archive.sql(
        "select * from records where report = ? order by kind", [everything().report.id]
    ).to_pylist()
    mine = sorted(table.to_pylist(), key=lambda r: r["kind"])
    for row in (*kept, *mine):
        row.pop("act")  # the archive's own
    assert mine == kept


def test_a_frame_has_a_row_a_record_and_days_as_days():
    pandas = pytest.importorskip("pandas", reason="pandas is an extra")
    frame = to_pandas(everything())
    assert list(frame["kind"]) == ["event", "position", "figure", "statement"]
    assert frame["date_start"][0] == pandas.Timestamp("2021-03-09")
    assert frame["sources"][0] == ["FRA", "NOR"]


def test_a_frame_of_nothing_has_all_columns():
    pytest.importorskip("pandas", reason="pandas is an extra")
    frame = to_pandas(coded(report("Nothing happened.")))
    assert (len(frame), list(frame.columns)) == (0, list(RECORD_COLUMNS))
