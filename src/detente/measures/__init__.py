"""Columns in, numbers out: the course of a pair, who moved most, and the catalogue that explains each."""

from __future__ import annotations

from detente.measures.movers import Mover, rank_movers
from detente.measures.pair import Pair, describe_pair

__all__ = ["Mover", "Pair", "describe_pair", "rank_movers"]
