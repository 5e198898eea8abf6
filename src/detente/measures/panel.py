"""Acts in, a panel of pairs by period out: a row for each pair and period, zeros written as zeros.

The keys are those other tables are merged by: Correlates of War numbers and years. Each row bears the ids
of the acts it counts, and how many reports were read of that period: where none was, 0 says nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal

from detente.errors import InputError
from detente.measures.counting import IS_COUNTED, counted_values
from detente.measures.naming import body_codes
from detente.measures.numbering import state_numbers
from detente.measures.periods import Every, period_of, period_start_sql
from detente.records import COUNTED

if TYPE_CHECKING:
    import pyarrow as pa

    from detente.archive import Archive

Which = Literal["all", "seen"]

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT",
    "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION", "PROTEST", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")

# name: (type, what it holds). Labels in Stata, the codebook beside a file and the docs are made of these.
PANEL_COLUMNS: Mapping[str, tuple[str, str]] = {
    "ccode1": ("whole", "Correlates of War number of the first state on the period's last day"),
    "ccode2": ("whole", "Correlates of War number of the second state on the period's last day"),
    "iso1": ("text", "ISO 3166 alpha-3 code of the first state (directed: of who acts)"),
    "iso2": ("text", "ISO 3166 alpha-3 code of the second state (directed: of who is acted on)"),
    "period": ("text", "the period: 2021, 2021-H1, 2021-Q1, 2021-02, 2021-W07 or 2021-02-17"),
    "start": ("day", "first day of the period"),
    "year": ("whole", "year (of weeks: the ISO year)"),
    "half": ("whole", "half of the year, 1 or 2"),
    "quarter": ("whole", "quarter of the year, 1 to 4"),
    "month": ("whole", "month of the year, 1 to 12"),
    "week": ("whole", "ISO week of the year, 1 to 53"),
    "day": ("whole", "day of the month, 1 to 31"),
    "acts": ("whole", "acts counted, each once"),
    **{f"quad{n}": ("whole", f"acts of {words}") for n, words in enumerate(QUADS, 1)},
    **{name.lower(): ("whole", f"acts of PLOVER type {name}") for name in TYPES},
    "intensity_sum": ("number", "sum of PLOVER 2.0 weights, -9 to 10 an act"),
    "intensity_mean": ("number", "mean PLOVER 2.0 weight; missing where no act"),
    "goldstein_n": ("whole", "acts whose CAMEO code has a Goldstein weight"),
    "goldstein_sum": ("number", "sum of Goldstein weights, -10 to 10 an act"),
    "goldstein_mean": ("number", "mean Goldstein weight; missing where no act has one"),
    "by_report_date": ("whole", "acts on their first report's day: their words give none"),
    "reports": ("whole", "reports that tell the acts counted"),
    "outlets": ("whole", "outlets that tell them, named ones alone"),
    "read": ("whole", "reports of the whole archive that appeared in the period"),
    "watched": ("whole", "1 where any report of the period was read, so that 0 acts say something"),
    "act_ids": ("texts", "ids of the acts counted: detente show ARCHIVE ID opens each"),
}
_ONLY = {
    "half": ("half",), "quarter": ("quarter",), "month": ("month", "day"), "week": ("week",), "day": ("day",),
}  # fmt: skip


def panel_columns(every: Every = "month") -> tuple[str, ...]:
    """Return the columns of a panel of these periods: a yearly one has neither `month` nor `week`."""
    return tuple(name for name in PANEL_COLUMNS if every in _ONLY.get(name, (every,)))


def build_panel(
    archive: Archive,
    *,
    every: Every = "month",
    directed: bool = False,
    pairs: Which = "all",
    since: date | None = None,
    until: date | None = None,
    statuses: Collection[str] = COUNTED,
) -> pa.Table:
    """Return the panel: a row for each pair of states and each period of the window, `PANEL_COLUMNS` wide.

    The window runs from day `since` (by default the first of the period in which the first report appeared)
    to day `until` (that of the last report). `pairs` is "all" (those with any act in the archive, be it
    planned or denied, at any time) or "seen" (those with an act counted in the window). Undirected, the lower
    number comes first; directed, the first state acts, the second is acted on, and what partners do together
    each does to the other. Sums and counts of a period without acts are 0, means are null. Raises InputError
    where reports without a day leave the window open.
    """
    first, last = since or _opening(archive, every), until or archive.last_published()
    if not first or not last:
        if archive.counts()["reports"]:
            raise InputError(
                f"No report of {archive.path} has a day, so a panel's window is unknown: "
                "give its first and last day.",
                stage="panel",
            )
        first = last = date(1, 1, 1)  # no report, no pair, no row
    codes, numbers, starts, ends = (list(column) for column in zip(*state_numbers(), strict=True))
    window = [first, last]
    values = [
        *counted_values(statuses, first, last), body_codes(), codes, numbers, starts, ends, *window, *window
    ]  # fmt: skip
    return archive.sql(_query(every, directed=directed, pairs=pairs), values)


def _opening(archive: Archive, every: Every) -> date | None:
    first = archive.first_published()
    return first and period_of(first, every).start


_UNDIRECTED = """
    select act, split_part(pair, '-', 1) as a, split_part(pair, '-', 2) as b
    from (select act, unnest(pairs) as pair from {acts})"""
_DIRECTED = """
    select act, a, b from (select act, a, unnest(recipients) as b
        from (select act, unnest(sources) as a, recipients from {acts})) where a <> b
    union
    select act, a, b from (select act, a, unnest(others) as b from (
        select act, unnest(sources) as a, sources as others from {acts} where quad in (1, 2))) where a <> b"""
_SPANS = {
    "day": "1 day", "week": "7 days", "month": "1 month", "quarter": "3 months", "half": "6 months",
    "year": "1 year",
}  # fmt: skip
_NAMES = {
    "day": "strftime(dated.opens, '%Y-%m-%d')", "week": "strftime(dated.opens, '%G-W%V')",
    "month": "strftime(dated.opens, '%Y-%m')", "quarter": "year(dated.opens) || '-Q' || quarter(dated.opens)",
    "half": "year(dated.opens) || '-H' || (1 + month(dated.opens) // 7)",
    "year": "strftime(dated.opens, '%Y')",
}  # fmt: skip


def _query(every: Every, *, directed: bool, pairs: Which) -> str:
    """Return the panel's query; its marks: those of IS_COUNTED, the bodies, the numbers, the window twice."""
    between = _DIRECTED if directed else _UNDIRECTED
    known = between.format(acts="acts") if pairs == "all" else "select act, a, b from sides"
    quads = ", ".join(f"count(*) filter (quad = {q}) as quad{q}" for q in (1, 2, 3, 4))
    types = ", ".join(f"count(*) filter (type = '{t}') as {t.lower()}" for t in TYPES)
    order = "true" if directed else "coalesce(x.number <= y.number, known.a <= known.b)"
    return f"""
with counted as (select * from acts where {IS_COUNTED}),
bodies as (select unnest(?::varchar[]) as code),
numbers as (
    select unnest(?::varchar[]) as code, unnest(?::integer[]) as number, unnest(?::date[]) as first,
        unnest(?::date[]) as last
),
sides as ({between.format(acts="counted")}),
known as (
    select distinct a, b from ({known})
    where a not in (select code from bodies) and b not in (select code from bodies)
),
placed as (
    select sides.*, day, type, quad, intensity, goldstein, by_report_date,
        {period_start_sql(every, "day")} as opens
    from sides join counted using (act) join known using (a, b)
),
tallied as (
    select a, b, opens, count(*) as acts, {quads}, {types}, sum(intensity) as intensity_sum,
        count(goldstein) as goldstein_n, sum(goldstein) as goldstein_sum,
        count(*) filter (by_report_date) as by_report_date, list(act order by day, act) as act_ids
    from placed group by a, b, opens
),
told as (
    select a, b, opens, count(distinct report) as reports, count(distinct outlet) as outlets
    from placed join records using (act) group by a, b, opens
),
spans as (
    select cast(unnest(
        generate_series({period_start_sql(every, "day")}, last, interval {_SPANS[every]})
    ) as date) as opens
    from (select ?::date as day, ?::date as last)
),
dated as (select opens, cast(opens + interval {_SPANS[every]} - interval 1 day as date) as final from spans),
readings as (
    select {period_start_sql(every, "published")} as opens, count(*) as read
    from reports where published between ? and ? group by 1
),
filled as (
    select {order} as in_order, known.a, known.b, x.number as number_a, y.number as number_b,
        dated.opens as start, {_NAMES[every]} as period, tallied.* exclude (a, b, opens),
        reports, outlets, read
    from known cross join dated
    left join tallied on tallied.a = known.a and tallied.b = known.b and tallied.opens = dated.opens
    left join told on told.a = known.a and told.b = known.b and told.opens = dated.opens
    left join readings on readings.opens = dated.opens
    left join numbers x on x.code = known.a and dated.final between x.first and x.last
    left join numbers y on y.code = known.b and dated.final between y.first and y.last
)
select {", ".join(_shown(name, every) for name in panel_columns(every))}
from filled order by iso1, iso2, start
"""


def _shown(name: str, every: Every) -> str:
    """Return the expression of a column over the rows `filled`."""
    swapped = {"ccode1": ("number_a", "number_b"), "ccode2": ("number_b", "number_a"),
               "iso1": ("a", "b"), "iso2": ("b", "a")}  # fmt: skip
    if name in swapped:
        first, second = swapped[name]
        return f"case when in_order then {first} else {second} end as {name}"
    own = {
        "period": "period", "start": "start",
        "year": "isoyear(start)" if every == "week" else "year(start)",
        "half": "1 + month(start) // 7", "quarter": "quarter(start)",
        "month": "month(start)", "week": "week(start)", "day": "day(start)",
        "intensity_mean": "intensity_sum / acts", "goldstein_mean": "goldstein_sum / nullif(goldstein_n, 0)",
        "watched": "coalesce(read, 0) > 0", "act_ids": "coalesce(act_ids, [])",
    }  # fmt: skip
    kind = PANEL_COLUMNS[name][0]
    return f"cast({own.get(name, f'coalesce({name}, 0)')} as {_KINDS[kind]}) as {name}"


_KINDS = {"whole": "integer", "number": "double", "text": "varchar", "day": "date", "texts": "varchar[]"}
