"""An archive in, the acts a measure counts out: light rows of the columns, in the order of their days.

A course of one pair, a web of all and a panel start here, so that all count alike: each act once, done or
going on, on a day one can name, neither habit nor background.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from detente.measures.naming import state_name
from detente.records import COUNTED, STATUSES

if TYPE_CHECKING:
    from detente.archive import Archive

UNCOUNTED_DETAILS = (
    "habitual",
    "historical",
)  # no dated act; background told long after, so seen only by chance

NAMED_PAIRS = 5  # pairs an error names for want of the one asked for

# What counts, as a condition over the view `acts`, with the values of `counted_values`.
IS_COUNTED = (
    "list_contains(?, status) and not list_contains(?, coalesce(status_detail, '')) "
    "and day is not null and day between ? and ?"
)


@dataclass(frozen=True, slots=True)
class CountedAct:
    """One act as measures see it: «2017-07-03, CHN to RUS, CONSULT/visit, quad 1, PLOVER 2.5».

    `sources` and `recipients` are codes; `joint` says that the sources did it together, to each other.
    `goldstein` is None for a code without a weight. `by_report_date` says that the text has no day for it.
    """

    act: str
    record: str
    day: date
    type: str
    mode: str | None
    cameo: str | None
    quad: int
    intensity: float
    goldstein: float | None
    status: str
    sources: tuple[str, ...]
    recipients: tuple[str, ...]
    by_report_date: bool = False

    @property
    def joint(self) -> bool:
        """Whether partners did it together: cooperation of several sources."""
        return self.quad in (1, 2) and len(self.sources) > 1

    def is_by(self, a: str, b: str) -> bool:
        """Return whether `a` did it to `b`; what partners do together each does to the other."""
        return a in self.sources and (b in self.recipients or (self.joint and b in self.sources))


@dataclass(frozen=True, slots=True)
class Telling:
    """One record that tells an act: who printed it and who says so."""

    act: str
    record: str
    report: str
    outlet: str | None
    published: date | None
    speaker_code: str | None


def counted_values(
    statuses: Collection[str] = COUNTED, since: date | None = None, until: date | None = None
) -> list[Any]:
    """Return the values of `IS_COUNTED`'s four marks."""
    return [list(statuses), list(UNCOUNTED_DETAILS), since or date.min, until or date.max]


def counted_acts(
    archive: Archive,
    a: str | None = None,
    b: str | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    statuses: Collection[str] = COUNTED,
    directed: bool = False,
) -> tuple[CountedAct, ...]:
    """Return the acts that count, by day and act id: those of a pair, or all.

    `directed` leaves what `a` did to `b`. A demand put to a third party is not done between those who put it.
    """
    values = counted_values(statuses, since, until)
    between = ""
    if a and b:
        between = "and list_contains(pairs, ?)"
        values.append("-".join(sorted((a, b))))
    rows = archive.sql(f"select {_COLUMNS} from acts where {IS_COUNTED} {between} order by day, act", values)
    acts = (_act(row) for row in rows.to_pylist())
    return tuple(act for act in acts if not (directed and a and b) or act.is_by(a, b))


def tellings_of(archive: Archive, acts: Collection[CountedAct]) -> tuple[Telling, ...]:
    """Return who told acts, by act and day of the report."""
    query = """
        select act, id as record, report, outlet, published, speaker_code from records
        where kind = 'event' and act in (select unnest(?::varchar[]))
        order by act, published, id"""
    rows = archive.sql(query, [sorted({act.act for act in acts})])
    return tuple(Telling(**row) for row in rows.to_pylist())


def say_nothing_counted(
    archive: Archive,
    a: str,
    b: str,
    since: date | None,
    until: date | None,
    statuses: Collection[str],
    directed: bool = False,
) -> str:
    """Return why no act of a pair counts, and what there is: other days, other statuses, other pairs."""
    pair = f"{state_name(a)} ({a}) {'to' if directed else 'and'} {state_name(b)} ({b})"
    if a == b:
        return f"{state_name(a)} ({a}) was given twice, and a pair needs two: name another state beside it."
    window = f" from {since or 'the first'} to {until or 'the last'} day" if since or until else ""
    told = f"{archive.path} has no act of {pair} that counts{window}"
    days = [act.day for act in counted_acts(archive, a, b, statuses=statuses, directed=directed)]
    if days:
        return f"{told}; their {len(days)} lie between {days[0]} and {days[-1]}: open the window."
    others = [act.status for act in counted_acts(archive, a, b, statuses=STATUSES)]
    if others:
        held = ", ".join(f"{others.count(s)} {s}" for s in dict.fromkeys(others))
        return f"{told} ({', '.join(statuses)}); it has {held}: name others with --statuses."
    known = archive.pairs()
    near = [p for p in known if {a, b} & set(p[:2])] or list(known)
    named = ", ".join(f"{one} {other} ({n})" for one, other, n in near[:NAMED_PAIRS])
    return f"{told}; {f'pairs with acts are {named}' if named else 'it holds no act between two states yet'}."


_COLUMNS = (
    "act, record, day, type, mode, cameo, quad, intensity, goldstein, status, sources, recipients, "
    "coalesce(by_report_date, false) as by_report_date"
)


def _act(row: Mapping[str, Any]) -> CountedAct:
    sides: dict[str, Any] = {side: tuple(sorted(set(row[side]))) for side in ("sources", "recipients")}
    return CountedAct(**{**row, **sides})
