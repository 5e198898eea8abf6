"""Score how copies are told from reports: `python -m quality.copies [--seed N] [--misses N]`.

Real Wikinews reports (CC BY 2.5, not in the repository) go into an archive. Then come edits of them as papers
make them, each of which must be linked to its original: cut, paragraphs left out, re-headed, with a dateline
and a credit line, in another order, lightly reworded, and several of these at once. And there come reports
that must not be linked: every report against all others, and the bulletin of another day: the same
words with other numbers or days. Exit status 1 below the floors.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from detente.archive import Archive
from detente.records import Coded, Report

SOURCE = Path(__file__).resolve().parents[1] / "../shared/data/load/wikinews"
FLOORS = {"precision": 0.99, "recall": 0.95}
LEAST_WORDS = 80  # a brief of two sentences is cut to nothing
TOWNS = ("LONDON", "NAIROBI", "BRUSSELS", "TOKYO", "LIMA")
AGENCIES = ("Reuters", "AFP", "AP", "dpa", "Xinhua")
HEADINGS = ("What we know so far", "News in brief", "Morning report", "World: the day's events", "Update")
REWORDED = (("said", "stated"), ("about", "around"), ("however", "but"), ("also", "as well"),
            ("people", "persons"), ("began", "started"), ("according to", "as told by"))  # fmt: skip

Edit = Callable[[random.Random, str], str]


def paragraphs(text: str) -> list[str]:
    return [p.strip() for p in re.split(r"\n\s*\n", text) if p.strip()]


def cut(rng: random.Random, text: str) -> str:
    """Keep the opening third to two thirds, whole paragraphs or, of one paragraph, whole sentences."""
    parts = paragraphs(text)
    if len(parts) < 3:
        parts = re.split(r"(?<=[.!?])\s+", text)
    keep = max(2, round(len(parts) * rng.uniform(0.33, 0.67)))
    return "\n\n".join(parts[:keep])


def leave_out(rng: random.Random, text: str) -> str:
    parts = paragraphs(text)
    for _ in range(max(1, len(parts) // 4)):
        if len(parts) > 2:
            parts.pop(rng.randrange(1, len(parts)))
    return "\n\n".join(parts)


def rehead(rng: random.Random, text: str) -> str:
    return f"{rng.choice(HEADINGS)}\n\n{text}"


def pass_on(rng: random.Random, text: str) -> str:
    """Add a dateline and a credit line as agencies do, with the day of sending."""
    day = date(2020, 1, 1) + timedelta(rng.randrange(300))
    agency = rng.choice(AGENCIES)
    line = f"{rng.choice(TOWNS)}, {day:%B} {day.day} ({agency}) — "
    return f"{line}{text}\n\n(Reporting by our correspondents; editing by the {agency} desk)"


def swap(rng: random.Random, text: str) -> str:
    parts = paragraphs(text)
    i = rng.randrange(len(parts) - 1) if len(parts) > 1 else 0
    parts[i : i + 2] = parts[i : i + 2][::-1]
    return "\n\n".join(parts)


def reword(rng: random.Random, text: str) -> str:
    for word, other in REWORDED:
        text = re.sub(rf"\b{word}\b", other, text)
    return text


EDITS: dict[str, tuple[Edit, ...]] = {
    "cut": (cut,), "paragraphs left out": (leave_out,), "re-headed": (rehead,), "passed on": (pass_on,),
    "swapped": (swap,), "reworded": (reword,), "cut, passed on": (cut, pass_on),
    "left out, swapped, passed on": (leave_out, swap, pass_on),
}  # fmt: skip


def next_bulletin(rng: random.Random, text: str) -> str | None:
    """Return the same words with some numbers or days changed, or None where there are none."""
    changed = Counter[str]()

    def move(found: re.Match[str]) -> str:
        changed["n"] += 1
        return str(int(found[0]) + rng.randint(1, 9))

    def shift(found: re.Match[str]) -> str:
        changed["n"] += 1
        days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
        return days[(days.index(found[0]) + rng.randint(1, 6)) % 7]

    text = re.sub(r"(?<![\d.,])\d{1,3}(?![\d.,]*\d)", move, text)
    text = re.sub(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", shift, text)
    return text if changed["n"] >= 2 else None


def read_wikinews() -> list[Report]:
    """Return the reports, oldest first."""
    csv.field_size_limit(10**9)
    reports = []
    for path in sorted(SOURCE.glob("*.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                if len(row["text"].split()) >= LEAST_WORDS:
                    day = date.fromisoformat(row["date"])
                    reports.append(Report(row["text"], row["title"], published=day, url=row["url"]))
    return sorted(reports, key=lambda r: (r.published or date.min, r.digest))


def arrivals(rng: random.Random, report: Report) -> Iterator[tuple[str, Report]]:
    """Yield each edit of a report by name, and the next day's bulletin as «another day»."""
    for name, edits in EDITS.items():
        text = report.text
        for edit in edits:
            text = edit(rng, text)
        if text != report.text:
            yield name, Report(text, rng.choice((report.title, rng.choice(HEADINGS))))
    other = next_bulletin(rng, report.text)
    if other:
        yield "another day", Report(other, report.title)


def main() -> int:
    """Print found and missed by kind of edit, precision and recall; return 1 below a floor."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--misses", type=int, default=0)
    chosen = options.parse_args()
    rng = random.Random(chosen.seed)
    reports = read_wikinews()
    if not reports:
        print(f"Not measured: the reports are not at hand in {SOURCE}.")
        return 0
    right, wrong, total = Counter[str](), Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder) / "a", create=True) as archive:
        for report in reports:
            total["other reports"] += 1
            wrong["other reports"] += archive.add(Coded(report)).outcome == "copy"
        for report in reports:
            for name, arrived in arrivals(rng, report):
                total[name] += 1
                added = archive.add(Coded(arrived))
                if added.outcome == "copy" and added.report == report.id and name in EDITS:
                    right[name] += 1
                elif added.outcome == "copy":
                    wrong[name] += 1
                if chosen.misses and (added.outcome == "copy") != (name in EDITS):
                    chosen.misses -= 1
                    print(f"--- {name}: {added.outcome} {added.why}\n{arrived.text[:600]}\n")
    for name in total:
        print(f"{name:30} {total[name]:5}   linked to its original {right[name]:5}   wrongly {wrong[name]:4}")
    precision = sum(right.values()) / max(1, sum(right.values()) + sum(wrong.values()))
    recall = sum(right.values()) / sum(total[name] for name in EDITS)
    print(f"precision {precision:.4f}, recall {recall:.4f} on {sum(total.values()):,} arrivals")
    return int(precision < FLOORS["precision"] or recall < FLOORS["recall"])


if __name__ == "__main__":
    sys.exit(main())
