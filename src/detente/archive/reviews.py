"""A reviewer's word in, one more dated and signed row out; evidence and earlier rows never change.

A review accepts, rejects, corrects or comments on a record, or on an act as a whole, and is taken back by
one more row. What is in force follows from all rows in their order: the last verdict stands, corrections
add up field by field, and what was undone counts for nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from detente.archive.rows import to_text
from detente.errors import NotInArchive, ReviewError
from detente.records import hash_words

Verdict = Literal["accept", "reject", "correct", "comment", "undo"]
VERDICTS: tuple[Verdict, ...] = ("accept", "reject", "correct", "comment", "undo")


@dataclass(frozen=True, slots=True)
class Review:
    """One row: who said what of which record or act, when, why.

    `record` is the record itself, or the telling an act was known by, so that the act is found again when its
    id changes. `before` holds the values a correction replaced. `undone_by` is the id of the review that took
    this one back; `commit` is the number of the transaction, which orders what has one time.
    """

    id: str
    target: str
    family: Literal["record", "act"]
    record: str
    verdict: Verdict
    by: str
    reason: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)
    undoes: str | None = None
    at: str = ""
    undone_by: str | None = None
    commit: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What reviews say of one target, all taken together: its last verdict and every correction in force."""

    target: str
    family: Literal["record", "act"]
    record: str
    verdict: Verdict | None
    changes: Mapping[str, Any]
    by: tuple[str, ...]
    at: str
    reason: str

    @property
    def is_rejected(self) -> bool:
        return self.verdict == "reject"


def write_review(ledger: sqlite3.Connection, review: Review, commit: int) -> Review:
    """Write one row in the transaction of `commit` and return it with its id and date."""
    if not review.by.strip():
        raise ReviewError("A review is signed: give the reviewer's name with --by NAME.")
    if not review.reason.strip():
        raise ReviewError("A review gives its reason: say it with --reason WORDS.")
    at = ledger.execute("select at from commits where n = ?", (commit,)).fetchone()["at"]
    id = hash_words("review", review.target, review.verdict, to_text(dict(review.changes)), review.by, at,
                    str(commit))  # fmt: skip
    ledger.execute(
        """insert into reviews (id, target, family, record, verdict, changes, before, reviewer, reason,
           undoes, learnt) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (id, review.target, review.family, review.record, review.verdict, to_text(dict(review.changes)),
         to_text(dict(review.before)), review.by.strip(), review.reason.strip(), review.undoes, commit),
    )  # fmt: skip
    return replace(review, id=id, at=at, by=review.by.strip(), reason=review.reason.strip(), commit=commit)


def find_reviews(ledger: sqlite3.Connection, target: str | None = None) -> tuple[Review, ...]:
    """Return all reviews, or those of one record or act, in the order they were made, undone ones marked."""
    rows = ledger.execute(
        "select v.*, k.at from reviews v join commits k on k.n = v.learnt order by v.n"
    ).fetchall()
    reviews = mark_undone(map(_review, rows))
    return tuple(r for r in reviews if target is None or target in (r.target, r.record))


def find_review(ledger: sqlite3.Connection, id: str) -> Review | None:
    """Return the review whose id this is or starts so, None where there is none or more than one."""
    found = [r for r in find_reviews(ledger) if id and r.id.startswith(id)]
    return found[0] if len(found) == 1 else None


def mark_undone(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """Return the reviews with `undone_by` set; an undo that is itself undone takes nothing back."""
    rows = list(reviews)
    undone: dict[str, str] = {}
    for review in reversed(rows):
        if review.undoes and review.id not in undone:
            undone.setdefault(review.undoes, review.id)
    return tuple(replace(r, undone_by=undone.get(r.id)) for r in rows)


def stand(reviews: Iterable[Review]) -> Iterator[Standing]:
    """Yield what stands for each target: «rejected», or corrections of three fields by two reviewers."""
    by_target: dict[str, list[Review]] = {}
    for review in reviews:
        if review.undone_by is None and review.verdict in ("accept", "reject", "correct"):
            by_target.setdefault(review.target, []).append(review)
    for target, rows in by_target.items():
        last = rows[-1]
        changes: dict[str, Any] = {}
        for review in rows:
            changes |= review.changes
        yield Standing(
            target, last.family, last.record, last.verdict, changes, tuple(dict.fromkeys(r.by for r in rows)),
            last.at, last.reason,
        )  # fmt: skip


def choose_undone(reviews: Iterable[Review], named: str) -> Review:
    """Return the review that «undo» means: the one with this id, else the latest of this target in force."""
    rows = tuple(reviews)
    exact = [r for r in rows if named and r.id.startswith(named)]
    if len(exact) == 1 and exact[0].undone_by is None:
        return exact[0]
    if exact:
        raise ReviewError(f"Review «{named}» is undone already, or names more than one: see detente reviews.")
    of_target = [
        r
        for r in rows
        if named and (r.target.startswith(named) or r.record.startswith(named))
        and r.undone_by is None and r.verdict != "undo"
    ]  # fmt: skip
    if len({r.target for r in of_target}) > 1:
        raise ReviewError(f"«{named}» stands for more than one reviewed record or act: give more of the id.")
    if not of_target:
        raise NotInArchive(
            f"There is no review «{named}» to undo, and none in force of such a record: see detente reviews."
        )
    return of_target[-1]


def _review(row: sqlite3.Row) -> Review:
    return Review(
        id=row["id"], target=row["target"], family=row["family"], record=row["record"],
        verdict=row["verdict"], by=row["reviewer"], reason=row["reason"], changes=json.loads(row["changes"]),
        before=json.loads(row["before"]), undoes=row["undoes"], at=row["at"], commit=row["learnt"],
    )  # fmt: skip


__all__ = ["Review", "Standing", "choose_undone", "find_review", "find_reviews", "stand", "write_review"]
