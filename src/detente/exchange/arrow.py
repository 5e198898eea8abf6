"""A coded report in, its records as an Arrow table or a pandas frame out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.archive.flat import flatten_record, to_table
from detente.archive.rows import contract_rows
from detente.errors import DetenteError
from detente.records import Coded

if TYPE_CHECKING:
    import pyarrow as pa


def to_arrow(coded: Coded) -> pa.Table:
    """Return the records of a coded report, one row each, in the columns an archive has.

    Lists of codes stay lists. Columns and units: `detente.archive.flat.RECORD_COLUMNS`.
    """
    meta = {"published": coded.report.published, "outlet": coded.report.outlet}
    return to_table((flatten_record(row | meta) for row in contract_rows(coded)), "records")


def to_pandas(coded: Coded) -> Any:
    """Return the records of a coded report as a pandas DataFrame, one row each, days as datetimes."""
    try:
        import pandas as pd
    except ImportError as error:
        raise DetenteError(
            "A DataFrame needs pandas, which is not installed: run «pip install 'detente[pandas]'»."
        ) from error
    frame = pd.DataFrame(to_arrow(coded).to_pylist(), columns=to_arrow(coded).column_names)
    for column in ("published", "date_start", "date_end", "period_start", "period_end"):
        frame[column] = pd.to_datetime(frame[column], errors="coerce")
    return frame
