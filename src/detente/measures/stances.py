"""Positions of two states in, issue by issue where they agree and where they part out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from detente.measures.lines import IssueLine, StanceLine
from detente.measures.naming import issue_name
from detente.measures.quoting import said_on, speaker_of

if TYPE_CHECKING:
    from detente.archive import Archive

FOR, AGAINST = ("support", "demand"), ("oppose", "refuse")
UNHELD = ("denied", "hypothetical")  # a stance said not to be held, or only imagined


def draw_issues(
    archive: Archive, a: str, b: str, *, since: date | None = None, until: date | None = None
) -> tuple[IssueLine, ...]:
    """Return a line for each issue on which either state is on record: parted, shared, then one-sided.

    Within each, the issue with the newest stance comes first.
    """
    by_issue: dict[str, list[StanceLine]] = {}
    for code in (a, b):
        for row in archive.records("position", codes=(code,), since=since, until=until):
            if _holds(row, code):
                by_issue.setdefault(row["issue"], []).append(_stance_line(row, code))
    lines = [_issue_line(issue, stances, a, b) for issue, stances in by_issue.items()]
    rank = {False: 0, True: 1, None: 2}
    return tuple(sorted(lines, key=lambda line: (rank[line.agree], -_newest(line), line.issue)))


def do_they_agree(one: str, other: str) -> bool | None:
    """Return whether two stances go together: support and demand do, oppose and refuse do.

    Two claims to one thing part their claimants; support goes with a claim, opposition does not;
    with a neutral one there is nothing to say (None).
    """
    if "neutral" in (one, other):
        return None
    if one == other == "claim":
        return False
    return _side(one) == _side(other)


def _side(stance: str) -> str:
    return "against" if stance in AGAINST else "for"


def _holds(row: Mapping[str, Any], code: str) -> bool:
    return row["status"] not in UNHELD and any(actor["code"] == code for actor in row["sources"])


def _stance_line(row: Mapping[str, Any], code: str) -> StanceLine:
    return StanceLine(
        code, row["stance"], row["quote"], row["report"], row["id"], said_on(row), speaker_of(row)
    )


def _issue_line(issue: str, stances: Iterable[StanceLine], a: str, b: str) -> IssueLine:
    ordered = sorted(stances, key=lambda s: (s.date or date.min, s.record), reverse=True)
    newest = {code: next((s.stance for s in ordered if s.code == code), None) for code in (a, b)}
    one, other = newest[a], newest[b]
    agree = do_they_agree(one, other) if one and other else None
    return IssueLine(issue, issue_name(issue), tuple(ordered), agree)


def _newest(line: IssueLine) -> int:
    return (line.stances[0].date or date.min).toordinal()
