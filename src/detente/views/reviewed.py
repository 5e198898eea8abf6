"""Reviews on the terminal and as data: the history, and what was reviewed as gold, negatives and examples."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from detente.archive.corrections import say_change
from detente.archive.reviews import Review, stand
from detente.errors import NotInArchive
from detente.views.answering import print_flat
from detente.views.blocks import ID_DIGITS, set_facts, set_flush, set_quote
from detente.views.terminal import say, stdout_console, write
from detente.views.wording import say_count, say_date

if TYPE_CHECKING:
    from rich.text import Text

    from detente.archive import Archive

COLUMNS = (
    "review",
    "at",
    "by",
    "family",
    "target",
    "verdict",
    "changes",
    "before",
    "reason",
    "undoes",
    "undone_by",
)
STYLES = {"accept": "green", "reject": "red", "correct": "yellow", "comment": "", "undo": "dim"}
DONE = {"accept": "accepted", "reject": "rejected", "correct": "corrected", "comment": "commented on",
        "undo": "undone"}  # fmt: skip


def tell_review(review: Review) -> None:
    """Say what was kept, on stderr, and print the review's id."""
    changes = "; ".join(say_changes(review))
    what = f"review {review.undoes}" if review.undoes else f"{review.family} {review.target}"
    say(f"{DONE[review.verdict].capitalize()} {what}{': ' + changes if changes else ''} (review below).")
    write(review.id)


def say_changes(review: Review) -> list[str]:
    """Return «status: happened → planned» for each field of a correction."""
    return [say_change(field, review.before.get(field), new) for field, new in review.changes.items()]


def set_review(review: Review) -> Text:
    """Return one line: day, verdict, what changed, who, why, and whether it was undone since."""
    from rich.text import Text

    text = Text.assemble(
        (f"{say_date(review.at[:10])} ", "dim"),
        (DONE[review.verdict], STYLES[review.verdict]),
        f" by {review.by}",
    )
    if review.changes:
        text.append(": " + "; ".join(say_changes(review)))
    if review.undoes:
        text.append(f" review {review.undoes[:ID_DIGITS]}")
    text.append(f" — {review.reason}")
    gone = f" · undone by {review.undone_by[:ID_DIGITS]}" if review.undone_by else ""
    text.append(f" · {review.id[:ID_DIGITS]}{gone}", "dim")
    return text


def print_reviews(archive: Archive, id: str | None, shape: str) -> None:
    """Print the history of one record or act, or of the archive, target by target."""
    found = archive.reviews()
    if id is not None:
        found = tuple(
            r for r in found if r.target.startswith(id) or r.record.startswith(id) or r.id.startswith(id)
        )
    if shape != "table":
        print_flat(map(flatten, found), COLUMNS, shape)
        return
    console = stdout_console()
    for n, target in enumerate(dict.fromkeys(r.target for r in found)):
        if n:
            console.print()
        mine = [r for r in found if r.target == target]
        console.print(set_flush(*_head(archive, mine[0]), *(set_review(r) for r in mine)))
    undone = sum(r.undone_by is not None for r in found)
    say(f"{say_count(len(found), 'review')}, {undone} undone." if found else "Nothing was reviewed.")


def print_history(archive: Archive, id: str) -> None:
    """Print what reviewers said of a record and of the act it tells; nothing where nobody did."""
    from rich.text import Text

    row, _ = archive.record(id)
    found = [r for r in archive.reviews() if row["id"] in (r.target, r.record) or r.target == row["act"]]
    if not found:
        return
    console = stdout_console()
    console.print()
    console.print(Text("Reviewed:", style="bold"))
    for review in found:
        console.print(set_flush(set_review(review)))


def _head(archive: Archive, review: Review) -> Iterator[Text]:
    """Yield the record or act in a line, and its quote, as the machine coded it."""
    from rich.text import Text

    row = archive.find_unreviewed(review.target) or archive.find_unreviewed(review.record)
    if row is None:
        yield Text(f"{review.family} {review.target}, no longer coded", style="dim")
        return
    record = row if "quote" in row else archive.find_unreviewed(row["record"])
    facts = set_facts(record if record else row)
    facts.append(f" · {review.family} {review.target[:ID_DIGITS]}", "dim")
    yield facts
    if record:
        yield set_quote(record["quote"], record.get("why") or ())


def flatten(review: Review) -> Mapping[str, Any]:
    """Return a review as flat columns."""
    return {
        "review": review.id, "at": review.at, "by": review.by, "family": review.family,
        "target": review.target, "verdict": review.verdict,
        "changes": json.dumps(dict(review.changes), ensure_ascii=False),
        "before": json.dumps(dict(review.before), ensure_ascii=False), "reason": review.reason,
        "undoes": review.undoes, "undone_by": review.undone_by,
    }  # fmt: skip


def print_examples(archive: Archive, shape: str) -> None:
    """Print what was reviewed as JSON lines: gold, negatives, or both sides of each review."""
    rows = list(_EXAMPLES[shape](archive))
    for row in rows:
        write(json.dumps(row, ensure_ascii=False))
    say(f"{say_count(len(rows), 'row')} of {shape}.")


def _standings(archive: Archive) -> Iterator[tuple[Any, Mapping[str, Any], Mapping[str, Any] | None]]:
    """Yield each reviewed record's standing, its row as coded and as reviewed, None where rejected."""
    for standing in stand(archive.reviews()):
        before = archive.find_unreviewed(standing.record)
        if before is None or "quote" not in before:
            continue
        try:
            after: Mapping[str, Any] | None = archive.record(before["id"])[0]
        except NotInArchive:
            after = None
        yield standing, before, after


def _gold(archive: Archive) -> Iterator[Mapping[str, Any]]:
    for standing, _, after in _standings(archive):
        if after is not None and standing.verdict in ("accept", "correct"):
            yield {k: v for k, v in after.items() if k not in ("learnt", "review")}


def _negatives(archive: Archive) -> Iterator[Mapping[str, Any]]:
    """Yield passages of rejected events in which no event is left: nothing may be coded there."""
    for standing, before, _ in _standings(archive):
        if standing.is_rejected and before["record"] == "event" and not _still_coded(archive, before):
            names = ("report", "field", "start", "end", "quote")
            yield {"id": before["id"]} | {k: before[k] for k in names} | {"must_not": standing.reason}


def _still_coded(archive: Archive, row: Mapping[str, Any]) -> bool:
    return any(
        r["report"] == row["report"] and r["field"] == row["field"]
        and r["start"] < row["end"] and row["start"] < r["end"]
        for r in archive.records("event", codes=_codes(row))
    )  # fmt: skip


def _codes(row: Mapping[str, Any]) -> Sequence[str]:
    return [a["code"] for a in row["sources"] if a["code"]][:1]


def _training(archive: Archive) -> Iterator[Mapping[str, Any]]:
    for standing, before, after in _standings(archive):
        yield {
            "id": before["id"], "quote": before["quote"], "verdict": standing.verdict,
            "by": list(standing.by), "reason": standing.reason, "coded": dict(before),
            "reviewed": dict(after) if after else None,
        }  # fmt: skip


_EXAMPLES = {"gold": _gold, "negatives": _negatives, "training": _training}
