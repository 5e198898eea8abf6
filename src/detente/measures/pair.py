"""Two states in, the whole record of the pair out: course, acts, positions, figures, promises, statements.

Everything a page or a command shows of a pair is here, and every line opens to the quotes it rests on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from detente.archive.conflicts import find_conflicts
from detente.archive.promises import Promise
from detente.errors import NotInArchive
from detente.knowledge.tables import read_day
from detente.measures.counting import counted_acts, is_counted
from detente.measures.courses import Point, draw_course
from detente.measures.figures import draw_figures
from detente.measures.lines import (
    ActLine,
    Coverage,
    FigureLine,
    IssueLine,
    Pair,
    PromiseLine,
    PromiseState,
    Quote,
    StanceLine,
    StatementLine,
)
from detente.measures.naming import is_state_owned, state_name
from detente.measures.promises import draw_promises, group_tellings, judge_promises
from detente.measures.quoting import quote_of, said_on
from detente.measures.stances import draw_issues
from detente.records import COUNTED

if TYPE_CHECKING:
    from detente.archive import Archive

Row = Mapping[str, Any]


def describe_pair(
    archive: Archive,
    a: str,
    b: str,
    *,
    since: date | None = None,
    until: date | None = None,
    as_of: date | None = None,
    statuses: Collection[str] = COUNTED,
) -> Pair:
    """Return all the archive holds on two states, given by code («RUS», «CHN»).

    An act belongs to the pair when one is its source and the other its recipient, or when both stand
    among the sources of a joint cooperative act; a demand put to a third party does not. An act without
    a day lies in the window where its first report does. `as_of` is the day promises are judged on, by what
    had been published by then: by default the last publication day in the archive. `statuses` are those the
    course counts.
    Raises NotInArchive where `a` and `b` are one.
    """
    if a == b:
        raise NotInArchive(f"«{a}» was given twice, and a pair needs two: name another state beside it.")
    judged = as_of or archive.last_published()
    rows = list(archive.acts((a, b)))
    shown = [row for row in rows if _is_within(row, since, until)]
    tellings = group_tellings(archive, [row["act"] for row in rows])
    promises = judge_promises(rows, tellings, judged)
    figures = draw_figures(archive.records("figure", (a, b), since, until))
    statements = draw_statements(archive.records("statement", (a, b), since, until))
    return Pair(
        a=a, b=b, name_a=state_name(a), name_b=state_name(b), since=since, until=until, as_of=judged,
        course=draw_course(counted_acts(archive, a, b, statuses=statuses), since=since, until=until),
        acts=draw_acts(shown, tellings, promises, statuses=statuses),
        issues=draw_issues(archive, a, b, since=since, until=until),
        figures=figures,
        promises=draw_promises(promises, {row["act"]: row for row in shown}, tellings),
        statements=statements,
        coverage=measure_coverage(shown, tellings, figures, statements),
    )  # fmt: skip


def draw_acts(
    acts: Iterable[Row],
    tellings: Mapping[str, Sequence[Row]],
    promises: Iterable[Promise],
    *,
    statuses: Collection[str] = COUNTED,
) -> tuple[ActLine, ...]:
    """Return a line for each act, newest first; acts no day is known of come last."""
    promises = tuple(promises)
    states: dict[str, PromiseState] = {p.plan: p.state for p in promises}
    keeps = {p.deed: p.plan for p in promises if p.deed and p.state == "kept"}
    newest = sorted(acts, key=lambda a: (a["day"] or a["first_published"] or "", a["act"]), reverse=True)
    return tuple(
        _act_line(act, tellings[act["act"]], states.get(act["act"]), keeps.get(act["act"]), statuses)
        for act in newest
    )


def draw_statements(rows: Iterable[Row]) -> tuple[StatementLine, ...]:
    """Return what was said of the pair, newest first."""
    lines = [_statement_line(row) for row in rows if row["status"] != "denied"]
    return tuple(sorted(lines, key=lambda line: line.date or date.min, reverse=True))


def measure_coverage(
    acts: Sequence[Row],
    tellings: Mapping[str, Sequence[Row]],
    figures: Sequence[FigureLine],
    statements: Sequence[StatementLine],
) -> Coverage:
    """Return what the pair's acts, figures and statements rest on; stances count by themselves."""
    quotes = [quote_of(row) for act in acts for row in tellings[act["act"]]]
    quotes += [figure.quote for figure in figures]
    quotes += [statement.quote for statement in statements]
    reports = {q.report: q for q in quotes}
    outlets = {q.outlet for q in quotes if q.outlet}
    owned = [is_owned for q in quotes if q.outlet and (is_owned := is_state_owned(q.outlet)) is not None]
    days = [q.published for q in reports.values() if q.published]
    return Coverage(
        n_reports=len(reports), n_outlets=len(outlets), n_acts=len(acts),
        n_records=len({q.record for q in quotes}),
        state_owned=sum(owned) / len(owned) if owned else None,
        first=min(days, default=None), last=max(days, default=None),
    )  # fmt: skip


def _is_within(act: Row, since: date | None, until: date | None) -> bool:
    day = act["day"] or act["first_published"]
    if day is None:
        return since is None and until is None
    return (since is None or day >= since.isoformat()) and (until is None or day <= until.isoformat())


def _act_line(
    act: Row,
    tellings: Sequence[Row],
    state: PromiseState | None,
    keeps: str | None,
    statuses: Collection[str],
) -> ActLine:
    best_first = sorted(tellings, key=lambda r: (r["id"] != act["record"], r["published"] or "", r["id"]))
    return ActLine(
        act=act["act"], date_start=read_day(act["date_start"]), date_end=read_day(act["date_end"]),
        precision=act["date_precision"], status=act["status"], type=act["type"], mode=act["mode"],
        quad=act["quad"], intensity=act["intensity"],
        sources=tuple(act["sources"]), recipients=tuple(act["recipients"]),
        quotes=tuple(quote_of(row) for row in best_first),
        place=act["place"]["name"] if act["place"] else None, promise=state, keeps=keeps,
        counted=is_counted(act, statuses), goldstein=act["goldstein"], cameo=act["cameo"],
        contexts=tuple(act["contexts"]), status_detail=act["status_detail"], date_basis=act["date_basis"],
        n_reports=act["n_reports"], telling=act["reason"], conflicts=find_conflicts(best_first),
    )  # fmt: skip


def _statement_line(row: Row) -> StatementLine:
    speaker = row["attribution"]["speaker"] or {}
    return StatementLine(
        direction=row["direction"],
        speaker=speaker.get("name") or speaker.get("role") or speaker.get("code"),
        speaker_code=speaker.get("code"),
        about=tuple(a["code"] for a in row["about"] if a["code"]),
        quote=quote_of(row),
        date=said_on(row),
    )


__all__ = [
    "ActLine", "Coverage", "FigureLine", "IssueLine", "Pair", "Point", "PromiseLine", "Quote", "StanceLine",
    "StatementLine", "describe_pair",
]  # fmt: skip
