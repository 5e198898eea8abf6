"""Figures about a pair in, lines out, with those that tell one thing differently marked as a conflict set."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from detente.measures.lines import FigureLine
from detente.measures.quoting import quote_of
from detente.records import hash_words

NEAR = timedelta(days=31)  # figures that name no period are of one time if reported within a month
ALLOWED = {"=": 0.005, "~": 0.05}  # rounding in the telling: 24.5 for 24.52; «about 10» for 10.4


def draw_figures(rows: Iterable[Mapping[str, Any]]) -> tuple[FigureLine, ...]:
    """Return a line for each figure, newest period first; no value is ever dropped for another.

    Figures with the same subject, unit, parties and period form a conflict set where their values
    disagree; all its lines bear its name in `conflict`.
    """
    lines = [_figure_line(row) for row in rows if row["status"] != "denied"]
    groups: dict[tuple[object, ...], list[FigureLine]] = {}
    for line in sorted(lines, key=lambda x: (x.quote.published or date.min, x.quote.record)):
        groups.setdefault(_subject(line), []).append(line)
    marked = [line for key, group in groups.items() for line in _mark(key, group)]
    return tuple(sorted(marked, key=_newest_first, reverse=True))


def do_they_differ(one: FigureLine, other: FigureLine) -> bool:
    """Return True where no number satisfies both: «over 10 billion» and «10 billion», 37 and 41 percent.

    «Over 10» and 12 go together, and so do 24.5 and 24.52, or about 10 and 10.4.
    """
    if one.value == other.value and one.op != other.op and {one.op, other.op} & {">", "<"}:
        return "~" not in (one.op, other.op)
    (low, high), (low_2, high_2) = _span(one), _span(other)
    return low > high_2 or low_2 > high


def _span(line: FigureLine) -> tuple[float, float]:
    """Return the least and greatest number a figure admits."""
    low, high = line.value if isinstance(line.value, tuple) else (line.value, line.value)
    slack = ALLOWED.get(line.op, 0.0) * max(abs(low), abs(high))
    if line.op in (">", ">="):
        return (low, math.inf)
    if line.op in ("<", "<="):
        return (-math.inf, high)
    return (low - slack, high + slack)


def _subject(line: FigureLine) -> tuple[object, ...]:
    what = " ".join((line.what or "").casefold().split())
    return (what, line.unit, line.parties, line.period_start, line.period_end, (line.of or "").casefold())


def _mark(key: tuple[object, ...], group: list[FigureLine]) -> list[FigureLine]:
    """Return the group with a conflict's name on all its lines, if any two of one time disagree."""
    marked: list[FigureLine] = []
    for run in _runs(group, has_period=key[3] is not None or key[4] is not None):
        differs = any(do_they_differ(x, y) for i, x in enumerate(run) for y in run[i + 1 :])
        name = (
            hash_words("figures", *map(str, key), str(run[0].quote.published)) if differs and key[0] else None
        )
        marked += [replace(line, conflict=name) for line in run]
    return marked


def _runs(group: list[FigureLine], *, has_period: bool) -> list[list[FigureLine]]:
    """Cut figures without a period where more than a month lies between two reports."""
    runs: list[list[FigureLine]] = []
    for line in group:
        if runs and (has_period or _is_soon_after(runs[-1][-1], line)):
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _is_soon_after(one: FigureLine, other: FigureLine) -> bool:
    if one.quote.published is None or other.quote.published is None:
        return one.quote.report == other.quote.report
    return other.quote.published - one.quote.published <= NEAR


def _figure_line(row: Mapping[str, Any]) -> FigureLine:
    amount = row["figure"]
    value = amount["value"]
    return FigureLine(
        what=amount["what"], value=tuple(value) if isinstance(value, list) else value,
        unit=amount["unit"], op=amount["op"],
        parties=tuple(sorted({a["code"] for a in (*row["sources"], *row["recipients"]) if a["code"]})),
        period_start=_day(amount["period_start"]), period_end=_day(amount["period_end"]),
        of=amount["of"], quote=quote_of(row),
    )  # fmt: skip


def _newest_first(line: FigureLine) -> tuple[date, date, str, str]:
    published = line.quote.published or date.min
    return (line.period_end or line.period_start or published, published, line.what or "", line.quote.record)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
