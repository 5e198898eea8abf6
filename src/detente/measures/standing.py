"""Positions in, the stance table out: where each actor stands on each issue, and where that changed.

«Oslo backs the quota» in March, «Oslo rejects the quota» in June -> NOR refuses it, changed once, with
both quotes. Every telling is kept; the newest day on record says where an actor stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from detente.errors import NotInArchive
from detente.knowledge import issues as known_issues
from detente.measures.lines import Quote
from detente.measures.naming import issue_name, name_near, state_name
from detente.measures.quoting import quote_of, said_on
from detente.measures.stances import UNHELD, do_they_agree, settle, told_in_time

if TYPE_CHECKING:
    from detente.archive import Archive

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Telling:
    """One telling of a stance: the day it is of (the report's, if the words give none), and its quote.

    `status` is `claimed` where only another says that the actor holds it. `speaks_for` are the codes whoever
    said it spoke for.
    """

    stance: str
    conditional: bool
    date: date | None
    status: str
    quote: Quote
    speaks_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """An actor's stance before and after: for to against, or to or from neutral, on two different days."""

    before: Telling
    after: Telling


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one actor stands on one issue: the stance of the newest day, all tellings, each change.

    `tellings` come newest first, `changes` oldest first. `stance` is what most tellings of the newest day
    say; `unsettled` tells that they do not all say the same.
    """

    issue: str
    name: str
    code: str
    actor: str
    stance: str
    conditional: bool
    date: date | None
    newest: Telling
    tellings: tuple[Telling, ...]
    changes: tuple[Change, ...] = ()
    unsettled: bool = False


def find_standings(
    archive: Archive,
    *,
    issue: str | None = None,
    actor: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> tuple[Standing, ...]:
    """Return where actors stand: by issue, the issue with the newest stance first, and then by actor.

    `issue` is an id or words («THAAD»); narrower issues of it count, too. `actor` is a code. Stances that
    are denied or only imagined are left out. Raises NotInArchive, with what comes near, where the archive
    holds no position on the issue or of the actor.
    """
    rows = list(archive.records("position", (actor,) if actor else (), since, until))
    wanted = resolve_issue(archive, issue) if issue else None
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row["status"] in UNHELD or (wanted is not None and row["issue"] not in wanted):
            continue
        for code in dict.fromkeys(a["code"] for a in row["sources"] if a["code"]):
            if actor is None or code == actor:
                groups.setdefault((row["issue"], code), []).append(row)
    if actor and not groups and since is None and until is None and not issue:
        raise NotInArchive(no_position_of(archive, actor))
    standings = [_stand(issue_id, code, told) for (issue_id, code), told in groups.items()]
    return _by_issue(standings)


def resolve_issue(archive: Archive, words: str) -> frozenset[str]:
    """Return the ids of the archive's issues that words mean, narrower ones included.

    «THAAD» -> thaad-south-korea. Raises NotInArchive, naming the nearest, where it holds none of them.
    """
    held = {row["issue"] for row in archive.records("position") if row["issue"]}
    asked = _issue_id(words, held)
    if asked:
        found = frozenset(id for id in held if id == asked or asked in known_issues.wider(id))
        if found:
            return found
    raise NotInArchive(_no_issue(archive, words, asked, held))


def _issue_id(words: str, held: Iterable[str]) -> str | None:
    """Return the one id that words mean: an id, the name of one, or what the table finds in them."""
    as_id = "-".join(words.casefold().split())
    if as_id in held or known_issues.issue(as_id):
        return as_id
    by_name = next((id for id in held if issue_name(id).casefold() == words.casefold()), None)
    return by_name or known_issues.best_issue(words)


def _no_issue(archive: Archive, words: str, asked: str | None, held: Iterable[str]) -> str:
    named = f"{words}» ({issue_name(asked)}" + ")" if asked and asked != words else f"{words}»"
    near = name_near(words, {id: f"{id.replace('-', ' ')} {issue_name(id)}" for id in held})
    mend = f"nearest are {', '.join(near)}" if near else "it holds no position at all"
    return f"{archive.path} has no position on «{named}; {mend}."


def no_position_of(archive: Archive, code: str) -> str:
    """Return the sentence that an archive holds no position of a state, and whose it holds most."""
    held = Counter(a["code"] for row in archive.records("position") for a in row["sources"] if a["code"])
    most = ", ".join(f"{c} ({n})" for c, n in held.most_common(6))
    mend = f"most positions are of {most}" if most else "it holds no position at all"
    return f"{archive.path} has no position of {state_name(code)} ({code}); {mend}."


def _stand(issue: str, code: str, rows: Sequence[Row]) -> Standing:
    ordered = sorted(rows, key=told_in_time)
    tellings = tuple(_telling(row) for row in ordered)
    days = _by_day(tellings)
    settled = [_settle(day) for day in days]
    newest = settled[-1]
    return Standing(
        issue=issue, name=issue_name(issue), code=code, actor=state_name(code), stance=newest.stance,
        conditional=newest.conditional, date=newest.date, newest=newest, tellings=tellings[::-1],
        changes=tuple(Change(a, b) for a, b in pairwise(settled) if has_changed(a.stance, b.stance)),
        unsettled=any(has_changed(newest.stance, t.stance) for t in days[-1]),
    )  # fmt: skip


def has_changed(before: str, after: str) -> bool:
    """Whether two stances part: for and against do, and neutral and either; support and demand do not."""
    if "neutral" in (before, after):
        return before != after
    return before != after and do_they_agree(before, after) is False


def _by_day(tellings: Iterable[Telling]) -> list[list[Telling]]:
    days: dict[date | None, list[Telling]] = {}
    for telling in tellings:
        days.setdefault(telling.date, []).append(telling)
    return list(days.values())


def _settle(day: Sequence[Telling]) -> Telling:
    """Return the telling that stands for a day: its most frequent stance, told last; own words weigh more.

    What another only claims of the actor counts half, so that a rival's word never outweighs his own.
    """
    return day[settle([(telling.stance, telling.status != "claimed") for telling in day])]


def _telling(row: Row) -> Telling:
    return Telling(
        row["stance"], bool(row.get("conditional")), said_on(row), row["status"], quote_of(row),
        tuple(row["attribution"]["speaks_for"]),
    )  # fmt: skip


def _by_issue(standings: Sequence[Standing]) -> tuple[Standing, ...]:
    newest: dict[str, date] = {}
    for s in standings:
        newest[s.issue] = max(newest.get(s.issue, date.min), s.date or date.min)
    return tuple(sorted(standings, key=lambda s: (-newest[s.issue].toordinal(), s.issue, s.code)))
