"""An archive of an earlier version is brought up to date, smaller, and says what it said."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive.adding import telling
from archive.builders import coded, event, report, visit
from archive.older import make_older
from detente.archive import Archive, migrations

MORE = "It was the first such visit since the talks on the quota for cod broke off in the spring of 2019. "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive of acts told once and twice, dated and not, of one report alone, with two reviews."""
    told = report("Shells fell on Baidoa. Japan ruled Korea for decades.")
    with Archive(tmp_path / "a", create=True) as archive:
        for n in range(12):
            archive.add(telling(n))
        archive.add(visit("The minister came to Oslo on Tuesday. " + MORE * 9))
        archive.add(visit("Paris's top diplomat was received in Oslo.", "2021-03-11", start=None))
        archive.add(
            coded(
                told,
                event(told, "ASSAULT", "", "SOM", start="2021-03-09", quote="Shells fell on Baidoa."),
                event(told, "COERCE", "JPN", "KOR", start="1910-08-29", end="1945-09-02",
                      quote="Japan ruled Korea for decades."),
            )
        )  # fmt: skip
        act = next(archive.acts(("FRA", "NOR")))
        archive.review(act["record"], "correct", ["status=claimed"], by="Ane Vik", reason="so it says")
        archive.review(act["act"], "correct", ["mode=phone"], by="Jon Dahl", reason="it was a call")
    return tmp_path / "a"


def all_that_it_says(folder: Path) -> dict:
    with Archive(folder) as archive:
        return {
            "records": list(archive.records()), "acts": list(archive.acts()),
            "reports": list(archive.reports()), "pairs": archive.pairs(), "counts": archive.counts(),
            "columns": archive.sql("select * from acts order by act").to_pylist(),
            "reviews": archive.reviews(), "found": [hit.id for hit in archive.search("minister")],
        }  # fmt: skip


@pytest.mark.parametrize("version", [2, 3])
def test_an_archive_of_each_earlier_format_says_what_it_said(folder, version):
    with Archive(folder, reviews="ignore") as archive:
        before = list(archive.records()), list(archive.acts())
    told = all_that_it_says(folder)
    make_older(folder, version)
    kept = ("records", "acts", "reports", "pairs", "counts", "columns", "found")
    if version == 3:
        now = all_that_it_says(folder)
        assert {k: now[k] for k in (*kept, "reviews")} == {k: told[k] for k in (*kept, "reviews")}
    with Archive(folder, reviews="ignore") as archive:
        assert (list(archive.records()), list(archive.acts())) == before
        assert archive.check() == []


def test_a_migrated_ledger_is_smaller_and_the_old_one_lies_beside_it(folder):
    make_older(folder, 3)
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as ledger:
        query = "select sum(pgsize) from dbstat where name in ('records', 'acts', 'reports', 'record_keys')"
        before = ledger.execute(query).fetchone()[0]
    with Archive(folder) as archive:
        assert archive.counts()["reports"] == 15
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as ledger:
        assert ledger.execute(query).fetchone()[0] < before
        assert ledger.execute("pragma user_version").fetchone()[0] == migrations.SCHEMA
    with closing(sqlite3.connect(folder / "ledger.format-3.sqlite")) as kept:
        assert kept.execute("select count(*) from reports where text like '%Oslo%'").fetchone()[0] == 14


def test_a_migrated_archive_is_added_to_and_its_acts_are_told_again(folder):
    make_older(folder, 3)
    with Archive(folder) as archive:
        act = next(a for a in archive.acts(("FRA", "NOR")) if a["type"] == "CONSULT")
        archive.add(visit("The French minister was in Oslo on Tuesday, Norway's press writes.", "2021-03-12"))
        assert archive.act(act["act"])["n_reports"] == act["n_reports"] + 1
        assert archive.check() == []


def test_a_migration_cut_off_leaves_the_archive_as_it_was(folder, monkeypatch):
    make_older(folder, 3)
    size = (folder / "ledger.sqlite").stat().st_size
    monkeypatch.setattr(migrations, "_SMALL_INDEXES", ("create index nowhere on nothing (n)",))
    with pytest.raises(Exception, match="did not answer"):
        Archive(folder)
    monkeypatch.undo()
    assert (folder / "ledger.sqlite").stat().st_size >= size
    with Archive(folder) as archive:
        assert archive.check() == []


def test_the_ledger_holds_the_dictionary_its_bodies_are_read_with(folder):
    from detente.archive.packing import NAMES, dictionary_of

    with closing(sqlite3.connect(folder / "ledger.sqlite")) as ledger:
        held = dict(ledger.execute("select key, value from meta"))
    assert {held[name].encode() for name in NAMES.values()} == {dictionary_of(n) for n in NAMES}
