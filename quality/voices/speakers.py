"""Who is said to speak, scored: `python -m quality.voices.speakers GOLD.jsonl PREDICTED.jsonl`.

Takes gold rows of kind `statement` and predicted rows, gives precision, recall and F1 of the speakers named.
Recall asks of each core quotation with a speaker whether a record on its words names him. Precision asks of
each predicted statement that names a speaker whether one of the quotations it stands on is his; a statement
that stands on optional quotations only is let pass, as is one that names nobody.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many quotations and statements there were, and how many of each had the right speaker."""

    found: int
    quotations: int
    right: int
    statements: int

    @property
    def precision(self) -> float:
        """The share of predicted statements whose speaker is right, 0 to 1."""
        return self.right / self.statements if self.statements else 0.0

    @property
    def recall(self) -> float:
        """The share of gold quotations whose speaker was found, 0 to 1."""
        return self.found / self.quotations if self.quotations else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 to 1."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def tally_speakers(gold: Iterable[Row], predicted: Iterable[Row]) -> Tally:
    """Return how often the speaker is right: «“We shall stay,” Li said» read as Li's counts on both sides."""
    quotations, records = _by_report(r for r in gold if r["record"] == "statement"), _by_report(predicted)
    asked = [(r, q) for r, some in quotations.items() for q in some if _speaker(q) and q["tier"] == "core"]
    found = sum(any(_touch(q, p) and same_speaker(q, p) for p in records[r]) for r, q in asked)
    told = [(r, p) for r, some in records.items() for p in some if p["record"] == "statement" and _speaker(p)]
    verdicts = [v for r, p in told if (v := _verdict(p, quotations[r])) is not None]
    return Tally(found, len(asked), sum(verdicts), len(verdicts))


def same_speaker(gold: Row, predicted: Row) -> bool:
    """Return whether two rows name one speaker.

    A person goes by his last name, a body by any name it also bears. Where gold has no name («officials
    said») the state or the role must agree, and a person with a name is somebody else.
    """
    a, b = _speaker(gold), _speaker(predicted)
    if a is None or b is None:
        return False
    theirs = str(b.get("name") or "").lower()
    if a["name"]:
        return any(_last(name) in theirs for name in (a["name"], *a.get("also", ())))
    if _words(a["role"]) & (_words(b.get("role")) | _words(theirs)):
        return a["code"] is None or b.get("code") in (None, a["code"])
    return bool(a["code"] and a["code"] == b.get("code") and not (theirs and b.get("role")))


def _verdict(statement: Row, quotations: list[Row]) -> bool | None:
    """Whether the speaker is right; None where only quotations nobody asks for are touched."""
    under = [q for q in quotations if _touch(q, statement)]
    if any(same_speaker(q, statement) for q in under):
        return True
    asked = [q for q in under if q["tier"] == "core" or q["quotation"] == "turn"]
    return None if under and not asked else False


def _touch(gold: Row, predicted: Row) -> bool:
    same_field = gold["field"] == predicted["field"]
    return bool(same_field and gold["start"] < predicted["end"] and predicted["start"] < gold["end"])


def _speaker(row: Row) -> dict[str, Any] | None:
    found: dict[str, Any] | None = (row.get("attribution") or {}).get("speaker")
    return found


def _words(role: str | None) -> set[str]:
    """The telling words of a role: «officials in Omsk» → {official, omsk}."""
    return {word.rstrip("s") for word in re.findall(r"\w{4,}", (role or "").lower())}


def _last(name: str) -> str:
    return name.split()[-1].lower()


def _by_report(found: Iterable[Row]) -> defaultdict[str, list[Row]]:
    reports: defaultdict[str, list[Row]] = defaultdict(list)
    for row in found:
        reports[row["report"]].append(row)
    return reports


def _read(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def main() -> None:
    """Print precision, recall and F1 of the speakers."""
    gold, predicted = (_read(Path(name)) for name in sys.argv[1:3])
    tally = tally_speakers(gold, predicted)
    print(f"precision {tally.precision:.3f} ({tally.right} of {tally.statements} statements)")
    print(f"recall    {tally.recall:.3f} ({tally.found} of {tally.quotations} quotations)")
    print(f"f1        {tally.f1:.3f}")


if __name__ == "__main__":
    main()
