"""The lines of a pair as words and in the order a reader wants them: acts by year, figures by conflict.

«3–4 Jul 2017: China → Russia, consult (visit), +2.5, happened» is one act here, on the page, in
the chart's hover and on the terminal alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from detente.errors import NotInArchive
from detente.views import wording
from detente.views.wording import MONTHS, STATUS_MARKS, say_count

if TYPE_CHECKING:
    from detente.archive import Archive
    from detente.archive.conflicts import Value
    from detente.measures.pair import ActLine, FigureLine, IssueLine, Pair, StanceLine, StatementLine

Row = Mapping[str, Any]

NAMED_PAIRS = 6  # pairs that an error names for want of the one asked for
DIRECTIONS = (("rising", "↗"), ("stable", "→"), ("falling", "↘"), (None, "·"))


def find_rows(archive: Archive, pair: Pair) -> dict[str, Row]:
    """Return the records behind a pair's lines, by id, which tell why each line was coded so."""
    rows: dict[str, Row] = {row["id"]: row for row in archive.records(codes=(pair.a, pair.b))}
    wanted = {stance.record for issue in pair.issues for stance in issue.stances} - set(rows)
    for code in (pair.a, pair.b) if wanted else ():
        rows |= {r["id"]: r for r in archive.records(kind="position", codes=(code,)) if r["id"] in wanted}
    return rows


def require_record(archive: Archive, pair: Pair) -> None:
    """Raise NotInArchive, naming pairs that are there, where two states have nothing on record at all.

    A pair that is only quiet in the window asked for passes: that is an answer, too.
    """
    if pair.acts or pair.issues or pair.figures or pair.statements or pair.since or pair.until:
        return
    known = archive.pairs()
    named = ", ".join(f"{a} {b} ({say_count(n, 'act')})" for a, b, n in known[:NAMED_PAIRS])
    more = f" and {len(known) - NAMED_PAIRS:,} more" if len(known) > NAMED_PAIRS else ""
    mend = f"pairs that have acts are {named}{more}" if known else "it holds no act between two states yet"
    raise NotInArchive(
        f"{archive.path} has nothing on {pair.name_a} ({pair.a}) and {pair.name_b} ({pair.b}); {mend}."
    )


def as_day(day: date | str) -> date:
    """Return a day as a date, however it was given."""
    return day if isinstance(day, date) else date.fromisoformat(day)


def describe_act(act: ActLine) -> str:
    """Return an act in one line, for hover and for screen readers.

    «3–4 Jul 2017: China → Russia, consult (visit), +2.5, happened»
    """
    return f"{say_when(act)}: {say_sides(act)}, {say_type(act)}, {say_weight(act.intensity)}, {act.status}"


def say_when(act: ActLine) -> str:
    """Return an act's day, no more exactly than is known: «3–4 Jul 2017», «by 3 Jul 2017», «May 2017»."""
    if not act.date_start and not act.date_end:
        return "undated"
    day = say_day(act)
    year = as_day(act.date_start or act.date_end).year  # type: ignore[arg-type]
    return day if str(year) in day else f"{day} {year}"


def say_day(act: ActLine) -> str:
    """Return an act's day as it stands under its year: «3–4 Jul», «by 3 Jul», «May», «2017»."""
    start = as_day(act.date_start) if act.date_start else None
    end = as_day(act.date_end) if act.date_end else None
    first = start or end
    if first is None:
        return "undated"
    if act.precision == "before" or start is None:
        return f"by {_short(end or first)}"
    if act.precision == "year":
        return str(first.year)
    if act.precision == "month":
        return MONTHS[first.month - 1]
    if end is None or end == first:
        return _short(first)
    if end.year != first.year:
        return f"{_short(first)} {first.year} – {_short(end)} {end.year}"
    if end.month != first.month:
        return f"{_short(first)} – {_short(end)}"
    return f"{first.day}–{_short(end)}"


