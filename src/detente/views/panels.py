"""A panel on the terminal: the rows that moved most, each with the words of its weightiest act."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from detente.views.answering import print_blocks, set_told
from detente.views.lines import say_score, state_name
from detente.views.terminal import say
from detente.views.wording import QUADS, say_count

if TYPE_CHECKING:
    import pyarrow as pa
    from rich.text import Text

    from detente.archive import Archive


def print_panel(archive: Archive, panel: pa.Table, shape: str, *, directed: bool, limit: int) -> None:
    """Print a panel: all of it as CSV or JSON lines; for people the rows that moved most."""
    if shape != "table":
        from detente.exchange.export import write_table

        write_table(panel, sys.stdout, format="csv" if shape == "csv" else "jsonl")
        return
    rows = [row for row in panel.select(_SHOWN).to_pylist() if row["acts"]]
    rows.sort(key=lambda r: (-abs(r["intensity_sum"]), r["iso1"], r["iso2"], r["period"]))
    print_blocks((row["period"], _set(archive, row, directed=directed)) for row in rows[:limit])
    say(_say_size(panel, len(rows), limit))


_SHOWN = [
    "iso1", "iso2", "period", "acts", "quad1", "quad2", "quad3", "quad4", "intensity_sum", "intensity_mean",
    "reports", "outlets", "act_ids",
]  # fmt: skip


def _set(archive: Archive, row: Mapping[str, Any], *, directed: bool) -> list[Text]:
    from rich.text import Text

    between = "→" if directed else "and"
    head = f"{state_name(row['iso1'])} ({row['iso1']}) {between} {state_name(row['iso2'])} ({row['iso2']})"
    quads = ", ".join(f"{row[f'quad{n}']} of {words}" for n, words in QUADS.items() if row[f"quad{n}"])
    facts = (
        f"{say_count(row['acts'], 'act')}: {quads}; sum {say_score(row['intensity_sum'])}, "
        f"mean {say_score(row['intensity_mean'])}; {say_count(row['reports'], 'report')}, "
        f"{say_count(row['outlets'], 'outlet')}"
    )
    return [Text(head, style="bold"), Text(facts), *set_told(_weightiest(archive, row["act_ids"]))]


def _weightiest(archive: Archive, ids: list[str]) -> Any:
    """Return the quote of the act that weighs most."""
    from detente.measures.quoting import quote_of

    act = max(archive.acts(ids=ids), key=lambda a: (abs(a["intensity"]), a["act"]))
    return quote_of(archive.record(act["record"])[0])


def _say_size(panel: pa.Table, filled: int, limit: int) -> str:
    if not panel.num_rows:
        return (
            "No row: no two states occur together in this archive, or the window holds no period up to its "
            "last report."
        )
    pairs = len(set(zip(panel["iso1"].to_pylist(), panel["iso2"].to_pylist(), strict=True)))
    periods = panel.num_rows // pairs
    shown = f"; the {limit} that moved most are above" if filled > limit else ""
    return (
        f"{say_count(panel.num_rows, 'row')}: {say_count(pairs, 'pair')} in {say_count(periods, 'period')}; "
        f"{say_count(filled, 'row')} {'has' if filled == 1 else 'have'} acts{shown}. "
        "--output FILE.csv, .parquet or .dta writes all."
    )


def say_left_out(archive: Archive, first: date | None) -> None:
    """Say how many acts counted at other times lie before the window: what reports recall of older days."""
    from detente.measures.counting import IS_COUNTED, counted_values

    if first is None:
        return
    query = f"select count(*) as n from acts where {IS_COUNTED} and day < ?"
    (row,) = archive.sql(query, [*counted_values(), first]).to_pylist()
    if row["n"]:
        say(f"{say_count(row['n'], 'act')} dated before {first} left out: --since takes them in.")
