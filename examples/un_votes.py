"""UN roll calls in, a series for `detente agreement --beside` out: how alike two states vote, by year.

    python -m examples.un_votes votes un_votes.csv.gz un_roll_calls.csv.gz --years 2015-2019 > unvotes.csv
    python -m examples.un_votes ideal IdealpointestimatesAll.csv --years 2015-2019 > ideal.csv
    detente agreement archive --min 3 --beside unvotes.csv

The first reads the tables of the R package unvotes (data of Voeten, Harvard Dataverse, CC0), the second the
ideal points of Bailey, Strezhnev and Voeten. Neither is part of this project. Agreement of two states is the
mean of 1 - |x - y| / 2 over the roll calls of a year that both voted in, with yes 1, abstain 0 and no -1;
distance is that of ideal points.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import sys
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

import numpy as np

from detente.knowledge.states import code_of

VOTES = {"yes": 1.0, "abstain": 0.0, "no": -1.0}
FIRST_SESSION = 1945  # session n opens in September of 1945 + n and ends the year after


def main() -> None:
    """Write the series asked for to standard output."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("kind", choices=("votes", "ideal"))
    ask.add_argument("files", nargs="+", type=Path)
    ask.add_argument("--years", required=True, help="first and last, as 2015-2019")
    asked = ask.parse_args()
    first, last = map(int, asked.years.split("-"))
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("a", "b", "year", "agreement" if asked.kind == "votes" else "distance", "n"))
    rows = (
        vote_rows(asked.files[0], asked.files[1], first, last)
        if asked.kind == "votes"
        else ideal_rows(asked.files[0], first, last)
    )
    for a, b, year, value, n in rows:
        out.writerow((a, b, year, f"{value:.6f}", n))


def vote_rows(votes: Path, calls: Path, first: int, last: int) -> Iterator[tuple[str, str, int, float, int]]:
    """Yield (a, b, year, agreement, roll calls both voted in) for each pair and year."""
    years = {float(row["rcid"]): int(row["date"][:4]) for row in read(calls)}
    ballots: dict[int, dict[str, dict[float, float]]] = {}
    for row in read(votes):
        call, code = float(row["rcid"]), code_of(row["country_code"])
        year = years.get(call, 0)
        if code and first <= year <= last and row["vote"] in VOTES:
            ballots.setdefault(year, {}).setdefault(code, {})[call] = VOTES[row["vote"]]
    for year, cast in sorted(ballots.items()):
        yield from _alike(year, cast)


def _alike(
    year: int, cast: Mapping[str, Mapping[float, float]]
) -> Iterator[tuple[str, str, int, float, int]]:
    codes, calls = sorted(cast), sorted({call for own in cast.values() for call in own})
    table = np.array([[cast[code].get(call, np.nan) for call in calls] for code in codes])
    for i, j in combinations(range(len(codes)), 2):
        likeness = 1 - np.abs(table[i] - table[j]) / 2
        n = int(np.sum(~np.isnan(likeness)))
        if n:
            yield codes[i], codes[j], year, float(np.nanmean(likeness)), n


def ideal_rows(points: Path, first: int, last: int) -> Iterator[tuple[str, str, int, float, int]]:
    """Yield (a, b, year, distance, 1): of two ideal points in the session that opened that year."""
    years: dict[int, dict[str, float]] = {}
    for row in read(points):
        year, code = FIRST_SESSION + int(row["session"]), code_of(row["iso3c"])
        if code and first <= year <= last:
            years.setdefault(year, {})[code] = float(row["IdealPoint"])
    for year, own in sorted(years.items()):
        for a, b in combinations(sorted(own), 2):
            yield a, b, year, abs(own[a] - own[b]), 1


def read(path: Path) -> Iterator[Mapping[str, str]]:
    """Yield the rows of a CSV, gzipped or not; names of states may stand in another encoding than UTF-8."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", errors="replace") as file:
        yield from csv.DictReader(file)


if __name__ == "__main__":
    main()
