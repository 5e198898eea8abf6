"""A folder of a user in, what it adds to our tables out, each file checked to the cell.

A file is taken whole or not at all: one with a fault is refused with all its faults, the others are read.

    people.csv
    name,code,kind,first
    Ruta Sand,LVA,hos,2027-07-08
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from detente.errors import KnowledgeError
from detente.knowledge.extending_issues import COLUMNS as ISSUE_COLUMNS
from detente.knowledge.extending_issues import read_user_issues
from detente.knowledge.layers import FOLDER, OURS, Fault, Knowledge, active, using
from detente.knowledge.shapes import FREE, LONGEST_CELL, SHAPES, Cells, Shape
from detente.knowledge.tables import Row

ENVIRONMENT = "DETENTE_KNOWLEDGE"  # names the folder where no other is named
MOST_FAULTS = 20  # listed of one file; the rest is counted
LARGEST_FILE = 64 * 2**20  # bytes
_KEPT = 4  # additions whose tables stay in memory
_PROVENANCE = re.compile(r"#\s*source:\s*(.+?);\s*checked:\s*(\S+)\s*")
_LINES = re.compile(r"\r\n|\n|\r")  # as editors count; `splitlines` also breaks at form feeds


Files = Mapping[str, tuple[str, bytes]]  # by table, each with its name


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as read: its rows as written, and what is wrong with it."""

    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()
    defaults: tuple[tuple[str, str], ...] = ()  # source and month that its first line gives all rows


def load_knowledge(folder: str | Path) -> Knowledge:
    """Return what a folder adds, its bad files refused with their `faults`; `OURS` where it adds nothing.

    The files are read each time; unchanged ones cost their reading only. Raises KnowledgeError where there is
    no such folder.
    """
    path = Path(folder)
    files: dict[str, tuple[str, bytes]] = {}
    faults: list[Fault] = []
    for file in _files(path):
        table = _table_of(file.name)
        data = _read_bytes(file) if table or file.suffix.lower() in (".csv", ".tsv", ".toml") else b""
        if isinstance(data, Fault):
            faults.append(data)
        elif table is None:
            if file.suffix.lower() in (".csv", ".tsv", ".toml"):
                faults.append(_unknown_file(file.name))
        elif table in files:
            faults.append(_second_file(file.name, table))
        else:
            files[table] = file.name, data
    return _kept(str(path), files, tuple(faults))


def _made(folder: str, files: Files, faults: tuple[Fault, ...]) -> Knowledge:
    sheets = _read_all(files)
    sound = {table: sheet for table, sheet in sheets.items() if sheet.rows and not sheet.faults}
    bad = (*faults, *(fault for sheet in sheets.values() for fault in sheet.faults))
    digest = _digest(sound)
    if not digest and not bad:
        return OURS
    return Knowledge(folder, digest, {t: fill_rows(t, s) for t, s in sound.items()}, bad)


def find_knowledge(
    given: str | Path | Knowledge | None = None, *, archive: str | Path | None = None
) -> Knowledge:
    """Return what to read with: the folder given, else the archive's own `knowledge/`, else the folder that
    the environment names in DETENTE_KNOWLEDGE, else what is active.
    """
    if isinstance(given, Knowledge):
        return given
    if given is not None:
        return load_knowledge(given)
    if archive is not None and (Path(archive) / FOLDER).is_dir():
        return load_knowledge(Path(archive) / FOLDER)
    if active() is OURS and os.environ.get(ENVIRONMENT):
        return load_knowledge(os.environ[ENVIRONMENT])
    return active()


def _files(path: Path) -> list[Path]:
    try:
        return sorted(
            file for file in path.iterdir() if file.is_file() and not file.name.startswith((".", "~"))
        )
    except OSError as error:
        raise KnowledgeError(
            f"«{path}» cannot be read as a folder ({error.strerror}); give one that holds people.csv or "
            "other tables, or make one with detente knowledge new"
        ) from error


def _table_of(name: str) -> str | None:
    """Return the table a file is, by its name: people.csv, or people.tsv."""
    stem, _, suffix = name.lower().rpartition(".")
    if stem == "issues":
        return stem if suffix == "toml" else None
    return stem if stem in _shapes() and suffix in ("csv", "tsv") else None


@cache
def _shapes() -> dict[str, Shape]:
    return {shape.table: shape for shape in SHAPES}


def _unknown_file(name: str) -> Fault:
    known = [f"{t}.csv" for t in _shapes()] + ["issues.toml"]
    near = get_close_matches(name.lower(), known, n=1, cutoff=0.8)
    mend = (
        f"name it {near[0]}" if near else f"name it after its table ({', '.join(known)}) or put it elsewhere"
    )
    return Fault(name, 0, "", "an unknown name", "a table we know", mend)


