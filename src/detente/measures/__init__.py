"""Columns in, numbers out: the course of a pair, who moved most, and the catalogue that explains each."""

from __future__ import annotations

from detente.measures.catalogue import MEASURES, Measure
from detente.measures.movers import Mover, rank_movers
from detente.measures.pair import Pair, describe_pair
from detente.measures.panel import build_panel

__all__ = ["MEASURES", "Measure", "Mover", "Pair", "build_panel", "describe_pair", "rank_movers"]
