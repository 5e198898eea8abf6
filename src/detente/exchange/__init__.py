"""Records out in other people's formats: CSV, Parquet, JSON lines, Stata, Arrow, pandas; and panels."""

from __future__ import annotations

from detente.exchange.arrow import to_arrow, to_pandas
from detente.exchange.export import export
from detente.exchange.panels import export_panel, write_codebook

__all__ = ["export", "export_panel", "to_arrow", "to_pandas", "write_codebook"]
