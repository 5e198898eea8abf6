"""Détente: reports in; a sourced, dated record of how states treat each other out.

>>> import detente
>>> coded = detente.read("Norway condemned Sweden on Monday.", published="2024-05-14")
>>> [event.type for event in coded.events]
['ACCUSE']
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.archive import Archive
    from detente.views.coded import CodedReport

__all__ = ["Archive", "read"]


def read(text: str, *, published: date | str | None = None, title: str | None = None) -> CodedReport:
    """Return the coded report with `.events`, `.positions`, `.figures`, `.statements`,
    each record with its quote; `.to_arrow()`, `.to_pandas()`, and marked text in a notebook.

    `published` is a date or an ISO date; relative dates («on Monday») are resolved against it and stay
    empty without it. Offsets are half-open code points into `text` (or `title`) as given.
    Raises DateError on a date that is none, InputError on text that cannot be read.
    """
    from detente.intake import make_report
    from detente.pipeline import code_report
    from detente.views.coded import CodedReport

    return CodedReport.of(code_report(make_report(text, published=published, title=title)))


def __getattr__(name: str) -> Any:
    if name == "Archive":
        from detente.archive import Archive

        return Archive
    raise AttributeError(f"module 'detente' has no attribute «{name}»; it has {', '.join(__all__)}")
