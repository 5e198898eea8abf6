"""Columns in, numbers out: the course of a pair, who moved most, answers to questions, and the catalogue."""

from __future__ import annotations

from detente.measures.agreement import Agreement, draw_drift, find_agreements
from detente.measures.balance import Balance, weigh_balance
from detente.measures.blocs import Blocs, find_blocs
from detente.measures.catalogue import MEASURES, Measure
from detente.measures.doubts import find_doubts
from detente.measures.echoes import Echo, hear_echo
from detente.measures.figures import find_figures
from detente.measures.forecasts import Forecast, forecast
from detente.measures.movers import Mover, rank_movers
from detente.measures.pair import Pair, describe_pair
from detente.measures.pair_course import Course, describe_course
from detente.measures.panel import build_panel
from detente.measures.promises import find_promises
from detente.measures.quotations import Quotation, find_quotations
from detente.measures.series import Series, draw_series, read_series
from detente.measures.standing import Standing, find_standings
from detente.measures.trends import Trend, describe_trend
from detente.measures.web import Web, draw_web, rank_states

__all__ = [
    "MEASURES",
    "Agreement",
    "Balance",
    "Blocs",
    "Course",
    "Echo",
    "Forecast",
    "Measure",
    "Mover",
    "Pair",
    "Quotation",
    "Series",
    "Standing",
    "Trend",
    "Web",
    "build_panel",
    "describe_course",
    "describe_pair",
    "describe_trend",
    "draw_drift",
    "draw_series",
    "draw_web",
    "find_agreements",
    "find_blocs",
    "find_doubts",
    "find_figures",
    "find_promises",
    "find_quotations",
    "find_standings",
    "forecast",
    "hear_echo",
    "rank_movers",
    "rank_states",
    "read_series",
    "weigh_balance",
]
