"""The archive of today in, a named release out that nothing changes any more; and what differs between two.

A release is a folder of column files with every id, value and review as they were, and one row of the ledger
with their hashes, the counts and who coded. New reports, other rules and later reviews leave it as it is.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from detente.archive.corrections import say_change
from detente.archive.flat import schema_of
from detente.archive.ledger import writing
from detente.archive.rows import to_text
from detente.errors import ArchiveError, NotInArchive

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from detente.archive.folder import Archive

FOLDER = "releases"
FILES = ("reports", "records", "acts", "reviews")
NOW = "now"  # in place of a release's name: the archive as it stands
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_KEYS: Mapping[str, str] = {"reports": "report", "records": "id", "acts": "act"}
# What a reader of a release need not be told twice: it follows from another column, or from the clock.
_SILENT = ("published", "outlet", "learnt", "origin", "confidence")

Cause = Literal["new report", "new rules", "review", "told again"]


@dataclass(frozen=True, slots=True)
class Release:
    """A release: its name, when it was made, what it counts, who coded, its files' hashes."""

    name: str
    at: str
    commit: int
    counts: Mapping[str, int]
    coders: Sequence[Mapping[str, Any]]  # who coded, and how many records
    ids: str  # hash of all record ids: two releases with the same have the same records
    knowledge: str | None  # hash of what the archive's own folder adds to our tables
    files: Mapping[str, str]  # name: sha256
    reviews: Literal["use", "ignore"] = "use"


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that came, went or changed between two releases, and why."""

    family: Literal["report", "record", "act"]
    id: str
    change: Literal["came", "went", "changed"]
    cause: Cause
    why: str
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    words: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the difference as one flat JSON object."""
        changes = [say_change(name, *values) for name, values in self.fields.items()]
        return {
            "family": self.family, "id": self.id, "change": self.change, "cause": self.cause, "why": self.why,
            "fields": changes, "words": self.words,
        }  # fmt: skip


def make_release(archive: Archive, ledger: sqlite3.Connection, name: str) -> Release:
    """Freeze the archive under a name; raises ArchiveError for a name that is taken or cannot be one."""
    if not NAME.fullmatch(name) or name == NOW:
        raise ArchiveError(
            f"«{name}» cannot name a release: take letters, digits, dots and dashes, as v1 or 2021-03."
        )
    if any(r.name == name for r in find_releases(ledger)):
        raise ArchiveError(
            f"{archive.path} has a release «{name}» already, and a release never changes: name another."
        )
    target = archive.path / FOLDER / name
    temporary = target.with_name(f".{name}.{os.getpid()}.tmp")
    try:
        files = _write_files(archive, temporary)
        with writing(ledger) as commit:
            shutil.rmtree(target, ignore_errors=True)  # left by a release that was cut off
            os.replace(temporary, target)
            release = _describe(archive, ledger, name, commit, files)
            (target / "release.json").write_text(json.dumps(_to_json(release), indent=1) + "\n", "utf-8")
            ledger.execute(
                "insert into releases (name, body, learnt) values (?, ?, ?)",
                (name, to_text(_to_json(release)), commit),
            )
    except OSError as error:
        raise ArchiveError(
            f"The release «{name}» could not be written ({error.strerror or error}); the archive is as "
            "it was: make room and run it again."
        ) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return release


def find_releases(ledger: sqlite3.Connection) -> tuple[Release, ...]:
    """Return all releases, the oldest first."""
    rows = ledger.execute("select body from releases order by learnt").fetchall()
    return tuple(Release(**json.loads(row["body"])) for row in rows)


def release_of(ledger: sqlite3.Connection, name: str) -> Release:
    """Return the release of this name; NotInArchive says which there are."""
    releases = find_releases(ledger)
    found = next((r for r in releases if r.name == name), None)
    if found is None:
        known = ", ".join(r.name for r in releases) or "none yet; make one with detente release"
        raise NotInArchive(f"There is no release «{name}» here; there is {known}.")
    return found


def folder_of(archive: Archive, name: str) -> Path:
    """Return the folder of a release's column files."""
    return archive.path / FOLDER / name


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file, as sha256sum prints it."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write_files(archive: Archive, folder: Path) -> dict[str, str]:
    """Write the column files and return their hashes; all of one moment, or ArchiveError from the ledger."""
    import pyarrow.parquet as parquet

    folder.mkdir(parents=True)
    for name in FILES:
        table = (
            _reviews_table(archive)
            if name == "reviews"
            else archive.sql(f"select * from {name} order by {_KEYS[name]}")
        )
        parquet.write_table(table, folder / f"{name}.parquet", compression="zstd")
        with (folder / f"{name}.parquet").open("rb") as stream:
            os.fsync(stream.fileno())
    return {f"{name}.parquet": hash_file(folder / f"{name}.parquet") for name in FILES}