def _second_file(name: str, shape: str) -> Fault:
    return Fault(name, 0, "", f"a second file for {shape}", "one", "put all rows into one file")


def _read_all(files: Files) -> dict[str, Sheet]:
    """Return the sheets by table, each read with the word classes of this folder alone."""
    sheets: dict[str, Sheet] = {}
    base = OURS
    for table in (*_shapes(), "issues"):
        if table in files:
            name, data = files[table]
            with using(base):
                sheet = sheets[table] = read_bytes(data, name, table)
            if table == "word_classes" and not sheet.faults:
                base = Knowledge(tables={table: fill_rows(table, sheet)})
    return sheets


def _read_bytes(file: Path) -> bytes | Fault:
    try:
        if file.stat().st_size > LARGEST_FILE:
            return Fault(file.name, 0, "", "more than 64 MB", "a table", "split it or thin it out")
        return file.read_bytes()
    except OSError as error:
        return Fault(file.name, 0, "", f"nothing ({error.strerror})", "a file", "see to its permissions")


def read_bytes(data: bytes, name: str, table: str) -> Sheet:
    """Return a file's bytes as rows of a table, with what is wrong with them; any bytes will do.

    >>> read_bytes(b"name,code,kind", "people.csv", "people").faults
    ()
    """
    text = _decode(data, name)
    if isinstance(text, Fault):
        return _alone(text)
    if table == "issues":
        rows, faults = read_user_issues(text, name)
        return Sheet(rows, _cut(faults, name))
    return _read_table(text, name, _shapes()[table])


