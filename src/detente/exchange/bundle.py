"""A release in, a folder fit to be deposited out: column files, CSV, codebook, README, citation, checksums.

Zenodo and Dataverse take such a folder as it is. The reports' own texts are not in it, only the words each
record rests on, and those can be left out, too.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.archive.flat import ACT_COLUMNS, RECORD_COLUMNS, REPORT_COLUMNS
from detente.archive.releases import REVIEW_COLUMNS, Release, folder_of, hash_file
from detente.errors import ArchiveError
from detente.exchange.export import write_csv
from detente.knowledge.ontology import kinds
from detente.records import STATUSES

if TYPE_CHECKING:
    from detente.archive import Archive

TABLES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "records": RECORD_COLUMNS, "acts": ACT_COLUMNS, "reports": REPORT_COLUMNS, "reviews": REVIEW_COLUMNS,
}  # fmt: skip
ABOUT = {
    "records": "One row a record: an event, a position, a figure or a statement, with the words it rests on.",
    "acts": "One row an act: records that tell one real act share its id, so that it counts once.",
    "reports": "One row a report, without its text.",
    "reviews": "One row a review: who accepted, rejected, corrected or commented on what, when and why.",
}
TYPES = {"text": "text", "texts": "list of texts (in CSV joined by «;»)", "day": "date, YYYY-MM-DD",
         "whole": "whole number", "number": "number", "flag": "true or false"}  # fmt: skip
SUMS = "checksums.sha256"


def write_bundle(
    archive: Archive,
    name: str,
    out: str | Path,
    *,
    title: str | None = None,
    authors: Sequence[str] = (),
    licence: str | None = None,
    quotes: bool = True,
) -> list[Path]:
    """Write a release to a new or empty folder and return the files; on an error nothing is left.

    Raises ArchiveError where the folder holds other files or cannot be written, or where the release's
    own files are not as they were released.
    """
    release = archive.release_named(name)
    folder = Path(out)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ArchiveError(f"{folder} is there and not empty: name a new folder for the bundle.")
    temporary = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    titled = title or f"Records of {archive.path.resolve().name}"
    try:
        temporary.mkdir(parents=True)
        for table in TABLES:
            _write_table(folder_of(archive, name) / f"{table}.parquet", release, temporary, table, quotes)
        texts = {
            "CODEBOOK.md": _codebook(), "README.md": _readme(release, titled, authors, licence, quotes),
            "CITATION.cff": _citation(release, titled, authors, licence),
            "release.json": json.dumps({k: getattr(release, k) for k in Release.__slots__}, indent=1) + "\n",
        }  # fmt: skip
        for file, text in texts.items():
            (temporary / file).write_text(text, "utf-8")
        _write_sums(temporary)
        if folder.exists():
            folder.rmdir()
        os.replace(temporary, folder)
    except OSError as error:
        raise ArchiveError(
            f"{folder} could not be written ({error.strerror or error}): name another place."
        ) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return sorted(folder.iterdir())


def _write_table(source: Path, release: Release, folder: Path, table: str, quotes: bool) -> None:
    import pyarrow as pa
    import pyarrow.parquet as parquet

    if not source.is_file() or hash_file(source) != release.files[source.name]:
        raise ArchiveError(f"{source} is missing or not as it was released: put it back from a copy.")
    data = parquet.read_table(source)
    if table == "records" and not quotes:
        column = data.schema.get_field_index("quote")
        data = data.set_column(column, data.schema.field(column), pa.nulls(data.num_rows, pa.string()))
        parquet.write_table(data, folder / source.name, compression="zstd")
    else:
        shutil.copyfile(source, folder / source.name)
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as stream:
        write_csv(_rows(data), stream, columns=tuple(data.column_names))


def _rows(table: Any) -> Iterator[Mapping[str, Any]]:
    for batch in table.to_batches(max_chunksize=10_000):
        yield from batch.to_pylist()


def _write_sums(folder: Path) -> None:
    lines = [f"{hash_file(path)}  {path.name}\n" for path in sorted(folder.iterdir())]
    (folder / SUMS).write_text("".join(lines), "utf-8")


def _codebook() -> str:
    """Return what every column holds, and the words it may hold."""
    parts = ["# Codebook\n"]
    for table, columns in TABLES.items():
        parts.append(f"\n## {table}\n\n{ABOUT[table]}\n\n| column | type | what it holds |\n|---|---|---|\n")
        parts += [f"| `{name}` | {TYPES[kind]} | {words} |\n" for name, (kind, words) in columns.items()]
    parts.append(
        "\n## Types, modes and weights (PLOVER)\n\n"
        "| type | mode | quad | intensity | CAMEO |\n|---|---|---|---|---|\n"
    )
    parts += [
        f"| {k.type} | {k.mode or ''} | {k.quad} | {k.intensity:+g} | {k.cameo} |\n" for k in kinds().values()
    ]
    parts.append(f"\n## Statuses\n\n{', '.join(STATUSES)}.\n")
    return "".join(parts)


def _readme(release: Release, title: str, authors: Sequence[str], licence: str | None, quotes: bool) -> str:
    rows = "".join(f"| {what} | {n:,} |\n" for what, n in release.counts.items())
    coders = "".join(f"- {_say_coder(coder)}\n" for coder in release.coders)
    words = (
        "The words each record rests on stand in `quote`; the reports' texts are not here."
        if quotes
        else "Quotes are left out; `start` and `end` say where in the report they stand."
    )
    corrected = "used: rejected records are left out, corrected ones bear their corrections"
    use = corrected if release.reviews == "use" else "not used"
    return (
        f"# {title}, release {release.name}\n\n"
        f"Made on {release.at[:10]}{' by ' + ', '.join(authors) if authors else ''}. "
        f"{'Licence: ' + licence + '. ' if licence else ''}{words}\n\n"
        f"| what | how many |\n|---|---|\n{rows}\n"
        f"Reviews are {use}; `reviews.csv` has all of them.\n\n"
        "## Who coded\n\n"
        f"{coders}{_say_knowledge(release)}\n"
        "The hash of the rules covers every table of names, acts and issues; the same text coded with the "
        "same hashes gives the same records and ids.\n\n"
        "## Files\n\n"
        "Each table as Parquet and as CSV (UTF-8, lists joined by «;»): `records`, `acts`, `reports`, "
        "`reviews`. "
        f"`CODEBOOK.md` says what each column holds. `sha256sum -c {SUMS}` says whether all is whole. Hash "
        f"of all record ids: `{release.ids}`.\n\n"
        "Borders, names and codes of states imply no judgement on the status of any territory.\n"
    )


def _say_coder(coder: Mapping[str, Any]) -> str:
    hashes = ", ".join(f"{k} `{coder[k]}`" for k in ("rules", "model", "knowledge") if coder.get(k))
    return f"{coder.get('name')} {coder.get('version')} ({hashes}): {coder['records']:,} records"


def _say_knowledge(release: Release) -> str:
    return f"- the archive's own tables: `sha256:{release.knowledge[:16]}`\n" if release.knowledge else ""


def _citation(release: Release, title: str, authors: Sequence[str], licence: str | None) -> str:
    """Return CITATION.cff (format 1.2.0); an unnamed author stands as the archive's makers."""
    lines = [
        "cff-version: 1.2.0", "message: If you use these data, please cite them as below.", "type: dataset",
        f"title: {_quoted(title)}", f"version: {_quoted(release.name)}", f"date-released: {release.at[:10]}",
    ]  # fmt: skip
    if licence:
        lines.append(f"license: {licence}")
    lines += ["authors:", *_authors(authors)]
    lines += ["identifiers:", "  - type: other", f"    value: sha256:{release.ids}",
              "    description: hash of all record ids"]  # fmt: skip
    return "\n".join(lines) + "\n"


def _authors(authors: Iterable[str]) -> Iterator[str]:
    for author in authors or ("The makers of this archive",):
        yield f"  - name: {_quoted(author)}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


__all__ = ["write_bundle"]