REVIEW_COLUMNS: Mapping[str, tuple[str, str]] = {
    "review": ("text", "the review's id"),
    "at": ("text", "when it was made (UTC)"),
    "by": ("text", "who signed it"),
    "family": ("text", "record or act"),
    "target": ("text", "the id of the record or act it is of"),
    "record": ("text", "the record itself, or the telling by which the act was known"),
    "verdict": ("text", "accept, reject, correct, comment or undo"),
    "changes": ("text", "what a correction says, as JSON"),
    "before": ("text", "what it replaced, as JSON"),
    "reason": ("text", "why"),
    "undoes": ("text", "the review an undo takes back"),
    "undone_by": ("text", "the review that took this one back"),
}


def _reviews_table(archive: Archive) -> pa.Table:
    import pyarrow as pa

    rows = [
        {"review": r.id, "at": r.at, "by": r.by, "family": r.family, "target": r.target, "record": r.record,
         "verdict": r.verdict, "changes": to_text(dict(r.changes)), "before": to_text(dict(r.before)),
         "reason": r.reason, "undoes": r.undoes, "undone_by": r.undone_by}
        for r in archive.reviews()
    ]  # fmt: skip
    return pa.Table.from_pylist(
        rows, schema=pa.schema([pa.field(name, pa.string()) for name in REVIEW_COLUMNS])
    )


def _describe(
    archive: Archive, ledger: sqlite3.Connection, name: str, commit: int, files: Mapping[str, str]
) -> Release:
    at = ledger.execute("select at from commits where n = ?", (commit,)).fetchone()["at"]
    ids = hashlib.sha256()
    with _duck() as duck:
        path = str(folder_of(archive, name) / "records.parquet")
        rows = duck.execute("select id, kind from read_parquet(?) order by id", [path]).fetchall()
        counts = Counter(kind for _, kind in rows)
        for id, _ in rows:
            ids.update(id.encode() + b"\n")
        sizes = {
            family: duck.execute(
                "select count(*) from read_parquet(?)", [str(folder_of(archive, name) / f"{family}.parquet")]
            ).fetchall()[0][0]
            for family in FILES
        }
    coders = [
        json.loads(row["body"]) | {"records": row["n"]}
        for row in ledger.execute(
            "select c.body, count(*) as n from records r join coders c on c.n = r.coder group by c.n"
        )
    ]
    return Release(
        name=name, at=at, commit=commit, counts={**sizes, **dict(sorted(counts.items()))}, coders=coders,
        ids=ids.hexdigest(), knowledge=archive.knowledge.digest or None, files=dict(files),
        reviews="use" if archive.uses_reviews else "ignore",
    )  # fmt: skip


def _to_json(release: Release) -> dict[str, Any]:
    return {name: getattr(release, name) for name in Release.__slots__}


def _duck() -> duckdb.DuckDBPyConnection:
    import duckdb

    return duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})


# ── what differs


def compare(archive: Archive, ledger: sqlite3.Connection, old: str, new: str = NOW) -> list[Difference]:
    """Return what came, went and changed from one release to another, or to now, and why.

    Reports first, then records, then acts. The cause of each is a new report, a review, new rules, or (for an
    act) that it was told again.
    """
    with _duck() as duck:
        for side, name in (("old", old), ("new", new)):
            for family in FILES:
                duck.register(f"{side}_{family}", _table_of(archive, ledger, name, family))
        compared = _Comparison(duck)
        return [d for family in ("reports", "records", "acts") for d in compared.family(family)]


def _table_of(archive: Archive, ledger: sqlite3.Connection, name: str, family: str) -> pa.Table:
    import pyarrow.parquet as parquet

    if name == NOW:
        return _reviews_table(archive) if family == "reviews" else archive.sql(f"select * from {family}")
    release = release_of(ledger, name)
    path = folder_of(archive, name) / f"{family}.parquet"
    if not path.is_file() or hash_file(path) != release.files[path.name]:
        raise ArchiveError(
            f"{path} is missing or not as it was released: put it back from a bundle of «{name}», or a copy."
        )
    return parquet.read_table(path)


