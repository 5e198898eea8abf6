"""Figures in, lines out, with those that tell one thing differently marked as a conflict set.

«Contracts worth over $10 billion» and «deals worth $10 billion» are one subject told twice, and no number is
both; «it is their third meeting», «it will be the third» agree on the number and part on whether it has been.
Both tellings are always kept.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

from detente.knowledge.subjects import subject_of
from detente.knowledge.tables import read_day
from detente.knowledge.units import currency_names, find_unit, singular
from detente.measures.lines import FigureLine
from detente.measures.quoting import quote_of
from detente.records import COUNTED, hash_words

if TYPE_CHECKING:
    from detente.archive import Archive

# What a figure is of: subject, unit, parties, denominator, first and last day of its period.
_Key = tuple[str, str, tuple[str, ...], str, date | None, date | None]

NEAR = timedelta(days=31)  # figures that name no period are of one time if reported within a month
ALLOWED = {"=": 0.005, "~": 0.05}  # rounding in the telling: 24.5 for 24.52; «about 10» for 10.4


def find_figures(
    archive: Archive,
    a: str | None = None,
    b: str | None = None,
    *,
    what: str | None = None,
    unit: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> tuple[FigureLine, ...]:
    """Return the figures about one actor or two (codes), or all, newest period first, with conflict sets.

    `what` are words of what is measured («trade»), also by its other names («turnover»); `unit` is a code or
    a name («USD», «dollars», «percent», «agreement»). Conflict sets are looked for before these two choose.
    """
    codes = [code for code in (a, b) if code]
    lines = draw_figures(archive.records("figure", codes, since, until))
    wanted = unit_named(unit) if unit else None
    return tuple(
        line
        for line in lines
        if (what is None or is_about(line, what)) and (wanted is None or line.unit.casefold() == wanted)
    )


def is_about(line: FigureLine, what: str) -> bool:
    """Whether a figure measures what words say: all of them in its own, or another name of one subject."""
    own = (line.what or line.unit).casefold()
    named = what.casefold()
    return all(word in own.split() for word in named.split()) or subject_of(own) == subject_of(named)


def unit_named(words: str) -> str:
    """Return a unit, in lower case, as records write it: «dollars» -> usd, «%» -> percent, «agreements»."""
    named = words.casefold().strip()
    money = currency_names().get(tuple(named.split())) or currency_names().get((singular(named),))
    if money:
        return money.code.casefold()
    known = find_unit(named) or find_unit(singular(named))
    return known.name.casefold() if known else {"%": "percent"}.get(named, singular(named))


def draw_figures(rows: Iterable[Mapping[str, Any]]) -> tuple[FigureLine, ...]:
    """Return a line for each figure, newest period first; no value is ever dropped for another.

    Figures with the same subject, unit, parties and period form a conflict set where their values
    disagree, or where reports of one day part on whether it is so yet; all its lines bear its name in
    `conflict`. A figure without a period goes with those of a period if it was told within a month of
    them and of no other period's.
    """
    lines = [_figure_line(row) for row in rows if row["status"] != "denied"]
    groups: dict[_Key, list[FigureLine]] = {}
    for line in sorted(lines, key=lambda x: (x.quote.published or date.min, x.quote.record)):
        groups.setdefault(_subject(line), []).append(line)
    marked = [line for key, group in _with_undated(groups).items() for line in _mark(key, group)]
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


def _subject(line: FigureLine) -> _Key:
    what = subject_of(line.what or "")
    return (what, line.unit, line.parties, (line.of or "").casefold(), line.period_start, line.period_end)


def _with_undated(groups: Mapping[_Key, list[FigureLine]]) -> dict[_Key, list[FigureLine]]:
    """Return the groups, figures without a period joined to the one period they were told beside.

    Of two periods told in the same month an undated figure may mean either, and stays by itself.
    """
    joined = {key: list(group) for key, group in groups.items()}
    for key, group in groups.items():
        if key[4:] != (None, None) or not key[0]:
            continue
        dated = [k for k in groups if k[:4] == key[:4] and k[4:] != (None, None)]
        for line in group:
            near = [k for k in dated if any(_are_near(line, other) for other in groups[k])]
            if len(near) == 1:
                joined[near[0]].append(line)
                joined[key].remove(line)
    return {key: group for key, group in joined.items() if group}


def _mark(key: _Key, group: list[FigureLine]) -> list[FigureLine]:
    """Return the group with a conflict's name on all its lines, if any two of one time disagree."""
    marked: list[FigureLine] = []
    for run in _runs(group, has_period=key[4] is not None or key[5] is not None):
        parts = _part_in(run) if key[0] else None
        name = hash_words("figures", *map(str, key), str(run[0].quote.published)) if parts else None
        marked += [replace(line, conflict=name, differ_in=parts) for line in run]
    return marked


def _part_in(run: list[FigureLine]) -> Literal["value", "status"] | None:
    """Return in what tellings of one thing part, the value before the status; None where they agree."""
    # «453,000 tonnes, down from 566,000»: two numbers of one sentence compare, and do not contradict.
    pairs = [(x, y) for i, x in enumerate(run) for y in run[i + 1 :] if _place(x) != _place(y)]
    if any(do_they_differ(x, y) for x, y in pairs):
        return "value"
    return "status" if any(_is_it_so(x, y) for x, y in pairs) else None


def _place(line: FigureLine) -> tuple[str, str]:
    return line.quote.report, line.quote.quote


def _is_it_so(one: FigureLine, other: FigureLine) -> bool:
    """Whether reports of one day part on it: «it is their third meeting», «it will be the third»."""
    done = (one.status in COUNTED, other.status in COUNTED)
    return (
        "planned" in (one.status, other.status)
        and any(done)
        and one.period_start is not None
        and (one.quote.published, one.value) == (other.quote.published, other.value)
        and (one.quote.published is not None or one.quote.report == other.quote.report)
    )


def _runs(group: list[FigureLine], *, has_period: bool) -> list[list[FigureLine]]:
    """Cut figures without a period where more than a month lies between two reports."""
    runs: list[list[FigureLine]] = []
    for line in group:
        if runs and (has_period or _is_soon_after(runs[-1][-1], line)):
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _are_near(one: FigureLine, other: FigureLine) -> bool:
    return _is_soon_after(one, other) and _is_soon_after(other, one)


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
        period_start=read_day(amount["period_start"]), period_end=read_day(amount["period_end"]),
        of=amount["of"], quote=quote_of(row), status=row["status"],
    )  # fmt: skip


def _newest_first(line: FigureLine) -> tuple[date, date, str, str]:
    published = line.quote.published or date.min
    return (line.period_end or line.period_start or published, published, line.what or "", line.quote.record)
