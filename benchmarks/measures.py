"""How well measures hold: `python -m benchmarks.measures [PART …]` prints each part's figures.

bands    of every hundred months hidden, how many a band of 80 % holds: GDELT dyad-months 2018-2024, by how
active
         the pair is. Hidden are single months drawn at random, and each month that follows a series cut
         there.

turns    of series that never turn, how many show one, and how many steps of two deviations are found.

forecast do forecasts beat «no change»: `benchmarks.forecasts` on the 200 busiest pairs of GDELT.

pair     seconds each measure of one pair takes in an archive of made-up records (200,000, or as many as
         DETENTE_RECORDS says; DETENTE_ARCHIVE keeps it or names one that is there): CPU and wall of a second
         call.

Data lie in ../shared/data beside the repository; a part whose data are absent says so.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from rich.console import Console
from rich.table import Table

from detente.measures.counting import counted_acts
from detente.measures.levels import BAND, estimate_levels
from detente.measures.turns import split_means

if TYPE_CHECKING:
    from detente.archive import Archive

DYADS = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "dyad"
MONTHLY = DYADS / "gdelt_monthly" / "gdelt_dyad_month_2018_2024.csv.gz"
STRATA = (("under 3 days a month", 0, 3), ("3 to 7", 3, 8), ("8 to 19", 8, 20), ("20 and more", 20, 99))
PAIRS = 80  # a stratum
KNOWN = 24  # months a pair must have, of 74
HIDDEN = 0.10  # share of months hidden at random
CUTS = 8  # series cut short a pair, at random
SEED = 20261124


@dataclass(slots=True)
class Held:
    """Of months hidden, how many a band held; and its width against a band of the months' own 10th to 90th
    percent."""

    n: int = 0
    held: int = 0
    scores: list[tuple[float, float]] = field(default_factory=list)  # of a pair: ours, the plain band's

    def take(self, value: float, band: tuple[float, float], own: Sequence[float]) -> None:
        scale = statistics.median(map(abs, own)) or 1.0  # a pair told of a lot weighs no more than another
        self.n += 1
        self.held += band[0] <= value <= band[1]
        ordered = sorted(own)
        cut = round((1 - BAND) / 2 * (len(ordered) - 1))
        plain = interval_score(value, ordered[cut], ordered[-1 - cut])
        self.scores.append((interval_score(value, *band) / scale, plain / scale))

    @property
    def ratio(self) -> float:
        """Interval score against that of the plain band, below 1 is better; a freak month weighs 100 at
        most."""
        ours, plain = (sum(min(score[k], 100.0) for score in self.scores) for k in (0, 1))
        return ours / max(plain, 1e-9)


def interval_score(value: float, low: float, high: float) -> float:
    """Return width plus 2/0.2 of what the value lies outside (Gneiting and Raftery 2007): small is good."""
    return high - low + 2 / (1 - BAND) * (max(low - value, 0.0) + max(value - high, 0.0))


def pairs_by_activity(draw: random.Random) -> Iterator[tuple[str, list[list[tuple[float | None, int]]]]]:
    """Yield each stratum with series of (score a day with news, days with news), a month without None."""
    import duckdb

    rows = duckdb.sql(f"select month, a, b, score_sum / active_days, active_days from '{MONTHLY}'").fetchall()
    months = {month: n for n, month in enumerate(sorted({row[0] for row in rows}))}
    series: dict[tuple[str, str], list[tuple[float | None, int]]] = {}
    for month, a, b, mean, days in rows:
        series.setdefault((a, b), [(None, 0)] * len(months))[months[month]] = (mean, days)
    for name, low, high in STRATA:
        fitting = sorted(pair for pair, s in series.items() if _is_in(s, low, high))
        yield name, [series[pair] for pair in draw.sample(fitting, min(PAIRS, len(fitting)))]


def _is_in(series: Sequence[tuple[float | None, int]], low: int, high: int) -> bool:
    days = sorted(n for _, n in series if n)
    return len(days) >= KNOWN and low <= days[len(days) // 2] < high


def measure_bands(console: Console) -> None:
    """Print how often bands hold months that were hidden from them."""
    draw = random.Random(SEED)
    table = Table(
        "days with news", "pairs", "months hidden", "held", "score", "months ahead", "held", "score"
    )
    gaps, aheads = Held(), Held()
    for name, several in pairs_by_activity(draw):
        gap, ahead = Held(), Held()
        for series in several:
            _hide(series, draw, gap)
            _cut(series, draw, ahead)
        table.add_row(name, str(len(several)), *_cells(gap), *_cells(ahead))
        for whole, part in ((gaps, gap), (aheads, ahead)):
            whole.n, whole.held = whole.n + part.n, whole.held + part.held
            whole.scores += part.scores
    table.add_row("all", "", *_cells(gaps), *_cells(aheads))
    console.print(table)
    console.print(
        "score: interval score against that of a band from each series' own tenths, below 1 is better"
    )


def _cells(held: Held) -> tuple[str, str, str]:
    return f"{held.n:,}", f"{100 * held.held / max(held.n, 1):.1f} %", f"{held.ratio:.2f}"


def _hide(series: Sequence[tuple[float | None, int]], draw: random.Random, held: Held) -> None:
    """Hide a tenth of the months, at random, and look whether the band holds them."""
    known = [n for n, (mean, _) in enumerate(series) if mean is not None]
    hidden = set(draw.sample(known, max(1, round(HIDDEN * len(known)))))
    shown = [(None, 0) if n in hidden else month for n, month in enumerate(series)]
    _look(shown, {n: series[n][0] for n in hidden}, held)


def _cut(series: Sequence[tuple[float | None, int]], draw: random.Random, held: Held) -> None:
    """Cut the series before a month, and look whether the band holds it: nothing later is seen."""
    known = [n for n, (mean, _) in enumerate(series) if mean is not None]
    for n in draw.sample(known[12:], min(CUTS, len(known[12:]))):
        _look([*series[:n], (None, 0)], {n: series[n][0]}, held)


def _look(shown: Sequence[tuple[float | None, int]], hidden: Mapping[int, float | None], held: Held) -> None:
    found = estimate_levels([mean for mean, _ in shown], [n for _, n in shown])
    own = [mean for mean, _ in shown if mean is not None]
    if found is None:
        return
    for n, value in hidden.items():
        if value is not None:
            held.take(value, (found.levels[n].mean_low, found.levels[n].mean_high), own)


NOISES: Mapping[str, Callable[[np.random.Generator, int], np.ndarray]] = {
    "normal": lambda draw, n: draw.normal(size=n),
    "heavy tails": lambda draw, n: draw.standard_t(4, size=n),
    "PLOVER weights": lambda draw, n: draw.choice((2.5, 2.5, 2.5, 5, 9.5, -3, -3, -6, 0), size=n),
}
DRAWS = 100


def measure_turns(console: Console) -> None:
    """Print how often a course that never turns shows a turn, and how often a step is found."""
    table = Table("noise", "months", "turns where none is", "steps found within 2 months")
    draw = np.random.default_rng(SEED)
    for name, noise in NOISES.items():
        for months in (24, 74):
            false = found = 0
            for _ in range(DRAWS):
                flat = noise(draw, months)
                step = flat + np.where(np.arange(months) >= months // 2, 2 * flat.std(), 0.0)
                false += bool(_turns(flat))
                found += any(abs(at - months // 2) <= 2 for at in _turns(step))
            table.add_row(name, str(months), f"{100 * false / DRAWS:.0f} %", f"{100 * found / DRAWS:.0f} %")
    console.print(table)


def _turns(means: np.ndarray) -> list[int]:
    levels = estimate_levels([float(mean) for mean in means], [1] * len(means))
    return split_means(means, np.ones(len(means)), levels.noise) if levels else []


PAIR = ("FRA", "NOR")
RECORDS = 200_000


def measure_forecast(console: Console) -> None:
    """Print the figures of `benchmarks.forecasts`."""
    from benchmarks.forecasts import measure_forecasts

    measure_forecasts(console)


def measure_pair(console: Console) -> None:
    """Print what each measure of one pair costs in a large archive, and all of them."""
    from detente.archive import Archive

    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(os.environ.get("DETENTE_ARCHIVE", temporary))
        if not (folder / "ledger.sqlite").exists():
            _fill(folder, int(os.environ.get("DETENTE_RECORDS", RECORDS)))
        with Archive(folder) as archive:
            counts, n = archive.counts(), archive.count_acts(*PAIR)
            table = Table("measure", "CPU", "wall", title=f"{counts['records']:,} records, "
                          f"{counts['acts']:,} acts, {n} of {'-'.join(PAIR)}")  # fmt: skip
            sums = [0.0, 0.0]
            for name, measure in _pair_measures(archive):
                measure()
                took = _time(measure)
                table.add_row(name, *(f"{seconds:.3f} s" for seconds in took))
                sums = [have + more for have, more in zip(sums, took, strict=True)]
            table.add_row("all", *(f"{seconds:.3f} s" for seconds in sums))
    console.print(table)


def _fill(folder: Path, records: int) -> None:
    from benchmarks.archive import BASE_REPORTS, PER_REPORT, Maker, add_base, multiply
    from detente.archive import Archive

    add_base(folder, Maker(random.Random(SEED), only_events=False, text=0))
    multiply(folder, max(1, records // (BASE_REPORTS * PER_REPORT)), is_searched=False)
    with Archive(folder) as archive:
        archive.refresh()


def _pair_measures(archive: Archive) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield the measures of a pair by name, as the commands ask for them."""
    from detente import measures
    from detente.measures.coverage import measure_coverage

    yield "counted acts", lambda: counted_acts(archive, *PAIR)
    yield "course", lambda: measures.describe_course(archive, *PAIR)
    yield "trend by year", lambda: measures.describe_trend(archive, *PAIR, every="year")
    yield "coverage", lambda: measure_coverage(archive, *PAIR)
    yield "promises", lambda: measures.find_promises(archive, *PAIR)
    yield "figures", lambda: measures.find_figures(archive, *PAIR)
    yield "agreement", lambda: measures.find_agreements(archive, *PAIR)
    yield "drift by year", lambda: measures.find_agreements(archive, *PAIR, by="year")
    yield "echo of a third", lambda: measures.hear_echo(archive, *PAIR, by="USA", on=PAIR[0])
    yield "series", lambda: measures.draw_series(archive, *PAIR)
    yield "page of the pair", lambda: measures.describe_pair(archive, *PAIR)


def _time(measure: Callable[[], object]) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    measure()
    return time.process_time() - cpu, time.perf_counter() - wall


PARTS: Mapping[str, tuple[Path, Callable[[Console], None]]] = {
    "bands": (MONTHLY, measure_bands),
    "turns": (Path(__file__), measure_turns),
    "forecast": (MONTHLY, measure_forecast),
    "pair": (Path(__file__), measure_pair),
}


def main() -> None:
    """Print the parts named, or all."""
    console = Console()
    for name in sys.argv[1:] or PARTS:
        data, measure = PARTS[name]
        console.rule(name)
        if data.exists():
            measure(console)
        else:
            console.print(f"{data} is not here; without it there is nothing to measure.")


if __name__ == "__main__":
    main()
