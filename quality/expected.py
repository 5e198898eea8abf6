"""Hold the answers of an archive against a hand-made account of one report: `python -m quality.expected`.

The account (`expected.json` beside the report, outside the repository) says who stands where, what became of
what was announced, which figures there are, and which of them are at odds. Each line is reproduced or not by
what `detente stance`, `promises`, `figures` print; names and places of acts come from the report's gold.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from detente.archive import Archive
from detente.intake import read_reports
from detente.knowledge.issues import best_issue
from detente.measures.figures import find_figures
from detente.measures.lines import FigureLine, PromiseLine
from detente.measures.promises import find_promises
from detente.measures.stances import AGAINST
from detente.measures.standing import Standing, find_standings
from detente.pipeline import code_reports
from detente.records import Coded

SEED = Path(__file__).resolve().parents[2] / "shared" / "seed"
PUBLISHED = date(2017, 7, 4)
# What the account calls a stance, by its first word, and the side that is.
SIDES: Mapping[str, str] = {
    "support": "for", "oppose": "against", "demands": "for", "claims": "for", "keep": "for",
}  # fmt: skip
STATES: Mapping[str, tuple[str, ...]] = {
    "fulfilled": ("kept",), "under_way": ("kept", "open"), "open": ("open",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the account: its section, what it says, and whether the archive says so too."""

    section: str
    says: str
    is_there: bool


def measure(folder: Path = SEED) -> tuple[Line, ...]:
    """Return each line of the account with whether it is reproduced."""
    account = json.loads((folder / "expected.json").read_text("utf-8"))
    gold = [json.loads(line) for line in (folder / "gold.jsonl").read_text("utf-8").splitlines() if line]
    with tempfile.TemporaryDirectory() as place, Archive(Path(place) / "a", create=True) as archive:
        for coded in code_reports(read_reports([str(folder / "report.txt")], published=PUBLISHED)):
            assert isinstance(coded, Coded)
            archive.add(coded)
            text = coded.report.text
        return (
            *_stances(account["stance"], find_standings(archive)),
            *_promises(account["commitments"], find_promises(archive), gold, text),
            *_figures(account["figures"], find_figures(archive)),
            *_conflicts(account["conflict_sets"], find_figures(archive), gold, text),
        )


def _stances(wanted: Mapping[str, Mapping[str, str]], standings: Iterable[Standing]) -> Iterator[Line]:
    held = {(s.issue, s.code): s for s in standings}
    for name, actors in wanted.items():
        issue = best_issue(name) or ""
        for code, stance in actors.items():
            says = f"{code} on {name}: {stance}"
            yield Line("stance", says, _stands(held.get((issue, code)), stance))


def _stands(standing: Standing | None, stance: str) -> bool:
    if "no statement" in stance:
        return standing is None or _side(standing.stance) == "for"
    if standing is None:
        return False
    if "->" in stance:  # questioned, then recommitted: against, then for
        return bool(standing.changes) and _side(standing.stance) == "for"
    return _side(standing.stance) == SIDES[stance.split()[0]]


def _side(stance: str) -> str:
    return "none" if stance == "neutral" else "against" if stance in AGAINST else "for"


def _promises(
    wanted: Mapping[str, list[str]], promises: Iterable[PromiseLine], gold: list[dict[str, Any]], text: str
) -> Iterator[Line]:
    promises = tuple(promises)
    for state, acts in wanted.items():
        for act in acts:
            places = [_place(row) for row in gold if row["coref"] == act]
            found = any(p.state in STATES[state] and _tells(p, places, text) for p in promises)
            yield Line("promises", f"{act}: {state}", found)


def _tells(promise: PromiseLine, places: list[tuple[int, int]], text: str) -> bool:
    """Whether one of the promise's quotes stands where the gold has the act announced."""
    starts = [(text.find(quote.quote), len(quote.quote)) for quote in promise.told]
    return any(a < start + length and start < b for start, length in starts for a, b in places)


def _figures(wanted: Iterable[Mapping[str, Any]], lines: Iterable[FigureLine]) -> Iterator[Line]:
    held = tuple(lines)
    for figure in wanted:
        value, unit = figure["value"], figure["unit"]
        found = any((line.value, line.unit) == (value, unit) for line in held)
        yield Line("figures", f"{figure['what']}: {value:g} {unit}", found)
        if "rank" in figure:
            found = any((line.value, line.unit) == (figure["rank"], "rank") for line in held)
            yield Line("figures", f"{figure['what']}: rank {figure['rank']}", found)


def _conflicts(
    wanted: Iterable[Mapping[str, Any]], lines: Iterable[FigureLine], gold: list[dict[str, Any]], text: str
) -> Iterator[Line]:
    """A set is reproduced where as many tellings as it has stand together, of its act if it names one."""
    sets: dict[str, list[FigureLine]] = {}
    for line in lines:
        if line.conflict:
            sets.setdefault(line.conflict, []).append(line)
    for conflict in wanted:
        topic = conflict["topic"]
        act = topic.split()[0]
        places = [_place(row) for row in gold if row["coref"] == act]
        found = any(
            len(group) >= len(conflict["values"]) and (_are_of(group, places, text) or _name(group, topic))
            for group in sets.values()
        )
        yield Line("conflict sets", f"{topic}: {' / '.join(conflict['values'])}", found)


def _are_of(group: list[FigureLine], places: list[tuple[int, int]], text: str) -> bool:
    starts = [(text.find(line.quote.quote), len(line.quote.quote)) for line in group]
    return bool(places) and all(any(a < s + n and s < b for a, b in places) for s, n in starts)


def _name(group: list[FigureLine], topic: str) -> bool:
    return group[0].unit in topic.split()


def _place(row: Mapping[str, Any]) -> tuple[int, int]:
    return row["char_start"], row["char_end"]


def main(arguments: Iterable[str] | None = None) -> int:
    """Print each line of the account with + or -, and the share by section; return 2 without the account."""
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args(list(arguments) if arguments is not None else None)
    if not (SEED / "expected.json").exists():
        print("expected.json is not at hand: it lies outside the repository, in ../shared/seed.")
        return 2
    lines = measure()
    for line in lines:
        print(f"{'+' if line.is_there else '-'} {line.section}: {line.says}")
    for section in (*dict.fromkeys(line.section for line in lines), ""):
        own = [line for line in lines if section in ("", line.section)]
        right = sum(line.is_there for line in own)
        print(f"{section or 'all':14} {right:3} of {len(own):3}  {right / len(own):.0%}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
