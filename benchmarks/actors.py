"""How well the tables of actors know who held which office when: `python -m benchmarks.actors`.

Draws person-months at random from lists of leaders and ministers on disk and asks our tables two questions:
whom a name means on a day of that month (state and office must be right in the first answer), and who held
the office then (it must be that person). Then how many of the politicians whom news of two years names with
office and full name are known at all, how long look-up and loading take, and how complete the tables are.

`--misses N` prints what was missed; `--draws` and `--seed` choose the sample.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from detente.knowledge.gazetteer import cut, gazetteer
from detente.knowledge.names import fold, is_shouted
from detente.knowledge.people import HEADS, Candidate, people, who
from detente.knowledge.states import states

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"
SINCE, UNTIL = (1990, 1), (2021, 3)  # REIGN's last month
RULERS = frozenset(
    {*HEADS, "party", "vice"}
)  # who rules in name or in fact: REIGN's leader is often the latter
RANKS = frozenset("Jr Sr Lord Baron Baroness Sir Dame Viscount Earl of the".split())


@dataclass(frozen=True, slots=True)
class Draw:
    """One month of a person in an office, as a reference has it."""

    name: str
    code: str
    kinds: frozenset[str]
    on: date


@dataclass(frozen=True, slots=True)
class Score:
    """How many of the draws were right, and the wrong ones with what we answered instead."""

    right: int
    total: int
    misses: tuple[str, ...]

    @property
    def share(self) -> float:
        return self.right / self.total if self.total else 0.0


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV, each line read as UTF-8 or, failing that, as Latin-1."""
    lines = []
    for line in path.read_bytes().splitlines(keepends=True):
        try:
            lines.append(line.decode("utf-8-sig"))
        except UnicodeDecodeError:
            lines.append(line.decode("latin-1"))
    return [{k: v or "" for k, v in row.items() if k} for row in csv.DictReader(lines)]


# --- what the references say ------------------------------------------------------------------------------


def reign(path: Path) -> Iterator[Draw]:
    """Yield every month of every leader of the list since 1990, the first on the day it began."""
    for row in read_rows(path / "reign" / "leaderlist_3_21.csv"):
        name = re.sub(r"\(.*?\)|,?\s[A-Z]\.$", "", re.sub(r"\s+", " ", row["leader"]).strip()).strip(" ,")
        if not row["syear"].isdigit() or name in ("", "NA"):
            continue
        start = date(int(row["syear"]), int(row["smonth"] or 1), min(28, int(row["sdate"] or 1)))
        end = (int(row["eyear"]), int(row["emonth"] or 12)) if row["eyear"].isdigit() else UNTIL
        for year, month in months(max((start.year, start.month), SINCE), min(end, UNTIL)):
            on = day_within(year, month, start, end if row["eyear"].isdigit() else (9999, 1))
            code = state_of(int(row["ccode"]), on)
            if code:
                yield Draw(name, code, RULERS, on)


def office_holders(path: Path, kind: str) -> Iterator[Draw]:
    """Yield every month of the foreign ministers («fm») or heads of government («hog») of the 37 lists."""
    from training.build_knowledge import HOLDERS, kind_of

    for stem, code in HOLDERS.items():
        for row in read_rows(path / "office_holders_21c" / f"{stem}.csv"):
            if kind_of(row["position"]) != kind or len(row["start"]) < len("2001-01"):
                continue
            start, end = spelled(row["start"]), spelled(row["end"]) if row["end"] else date(2022, 9, 28)
            known_end = (end.year, end.month) if row["end"] else (9999, 1)
            for year, month in months((start.year, start.month), (end.year, end.month)):
                kinds = frozenset({kind, "leader"} if kind == "hog" else {kind})
                yield Draw(row["person"], code, kinds, day_within(year, month, start, known_end))


def spelled(day: str) -> date:
    """Return a day for «2014», «2014-03» or «2014-03-09»."""
    parts = [int(p) for p in day.split("-")] + [1, 1]
    return date(parts[0], parts[1], parts[2])


def months(first: tuple[int, int], last: tuple[int, int]) -> Iterator[tuple[int, int]]:
    year, month = first
    while (year, month) <= last:
        yield year, month
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def day_within(year: int, month: int, start: date, end: tuple[int, int]) -> date:
    """Return a day of the month on which the office was surely held."""
    if (year, month) == (start.year, start.month):
        return start
    return date(year, month, 1 if (year, month) == end else 15)


