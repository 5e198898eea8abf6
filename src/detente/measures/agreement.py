"""What states hold in, how far two of them agree out: the share of issues on which both are on record.

«France and Norway: 3 of 4 agreed, 75 % (30 to 95 %)», each issue with both stances. Joint statements are
counted beside; so is what others say of a state, unless it is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from detente.errors import NotInArchive
from detente.measures.held import Held, SpokenFor, held_stances, joint_positions
from detente.measures.intervals import change_interval, share_interval
from detente.measures.naming import issue_name
from detente.measures.periods import Every, periods_between
from detente.measures.series import read_period
from detente.measures.stances import do_they_agree
from detente.measures.standing import no_position_of

if TYPE_CHECKING:
    from detente.archive import Archive

Table = Mapping[str, Mapping[str, Held]]  # code -> issue -> what it holds


@dataclass(frozen=True, slots=True)
class SharedIssue:
    """An issue on which both are on record: «THAAD in South Korea: CHN oppose, RUS oppose, they agree».

    `agree` is None where one of them is neutral.
    """

    issue: str
    name: str
    a: Held
    b: Held
    agree: bool | None

    @property
    def records(self) -> tuple[str, str]:
        """The two records it rests on, of `a` and of `b`."""
        return self.a.record, self.b.record


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two states agree in a period («2017», or «» for the whole window): `agreed` of `n` issues.

    `issues` holds those they part on first, then those they share, then those where one is neutral.
    `low` and `high` are the ends of Wilson's 95 % interval. `joint` are the positions both hold in one
    sentence. `apart` counts issues that only come in with what others say of the two.
    """

    a: str
    b: str
    period: str
    issues: tuple[SharedIssue, ...]
    joint: tuple[str, ...] = ()
    apart: int = 0

    @property
    def n(self) -> int:
        """The issues on which both take a side."""
        return sum(line.agree is not None for line in self.issues)

    @property
    def agreed(self) -> int:
        """The issues on which both take the same side."""
        return sum(line.agree is True for line in self.issues)

    @property
    def neutral(self) -> int:
        """The issues on which both are on record and one is neutral; in no share."""
        return len(self.issues) - self.n

    @property
    def share(self) -> float | None:
        """`agreed` / `n`, 0 to 1; None where both take a side on no issue."""
        return self.agreed / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % interval of the share, None where there is none."""
        return share_interval(self.agreed, self.n)

    @property
    def records(self) -> tuple[str, ...]:
        """The records the share rests on: two an issue, those of the issues with a side."""
        return tuple(id for line in self.issues if line.agree is not None for id in line.records)


@dataclass(frozen=True, slots=True)
class Turn:
    """An issue on which two agreed in one period and parted in the next on record, or the other way."""

    issue: str
    name: str
    before: Agreement
    after: Agreement
    agree: bool


@dataclass(frozen=True, slots=True)
class Drift:
    """How agreement changed from the first period with `n` > 0 to the last: -1 to 1, with a 95 % interval.

    `turns` are the issues that changed sides between two periods; all else of the change is other issues.
    """

    first: Agreement
    last: Agreement
    change: float
    interval: tuple[float, float]
    turns: tuple[Turn, ...]


def find_agreements(
    archive: Archive,
    a: str | None = None,
    b: str | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    by: Every | None = None,
    spoken_for: SpokenFor = "apart",
    least: int = 1,
) -> tuple[Agreement, ...]:
    """Return how far states agree: `a` and `b`, `a` with each other one, or all pairs with `least` issues.

    Pairs come by the number of issues shared, the most first; a pair with `by` comes period by period, from
    the first with an issue to the last, those without one included. What others say of a state is left out
    and counted (`spoken_for` «apart»), or used. Raises NotInArchive for a state without any position.
    """
    asked = tuple(code for code in (a, b) if code)
    chosen = asked if len(asked) == 2 else ()
    held = held_stances(archive, chosen, since=since, until=until, by=by)
    _refuse_unknown(archive, asked, held.all)
    joint = joint_positions(archive, asked, since=since, until=until, by=by)
    own = held.all if spoken_for == "include" else held.own
    found = _compare(own, held.all, joint, asked, least)
    if a and b:
        found = _fill(found, a, b, by)
    return tuple(found)


def draw_drift(agreements: Sequence[Agreement]) -> Drift | None:
    """Return how agreement of a pair changed over its periods; None where fewer than two have issues."""
    told = [x for x in agreements if x.n]
    if len(told) < 2:
        return None
    first, last = told[0], told[-1]
    interval = change_interval((first.agreed, first.n), (last.agreed, last.n))
    assert interval is not None
    assert first.share is not None
    assert last.share is not None
    return Drift(first, last, last.share - first.share, interval, tuple(_turns(told)))


def shared_issues(one: Mapping[str, Held], other: Mapping[str, Held]) -> tuple[SharedIssue, ...]:
    """Return the issues two states are both on record on: those they part on, share, and the rest."""
    lines = [
        SharedIssue(i, issue_name(i), one[i], other[i], do_they_agree(one[i].stance, other[i].stance))
        for i in one.keys() & other.keys()
    ]
    return tuple(sorted(lines, key=lambda x: (_RANK[x.agree], -_newest(x), x.issue)))


_RANK = {False: 0, True: 1, None: 2}


def _newest(line: SharedIssue) -> int:
    return max(day.toordinal() if day else 0 for day in (line.a.day, line.b.day))


def _compare(
    own: Iterable[Held],
    held: Iterable[Held],
    joint: Iterable[tuple[str, str, tuple[str, ...]]],
    asked: tuple[str, ...],
    least: int,
) -> list[Agreement]:
    """Return the agreement of each pair in each period, the most issues first."""
    told, all_told = _tables(own), _tables(held)
    together = _joint_by_pair(joint)
    found = []
    for period, table in all_told.items():
        for a, b in _pairs(table, asked):
            issues = shared_issues(told[period].get(a, {}), told[period].get(b, {}))
            more = len(table[a].keys() & table[b].keys()) - len(issues)
            both = tuple(together[period, *sorted((a, b))])
            agreement = Agreement(a, b, period, issues, both, max(0, more))
            if agreement.n >= least or len(asked) == 2:
                found.append(agreement)
    return sorted(found, key=lambda x: (-x.n, -x.agreed, x.a, x.b, x.period))


def _tables(held: Iterable[Held]) -> defaultdict[str, dict[str, dict[str, Held]]]:
    """Return what is held by period, code and issue."""
    tables: defaultdict[str, dict[str, dict[str, Held]]] = defaultdict(dict)
    for one in held:
        tables[one.period].setdefault(one.code, {})[one.issue] = one
    return tables


def _pairs(table: Table, asked: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a table that are asked for and have an issue in common."""
    codes = sorted(table)
    if len(asked) == 2:
        pairs: Iterable[tuple[str, str]] = [(asked[0], asked[1])] if set(asked) <= set(codes) else []
    elif asked:
        pairs = ((asked[0], code) for code in codes if code != asked[0] and asked[0] in table)
    else:
        pairs = combinations(codes, 2)
    return (pair for pair in pairs if not table[pair[0]].keys().isdisjoint(table[pair[1]]))


