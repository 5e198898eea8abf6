"""Positions of an archive in, what each state held out: one stance a state, issue and period.

«CHN, thaad-south-korea: oppose, last said on 4 July 2017», light rows of the columns, so that agreement of
two states and of all of them rest on the same reading. What a state says itself is kept apart from what
others say of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

from detente.measures.naming import body_codes
from detente.measures.periods import Every, period_of, period_start_sql
from detente.measures.stances import UNHELD, settle

if TYPE_CHECKING:
    from detente.archive import Archive

SpokenFor = Literal["apart", "include"]

_QUERY = """
with told as (
    select id, issue, stance, status, coalesce(date_end, date_start, published) as day, published, report,
        field, start, speaker_code, unnest(list_distinct(sources)) as code
    from records
    where kind = 'position' and issue is not null and not list_contains(?, status) {of}
), held as (
    select *, {opens} as opens, status <> 'claimed' and coalesce(speaker_code = code, true) as own
    from told
    where code is not null and not list_contains(?, code) {those} and {window}
)
select code, issue, opens, own, stance, status, day, id from held
qualify day is not distinct from max(day) over (partition by code, issue, opens, own)
order by code, issue, opens, day, published, report, field = 'text', start, id
"""


@dataclass(frozen=True, slots=True)
class Held:
    """What a state held on an issue in a period: the stance of the last day it was told, and the record.

    `own` says that it was the state's own word, or a reporter's account of it. `period` is «» for the whole
    window.
    """

    code: str
    issue: str
    period: str
    stance: str
    day: date | None
    record: str
    own: bool


@dataclass(frozen=True, slots=True)
class Holdings:
    """What states hold by their own word, and by all words: what others say of them counts half there."""

    own: tuple[Held, ...]
    all: tuple[Held, ...]


def held_stances(
    archive: Archive,
    codes: Sequence[str] = (),
    *,
    since: date | None = None,
    until: date | None = None,
    by: Every | None = None,
) -> Holdings:
    """Return what states held, by code, issue and period; `codes` chooses states, bodies are left out.

    A stance is of the day its words give, else its report's; one without a day is in no period.
    """
    rows = _told(archive, codes, since, until, by)
    return Holdings(tuple(_settled((row for row in rows if row["own"]), by)), tuple(_settled(rows, by)))


def joint_positions(
    archive: Archive,
    codes: Sequence[str] = (),
    *,
    since: date | None = None,
    until: date | None = None,
    by: Every | None = None,
) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return (record, period, codes) of positions several states hold together, all of `codes` among them.

    «Both support the use of frozen assets»: one record, DEU and POL.
    """
    window, days = _window(since, until)
    query = f"""
        with told as (
            select id, list_sort(list_distinct(sources)) as codes,
                coalesce(date_end, date_start, published) as day
            from records
            where kind = 'position' and issue is not null and not list_contains(?, status)
                and len(list_distinct(sources)) > 1 and list_has_all(sources, ?::varchar[])
        )
        select id, {_opens(by)} as opens, codes from told where {window} order by id"""
    rows = archive.sql(query, [list(UNHELD), list(codes), *days]).to_pylist()
    bodies = set(body_codes())
    return tuple(
        (r["id"], _name(r["opens"], by), tuple(c for c in r["codes"] if c and c not in bodies)) for r in rows
    )


def _told(
    archive: Archive, codes: Sequence[str], since: date | None, until: date | None, by: Every | None
) -> list[dict[str, Any]]:
    window, days = _window(since, until)
    if by:
        window += " and day is not null"
    of = "and list_has_any(sources, ?::varchar[])" if codes else ""
    those = "and list_contains(?, code)" if codes else ""
    query = _QUERY.format(opens=_opens(by), of=of, those=those, window=window)
    chosen = [list(codes)] if codes else []
    values = [list(UNHELD), *chosen, body_codes(), *chosen, *days]
    rows: list[dict[str, Any]] = archive.sql(query, values).to_pylist()
    return rows


def _opens(by: Every | None) -> str:
    """Return DuckDB's expression for the first day of the period of `day`; null for the whole window."""
    return period_start_sql(by, "day") if by else "null"


def _name(opens: date | None, by: Every | None) -> str:
    return period_of(opens, by).name if opens and by else ""


def _window(since: date | None, until: date | None) -> tuple[str, list[date]]:
    """Return the condition on a day, and its values; without a window a stance without a day counts, too."""
    if since is None and until is None:
        return "true", []
    return "day between ? and ?", [since or date.min, until or date.max]


def _settled(rows: Iterable[dict[str, Any]], by: Every | None) -> Iterator[Held]:
    """Yield one stance a state, issue and period, of the rows that stand on its last day."""
    for (code, issue, opens), group in groupby(rows, lambda r: (r["code"], r["issue"], r["opens"])):
        told = list(group)
        last = max((row["day"] for row in told if row["day"]), default=None)
        day = [row for row in told if row["day"] == last]
        best = day[settle([(row["stance"], row["own"]) for row in day])]
        yield Held(code, issue, _name(opens, by), best["stance"], best["day"], best["id"], best["own"])
