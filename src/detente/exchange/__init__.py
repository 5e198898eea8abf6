"""Records out in other people's formats: CSV, Parquet, JSON lines, Arrow, pandas, and a dyad-month panel."""

from __future__ import annotations

from detente.exchange.arrow import to_arrow, to_pandas
from detente.exchange.export import export, export_panel

__all__ = ["export", "export_panel", "to_arrow", "to_pandas"]
