"""Two clocks and releases: what was known on a day, what was frozen, what differs and why."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from archive.adding import telling
from archive.builders import coded, event, visit
from detente.archive import Archive
from detente.errors import ArchiveError, NotInArchive
from detente.records import Coded

SIGNED = {"by": "Ane Vik", "reason": "read the report"}
EARLY, LATE = date(2021, 4, 1), date(2021, 6, 1)


def shift_commits(folder: Path, first: int, day: str) -> None:
    """Say that commits from `first` on were made on a day: the tests cannot wait for one."""
    with sqlite3.connect(folder / "ledger.sqlite") as ledger:
        ledger.execute("update commits set at = ? where n >= ?", (f"{day}T12:00:00+00:00", first))


def newest(folder: Path) -> int:
    with sqlite3.connect(folder / "ledger.sqlite") as ledger:
        return ledger.execute("select max(n) from commits").fetchone()[0]


def state(archive: Archive) -> dict:
    """Everything an archive answers, so that two can be held against each other."""
    return {
        "reports": [r.id for r in archive.reports()],
        "records": [{k: v for k, v in r.items() if k not in ("learnt", "coder")} for r in archive.records()],
        "acts": sorted((a["act"], a["n_records"], a["day"], a["reason"]) for a in archive.acts()),
        "pairs": archive.pairs(),
        "columns": archive.sql("select id, act, type, status from records order by id").to_pylist(),
        "act columns": archive.sql("select act, n_records, day from acts order by act").to_pylist(),
    }


def recoding(n: int) -> Coded:
    """The report `telling(n)` coded by other rules: one record stays, one changes, one goes."""
    told = telling(n).report
    return coded(
        told,
        event(told, "CONSULT", "FRA", "NOR", start="2021-03-09", quote="The minister came to Oslo."),
        event(told, "AGREE", "FRA", "NOR", quote="Trade is up."),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three reports known by March, two more and a review in May, one recoded."""
    path = tmp_path / "a"
    with Archive(path, create=True) as archive:
        for n in range(3):
            archive.add(telling(n))
    shift_commits(path, 1, "2021-03-20")
    later = newest(path) + 1
    with Archive(path) as archive:
        archive.add(visit("The French minister came to Oslo on Tuesday to speak of fish.", outlet="NTB"))
        archive.add(visit("Paris's top diplomat was received in the capital.", outlet="AFP"))
        row = next(r for r in archive.records("event") if r["outlet"] == "AFP")
        archive.review(row["id"], "correct", ["date=2021-03-05"], **SIGNED)
        archive.recode(recoding(1))
    shift_commits(path, later, "2021-05-20")
    with Archive(path) as archive:
        archive.rebuild_columns()  # they hold when a report was learnt, too
    return path


def test_an_archive_as_of_a_day_answers_as_one_that_never_learnt_more(folder, tmp_path):
    with Archive(tmp_path / "b", create=True) as alone:
        for n in range(3):
            alone.add(telling(n))
        expected = state(alone)
    with Archive(folder, as_of=EARLY) as archive:
        assert state(archive) == expected
        assert archive.reviews() == ()


def test_as_of_a_later_day_is_the_archive_of_today(folder):
    with Archive(folder) as today, Archive(folder, as_of=LATE) as then:
        assert state(then) == state(today)


def test_as_of_before_the_first_report_nothing_is_known(folder):
    with Archive(folder, as_of=date(2020, 1, 1)) as archive:
        assert archive.counts() == dict.fromkeys(archive.counts(), 0)
        assert archive.table("event").num_rows == 0
        assert archive.last_published() is None


def test_nothing_can_be_added_to_the_past(folder):
    with Archive(folder, as_of=EARLY) as archive, pytest.raises(ArchiveError, match="only be read"):
        archive.add(visit("The minister came again."))


def test_a_recoded_report_has_its_new_records_and_keeps_what_is_alike(folder):
    with Archive(folder) as archive:
        mine = [r for r in archive.records("event") if r["report"] == telling(1).report.id]
        assert [r["type"] for r in mine] == ["CONSULT", "AGREE"]
        assert archive.table("event").num_rows == archive.counts()["event"]
        again = archive.recode(recoding(1))
        assert (again.came, again.went, again.kept) == (0, 0, 2)
        assert archive.check() == []


