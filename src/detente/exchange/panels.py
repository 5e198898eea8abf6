"""A panel in, a file for statistics out: CSV, Parquet, JSON lines, or Stata with labels; and its codebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from detente.errors import InputError, need
from detente.exchange.export import Target, write_table, writing
from detente.measures.panel import PANEL_COLUMNS

if TYPE_CHECKING:
    import pyarrow as pa

PanelFormat = Literal["csv", "parquet", "jsonl", "stata"]
SUFFIXES: dict[str, PanelFormat] = {
    ".csv": "csv", ".parquet": "parquet", ".jsonl": "jsonl", ".dta": "stata"
}  # fmt: skip
LABEL_LENGTH = 80  # of a variable, in Stata
WATCHED = {0: "no report read", 1: "reports read"}


def export_panel(panel: pa.Table, target: Target, *, format: PanelFormat | None = None) -> int:
    """Write a panel of `detente.measures.build_panel` and return its number of rows.

    A path's suffix says the format: .csv, .parquet, .jsonl or .dta (Stata 14 and later, which needs pandas).
    Raises InputError for any other.
    """
    shape = format or _format_of(target)
    if shape != "stata":
        return write_table(_labelled(panel) if shape == "parquet" else panel, target, format=shape)
    with writing(target, binary=True) as stream:
        _write_stata(panel, stream)
    return int(panel.num_rows)


def write_codebook(panel: pa.Table, target: Target, *, made: str) -> None:
    """Write what each column of a panel holds, as Markdown; `made` says of what and how it was made."""
    lines = [f"| `{name}` | {kind} | {words} |" for name, (kind, words) in _told(panel)]
    first, last = (panel["period"][n].as_py() for n in (0, -1)) if panel.num_rows else ("", "")
    head = [
        "# Codebook of a panel of pairs", "", made, "",
        f"Rows: {panel.num_rows:,}, sorted by `iso1`, `iso2`, `start`; periods {first} to {last}.",
        "Each pair has a row for each period; no act is written as 0, and `read` says what was read.",
        "", "| column | type | holds |", "|---|---|---|",
    ]  # fmt: skip
    with writing(target) as stream:
        stream.write("\n".join([*head, *lines, ""]))


def _format_of(target: Target) -> PanelFormat:
    suffix = Path(target).suffix.lower() if isinstance(target, (str, Path)) else ".csv"
    if suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise InputError(f"{target} ends in none of {known}: name the file so.", stage="panel")
    return SUFFIXES[suffix]


def _told(panel: pa.Table) -> list[tuple[str, tuple[str, str]]]:
    return [(name, PANEL_COLUMNS[name]) for name in panel.column_names]


def _labelled(panel: pa.Table) -> pa.Table:
    """Return the table with what each column holds in its metadata, where Parquet keeps it."""
    import pyarrow as pa

    told = ((field, PANEL_COLUMNS[field.name][1]) for field in panel.schema)
    return panel.cast(pa.schema([field.with_metadata({"description": words}) for field, words in told]))


def _write_stata(panel: pa.Table, stream: Any) -> None:
    """Write Stata's format 118: days as %td, labels for variables, ids as long strings.

    The keys bear no value labels: programs that turn labels into categories could not merge by them.
    """
    need("pandas", "pandas")
    frame = panel.to_pandas(date_as_object=False)
    frame["act_ids"] = [";".join(ids) for ids in panel["act_ids"].to_pylist()]
    texts = [name for name, (kind, _) in _told(panel) if kind in ("text", "texts")]
    frame[texts] = frame[texts].fillna("").astype(object)
    frame.to_stata(
        stream, write_index=False, version=118, convert_dates={"start": "td"},
        variable_labels={name: words[:LABEL_LENGTH] for name, (_, words) in _told(panel)},
        value_labels={"watched": WATCHED}, convert_strl=["act_ids"],
        data_label="Detente: how states treated each other, by pair and period",
    )  # fmt: skip