def state_of(cow: int, on: date) -> str | None:
    """Return our code of a COW number on a day: 365 is the Soviet Union until its end, then Russia."""
    if cow == 678:  # the North before 1990: our YEM
        return "YEM"
    if cow == 260:  # the West before 1990: our DEU
        return "DEU"
    fits = [s for s in states().values() if s.cow == cow and not s.part_of]
    alive = [s for s in fits if (not s.first or s.first <= on) and (not s.last or on <= s.last)]
    return alive[0].code if alive else None


# --- what we say -----------------------------------------------------------------------------------------


def by_name(draw: Draw) -> tuple[bool, str]:
    """Return whether the first answer to a name on its day has the right state and office, and the answer.

    Somebody may hold two offices at once; then one of those of the first person named must be the draw's.
    """
    found = who(draw.name, draw.on)
    best = found[0] if found else None
    held = [p for p in found if best and p.code == best.code and p.holds(draw.on) and same(best.name, p)]
    return any(p.code == draw.code and p.kind in draw.kinds for p in held), told(best)


def by_office(draw: Draw) -> tuple[bool, str]:
    """Return whether our holders of an office on a day name the person of the draw, and who they are."""
    held = [p for p in terms(draw.code) if p.kind in draw.kinds and p.holds(draw.on)]
    return any(same(draw.name, p) for p in held), "; ".join(p.name for p in held) or "nobody"


def terms(code: str) -> list[Candidate]:
    if not _TERMS:
        for person in people():
            _TERMS.setdefault(person.code, []).append(person)
    return _TERMS.get(code, [])


_TERMS: dict[str, list[Candidate]] = {}


def same(name: str, person: Candidate) -> bool:
    """Whether a term is that person's: a spelling fits, or they share a word of four letters."""
    asked = words_of(name)
    spellings = [words_of(n) for n in (person.name, *person.aliases)]
    return any(asked == s or {w for w in asked & s if len(w) > 3} for s in spellings)


def words_of(name: str) -> set[str]:
    return {w.lower() for w in re.findall(r"\w+", fold(name)) if w not in RANKS}


def told(person: Candidate | None) -> str:
    return f"{person.name}, {person.role}, {person.first} to {person.last}" if person else "nobody"


def score(draws: list[Draw], ask: Callable[[Draw], tuple[bool, str]]) -> Score:
    answers = [(draw, *ask(draw)) for draw in draws]
    misses = tuple(f"{d.code} {d.name} {d.on}: {said}" for d, right, said in answers if not right)
    return Score(len(answers) - len(misses), len(answers), misses)


# --- news ------------------------------------------------------------------------------------------------

TITLED = re.compile(
    r"\b(?:President|Prime Minister|Foreign Minister|Foreign Secretary|Secretary of State|Chancellor"
    r"|Defen[cs]e Minister|Defen[cs]e Secretary|Finance Minister|Vice President|Secretary[- ]General)"
    r"\s((?:[A-Z][\w'’.-]+\s)(?:(?:bin|al|de|van|von|der|da|dos|el)\s)*[A-Z][\w'’-]+(?:[ -][A-Z][\w'’-]+)?)"
)


def politicians(path: Path) -> dict[str, list[date]]:
    """Return names that stand after a national office in the news, with the days of the reports."""
    found: dict[str, list[date]] = {}
    for file in sorted((path / "load" / "wikinews").glob("wikinews_*.csv.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as handle:
            for row in csv.DictReader(handle):
                text = row.get("text", "")
                on = date.fromisoformat((row.get("published") or row.get("date") or "2020-01-01")[:10])
                for match in TITLED.finditer(text):
                    found.setdefault(re.sub(r"['’]s$", "", match.group(1)), []).append(on)
    return found


def in_news(path: Path) -> Score:
    names = politicians(path)
    missed = tuple(f"{n} ({len(d)})" for n, d in names.items() if not is_known(n, d[0]))
    return Score(len(names) - len(missed), len(names), missed)


def is_known(name: str, on: date) -> bool:
    """Whether somebody of that full name is known; a word after the name may be the sentence's next."""
    shorter = [name, " ".join(name.split()[:2])]
    return any(who(n, on) for n in shorter)


# --- speed -----------------------------------------------------------------------------------------------


def seconds_to_load() -> float:
    """Return the least CPU seconds of five that a fresh process needs for every table of names."""
    program = (
        "import time, json\n"
        "import detente.knowledge.gazetteer as g\n"
        "started = time.process_time()\ng.gazetteer()\n"
        "print(json.dumps(time.process_time() - started))"
    )
    runs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, check=True) for _ in range(5)
    ]
    return min(float(json.loads(run.stdout)) for run in runs)


