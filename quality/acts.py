"""Score the coder on single annotated sentences: `python -m quality.acts [--split dev|test] [--misses N]`.

Reads `training/events` (real sentences annotated with acts); rules are tuned on train and dev, test is only
scored. Each sentence is coded with the one before it, as a report of its own.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from typing import Any

from training.events.rows import Annotated, Split, load_rows

from detente.pipeline import code_report
from detente.records import Event, Report
from quality.score_records import score


def load(split: Split) -> list[Annotated]:
    """Return the annotated rows of a split."""
    return load_rows(split)


def to_gold(row: Annotated) -> Iterator[dict[str, Any]]:
    """Yield the row's acts as gold records whose quote is the whole sentence."""
    before = len(row.context) + 1 if row.context else 0
    for act in row.acts:
        yield {
            "record": "event",
            "report": row.id,
            "start": before,
            "end": before + len(row.text),
            "quote": f"[{act['trigger']}] {row.text}",
            "sources": act["sources"],
            "recipients": act["recipients"],
            "type": act["type"],
            "mode": act["mode"],
            "status": act["status"],
            "tier": "core",
        }


def predict(row: Annotated) -> Iterator[dict[str, Any]]:
    """Yield what we code in the row's sentence as the scorer reads it."""
    yield from (event.to_json() for event in read_row(row))


def read_row(row: Annotated) -> tuple[Event, ...]:
    """Return the events coded in the row's sentence; its context is read, and not scored."""
    text = f"{row.context} {row.text}" if row.context else row.text
    published = date.fromisoformat(row.date) if row.date else None
    author = {"un_speech": row.doc[:3], "briefing": "USA"}.get(row.source)
    coded = code_report(Report(text, published=published, given_id=row.id, author=author))
    start = len(row.context) + 1 if row.context else 0
    return tuple(event for event in coded.events if event.evidence.end > start)


def main() -> None:
    """Print the scorer's figures, and the first misses and extras."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--split", choices=["train", "dev", "test"], default="dev")
    options.add_argument("--misses", type=int, default=0)
    options.add_argument("--source", help="only rows of this source")
    chosen = options.parse_args()
    rows = [r for r in load(chosen.split) if not chosen.source or r.source == chosen.source]
    gold = [g for row in rows for g in to_gold(row)]
    predicted = [p for row in rows for p in predict(row)]
    tallies, accuracy, _, misses = score(gold, predicted)
    for name, tally in tallies.items():
        print(f"{name:12}", tally.row())
    for name, (right, n) in accuracy.items():
        print(f"{name:12} accuracy {right / max(1, n):.3f} of {n}")
    for what, name, record in misses[: chosen.misses]:
        if name == "event.type":
            sides = f"{sorted(record['src'])} → {sorted(record['tgt'])}"
            print(
                f"{what:6} {record['type']:9} {record['status']:9} {sides} | {record['raw']['quote'][:230]}"
            )


if __name__ == "__main__":
    main()
