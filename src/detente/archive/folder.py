"""A folder on disk in, an open archive out: reports and their records, kept, found again and counted.

    with Archive("crisis", create=True) as archive:
        archive.add(coded)          # durable when it returns
        archive.record("3f9a")      # a record by its id or the start of it
    Archive("crisis", as_of=date(2021, 6, 1), reviews="ignore")  # as it was known then, before any review

The folder holds `ledger.sqlite`, which is the truth, and `columns/`, rebuilt from it whenever wished.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from detente.archive.acts import find_acts, read_acts
from detente.archive.checking import Fault, check
from detente.archive.columns import Columns
from detente.archive.conflicts import Conflict, find_conflicts
from detente.archive.finding import find_one, find_records, read_report, records_of, reports_of
from detente.archive.histories import Step, find_history
from detente.archive.keeping import Added, keep_as_copy, keep_report
from detente.archive.ledger import explained, last_commit, open_ledger, open_to_read, reading, writing
from detente.archive.lens import Lens, is_plain, last_commit_of, look
from detente.archive.linking import Decision, find_decisions, join_acts, split_act, undo_decisions
from detente.archive.recoding import Recoded, recode_report
from detente.archive.releases import (
    NOW,
    Difference,
    Release,
    compare,
    find_releases,
    make_release,
    release_of,
)
from detente.archive.reviewing import draft_review
from detente.archive.reviews import Review, Verdict, find_reviews, write_review
from detente.archive.rows import readable, to_day
from detente.archive.search import Hit, search
from detente.errors import ArchiveError, NotInArchive
from detente.knowledge.layers import FOLDER, OURS, Knowledge
from detente.records import Coded, Rejected, Report

if TYPE_CHECKING:
    import pyarrow as pa

Kind = Literal["event", "position", "figure", "statement", "report", "act"]
CATCH_UP_EVERY = 5_000  # reports added before the columns are brought up to date without being asked


@dataclass(frozen=True, slots=True)
class Copy:
    """A report that says what `report` said first: the very same words or, with a `why`, nearly so."""

    report: str
    given_id: str | None
    url: str | None
    outlet: str | None
    published: date | None
    title: str | None = None
    why: str | None = None


class Archive:
    """An archive folder held open; use it in a `with` block.

    `create` makes a new or empty folder an archive. `as_of` (a day, UTC) answers as the archive knew it at
    the end of that day: what came later is not there, and nothing can be added.
    `reviews="ignore"` answers as if nobody had reviewed anything; otherwise rejected records and acts are
    left out and corrected ones bear their corrections. Raises ArchiveError where the folder is missing,
    foreign, damaged or written by a newer version. Many processes may read while one writes; a
    second writer waits its turn.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        create: bool = False,
        as_of: date | None = None,
        reviews: Literal["use", "ignore"] = "use",
    ) -> None:
        self.path = Path(path)
        self.as_of = as_of
        self._uses_reviews = reviews == "use"
        self._ledger = open_ledger(self.path, create=create)
        self._columns = Columns(self.path, self._ledger, self._changed_rows, self._overlay)
        self._lens: Lens | None = None
        self._seen_at = -1  # the commit at which `_seen` was last found true
        self._span: tuple[date | None, date | None] = (None, None)  # first and last day of the reports
        self._span_at: object = None  # and what it was looked for in
        self._added = 0

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Archive({str(self.path)!r})"

    def close(self) -> None:
        """Bring the columns up to date if reports were added, and let the folder go."""
        try:
            if self._added:
                self.refresh()
        finally:
            self._columns.close()
            if self._lens:
                self._lens.ledger.close()
            self._ledger.close()

    @property
    def knowledge(self) -> Knowledge:
        """What the archive's own folder `knowledge/` adds to our tables, as it stands now.

        Code for it with `read(text, knowledge=archive.knowledge)`; `detente add` does.
        """
        from detente.knowledge.extending import load_knowledge

        return load_knowledge(self.path / FOLDER) if (self.path / FOLDER).is_dir() else OURS

    def add(self, coded: Coded) -> Added:
        """Keep a report and its records in one transaction, durable when this returns.

        The same words again change nothing («known»); the same id with other words is an ArchiveError.
        Acts that the report tells, too, are merged anew in the same transaction.
        """
        self._refuse_past()
        with explained(self.path):
            added = keep_report(self._ledger, coded)
        self._added += added.outcome == "new"
        if self._added >= CATCH_UP_EVERY:
            self.refresh()
        return added

    def keep_if_copy(self, report: Report) -> Added | None:
        """Link a report to its first telling before it is coded; None where it says anything of its own."""
        self._refuse_past()
        with explained(self.path):
            return keep_as_copy(self._ledger, report)

    def reject(self, rejected: Rejected) -> None:
        """Keep the note of a report that could not be read, once."""
        self._refuse_past()
        now = datetime.now(UTC).isoformat(timespec="seconds")
        row = (rejected.origin, rejected.stage, rejected.reason, now)
        with explained(self.path), writing(self._ledger):
            self._ledger.execute(
                "insert or ignore into rejects (origin, stage, reason, at) values (?, ?, ?, ?)", row
            )

    def recode(self, coded: Coded) -> Recoded:
        """Put a known report's records as today's rules code them in the place of those it has.

        What is coded alike stays as it is, reviews included. What is not stays in the ledger as it was: a
        release and `as_of` an earlier day still show it. Raises NotInArchive for a report that is not here.
        """
        self._refuse_past()
        with explained(self.path):
            recoded = recode_report(self._ledger, coded)
        self._added += bool(recoded.came or recoded.went)
        return recoded

    def review(
        self, id: str, verdict: Verdict, changes: Sequence[str] = (), *, by: str, reason: str
    ) -> Review:
        """Sign a review of a record or an act (by id or a unique start of it) and return it with its id.

        `changes` are «field=value», for the verdict correct alone. `undo` takes back the review with this id,
        or the latest in force of this record. One durable row; nothing that was is changed. Raises
        ReviewError for a field, a value or a signature that is none, NotInArchive for an id that is none.
        """
        self._refuse_past()
        with explained(self.path):
            review = draft_review(self, id, verdict, changes, by=by, reason=reason)
            with writing(self._ledger) as commit:
                return write_review(self._ledger, review, commit)

    def reviews(self, id: str | None = None) -> tuple[Review, ...]:
        """Return all reviews, or those of one record or act, in the order they were made."""
        with explained(self.path):
            return find_reviews(self._seen, id)

    def search(
        self,
        words: str,
        *,
        actors: Sequence[str] = (),
        type: str | None = None,
        status: str | None = None,
        issue: str | None = None,
        since: date | None = None,
        until: date | None = None,
        limit: int = 20,
    ) -> list[Hit]:
        """Return up to `limit` passages that hold all the words: quotes of records, then whole reports.

        «"joint statement" fish* -trade» asks for a phrase, the start of a word, and the absence of one. With
        actors (codes), type, status or issue only records are found.
        """
        with explained(self.path):
            return search(
                self._seen, words, actors=actors, type=type, status=status, issue=issue, since=since,
                until=until, limit=limit,
            )  # fmt: skip

    def release(self, name: str) -> Release:
        """Freeze what the archive holds under a name; nothing changes a release any more.

        Raises ArchiveError for a name that is taken or cannot be one, and where the disk is full.
        """
        self._refuse_past()
        self.refresh()
        with explained(self.path):
            return make_release(self, self._ledger, name)

    def release_named(self, name: str) -> Release:
        """Return the release of this name, else NotInArchive."""
        with explained(self.path):
            return release_of(self._seen, name)

    def releases(self) -> tuple[Release, ...]:
        """Return all releases, the oldest first."""
        with explained(self.path):
            return find_releases(self._seen)

    def differences(self, old: str, new: str = NOW) -> list[Difference]:
        """Return what came, went and changed from one release to another (or to now), each with its cause."""
        with explained(self.path):
            return compare(self, self._ledger, old, new)

    def check(self, *, repair: bool = False, quick: bool = False) -> list[Fault]:
        """Return what is wrong with the archive; `repair` makes anew what is derived, and nothing else."""
        with explained(self.path):
            return check(self, self._ledger, self._columns, repair=repair, quick=quick)

    @property
    def uses_reviews(self) -> bool:
        """True where rejected records are left out and corrections used."""
        return self._uses_reviews

    def refresh(self) -> None:
        """Bring the column files up to date with the ledger."""
        with explained(self.path):
            self._columns.catch_up()
        self._added = 0

    def rebuild_columns(self) -> None:
        """Write all column files anew from the ledger."""
        self._columns.rebuild()

    def knows(self, report: Report) -> bool:
        """Return True where these very words are in the archive already."""
        return bool(self._all("select 1 from reports where digest = ?", report.digest))

    def report(self, id: str) -> Report:
        """Return a report by its id or digest, or by a unique start of one; else NotInArchive."""
        with explained(self.path):
            return read_report(find_one(self._seen, "reports", id))

    def reports(self) -> Iterator[Report]:
        """Yield all reports in the order they were added."""
        with explained(self.path):
            yield from (read_report(row) for row in self._seen.execute("select * from reports order by n"))

    def copies(self) -> Iterator[Copy]:
        """Yield the reports that came with words the archive knew already, by their first telling."""
        query = """
            select r.n, r.id, c.given_id, c.url, c.outlet, c.published, r.title, null as why, c.learnt
            from copies c join reports r using (digest)
            union all
            select r.n, r.id, c.given_id, c.url, c.outlet, c.published, c.title, c.why, c.learnt
            from near_copies c join reports r on r.n = c.first order by 1, 9"""
        for row in self._all(query):
            given_id, url, outlet = (row[k] or None for k in ("given_id", "url", "outlet"))
            title = readable(row["title"])
            yield Copy(row["id"], given_id, url, outlet, to_day(row["published"]), title, row["why"])

    def rejects(self) -> Iterator[Rejected]:
        """Yield the reports that could not be read, in the order they were met."""
        for row in self._all("select origin, stage, reason from rejects order by n"):
            yield Rejected(row["origin"], row["stage"], row["reason"])

    def record(self, id: str) -> tuple[dict[str, Any], Report]:
        """Return one record (contract JSON and report meta) with its report, by id or a unique start of it.

        An act's id stands for the record that tells it best. Raises NotInArchive.
        """
        with explained(self.path):
            seen = self._seen
            try:
                found = find_one(seen, "records", id)
            except NotInArchive as error:
                raise self._if_rejected(id, error) from None
            row = next(find_records(seen, id=found["id"]))
            return self._with_review(row), self.report(row["report"])

    def records(
        self,
        kind: str | None = None,
        codes: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
        status: str | Sequence[str] | None = None,
        act: str | Sequence[str] | None = None,
        ids: Sequence[str] | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Yield records as docs/records.md prints them, with `published`, `outlet`, `title` and `learnt`.

        `codes` must all be named by the record, on any side. A record lies in `since`..`until` where its
        own days do, or, if it has none, its report's day. `act` gives the tellings of one act, or of several;
        `ids` the records of these very ids.
        """
        if ids is not None and not ids:
            return
        with explained(self.path):
            rows = find_records(
                self._seen, kind=kind, codes=codes, since=since, until=until,
                statuses=_listed(status), acts=_listed(act), ids=_listed(ids),
            )  # fmt: skip
            yield from map(self._with_review, rows)

    def acts(
        self, pair: tuple[str, str] | None = None, *, ids: Sequence[str] | None = None
    ) -> Iterator[dict[str, Any]]:
        """Yield acts: all, those between a pair of codes, or those named.

        Each has the coding of its best telling, `act`, `record`, `day`, `n_records`, `n_reports`, `reason`.
        """
        with explained(self.path):
            yield from map(self._with_review, find_acts(self._seen, pair=pair, ids=ids))

    def count_acts(self, a: str, b: str) -> int:
        """Return how many acts are between two codes, without reading them."""
        pair = sorted((a, b))
        return int(self._all("select count(*) as n from act_pairs where a = ? and b = ?", *pair)[0]["n"])

    def act(self, id: str) -> dict[str, Any]:
        """Return one act by id; an id that was taken over gives the act that holds it now."""
        row = next(iter(self._all("select now from acts where id = ?", id)), None)
        if row is None:
            raise NotInArchive(
                f"{self.path} holds no act «{id}»: ids stand in `detente dyad` and `detente export`."
            )
        if row["now"]:
            return self.act(row["now"])
        act = next(self.acts(ids=[id]), None)
        if act is None:
            raise NotInArchive(f"No record of {self.path} tells the act «{id}» any more.")
        return act

    def conflicts(self, act: str) -> tuple[Conflict, ...]:
        """Return what the tellings of an act say differently, each value with the records that give it."""
        return find_conflicts(list(self.records("event", act=act)))

    def join(self, act: str, other: str, *, by: str, reason: str) -> str:
        """Make two acts one, signed, and return its id; `undo_linking` takes it back."""
        self._refuse_past()
        ids = [self._act_named(a) for a in (act, other)]
        with explained(self.path):
            return join_acts(self._ledger, *ids, by=by, reason=reason)

    def split(self, act: str, records: Sequence[str], *, by: str, reason: str) -> str:
        """Take records (ids or unique starts) out of an act, signed, and return the id of what stays."""
        self._refuse_past()
        taken = [self.record(id)[0]["id"] for id in records]
        with explained(self.path):
            return split_act(self._ledger, self._act_named(act), taken, by=by, reason=reason)

    def undo_linking(self, act: str, *, by: str, reason: str) -> str:
        """Take back what was joined and split of an act's records; the rules decide again."""
        self._refuse_past()
        with explained(self.path):
            return undo_decisions(self._ledger, self._act_named(act), by=by, reason=reason)

    def decisions(self) -> tuple[Decision, ...]:
        """Return every join, split and undo, in the order they were made."""
        with explained(self.path):
            return find_decisions(self._seen)

    def history(self, id: str) -> tuple[Step, ...]:
        """Return what became of a record or act, first to last: coded, reviewed, joined, split, undone."""
        return find_history(self, id)

    def _act_named(self, id: str) -> str:
        found = self.find_act(id) or self.act(id)
        return str(found["act"])

    def find_act(self, start: str) -> dict[str, Any] | None:
        """Return the living act with this id or whose id alone starts so, None where it is no act's."""
        if not start:
            return None
        after = start[:-1] + chr(min(ord(start[-1]) + 1, 0x10FFFF))
        found = self._all("select id from acts where id >= ? and id < ? limit 2", start, after)
        if len(found) != 1:
            return None
        try:
            return self.act(found[0]["id"])
        except NotInArchive:
            return None

    def find_unreviewed(self, id: str) -> dict[str, Any] | None:
        """Return a record or act that reviews have taken out, as it stands in the ledger; else None."""
        with Archive(self.path, as_of=self.as_of, reviews="ignore") as bare:
            act = bare.find_act(id)
            if act is not None:
                return act
            try:
                return bare.record(id)[0]
            except NotInArchive:
                return None

    def table(self, kind: Kind) -> pa.Table:
        """Return all records of a kind (event, position, figure, statement), reports or acts, by column."""
        if kind in ("report", "act"):
            return self.sql(f"select * from {kind}s")
        return self.sql("select * from records where kind = ?", [kind])

    def sql(self, query: str, values: Sequence[object] = ()) -> pa.Table:
        """Return DuckDB's answer over the tables `reports`, `records` and `acts`; `?` stand for `values`.

        Columns and their meaning: `detente.archive.flat`. Raises ArchiveError with the query.
        """
        return self._columns.ask(query, values)

    def counts(self) -> dict[str, int]:
        """Return how many reports, copies, acts, rejects and records of each kind there are."""
        counts = {
            name: int(self._all(f"select count(*) as n from {source}")[0]["n"])
            for name, source in (
                ("reports", "reports"),
                ("copies", "(select digest from copies union all select digest from near_copies)"),
                ("rejects", "rejects"),
                ("acts", "acts where now is null"), ("records", "records"),
            )
        }  # fmt: skip
        kinds = dict.fromkeys(("event", "position", "figure", "statement"), 0)
        for row in self._all("select kind, count(*) as n from records group by kind"):
            kinds[row["kind"]] = int(row["n"])
        return counts | kinds

    def pairs(self) -> tuple[tuple[str, str, int], ...]:
        """Return the pairs of codes with acts between them and how many, the most first."""
        rows = self._all("select a, b, count(*) as n from act_pairs group by a, b order by n desc, a, b")
        return tuple((row["a"], row["b"], int(row["n"])) for row in rows)

    def first_published(self) -> date | None:
        """Return the earliest day a report appeared, None where no report bears a date."""
        return self._published[0]

    def last_published(self) -> date | None:
        """Return the latest day a report appeared: how far the archive can know."""
        return self._published[1]

    def languages(self, reports: Sequence[str]) -> dict[str, str | None]:
        """Return the language of each of these reports, by id."""
        rows = self._all(
            "select id, language from reports where id in (select value from json_each(?))",
            json.dumps(list(reports)),
        )
        return {row["id"]: row["language"] for row in rows}

    @property
    def _published(self) -> tuple[date | None, date | None]:
        """The first and last day of the reports seen; looked for once until something is added."""
        seen = self._seen
        if self._span_at != (self._seen_at, id(seen)):
            row = seen.execute(
                "select min(published) as first, max(published) as last from reports"
            ).fetchone()
            self._span = (to_day(row["first"]), to_day(row["last"]))
            self._span_at = (self._seen_at, id(seen))
        return self._span

    def _all(self, query: str, *values: object) -> list[sqlite3.Row]:
        with explained(self.path):
            return self._seen.execute(query, values).fetchall()

    @property
    def _seen(self) -> sqlite3.Connection:
        """The ledger as this archive was opened: itself, or through a lens that shows a day or reviews."""
        newest = last_commit(self._ledger)
        if newest != self._seen_at:
            upto = last_commit_of(self._ledger, self.as_of)
            plain = is_plain(self._ledger, upto=upto, use_reviews=self._uses_reviews)
            self._lens = None if plain else self._look(upto)
            self._seen_at = newest
        return self._lens.ledger if self._lens else self._ledger

    def _look(self, upto: int) -> Lens:
        with reading(self._ledger):
            return look(open_to_read(self.path), upto=upto, use_reviews=self._uses_reviews)

    def _overlay(self) -> Lens | None:
        """Return what the columns must show instead of what they hold, None for nothing."""
        return self._lens if self._seen is not self._ledger else None

    def _if_rejected(self, id: str, error: NotInArchive) -> NotInArchive:
        """Return the error, or one that says who rejected what was asked for."""
        if self._lens is None:
            return error
        named = [s for s in self._lens.standings.values() if s.is_rejected and id and s.record.startswith(id)]
        if len(named) != 1:
            return error
        return NotInArchive(
            f"The record {named[0].record} was rejected by {named[0].by[-1]} ({named[0].reason}): "
            "ask with --reviews ignore to see it."
        )

    def _refuse_past(self) -> None:
        if self.as_of is not None:
            raise ArchiveError(
                f"{self.path} is open as of {self.as_of}, and the past can only be read: "
                "open it without a day to add to it."
            )

    def _with_review(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return a record or act with `review`: what was found, by whom, when and why; nothing if nothing."""
        if self._lens is None:
            return row
        standing = self._lens.standings.get(row["id"] if "id" in row else row["act"])
        if standing is None:
            return row
        return row | {
            "review": {
                "verdict": standing.verdict, "by": list(standing.by), "at": standing.at,
                "reason": standing.reason, "changes": dict(standing.changes),
            }
        }  # fmt: skip

    def _changed_rows(self, family: str, first: int, last: int) -> Iterator[dict[str, Any]]:
        """Yield the rows of a family that changed in these commits, for the columns."""
        if family == "records":
            return records_of(self._ledger, first, last)
        if family == "reports":
            return reports_of(self._ledger, first, last)
        return _acts_of(self._ledger, first, last)


def _listed(names: str | Sequence[str] | None) -> list[str]:
    return [names] if isinstance(names, str) else list(names or ())


def _acts_of(ledger: sqlite3.Connection, first: int, last: int) -> Iterator[dict[str, Any]]:
    """Yield acts, now living or not, that changed in these commits, in the order of their days."""
    query = "select * from acts where changed between ? and ? order by day, id"
    return read_acts(ledger, ledger.execute(query, (first, last)))


__all__ = ["Added", "Archive", "Copy", "Difference", "Fault", "Hit", "Recoded", "Release", "Review"]
