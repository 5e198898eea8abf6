"""What a reviewer typed in, a review fit to be kept out: the record or act found, the values checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from detente.archive.corrections import read_changes, values_of
from detente.archive.reviews import VERDICTS, Review, Verdict, choose_undone
from detente.errors import NotInArchive, ReviewError

if TYPE_CHECKING:
    from detente.archive.folder import Archive


def draft_review(
    archive: Archive, id: str, verdict: Verdict, changes: Sequence[str], *, by: str, reason: str
) -> Review:
    """Return the review that these words mean, not yet written.

    An id is that of a record, of an act, or the unique start of one; for `undo` also that of a review.
    """
    if verdict not in VERDICTS:
        raise ReviewError(f"«{verdict}» is no verdict; choose one of {', '.join(VERDICTS)}.")
    if changes and verdict != "correct":
        raise ReviewError(f"Only «correct» takes FIELD=VALUE, and «{verdict}» came with {changes[0]!r}.")
    if verdict == "undo":
        undone = choose_undone(archive.reviews(), id)
        return Review("", undone.target, undone.family, undone.record, "undo", by, reason, undoes=undone.id)
    row = _find(archive, id)
    family, target = ("act", row["act"]) if "n_records" in row else ("record", row["id"])
    record = row["record"] if family == "act" else row["id"]
    new = read_changes(changes, row) if verdict == "correct" else {}
    before = values_of(row, tuple(new))
    if verdict == "correct" and new == before:
        raise ReviewError(f"{target} says that already, so there is nothing to correct: accept it instead.")
    return Review("", target, family, record, verdict, by, reason, new, before)  # type: ignore[arg-type]


def _find(archive: Archive, id: str) -> dict[str, Any]:
    """Return the record with this id, or the act: its own id means the act, not its best telling."""
    act = archive.find_act(id)
    if act is not None:
        return act
    try:
        return archive.record(id)[0]
    except NotInArchive:
        hidden = archive.find_unreviewed(id)
        if hidden is None:
            raise
        return hidden
