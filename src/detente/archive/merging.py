"""Tellings in, acts out: records of one real act, within a report and across reports, share an act id.

The answer depends on the set of tellings alone, never on the order in which reports came: two tellings
are linked or not by what they say themselves (tellings.py), what hangs together by links is sorted, the
most exact telling first, and each telling goes to the act it is nearest to and clashes with nowhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from detente.archive.rows import TOLD_ONCE
from detente.archive.tellings import MUTUAL, UNREVIEWED, Decisions, Telling, clash, codes_of, strength
from detente.records import hash_words

UNDATED_REACH = timedelta(days=3)  # an act told without a date is looked for this long before its report
BEFORE_REACH = timedelta(days=31)  # «ahead of the summit»: done by then, some time in the month before
SINCE_REACH = timedelta(days=31)  # «since March 2014»: tellings of it name the same beginning

WIDEST = timedelta(days=400)  # dated no better than this, an act is told again in its own report alone
NARROW = timedelta(days=31)
MANY_PARTIES = 6  # of more, each with each would be too many keys: those first by code stand for all

PHASES = {
    "planned": "plan", "happened": "deed", "ongoing": "deed", "claimed": "deed",
    "denied": "denial", "hypothetical": "if",
}  # fmt: skip
_PHASES = ("plan", "deed", "denial", "if", "habit")  # the ledger keeps the place in this list
_LETTERS = {"plan": "p", "deed": "d", "denial": "n", "if": "i", "habit": "h"}
EXACTNESS = {"day": 0, "week": 1, "month": 2, "year": 4, "before": 3, "unknown": 5, None: 5}
VOUCHED = ("happened", "ongoing", "claimed", "planned", "denied", "hypothetical")


CODED = 50.0  # the strength of a coder's word, below a reviewer's (tellings.strength)
Spot = tuple[str, date | None, date | None]


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its id, the telling that describes it best, all its tellings, and why they are one."""

    id: str
    block: str
    anchor: Telling
    tellings: tuple[Telling, ...]
    reason: str

    @property
    def n_reports(self) -> int:
        return len({t.report for t in self.tellings})


def block_key(row: Mapping[str, Any], report: str, published: date | None) -> str:
    """Return what two events must share to be one act: «deed CONSULT CHN+RUS».

    An event with no resolved party, or with neither date nor publication day, can only be told again
    in its own report, so its block names the report.
    """
    sources, recipients = _codes(row["sources"]), _codes(row["recipients"])
    if row["type"] in MUTUAL:
        parties = "+".join(sorted({*sources, *recipients}))
    else:
        parties = "+".join(sources) + ">" + "+".join(recipients)
    key = f"{phase_of(row)} {row['type']} {parties}"
    is_dated = row["date_start"] or row["date_end"] or published
    return key if (sources or recipients) and is_dated else f"{key} in {report}"


def pack_block(block: str) -> int:
    """Return what the ledger keeps of a block: its phase, and whether it is one report's own."""
    return 2 * _PHASES.index(block.partition(" ")[0]) + (" in " in block)


