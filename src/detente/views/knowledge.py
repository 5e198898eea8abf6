"""What users add to our tables, from the command line: read with it, check it, begin it, import it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.errors import InputError
from detente.knowledge.extending import find_knowledge, load_knowledge
from detente.knowledge.imports import Import, to_csv
from detente.knowledge.layers import Fault, Knowledge, using
from detente.knowledge.shapes import SHAPES, Shape
from detente.views.terminal import say
from detente.views.wording import say_count

if TYPE_CHECKING:
    from detente.knowledge.office_holders import Order


@contextmanager
def knowing(given: str | None = None, *, archive: str | Path | None = None) -> Iterator[Knowledge]:
    """Read with a folder's knowledge inside the block, and say on stderr which of its files were refused."""
    knowledge = find_knowledge(given, archive=archive)
    if knowledge.faults:
        files = len({fault.file for fault in knowledge.faults})
        verb = "is" if files == 1 else "are"
        say(
            f"{knowledge.folder}: {say_count(files, 'file')} {verb} left out, the rest is used.",
            style="yellow",
        )
        tell_faults(knowledge.faults)
    with using(knowledge):
        yield knowledge


def tell_faults(faults: tuple[Fault, ...]) -> None:
    """Say each fault in a line of its own, on stderr."""
    for fault in faults:
        say(f"  {fault}")


def check_folder(folder: str) -> int:
    """Print what is wrong and what looks wrong in a folder; return how many faults there are."""
    from detente.knowledge.linting import lint

    knowledge = load_knowledge(folder)
    for fault in knowledge.faults:
        click.echo(f"error: {fault}")
    findings = lint(knowledge)
    for finding in findings:
        click.echo(f"warning: {finding}")
    counted = f"{say_count(len(knowledge.faults), 'error')}, {say_count(len(findings), 'warning')}"
    rows = ", ".join(f"{table} {len(rows)}" for table, rows in knowledge.tables.items()) or "no rows"
    say(f"{folder}: {rows}; {counted}.")
    return len(knowledge.faults)


def write_new(folder: str) -> None:
    """Write a file for each table that says what it is for, with an example each; none is written over."""
    path = Path(folder)
    files = {f"{shape.table}.csv": annotated(shape) for shape in SHAPES} | {"issues.toml": ISSUES}
    taken = [name for name in files if (path / name).exists()]
    if taken:
        raise InputError(f"{path / taken[0]} is there already; name another folder, or write into the file.")
    path.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (path / name).write_text(text, "utf-8")
    say(f"Wrote {len(files)} files to {folder}. A new leader is one line in {path / 'people.csv'}.")
    say(f"Check what you write: detente knowledge check {folder}")


def annotated(shape: Shape) -> str:
    """Return an empty table that explains itself: what it is for, its columns, an example to uncomment."""
    lines = [
        f"# {shape.purpose}",
        "# A line that begins with # is read by people only. Several words: a|b|c.",
    ]
    for column in shape.columns:
        need = "" if column.needed else " (may be left out)"
        choices = column.mend("").removeprefix("write ") if column.expected.startswith("one of") else ""
        lines.append(f"#   {column.name}: {choices or column.expected}{need}")
    used = [column.name for column in shape.columns if column.needed or column.name in shape.example]
    example = to_csv(shape.table, [{c: shape.example.get(c, "") for c in used}]).splitlines()
    return "\n".join([*lines, example[0], f"# {example[1]}", ""])


ISSUES = """\
# Issues states take sides on. id never changes; keywords are sets of terms that stand in one sentence:
# terms are parted by " + ", alternatives by |, and * is any ending.
#
# [[issues]]
# id = "amber-bay-fishing"
# name = "Fishing in Amber Bay"
# aliases = ["Amber Bay fisheries"]
# keywords = ["fish*|trawl* + amber bay"]
"""


def import_petrarch(files: tuple[str, ...], folder: str) -> None:
    """Read PETRARCH dictionaries into a folder, and say what became of them."""
    from detente.knowledge.petrarch import read_petrarch

    names = ", ".join(Path(file).name for file in files)
    made = read_petrarch((Path(file).name, _text(file)) for file in files)
    _finish(made, Path(folder), f"Imported from {names}, in the format of PETRARCH; see to their licence.")


def import_office_holders(
    file: str, folder: str, *, kind: str | None, order: Order | None, mapping: dict[str, str] | None
) -> None:
    """Read a CSV of office holders into a folder, and say what was guessed and what became of it."""
    from detente.knowledge.office_holders import read_office_holders

    name = Path(file).name
    made = read_office_holders(_text(file), name, kind=kind, order=order, mapping=mapping)
    _finish(made, Path(folder), f"Imported from {name}; see to its licence.")


def _text(file: str) -> str:
    """Return a file's text, gzipped or not; what is no UTF-8 reads as Latin-1, which fits any bytes."""
    import gzip

    try:
        data = Path(file).read_bytes()
        data = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(
            f"{file} cannot be read ({error}); name a text file, or one packed by gzip."
        ) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _finish(made: Import, folder: Path, source: str) -> None:
    written = made.write(folder, source=source)
    for note in made.notes:
        say(f"  {note}")
    for skipped in made.skipped:
        click.echo(f"skipped: {skipped}")
    rows = sum(len(rows) for rows in made.tables.values())
    entries = "entry" if made.read == 1 else "entries"
    known = f", {made.known:,} of them known already" if made.known else ""
    lost = f"{len(made.skipped):,} skipped{known}"
    say(f"Read {made.read:,} {entries}: {say_count(rows, 'row')} written, {lost}.")
    for path in written:
        say(f"  {path}: {say_count(len(made.rows(path.stem)), 'row')}")
    say(f"Check them: detente knowledge check {folder}")
