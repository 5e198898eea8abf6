"""Do forecasts beat «no change»? `python -m benchmarks.forecasts` asks it of the busiest pairs of GDELT.

For each pair (both directions summed; a month's score is divided by its days with data, which are 15 to
31) every month from the 37th on is foretold 1 to 6 months ahead, from the months before it alone.
Printed: the median over pairs of the CRPS against that of no change, and of resampled history; and how often
a band of 80 % held. `--skip 200` takes the next busiest, on which the method was chosen.

Data lie in ../shared/data beside the repository.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from datetime import date
from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks.measures import MONTHLY
from detente.measures.forecasts import Forecast, forecast
from detente.measures.periods import periods_between
from detente.measures.series import Series

FIRST = date(2018, 1, 1)
KNOWN = 36  # months before the first that is foretold
PAIRS = 200
AHEAD = 6

_SCORES = f"""
with pairs as (
    select least(a, b) as a, greatest(a, b) as b, month, sum(score_sum) as score, sum(active_days) as active
    from '{MONTHLY}' group by 1, 2, 3
),
busiest as (
    select a, b, sum(active) as active, sum(abs(score)) as size from pairs group by 1, 2
    order by active desc, size desc, a, b limit ? offset ?
),
months as (select month, max(days) as days from '{MONTHLY}' group by 1),
grid as (select a, b, month, days from busiest cross join months)
select a, b, list(coalesce(score, 0) / days order by month)
from grid left join pairs using (a, b, month) group by a, b order by a, b
"""


def read_busiest(pairs: int, skip: int) -> list[Series]:
    """Return the scores a day with data of the busiest pairs, month by month; a month without acts is 0."""
    import duckdb

    rows = duckdb.connect().execute(_SCORES, [pairs, skip]).fetchall()
    months = list(periods_between(FIRST, date(2024, 2, 1), "month"))
    return [Series(f"{a}-{b}", "score a day", "month", tuple(months), tuple(values)) for a, b, values in rows]


def show(console: Console, found: Sequence[Forecast], took: float) -> None:
    """Print medians over pairs by months ahead, and for all months together."""
    table = Table("months ahead", "forecasts", "to no change", "to history", "held", "no change held")
    for n in range(AHEAD):
        scores = [one.scores[n] for one in found]
        table.add_row(
            str(n + 1), f"{sum(score.n for score in scores):,}",
            f"{median(score.crps / score.crps_no_change for score in scores):.3f}",
            f"{median(score.crps / score.crps_history for score in scores):.3f}",
            f"{100 * sum(s.held * s.n for s in scores) / sum(s.n for s in scores):.1f} %",
            f"{100 * sum(s.held_no_change * s.n for s in scores) / sum(s.n for s in scores):.1f} %",
        )  # fmt: skip
    ratios, history = [one.ratio or 0.0 for one in found], [one.ratio_history or 0.0 for one in found]
    every = [score for one in found for score in one.scores]
    n = sum(score.n for score in every)
    table.add_row(
        "all", f"{n:,}", f"{median(ratios):.3f}", f"{median(history):.3f}",
        f"{100 * sum(s.held * s.n for s in every) / n:.1f} %",
        f"{100 * sum(s.held_no_change * s.n for s in every) / n:.1f} %",
    )  # fmt: skip
    console.print(table)
    beaten = sum(ratio < 1 for ratio in ratios)
    console.print(
        f"{len(found)} pairs; no change beaten on {beaten}, history on {sum(r < 1 for r in history)}; "
        f"{took:.0f} s"
    )


def measure_forecasts(console: Console, pairs: int = PAIRS, skip: int = 0) -> None:
    """Print how forecasts of the busiest pairs did."""
    began = time.perf_counter()
    found = [forecast(series, last=AHEAD, known=KNOWN) for series in read_busiest(pairs, skip)]
    show(console, found, time.perf_counter() - began)


def main() -> None:
    """Print the figures of the pairs asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=int, default=PAIRS)
    parser.add_argument("--skip", type=int, default=0, help="the busiest pairs to pass over")
    options = parser.parse_args()
    measure_forecasts(Console(), options.pairs, options.skip)


if __name__ == "__main__":
    main()
