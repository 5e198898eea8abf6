"""A folder in, an open ledger out: the SQLite file that is the truth, checked, migrated, safe to share."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from detente.archive import migrations
from detente.errors import ArchiveError
from detente.knowledge.layers import FOLDER

LEDGER = "ledger.sqlite"
WAIT_SECONDS = 60.0  # how long a second writer queues before it gives up


def open_ledger(folder: Path, *, create: bool) -> sqlite3.Connection:
    """Return a connection to the folder's ledger, of today's shape; an ArchiveError says what is wrong."""
    path = folder / LEDGER
    if not path.exists():
        _prepare_folder(folder, create=create)
    is_writable = os.access(folder, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))
    with explained(folder):
        ledger = _connect(path) if is_writable else _connect_frozen(path)
        try:
            _check_shape(ledger, folder, create=create)
        except BaseException:
            ledger.close()
            raise
    return ledger


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn SQLite's errors into one sentence that names the archive and what would mend it."""
    try:
        yield
    except (sqlite3.DatabaseError, sqlite3.Warning) as error:
        raise ArchiveError(_explain(folder, error)) from error


@contextmanager
def writing(ledger: sqlite3.Connection) -> Iterator[int]:
    """Open a write transaction and yield its commit number; all of it is kept, or nothing."""
    ledger.execute("begin immediate")
    try:
        yield _next_commit(ledger)
        ledger.execute("commit")
    except BaseException:
        if ledger.in_transaction:
            ledger.execute("rollback")
        raise


@contextmanager
def reading(ledger: sqlite3.Connection) -> Iterator[None]:
    """Hold one snapshot: everything read inside is of the same moment, whoever writes meanwhile."""
    if ledger.in_transaction:
        yield
        return
    ledger.execute("begin")
    try:
        yield
    finally:
        if ledger.in_transaction:
            ledger.execute("commit")


def is_frozen(ledger: sqlite3.Connection) -> bool:
    """Return True where the archive can only be read."""
    return bool(ledger.execute("pragma query_only").fetchone()[0])


def last_commit(ledger: sqlite3.Connection) -> int:
    """Return the number of the newest commit, 0 in a new archive."""
    return int(ledger.execute("select coalesce(max(n), 0) from commits").fetchone()[0])


def _next_commit(ledger: sqlite3.Connection) -> int:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return int(ledger.execute("insert into commits (at) values (?)", (now,)).lastrowid or 0)


def _prepare_folder(folder: Path, *, create: bool) -> None:
    if not create:
        raise ArchiveError(_no_archive(folder))
    if folder.is_dir() and any(not _may_lie_there(f.name) for f in folder.iterdir()):
        raise ArchiveError(
            f"{folder} holds other files and no {LEDGER}, so a new archive is not made in it: "
            "name an empty or a new folder."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(
            f"{folder} cannot be made a folder ({error.strerror}): name another place."
        ) from error


def _may_lie_there(name: str) -> bool:
    """Whether a new archive may be made beside a file: a user's own knowledge may come first."""
    return name.startswith(LEDGER) or name == FOLDER


def _no_archive(folder: Path) -> str:
    if not folder.exists():
        return f"There is no archive at {folder}: make one with «detente add {folder} REPORT…»."
    if not folder.is_dir():
        return f"{folder} is a file, and an archive is a folder that holds {LEDGER}: name the folder."
    return f"{folder} is a folder without {LEDGER}, so it is no archive: name another, or start one there."


def _connect(path: Path) -> sqlite3.Connection:
    ledger = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)
    ledger.row_factory = sqlite3.Row
    ledger.execute(f"pragma busy_timeout = {WAIT_SECONDS * 1000:.0f}")
    ledger.execute("pragma synchronous = full")  # a commit that returned survives kill -9 and power loss
    ledger.execute("pragma foreign_keys = on")
    return ledger


def _connect_frozen(path: Path) -> sqlite3.Connection:
    """Open a ledger in a folder where nothing can be written, not even SQLite's own side files.

    Where a write-ahead log lies beside it, what was written last is in there, so it has to be read, too.
    """
    log = path.with_name(f"{path.name}-wal")
    how = "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"
    ledger = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None)
    ledger.row_factory = sqlite3.Row
    ledger.execute("pragma query_only = on")
    return ledger


