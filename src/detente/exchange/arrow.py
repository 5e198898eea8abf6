"""A coded report in, its records as an Arrow table or a pandas frame out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.records import Coded

if TYPE_CHECKING:
    import pyarrow as pa


def to_arrow(coded: Coded) -> pa.Table:
    """Return the records of a coded report, one row each, in the columns of an archive."""
    raise NotImplementedError


def to_pandas(coded: Coded) -> Any:
    """Return the records of a coded report as a pandas DataFrame (needs `detente[pandas]`)."""
    raise NotImplementedError
