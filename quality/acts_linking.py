"""Score which tellings are one act: `python -m quality.acts_linking [--misses]`.

154 pairs of tellings (quality/tellings/pairs.txt), each coded by hand, go into one archive; half of the pairs
tell one act, half two that are close. Pairs with an odd number are the development half. And the seed report
is coded by the machine: its records are held against the hand-coded ones with their coreference, where at
hand.

B-cubed: for each telling, how much of its act belongs there (precision), and how much of what belongs
there is in it (recall). Exit status 1 below the floor.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from detente.archive import Archive
from detente.pipeline import code_report
from detente.records import Report
from quality.tellings.pairs import Pair, read_pairs

FLOOR = 0.80
SEED = Path(__file__).resolve().parents[1] / "../shared/seed"
PHASE = {"planned": "plan", "denied": "denial", "hypothetical": "if"}


def b_cubed(gold: Mapping[str, Hashable], ours: Mapping[str, Hashable]) -> tuple[float, float, float]:
    """Return precision, recall and F1 over the items both have: each item's own, averaged."""
    items = sorted(gold)
    precision = recall = 0.0
    for item in items:
        mine = {i for i in items if ours[i] == ours[item]}
        right = {i for i in items if gold[i] == gold[item]}
        precision += len(mine & right) / len(mine)
        recall += len(mine & right) / len(right)
    p, r = precision / len(items), recall / len(items)
    return p, r, 2 * p * r / (p + r)


def link_pairs(pairs: Sequence[Pair]) -> dict[str, str]:
    """Return the act of each report by its id, of an archive that holds all pairs."""
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder) / "a", create=True) as archive:
        for pair in pairs:
            for coded in pair.reports:
                archive.add(coded)
        return {row["report"]: row["act"] for row in archive.records("event")}


def score_seed() -> tuple[float, float, float, int] | None:
    """Return B-cubed on the seed's events that we found, and how many; None where it is not at hand.

    The seed's coreference names occasions (a call in which one blamed, asked and warned); an act is what it
    gives one type and one phase.
    """
    if not (SEED / "gold.jsonl").exists():
        return None
    gold = [json.loads(line) for line in (SEED / "gold.jsonl").read_text("utf-8").splitlines()]
    events = [g for g in gold if g["record_type"] == "event" and g["plover_type"]]
    text = (SEED / "report.txt").read_text("utf-8")
    coded = code_report(Report(text, published=date(2017, 7, 4)))
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder) / "a", create=True) as archive:
        archive.add(coded)
        rows = list(archive.records("event"))
    right: dict[str, Hashable] = {}
    ours: dict[str, Hashable] = {}
    taken: set[str] = set()
    for g in events:
        row = next((r for r in rows if r["id"] not in taken and _is_found(g, r)), None)
        if row:
            taken.add(row["id"])
            right[g["id"]] = _gold_act(g)
            ours[g["id"]] = row["act"]
    return (*b_cubed(right, ours), len(right))


def _is_found(gold: dict[str, Any], row: dict[str, Any]) -> bool:
    parties = {a["code"] for a in (*row["sources"], *row["recipients"])}
    wanted = {a["code"] for a in (*gold["source"], *gold["target"])}
    overlaps = row["start"] < gold["char_end"] and gold["char_start"] < row["end"]
    return bool(overlaps and row["type"] == gold["plover_type"] and parties & wanted)


def _gold_act(gold: dict[str, Any]) -> Hashable:
    if not gold["coref"]:
        return gold["id"]
    return (gold["coref"], gold["plover_type"], PHASE.get(gold["status"], "deed"))


def main() -> int:
    """Print B-cubed and the verdicts by half; return 1 below the floor."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--misses", action="store_true", help="show misjudged pairs of the development half")
    chosen = options.parse_args()
    pairs = list(read_pairs())
    acts = link_pairs(pairs)
    worst = 1.0
    for name, half in (("development", pairs[::2]), ("test", pairs[1::2]), ("all", pairs)):
        worst = min(worst, _print_half(name, half, acts))
    if chosen.misses:
        for pair in pairs[::2]:
            one, other = (c.report for c in pair.reports)
            if (acts[one.id] == acts[other.id]) != pair.is_same:
                print(f"{pair.number} {'apart' if pair.is_same else 'joined'}: {one.text} | {other.text}")
    seed = score_seed()
    if seed:
        print(f"seed report: {seed[3]} events found; B-cubed {seed[0]:.3f} {seed[1]:.3f} F1 {seed[2]:.3f}")
        worst = min(worst, seed[2])
    return int(worst < FLOOR)


def _print_half(name: str, pairs: Sequence[Pair], acts: Mapping[str, str]) -> float:
    gold = {c.report.id: (p.number, i * (not p.is_same)) for p in pairs for i, c in enumerate(p.reports)}
    precision, recall, f1 = b_cubed(gold, acts)
    same = [p for p in pairs if p.is_same]
    joined = [p for p in pairs if acts[p.reports[0].report.id] == acts[p.reports[1].report.id]]
    hits = sum(p.is_same for p in joined)
    print(
        f"{name:12} {len(pairs):3} pairs: joined {hits} of {len(same)} that are one, "
        f"{len(joined) - hits} of {len(pairs) - len(same)} that are two; "
        f"B-cubed {precision:.3f} {recall:.3f} F1 {f1:.3f}"
    )
    return f1


if __name__ == "__main__":
    sys.exit(main())
