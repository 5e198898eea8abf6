"""What reviewers said, on the terminal and as data: histories, and what was reviewed as gold or examples."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from detente.archive.corrections import say_change
from detente.archive.histories import Linked, Step, gather_words
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
LINKED = {"joined": ("joined", "with"), "split": ("split", "from"), "relinked": ("left to the rules", "and")}


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
    """Print what reviewers said of one record or act, or of all: by target, then of acts joined and split."""
    found, words = _said(archive, id)
    if shape != "table":
        rows = [(r.at, r.commit, flatten(r)) for r in found]
        rows += [(w.at, w.commit, flatten_linked(archive, w)) for w in words]
        print_flat((row for _, _, row in sorted(rows, key=lambda r: r[:2])), COLUMNS, shape)
        return
    console = stdout_console()
    for n, target in enumerate(dict.fromkeys(r.target for r in found)):
        if n:
            console.print()
        mine = [r for r in found if r.target == target]
        console.print(set_flush(*_head(archive, mine[0]), *(set_review(r) for r in mine)))
    for n, word in enumerate(words):
        if n or found:
            console.print()
        heads = (line for id in (word.one[0], word.other[0]) for line in _head_of(archive, "record", id, id))
        console.print(set_flush(*heads, set_linked(word)))
    undone = sum(r.undone_by is not None for r in found)
    told = f"{say_count(len(found), 'review')}, {undone} undone" if found else "Nothing was reviewed"
    say(told + (f"; {say_count(len(words), 'word')} on which acts are one." if words else "."))


def _said(archive: Archive, id: str | None) -> tuple[tuple[Review, ...], tuple[Linked, ...]]:
    """Return the reviews and the words on acts that name this record, act or review; all where it is None."""
    found, words = archive.reviews(), tuple(gather_words(archive.decisions()))
    if id is None:
        return found, words
    act = archive.find_act(id)
    told = {row["id"] for row in archive.records("event", act=act["act"])} if act else set()
    return (
        tuple(r for r in found if any(t.startswith(id) for t in (r.target, r.record, r.id))),
        tuple(w for w in words if any(t in told or t.startswith(id) for t in (*w.one, *w.other))),
    )


def print_history(archive: Archive, id: str) -> None:
    """Print the history of a record and its act, or of an act and its tellings, if not merely coded."""
    from rich.text import Text

    steps = archive.history(id)
    if all(step.kind == "coded" for step in steps):
        return
    console = stdout_console()
    console.print()
    console.print(Text("History:", style="bold"))
    for step in steps:
        console.print(set_flush(set_step(step)))


def set_step(step: Step) -> Text:
    """Return one line of a history: the day, what was done, by whom and why."""
    from rich.text import Text

    if step.review:
        return set_review(step.review)
    if step.linked:
        return set_linked(step.linked)
    row = step.record or {}
    coder = row["coder"]
    text = Text.assemble(
        (f"{say_date(step.at[:10])} ", "dim"), f"coded by {coder['name']} {coder['version']}"
    )
    text.append(f" · {row['id'][:ID_DIGITS]}", "dim")
    return text


def set_linked(word: Linked) -> Text:
    """Return one line: day, joined, split or left to the rules, which records with which, who, why."""
    from rich.text import Text

    text = Text.assemble(
        (f"{say_date(word.at[:10])} ", "dim"), (LINKED[word.kind][0], "yellow"), f" by {word.by}: "
    )
    one, other = (", ".join(id[:ID_DIGITS] for id in ids) for ids in (word.one, word.other))
    text.append(f"{one} {LINKED[word.kind][1]} {other} — {word.reason}")
    return text


def _head(archive: Archive, review: Review) -> Iterator[Text]:
    yield from _head_of(archive, review.family, review.target, review.record)


def _head_of(archive: Archive, family: str, target: str, told: str) -> Iterator[Text]:
    """Yield the record or act in a line, and its quote, as the machine coded it."""
    from rich.text import Text

    row = archive.find_unreviewed(target) or archive.find_unreviewed(told)
    if row is None:
        yield Text(f"{family} {target}, no longer coded", style="dim")
        return
    record = row if "quote" in row else archive.find_unreviewed(row["record"])
    facts = set_facts(record if record else row)
    facts.append(f" · {family} {target[:ID_DIGITS]}", "dim")
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


def flatten_linked(archive: Archive, word: Linked) -> Mapping[str, Any]:
    """Return a word on acts in the columns of a review; the records of both sides stand in `changes`."""
    row = archive.find_unreviewed(word.one[0]) or {}
    return dict.fromkeys(COLUMNS) | {
        "at": word.at, "by": word.by, "family": "act", "target": row.get("act"), "verdict": word.kind,
        "changes": json.dumps({"one": word.one, "other": word.other}), "before": "{}", "reason": word.reason,
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
    """Yield records accepted or corrected, and, as optional, what nobody reviewed in the same reports.

    A report half reviewed would else count each record that nobody has looked at as one too many.
    """
    reviewed: set[str] = set()
    reports: set[str] = set()
    for standing, before, after in _standings(archive):
        reviewed.add(before["id"])
        reports.add(before["report"])
        if after is not None and standing.verdict in ("accept", "correct"):
            yield _without_talk(after)
    for row in archive.records() if reports else ():
        if row["report"] in reports and row["id"] not in reviewed:
            yield _without_talk(row) | {"tier": "optional"}


def _without_talk(row: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in row.items() if k not in ("learnt", "review")}


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
