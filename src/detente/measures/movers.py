"""An archive in, the pairs of states that moved most out, each with the line that moved it most.

change = sum of |intensity| (PLOVER 2.0 scale) over the pair's counted acts in the window, each act once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from detente.measures.counting import UNCOUNTED_DETAILS, counted_acts
from detente.measures.courses import draw_course
from detente.measures.naming import body_codes, state_name
from detente.records import COUNTED

if TYPE_CHECKING:
    from detente.archive import Archive


@dataclass(frozen=True, slots=True)
class Mover:
    """A pair and how much it moved: CHN-RUS, change 41.5, level 2.1, 9 acts in 12 reports.

    `change` is the sum of absolute intensities, `total` the signed sum, `level` the bounded running level
    (-9..9) at the window's end. `quote`, `record`, `act` and `date` are of the act that weighs most,
    the newest of equals; its date is None where the text gives none. `acts` are all that are counted.
    """

    a: str
    b: str
    change: float
    level: float
    n_acts: int
    n_reports: int
    quote: str
    record: str
    date: date | None
    name_a: str = ""
    name_b: str = ""
    total: float = 0.0
    act: str = ""
    outlet: str | None = None
    type: str = ""
    acts: tuple[str, ...] = ()


_RANKING = """
with counted as (
    select act, record, type, unnest(pairs) as pair, day, intensity, by_report_date
    from acts
    where list_contains(?, status) and not list_contains(?, coalesce(status_detail, ''))
      and day is not null and day >= ? and day <= ?
),
between_states as (
    select * from counted
    where not list_contains(?, split_part(pair, '-', 1)) and not list_contains(?, split_part(pair, '-', 2))
),
moved as (
    select pair, sum(abs(intensity)) as change, sum(intensity) as total, count(*) as n_acts,
        list(act order by day, act) as acts
    from between_states group by pair having change > 0
    order by change desc, n_acts desc, pair limit ?
),
weightiest as (
    select pair, act, record, type, case when by_report_date then null else day end as day
    from between_states join moved using (pair)
    qualify row_number() over (
        partition by pair order by abs(intensity) desc, between_states.day desc, act
    ) = 1
),
told as (
    select pair, count(distinct report) as n_reports
    from between_states join moved using (pair) join records using (act) group by pair
)
select * from moved join weightiest using (pair) join told using (pair)
order by change desc, n_acts desc, pair
"""


def rank_movers(
    archive: Archive, *, limit: int = 10, since: date | None = None, until: date | None = None
) -> tuple[Mover, ...]:
    """Return the pairs of states that moved most in the window, the most moved first.

    Pairs with an organisation are left out; equal changes rank by number of acts, then by code.
    """
    window = [since or date.min, until or date.max]
    bodies = body_codes()
    values = [list(COUNTED), list(UNCOUNTED_DETAILS), *window, bodies, bodies, limit]
    return tuple(_mover(archive, row, until) for row in archive.sql(_RANKING, values).to_pylist())


def _mover(archive: Archive, row: Mapping[str, Any], until: date | None) -> Mover:
    a, b = row["pair"].split("-")
    course = draw_course(counted_acts(archive, a, b, until=until))
    evidence, report = archive.record(row["record"])
    return Mover(
        a=a, b=b, change=row["change"], level=course[-1].level, n_acts=row["n_acts"],
        n_reports=row["n_reports"], quote=evidence["quote"], record=row["record"], date=row["day"],
        name_a=state_name(a), name_b=state_name(b), total=row["total"], act=row["act"],
        outlet=report.outlet, type=row["type"], acts=tuple(row["acts"]),
    )  # fmt: skip
