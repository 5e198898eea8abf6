"""A record or an act in, its history out: coded, reviewed, joined, split, taken back; in order of time.

What reviewers say of a record is one kind of row (reviews.py), what they say of two records being one act is
another (linking.py); whoever asks what became of a record wants both, each with who, when and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

from detente.archive.linking import Decision
from detente.archive.reviews import Review

if TYPE_CHECKING:
    from detente.archive.folder import Archive

Row = Mapping[str, Any]
Kind = Literal["coded", "reviewed", "joined", "split", "relinked"]

KINDS: dict[str, Kind] = {"join": "joined", "split": "split", "undo": "relinked"}


@dataclass(frozen=True, slots=True)
class Linked:
    """One word on acts: the records of `one` and those of `other` tell one act (joined) or two (split).

    «relinked» takes back what was said of them before; the rules decide again.
    """

    kind: Kind
    one: tuple[str, ...]
    other: tuple[str, ...]
    by: str
    reason: str
    at: str
    commit: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the history of a record or an act: `at` in UTC; coded by the machine, the rest signed.

    `record` is set where the step is the coding, `review` where it is a review, `linked` where acts were
    joined, split or left to the rules again.
    """

    at: str
    kind: Kind
    record: Row | None = None
    review: Review | None = None
    linked: Linked | None = None
    order: int = field(default=0, compare=False)


def find_history(archive: Archive, id: str) -> tuple[Step, ...]:
    """Return all steps of a record and of the act it tells, or of an act and its tellings, first to last.

    `id` is that of a record or an act, or the start of one; raises NotInArchive where it is neither.
    """
    act = archive.find_act(id)
    reviews = archive.reviews()
    rows: tuple[Row, ...] = (
        tuple(archive.records("event", act=act["act"])) if act else (archive.record(id)[0],)
    )
    if act and any(r.verdict == "reject" for r in reviews):
        rows = _with_rejected(archive, rows)
    targets = {row["id"] for row in rows} | {row["act"] for row in rows if row["act"]}
    steps = [Step(row["learnt"], "coded", record=row) for row in rows]
    steps += [_reviewed(r) for r in reviews if targets & {r.target, r.record}]
    steps += [
        Step(word.at, word.kind, linked=word, order=word.commit)
        for word in gather_words(archive.decisions())
        if targets & {*word.one, *word.other}
    ]
    return tuple(sorted(steps, key=lambda step: (step.at, step.order)))


def gather_words(decisions: Iterable[Decision]) -> Iterator[Linked]:
    """Yield one word for what was said at once: two records joined with three are one word, not six."""
    for (commit, kind), rows in groupby(decisions, key=lambda d: (d.commit, d.kind)):
        said = list(rows)
        one, other = _sides([d.records for d in said])
        yield Linked(KINDS[kind], one, other, said[0].by, said[0].reason, said[0].learnt, commit)


def _with_rejected(archive: Archive, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return an act's tellings and those that reviewers have taken out of it."""
    known = {row["id"] for row in rows}
    coded = (archive.find_unreviewed(id) for id in known)
    acts = {row["act"] for row in coded if row}
    rejected = {r.record for r in archive.reviews() if r.verdict == "reject"} - known
    found = (archive.find_unreviewed(id) for id in sorted(rejected))
    return (*rows, *(row for row in found if row and row["act"] in acts and "quote" in row))


def _reviewed(review: Review) -> Step:
    return Step(review.at, "reviewed", review=review, order=review.commit)


def _sides(pairs: Sequence[tuple[str, str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the records of each side: those the first record was named with, and the rest."""
    every = dict.fromkeys(id for pair in pairs for id in pair)
    first = next(iter(every))
    across = {id for pair in pairs if first in pair for id in pair} - {first}
    return tuple(id for id in every if id not in across), tuple(id for id in every if id in across)


__all__ = ["Linked", "Step", "find_history", "gather_words"]