def unpack_block(number: int) -> str:
    """Return a block that differs from others as the one `pack_block` was given: «deed», «plan in one»."""
    return _PHASES[number // 2] + (" in one" if number % 2 else "")


def phase_of(row: Mapping[str, Any]) -> str:
    """Return plan, deed, denial, if or habit: a plan and its deed are two acts, linked as a promise."""
    return "habit" if row["status_detail"] == "habitual" else PHASES[row["status"]]


def reach(row: Mapping[str, Any], published: date | None) -> tuple[date | None, date | None]:
    """Return the first and last day on which the act can have been done, for matching only."""
    start, end = _day(row["date_start"]), _day(row["date_end"])
    if start and end:
        return (min(start, end), max(start, end))
    if end:
        return (_back(end, BEFORE_REACH), end)
    if start:
        return (start, start + SINCE_REACH)
    if published:
        return (_back(published, UNDATED_REACH), published)
    return (None, None)


def merge(tellings: Iterable[Telling], decisions: Decisions = UNREVIEWED) -> tuple[Act, ...]:
    """Return the acts these tellings tell, whatever their order; each telling is in exactly one."""
    groups: list[list[Telling]] = []
    for telling in sorted(tellings, key=most_exact_first):
        near, home = (0.0, 0), None
        for group in groups:
            found = _nearness(telling, group, decisions)
            if found > near:
                near, home = found, group
        if home is None:
            groups.append([telling])
        else:
            home.append(telling)
    return tuple(_make_act(group, decisions) for group in groups)


def _nearness(telling: Telling, group: Sequence[Telling], decisions: Decisions) -> tuple[float, int]:
    """Return how strongly a telling belongs to an act, 0 where it clashes, and the days apart, negative."""
    nearest = max(strength(telling, other, decisions) for other in group)
    if nearest == 0.0:
        return (0.0, 0)  # nothing speaks for it, so nothing need speak against it
    if any(decisions.splits(telling, other) for other in group):
        return (0.0, 0)
    if nearest < CODED and any(_speaks_against(telling, other, group, decisions) for other in group):
        return (0.0, 0)
    a, b = telling.last, group[0].last
    return (nearest, -abs((a - b).days) if a and b else 0)


def _speaks_against(telling: Telling, other: Telling, group: Sequence[Telling], decisions: Decisions) -> bool:
    """True for a clash, unless a reviewer joined `other` with one that this telling does not clash with."""
    if not clash(telling, other):
        return False
    return not any(decisions.joins(other, third) and not clash(telling, third) for third in group)


Key = tuple[str, int, int]  # where an event is looked for: words, first and last day (days since year 1)


def keys_of(row: Mapping[str, Any], spot: Spot) -> tuple[list[Key], list[Key]]:
    """Return the keys an event is kept under, and those under which others that may be the same are found.

    «d+CHN+RUS» is a deed of cooperation between the two. An act whose recipient nobody named stands under its
    source alone, and is looked for there by all that name one; one whose doer nobody named stands under its
    recipient, «d->SOM», with others like it. What is dated no better than a year has none.
    """
    _, first, last = spot
    if first is None or last is None or last - first > WIDEST or " in " in spot[0]:
        return [], []
    stem = (
        ("w" if last - first > NARROW else "")
        + _LETTERS[phase_of(row)]
        + ("+" if row["quad"] in (1, 2) else "-")
    )
    sources, recipients = sorted(codes_of(row["sources"])), sorted(codes_of(row["recipients"]))
    some, others = sources[:MANY_PARTIES], recipients[:MANY_PARTIES]
    across = {f"{min(a, b)}+{max(a, b)}" for a in some for b in others if a != b}
    joint = {f"{a}+{b}" for a, b in combinations(some, 2)} if row["quad"] in (1, 2) else set()
    pairs = sorted(across | joint)
    single = sorted({*some, *(others if row["type"] in MUTUAL else ())})
    alone = [f"{code}!" for code in single] or [f">{code}" for code in others]
    kept, asked = (pairs + single, pairs + alone) if pairs else (alone, alone + single)
    days = (first.toordinal(), last.toordinal())
    return ([(stem + key, *days) for key in kept], [(stem + key, *days) for key in asked])


def find_spots(rows: Sequence[Mapping[str, Any]], report: str, published: date | None) -> list[Spot | None]:
    """Return block, first and last day for each row of one report; None for what is no event.

    Events the coder joined share the block of the first of them, whatever type the later ones were
    given, and the dates of the most exact, if they are of one phase.
    """
    spots = [_spot(row, report, published) if row["record"] == "event" else None for row in rows]
    joined: dict[tuple[str, str], list[int]] = {}
    for i, row in enumerate(rows):
        if spots[i] and row["act"]:
            joined.setdefault((row["act"], phase_of(row)), []).append(i)
    for members in joined.values():
        together = _join_spots([(rows[i], spot) for i in members if (spot := spots[i])])
        for i in members:
            spots[i] = together
    return spots


def _spot(row: Mapping[str, Any], report: str, published: date | None) -> Spot:
    return (block_key(row, report, published), *reach(row, published))


def _join_spots(members: Sequence[tuple[Mapping[str, Any], Spot]]) -> Spot:
    """Return the first member's block with the narrowest stated dates, or the narrowest of all."""
    dated = [m for m in members if m[0]["date_start"] or m[0]["date_end"]] or list(members)
    _, first, last = min((spot for _, spot in dated), key=_width)
    return (members[0][1][0], first, last)


def _width(spot: Spot) -> tuple[int, date]:
    _, first, last = spot
    return ((last - first).days, first) if first and last else (10**6, date.max)


def pairs_of(row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the pairs an act is between: each source with each recipient, and joint partners.

    «A and B held a drill» is between A and B; «A and B urged C to yield» is A-C and B-C and says
    nothing of A-B, since asking, blaming and fighting side by side is not done to each other.
    """
    sources, recipients = _codes(row["sources"]), _codes(row["recipients"])
    across = {(min(a, b), max(a, b)) for a in sources for b in recipients if a != b}
    joint = set(combinations(sources, 2)) if row["quad"] in (1, 2) else set()
    return tuple(sorted(across | joint))


def describe_act(act: Act) -> dict[str, Any]:
    """Return an act's own row: the anchor's coding, the status most reports vouch for, its day."""
    published = min((t.published for t in act.tellings if t.published), default=None)
    detail = _status_detail(act)
    row = {**act.anchor.row, "status_detail": detail}
    day, is_by_report = course_day(row, published)
    kept = ("type", "mode", "contexts", "cameo", "quad", "intensity", "goldstein",
            "date_start", "date_end", "date_basis", "date_precision", "place", "issue",
            "sources", "recipients")  # fmt: skip
    return {k: row[k] for k in kept} | {
        "act": act.id,
        "status": _status(act),
        "status_detail": detail,
        "record": act.anchor.record,
        "day": day.isoformat() if day else None,
        "by_report_date": is_by_report,
        "first_published": published.isoformat() if published else None,
        "reason": act.reason,
    }


def course_day(row: Mapping[str, Any], published: date | None) -> tuple[date | None, bool]:
    """Return the day an act stands on in a course, and whether only its first report's date gives it.

    The last day it can have been done, but not after it was reported: what goes on «since 2014» stands
    where its first report does, lest a course reach back over years nobody watched. Habits and
    background without a last day stand nowhere.
    """
    start, end = _day(row["date_start"]), _day(row["date_end"])
    if row["status_detail"] == "habitual":
        return (None, False)
    if start and published and start > published and row["status"] != "planned":
        return (published, True)  # told as done before it could be: the day is misread
    if end:
        return (min(end, published) if published and row["status"] != "planned" else end, False)
    if row["status_detail"] == "historical":
        return (None, False)
    if start and (published is None or row["status"] == "planned"):
        return (start, False)
    return (published, published is not None)


def most_exact_first(t: Telling) -> tuple[Any, ...]:
    row = t.row
    return (
        EXACTNESS.get(row["date_precision"], 5) if (row["date_start"] or row["date_end"]) else 6,
        row["mode"] is None,
        row["place"] is None,
        t.first or date.max,
        t.last or date.max,
        t.published or date.max,
        t.report,
        t.seq,
    )


def _make_act(group: Sequence[Telling], decisions: Decisions) -> Act:
    anchor = group[0]
    return Act(
        hash_words("act", anchor.record), anchor.block, anchor, tuple(group), _reason(group, decisions)
    )


def _reason(group: Sequence[Telling], decisions: Decisions) -> str:
    """Return why the tellings are one act: «same parties, 3 to 4 July 2017, all CONSULT/visit, Moscow»."""
    anchor = group[0]
    if len(group) == 1:
        return TOLD_ONCE
    dates = f"{anchor.first} to {anchor.last}" if anchor.first != anchor.last else f"{anchor.first}"
    place = next((t.row["place"]["name"] for t in group if t.row["place"]), None)
    issue = next((f"issue {t.row['issue']}" for t in group if t.row["issue"]), None)
    reports = len({t.report for t in group})
    told = f"told by {reports} reports" if reports > 1 else "told in one report"
    if reports == 1 and anchor.told_act:
        told = "joined by the coder"
    if any(decisions.joins(a, b) for a, b in combinations(group, 2)):
        told += ", joined by a reviewer"
    return ", ".join(x for x in (_say_parties(group), dates, _say_kinds(group), place, issue, told) if x)


def _say_parties(group: Sequence[Telling]) -> str:
    told = {frozenset(codes_of((*t.row["sources"], *t.row["recipients"]))) for t in group}
    if len(told) == 1:
        return "same parties"
    shared = sorted(frozenset.intersection(*told))
    return f"{'+'.join(shared)} in all" if shared else "parties as the coder has them"


def _say_kinds(group: Sequence[Telling]) -> str:
    kinds = {t.row["type"]: t.row["mode"] for t in sorted(group, key=lambda t: t.row["mode"] or "")}
    anchor = group[0].row
    kinds = {anchor["type"]: kinds[anchor["type"]]} | kinds
    said = ["/".join(x for x in kind if x) for kind in kinds.items()]
    return f"all {said[0]}" if len(said) == 1 else " or ".join(said)


def _status(act: Act) -> str:
    """Return the status most reports give, and of equals the one that vouches more."""
    by_report = {(t.report, t.row["status"]) for t in act.tellings}
    counts = Counter(status for _, status in by_report)
    most: str = max(counts, key=lambda s: (counts[s], -VOUCHED.index(s)))
    return most


def _status_detail(act: Act) -> str | None:
    """Return the anchor's detail; what one report tells as news is no mere background for the others."""
    details = [t.row["status_detail"] for t in act.tellings]
    if details[0] == "historical":
        return next((d for d in details if d != "historical"), "historical")
    first: str | None = details[0]
    return first


def _codes(actors: Iterable[Mapping[str, Any]]) -> list[str]:
    return sorted(codes_of(actors))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _back(day: date, span: timedelta) -> date:
    return day - span if day.toordinal() > span.days else date.min