def _short(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def say_sides(act: ActLine) -> str:
    """Return who did it to whom by the names of states: «China → Russia», «China and Russia»."""
    sources, recipients = _names(act.sources), _names(act.recipients)
    if not recipients:
        return say_list(sources)
    return f"{say_list(sources)} → {say_list(recipients)}"


def say_list(names: Sequence[str]) -> str:
    """Return names as one says them: «China», «China and Russia», «Egypt, Ethiopia and Sudan»."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _names(actors: Iterable[Row]) -> tuple[str, ...]:
    names = (state_name(a["code"]) if a.get("code") else a.get("name") or "unresolved" for a in actors)
    return tuple(dict.fromkeys(names))


def say_people(actors: Iterable[Row]) -> str:
    """Return the people and bodies named, with their roles: «Xi Jinping, President of China»."""
    found = []
    for actor in actors:
        name = actor.get("name") or actor.get("org")
        if name and name != state_name(actor.get("code") or ""):
            found.append(f"{name}, {actor['role']}" if actor.get("role") else str(name))
    return "; ".join(dict.fromkeys(found))


def state_name(code: str) -> str:
    """Return the name of a state or organisation by its code."""
    from detente.knowledge.states import name_of

    return name_of(code) if code else ""


def say_speaker(speaker: str) -> str:
    """Return a speaker by name; a bare code is the state that speaks: «Ethiopia»."""
    return state_name(speaker) if len(speaker) == 3 and speaker.isupper() else speaker


def say_tellers(act: ActLine, value: Value) -> str:
    """Return who gives a value that others dispute: «AFP, 1 May 2023; outlet not named, 2 May 2023»."""
    quotes = [q for q in act.quotes if q.record in value.records]
    told = (
        ", ".join(p for p in (q.outlet or "outlet not named", wording.say_date(q.published)) if p)
        for q in quotes
    )
    return "; ".join(dict.fromkeys(told))


def say_type(act: ActLine) -> str:
    """Return type and mode as words: «consult (visit)»."""
    return f"{act.type.lower()} ({act.mode})" if act.mode else act.type.lower()


def say_weight(value: float) -> str:
    """Return a weight with its sign, a true minus: «+2.5», «−4», «0»."""
    words = f"{abs(value):.1f}".removesuffix(".0")
    return words if words == "0" else f"{'+' if value > 0 else '−'}{words}"


def say_score(value: float) -> str:
    """Return a sum or level for a column, one decimal always: «+41.5», «−2.0», «0.0»."""
    words = f"{abs(value):.1f}"
    return words if words == "0.0" else f"{'+' if value > 0 else '−'}{words}"


def say_share(share: float) -> str:
    """Return a share of one as per cent: «34 %», «under 1 %»."""
    return "under 1 %" if 0 < share < 0.01 else f"{100 * share:.0f} %"


def say_figure(line: FigureLine) -> str:
    """Return a figure's amount: «24.5 billion USD»."""
    return wording.say_amount({"value": line.value, "unit": line.unit, "op": line.op, "of": line.of})


def say_span(start: date | None, end: date | None) -> str:
    """Return a period for people: «Jan–Apr 2017»."""
    return wording.say_period(*(as_day(day).isoformat() if day else None for day in (start, end)))


def chart_label(pair: Pair) -> str:
    """Return what the drawing shows, for those who do not see it."""
    if not pair.course:
        return ""
    first, last = pair.course[0], pair.course[-1]
    return (
        f"Course of {pair.name_a} and {pair.name_b}, {first.period} to {last.period}: "
        f"{sum(p.n for p in pair.course)} counted acts on a scale from −10 to +10; "
        f"the running level ends at {say_score(last.level)}. The same as a table follows."
    )


def anchor(act: str) -> str:
    """Return an act's id as a page can bear it."""
    return "act-" + re.sub(r"[^\w-]", "-", act)


@dataclass(frozen=True, slots=True)
class Year:
    """The acts of a year, newest first; `name` is None for those without a date."""

    name: str | None
    acts: tuple[ActLine, ...]


def group_by_year(acts: Iterable[ActLine]) -> tuple[Year, ...]:
    """Return the acts by year as they come (newest first), the undated last."""
    years: dict[str | None, list[ActLine]] = {}
    for act in acts:
        day = act.date_start or act.date_end
        years.setdefault(str(as_day(day).year) if day else None, []).append(act)
    undated = years.pop(None, None)
    found = [Year(name, tuple(lines)) for name, lines in years.items()]
    return (*found, Year(None, tuple(undated))) if undated else tuple(found)


def group_conflicts(figures: Sequence[FigureLine]) -> tuple[tuple[FigureLine, ...], ...]:
    """Return figures one by one, but those that tell the same thing differently together."""
    groups: dict[str, list[FigureLine]] = {}
    for index, figure in enumerate(figures):
        groups.setdefault(figure.conflict or f"\0{index}", []).append(figure)
    return tuple(tuple(group) for group in groups.values())


def group_by_direction(
    statements: Iterable[StatementLine],
) -> tuple[tuple[str, str, tuple[StatementLine, ...]], ...]:
    """Return (heading, sign, statements) for rising, stable, falling and the rest, empty ones left out."""
    lines = tuple(statements)
    groups = (
        (name or "otherwise", sign, tuple(s for s in lines if s.direction == name))
        for name, sign in DIRECTIONS
    )
    return tuple(group for group in groups if group[2])


def count_statuses(acts: Sequence[ActLine]) -> list[tuple[str, int]]:
    """Return the statuses there are and how many acts bear each, in the codebook's order."""
    return [(s, n) for s in STATUS_MARKS if (n := sum(a.status == s for a in acts))]


def count_types(acts: Sequence[ActLine]) -> list[tuple[str, int]]:
    """Return the PLOVER types there are and how many acts bear each, by name."""
    return [(t, sum(a.type == t for a in acts)) for t in sorted({a.type for a in acts})]


def stances_of(line: IssueLine, code: str) -> tuple[StanceLine, ...]:
    """Return the stances of one state on an issue."""
    return tuple(stance for stance in line.stances if stance.code == code)


def group_positions(pair: Pair, *, limit: int) -> tuple[tuple[str, str, tuple[IssueLine, ...]], ...]:
    """Return (heading, caption, issues) for shared, parted and one-sided issues, empty ones left out.

    No more than `limit` each: two states may be on record, one by one, about everything.
    """
    names = f"{pair.name_a} and {pair.name_b}"
    one_sided = tuple(line for line in pair.issues if line.agree is None)
    groups: tuple[tuple[str, str, tuple[IssueLine, ...]], ...] = (
        ("Shared", f"Issues on which {names} stand together, with their words", pair.shared),
        ("Parted", f"Issues on which {names} stand apart, with their words", pair.parted),
        ("One on record", "Issues on which one of the two is on record, or one is neutral", one_sided),
    )
    return tuple(
        (heading, _count_left_out(caption, len(issues), limit), issues[:limit])
        for heading, caption, issues in groups
        if issues
    )


def _count_left_out(caption: str, n: int, limit: int) -> str:
    return f"{caption}; the first {limit} of {n:,}" if n > limit else caption
