"""Read a public suite of numbers, money, shares, dates: `python -m quality.suites [--misses] [--file NAME]`.

The cases are Recognizers-Text's, English (Microsoft, MIT); they lie beside the repository, are read at run
time and are not part of it. A case counts only if all that its text holds is read, value and unit (numbers:
value and words), and nothing else. What is asked of assistants and not written in news («OOO from 4/22»,
«remind me at 5») is counted in the files of dates, too, which are reported and bear no floor.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from detente.coding.howmuch.checks import plain_sentences
from detente.coding.howmuch.numbers import find_quantities
from detente.coding.howmuch.numerals import find_numerals
from detente.coding.pieces import cut_pieces
from detente.coding.reading import Quantity, Reading, Time
from detente.coding.when.times import find_times
from detente.language.analysis import Analysis
from detente.records import Report

SUITE = Path(__file__).resolve().parents[2] / "shared" / "data" / "suites" / "recognizers" / "Specs"

Case = Mapping[str, Any]

# Names the suite gives units, where they are not the ISO code or our own name.
CURRENCIES: Mapping[str, tuple[str, float]] = {
    "Dollar": ("USD", 1), "Cent": ("USD", 0.01), "Pound": ("GBP", 1), "Franc": ("CHF", 1),
    "Pence": ("GBP", 0.01), "Penny": ("GBP", 0.01), "Rupee": ("INR", 1), "Finnish markka": ("FIM", 1),
    "Peseta": ("ESP", 1), "Netherlands guilder": ("NLG", 1), "Bitcoin": ("BTC", 1),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Score:
    """How many cases of a file were read exactly; `floor` is a share, 0 where it is only reported."""

    family: str
    file: str
    right: int
    cases: int
    floor: float = 0.0
    misses: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        return self.right / self.cases if self.cases else 0.0


# What the suite wants, and what we read


def read_plainly(text: str, published: date | None = None) -> Reading:
    """Return a reading of words alone: the grammar of numbers and times needs no model."""
    return Reading(Report(text, published=published), Analysis(tuple(plain_sentences("text", text))))


def is_money_right(case: Case) -> tuple[bool, str]:
    wanted = [m for result in case["Results"] for m in _money(result["Resolution"])]
    got = [(_value(q), q.unit) for q in _quantities(case["Input"]) if re.fullmatch("[A-Z]{3}", q.unit)]
    return _same(got, wanted), f"{got} for {wanted}"


def _money(resolution: Case) -> list[tuple[float, str]]:
    if resolution["value"] in (None, "null"):
        return []
    code, part = CURRENCIES.get(resolution["unit"], (resolution["unit"], 1))
    return [(float(resolution["value"]) * part, resolution.get("isoCurrency", code))]


def is_share_right(case: Case) -> tuple[bool, str]:
    values = [r["Resolution"]["value"] for r in case["Results"]]
    wanted = [(float(v.rstrip("%")), "percent") for v in values if v not in (None, "null")]
    got = [(_value(q), q.unit) for q in _quantities(case["Input"]) if q.unit == "percent"]
    return _same(got, wanted), f"{got} for {wanted}"


def is_number_right(case: Case) -> tuple[bool, str]:
    results = [r for r in case["Results"] if r["TypeName"] == "number"]
    wanted = [(float(r["Resolution"]["value"]), r["Text"].lower()) for r in results]
    got = _numbers(case["Input"], ("cardinal", "fraction"))
    return _same(got, wanted), f"{got} for {wanted}"


def is_ordinal_right(case: Case) -> tuple[bool, str]:
    """Ordinals by number; «next» and «last» are the business of times."""
    results = [r for r in case["Results"] if r["TypeName"] == "ordinal"]
    values = [r["Resolution"]["value"] for r in results]
    wanted = [(float(v), r["Text"].lower()) for v, r in zip(values, results, strict=True) if _is_number(v)]
    got = _numbers(case["Input"], ("ordinal",))
    return _same(got, wanted), f"{got} for {wanted}"


def _numbers(text: str, kinds: Iterable[str]) -> list[tuple[float, str]]:
    found = []
    for sentence in plain_sentences("text", text):
        pieces = cut_pieces(sentence)
        for n in find_numerals(pieces):
            if n.kind in kinds or (n.kind != "ordinal" and "cardinal" in kinds):
                found.append((n.value, text[pieces[n.start].start : pieces[n.end - 1].end].lower()))
    return found


def _is_number(value: str) -> bool:
    return re.fullmatch(r"-?\d+(?:\.\d+)?", value) is not None


def is_date_right(case: Case) -> tuple[bool, str] | None:
    """Whether the days of a case's one date or range are read; None where no day is asked for."""
    day = (case.get("Context") or {}).get("ReferenceDateTime")
    wanted = [w for result in case["Results"] for w in _days(result)]
    if not day or len(case["Results"]) != 1 or not wanted:
        return None
    times = find_times(read_plainly(case["Input"], date.fromisoformat(day[:10]))).times
    got = [(t.start, t.end) for t in times]
    return any(_fits(t, w) for t in times for w in wanted), f"{got} for {wanted}"


