"""How fast the reader is, and what it weighs: `python benchmarks/reader.py [--spacy PIPELINE]`.

Prints words per CPU second on one core over reports of about 500 words (white-space separated words, whole
analysis), seconds to load, and peak memory of a process that reads one report; each beside a spaCy pipeline's
and the ratio of the two, in the same run, where one is given.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

from detente.language.analysis import Reader  # noqa: E402
from detente.records import Report  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
WIKINEWS = ROOT.parent / "shared/data/load/wikinews/wikinews_2019.csv.gz"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--spacy", help="an installed spaCy pipeline, or its folder, to stand beside")
    parser.add_argument("--reports", type=Path, help="a folder of .txt reports; Wikinews by default")
    parser.add_argument("--gate", action="store_true", help="leave out what can hold no record")
    parser.add_argument("--weigh", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.weigh:
        weigh(args.weigh, args.gate)
        return
    texts = load_texts(args.reports)
    names = ["detente", *(["spacy:" + args.spacy] if args.spacy else [])]
    rows = {name: measure(name, texts, args.gate) for name in names}
    table = Table("measure", *rows, *(["ratio"] if args.spacy else []), title=f"{len(texts)} reports")
    for what in ("words per CPU second", "seconds to load", "peak memory, MB"):
        values = [row[what] for row in rows.values()]
        ratio = [f"{values[0] / values[1]:.2f}"] if len(values) > 1 else []
        table.add_row(what, *(f"{v:,.2f}" if v < 10 else f"{v:,.0f}" for v in values), *ratio)
    Console().print(table)


def build(name: str, gate: bool) -> Reader:
    """Return a reader by name: «detente», or «spacy:PIPELINE»."""
    if name.startswith("spacy:"):
        from detente.language.spacy_reader import SpacyReader

        return SpacyReader(name.removeprefix("spacy:"))
    from detente.language.builtin import BuiltinReader

    return BuiltinReader(gate=gate)


def load_texts(folder: Path | None, least: int = 350, most: int = 650, count: int = 40) -> list[str]:
    """Return up to `count` reports of about 500 words."""
    if folder:
        texts = [p.read_text("utf-8") for p in sorted(folder.rglob("*.txt"))]
    elif WIKINEWS.exists():
        csv.field_size_limit(10**9)
        with gzip.open(WIKINEWS, "rt", encoding="utf-8") as lines:
            texts = [row["text"] for row in csv.DictReader(lines)]
    else:
        sys.exit(f"no reports: {WIKINEWS} is not there; give a folder of .txt files with --reports")
    return [t for t in texts if least <= len(t.split()) <= most][:count] or texts[:count]


def measure(name: str, texts: list[str], gate: bool) -> dict[str, float]:
    """Return speed from this process, load time and memory from a fresh one."""
    reader = build(name, gate)
    reader.analyze(Report(texts[0]))
    began = time.process_time()
    for text in texts:
        reader.analyze(Report(text))
    spent = time.process_time() - began
    command = [sys.executable, __file__, "--weigh", name, *(["--gate"] if gate else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, done.stdout.split())
    words = sum(len(t.split()) for t in texts)
    return {"words per CPU second": words / spent, "seconds to load": seconds, "peak memory, MB": megabytes}


def weigh(name: str, gate: bool) -> None:
    """Print seconds to load and read one sentence, and this process's peak memory in MB."""
    began = time.perf_counter()
    reader = build(name, gate)
    reader.analyze(Report("The two ministers met in Vienna on Monday."))
    seconds = time.perf_counter() - began
    reader.analyze(Report("The two ministers met in Vienna on Monday and signed a treaty. " * 50))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(seconds, peak / (1024 if sys.platform != "darwin" else 1024 * 1024))


if __name__ == "__main__":
    main()
