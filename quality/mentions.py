"""Who is meant, measured twice: on hard cases of our own, and on mentions drawn from real reports and read.

    python -m quality.mentions --hard               the share of hard mentions that are right, and the others
    python -m quality.mentions --draw 300 --seed 4  mentions of states drawn at random, to be judged
    python -m quality.mentions --score              the share judged right, coded anew

A line drawn gives `before`, `words` and `after` to read by; whoever judges it writes `right` (true or
false), and for a wrong one `family` and `meant`. `--score` codes the reports of `mentions_read.jsonl`
again: a mention that still has the same codes keeps its judgement, a wrong one that now has the codes of
`meant` counts as mended, one that is gone or changed otherwise is left out and counted apart. The reports
are those of the data beside the repository.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from detente.coding.reading import Mention, Reading
from detente.coding.who.actors import find_mentions
from detente.knowledge.names import fold
from detente.knowledge.states import states
from detente.language import read_analysis
from detente.records import Report

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases" / "mentions_hard.toml"
JUDGED = ROOT / "quality" / "mentions_read.jsonl"
LOAD = ROOT.parent / "shared" / "data" / "load"
REPORTS = 200  # reports a drawing takes from, half news, half briefings
AROUND = 160  # characters shown on either side of a mention

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Expected:
    """One line of a case: words, the codes they may stand for (each a set, empty for nobody), place, name."""

    words: str
    codes: tuple[frozenset[str], ...]
    place: bool | None = None
    name: str = ""


def load_cases(path: Path = CASES) -> list[Row]:
    """Return the hard cases in the order of the file."""
    cases: list[Row] = tomllib.loads(path.read_text("utf-8"))["case"]
    return cases


def parse_line(line: str) -> Expected:
    """Return what a line of `who` expects: «Moscow -> RUS place», «Xi -> CHN =Xi», «Shell -> -|MNC»."""
    words, _, meant = line.partition(" -> ")
    meant, _, name = meant.partition(" =")
    codes, _, place = meant.partition(" ")
    sets = tuple(frozenset() if one == "-" else frozenset(one.split("+")) for one in codes.split("|"))
    return Expected(words, sets, {"place": True, "actor": False}.get(place), name)


def expected_of(case: Mapping[str, Any]) -> Iterator[tuple[int, Expected]]:
    """Yield each mention a case checks, with where its words start."""
    text, after = case["text"], 0
    for line in case["who"]:
        one = parse_line(line)
        start = text.index(one.words, after)
        after = start + len(one.words)
        yield start, one
    for words in case.get("none", []):
        yield text.index(words), Expected(words, (frozenset(),))


def read_case(case: Mapping[str, Any]) -> Reading:
    """Return the reading of a case's text with its mentions."""
    report = Report(case["text"], published=case.get("published"))
    return find_mentions(Reading(report, read_analysis(report)))


def overlapping(reading: Reading, start: int, end: int) -> list[Mention]:
    """Return the mentions of the text that share a character with a stretch of it."""
    found = []
    for mention in reading.mentions:
        sentence = reading.sentence(mention.span.sentence)
        first, last = sentence.tokens[mention.span.start], sentence.tokens[mention.span.end - 1]
        if sentence.field == "text" and first.start < end and last.end > start:
            found.append(mention)
    return found


def fault_of(found: list[Mention], one: Expected) -> str:
    """Return what is wrong with the mentions at words, "" where they are right."""
    actors = [a for m in found for a in m.actors]
    codes = frozenset(a.code for a in actors if a.code)
    if codes not in one.codes:
        return "codes"
    if one.place is not None and any(m.place for m in found) != one.place:
        return "place"
    wanted = fold(one.name).lower().split()
    if wanted and not any(_has_words(a.name, wanted) for a in actors):
        return "name"
    return ""


def _has_words(name: str | None, wanted: list[str]) -> bool:
    words = fold(name or "").lower().split()
    return all(any(w.startswith(part) for w in words) for part in wanted)


def faults_of_case(case: Mapping[str, Any]) -> list[str]:
    """Return what is wrong in a case, a line for each wrong mention."""
    reading = read_case(case)
    faults = []
    for start, one in expected_of(case):
        found = overlapping(reading, start, start + len(one.words))
        fault = fault_of(found, one)
        if fault:
            shown = "; ".join(_shown(m) for m in found) or "nobody"
            faults.append(f"{one.words} -> {_wanted(one)}: {fault}, got {shown}")
    return faults


def _wanted(one: Expected) -> str:
    codes = "|".join("+".join(sorted(c)) or "-" for c in one.codes)
    place = {None: "", True: " place", False: " actor"}[one.place]
    return codes + place + (f" ={one.name}" if one.name else "")


def _shown(mention: Mention) -> str:
    codes = "+".join(a.code or "?" for a in mention.actors)
    names = ", ".join(a.name for a in mention.actors if a.name)
    return f"{codes}{' place' if mention.place else ''} {names} [{mention.how}, {mention.why}]"


