"""Columns in, numbers out: the course of a pair, who moved most, answers to questions, and the catalogue."""

from __future__ import annotations

from detente.measures.agreement import Agreement, draw_drift, find_agreements
from detente.measures.blocs import Blocs, find_blocs
from detente.measures.catalogue import MEASURES, Measure
from detente.measures.checks import check_archive
from detente.measures.figures import find_figures
from detente.measures.movers import Mover, rank_movers
from detente.measures.pair import Pair, describe_pair
from detente.measures.panel import build_panel
from detente.measures.promises import find_promises
from detente.measures.quotations import Quotation, find_quotations
from detente.measures.standing import Standing, find_standings

__all__ = [
    "MEASURES",
    "Agreement",
    "Blocs",
    "Measure",
    "Mover",
    "Pair",
    "Quotation",
    "Standing",
    "build_panel",
    "check_archive",
    "describe_pair",
    "draw_drift",
    "find_agreements",
    "find_blocs",
    "find_figures",
    "find_promises",
    "find_quotations",
    "find_standings",
    "rank_movers",
]