def open_to_read(folder: Path) -> sqlite3.Connection:
    """Return a second connection to an open archive that cannot change it; it may have views of its own."""
    path = folder / LEDGER
    if not os.access(folder, os.W_OK):
        frozen = _connect_frozen(path)
        frozen.execute(
            "pragma query_only = off"
        )  # the file is opened to read; its own temporary views are not
        return frozen
    with explained(folder):
        ledger = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=WAIT_SECONDS, isolation_level=None
        )
        ledger.row_factory = sqlite3.Row
        ledger.execute(f"pragma busy_timeout = {WAIT_SECONDS * 1000:.0f}")
    return ledger


def _check_shape(ledger: sqlite3.Connection, folder: Path, *, create: bool) -> None:
    with reading(ledger):  # one moment: another process may be making this archive
        version, ours = _shape(ledger)
        is_blank = _is_blank(ledger)
    if not ours and (not is_blank or not create):
        raise ArchiveError(
            f"{folder / LEDGER} is not a ledger of Détente, or was never finished: "
            "name the folder of an archive."
        )
    if version > migrations.SCHEMA:
        raise ArchiveError(
            f"{folder} was written by a newer Détente (archive format {version}, this one reads up to "
            f"{migrations.SCHEMA}): upgrade the package to open it."
        )
    if version < migrations.SCHEMA:
        _migrate(ledger, folder)


def _shape(ledger: sqlite3.Connection) -> tuple[int, bool]:
    version = int(ledger.execute("pragma user_version").fetchone()[0])
    return version, ledger.execute("pragma application_id").fetchone()[0] == migrations.APPLICATION_ID


def _is_blank(ledger: sqlite3.Connection) -> bool:
    return bool(ledger.execute("select count(*) = 0 from sqlite_schema").fetchone()[0])


def _use_wal(ledger: sqlite3.Connection) -> None:
    """Switch to the write-ahead log, waiting for whoever holds the file: SQLite itself does not wait here."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            ledger.execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _migrate(ledger: sqlite3.Connection, folder: Path) -> None:
    """Run the steps that are missing, in one transaction, with a copy of an older ledger kept beside it."""
    if is_frozen(ledger):
        raise ArchiveError(
            f"{folder} is in an older format and cannot be written: open a copy of it instead."
        )
    _use_wal(ledger)
    version, _ = _shape(ledger)
    if version:
        _back_up(ledger, folder / f"ledger.format-{version}.sqlite")
    ledger.execute("pragma foreign_keys = off")  # a table is written anew under the name others refer to
    ledger.execute("begin immediate")
    try:
        version, _ = _shape(ledger)  # another process may have been first
        for step in migrations.MIGRATIONS[version:]:
            step(ledger)
        migrations.fill_anew(ledger, since=version)
        ledger.execute(f"pragma application_id = {migrations.APPLICATION_ID}")
        ledger.execute(f"pragma user_version = {migrations.SCHEMA}")
        ledger.execute("commit")
    except BaseException:
        if ledger.in_transaction:
            ledger.execute("rollback")
        raise
    ledger.execute("pragma foreign_keys = on")
    if version:
        ledger.execute("vacuum")  # gives back to the disk what the older shape took


def _back_up(ledger: sqlite3.Connection, target: Path) -> None:
    with closing(sqlite3.connect(target)) as copy:
        ledger.backup(copy)


# What SQLite says, and what it means for whoever reads it.
_TROUBLES = (
    (("locked", "busy"), "{folder} is being written to by another process: try again when that is done."),
    (
        ("full",),
        "The disk that holds {folder} is full; nothing of this report was kept: make room, run it again.",
    ),
    (("readonly", "query_only"), "{folder} can only be read here: open a copy of it where you may write."),
    (("unable to open",), "{ledger} cannot be opened: look at its permissions."),
    (
        ("disk I/O",),
        "{ledger} could not be read or written ({said}); what was said to be kept is kept: see whether the "
        "disk is full, has a limit or fails, then run it again.",
    ),
    (
        ("malformed", "not a database"),
        "{ledger} is damaged ({said}): put back a copy, or add its reports to a new archive.",
    ),
    (("",), "{ledger} did not answer ({said}): if it goes on, put back a copy."),
)


def _explain(folder: Path, error: Exception) -> str:
    said = str(error)
    meaning = next(text for words, text in _TROUBLES if any(word in said for word in words))
    return meaning.format(folder=folder, ledger=folder / LEDGER, said=said)
