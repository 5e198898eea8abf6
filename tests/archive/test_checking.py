"""A check finds what is wrong, mends what is derived, and leaves what people brought alone."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive.adding import telling
from archive.builders import coded, event, report, visit
from detente.archive import Archive
from detente.archive.packing import BODIES, pack_words, unpack_words


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Archive(tmp_path / "a", create=True) as archive:
        for n in range(4):
            archive.add(telling(n))
        archive.add(visit("The minister came to Oslo."))
        archive.release("v1")
    return tmp_path / "a"


def ruin(folder: Path, *steps: str) -> None:
    with closing(sqlite3.connect(folder / "ledger.sqlite", isolation_level=None)) as ledger:
        for step in steps:
            ledger.execute(step)


def test_a_whole_archive_has_no_fault(folder):
    with Archive(folder) as archive:
        assert archive.check() == []


def test_acts_without_a_doer_and_acts_of_decades_are_no_fault(tmp_path):
    told = report("Shells fell on Baidoa. Japan ruled Korea for decades.")
    with Archive(tmp_path / "a", create=True) as archive:
        archive.add(
            coded(
                told,
                event(told, "ASSAULT", "", "SOM", start="2021-03-09", quote="Shells fell on Baidoa."),
                event(told, "COERCE", "JPN", "KOR", start="1910-08-29", end="1945-09-02",
                      quote="Japan ruled Korea for decades."),
            )
        )  # fmt: skip
        assert archive.check() == []


def test_keys_of_acts_the_coder_joined_are_mended_to_what_adding_wrote(tmp_path):
    told = report("The minister came to Oslo on Tuesday. The talks were long.")
    with Archive(tmp_path / "a", create=True) as archive:
        archive.add(
            coded(
                told,
                event(told, "CONSULT", "FRA", "NOR", start="2021-03-09", act="1",
                      quote="The minister came to Oslo on Tuesday."),
                event(told, "CONSULT", "FRA", "NOR", act="1", quote="The talks were long."),
            )
        )  # fmt: skip
    with closing(sqlite3.connect(tmp_path / "a" / "ledger.sqlite")) as ledger:
        before = ledger.execute("select * from record_keys order by 1, 2, 3, 4").fetchall()
    ruin(tmp_path / "a", "delete from record_keys where record = 2")
    with Archive(tmp_path / "a") as archive:
        assert archive.check(repair=True)
        assert archive.check() == []
    with closing(sqlite3.connect(tmp_path / "a" / "ledger.sqlite")) as ledger:
        assert ledger.execute("select * from record_keys order by 1, 2, 3, 4").fetchall() == before


@pytest.mark.parametrize(
    ("step", "part"),
    [
        ("delete from record_codes where record = 2", "codes"),
        ("insert into record_codes values ('XXX', 2)", "codes"),
        ("delete from record_keys where record = 1", "keys"),
        ("update record_keys set key = 'd+FRA+SWE' where key = 'd+FRA+NOR' and record = 1", "keys"),
        ("update acts set n_records = 77", "acts"),
        ("update records set act = 'nowhere' where n = 1", "acts"),
        ("insert into quote_words (quote_words) values ('delete-all')", "index"),
        ("insert into report_words (report_words) values ('delete-all')", "index"),
    ],
)
def test_what_is_derived_is_found_wrong_and_made_anew(folder, step, part):
    with Archive(folder) as archive:
        before = sorted((a["act"], a["n_records"]) for a in archive.acts())
        found = [h.id for h in archive.search("oslo")]
    ruin(folder, step)
    with Archive(folder) as archive:
        assert {f.part for f in archive.check()} >= {part}
        assert all(f.is_mended for f in archive.check(repair=True))
        assert archive.check() == []
        assert sorted((a["act"], a["n_records"]) for a in archive.acts()) == before
        assert sorted(h.id for h in archive.search("oslo")) == sorted(found)


def test_columns_that_say_otherwise_than_the_ledger_are_found_and_written_anew(folder):
    import pyarrow as pa
    import pyarrow.parquet as parquet

    part = next((folder / "columns").glob("records-*.parquet"))
    table = parquet.read_table(part)
    other = table.set_column(
        table.schema.get_field_index("type"), "type", pa.array(["AID"] * table.num_rows, pa.string())
    )
    parquet.write_table(other, part, compression="zstd")
    ruin(folder, f"update parts set bytes = {part.stat().st_size} where name = '{part.name}'")
    with Archive(folder) as archive:
        assert [f.part for f in archive.check(quick=True)] == []
        assert [f.part for f in archive.check(repair=True)] == ["columns"]
        assert archive.check() == []


def test_a_report_whose_words_were_changed_is_told_of_and_left_alone(folder):
    ruin(folder, "update reports set text = 'The minister came to Bonn.' where n = 1")
    with Archive(folder) as archive:
        fault = next(f for f in archive.check(repair=True) if f.part == "report")
        assert not fault.is_mended
        assert "hash" in fault.says
        assert "Bonn" in next(archive.reports()).text


def test_offsets_that_do_not_give_the_quote_are_told_of(folder):
    with closing(sqlite3.connect(folder / "ledger.sqlite", isolation_level=None)) as ledger:
        stored = ledger.execute("select body from records where n = 1").fetchone()[0]
        body = json.dumps(json.loads(unpack_words(stored)) | {"end": 99999})
        ledger.execute("update records set body = ? where n = 1", (pack_words(body, dictionary=BODIES),))
    with Archive(folder) as archive:
        assert ("record", False) in {(f.part, f.is_mended) for f in archive.check(repair=True, quick=True)}


@pytest.mark.parametrize("words", [b"\xff\x01half of a", b"\xff\x00\x00", b"\xff\x63all", b"\xfe"])
def test_packed_words_that_were_ruined_are_told_of(folder, words):
    with closing(sqlite3.connect(folder / "ledger.sqlite", isolation_level=None)) as ledger:
        ledger.execute("update records set body = ? where n = 2", (words,))
        ledger.execute("update reports set text = ? where n = 2", (words,))
    with Archive(folder) as archive:
        assert {"report", "record"} <= {f.part for f in archive.check(quick=True)}


def test_a_release_that_was_changed_is_told_of(folder):
    (folder / "releases" / "v1" / "acts.parquet").write_bytes(b"other")
    with Archive(folder) as archive:
        assert [(f.part, f.id, f.is_mended) for f in archive.check(repair=True)] == [
            ("release", "v1/acts.parquet", False)
        ]


def test_what_a_crash_left_is_swept_away(folder):
    (folder / "columns" / ".records-1.parquet.7.tmp").write_bytes(b"half")
    (folder / "releases" / ".v2.7.tmp").mkdir()
    with Archive(folder) as archive:
        assert {f.part for f in archive.check(repair=True)} == {"files"}
        assert archive.check() == []


def test_an_archive_that_can_only_be_read_is_checked_and_not_mended(folder, monkeypatch):
    import os

    ruin(folder, "update acts set n_records = 77")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with Archive(folder) as archive:
        faults = archive.check(repair=True)
        assert faults
        assert not any(f.is_mended for f in faults)


def test_what_still_lies_in_the_write_ahead_log_is_seen_where_nothing_can_be_written(folder, monkeypatch):
    import os

    with closing(sqlite3.connect(folder / "ledger.sqlite", isolation_level=None)) as other:
        other.execute("update acts set n_records = 77")
        monkeypatch.setattr(os, "access", lambda path, mode: False)
        assert (folder / "ledger.sqlite-wal").stat().st_size > 0
        with Archive(folder) as archive:
            assert {a["n_records"] for a in archive.acts()} == {77}
