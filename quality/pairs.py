"""Score given pairs on annotated sentences: `python -m quality.pairs [--split dev|test] [--write]`.

Each act of `training/events` with source and recipient in its sentence is a pair. Rules are tuned on train
and dev, the confidence of each evidence comes from train (`--write`); test is only scored.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.events.rows import Annotated

from detente.coding.acts.given import EVIDENCE, GivenPair, code_given_pair, find_words
from detente.evaluation.pairs import score_pairs, to_binary
from detente.knowledge.ontology import kind_of
from detente.pipeline import read_report
from detente.records import Report
from quality import acts

TABLE = Path(__file__).resolve().parents[1] / "src/detente/knowledge/data/pair_confidence.tsv"
HEADER = """# How often each evidence of a given pair was right: `right` of `of` pairs bear the gold's type.
# Source: python -m quality.pairs --write, on the train split of training/events.
evidence\tright\tof
"""


@dataclass(frozen=True, slots=True)
class Answered:
    """One annotated act with a source and a recipient, and our answer."""

    type: str
    answer: GivenPair
    text: str
    source: str
    target: str


def answer_acts(rows: list[Annotated]) -> Iterator[Answered]:
    """Yield each act that has its first source and first recipient in its sentence, answered."""
    for row in rows:
        text = row.text
        reading = None
        for act in row.acts:
            source, target = (
                next((a["text"] for a in act[side]), None) for side in ("sources", "recipients")
            )
            if not source or not target or source == target:
                continue
            sources = find_words(text, source)
            targets = find_words(text, target, apart_from=sources)
            if sources and targets:
                reading = reading or read_report(Report(text))
                yield Answered(act["type"], code_given_pair(reading, sources, targets), text, source, target)


def main() -> None:
    """Print accuracy and macro-F1 of the types, and how often each evidence is right."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--split", choices=["train", "dev", "test"], default="dev")
    options.add_argument("--write", action="store_true", help="write the confidence table from train")
    options.add_argument("--misses", type=int, default=0)
    chosen = options.parse_args()
    answered = list(answer_acts(acts.load("train" if chosen.write else chosen.split)))
    gold, ours = [a.type for a in answered], [a.answer.record_type for a in answered]
    types = score_pairs(gold, ours)
    sides = score_pairs(*(to_binary(kind_of(t).quad for t in side) for side in (gold, ours)))
    print(f"{len(answered)} pairs: type {types.accuracy:.3f} right, macro-F1 {types.macro_f1:.3f}; ", end="")
    print(f"cooperation or conflict {sides.accuracy:.3f} right, macro-F1 {sides.macro_f1:.3f}")
    seen = Counter(a.answer.evidence for a in answered)
    right = Counter(a.answer.evidence for a in answered if a.answer.record_type == a.type)
    for evidence in EVIDENCE:
        print(f"{evidence:17} {right[evidence]:4} of {seen[evidence]:4}")
    for a in [a for a in answered if a.answer.record_type != a.type][: chosen.misses]:
        told = f"{a.type} ← {a.answer.record_type} [{a.answer.evidence}: {a.answer.rule}]"
        print(f"{told} {a.source} → {a.target} | {a.text}")
    if chosen.write:
        lines = [f"{name}\t{right[name]}\t{seen[name]}\n" for name in EVIDENCE]
        TABLE.write_text(HEADER + "".join(lines), "utf-8")


if __name__ == "__main__":
    main()
