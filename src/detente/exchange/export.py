"""An archive in, a file that other programs read out: all records, all acts, or all reports' data."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal

from detente.archive.flat import RECORD_COLUMNS, flatten_record
from detente.errors import DetenteError

if TYPE_CHECKING:
    import pyarrow as pa

    from detente.archive import Archive

Format = Literal["csv", "parquet", "jsonl"]
Family = Literal["records", "acts", "reports"]
BETWEEN = ";"  # what joins several codes in one CSV cell
Target = str | Path | IO[Any]


def export(archive: Archive, target: Target, *, format: Format = "csv", family: Family = "records") -> int:
    """Write all records, acts or reports' data to a path or an open stream and return how many.

    Of records, `jsonl` is the contract of docs/records.md with the report's `published`, `outlet`, `title`
    and `learnt`; `csv` is flat, a row a record, lists joined by «;»; `parquet` is flat with lists kept.
    Acts and reports are flat in each. A file appears whole or not at all.
    """
    if format not in ("csv", "parquet", "jsonl"):
        raise DetenteError(f"«{format}» is no format to export to: choose csv, parquet or jsonl.")
    if format == "parquet" or family != "records":
        table = archive.sql(f"select * from {family} order by {_ORDERS[family]}")
        return write_table(table, target, format=format)
    with writing(target) as stream:
        if format == "jsonl":
            return write_jsonl(archive.records(), stream)
        return write_csv(map(flatten_record, archive.records()), stream, columns=tuple(RECORD_COLUMNS))


_ORDERS = {
    "records": "published, report, field desc, start, id",
    "acts": "day, act",
    "reports": "published, report",
}


def write_table(table: pa.Table, target: Target, *, format: Format = "csv") -> int:
    """Write an Arrow table as CSV (lists joined by «;»), Parquet or JSON lines; return how many rows."""
    if format == "parquet":
        import pyarrow.parquet as parquet

        with writing(target, binary=True) as stream:
            parquet.write_table(table, stream, compression="zstd")
        return int(table.num_rows)
    rows = (row for batch in table.to_batches(max_chunksize=10_000) for row in batch.to_pylist())
    with writing(target) as stream:
        if format == "csv":
            return write_csv(rows, stream, columns=tuple(table.column_names))
        return write_jsonl(({k: _plain(v) for k, v in row.items()} for row in rows), stream)


def write_jsonl(rows: Iterable[Mapping[str, Any]], stream: IO[Any]) -> int:
    """Write one JSON object a line and return how many."""
    n = 0
    for row in rows:
        _put(stream, json.dumps(row, ensure_ascii=False) + "\n")
        n += 1
    return n


def write_csv(rows: Iterable[Mapping[str, Any]], stream: IO[Any], *, columns: tuple[str, ...]) -> int:
    """Write flat rows as CSV with a header line and return how many rows."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    n = 0
    for row in rows:
        writer.writerow([_cell(row.get(c)) for c in columns])
        n += 1
        _flush(buffer, stream)
    _flush(buffer, stream)
    return n


def _flush(buffer: io.StringIO, stream: IO[Any]) -> None:
    _put(stream, buffer.getvalue())
    buffer.seek(0)
    buffer.truncate()


def _put(stream: IO[Any], text: str) -> None:
    """Write text to a stream of text or of bytes; lone surrogates, which no UTF-8 holds, become «?»."""
    data = text.encode("utf-8", "replace")
    stream.write(data.decode("utf-8") if isinstance(stream, io.TextIOBase) else data)


def _cell(value: object) -> object:
    if isinstance(value, (list, tuple)):
        return BETWEEN.join("" if v is None else str(v) for v in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else value


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


@contextmanager
def writing(target: Target, *, binary: bool = False) -> Iterator[IO[Any]]:
    """Open a path under a temporary name and move it in place when all is written; pass a stream through."""
    if not isinstance(target, (str, Path)):
        yield _bytes_of(target) if binary else target
        return
    path = Path(target)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") if binary else temporary.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        os.replace(temporary, path)
    except OSError as error:
        raise DetenteError(
            f"{path} could not be written ({error.strerror or error}): name another place."
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def _bytes_of(stream: IO[Any]) -> IO[Any]:
    """Return the stream of bytes beneath a stream of text, such as stdout's."""
    return getattr(stream, "buffer", stream) if isinstance(stream, io.TextIOBase) else stream
