"""The ledger in, columns out: immutable Parquet parts that DuckDB, pandas, R and Spark read.

A part holds the rows of one family (reports, records, acts) that changed in a run of commits. A row that
changed again stands in a later part too, and the latest counts. The ledger lists the parts: a file
it does not list is nobody's, and a listed file that is missing is written anew.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.archive.flat import flatten_act, flatten_record, to_date, to_table
from detente.archive.ledger import explained, is_frozen, last_commit, reading
from detente.archive.merging import pairs_of
from detente.errors import ArchiveError

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from detente.archive.lens import Lens

FAMILIES: Mapping[str, str] = {"reports": "report", "records": "id", "acts": "act"}  # and what names a row
PART_COMMITS = 20_000  # commits in one part at most: what is held in memory while it is written
TAIL_COMMITS = 300  # commits the parts may lag behind before a reader writes them
SMALL_ROWS = 200_000  # parts below this are joined once there are more than MANY_PARTS of them
PACKING = 9  # zstd level: 5 bytes in 100 less than 1, for 15 ms more in a thousand rows
GROUP_ROWS = 20_000  # rows of one kind that are read or passed over as one; 3 bytes a record more than whole
MANY_PARTS = 16  # 2,000 small parts read twice as slow as one
RowSource = Callable[[str, int, int], Iterator[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Part:
    """One column file and the commits whose changes it holds."""

    name: str
    family: str
    first: int
    last: int
    rows: int
    bytes: int


class Columns:
    """The column files of one archive, brought up to date when asked."""

    def __init__(
        self,
        folder: Path,
        ledger: sqlite3.Connection,
        rows: RowSource,
        overlay: Callable[[], Lens | None] = lambda: None,
    ) -> None:
        self.folder = folder / "columns"
        self.archive_folder = folder
        self.ledger = ledger
        self.rows = rows
        self.overlay = overlay
        self._duck: duckdb.DuckDBPyConnection | None = None
        self._shown: tuple[Any, ...] | None = None

    def catch_up(self) -> bool:
        """Write what the parts lack and return True, or False where the folder cannot be written."""
        if is_frozen(self.ledger) or not os.access(self.archive_folder, os.W_OK):
            return False
        if self._is_current():
            return True
        try:
            self.ledger.execute("begin immediate")
            self._write_missing()
            self.ledger.execute("commit")
        except OSError as error:
            self._roll_back()
            raise ArchiveError(
                f"{self.folder} could not be written ({error.strerror or error}); the ledger holds "
                "everything: make room and run it again."
            ) from error
        except BaseException:
            self._roll_back()
            raise
        self._sweep()
        return True

    def rebuild(self) -> None:
        """Write all columns anew from the ledger."""
        with explained(self.archive_folder):
            self.ledger.execute("delete from parts")
        self._shown = None
        self.catch_up()

    def ask(self, query: str, values: Sequence[object] = ()) -> pa.Table:
        """Return DuckDB's answer over the views reports, records and acts."""
        import duckdb

        unreadable = (duckdb.IOException, duckdb.InvalidInputException, duckdb.SerializationException)
        for mend in (self._look_again, self.rebuild, None):
            try:
                return self._answer(query, values)
            except unreadable as error:  # another process joined parts meanwhile, or a part is ruined
                if mend is None:
                    raise ArchiveError(f"{self.folder} could not be read ({error}).") from error
                mend()
            except duckdb.Error as error:
                raise ArchiveError(f"The query was not understood ({error}): {query}") from error
        raise AssertionError("unreachable")

    def differing(self) -> Iterator[tuple[str, int]]:
        """Yield families whose columns are not what the ledger says, and in how many rows."""
        duck = self._show(bare=True)
        for family, key in FAMILIES.items():
            told = self._changed(family, 0, last_commit(self.ledger)).drop_columns("commit")
            duck.register("told_by_ledger", told)
            living = " where now is null" if family == "acts" else ""
            query = (
                f"with ledger as (select * from told_by_ledger{living}), "
                f"odd as ((select * from ledger except select * from {family}) union all "
                f"(select * from {family} except select * from ledger)) select count(distinct {key}) from odd"
            )
            count = duck.execute(query).fetchall()[0][0]
            duck.unregister("told_by_ledger")
            if count:
                yield family, int(count)

    def _look_again(self) -> None:
        self._shown = None

    def close(self) -> None:
        if self._duck is not None:
            self._duck.close()
            self._duck = None

    def _answer(self, query: str, values: Sequence[object]) -> pa.Table:
        duck = self._show()
        relation = duck.sql(query, params=list(values)) if values else duck.sql(query)
        if relation is None:
            raise ArchiveError(f"The query gives no table; ask with «select …»: {query}")
        return relation.to_arrow_table()

    def _show(self, *, bare: bool = False) -> duckdb.DuckDBPyConnection:
        """Return DuckDB with a view of each family as the ledger has it now, through the lens unless bare."""
        import duckdb

        lens = None if bare else self.overlay()
        with explained(self.archive_folder):
            if not self._is_nearly_current():
                self.catch_up()
            with reading(self.ledger):
                parts, upto = self._whole_run(self.parts()), last_commit(self.ledger)
                if (parts, upto, id(lens)) == self._shown and self._duck is not None:
                    return self._duck
                totals = {family: self._total(family) for family in FAMILIES}
                tails = {f: self._tail(f, parts, upto) for f in FAMILIES}
        if self._duck is None:
            self._duck = duckdb.connect(
                config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}
            )
        for family in FAMILIES:
            self._show_family(self._duck, family, parts, totals[family], tails[family])
            if lens:
                _lay_over(self._duck, family, lens)
        self._shown = (parts, upto, id(lens))
        return self._duck

    def _show_family(
        self,
        duck: duckdb.DuckDBPyConnection,
        family: str,
        parts: Sequence[Part],
        total: int,
        tail: pa.Table,
    ) -> None:
        mine = [p for p in parts if p.family == family]
        duck.register(f"{family}_tail", tail)
        files = ", ".join(_quoted(str(self.folder / p.name)) for p in mine)
        stored = f"select * from read_parquet([{files}]) union all by name " if mine else ""
        told = sum(p.rows for p in mine) + tail.num_rows
        latest = (
            ""
            if told == total
            else f" qualify row_number() over (partition by {FAMILIES[family]} order by commit desc) = 1"
        )
        living = " where now is null" if family == "acts" else ""
        duck.execute(
            f"create or replace view {family} as with told as ({stored}select * from {family}_tail), "
            f"latest as (select * from told{latest}) select * exclude (commit) from latest{living}"
        )

    def _is_current(self) -> bool:
        return self._is_covered(0) and not _want_joining(self.parts())

    def _is_nearly_current(self) -> bool:
        """True where a reader need not disturb the writer: so little is missing that he reads it."""
        return self._is_covered(TAIL_COMMITS)

    def _is_covered(self, but: int) -> bool:
        with reading(self.ledger):
            parts, upto = self.parts(), last_commit(self.ledger)
        covered = min(max((p.last for p in parts if p.family == f), default=0) for f in FAMILIES)
        return covered + but >= upto and all(self._is_whole(p) for p in parts)

    def _write_missing(self) -> None:
        """Write the parts the ledger lacks; the caller holds the write lock, so nobody else does."""
        self.folder.mkdir(exist_ok=True)
        upto = last_commit(self.ledger)
        for part in self.parts():
            if not self._is_whole(part):
                self._write_part(part.family, part.first, part.last)
        for family in FAMILIES:
            first = 1 + max((p.last for p in self.parts() if p.family == family), default=0)
            for start in range(first, upto + 1, PART_COMMITS):
                self._write_part(family, start, min(start + PART_COMMITS - 1, upto))
            self._join_small(family)

    def _write_part(self, family: str, first: int, last: int) -> None:
        import pyarrow.parquet as parquet

        table = self._changed(family, first, last)
        if family == "records":
            table = table.sort_by("kind")  # of 1 M records, a query of positions reads the 4 % that are
        name = f"{family}-{first:09d}-{last:09d}.parquet"
        part, temporary = self.folder / name, self.folder / f".{name}.{os.getpid()}.tmp"
        parquet.write_table(
            table, temporary, compression="zstd", compression_level=PACKING, row_group_size=GROUP_ROWS
        )
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        os.replace(temporary, part)
        self.ledger.execute(
            "insert or replace into parts values (?, ?, ?, ?, ?, ?)",
            (name, family, first, last, table.num_rows, part.stat().st_size),
        )

    def _join_small(self, family: str) -> None:
        """Write the newest run of small parts as one, once there are many."""
        run = _small_run([p for p in self.parts() if p.family == family])
        if len(run) > MANY_PARTS:
            self.ledger.executemany("delete from parts where name = ?", [(p.name,) for p in run])
            self._write_part(family, run[0].first, run[-1].last)

    def _changed(self, family: str, first: int, last: int) -> pa.Table:
        import pyarrow as pa

        commits: list[int] = []
        flats = []
        for row in self.rows(family, first, last):
            commits.append(row["changed"])
            flats.append(_flatten(family, row))
        return to_table(flats, family).append_column("commit", pa.array(commits, pa.int64()))

    def _tail(self, family: str, parts: Sequence[Part], upto: int) -> pa.Table:
        """Return what no readable part holds, straight from the ledger, without writing anything."""
        covered = max((p.last for p in parts if p.family == family), default=0)
        return self._changed(family, covered + 1, upto)

    def parts(self) -> tuple[Part, ...]:
        """Return the column files the ledger lists."""
        rows = self.ledger.execute("select * from parts order by family, first")
        return tuple(Part(*row) for row in rows)

    def _whole_run(self, parts: Sequence[Part]) -> tuple[Part, ...]:
        """Return the parts up to the first that is missing: what a reader who cannot write may trust."""
        whole: list[Part] = []
        for family in FAMILIES:
            mine = (p for p in parts if p.family == family)
            whole += takewhile(self._is_whole, mine)
        return tuple(whole)

    def _total(self, family: str) -> int:
        return int(self.ledger.execute(f"select count(*) from {family}").fetchone()[0])

    def _is_whole(self, part: Part) -> bool:
        path = self.folder / part.name
        return path.is_file() and path.stat().st_size == part.bytes

    def _sweep(self) -> None:
        """Remove files no ledger row names: left by a crash, or joined into larger ones."""
        self.ledger.execute("begin immediate")
        named = {p.name for p in self.parts()}
        for path in self.folder.glob("*.parquet*"):
            if path.name not in named:
                path.unlink(missing_ok=True)
        for path in self.folder.glob(".*.tmp"):
            path.unlink(missing_ok=True)
        self.ledger.execute("commit")

    def _roll_back(self) -> None:
        if self.ledger.in_transaction:
            self.ledger.execute("rollback")


