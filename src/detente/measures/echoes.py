"""A third party's acts in, what a pair did after each of them out, beside what it did after other days.

«After each US sanction on Russia, what passed between Russia and China in the next 30 days, less the 30 days
before?» The answer tells of before and after and of chance, not of cause.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from detente.errors import InputError, NotInArchive
from detente.measures.counting import CountedAct, counted_acts
from detente.measures.naming import state_name
from detente.measures.placebo import DRAWS, SEED, Compared, compare
from detente.records import COUNTED

if TYPE_CHECKING:
    import numpy as np

    from detente.archive import Archive

Measure = Literal["total", "n"]

DAYS = 30  # before and after


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day on which the third party acted, and the pair's N days before and after it.

    `acts` and `record` are the third party's; `before` and `after` are sums of weights (or numbers of acts),
    `change` is their difference, `acts_before` and `acts_after` the acts they count.
    """

    day: date
    acts: tuple[str, ...]
    record: str
    before: float
    after: float
    acts_before: tuple[str, ...]
    acts_after: tuple[str, ...]
    by_report_date: bool = False

    @property
    def change(self) -> float:
        """What the N days after hold more than those before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Echo:
    """What followed in a pair: «after 7 sanctions by USA on RUS, what CHN and RUS did».

    `compared` holds the change and its comparison with placebo days. The span is `first` to `last`. `cut`
    counts days of such acts that were left out, since their days before or after lie beyond the span;
    `overlapping` those so near the one before that an act of the pair counts for both. `acts` are all that
    the numbers rest on: the third party's, and all of the pair in the span, since placebos take in those.
    """

    by: str
    on: str | None
    a: str
    b: str
    types: tuple[str, ...]
    measure: Measure
    days: int
    first: date
    last: date
    occasions: tuple[Occasion, ...]
    compared: Compared
    cut: int
    overlapping: int
    acts: tuple[str, ...]


def hear_echo(
    archive: Archive,
    a: str,
    b: str,
    *,
    by: str,
    on: str | None = None,
    types: Sequence[str] = (),
    days: int = DAYS,
    measure: Measure = "total",
    since: date | None = None,
    until: date | None = None,
    statuses: Collection[str] = COUNTED,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Echo:
    """Return what `a` and `b` did in the `days` after each act of `by` less the `days` before.

    The third party's acts are those with `by` among the sources, `on` among the recipients, and one of the
    PLOVER `types`, where these are given; its acts of one day are one occasion. Counted are acts known to the
    day, or by the day of their report. The day itself is neither before nor after. The span runs from the
    first report's day to the last's, or as the window says; placebo days are drawn from it with `seed`.
    Raises InputError where `by` is of the pair, and NotInArchive where no such act has its days before and
    after within the span.
    """
    if by in (a, b):
        raise InputError(
            f"{state_name(by)} is itself of the pair {a}-{b}: name a third state that acts.", stage="echo"
        )
    first, last = _span(archive, since, until)
    pairs = counted_acts(archive, a, b, since=first, until=last, statuses=statuses)
    if on:
        done = counted_acts(archive, by, on, since=first, until=last, statuses=statuses)
    else:
        done = counted_acts(archive, by=by, since=first, until=last, statuses=statuses)
    thirds = [act for act in done if act.to_the_day and _is_such(act, by, on, types)]
    own = {act.act for act in thirds}
    mine = [act for act in pairs if act.to_the_day and act.act not in own]
    flow = _flow(mine, first, last, measure)
    occasions, cut = _occasions(thirds, flow, days)
    if not occasions:
        raise NotInArchive(_say_none(archive, by, on, types, days, cut, first, last))
    compared = compare(flow.values, [flow.place(o.day) for o in occasions], days, draws=draws, seed=seed)
    return Echo(
        by, on, min(a, b), max(a, b), tuple(types), measure, days, first, last, occasions, compared, cut,
        overlapping=sum((two.day - one.day).days <= 2 * days for one, two in pairwise(occasions)),
        acts=tuple(sorted({*own, *(act.act for act in mine)})),
    )  # fmt: skip


def _is_such(act: CountedAct, by: str, on: str | None, types: Sequence[str]) -> bool:
    return by in act.sources and (not on or on in act.recipients) and (not types or act.type in types)


@dataclass(frozen=True, slots=True)
class _Flow:
    """What passed between the pair on each day of the span, and which acts."""

    first: date
    values: np.ndarray
    acts: Mapping[int, tuple[str, ...]]

    def place(self, day: date) -> int:
        return (day - self.first).days

    def acts_of(self, start: int, end: int) -> tuple[str, ...]:
        return tuple(act for place in range(start, end) for act in self.acts.get(place, ()))


def _span(archive: Archive, since: date | None, until: date | None) -> tuple[date, date]:
    """Return the first and last day of the window that the archive's reports cover."""
    first, last = archive.first_published(), archive.last_published()
    if first is None or last is None:
        raise NotInArchive(f"{archive.path} has no report with a day; before and after need one.")
    if first == last:
        raise NotInArchive(
            f"{archive.path} has reports of one day alone, {first}; before and after need a stretch of days: "
            "add reports."
        )
    first, last = max(first, since or first), min(last, until or last)
    if first >= last:
        raise NotInArchive(
            f"{archive.path} has reports of {archive.first_published()} to {archive.last_published()}: "
            "the window lies outside; widen it."
        )
    return first, last


def _flow(told: Iterable[CountedAct], first: date, last: date, measure: Measure) -> _Flow:
    import numpy as np

    values = np.zeros((last - first).days + 1)
    acts: dict[int, tuple[str, ...]] = {}
    for act in told:
        place = (act.day - first).days
        values[place] += act.intensity if measure == "total" else 1.0
        acts[place] = (*acts.get(place, ()), act.act)
    return _Flow(first, values, acts)


def _occasions(acts: Iterable[CountedAct], flow: _Flow, days: int) -> tuple[tuple[Occasion, ...], int]:
    """Return the days of acts with their days before and after, and how many days lack some of these."""
    by_day: dict[date, list[CountedAct]] = {}
    for act in acts:
        by_day.setdefault(act.day, []).append(act)
    found = tuple(
        _occasion(day, told, flow, days)
        for day, told in by_day.items()
        if days <= flow.place(day) < len(flow.values) - days
    )
    return found, len(by_day) - len(found)


def _occasion(day: date, acts: Sequence[CountedAct], flow: _Flow, days: int) -> Occasion:
    place = flow.place(day)
    before, after = (place - days, place), (place + 1, place + 1 + days)
    weightiest = max(acts, key=lambda act: (abs(act.intensity), act.act))
    return Occasion(
        day, tuple(act.act for act in acts), weightiest.record,
        float(flow.values[slice(*before)].sum()), float(flow.values[slice(*after)].sum()),
        flow.acts_of(*before), flow.acts_of(*after), all(act.by_report_date for act in acts),
    )  # fmt: skip


def _say_none(
    archive: Archive,
    by: str,
    on: str | None,
    types: Sequence[str],
    days: int,
    cut: int,
    first: date,
    last: date,
) -> str:
    what = f"{' or '.join(types)} by {by}" if types else f"act by {by}"
    what += f" on {on}" if on else ""
    if cut:
        return (
            f"{archive.path} has {cut} day{'s' * (cut > 1)} with a counted {what}, none with {days} days "
            f"before and after within {first} to {last}; ask for fewer --days."
        )
    return (
        f"{archive.path} has no counted {what} from {first} to {last}; ask for other types, "
        "or a wider window."
    )
