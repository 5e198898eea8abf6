"""Positions of two states in, issue by issue where they agree and where they part out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from detente.measures.lines import IssueLine, StanceLine
from detente.measures.naming import issue_name
from detente.measures.quoting import said_on, speaker_of

if TYPE_CHECKING:
    from detente.archive import Archive

Row = Mapping[str, Any]

FOR, AGAINST = ("support", "demand"), ("oppose", "refuse")
UNHELD = ("denied", "hypothetical")  # a stance said not to be held, or only imagined


def draw_issues(
    archive: Archive, a: str, b: str, *, since: date | None = None, until: date | None = None
) -> tuple[IssueLine, ...]:
    """Return a line for each issue on which either state is on record: parted, shared, then one-sided.

    Within each, the issue with the newest stance comes first.
    """
    by_issue: dict[str, dict[str, list[Row]]] = {}
    for code in (a, b):
        for row in archive.records("position", codes=(code,), since=since, until=until):
            if _holds(row, code):
                by_issue.setdefault(row["issue"], {}).setdefault(code, []).append(row)
    lines = [_issue_line(issue, told, a, b) for issue, told in by_issue.items()]
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


def settle(told: Sequence[tuple[str, bool]]) -> int:
    """Return which telling of one day stands for it: of the most frequent stance, the one told last.

    They come in the order told, each as (stance, whether it is his own word); what others say of him counts
    half, so that a rival's word never outweighs his own. Of two stances told as often, the one told last.
    """
    weight: Counter[str] = Counter()
    for stance, own in told:
        weight[stance] += 2 if own else 1
    most = max(weight.values())
    return next(k for k in reversed(range(len(told))) if weight[told[k][0]] == most)


def _side(stance: str) -> str:
    return "against" if stance in AGAINST else "for"


def _holds(row: Row, code: str) -> bool:
    return row["status"] not in UNHELD and any(actor["code"] == code for actor in row["sources"])


def _stance_line(row: Row, code: str) -> StanceLine:
    return StanceLine(
        code, row["stance"], row["quote"], row["report"], row["id"], said_on(row), speaker_of(row)
    )


def _issue_line(issue: str, told: Mapping[str, Sequence[Row]], a: str, b: str) -> IssueLine:
    stances = [_stance_line(row, code) for code, rows in told.items() for row in rows]
    ordered = sorted(stances, key=lambda s: (s.date or date.min, s.record), reverse=True)
    agree = do_they_agree(_stand(told[a]), _stand(told[b])) if len(told) > 1 else None
    return IssueLine(issue, issue_name(issue), tuple(ordered), agree)


def _stand(rows: Iterable[Row]) -> str:
    """Return the stance that stands for an actor: that of the newest day on record."""
    ordered = sorted(rows, key=told_in_time)
    day = [row for row in ordered if said_on(row) == said_on(ordered[-1])]
    stance: str = day[settle([(row["stance"], row["status"] != "claimed") for row in day])]["stance"]
    return stance


def told_in_time(row: Row) -> tuple[date, str, str, bool, int]:
    """Return what puts tellings in order: the day they are of, then the report, then their place in it."""
    day = said_on(row) or date.min
    return (day, row["published"] or "", row["report"], row["field"] == "text", row["start"])


def _newest(line: IssueLine) -> int:
    return (line.stances[0].date or date.min).toordinal()