def look_up_ms(path: Path) -> float:
    """Return the CPU milliseconds of finding every name, per 500 words of news, the least of five passes."""
    texts = []
    for file in sorted((path / "load" / "wikinews").glob("wikinews_*.csv.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as handle:
            texts += [row["text"] for row in csv.DictReader(handle)]
    count = sum(len(t.split()) for t in texts)
    table, spent = gazetteer(), []
    for _ in range(5):
        started = time.process_time()
        for text in texts:
            table.find(cut(text, shouted=is_shouted(text[:200])))
        spent.append(time.process_time() - started)
    return 1000 * min(spent) / count * 500


# --- how complete ----------------------------------------------------------------------------------------


def coverage(kinds: frozenset[str], first: int, last: int) -> Score:
    """Return for how many state-years (1 July) somebody is known in an office, of all there were."""
    holes, total = [], 0
    for state in states().values():
        if not state.cow or state.part_of:
            continue
        for year in range(first, last + 1):
            on = date(year, 7, 1) if year < last else date(year, 3, 1)
            if (state.first and state.first > on) or (state.last and state.last < on):
                continue
            total += 1
            if not any(p.kind in kinds and p.holds(on) and not p.is_stale(on) for p in terms(state.code)):
                holes.append(f"{state.code} {year}")
    return Score(total - len(holes), total, tuple(holes))


# --- the table -------------------------------------------------------------------------------------------


def measures(shared: Path, draws: int, seed: int) -> Iterator[tuple[str, Score, str, str]]:
    """Yield what was measured, its score, and floor and aim in percent."""
    facts = shared / "facts"
    lists = (
        ("leaders 1990-2021 (REIGN)", list(reign(facts)), "97", "99.5"),
        ("foreign ministers (office_holders_21c)", list(office_holders(facts, "fm")), "95", "99"),
        ("heads of government (office_holders_21c)", list(office_holders(facts, "hog")), "95", "99"),
    )
    for what, pool, floor, aim in lists:
        chosen = random.Random(seed).sample(pool, min(draws, len(pool)))
        yield f"{what}: name and day to state and office", score(chosen, by_name), floor, aim
        yield f"{what}: state, office and day to name", score(chosen, by_office), floor, aim
    yield "politicians named in news of 2019-2020", in_news(shared), "", ""
    yield "heads known, state-years 1946-2026", coverage(RULERS, 1946, 2026), "", ""
    yield "foreign ministers known, state-years 1990-2026", coverage(frozenset({"fm"}), 1990, 2026), "", ""


def main() -> None:
    """Print the table, and the misses where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder of reference data")
    parser.add_argument("--draws", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--misses", type=int, default=0, help="print this many misses of each measure")
    args = parser.parse_args()
    if not args.shared.exists():
        parser.error(f"the reference data are not at {args.shared}; name their folder with --shared")
    console = Console(width=120)
    table = Table("measure", "right", "of", "%", "floor", "aim", title=f"seed {args.seed}")
    for what, result, floor, aim in measures(args.shared, args.draws, args.seed):
        table.add_row(what, f"{result.right:,}", f"{result.total:,}", f"{100 * result.share:.1f}", floor, aim)
        for miss in result.misses[: args.misses]:
            console.print(f"  {what.split(':')[0]}: {miss}", highlight=False, markup=False)
    table.add_row("look-up, ms per 500 words", f"{look_up_ms(args.shared):.2f}", "", "", "2", "0.5")
    table.add_row("loading all names, s", f"{seconds_to_load():.2f}", "", "", "0.5", "0.1")
    console.print(table)


if __name__ == "__main__":
    main()