def _lay_over(duck: duckdb.DuckDBPyConnection, family: str, lens: Lens) -> None:
    """Show the family as the lens does: without the rows it hides, with those it shows in their place."""
    import pyarrow as pa

    key = FAMILIES[family]
    duck.register(f"{family}_hidden", pa.table({key: pa.array(lens.hidden(family), pa.string())}))
    duck.register(f"{family}_told", to_table([_flatten(family, row) for row in lens.told(family)], family))
    duck.execute(f"drop view if exists {family}_stored")
    duck.execute(f"alter view {family} rename to {family}_stored")
    duck.execute(
        f"create view {family} as select * from {family}_stored anti join {family}_hidden using ({key}) "
        f"union all by name select * from {family}_told"
    )


def _flatten(family: str, row: Mapping[str, Any]) -> dict[str, Any]:
    if family == "records":
        return flatten_record(row)
    if family == "acts":
        return flatten_act(row, () if row["now"] is not None else pairs_of(row))
    return {**row, "published": to_date(row["published"])}


def _small_run(parts: Sequence[Part]) -> list[Part]:
    run: list[Part] = []
    for part in reversed(parts):
        if part.rows >= SMALL_ROWS:
            break
        run.insert(0, part)
    return run


def _want_joining(parts: Sequence[Part]) -> bool:
    return any(len(_small_run([p for p in parts if p.family == f])) > MANY_PARTS for f in FAMILIES)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
