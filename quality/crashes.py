"""Kill -9 at random instants, and what is left: `python -m quality.crashes`.

A process of its own adds reports, reviews records, codes reports anew, makes releases and brings the columns
up to date, and says each thing it did once it has returned: that is acknowledged. It is killed at an instant
drawn at random, 200 times, and after each kill the archive is opened: every acknowledged report, review,
recoding and release must be there, no record may be half there, and `check` may find nothing but files nobody
names. Leaves with 1 if anything acknowledged was lost.

`--kills` is how many (200), `--seed` of the draws.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from itertools import count
from pathlib import Path

from detente.archive import Archive
from detente.records import Actor, Coded, Event, Evidence, Report

PER_ARCHIVE = 20  # kills of one archive before a new one is begun
LONGEST = 2.5  # seconds after the first acknowledgement


def tell(n: int, *, rules: int = 0) -> Coded:
    """Return report n with two records; other rules give the second another type."""
    first = f"Envoy {n} came to Oslo for talks on cod."
    second = f"Paris praised plan {n * 7919 % 10_007} for the north."
    report = Report(f"{first} {second}", published=date(2021, 3, 10))
    events = tuple(
        Event(
            evidence=Evidence(report.id, "text", at := report.text.index(words), at + len(words), words),
            sources=(Actor("FRA"),), recipients=(Actor("NOR"),), type=type_, quad=1, date_start=day,
            date_end=day,
        )
        for words, type_, day in (
            (first, "CONSULT", date(2021, 3, 9)), (second, "AGREE" if rules else "SUPPORT", None),
        )
    )  # fmt: skip
    return Coded(report, events, {"name": "detente", "version": "0", "rules": f"sha256:{rules}"})


def work(folder: str, first: int) -> None:
    """Add, review, recode, release and refresh for ever, saying each thing that is done."""
    with Archive(folder, create=True) as archive:
        for n in count(first):
            told = tell(n)
            archive.add(told)
            print("report", told.report.digest, flush=True)
            row = next(r for r in told.to_json())
            if n % 3 == 0:
                review = archive.review(row["id"], "correct", ["status=claimed"], by="Ane", reason=f"{n}")
                print("review", review.id, flush=True)
            if n % 4 == 0:
                archive.recode(tell(n, rules=1))
                print("recoded", told.report.digest, flush=True)
            if n % 7 == 0:
                archive.refresh()
            if n % 10 == 0:
                print("release", archive.release(f"v{n}").name, flush=True)


def kill_once(folder: Path, first: int, draw: random.Random) -> list[tuple[str, str]]:
    """Start a worker, kill it at a random instant, and return what it had said was done."""
    command = [sys.executable, "-m", "quality.crashes", "--work", str(folder), str(first)]
    worker = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert worker.stdout
    said = [worker.stdout.readline()]
    time.sleep(draw.uniform(0, LONGEST))
    worker.send_signal(signal.SIGKILL)
    said += worker.stdout.readlines()
    worker.wait()
    return [
        (what, id) for what, _, id in (line.strip().partition(" ") for line in said if line.endswith("\n"))
    ]


def find_lost(folder: Path, said: list[tuple[str, str]], *, quick: bool) -> list[str]:
    """Return what was acknowledged and is not there, and what is there by halves or wrong."""
    lost = []
    with Archive(folder) as archive:
        reports = {r.digest for r in archive.reports()}
        reviews = {r.id for r in archive.reviews()}
        releases = {r.name for r in archive.releases()}
        held = {"report": reports, "recoded": reports, "review": reviews, "release": releases}
        lost += [f"{what} {id}" for what, id in said if id not in held[what]]
        types = Counter((r["report"], r["type"]) for r in archive.records("event"))
        recoded = {id for what, id in said if what == "recoded"}
        lost += [f"coding of {id}" for id in recoded if types[id, "AGREE"] != 1]
        counts = archive.counts()
        if counts["records"] != 2 * counts["reports"]:
            lost.append(f"records by halves: {counts['records']} of {counts['reports']} reports")
        lost += [f"{f.part} {f.id}: {f.says}" for f in archive.check(quick=quick) if f.part != "files"]
    return lost


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--work", nargs=2, metavar=("FOLDER", "FIRST"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work(options.work[0], int(options.work[1]))
        return 0
    draw = random.Random(options.seed)
    done: Counter[str] = Counter()
    lost: list[str] = []
    with tempfile.TemporaryDirectory() as temporary:
        said: list[tuple[str, str]] = []
        for n in range(options.kills):
            if n % PER_ARCHIVE == 0:
                said = []
            folder = Path(temporary) / f"a{n // PER_ARCHIVE}"
            new = kill_once(folder, 1_000 * n + draw.randrange(12), draw)
            said += new
            done.update(what for what, _ in new)
            lost += [f"kill {n + 1}: {what}" for what in find_lost(folder, said, quick=n % 5 > 0)]
    for line in lost:
        print(line)
    acknowledged = ", ".join(f"{k} {what}" for what, k in sorted(done.items()))
    print(f"{options.kills} kills; acknowledged: {acknowledged}; lost: {len(lost)}")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