_Days = tuple[date, frozenset[date]]


def _days(result: Case) -> list[_Days]:
    """Return each reading's first day and its last, which the suite mostly gives as the day after."""
    resolution = result.get("Value") or result.get("Resolution") or {}
    sides = [resolution.get(side, {}) for side in ("PastResolution", "FutureResolution")]
    found = []
    for value in [*sides, *resolution.get("values", ())]:
        start = value.get("date") or value.get("startDate") or value.get("start") or value.get("value")
        end = value.get("date") or value.get("endDate") or value.get("end") or value.get("value")
        if _is_day(start) and _is_day(end) and int(start[:4]) > 1:
            last = date.fromisoformat(end)
            ends = {last} if "date" in value or "value" in value else {last, last - timedelta(days=1)}
            found.append((date.fromisoformat(start), frozenset(ends)))
    return found


def _is_day(words: Any) -> bool:
    return isinstance(words, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", words) is not None


def _fits(time: Time, wanted: _Days) -> bool:
    """Whether a time is the days wanted, or for a single day a coarser time around it."""
    start, ends = wanted
    if time.start is None or time.end is None:
        return False
    return (time.start == start and time.end in ends) or (
        len(ends) == 1 and time.start <= start <= time.end and (time.end - time.start).days < 8
    )


def _quantities(text: str) -> tuple[Quantity, ...]:
    return find_quantities(read_plainly(text)).quantities


def _value(quantity: Quantity) -> float:
    return float("nan") if isinstance(quantity.value, tuple) else quantity.value


def _same(got: list[tuple[float, str]], wanted: list[tuple[float, str]]) -> bool:
    return len(got) == len(wanted) and all(
        u == v and abs(x - y) <= 1e-6 * max(1.0, abs(y)) for (x, u), (y, v) in zip(got, wanted, strict=True)
    )


# Files, families, floors

Judge = Callable[[Case], tuple[bool, str] | None]

FILES: tuple[tuple[str, str, Judge, float], ...] = (
    ("currency", "NumberWithUnit/English/CurrencyModel.json", is_money_right, 0.97),
    ("number", "Number/English/NumberModel.json", is_number_right, 0.97),
    ("number", "Number/English/NumberModelExperimentalMode.json", is_number_right, 0.96),
    ("number", "Number/English/NumberModelPercentMode.json", is_number_right, 0.0),
    ("percentage", "Number/English/PercentModel.json", is_share_right, 0.97),
    ("percentage", "Number/English/PercentModelPercentMode.json", is_share_right, 0.97),
    ("ordinal", "Number/English/OrdinalModel.json", is_ordinal_right, 0.0),
    ("date", "DateTime/English/DateParser.json", is_date_right, 0.0),
    ("date", "DateTime/English/DatePeriodParser.json", is_date_right, 0.0),
    ("date", "DateTime/English/HolidayParser.json", is_date_right, 0.0),
    ("date", "DateTime/English/MergedParser.json", is_date_right, 0.0),
    ("date", "DateTime/English/DateTimeModel.json.gz", is_date_right, 0.0),
)


def measure(family: str, name: str, judge: Judge, floor: float) -> Score:
    """Return how many cases of one file are read exactly, and what each miss read instead."""
    right, cases, misses = 0, 0, []
    for case in read_cases(name):
        judged = judge(case)
        if judged is None:
            continue
        cases += 1
        right += judged[0]
        if not judged[0]:
            misses.append(f"{case['Input'].strip()} -> {judged[1]}")
    return Score(family, name.rsplit("/", 1)[1], right, cases, floor, tuple(misses))


def read_cases(name: str) -> list[Case]:
    """Return the cases of a file of the suite, packed or not."""
    data = (SUITE / name).read_bytes()
    cases: list[Case] = json.loads(
        (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8-sig")
    )
    return cases


def main(arguments: Iterable[str] | None = None) -> int:
    """Print a line a file and a family; return 1 where a file lies below its floor, 2 without the suite."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--misses", action="store_true", help="also print each case missed")
    options.add_argument("--file", help="only files whose name holds this")
    chosen = options.parse_args(list(arguments) if arguments is not None else None)
    if not SUITE.exists():
        print(f"The suite is not at {SUITE}; put Recognizers-Text's Specs there.", file=sys.stderr)
        return 2
    scores = [measure(*file) for file in FILES if not chosen.file or chosen.file in file[1]]
    for score in scores:
        floor = f"   floor {score.floor:.0%}" if score.floor else ""
        print(
            f"{score.family:11} {score.file:38} {score.right:4} of {score.cases:4}  {score.share:6.1%}{floor}"
        )
        for miss in score.misses if chosen.misses else ():
            print(f"    {miss}")
    for family in dict.fromkeys(score.family for score in scores):
        own = [s for s in scores if s.family == family]
        right, cases = sum(s.right for s in own), sum(s.cases for s in own)
        print(f"{family:11} {'all':38} {right:4} of {cases:4}  {right / cases:6.1%}")
    return int(any(score.share < score.floor for score in scores))


if __name__ == "__main__":
    raise SystemExit(main())
