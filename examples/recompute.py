"""Numbers of a panel recomputed from nothing but exported CSV: `python -m examples.recompute`, three files.

    detente export ARCHIVE --table acts -o acts.csv
    detente export ARCHIVE -o records.csv
    detente panel ARCHIVE --output panel.csv

The files are named in this order. Standard library alone, no line of Détente: what is printed here is what
a sceptical reader can check. Each number of each row is reckoned from acts and records, and compared to 1e-9.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import fsum, isclose
from statistics import fmean

Row = Mapping[str, str]


def read(path: str) -> list[dict[str, str]]:
    """Return the rows of a CSV."""
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def is_counted(act: Row) -> bool:
    """Whether measures count an act: done or going on, dated, neither habit nor background."""
    done = act["status"] in ("happened", "ongoing") and act["status_detail"] not in ("habitual", "historical")
    return done and bool(act["day"])


def weights(acts: Sequence[Row], scale: str) -> list[float]:
    """Return the weights of acts that have one."""
    return [float(act[scale]) for act in acts if act[scale]]


# What each number of a row is, from its acts and their tellings; None where it is missing.
NUMBERS: Mapping[str, Callable[[Sequence[Row], Sequence[Row]], float | None]] = {
    "acts": lambda acts, told: len(acts),
    "quad1": lambda acts, told: sum(act["quad"] == "1" for act in acts),
    "quad4": lambda acts, told: sum(act["quad"] == "4" for act in acts),
    "consult": lambda acts, told: sum(act["type"] == "CONSULT" for act in acts),
    "accuse": lambda acts, told: sum(act["type"] == "ACCUSE" for act in acts),
    "intensity_sum": lambda acts, told: fsum(weights(acts, "intensity")),
    "intensity_mean": lambda acts, told: fmean(weights(acts, "intensity")) if acts else None,
    "goldstein_n": lambda acts, told: len(weights(acts, "goldstein")),
    "goldstein_sum": lambda acts, told: fsum(weights(acts, "goldstein")),
    "goldstein_mean": lambda acts, told: fmean(weights(acts, "goldstein") or [0.0]) if acts else None,
    "by_report_date": lambda acts, told: sum(act["by_report_date"] == "true" for act in acts),
    "reports": lambda acts, told: len({record["report"] for record in told}),
    "outlets": lambda acts, told: len({record["outlet"] for record in told if record["outlet"]}),
}


def recompute(
    acts: Sequence[Row], records: Sequence[Row], panel: Sequence[Row]
) -> Iterator[tuple[str, str, float | None, float | None]]:
    """Yield (row, number, published, recomputed) for each number of each row of a monthly panel."""
    counted = [act for act in acts if is_counted(act)]
    for row in panel:
        pair = "-".join(sorted((row["iso1"], row["iso2"])))
        mine = [a for a in counted if pair in a["pairs"].split(";") and a["day"][:7] == row["period"]]
        ids = {act["act"] for act in mine}
        told = [record for record in records if record["act"] in ids]
        for name, reckon in NUMBERS.items():
            published = float(row[name]) if row[name] else None
            yield f"{pair} {row['period']}", name, published, reckon(mine, told)


def agree(published: float | None, recomputed: float | None) -> bool:
    """Whether two numbers are one, to 1e-9; both may be missing."""
    if published is None or recomputed is None:
        return published is recomputed
    return isclose(published, recomputed, rel_tol=1e-9, abs_tol=1e-9)


def main() -> int:
    """Print how many numbers agree, and every one that does not; 1 where any does not."""
    found = list(recompute(*map(read, sys.argv[1:4])))
    differ = [line for line in found if not agree(*line[2:])]
    for row, name, published, recomputed in differ:
        print(f"{row} {name}: published {published}, recomputed {recomputed}")
    print(f"{len(found) - len(differ)} of {len(found)} numbers agree to 1e-9 ({', '.join(NUMBERS)}).")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
