"""An archive in, the acts a measure counts out: light rows, in the order of their days.

A course of one pair, a web of all and a panel start here, so that all count alike: each act once, done or
going on, on a day one can name, neither habit nor background. The few acts of a pair are read from the ledger
by its index, many from the columns: both say the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from detente.archive.flat import flatten_act
from detente.knowledge.tables import read_day
from detente.measures.naming import state_name
from detente.records import COUNTED, STATUSES

if TYPE_CHECKING:
    from detente.archive import Archive

UNCOUNTED_DETAILS = (
    "habitual",
    "historical",
)  # no dated act; background told long after, so seen only by chance

# Acts read from the ledger one by one (60 µs each on a free core); the columns are looked through whole
# (75 ms in an archive of 1 M records, and 0.3 s before the first query).
FEW_ACTS = 2_000
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
    `goldstein` is None for a code without a weight. `by_report_date` says that the text has no day for it,
    `to_the_day` that it stands on one day, be it that of its report, and not somewhere in a month.
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
    to_the_day: bool = True

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


def is_counted(act: Mapping[str, Any], statuses: Collection[str] = COUNTED) -> bool:
    """Return True for an act a course counts: done, or going on, on a day one can name."""
    return (
        act["status"] in statuses and act["status_detail"] not in UNCOUNTED_DETAILS and act["day"] is not None
    )


def counted_acts(
    archive: Archive,
    a: str | None = None,
    b: str | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    statuses: Collection[str] = COUNTED,
    directed: bool = False,
    by: str | None = None,
) -> tuple[CountedAct, ...]:
    """Return the acts that count, by day and act id: those of a pair, those `by` one state, or all.

    `directed` leaves what `a` did to `b`. A demand put to a third party is not done between those who put it.
    """
    if a and b and archive.count_acts(a, b) <= FEW_ACTS:
        found = _read_acts(archive, a, b, since or date.min, until or date.max, statuses)
    else:
        found = _query_acts(archive, a, b, by, counted_values(statuses, since, until))
    return tuple(act for act in found if not (directed and a and b) or act.is_by(a, b))


def _query_acts(
    archive: Archive, a: str | None, b: str | None, by: str | None, values: list[Any]
) -> list[CountedAct]:
    """Return acts out of the columns."""
    between = ""
    if a and b:
        between = "and list_contains(pairs, ?)"
        values.append("-".join(sorted((a, b))))
    if by:
        between += " and list_contains(sources, ?)"
        values.append(by)
    rows = archive.sql(f"select {_COLUMNS} from acts where {IS_COUNTED} {between} order by day, act", values)
    return [_act(row) for row in rows.to_pylist()]


def _read_acts(
    archive: Archive, a: str, b: str, since: date, until: date, statuses: Collection[str]
) -> list[CountedAct]:
    """Return acts of a pair out of the ledger."""
    rows = (flatten_act(row, ()) for row in archive.acts((a, b)))
    counted = [
        row for row in rows
        if is_counted(row, statuses) and since <= row["day"] <= until
    ]  # fmt: skip
    return [_act(_lighten(row)) for row in sorted(counted, key=lambda row: (row["day"], row["act"]))]


def _lighten(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a flat act as `_COLUMNS` gives it."""
    by_report_date = bool(row["by_report_date"])
    is_one_day = row["date_start"] is not None and row["date_start"] == row["date_end"]
    to_the_day = by_report_date or row["date_precision"] == "day" or is_one_day
    weights = {
        scale: None if row[scale] is None else float(row[scale]) for scale in ("intensity", "goldstein")
    }
    return {name: row[name] for name in _PLAIN} | weights | {
        "by_report_date": by_report_date, "to_the_day": to_the_day,
    }  # fmt: skip


def tellings_of(archive: Archive, acts: Collection[CountedAct]) -> tuple[Telling, ...]:
    """Return who told acts, by act and day of the report."""
    ids = sorted({act.act for act in acts})
    if len(ids) <= FEW_ACTS:
        return _read_tellings(archive, ids)
    query = """
        select act, id as record, report, outlet, published, speaker_code from records
        where kind = 'event' and act in (select unnest(?::varchar[]))
        order by act, published, id"""
    return tuple(Telling(**row) for row in archive.sql(query, [ids]).to_pylist())


def _read_tellings(archive: Archive, ids: Sequence[str]) -> tuple[Telling, ...]:
    """Return who told acts, out of the ledger."""
    tellings = [
        Telling(
            row["act"], row["id"], row["report"], row["outlet"], read_day(row["published"]),
            (row["attribution"]["speaker"] or {}).get("code"),
        )
        for row in (archive.records("event", act=ids) if ids else ())
    ]  # fmt: skip
    return tuple(sorted(tellings, key=lambda told: (told.act, told.published or date.max, told.record)))


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


_PLAIN = ("act", "record", "day", "type", "mode", "cameo", "quad", "status", "sources", "recipients")
_COLUMNS = (
    f"{', '.join(_PLAIN)}, intensity, goldstein, coalesce(by_report_date, false) as by_report_date, "
    "coalesce(by_report_date or date_precision = 'day' or date_start = date_end, false) as to_the_day"
)


def _act(row: Mapping[str, Any]) -> CountedAct:
    sides: dict[str, Any] = {side: tuple(sorted(set(row[side]))) for side in ("sources", "recipients")}
    return CountedAct(**{**row, **sides})
