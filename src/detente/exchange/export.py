"""An archive in, a file other programs read out."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from detente.archive import Archive

Format = Literal["csv", "parquet", "jsonl"]


def export(archive: Archive, target: str | Path | IO[Any], *, format: Format = "csv") -> int:
    """Write all records to a path or an open stream and return how many."""
    raise NotImplementedError


def export_panel(archive: Archive, target: str | Path | IO[Any]) -> int:
    """Write the dyad-month panel as CSV and return the number of rows."""
    raise NotImplementedError
