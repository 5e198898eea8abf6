"""Whether gold rows stand where they say: `python -m quality.quotes [--mend]`.

Every gold row holds a quote and its offsets. When a sample report is edited the offsets shift: `--mend`
finds each quote anew, where it stands once, and writes the rows back. Without it, faults are listed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from detente.intake import read_reports
from detente.records import Report

HERE = Path(__file__).resolve().parent
REPORTS = HERE.parent / "examples" / "reports"
FILES = (HERE / "gold_samples.jsonl", HERE / "negatives_samples.jsonl")

Row = dict[str, Any]


def load_rows(path: Path) -> list[Row]:
    """Return the rows of a JSON lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def load_reports() -> dict[str, Report]:
    """Return the sample reports by the stems of their files."""
    found = read_reports([str(REPORTS)])
    return {Path(r.origin or "").stem: r for r in found if isinstance(r, Report)}


def find_misplaced(rows: Iterable[Row], reports: Mapping[str, Report]) -> list[Row]:
    """Return the rows whose offsets do not give their quote."""
    return [r for r in rows if r["report"] not in reports or _words(r, reports) != r["quote"]]


def mend(row: Row, reports: Mapping[str, Report]) -> bool:
    """Set a row's offsets to where its quote stands; False where it stands nowhere, or twice."""
    report = reports.get(row["report"])
    text = "" if report is None else (report.title or "") if row["field"] == "title" else report.text
    if text.count(row["quote"]) != 1:
        return False
    row["start"] = text.index(row["quote"])
    row["end"] = row["start"] + len(row["quote"])
    return True


def _words(row: Row, reports: Mapping[str, Report]) -> str:
    return reports[row["report"]].words(row["field"], row["start"], row["end"])


def main() -> int:
    """List the rows that are out of place, or mend them; return 1 if any remains."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--mend", action="store_true", help="find the quotes anew and write the rows back")
    wished = options.parse_args()
    reports, left = load_reports(), 0
    for path in FILES:
        rows = load_rows(path)
        faults = find_misplaced(rows, reports)
        if wished.mend:
            faults = [r for r in faults if not mend(r, reports)]
            path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")
        for row in faults:
            print(f"{path.name} {row['id']}: «{row['quote'][:70]}» does not stand there", file=sys.stderr)
        left += len(faults)
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