def _decode(data: bytes, name: str) -> str | Fault:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Fault(name, 1, "", "UTF-16", "UTF-8", "save it as CSV UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(_LINES.findall(data[: error.start].decode("latin-1"))) + 1
        return Fault(name, line, "", f"the byte 0x{data[error.start]:02x}", "UTF-8", "save it as CSV UTF-8")
    if "\0" in text:
        line = len(_LINES.findall(text[: text.index("\0")])) + 1
        return Fault(name, line, "", "a zero byte", "text", "save it as CSV UTF-8")
    return text


def _read_table(text: str, name: str, shape: Shape) -> Sheet:
    lines = [(n, line) for n, line in enumerate(_LINES.split(text), 1) if line.strip() and line[0] != "#"]
    if not lines:
        return Sheet()
    mark = _delimiter(lines[0][1])
    header = _cells(lines[0][1], mark)
    if isinstance(header, str):
        return _alone(Fault(name, lines[0][0], "", header, "column names", "close the quotes"))
    columns = [cell.strip().lower().replace(" ", "_") for cell in header]
    while columns and not columns[-1]:
        columns.pop()
    faults = list(_judge_header(columns, name, lines[0][0], shape))
    if faults:
        return Sheet((), _cut(faults, name))
    rows: list[Row] = []
    for number, line in lines[1:]:
        cells = _cells(line, mark)
        bad = list(_judge_line(cells, columns, line, name, number, shape))
        faults += bad
        if not bad:
            written = {c: cells[i].strip() if i < len(cells) else "" for i, c in enumerate(columns)}
            if any(written.values()):
                rows.append(Row(written, name, number))
    found = _PROVENANCE.fullmatch(_LINES.split(text, maxsplit=1)[0])
    defaults = (("source", found.group(1)), ("checked", found.group(2))) if found else ()
    return Sheet(() if faults else tuple(rows), _cut(faults, name), defaults)


def _delimiter(header: str) -> str:
    """Return what parts the cells: a tab, else whichever of comma and semicolon there are more of."""
    if "\t" in header:
        return "\t"
    return ";" if header.count(";") > header.count(",") else ","


def _cells(line: str, mark: str) -> list[str] | str:
    """Return the cells of a line, or what is wrong with it."""
    if mark == "\t":
        return line.split("\t")
    try:
        return next(csv.reader([line], delimiter=mark, strict=True), [])
    except csv.Error as error:
        return f"quotes that do not close ({error})"


def _judge_header(columns: Sequence[str], name: str, line: int, shape: Shape) -> Iterator[Fault]:
    for i, column in enumerate(columns):
        if column in columns[:i]:
            yield Fault(name, line, column, "the column twice", "each once", "drop one of the two")
        elif not column:
            yield Fault(
                name, line, "", f"a column without a name (number {i + 1})", "a name", "name it or drop it"
            )
        elif column not in shape.names and column not in FREE:
            near = get_close_matches(column, shape.names, n=1)
            known = ", ".join(shape.names)
            mend = (
                f"name it {near[0]}" if near else f"rename it or drop it, or call it note; known are {known}"
            )
            yield Fault(name, line, "", f"the unknown column «{column[:60]}»", "one we know", mend)
    missing = [c.name for c in shape.columns if c.needed and c.name not in columns]
    if missing:
        read = ", ".join(columns)[:120]
        yield Fault(
            name, line, "", f"the columns {read}", f"also {', '.join(missing)}", "add them to the header"
        )


def _judge_line(
    cells: list[str] | str, columns: Sequence[str], line: str, name: str, number: int, shape: Shape
) -> Iterator[Fault]:
    if isinstance(cells, str):
        mend = "close the quotes in the line they open; write a quote inside a cell twice"
        yield Fault(name, number, "", cells, "a whole line", mend)
        return
    while len(cells) > len(columns) and not cells[-1].strip():
        cells.pop()
    if len(cells) > len(columns):
        mend = "put quotes round a cell that holds the mark that parts cells"
        yield Fault(name, number, "", f"{len(cells)} cells", f"{len(columns)} as in the header", mend)
        return
    written = {c: cells[i].strip() if i < len(cells) else "" for i, c in enumerate(columns)}
    if any(written.values()):
        yield from judge_cells(written, name, number, shape)


def judge_cells(written: Cells, name: str, number: int, shape: Shape) -> Iterator[Fault]:
    """Yield what is wrong with the cells of one row, and with the row as a whole if every cell will do."""
    sound = True
    for column in shape.columns:
        cell = written.get(column.name, "")
        if not cell:
            if column.needed:
                sound = False
                yield Fault(name, number, column.name, "nothing", column.expected, "fill it in")
        elif len(cell) > LONGEST_CELL or not cell.isprintable():
            sound = False
            odd = next((c for c in cell if not c.isprintable()), None)
            read = f"a cell of {len(cell):,} characters" if odd is None else f"the character U+{ord(odd):04X}"
            yield Fault(name, number, column.name, read, "plain words", "write the cell anew")
        elif not column.fits(cell):
            sound = False
            yield Fault(name, number, column.name, _quoted(cell), column.expected, column.mend(cell))
    if sound:
        for c in shape.judge(written):
            yield Fault(name, number, c.column, c.read, c.expected, c.mend)


def _quoted(cell: str) -> str:
    return f"«{cell[:60]}{'…' if len(cell) > 60 else ''}»"


def _alone(fault: Fault) -> Sheet:
    return Sheet((), (fault,))


def _cut(faults: Sequence[Fault], name: str) -> tuple[Fault, ...]:
    if len(faults) <= MOST_FAULTS:
        return tuple(faults)
    more = Fault(name, 0, "", f"{len(faults) - MOST_FAULTS} faults more", "none", "mend those above first")
    return (*faults[:MOST_FAULTS], more)


def fill_rows(table: str, sheet: Sheet) -> tuple[Row, ...]:
    """Return the rows with every column of their table, what was not written as the table has it."""
    if table == "issues":
        blank = dict.fromkeys(ISSUE_COLUMNS, "")
        return tuple(Row({**blank, **row.cells}, row.file, row.line) for row in sheet.rows)
    shape = _shapes()[table]
    blank = dict.fromkeys(shape.names, "")
    dated = "checked" in shape.names  # in triggers, «source» is who acts
    rows = []
    for row in sheet.rows:
        given = {column: cell for column, cell in row.cells.items() if cell}
        usual = {"source": f"{row.file}, line {row.line}"} | dict(sheet.defaults) if dated else {}
        cells = {**blank, **usual, **given}
        rows.append(Row(shape.fill(cells), row.file, row.line))
    return tuple(rows)


def _digest(sheets: dict[str, Sheet]) -> str:
    """Return the hash of what the sheets say, whatever their comments and the order of their columns."""
    said = [
        [table, [sorted((c, v) for c, v in row.cells.items() if v and c not in FREE) for row in sheet.rows]]
        for table, sheet in sorted(sheets.items())
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest() if said else ""


_LOCK = threading.Lock()
_LOADED: dict[tuple[str, str, tuple[Fault, ...]], Knowledge] = {}


def _kept(folder: str, files: Files, faults: tuple[Fault, ...]) -> Knowledge:
    """Return what was made of these very bytes before, with all it has made since, else make it."""
    seen = hashlib.sha256()
    for table, (name, data) in sorted(files.items()):
        seen.update(f"{table} {name} {len(data)} ".encode("utf-8", "surrogateescape") + data)
    key = (folder, seen.hexdigest(), faults)
    with _LOCK:
        known = _LOADED.pop(key, None) or _made(folder, files, faults)
        _LOADED[key] = known  # the last used stands last
        while len(_LOADED) > _KEPT:
            del _LOADED[next(iter(_LOADED))]
    return known