class _Comparison:
    """Two sets of tables in DuckDB, compared family by family; what is known of causes is read once."""

    def __init__(self, duck: duckdb.DuckDBPyConnection) -> None:
        self.duck = duck
        reviews = self._rows(
            "select * from new_reviews where review not in (select review from old_reviews) "
            "and verdict in ('reject', 'correct', 'undo') order by new_reviews.at"
        )
        self.reviews: dict[str, dict[str, Any]] = {}
        for review in reviews:
            for key in (review["target"], review["record"]):
                self.reviews[key] = review
        self.new_reports = {r["report"] for r in self._rows(
            "select report from new_reports where report not in (select report from old_reports)"
        )}  # fmt: skip
        self.acts_of: dict[str, set[str]] = {}
        self.mates = self._find_mates()

    def _find_mates(self) -> dict[str, set[str]]:
        """Return, for each act of either side, the records in it on either side."""
        mates: dict[str, set[str]] = {}
        for side in ("old", "new"):
            for row in self._rows(f"select id, act from {side}_records where act is not null"):
                mates.setdefault(row["act"], set()).add(row["id"])
                self.acts_of.setdefault(row["id"], set()).add(row["act"])
        return mates

    def _review_of(self, act: str) -> dict[str, Any] | None:
        """Return the later review of an act, or of a record that was or is in one with its tellings."""
        if act in self.reviews:
            return self.reviews[act]
        records = self.mates.get(act, set())
        acts = set().union(*(self.acts_of[r] for r in records)) | {act}
        near = sorted(acts) + sorted(set().union(*(self.mates.get(a, set()) for a in acts)))
        return next((self.reviews[id] for id in near if id in self.reviews), None)

    def family(self, family: str) -> Iterator[Difference]:
        key, noun = _KEYS[family], family[:-1]
        for change, here, there in (("went", "old", "new"), ("came", "new", "old")):
            query = f"select * from {here}_{family} anti join {there}_{family} using ({key}) order by {key}"
            for row in self._rows(query):
                cause, why = self._cause(family, row, change)
                yield Difference(noun, row[key], change, cause, why, words=_words(family, row))  # type: ignore[arg-type]
        for row, old in self._changed(family, key):
            fields = {name: (old[name], row[name]) for name in row if row[name] != old[name]}
            cause, why = self._cause(family, row, "changed", fields)
            yield Difference(noun, row[key], "changed", cause, why, fields, _words(family, row))  # type: ignore[arg-type]

    def _changed(self, family: str, key: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        names = [n for n in schema_of(family).names if n not in _SILENT and n != key]
        differs = " or ".join(f'a."{n}" is distinct from b."{n}"' for n in names)
        columns = ", ".join(f'"{n}"' for n in [key, *names])
        where = f"from new_{family} a join old_{family} b using ({key}) where {differs}"
        ids = f"(select {key} {where})"
        new = self._rows(f"select {columns} from new_{family} where {key} in {ids} order by {key}")
        old = self._rows(f"select {columns} from old_{family} where {key} in {ids} order by {key}")
        yield from zip(new, old, strict=True)

    def _cause(
        self, family: str, row: Mapping[str, Any], change: str, fields: Mapping[str, Any] | None = None
    ) -> tuple[Cause, str]:
        if family == "reports":
            return ("new report", "added") if change == "came" else ("new rules", "taken out")
        if family == "records" and change == "came" and row["report"] in self.new_reports:
            return "new report", f"report {row['report']}"
        regrouped = family == "acts" or (fields is not None and set(fields) == {"act"})
        if regrouped:
            return self._cause_of_act(row["act"], change)
        of_act = self.reviews.get(row["act"] or "")
        review = self.reviews.get(row["id"]) or (of_act if of_act and of_act["family"] == "act" else None)
        if review and (change != "went" or review["verdict"] == "reject"):
            return _by_review(review)
        return "new rules", "coded otherwise by the rules of the later one"

    def _cause_of_act(self, act: str, change: str) -> tuple[Cause, str]:
        """Say why an act came, went or changed: reviewed, told by new reports, its records recoded."""
        rows = self._rows("select distinct report from new_records where act = ?", [act])
        new = sorted(r["report"] for r in rows if r["report"] in self.new_reports)
        is_all_new = bool(new) and len(new) == len(rows)
        review = None if is_all_new and change == "came" else self._review_of(act)
        if review:
            return _by_review(review)
        if new:
            cause: Cause = "new report" if change == "came" else "told again"
            return cause, "told by " + ", ".join(new[:3]) + (" …" if len(new) > 3 else "")
        heirs = self._rows(
            "select distinct act from new_records where id in (select id from old_records where act = ?)",
            [act],
        )
        if change == "went" and heirs:
            return "told again", f"its tellings are now in {', '.join(str(h['act']) for h in heirs[:3])}"
        return "new rules", "its records were coded otherwise"

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[dict[str, Any]]:
        relation = self.duck.sql(query, params=list(values)) if values else self.duck.sql(query)
        rows: list[dict[str, Any]] = relation.to_arrow_table().to_pylist()
        return [{k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()} for row in rows]


def _by_review(review: Mapping[str, Any]) -> tuple[Cause, str]:
    return "review", f"{review['verdict']} by {review['by']}: {review['reason']}"


def _words(family: str, row: Mapping[str, Any]) -> str:
    if family == "reports":
        return " · ".join(str(row[k]) for k in ("title", "outlet", "published") if row.get(k))
    what = "/".join(str(row[k]) for k in ("type", "mode") if row.get(k)) or str(row.get("kind") or "")
    parties = "+".join(map(str, row["sources"])) + (
        " → " + "+".join(map(str, row["recipients"])) if row["recipients"] else ""
    )
    if family == "acts":
        return f"{parties} {what} {row['day'] or 'no day'}"
    return f"{parties} {what} «{row['quote']}»"


__all__ = ["Difference", "Release", "compare", "find_releases", "folder_of", "make_release", "release_of"]
