"""What was reported kept is kept: through kill -9, beside readers and other writers, on ruined files."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from archive.adding import telling
from archive.builders import visit
from detente.archive import Archive, migrations
from detente.errors import ArchiveError

ADDING = Path(__file__).with_name("adding.py")


def start_adding(folder: Path, first: int, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(ADDING), str(folder), str(first), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def kill_after_lines(process: subprocess.Popen[str], lines: int, pause: float) -> list[int]:
    """Kill -9 once so many reports were reported done and a moment has passed; return those reported."""
    assert process.stdout
    said = [process.stdout.readline() for _ in range(lines)]
    time.sleep(pause)
    process.send_signal(signal.SIGKILL)
    said += process.stdout.readlines()
    process.wait()
    return [int(line) for line in said if line.endswith("\n")]


def kill_and_check(folder: Path, round: int, pause: float) -> None:
    said = kill_after_lines(start_adding(folder, round * 1000, 1000), 3, pause)
    with Archive(folder) as archive:
        missing = [n for n in said if not archive.knows(telling(n).report)]
        assert missing == []
        counts = archive.counts()
        assert counts["records"] == 3 * counts["reports"]
        assert archive.table("event").num_rows == counts["records"]
        assert {r["act"] for r in archive.records()} == {a["act"] for a in archive.acts()}


def test_an_archive_killed_at_any_moment_holds_every_report_that_was_reported_done(tmp_path):
    moments = random.Random(7)
    for round in range(6):
        kill_and_check(tmp_path / "a", round, moments.uniform(0, 0.06))


@pytest.mark.slow
def test_two_hundred_kills_lose_nothing(tmp_path):
    moments = random.Random(11)
    for round in range(200):
        kill_and_check(tmp_path / f"a{round // 20}", round, moments.uniform(0, 0.08))


def test_the_same_command_finishes_what_was_killed(tmp_path):
    kill_after_lines(start_adding(tmp_path / "a", 0, 40), 5, 0)
    assert start_adding(tmp_path / "a", 0, 40).wait() == 0
    with Archive(tmp_path / "a") as archive:
        assert archive.counts()["reports"] == 40


def test_readers_see_whole_reports_while_another_process_writes(tmp_path):
    Archive(tmp_path / "a", create=True).close()
    writer = start_adding(tmp_path / "a", 0, 80)
    seen = []
    with Archive(tmp_path / "a") as archive:
        while writer.poll() is None:
            counts = archive.counts()
            rows = archive.sql("select count(*) as n from records").to_pylist()[0]["n"]
            assert rows % 3 == 0
            assert rows >= 3 * counts["reports"]  # asked later, so it knows as much or more
            seen.append(rows)
            time.sleep(0.05)
    assert writer.returncode == 0, writer.stderr and writer.stderr.read()
    assert seen == sorted(seen)
    with Archive(tmp_path / "a") as archive:
        assert archive.sql("select count(*) as n from records").to_pylist() == [{"n": 240}]


def test_two_writers_queue_and_neither_loses(tmp_path):
    writers = [start_adding(tmp_path / "a", first, 60) for first in (0, 30)]
    assert [w.wait() for w in writers] == [0, 0]
    with Archive(tmp_path / "a") as archive:
        assert archive.counts()["reports"] == 90
        assert archive.counts()["records"] == 270


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Archive(tmp_path / "a", create=True) as archive:
        for n in range(30):
            archive.add(telling(n))
    return tmp_path / "a"


def test_a_ledger_cut_short_is_called_damaged_and_what_would_mend_it_is_said(folder):
    ledger = folder / "ledger.sqlite"
    os.truncate(ledger, ledger.stat().st_size // 2)

    def use() -> None:
        with Archive(folder) as archive:
            list(archive.records())
            archive.add(visit("The minister came to Oslo."))

    with pytest.raises(ArchiveError, match=r"damaged.*put back a copy"):
        use()


def test_a_ledger_of_noise_is_called_damaged(folder):
    (folder / "ledger.sqlite").write_bytes(os.urandom(8192))
    with pytest.raises(ArchiveError, match="damaged"):
        Archive(folder)


def remove_all(part: Path) -> None:
    part.unlink()


def cut(part: Path) -> None:
    os.truncate(part, part.stat().st_size // 2)


def scramble(part: Path) -> None:
    part.write_bytes(os.urandom(part.stat().st_size))


@pytest.mark.parametrize("ruin", [remove_all, cut, scramble])
def test_columns_that_are_missing_or_ruined_are_written_anew(folder, ruin: Callable[[Path], None]):
    for part in (folder / "columns").glob("*.parquet"):
        ruin(part)
    with Archive(folder) as archive:
        assert archive.table("event").num_rows == 90
        assert archive.sql("select count(*) as n from reports").to_pylist() == [{"n": 30}]
    assert len(list((folder / "columns").glob("*.parquet"))) == 3


def test_files_a_crash_left_in_the_columns_are_swept_away(folder):
    left = folder / "columns" / ".records-000000001-000000009.parquet.77.tmp"
    stray = folder / "columns" / "records-000000001-000000002.parquet"
    left.write_bytes(b"half")
    stray.write_bytes(b"nobody's")
    with Archive(folder) as archive:
        archive.add(visit("The minister came to Oslo."))
        assert archive.table("event").num_rows == 91
    assert not left.exists()
    assert not stray.exists()


def test_many_small_parts_are_joined_and_still_say_the_same(tmp_path):
    with Archive(tmp_path / "a", create=True) as archive:
        for n in range(40):
            archive.add(telling(n))
            archive.refresh()
        parts = list((tmp_path / "a" / "columns").glob("records-*.parquet"))
        assert len(parts) <= 20
        columns = {r["id"]: r["act"] for r in archive.table("event").to_pylist()}
        assert columns == {r["id"]: r["act"] for r in archive.records()}
        acts = {a["act"]: a["n_records"] for a in archive.table("act").to_pylist()}
        assert acts == {a["act"]: a["n_records"] for a in archive.acts()}


def test_rebuilt_columns_equal_those_written_bit_by_bit(folder):
    with Archive(folder) as archive:
        before = archive.sql("select * from records order by id").to_pylist()
        archive.rebuild_columns()
        assert archive.sql("select * from records order by id").to_pylist() == before


def test_a_folder_that_is_missing_is_no_archive_and_the_command_to_make_one_is_said(tmp_path):
    with pytest.raises(ArchiveError, match=r"There is no archive at .*detente add"):
        Archive(tmp_path / "none")


def test_a_foreign_folder_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ArchiveError, match=r"without ledger\.sqlite"):
        Archive(tmp_path)
    with pytest.raises(ArchiveError, match="holds other files"):
        Archive(tmp_path, create=True)
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_is_no_archive(tmp_path):
    (tmp_path / "a.txt").write_text("mine")
    with pytest.raises(ArchiveError, match="is a file, and an archive is a folder"):
        Archive(tmp_path / "a.txt")


def test_somebody_elses_database_is_left_alone(tmp_path):
    with sqlite3.connect(tmp_path / "ledger.sqlite") as other:
        other.execute("create table accounts (n)")
    for create in (False, True):
        with pytest.raises(ArchiveError, match="not a ledger of Détente"):
            Archive(tmp_path, create=create)


def test_an_archive_whose_making_was_cut_off_is_made_after_all(tmp_path):
    (tmp_path / "ledger.sqlite").touch()
    with pytest.raises(ArchiveError, match="never finished"):
        Archive(tmp_path)
    with Archive(tmp_path, create=True) as archive:
        assert archive.counts()["reports"] == 0


def test_an_archive_of_a_newer_version_is_refused_in_words(folder):
    with sqlite3.connect(folder / "ledger.sqlite") as ledger:
        ledger.execute("pragma user_version = 99")
    with pytest.raises(ArchiveError, match=r"newer Détente \(archive format 99.*upgrade"):
        Archive(folder)


def test_an_older_archive_is_migrated_with_a_copy_kept(folder, monkeypatch):
    def m999_add_shelf(ledger: sqlite3.Connection) -> None:
        ledger.execute("create table shelf (n integer)")

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, m999_add_shelf))
    monkeypatch.setattr(migrations, "SCHEMA", migrations.SCHEMA + 1)
    with Archive(folder) as archive:
        assert archive.counts()["reports"] == 30
    with sqlite3.connect(folder / f"ledger.format-{migrations.SCHEMA - 1}.sqlite") as kept:
        assert kept.execute("select count(*) from reports").fetchone() == (30,)


def test_a_migration_that_fails_leaves_the_archive_as_it_was(folder, monkeypatch):
    def m999_break(ledger: sqlite3.Connection) -> None:
        ledger.execute("create table shelf (n integer)")
        ledger.execute("create table shelf (n integer)")

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, m999_break))
    monkeypatch.setattr(migrations, "SCHEMA", migrations.SCHEMA + 1)
    with pytest.raises(ArchiveError):
        Archive(folder)
    monkeypatch.undo()
    with Archive(folder) as archive:
        assert archive.counts()["reports"] == 30


LIMITED = """
import resource, signal, sys
sys.path.insert(0, sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
import adding
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
adding.main(sys.argv[3], "0", "3000")
"""


@pytest.mark.parametrize("room", [700_000, 1_000_000])
def test_no_room_left_is_said_in_a_sentence_and_what_was_kept_stays(tmp_path, room):
    """A limit on a file's size, set from outside, stops a write halfway as a full disk does."""
    pytest.importorskip("resource")
    command = [sys.executable, "-c", LIMITED, str(ADDING.parent), str(room), str(tmp_path / "a")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert "see whether the disk is full" in last or "make room" in last
    assert "damaged" not in last
    said = [int(line) for line in done.stdout.split()]
    with Archive(tmp_path / "a") as archive:
        assert [n for n in said if not archive.knows(telling(n).report)] == []
        assert archive.counts()["records"] == 3 * archive.counts()["reports"]
        assert archive.check() == []
        archive.add(telling(5000))  # with room again, it goes on
        assert archive.knows(telling(5000).report)


def add_all(archive: Archive, numbers: Iterable[int]) -> None:
    for n in numbers:
        archive.add(telling(n))


def test_a_disk_without_room_is_called_full_and_nothing_of_the_report_is_kept(folder):
    """A cap on the ledger's pages is SQLite's own «database or disk is full»."""
    with Archive(folder) as archive:
        before = archive.counts()
        pages = archive._ledger.execute("pragma page_count").fetchone()[0]
        archive._ledger.execute(f"pragma max_page_count = {pages}")
        with pytest.raises(ArchiveError, match=r"is full; nothing of this report was kept: make room"):
            add_all(archive, range(7000, 7400))
        archive._ledger.execute("pragma max_page_count = 1000000")
        added = archive.counts()["reports"] - before["reports"]
        assert added < 400
        assert [archive.knows(telling(n).report) for n in range(7000, 7000 + added)] == [True] * added
    with Archive(folder) as archive:
        assert archive.check() == []


def test_columns_without_room_say_so_and_the_ledger_holds_everything(folder, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with Archive(folder) as archive:
        archive.add(telling(8000))
        with monkeypatch.context() as patched:
            patched.setattr("pyarrow.parquet.write_table", full)
            patched.setattr("pyarrow.parquet.ParquetWriter", full)
            with pytest.raises(ArchiveError, match=r"No space left.*the ledger holds everything: make room"):
                archive.refresh()
        assert archive.knows(telling(8000).report)
        assert archive.table("event").num_rows == archive.counts()["event"]


def test_an_archive_in_a_folder_one_may_only_read_is_read(folder, monkeypatch):
    for part in (folder / "columns").glob("records-*"):
        part.unlink()
    before = sorted(p.name for p in folder.rglob("*"))
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # chmod does not bind root
    with Archive(folder) as archive:
        assert archive.table("event").num_rows == 90
        assert archive.sql("select count(*) as n from acts").to_pylist() == [{"n": archive.counts()["acts"]}]
        with pytest.raises(ArchiveError, match="can only be read here"):
            archive.add(visit("The minister came to Oslo."))
    assert sorted(p.name for p in folder.rglob("*")) == before


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ArchiveError, match="cannot be made a folder"):
        Archive(tmp_path / "file" / "a", create=True)


@pytest.mark.parametrize("name", ["it's [2021] *?", "Ærøskøbing — 北京", "a;b%20{c}"])
def test_an_archive_may_have_any_name(tmp_path, name):
    with Archive(tmp_path / name, create=True) as archive:
        archive.add(visit("The minister came to Oslo."))
        archive.refresh()
        assert archive.table("event").num_rows == 1
