"""An archive in, findings out: what its reports say against themselves, each other, and the record.

«Their third meeting this year» against the meetings the archive holds; figures that disagree with figures;
and what each report's own words say in two ways. Every finding bears both sides, and nothing is repaired.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal

from detente.knowledge.subjects import acts_counted
from detente.knowledge.tables import read_day
from detente.measures.figures import draw_figures
from detente.measures.lines import FigureLine
from detente.measures.promises import group_tellings, parties_of
from detente.measures.quoting import quote_of
from detente.records import COUNTED, Evidence, Finding, Report

if TYPE_CHECKING:
    from detente.archive import Archive

Row = Mapping[str, Any]
Checker = Callable[[Report], tuple[Finding, ...]]

Verdict = Literal["agrees", "disagrees", "incomplete"]

APART = timedelta(days=1)  # acts of one kind on neighbouring days are one occasion: a visit and its dinner
NAMED_OCCASIONS = 6  # days a finding names


def find_doubts(
    archive: Archive, check_report: Checker, *, since: date | None = None, until: date | None = None
) -> tuple[Finding, ...]:
    """Return all findings: of each report by itself, of stated counts, and of figures at odds.

    `check_report` gives what one report says against itself (`detente.pipeline.check_report`). The window is
    one of publication days for reports, of figures' days for the rest.
    """
    own = chain.from_iterable(check_report(r) for r in archive.reports() if _is_within(r, since, until))
    rows = {row["id"]: row for row in archive.records("figure", since=since, until=until)}
    return (*own, *doubt_counts(archive, rows.values()), *doubt_figures(rows))


def doubt_counts(archive: Archive, figures: Iterable[Row]) -> Iterator[Finding]:
    """Yield a finding for each count of acts a report states, against the acts the archive holds.

    «The two leaders' third meeting this year» agrees with meetings on three occasions this year up to
    then; the archive holding more disagrees; holding fewer, it is incomplete, and nobody is wrong.
    """
    for row in figures:
        kinds = acts_counted(row["figure"]["unit"])
        parties = {a["code"] for a in row["sources"] if a["code"]}
        if kinds and len(parties) > 1 and _is_a_count(row):
            yield _doubt_count(archive, row, kinds, parties)


def doubt_figures(rows: Mapping[str, Row]) -> Iterator[Finding]:
    """Yield a finding for each set of figures that tell one thing differently."""
    sets: dict[str, list[FigureLine]] = {}
    for line in draw_figures(rows.values()):
        if line.conflict:
            sets.setdefault(line.conflict, []).append(line)
    for lines in sets.values():
        in_text = sorted((rows[line.quote.record] for line in lines), key=lambda r: (r["report"], r["start"]))
        what = lines[0].what or lines[0].unit
        told = " against ".join(dict.fromkeys(map(_say, in_text)))
        check: Literal["status", "figures"] = "status" if lines[0].differ_in == "status" else "figures"
        says = f"{', '.join(lines[0].parties) or 'Nobody named'}: {what} is told as {told}."
        yield Finding(
            check, "disagrees", says, tuple(map(_evidence, in_text)), tuple(r["id"] for r in in_text)
        )


def _is_a_count(row: Row) -> bool:
    """Whether a figure counts acts up to a day: it has a first day, and is one number."""
    figure = row["figure"]
    return bool(figure["period_start"]) and isinstance(figure["value"], (int, float)) and figure["op"] == "="


def _doubt_count(
    archive: Archive, row: Row, kinds: Sequence[tuple[str, str | None]], parties: set[str]
) -> Finding:
    figure = row["figure"]
    first = date.fromisoformat(figure["period_start"])
    last = read_day(figure["period_end"]) or read_day(row["published"]) or date.max
    a, b, *_ = sorted(parties)
    acts = [act for act in archive.acts((a, b)) if _is_counted(act, kinds, parties, row, first, last)]
    occasions = _occasions(acts)
    stated, held = int(figure["value"]), len(occasions)
    verdict: Verdict = "agrees" if held == stated else "disagrees" if held > stated else "incomplete"
    tellings = group_tellings(archive, [act["act"] for act in acts])
    told = [next(r for r in tellings[o[0]["act"]] if r["id"] == o[0]["record"]) for o in occasions]
    days = ", ".join(_say_occasion(o) for o in occasions[:NAMED_OCCASIONS])
    says = f"«{quote_of(row).quote}» counts {stated}; the archive holds {held}{f': {days}' if days else ''}."
    return Finding(
        "count", verdict, " ".join(says.split()), (_evidence(row), *map(_evidence, told)),
        (row["id"], *(r["id"] for r in told)),
    )  # fmt: skip


def _is_counted(
    act: Row,
    kinds: Sequence[tuple[str, str | None]],
    parties: set[str],
    row: Row,
    first: date,
    last: date,
) -> bool:
    """Whether an act is one of those counted: of the kind, dated in the period, done or planned like it."""
    statuses = (*COUNTED, "planned") if row["status"] == "planned" else COUNTED
    start, end = read_day(act["date_start"]), read_day(act["date_end"])
    if act["status"] not in statuses or start is None or end is None or not parties <= parties_of(act):
        return False
    if any(act["type"] == type_ and mode in (None, act["mode"]) for type_, mode in kinds):
        return first <= end <= last and act["date_precision"] not in ("year", "unknown")
    return False


def _occasions(acts: Iterable[Row]) -> list[list[Row]]:
    """Return acts that meet in time as one occasion each, in order of time; the narrowest telling first.

    «Less than a month ago» holds every day of that month: no occasion where a narrower act lies in it.
    """
    groups: list[tuple[date, date, list[Row]]] = []
    for act in sorted(acts, key=lambda a: _width(a)):
        start, end = date.fromisoformat(act["date_start"]), date.fromisoformat(act["date_end"])
        near = next((g for g in groups if start <= g[1] + APART and g[0] - APART <= end), None)
        if near:
            near[2].append(act)
        else:
            groups.append((start, end, [act]))
    return [group for _, _, group in sorted(groups, key=lambda g: g[0])]


def _width(act: Row) -> tuple[timedelta, str]:
    start, end = date.fromisoformat(act["date_start"]), date.fromisoformat(act["date_end"])
    return end - start, act["act"]


def _say_occasion(acts: Sequence[Row]) -> str:
    first = acts[0]
    days = first["date_start"]
    if first["date_end"] != days:
        days += f" to {first['date_end']}"
    place = next((a["place"]["name"] for a in acts if a["place"]), None)
    return f"{days} ({place})" if place else str(days)


def _say(row: Row) -> str:
    figure = row["figure"]
    value = figure["value"]
    number = " to ".join(f"{v:,.15g}" for v in value) if isinstance(value, list) else f"{value:,.15g}"
    sign = "" if figure["op"] == "=" else f"{figure['op']} "
    words = f"{sign}{number} {figure['unit']}"
    speaker = (row["attribution"]["speaker"] or {}).get("name")
    return f"{words} ({row['status']}{f', says {speaker}' if speaker else ''})"


def _evidence(row: Row) -> Evidence:
    return Evidence(row["report"], row["field"], row["start"], row["end"], row["quote"])


def _is_within(report: Report, since: date | None, until: date | None) -> bool:
    day = report.published
    if day is None:
        return since is None and until is None
    return (since is None or day >= since) and (until is None or day <= until)
