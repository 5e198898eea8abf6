"""Exchange rates of the user's own in, amounts in another currency out, each with the day of its rate.

No rates are shipped: which is right (of the day, of the year's mean, by whose quotation) is the user's to
say. The file holds the worth of one unit of a currency in US dollars: «date,currency,rate», and then lines as
«2020-12-31,EUR,1.2271».
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from detente.errors import InputError
from detente.measures.lines import FigureLine

DOLLAR = "USD"
OLDEST = 366  # days that a rate may be older than the figure it converts


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in another currency: `rate` of `to` for one of the figure's unit, of the day `rate_date`."""

    low: float
    high: float | None
    to: str
    rate: float
    rate_date: date | None


class Rates:
    """The rates of a file, by currency and day."""

    def __init__(self, rates: Mapping[str, tuple[tuple[date, float], ...]]) -> None:
        self._rates = {code: sorted(told) for code, told in rates.items()}

    def convert(self, line: FigureLine, to: str, day: date | None) -> Converted | None:
        """Return a figure in `to`, at the last rates up to `day`, its period's end or its report's day.

        None where a currency has no rate in the year before, or the figure has no day.
        """
        if line.unit == to:
            return Converted(*_ends(line), to, 1.0, None)
        one, other = self._rate(line.unit, day), self._rate(to, day)
        if one is None or other is None:
            return None
        rate = one[1] / other[1]
        low, high = _ends(line)
        days = [told for told in (one[0], other[0]) if told]
        return Converted(low * rate, None if high is None else high * rate, to, rate, min(days, default=None))

    def _rate(self, code: str, day: date | None) -> tuple[date | None, float] | None:
        """Return the last rate of a currency up to a day, and its own day; the dollar's is 1 on all."""
        if code == DOLLAR:
            return None, 1.0
        told = self._rates.get(code, [])
        at = bisect_right([known for known, _ in told], day) if day else 0
        if not at or day is None or (day - told[at - 1][0]).days > OLDEST:
            return None
        return told[at - 1]


def read_rates(path: str | Path) -> Rates:
    """Return the rates of a CSV file with the columns date, currency and rate (US dollars for one unit).

    Raises InputError with the line of what cannot be read.
    """
    place = Path(path)
    rates: dict[str, list[tuple[date, float]]] = {}
    try:
        with place.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if not {"date", "currency", "rate"} <= set(rows.fieldnames or ()):
                raise InputError(
                    f"{place} has the columns {', '.join(rows.fieldnames or ()) or 'none'}; rates need date, "
                    "currency and rate, the US dollars for one unit.",
                    stage="rates",
                )
            for number, row in enumerate(rows, 2):
                code, day, rate = _rate_of(place, number, row)
                rates.setdefault(code, []).append((day, rate))
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or error
        reason = f"{place} could not be read ({why}): name a CSV file in UTF-8."
        raise InputError(reason, stage="rates") from error
    return Rates({code: tuple(told) for code, told in rates.items()})


def _rate_of(place: Path, number: int, row: Mapping[str, Any]) -> tuple[str, date, float]:
    try:
        code, day, rate = (
            str(row["currency"]).strip().upper(),
            date.fromisoformat(row["date"]),
            float(row["rate"]),
        )
    except (TypeError, ValueError) as error:
        raise InputError(
            f"{place}, line {number}: «{row['date']}, {row['currency']}, {row['rate']}» is no rate "
            f"({error}); write 2020-12-31,EUR,1.2271.",
            stage="rates",
        ) from error
    if rate <= 0 or len(code) != 3:
        raise InputError(
            f"{place}, line {number}: «{row['currency']}» at «{row['rate']}»: write a currency by its three "
            "letters and a rate above 0.",
            stage="rates",
        )
    return code, day, rate


def _ends(line: FigureLine) -> tuple[float, float | None]:
    return line.value if isinstance(line.value, tuple) else (line.value, None)
