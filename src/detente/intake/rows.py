"""Rows of fields out of JSON lines, a JSON array or a CSV table, each with the line it stands on."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from detente.errors import InputError
from detente.intake.decoding import decode_text

MAX_ROW_BYTES = 20_000_000  # of JSON in one line: its text has a limit of its own
MAX_ARRAY_BYTES = 100_000_000  # an array is held whole; JSON lines may be of any size
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")

Row = tuple[int, Mapping[str, Any] | InputError]  # a line's number, and its fields or why there are none


def read_json_lines(stream: IO[bytes]) -> Iterator[Row]:
    """Yield each line's object; a line that is none yields its InputError and the rest is read."""
    number = 0
    for number, line in enumerate(_lines(stream), start=1):
        if isinstance(line, InputError):
            yield number, line
        elif line.strip():
            yield number, _parse_line(line)
    if not number:
        raise InputError("the file is empty: expected one JSON object a line", stage="empty")


def read_json_array(stream: IO[bytes]) -> Iterator[Row]:
    """Yield the objects of «[{…}, {…}]», or one object or several; what follows a break is one InputError."""
    data = stream.read(MAX_ARRAY_BYTES + 1)
    if len(data) > MAX_ARRAY_BYTES:
        raise InputError(
            f"the array is over {MAX_ARRAY_BYTES // 1_000_000} MB: make it JSON lines, which have no limit",
            stage="size",
        )
    text = decode_text(data)
    at = _skip(text, 0)
    closed = text[at : at + 1] == "["
    yield from _read_items(text, at + 1 if closed else at, "]" if closed else "")


def read_table(stream: IO[bytes], name: str, text_column: str) -> Iterator[Row]:
    """Yield the rows of a CSV or TSV table by the names in its header, which must hold `text_column`."""
    try:
        yield from _read_table(_open_text(stream), name, text_column)
    except UnicodeError as error:
        raise InputError(
            f"the table breaks its own UTF-16 ({error}): export it again as UTF-8", stage="encoding"
        ) from error


def _read_table(text: io.TextIOWrapper, name: str, text_column: str) -> Iterator[Row]:
    csv.field_size_limit(MAX_ROW_BYTES)
    header = text.readline(1_000_000)
    if not header.strip():
        raise InputError("the table is empty: expected a header line that names a text column", stage="empty")
    delimiter = "\t" if name.endswith(".tsv") else max(",;\t", key=header.count)
    columns = [c.strip() for c in next(csv.reader([header], delimiter=delimiter))]
    if text_column not in columns:
        raise no_text(text_column, columns)
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    line = 2
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, InputError(f"the row is not CSV ({error}): mend its quotes", stage="row")
        else:
            if cells:
                yield line, _table_row(columns, cells)
        line = reader.line_num + 2


def no_text(wanted: str, there: Iterable[object]) -> InputError:
    """Return the error to raise where no field or column bears the text's name."""
    names = ", ".join(str(name)[:30] for name in list(there)[:12]) or "nothing"
    return InputError(f"no «{wanted}» among {names}: map the text's name, as in text=body", stage="row")


def _table_row(columns: list[str], cells: list[str]) -> Mapping[str, Any] | InputError:
    if len(cells) > len(columns):
        return InputError(
            f"{len(cells)} cells under {len(columns)} columns: mend the row's quotes", stage="row"
        )
    try:
        return {name: _mend(cell) for name, cell in zip(columns, cells, strict=False) if cell}
    except InputError as error:
        return error


def _mend(cell: str) -> str:
    """Return a cell whose bytes were no UTF-8 as what they are: kept aside by surrogateescape."""
    if cell.isascii():
        return cell
    try:
        data = cell.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return cell  # a lone surrogate out of UTF-16: refused later with its place
    return decode_text(data)


def _open_text(stream: Any) -> io.TextIOWrapper:
    wide = stream.peek(2)[:2] in UTF16_MARKS
    return io.TextIOWrapper(
        stream,
        encoding="utf-16" if wide else "utf-8-sig",
        errors="surrogatepass" if wide else "surrogateescape",
        newline="",
    )


def _lines(stream: IO[bytes]) -> Iterator[bytes | InputError]:
    """Yield lines as bytes, never more than MAX_ROW_BYTES at once; UTF-16 is turned into UTF-8."""
    first = True
    while line := stream.readline(MAX_ROW_BYTES + 1):
        if first and line[:2] in UTF16_MARKS:
            yield InputError(
                "JSON lines in UTF-16: expected UTF-8, as JSON asks; export it again", stage="encoding"
            )
            return
        if len(line) > MAX_ROW_BYTES and not line.endswith(b"\n"):
            while (rest := stream.readline(MAX_ROW_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield InputError(
                f"the line is over {MAX_ROW_BYTES // 1_000_000} MB: expected one report", stage="size"
            )
        else:
            yield line.removeprefix(b"\xef\xbb\xbf") if first else line
        first = False


def _parse_line(line: bytes) -> Mapping[str, Any] | InputError:
    try:
        value = json.loads(decode_text(line))
    except InputError as error:
        return error
    except json.JSONDecodeError as error:
        return InputError(
            f"not JSON ({error.msg} at column {error.colno}): mend or drop the line", stage="row"
        )
    except (RecursionError, ValueError) as error:
        return InputError(
            f"JSON that cannot be held ({type(error).__name__}): mend or drop the line", stage="row"
        )
    return _as_object(value)


def _as_object(value: Any) -> Mapping[str, Any] | InputError:
    if isinstance(value, dict):
        return value
    kind = {list: "a list", str: "a string", type(None): "null"}.get(type(value), "a number or truth value")
    return InputError(f"{kind} where an object with a text is expected", stage="row")


def _read_items(text: str, at: int, close: str) -> Iterator[Row]:
    """Yield the values that stand one behind the other, with or without commas, until `close` or the end."""
    decoder = json.JSONDecoder()
    line, counted = 1, 0
    while (at := _skip(text, at)) < len(text) and text[at] != close:
        line, counted = line + text.count("\n", counted, at), at
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            yield line, InputError(f"not JSON ({error}): this item and all behind it are unread", stage="row")
            return
        yield line, _as_object(value)
        at = _skip(text, at)
        if text[at : at + 1] == ",":
            at += 1
    if close and at >= len(text):
        yield line, InputError("the array is not closed: the file may be cut short", stage="row")


_BLANK = re.compile(r"\s*")


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at
