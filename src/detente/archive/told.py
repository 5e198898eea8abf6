"""Acts and their tellings in, the acts as they had been told by a day out.

«Judged on 5 May» must not know what a report of 9 May says: an act told only later is not there, and one told
before and after says what the earlier reports said of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from detente.archive.corrections import apply_changes
from detente.archive.merging import Act, block_key, describe_act, most_exact_first, reach
from detente.archive.tellings import Telling

Row = Mapping[str, Any]


def tellings_by(tellings: Mapping[str, Sequence[Row]], day: date) -> dict[str, list[Row]]:
    """Return the tellings of each act that had appeared by a day, acts without any left out.

    A report without a day may have appeared at any time and stays.
    """
    by_then = {
        act: [row for row in rows if not row["published"] or row["published"] <= day.isoformat()]
        for act, rows in tellings.items()
    }
    return {act: rows for act, rows in by_then.items() if rows}


def acts_by(
    acts: Iterable[Row], tellings: Mapping[str, Sequence[Row]], told: Mapping[str, Sequence[Row]]
) -> Iterator[Row]:
    """Yield the acts that stand in `told` (of `tellings_by`), each as those tellings alone tell it.

    The ids stay, whichever telling an act is named after. Whether two tellings are one act is judged by all.
    """
    for act in acts:
        rows = told.get(act["act"])
        if rows and len(rows) < len(tellings[act["act"]]):
            yield {**act, **_describe(act, rows)}
        elif rows:
            yield act


def _describe(act: Row, rows: Sequence[Row]) -> dict[str, Any]:
    group = tuple(sorted(map(_telling, rows), key=most_exact_first))
    described = describe_act(Act(act["act"], group[0].block, group[0], group, act["reason"]))
    corrected = apply_changes(described, act["review"]["changes"]) if "review" in act else described
    return corrected | {"n_records": len(rows), "n_reports": len({row["report"] for row in rows})}


def _telling(row: Row) -> Telling:
    published = date.fromisoformat(row["published"]) if row["published"] else None
    first, last = reach(row, published)
    block = block_key(row, row["report"], published)
    return Telling(0, row["id"], row["report"], row["start"], block, first, last, published, row)


__all__ = ["acts_by", "tellings_by"]
