"""Remake language/data/given_names.tsv: given names in, how much each leans to a woman or a man out.

    pip install --target build/names faker names
    python -m training.given_names build/names

Counts come from Faker's name lists (MIT), the US census of 1990 as the package `names` carries it (public
domain) and the project's own table of office holders. Names in other scripts are left out.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import math
import pkgutil
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src/detente/language/data/given_names.tsv"
PEOPLE = ROOT / "src/detente/knowledge/data/people.csv"
HEAD = (
    "# Given names and how they lean: log odds of a woman against a man, in tenths, at most 40 either way.\n"
    "# Sources: Faker 40.54 (MIT), US census of 1990 (public domain), office holders in people.csv.\n"
    "# Made by training/given_names.py, November 2026.\n"
)
MEN_AMONG_OFFICE_HOLDERS = 0.92  # people.csv: 331 women, 3,913 men
LEAST_LEAN = 0.7


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", type=Path, help="the folder that holds the packages faker and names")
    folder = parser.parse_args().packages
    women: Counter[str] = Counter()
    men: Counter[str] = Counter()
    for name, is_woman, weight in (*_faker_names(folder), *_census_names(folder), *_office_holders()):
        (women if is_woman else men)[name] += weight  # type: ignore[assignment]
    lines = []
    for name in sorted({*women, *men}):
        lean = math.log((women[name] + 0.15) / (men[name] + 0.15))
        if abs(lean) >= LEAST_LEAN:
            lines.append(f"{name}\t{max(-40, min(40, round(lean * 10)))}\n")
    TARGET.write_text(HEAD + "".join(lines), "utf-8")


def _faker_names(folder: Path) -> Iterator[tuple[str, bool, float]]:
    """Yield (name, whether a woman's, weight) of each locale's lists in Latin script."""
    sys.path.insert(0, str(folder))
    person = importlib.import_module("faker.providers.person")
    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for is_woman, kind in ((True, "female"), (False, "male")):
            listed: set[str] = set()
            for part in (f"first_names_{kind}", f"first_romanized_names_{kind}"):
                listed.update(map(str, getattr(provider, part, ()) or ()))
            for entry in listed:
                if (name := fold(entry)) is not None:
                    yield name, is_woman, 1.0


def _census_names(folder: Path) -> Iterator[tuple[str, bool, float]]:
    """Yield the census names; a name that one in a thousand bears weighs ten."""
    for is_woman, kind in ((True, "female"), (False, "male")):
        for path in folder.rglob(f"dist.{kind}.first"):
            for line in path.read_text("ascii").splitlines():
                name, share, *_ = line.split()
                yield name.lower(), is_woman, min(30.0, float(share) * 100)


def _office_holders() -> Iterator[tuple[str, bool, float]]:
    """Yield the first words of office holders' names, women weighted as many as men."""
    seen = set()
    with PEOPLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            words = row["name"].split()
            if row["gender"] not in ("m", "f") or len(words) < 2 or row["name"] in seen:
                continue
            seen.add(row["name"])
            if (name := fold(words[0])) is not None:
                is_woman = row["gender"] == "f"
                yield name, is_woman, 0.5 * (MEN_AMONG_OFFICE_HOLDERS / 0.5 if is_woman else 1)


def fold(name: str) -> str | None:
    """Return a name as the table has it: one word of a to z; None for names it cannot hold."""
    from detente.language.mentions import fold_word

    word = fold_word(name)
    return word if len(word) > 1 and word.isascii() and word.replace("-", "").isalpha() else None


if __name__ == "__main__":
    main()
