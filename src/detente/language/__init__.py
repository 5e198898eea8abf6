"""Report -> sentences, words, trees and names. `read_analysis(report)` gives them by the shipped reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.records import Report

if TYPE_CHECKING:
    from detente.language.analysis import Analysis

__all__ = ["BuiltinReader", "default_reader", "read_analysis"]


def read_analysis(report: Report) -> Analysis:
    """Return the analysis of a report by the shipped reader, loaded at first use."""
    from detente.language.builtin import read_analysis as read

    return read(report)


def __getattr__(name: str) -> object:
    if name in {"BuiltinReader", "default_reader"}:
        from detente.language import builtin

        return getattr(builtin, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
