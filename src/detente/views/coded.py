"""A coded report for people in Python: its records as Arrow or pandas, and as marked text in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.exchange.arrow import to_arrow, to_pandas
from detente.records import Coded

if TYPE_CHECKING:
    import pyarrow as pa


class CodedReport(Coded):
    """What `detente.read` returns: a Coded report that can be tabled and shown."""

    __slots__ = ()

    @classmethod
    def of(cls, coded: Coded) -> CodedReport:
        """Return the same report and records, ready to be tabled and shown."""
        return cls(coded.report, coded.records, coded.coder)

    def to_arrow(self) -> pa.Table:
        """Return all records, one row each, in the columns of docs/records.md."""
        return to_arrow(self)

    def to_pandas(self) -> Any:
        """Return all records as a pandas DataFrame; needs `pip install detente[pandas]`."""
        return to_pandas(self)

    def _repr_html_(self) -> str:
        from detente.views.notebook import display_html

        return display_html(self)
