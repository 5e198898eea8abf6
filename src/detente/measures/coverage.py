"""An archive in, what its numbers rest on out: reports, outlets, languages, quiet days, whose media they are.

Every share stands with its n and an interval, and every line with the ids it rests on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from detente.errors import NotInArchive
from detente.measures.counting import (
    IS_COUNTED,
    counted_acts,
    counted_values,
    say_nothing_counted,
    tellings_of,
)
from detente.measures.intervals import share_interval
from detente.measures.naming import is_state_owned
from detente.records import COUNTED

if TYPE_CHECKING:
    from detente.archive import Archive


@dataclass(frozen=True, slots=True)
class Told:
    """One telling of a counted act: the record, its report, and what is known of that."""

    act: str
    record: str
    report: str
    outlet: str | None
    language: str | None
    published: date | None
    by_report_date: bool


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """One number of coverage with what it rests on: «state media: .21 of 310 tellings, .17 to .26».

    `name` is the measure in the catalogue. A share has `n` cases and a 95 % Wilson interval `low` to `high`;
    a count has none. `note` names what is most telling: the largest outlet, the languages, the longest
    silence.
    """

    name: str
    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    note: str = ""
    acts: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()


_TOLD = f"""
with counted as (
    select act, coalesce(by_report_date, false) as by_report_date from acts where {IS_COUNTED}
)
select act, id as record, report, records.outlet, language, records.published, by_report_date
from counted join records using (act) join reports using (report)
where kind = 'event' order by act, id
"""


def measure_coverage(
    archive: Archive,
    a: str | None = None,
    b: str | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    statuses: Collection[str] = COUNTED,
) -> tuple[CoverageLine, ...]:
    """Return what the numbers of a pair (codes), or of all pairs, rest on in a window of days.

    A window that is not given runs from the first report to the last. Raises NotInArchive where no act is
    counted.
    """
    first, last = since or archive.first_published(), until or archive.last_published()
    told = _told_of_pair(archive, a, b, since, until, statuses) if a and b else _told_of_all(
        archive, counted_values(statuses, since, until)
    )  # fmt: skip
    if not told:
        if a and b:
            raise NotInArchive(say_nothing_counted(archive, a, b, since, until, statuses))
        raise NotInArchive(
            f"{archive.path} has no counted act in this window, so there is nothing to cover: "
            "widen it, or count more statuses."
        )
    return (
        *_counts(told), _silence(told, first, last), _largest_outlet(told), _state_owned(told),
        _by_report_date(told),
    )  # fmt: skip


def _told_of_pair(
    archive: Archive, a: str, b: str, since: date | None, until: date | None, statuses: Collection[str]
) -> list[Told]:
    acts = counted_acts(archive, a, b, since=since, until=until, statuses=statuses)
    by_report_date = {act.act: act.by_report_date for act in acts}
    tellings = tellings_of(archive, acts)
    languages = archive.languages([t.report for t in tellings])
    told = (
        Told(t.act, t.record, t.report, t.outlet, languages.get(t.report), t.published, by_report_date[t.act])
        for t in tellings
    )
    return sorted(told, key=lambda t: (t.act, t.record))


def _told_of_all(archive: Archive, values: list[Any]) -> list[Told]:
    return [Told(**row) for row in archive.sql(_TOLD, values).to_pylist()]


def _counts(told: Collection[Told]) -> Iterable[CoverageLine]:
    reports = _reports(told)
    yield CoverageLine("coverage.reports", len(reports), len(reports), reports=reports)
    named = [t for t in told if t.outlet]
    outlets = Counter(outlet for outlet, _ in {(t.outlet, t.report) for t in named})
    yield CoverageLine(
        "coverage.outlets", len(outlets), len(_reports(named)), note=_most(outlets), reports=_reports(named)
    )
    spoken = [t for t in told if t.language]
    languages = Counter(language for language, _ in {(t.language, t.report) for t in spoken})
    yield CoverageLine(
        "coverage.languages", len(languages), len(_reports(spoken)), note=_most(languages),
        reports=_reports(spoken),
    )  # fmt: skip


def _silence(told: Collection[Told], first: date | None, last: date | None) -> CoverageLine:
    """Return the share of days without a report, and the longest silence."""
    if not first or not last:
        return CoverageLine("coverage.days_without", None, 0)
    dated = [t for t in told if t.published and first <= t.published <= last]
    days = sorted({t.published for t in dated if t.published})
    n = (last - first).days + 1
    low, high = share_interval(n - len(days), n) or (None, None)
    return CoverageLine(
        "coverage.days_without", (n - len(days)) / n, n, low, high, _longest_silence(days, first, last),
        reports=_reports(dated),
    )  # fmt: skip


def _longest_silence(days: list[date], first: date, last: date) -> str:
    edges = [first.toordinal() - 1, *(d.toordinal() for d in days), last.toordinal() + 1]
    length, opening = max(((b - a - 1, a + 1) for a, b in pairwise(edges)))
    return f"longest silence {length} days from {date.fromordinal(opening)}" if length else "no silence"


def _largest_outlet(told: Collection[Told]) -> CoverageLine:
    named = [t for t in told if t.outlet]
    most = next(iter(_ranked(Counter(t.outlet for t in named))), None)
    return _share("coverage.largest_outlet", [t.outlet == most for t in named], named, note=most or "")


def _state_owned(told: Collection[Told]) -> CoverageLine:
    owners: dict[str | None, bool | None] = {t.outlet: is_state_owned(t.outlet) for t in told if t.outlet}
    known = [t for t in told if t.outlet and owners[t.outlet] is not None]
    owned = Counter(t.outlet for t in known if owners[t.outlet])
    least, unknown = owned.total() / len(told), (len(told) - len(known)) / len(told)
    basis = (
        f"the owner is known behind {len(known)} of {len(told)} tellings: of all, "
        f"{100 * least:.0f} to {100 * (least + unknown):.0f} %"
    )
    note = "; ".join(filter(None, (_most(owned), basis)))
    return _share("coverage.state_owned", [bool(owners[t.outlet]) for t in known], known, note=note)


def _by_report_date(told: Collection[Told]) -> CoverageLine:
    by_act = {t.act: t.by_report_date for t in told}
    low, high = share_interval(sum(by_act.values()), len(by_act)) or (None, None)
    value = sum(by_act.values()) / len(by_act)
    return CoverageLine("coverage.by_report_date", value, len(by_act), low, high, acts=tuple(by_act))


def _share(name: str, hits: list[bool], told: Collection[Told], *, note: str) -> CoverageLine:
    low, high = share_interval(sum(hits), len(hits)) or (None, None)
    records = tuple(t.record for t in told)
    return CoverageLine(
        name, sum(hits) / len(hits) if hits else None, len(hits), low, high, note, records=records
    )


def _reports(told: Iterable[Told]) -> tuple[str, ...]:
    return tuple(sorted({t.report for t in told}))


def _ranked(counts: Counter[str | None]) -> list[str]:
    """Return names by how often they count, of equals by the alphabet."""
    return sorted(map(str, counts), key=lambda name: (-counts[name], name))


def _most(counts: Counter[str | None]) -> str:
    shown = ", ".join(f"{name} {counts[name]}" for name in _ranked(counts)[:4])
    return f"{shown}, …" if len(counts) > 4 else shown