def _joint_by_pair(
    joint: Iterable[tuple[str, str, tuple[str, ...]]],
) -> defaultdict[tuple[str, ...], list[str]]:
    found: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for record, period, codes in joint:
        for a, b in combinations(sorted(codes), 2):
            found[period, a, b].append(record)
    return found


def _fill(found: Iterable[Agreement], a: str, b: str, by: Every | None) -> list[Agreement]:
    """Return the periods of one pair in order, with an empty one for each in which nothing is shared."""
    told = {x.period: x for x in found}
    if by is None:
        return [told.get("", Agreement(a, b, "", ()))]
    starts = [period.start for name in told if (period := read_period(name, by))]
    steps = periods_between(min(starts), max(starts), by) if starts else ()
    return [told.get(step.name, Agreement(a, b, step.name, ())) for step in steps]


def _turns(told: Sequence[Agreement]) -> Iterator[Turn]:
    """Yield the issues that went from agreed to parted, or back, since the last period they are told in."""
    last: dict[str, tuple[Agreement, bool]] = {}
    for period in told:
        for line in period.issues:
            if line.agree is None:
                continue
            before = last.get(line.issue)
            if before and before[1] != line.agree:
                yield Turn(line.issue, line.name, before[0], period, line.agree)
            last[line.issue] = (period, line.agree)


def _refuse_unknown(archive: Archive, asked: Iterable[str], held: Iterable[Held]) -> None:
    """Raise NotInArchive for a state that holds nothing in the archive, window or no window."""
    known = {one.code for one in held}
    for code in asked:
        if code not in known and not held_stances(archive, (code,)).all:
            raise NotInArchive(no_position_of(archive, code))
