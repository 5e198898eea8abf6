"""Acts in, a dyad-month panel out: one row a pair and month, zeros written as zeros."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING

from detente.measures.counting import UNCOUNTED_DETAILS
from detente.records import COUNTED

if TYPE_CHECKING:
    import pyarrow as pa

    from detente.archive import Archive

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT",
    "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION", "PROTEST", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip


def build_panel(archive: Archive, *, statuses: Collection[str] = COUNTED) -> pa.Table:
    """Return the dyad-month panel: a row for each pair and each month from its first counted act to its last.

    Columns: `a`, `b` (codes, alphabetical), `month` («2017-07»), `acts` (number of acts, each counted once),
    `quad_1`..`quad_4` and one column a PLOVER type (numbers of acts), `intensity_sum`, `intensity_mean`
    (PLOVER 2.0 scale), `goldstein_sum`, `goldstein_mean`, `reports` (distinct reports that tell them). Means
    are null in a month without acts; all else is 0 there. The pair is undirected.
    """
    return archive.sql(_panel_query(), [list(statuses), list(UNCOUNTED_DETAILS)])


@cache
def _panel_query() -> str:
    quads = ", ".join(f"count(*) filter (quad = {q}) as quad_{q}" for q in (1, 2, 3, 4))
    types = ", ".join(f"count(*) filter (type = '{t}') as {t.lower()}" for t in TYPES)
    zeros = ", ".join(
        f"coalesce({c}, 0) as {c}" for c in ("quad_1", "quad_2", "quad_3", "quad_4", *map(str.lower, TYPES))
    )
    return f"""
with counted as (
    select act, unnest(pairs) as pair, cast(date_trunc('month', day) as date) as month,
        type, quad, intensity, goldstein
    from acts
    where list_contains(?, status) and not list_contains(?, coalesce(status_detail, '')) and day is not null
),
monthly as (
    select pair, month, count(*) as acts, {quads}, {types},
        sum(intensity) as intensity_sum, avg(intensity) as intensity_mean,
        sum(goldstein) as goldstein_sum, avg(goldstein) as goldstein_mean
    from counted group by pair, month
),
told as (
    select pair, month, count(distinct report) as reports
    from counted join records using (act) group by pair, month
),
grid as (
    select pair, cast(unnest(generate_series(min(month), max(month), interval 1 month)) as date) as month
    from monthly group by pair
)
select split_part(pair, '-', 1) as a, split_part(pair, '-', 2) as b, strftime(month, '%Y-%m') as month,
    coalesce(acts, 0) as acts, {zeros},
    coalesce(intensity_sum, 0) as intensity_sum, intensity_mean,
    coalesce(goldstein_sum, 0) as goldstein_sum, goldstein_mean, coalesce(reports, 0) as reports
from grid left join monthly using (pair, month) left join told using (pair, month)
order by a, b, month
"""
