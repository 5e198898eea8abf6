"""Fit the confidence of events: `python -m training.calibrate [--check]`.

Codes the development part of the annotated sentences (`training/events`) and of the sample reports, marks
each event right or wrong as the scorer does (an annotated act of its type, between the same parties, overlaps
it), fits a logistic regression with a ridge, and writes `confidence.tsv`. `--check` writes nothing and prints
the reliability on both test parts instead: mean confidence and share right by fifths, and their expected gap
(ECE).
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from quality.gate import FLOORS, HERE
from quality.score_records import match, norm, overlap, rows, same_who
from rich.console import Console
from rich.progress import track

from detente.coding.acts.confidence import estimate, features
from detente.intake import read_reports
from detente.pipeline import code_reports
from detente.records import Coded, Event
from quality import acts
from training.events.rows import Split

TABLE = Path(__file__).resolve().parents[1] / "src/detente/knowledge/data/confidence.tsv"
HEADER = """# Weights of the confidence of an event: a logistic regression over what it shows of itself.
# Source: python -m training.calibrate, on annotated sentences and sample reports (development parts).
feature\tweight
"""
RIDGE = 1.0
TUNED = 0.25  # the sample reports were tuned on, so they flatter: each counts a quarter


@dataclass(frozen=True, slots=True)
class Judged:
    """An event we coded, and whether an annotator has one like it there."""

    event: Event
    right: bool
    weight: float = 1.0


def judge_sentences(split: Split) -> Iterator[Judged]:
    """Yield the events coded in one part of the annotated sentences, judged."""
    for row in track(acts.load(split), "Coding sentences", console=Console(stderr=True)):
        yield from _judge(list(acts.to_gold(row)), acts.read_row(row))


def judge_samples(name: str = "samples_dev") -> Iterator[Judged]:
    """Yield the events coded in a set of sample reports, judged."""
    setting = tomllib.loads(FLOORS.read_text("utf-8"))[name]
    root = HERE.parent / setting["root"]
    gold = rows(root / setting["gold"])
    for stem in setting["only"]:
        path = root / setting["reports"] / f"{stem}.txt"
        for coded in code_reports(read_reports([str(path)])):
            if isinstance(coded, Coded):
                judged = _judge([row for row in gold if row["report"] == stem], coded.events)
                yield from (replace(j, weight=TUNED) for j in judged)


def _judge(gold: list[dict[str, object]], events: tuple[Event, ...]) -> Iterator[Judged]:
    wanted = [g for g in map(norm, gold) if g["kind"] == "event" and g["type"]]
    shown = [norm(event.to_json()) for event in events]
    alike = lambda g, p: overlap(g, p) * (g["type"] == p["type"]) * (1 + same_who(g, p))  # noqa: E731
    pairs = match(wanted, shown, alike)
    hits = {index for g, index in pairs if same_who(wanted[g], shown[index])}
    yield from (Judged(event, index in hits) for index, event in enumerate(events))


def fit(judged: list[Judged]) -> dict[str, float]:
    """Return the weights by Newton's method on the ridged log-likelihood."""
    names = ["always", *sorted({name for j in judged for name in features(j.event)})]
    x = np.zeros((len(judged), len(names)))
    x[:, 0] = 1.0
    for i, j in enumerate(judged):
        for name, value in features(j.event).items():
            x[i, names.index(name)] = value
    y = np.array([j.right for j in judged], dtype=float)
    share = np.array([j.weight for j in judged])
    ridge = np.full(len(names), RIDGE)
    ridge[0] = 0.0
    weights = np.zeros(len(names))
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (share * (y - p)) - ridge * weights
        hessian = (x * (share * p * (1 - p))[:, None]).T @ x + np.diag(ridge + 1e-9)
        weights = weights + np.linalg.solve(hessian, gradient)
    return dict(zip(names, weights.tolist(), strict=True))


def print_reliability(judged: list[Judged]) -> None:
    """Print confidence against truth by fifths, and the expected calibration error."""
    pairs = sorted((estimate(j.event), j.right) for j in judged)
    gap = 0.0
    for part in np.array_split(np.array(pairs, dtype=float), 5):
        said, held = float(part[:, 0].mean()), float(part[:, 1].mean())
        gap += abs(said - held) * len(part) / len(pairs)
        print(f"said {said:.2f}   held {held:.2f}   of {len(part)}")
    print(f"ECE {gap:.3f} over {len(pairs)} events")


def main() -> None:
    """Fit and write, or check."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--check", action="store_true")
    if options.parse_args().check:
        print_reliability([*judge_sentences("test"), *judge_samples("samples_test")])
        return
    weights = fit([*judge_sentences("dev"), *judge_samples()])
    TABLE.write_text(HEADER + "".join(f"{name}\t{weight:.3f}\n" for name, weight in weights.items()), "utf-8")
    print(f"{len(weights)} weights written to {TABLE.name}")


if __name__ == "__main__":
    main()
