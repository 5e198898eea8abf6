"""Hold the scores: `python -m quality.gate [--set NAME] [--markdown] [--raise]`.

Codes each gold set of `floors.toml`, scores it, and fails when a figure lies below its floor. A score
may rise freely (`--raise` writes the new floors); a floor is lowered by hand, with its reason beside it.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from detente.intake import read_reports
from detente.pipeline import code_reports
from detente.records import Coded
from quality import acts
from quality.score_records import rows, score
from quality.voices.speakers import tally_speakers

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.toml"
SLACK = 0.02  # one act of a small set: another kind of processor may read one near-tie otherwise


@dataclass(frozen=True, slots=True)
class Figures:
    """A gold set's figures by name: F1 for matches, accuracy for fields, a count for negatives violated."""

    name: str
    values: dict[str, float]


def measure(name: str, setting: dict[str, Any]) -> Figures | None:
    """Return the figures of one set, or None where its files are not at hand."""
    if setting["kind"] == "acts":
        return _measure_acts(name, setting)
    root = HERE.parent / setting["root"]
    gold, reports = root / setting["gold"], root / setting["reports"]
    if not gold.exists() or not reports.exists():
        return None
    keep = set(setting.get("only", ()))
    published = date.fromisoformat(setting["published"]) if "published" in setting else None
    predicted: list[dict[str, Any]] = []
    for path in [reports] if reports.is_file() else sorted(reports.glob("*.txt")):
        if keep and path.stem not in keep:
            continue
        for coded in code_reports(read_reports([str(path)], published=published)):
            if isinstance(coded, Coded):
                predicted += [row | {"report": path.stem} for row in coded.to_json()]
    wanted = [r for r in rows(gold) if not keep or r["report"] in keep]
    negatives = rows(root / setting["negatives"]) if "negatives" in setting else []
    values = _flatten(score(wanted, predicted, negatives), bool(negatives))
    if setting.get("speakers"):
        values["speaker"] = round(tally_speakers(wanted, predicted).f1, 4)
    return Figures(name, values)


def _measure_acts(name: str, setting: dict[str, Any]) -> Figures:
    sample = acts.load(setting["split"])
    gold = [g for row in sample for g in acts.to_gold(row)]
    values = _flatten(score(gold, [p for row in sample for p in acts.predict(row)]), False)
    untold = ("date", "cameo_root")  # the annotated sentences have neither
    return Figures(name, {key: value for key, value in values.items() if key not in untold})


def _flatten(scored: Any, with_negatives: bool) -> dict[str, float]:
    tallies, accuracy, violated, _ = scored
    values = {key: tally.row()["f1"] for key, tally in tallies.items() if tally.gold}
    values |= {key: round(right / n, 4) for key, (right, n) in accuracy.items() if n}
    if with_negatives:
        values["negatives"] = float(len(violated))
    return values


def check(figures: Figures, floors: dict[str, float]) -> list[str]:
    """Return what lies on the wrong side of its floor, in words."""
    low = []
    for key, floor in floors.items():
        value = figures.values.get(key, 0.0)
        worse = value > floor if key == "negatives" else value < floor - SLACK
        if worse:
            low.append(f"{figures.name}: {key} is {value:.3f}, its floor {floor:.3f}")
    return low


def main(arguments: Iterable[str] | None = None) -> int:
    """Print the figures beside their floors; return 1 if any is below."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--set", help="only this set")
    options.add_argument("--json", action="store_true")
    options.add_argument("--markdown", action="store_true", help="print one table of all sets, for the docs")
    options.add_argument("--raise", dest="raise_", action="store_true", help="write risen scores as floors")
    chosen = options.parse_args(list(arguments) if arguments is not None else None)
    plan = tomllib.loads(FLOORS.read_text("utf-8"))
    low: list[str] = []
    measured: list[Figures] = []
    for name, setting in plan.items():
        if chosen.set and name != chosen.set:
            continue
        figures = measure(name, setting)
        if figures is None:
            print(f"{name}: not measured, its gold lies outside the repository and is not at hand")
            continue
        low += check(figures, setting["floors"])
        measured.append(figures)
        if chosen.json:
            print(json.dumps({"set": name, **figures.values}))
        elif not chosen.markdown:
            for key, value in figures.values.items():
                floor = setting["floors"].get(key)
                print(
                    f"{name:14} {key:12} {value:7.3f}"
                    + (f"   floor {floor:.3f}" if floor is not None else "")
                )
        if chosen.raise_:
            _raise_floors(name, figures, setting["floors"])
    if chosen.markdown:
        print_markdown(measured)
    print(*low, sep="\n", file=sys.stderr)
    return 1 if low else 0


def print_markdown(measured: list[Figures]) -> None:
    """Print the figures as a table, a row a figure and a column a set."""
    keys = list(dict.fromkeys(key for figures in measured for key in figures.values))
    print("| figure | " + " | ".join(f.name for f in measured) + " |")
    print("|---" * (len(measured) + 1) + "|")
    for key in keys:
        cells = [_cell(key, figures.values.get(key)) for figures in measured]
        print(f"| {key} | " + " | ".join(cells) + " |")


def _cell(key: str, value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if key == "negatives" else f"{value:.3f}"


def _raise_floors(name: str, figures: Figures, floors: dict[str, float]) -> None:
    """Rewrite the floors of one set in place where a figure rose."""
    lines = []
    for key, value in figures.values.items():
        old = floors.get(key)
        better = old is None or (value < old if key == "negatives" else value > old)
        lines.append(f'"{key}" = {value if better else old}\n')
    section = re.compile(rf'(\[{re.escape(name)}\.floors\]\n)(?:"[^\n]*\n)*')
    text = section.sub(lambda found: found[1] + "".join(lines), FLOORS.read_text("utf-8"))
    FLOORS.write_text(text, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
