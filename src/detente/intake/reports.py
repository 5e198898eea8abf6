"""Reports out of paths: files of every kind we read, folders of them, and standard input."""

from __future__ import annotations

import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

from detente.errors import InputError
from detente.intake.days import check_day, find_day, parse_day
from detente.intake.decoding import check_text, decode_text
from detente.intake.pages import looks_like_page, read_page
from detente.intake.plain import split_front_matter
from detente.intake.rows import Row, no_text, read_json_array, read_json_lines, read_table
from detente.intake.tongues import refuse_foreign
from detente.records import Rejected, Report

FIELDS = ("id", "title", "text", "published", "url", "outlet", "author", "language")
MAX_REPORT_BYTES = (
    5_000_000  # of one text or page: some 800,000 words, more than any report; a corpus is JSON lines
)
STDIN = "-"

# What stands in a folder of reports and speaks of the folder: passed over there, read when named itself.
ABOUT_FOLDER = frozenset({"readme", "license", "licence", "source", "notice"})

_BY_SUFFIX = {
    ".html": "page", ".htm": "page", ".xhtml": "page", ".jsonl": "lines", ".ndjson": "lines",
    ".json": "array", ".csv": "table", ".tsv": "table",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Wishes:
    """What the caller asks of every report."""

    published: date | None
    mapping: Mapping[str, str]


def read_reports(
    paths: Iterable[str],
    *,
    published: date | None = None,
    mapping: Mapping[str, str] | None = None,
) -> Iterator[Report | Rejected]:
    """Yield a Report for each report under `paths`, or a Rejected that says why there is none.

    A path is a file, a folder (read through, in the order of names, hidden files passed over) or
    «-» for standard input. Text, web pages, JSON lines, JSON arrays and CSV tables are known by
    name and content; any may be packed as .gz. Files are read one at a time, tables and JSON
    lines row by row.

    `published` dates every report, over whatever the report says. `mapping` gives another name
    for a field of JSON or CSV: {"text": "body"} reads the text from «body».

    Raises DateError for a `published` no report can bear and InputError for a `mapping` of a
    field we do not have; whatever is wrong with a report itself becomes its Rejected.
    """
    if published is not None:
        check_day(published)
    for name in mapping or {}:
        if name not in FIELDS:
            raise InputError(
                f"«{name}» is none of our fields: map one of {', '.join(FIELDS)}", stage="option"
            )
    return _read_all(paths, _Wishes(published, dict(mapping or {})))


def _read_all(paths: Iterable[str], wishes: _Wishes) -> Iterator[Report | Rejected]:
    for path in paths:
        if path == STDIN:
            yield from _read_guarded(STDIN, sys.stdin.buffer, wishes)
        elif os.path.isdir(path):
            yield from _read_folder(path, wishes)
        else:
            yield from _read_file(path, wishes)


def _read_folder(folder: str, wishes: _Wishes) -> Iterator[Report | Rejected]:
    found = False
    for path in _files_under(folder):
        found = True
        yield from _read_file(path, wishes)
    if not found:
        yield Rejected(folder, "file", "the folder holds no reports: expected text, pages, JSON lines or CSV")


def _files_under(folder: str) -> Iterator[str]:
    """Yield the files of a folder and its folders, in the order of their names."""
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = os.path.join(where, name)
            about = name.split(".")[0].lower() in ABOUT_FOLDER
            if not name.startswith(".") and not about and os.path.isfile(path):
                yield path


def _read_file(path: str, wishes: _Wishes) -> Iterator[Report | Rejected]:
    try:
        stream = open(path, "rb")  # noqa: SIM115 - closed below, after the last row is taken
    except (OSError, ValueError) as error:
        yield Rejected(path, "file", f"the file cannot be opened: {_why(error)}")
        return
    with stream:
        yield from _read_guarded(path, stream, wishes)


def _read_guarded(origin: str, stream: IO[bytes], wishes: _Wishes) -> Iterator[Report | Rejected]:
    """Yield what a stream holds; whatever breaks it becomes the last thing yielded."""
    try:
        yield from _read_stream(origin, stream, wishes)
    except InputError as error:
        yield Rejected(origin, error.stage, error.reason)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        yield Rejected(origin, "file", f"the packed file is broken or cut short ({error}): fetch it again")
    except OSError as error:
        yield Rejected(origin, "file", f"reading broke off: {_why(error)}")


def _read_stream(origin: str, raw: IO[bytes], wishes: _Wishes) -> Iterator[Report | Rejected]:
    stream, name = _unpack(raw, Path(origin).name.lower())
    head = stream.peek(4096)[:4096]
    if not head:
        raise InputError("the file is empty: expected a report", stage="empty")
    kind = _kind_of(name, head)
    if kind == "lines":
        yield from _read_rows(origin, read_json_lines(stream), wishes)
    elif kind == "array":
        yield from _read_rows(origin, read_json_array(stream), wishes)
    elif kind == "table":
        yield from _read_rows(origin, read_table(stream, name, wishes.mapping.get("text", "text")), wishes)
    else:
        data = _read_whole(stream)
        yield _from_page(origin, data, wishes) if kind == "page" else _from_text(origin, data, wishes)


def _unpack(raw: Any, name: str) -> tuple[io.BufferedReader, str]:
    """Return the stream and the name behind any .gz, which its first two bytes tell."""
    stream: Any = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(raw)
    if stream.peek(2)[:2] != b"\x1f\x8b":
        return stream, name
    packed: Any = gzip.GzipFile(fileobj=stream)
    return io.BufferedReader(packed), name.removesuffix(".gz")


def _kind_of(name: str, head: bytes) -> str:
    """Return «page», «lines», «array», «table» or «text», by the name and then by the first bytes."""
    kind = _BY_SUFFIX.get(Path(name).suffix)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if kind == "array" and not start.startswith(b"["):
        return "lines" if b'"}\n{' in head or b"}\n{" in head else "array"
    if kind:
        return kind
    if looks_like_page(head):
        return "page"
    if start.startswith(b"<?xml"):
        raise InputError(
            "this is XML, a feed perhaps: save the pages or the text of its stories", stage="format"
        )
    if start.startswith(b'{"') and Path(name).suffix not in (".txt", ".md"):
        return "lines"
    return "text"


def _read_whole(stream: IO[bytes]) -> bytes:
    data = stream.read(MAX_REPORT_BYTES + 1)
    if len(data) > MAX_REPORT_BYTES:
        raise InputError(
            f"over {MAX_REPORT_BYTES // 1_000_000} MB in one report: split it, or pass JSON lines",
            stage="size",
        )
    return data


def _from_text(origin: str, data: bytes, wishes: _Wishes) -> Report:
    fields, text = split_front_matter(decode_text(data))
    return _make_report(origin, {**fields, "text": text}, "front matter", wishes)


def _from_page(origin: str, data: bytes, wishes: _Wishes) -> Report:
    page = read_page(data)
    day = page.published.isoformat() if page.published else None
    fields: dict[str, str | None] = {
        "text": page.text, "title": page.title, "published": day,
        "author": page.author, "outlet": page.outlet, "url": page.url, "language": page.language,
    }  # fmt: skip
    return _make_report(origin, fields, "page metadata", wishes)


def _read_rows(origin: str, rows: Iterable[Row], wishes: _Wishes) -> Iterator[Report | Rejected]:
    for number, row in rows:
        place = f"{origin}:{number}"
        try:
            if isinstance(row, InputError):
                raise row
            yield _make_report(place, _pick_fields(row, wishes.mapping), "row", wishes)
        except InputError as error:
            yield Rejected(place, error.stage, error.reason)


def _pick_fields(row: Mapping[str, Any], mapping: Mapping[str, str]) -> dict[str, str | None]:
    """Return our fields out of a row's, by their own names, the mapping's, or «date» for published."""
    fields: dict[str, str | None] = {}
    for name in FIELDS:
        value = row.get(mapping.get(name, name))
        if name == "published" and value is None and name not in mapping:
            value = row.get("date")
        fields[name] = _as_words(name, value)
    if fields["text"] is None:
        raise no_text(mapping.get("text", "text"), row)
    return fields


def _as_words(name: str, value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value or None if name != "text" else value
    if isinstance(value, (int, float)) and not isinstance(value, bool) and name != "text":
        return str(value)
    raise InputError(f"«{name}» is a {type(value).__name__}: expected words", stage="row")


def _make_report(place: str, fields: Mapping[str, str | None], basis: str, wishes: _Wishes) -> Report:
    """Return the report, checked. Raises InputError with the stage at which it fails."""
    text = fields.get("text") or ""
    if not text.strip():
        raise InputError("the text is empty: expected a report", stage="empty")
    if len(text) > MAX_REPORT_BYTES:
        raise InputError(
            f"over {MAX_REPORT_BYTES // 1_000_000} million characters in one report: split it", stage="size"
        )
    for words in fields.values():
        check_text(words or "")
    refuse_foreign(text, fields.get("language"))
    day, known_by = _date_report(place, fields.get("published"), basis, wishes.published)
    return Report(
        text=text, title=fields.get("title"), published=day, published_basis=known_by,
        given_id=fields.get("id"), url=fields.get("url"), outlet=fields.get("outlet"),
        author=fields.get("author"), language=fields.get("language"), origin=place,
    )  # fmt: skip


def _date_report(
    place: str, words: str | None, basis: str, given: date | None
) -> tuple[date | None, str | None]:
    """Return the day and how it is known: the caller's word, the report's own, its file's name."""
    if given:
        return given, "given"
    if words and words.strip():
        return parse_day(words), basis
    named = find_day(Path(place).name)
    return (named, "file name") if named else (None, None)


def _why(error: Exception) -> str:
    reason = getattr(error, "strerror", None) or str(error)
    return f"{reason[0].lower()}{reason[1:]}" if reason else type(error).__name__