def test_a_report_that_is_not_here_is_not_recoded(folder):
    with Archive(folder) as archive, pytest.raises(NotInArchive, match="add it first"):
        archive.recode(recoding(77))


def test_a_release_stays_as_it_is_whatever_comes_after(folder):
    with Archive(folder) as archive:
        release = archive.release("v1")
        before = {p.name: p.read_bytes() for p in (folder / "releases" / "v1").iterdir()}
        archive.add(visit("The minister was back in Oslo.", "2021-06-12", start="2021-06-10"))
        archive.recode(recoding(2))
        archive.release("v2")
        assert {p.name: p.read_bytes() for p in (folder / "releases" / "v1").iterdir()} == before
        assert archive.releases()[0] == release
        assert release.counts["records"] == 10
        assert release.coders[0]["rules"] == "sha256:0"
        assert archive.releases()[0].ids != archive.releases()[1].ids


def test_the_difference_names_each_cause(folder):
    with Archive(folder) as archive:
        archive.release("v1")
        assert archive.differences("v1") == []
        came = visit("The minister was back in Oslo.", "2021-06-12", start="2021-06-10")
        archive.add(came)
        archive.recode(recoding(2))
        praise = next(r for r in archive.records("event") if r["type"] == "SUPPORT")
        archive.review(praise["id"], "reject", **SIGNED)
        archive.release("v2")
        found = {(d.family, d.id): d for d in archive.differences("v1", "v2")}
    assert found["report", came.report.id].cause == "new report"
    assert [d.cause for d in found.values() if d.family == "record" and d.change == "came"].count(
        "new rules"
    ) == 1
    gone = found["record", praise["id"]]
    assert (gone.change, gone.cause) == ("went", "review")
    assert gone.why == "reject by Ane Vik: read the report"
    new = next(d for d in found.values() if d.family == "record" and d.cause == "new report")
    assert new.why == f"report {came.report.id}"
    assert {d.cause for d in found.values() if d.family == "act"} <= {"new report", "new rules", "review"}


def test_a_change_says_which_field_said_what(folder):
    with Archive(folder) as archive:
        archive.release("v1")
        row = next(r for r in archive.records("event") if r["outlet"] == "NTB")
        archive.review(row["id"], "correct", ["status=planned"], **SIGNED)
        change = next(d for d in archive.differences("v1") if d.id == row["id"])
        assert (change.change, change.cause) == ("changed", "review")
        assert change.fields["status"] == ("happened", "planned")


@pytest.mark.parametrize("name", ["now", "", "../v1", "v 1", ".v1"])
def test_a_name_that_can_be_no_release_is_refused(folder, name):
    with Archive(folder) as archive, pytest.raises(ArchiveError, match="cannot name a release"):
        archive.release(name)


def test_a_release_is_made_once_and_one_that_is_not_there_is_said(folder):
    with Archive(folder) as archive:
        archive.release("v1")
        with pytest.raises(ArchiveError, match="never changes"):
            archive.release("v1")
        with pytest.raises(NotInArchive, match="there is v1"):
            archive.differences("v9")


def test_a_tampered_release_is_not_compared(folder):
    with Archive(folder) as archive:
        archive.release("v1")
        (folder / "releases" / "v1" / "records.parquet").write_bytes(b"other")
        with pytest.raises(ArchiveError, match="not as it was released"):
            archive.differences("v1")


def test_a_release_on_a_full_disk_leaves_the_archive_as_it_was(folder, monkeypatch):
    import errno

    import pyarrow.parquet

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with Archive(folder) as archive:
        archive.refresh()
        before = archive.counts()
        monkeypatch.setattr(pyarrow.parquet, "write_table", full)
        with pytest.raises(ArchiveError, match="No space left"):
            archive.release("v1")
        monkeypatch.undo()
        assert archive.releases() == ()
        assert archive.counts() == before
        archive.release("v1")
        assert archive.check() == []