def score_hard(cases: Iterable[Row], *, verbose: bool) -> tuple[int, int]:
    """Return how many mentions of the cases are right, and how many there are."""
    right = total = 0
    for case in cases:
        faults = faults_of_case(case)
        count = sum(1 for _ in expected_of(case))
        right, total = right + count - len(faults), total + count
        if verbose and faults:
            print(f"{case['label']} ({case.get('published')})", *(f"    {f}" for f in faults), sep="\n")
    return right, total


def load_reports() -> dict[str, Report]:
    """Return the real reports beside the repository by their address: news of two years, and briefings."""
    found: dict[str, Report] = {}
    csv.field_size_limit(10**7)
    for year in (2019, 2020):
        with gzip.open(LOAD / "wikinews" / f"wikinews_{year}.csv.gz", "rt", encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                day = date.fromisoformat(row["date"][:10])
                found[row["url"]] = Report(row["text"], row["title"], day, outlet="Wikinews", url=row["url"])
    path = LOAD / "wh_briefings" / "wh_briefings_first600.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            name, day = f"briefing {row['id']}", day_in_title(row["title"])
            found[name] = Report(row["text"], row["title"], day, given_id=name, outlet="The White House")
    return found


def day_in_title(title: str) -> date | None:
    """Return the day of «Press Briefing, 4/8/14», None for a title without one."""
    found = re.search(r"(\d{1,2})/(\d{1,2})/(?:20)?(\d{2})\b", title)
    return date(2000 + int(found[3]), int(found[1]), int(found[2])) if found else None


def draw_mentions(number: int, seed: int, size: int = REPORTS) -> list[Row]:
    """Return mentions of states drawn at random from reports drawn at random.

    Half are from news and half from briefings, which are ten times as long.
    """
    chance, reports = random.Random(seed), load_reports()
    news = sorted(n for n in reports if not n.startswith("briefing"))
    briefings = sorted(n for n in reports if n.startswith("briefing"))
    drawn: list[Row] = []
    for names, share in ((news, number - number // 2), (briefings, number // 2)):
        rows = [r for name in chance.sample(names, size // 2) for r in state_mentions(name, reports[name])]
        drawn += chance.sample(rows, share)
    return drawn


def state_mentions(name: str, report: Report) -> Iterator[Row]:
    """Yield a row for each mention of a report that stands for a state."""
    reading = find_mentions(Reading(report, read_analysis(report)))
    for mention in reading.mentions:
        if not any(a.code in states() for a in mention.actors):
            continue
        sentence = reading.sentence(mention.span.sentence)
        start = sentence.tokens[mention.span.start].start
        end = sentence.tokens[mention.span.end - 1].end
        text = (report.title or "") if sentence.field == "title" else report.text
        yield {
            "report": name,
            "field": sentence.field,
            "start": start,
            "end": end,
            "codes": [a.code for a in mention.actors],
            "names": [a.name for a in mention.actors],
            "how": mention.how,
            "place": mention.place,
            "words": text[start:end],
            "before": text[max(0, start - AROUND) : start],
            "after": text[end : end + AROUND],
        }


def score_judged(path: Path = JUDGED) -> Counter[str]:
    """Return how many judged mentions are right, wrong, mended or changed when coded anew."""
    judged = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.startswith("{")]
    reports, coded = load_reports(), {}
    counts: Counter[str] = Counter()
    for row in judged:
        name = row["report"]
        if name not in coded:
            coded[name] = {(r["field"], r["start"], r["end"]): r for r in state_mentions(name, reports[name])}
        now = coded[name].get((row["field"], row["start"], row["end"]))
        counts[verdict(row, now)] += 1
    return counts


def verdict(row: Row, now: Row | None) -> str:
    """Return what has become of a judged mention."""
    codes = now["codes"] if now else []
    if codes == row["codes"]:
        return "right" if row["right"] else "wrong"
    return "mended" if not row["right"] and codes == row.get("meant", []) else "changed"


def main() -> int:
    """Print the measure asked for; return 1 where there is nothing to measure by."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--hard", action="store_true", help="score the hard cases")
    options.add_argument("--draw", type=int, metavar="N", help="draw N mentions to judge")
    options.add_argument("--score", action="store_true", help="score the judged mentions anew")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--reports", type=int, default=REPORTS, help="how many reports to draw from")
    options.add_argument("--quiet", action="store_true", help="the figure alone")
    given = options.parse_args()
    if (given.draw or given.score) and not LOAD.exists():
        print(f"{LOAD} is not there: drawing and scoring need its reports", file=sys.stderr)
        return 1
    if given.hard:
        right, total = score_hard(load_cases(), verbose=not given.quiet)
        print(f"{right} of {total} hard mentions right: {100 * right / total:.1f} %")
    if given.draw:
        for row in draw_mentions(given.draw, given.seed, given.reports):
            print(json.dumps(row, ensure_ascii=False))
    if given.score:
        counts = score_judged()
        right = counts["right"] + counts["mended"]
        known = right + counts["wrong"]
        print(f"{right} of {known} right: {100 * right / known:.1f} % ({dict(counts)})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
