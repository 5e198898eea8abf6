"""A folder on disk in, an open archive out: reports and their records, kept, found again and counted.

with Archive("crisis", create=True) as archive:
    archive.add(coded)          # durable when it returns
    archive.record("3f9a")      # a record by its id or the start of it
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from detente.records import Coded, Rejected, Report

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Added:
    """What adding one report did: `outcome` new or known; `records` is how many it holds."""

    report: str
    outcome: Literal["new", "known"]
    records: int


class Archive:
    """An archive folder held open; use it in a `with` block."""

    def __init__(self, path: str | Path, *, create: bool = False) -> None:
        self.path = Path(path)
        raise NotImplementedError

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        raise NotImplementedError

    def add(self, coded: Coded) -> Added:
        """Keep a report and its records in one transaction, durable when this returns."""
        raise NotImplementedError

    def reject(self, rejected: Rejected) -> None:
        """Keep the note of a report that could not be read."""
        raise NotImplementedError

    def knows(self, report: Report) -> bool:
        """Return True where these very words are in the archive already."""
        raise NotImplementedError

    def report(self, id: str) -> Report:
        """Return a report by its id or digest, or by a unique prefix of one."""
        raise NotImplementedError

    def reports(self) -> Iterator[Report]:
        """Yield all reports in the order they were added."""
        raise NotImplementedError

    def rejects(self) -> Iterator[Rejected]:
        """Yield the reports that could not be read."""
        raise NotImplementedError

    def record(self, id: str) -> tuple[dict[str, Any], Report]:
        """Return one record (contract JSON and report meta) with its report, by id or unique prefix."""
        raise NotImplementedError

    def records(
        self,
        kind: str | None = None,
        codes: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
        status: str | Sequence[str] | None = None,
        act: str | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Yield records as docs/records.md prints them, with `published`, `outlet`, `title` and `learnt`.

        `codes` must all be named by the record, on any side.
        """
        raise NotImplementedError

    def table(self, kind: str) -> pa.Table:
        """Return all records of a kind (or "report", "act") by column."""
        raise NotImplementedError

    def sql(self, query: str, values: Sequence[object] = ()) -> pa.Table:
        """Return the answer of DuckDB over the tables `reports`, `records` and `acts`."""
        raise NotImplementedError

    def counts(self) -> dict[str, int]:
        """Return how many reports, acts, rejects and records of each kind there are."""
        raise NotImplementedError

    def pairs(self) -> tuple[tuple[str, str, int], ...]:
        """Return the pairs of codes with acts between them and how many, the most first."""
        raise NotImplementedError
