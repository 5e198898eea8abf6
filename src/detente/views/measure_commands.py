"""The commands that lay measures out for study: panel, coverage, compare, measures.

Heavy parts load inside the commands, so that --help answers at once.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from detente.records import STATUSES
from detente.views.options import (
    archive_argument,
    as_code,
    as_known,
    first_state,
    open_archive,
    picture_option,
    second_state,
    shape_option,
    two_states,
    window_and_shape,
)

EVERY = ("day", "week", "month", "quarter", "half", "year")


def as_statuses(ctx: click.Context, param: click.Parameter, words: str) -> tuple[str, ...]:
    """Return the statuses of an option, written as happened,ongoing."""
    named = tuple(word.strip() for word in words.split(",") if word.strip())
    odd = [word for word in named if word not in STATUSES]
    if odd or not named:
        raise click.BadParameter(f"«{words}» names no status; choose of {', '.join(STATUSES)}.")
    return named


def as_windows(ctx: click.Context, param: click.Parameter, words: str | None) -> Any:
    """Return the two windows of an option as pairs of days: «2014-01..2014-12,2017» is a year and another."""
    if not words:
        return None
    windows = [_window(part) for part in words.split(",")]
    if len(windows) != 2 or None in windows:
        raise click.BadParameter(
            f"«{words}» is no two windows; write them as 2014-01..2014-12,2017-01..2017-12."
        )
    return tuple(windows)


def _window(words: str) -> tuple[date, date] | None:
    """Return first and last day of «2014-01..2014-12», «2014», «2014-03-01..2014-06-15»; None for none."""
    from detente.measures.series import length_of, read_period

    first, _, last = (part.strip() for part in words.partition(".."))
    every = [length_of(part) for part in (first, last or first)]
    ends = [
        read_period(part, e) if e else None for part, e in zip((first, last or first), every, strict=True)
    ]
    if ends[0] is None or ends[1] is None or ends[0].start > ends[1].end:
        return None
    return ends[0].start, ends[1].end


statuses_option = click.option(
    "--statuses", default="happened,ongoing", show_default=True, callback=as_statuses, metavar="STATUS,…",
    help="Which acts are counted.",
)  # fmt: skip


@click.command(short_help="Write pairs of states by period, ready for statistics.")
@archive_argument
@as_known
@click.option(
    "--by",
    "every",
    type=click.Choice(EVERY),
    default="month",
    show_default=True,
    help="How long a period is.",
)
@click.option("--directed", is_flag=True, help="A row for who acts and who is acted on; else one for both.")
@click.option(
    "--pairs", type=click.Choice(("all", "seen")), default="all", show_default=True,
    help="Pairs with any act in ARCHIVE, or with one counted in the window.",
)  # fmt: skip
@statuses_option
@click.option(
    "--limit", type=click.IntRange(min=1), default=10, show_default=True,
    help="How many rows a table for people shows.",
)  # fmt: skip
@window_and_shape
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, writable=True), metavar="FILE",
    help="Write all rows to FILE.csv, .parquet, .jsonl or .dta (Stata, with labels).",
)  # fmt: skip
@click.option(
    "--codebook", type=click.Path(dir_okay=False, writable=True), metavar="FILE.md",
    help="Also write what each column holds.",
)  # fmt: skip
def panel(
    archive: str, every: Any, directed: bool, pairs: Any, statuses: tuple[str, ...], limit: int,
    since: date | None, until: date | None, shape: str, output: str | None, codebook: str | None,
) -> None:  # fmt: skip
    """Lay ARCHIVE out as a panel: a row for each pair of states and each period, zeros written as zeros.

    The keys are Correlates of War numbers (ccode1, ccode2), ISO codes and years. The window runs from the
    first report to the last unless --since and --until say otherwise.
    """
    from detente.exchange.panels import export_panel, write_codebook
    from detente.measures.panel import build_panel
    from detente.views.panels import print_panel, say_left_out
    from detente.views.terminal import say, waiting
    from detente.views.wording import say_count

    with open_archive(archive) as opened:
        with waiting("Laying out the panel"):
            table = build_panel(
                opened, every=every, directed=directed, pairs=pairs, since=since, until=until,
                statuses=statuses,
            )  # fmt: skip
        if codebook:
            way = "directed" if directed else "undirected"
            counted = ", ".join(statuses)
            how = f"{way}, pairs {pairs}, counted: {counted}"
            made = f"Made of {archive} by `detente panel --by {every}` ({how})."
            write_codebook(table, codebook, made=made)
        if output:
            say(f"Wrote {say_count(export_panel(table, output), 'row')} to {output}.")
        else:
            print_panel(opened, table, shape, directed=directed, limit=limit)
        say_left_out(opened, since or opened.first_published())


@click.command(short_help="Show what numbers rest on, and what is missing.")
@archive_argument
@as_known
@first_state
@second_state
@click.option(
    "--reference", type=click.Path(dir_okay=False), metavar="FILE.csv",
    help="A chronology with the columns start,end,a,b,kind,what: say what of it ARCHIVE lacks.",
)  # fmt: skip
@click.option(
    "--days", type=click.IntRange(min=0), default=3, show_default=True,
    help="By how many days an act and a row of the chronology may miss each other.",
)  # fmt: skip
@statuses_option
@window_and_shape
def coverage(
    archive: str, first: str | None, second: str | None, reference: str | None, days: int,
    statuses: tuple[str, ...], since: date | None, until: date | None, shape: str,
) -> None:  # fmt: skip
    """Show what the numbers of a pair, or of all, rest on: reports, outlets, languages, quiet days, whose
    media.

    With --reference, what a chronology that others kept holds and ARCHIVE lacks.
    """
    from detente.measures.coverage import measure_coverage
    from detente.measures.references import compare_with, read_references
    from detente.views.coverage import print_coverage, print_references

    if first and not second and not reference:
        raise click.UsageError("Coverage is of a pair or of all: name two states, or none.")
    window: Any = {"since": since, "until": until, "statuses": statuses}
    with open_archive(archive) as opened:
        if reference:
            rows = read_references(reference)
            found = compare_with(opened, rows, a=first, b=second, days=days, **window)
            print_references(found, shape, days=days)
            return
        print_coverage(measure_coverage(opened, first, second, **window), shape)


@click.command(short_help="Hold a pair against another, two windows, or a series.")
@archive_argument
@as_known
@two_states
@click.option("--with", "other", nargs=2, type=as_code, metavar="STATE STATE", help="Another pair.")
@click.option(
    "--windows", callback=as_windows, metavar="A..B,C..D", help="Two windows: 2014-01..2014-12,2017."
)
@click.option("--series", type=click.Path(dir_okay=False), metavar="FILE.csv", help="A series: period,value.")
@click.option("--by", "every", type=click.Choice(EVERY), default="month", show_default=True,
              help="With --series: how long a period is.")  # fmt: skip
@click.option("--reading", type=click.Choice(("total", "mean", "n", "level")), default="total",
              show_default=True, help="With --series: which reading of the course.")  # fmt: skip
@click.option("--lags", type=click.IntRange(0, 24), default=6, show_default=True,
              help="With --series: how many periods either way.")  # fmt: skip
@picture_option
@statuses_option
@window_and_shape
def compare(
    archive: str, first: str, second: str, other: tuple[str, str] | None, windows: Any, series: str | None,
    every: Any, reading: Any, lags: int, picture: str | None, statuses: tuple[str, ...],
    since: date | None, until: date | None, shape: str,
) -> None:  # fmt: skip
    """Hold a pair against another pair, one window against another, or its course against a series of yours.

    Means of acts with the interval of their difference, types whose share changed, correlations at lags.
    """
    if sum(map(bool, (other, windows, series))) != 1:
        raise click.UsageError(
            "Compare with one thing: --with STATE STATE, --windows A..B,C..D, or --series FILE.csv."
        )
    with open_archive(archive) as opened:
        if series:
            _beside_series(
                opened, first, second, series, lags=lags, picture=picture, shape=shape, every=every,
                reading=reading, statuses=statuses, since=since, until=until,
            )  # fmt: skip
            return
        pairs = ((first, second), other or (first, second))
        spans = windows or ((since, until), (since, until))
        _two_sides(opened, pairs, spans, statuses=statuses, picture=picture, shape=shape)


def _two_sides(
    archive: Any, pairs: Any, spans: Any, *, statuses: tuple[str, ...], picture: str | None, shape: str
) -> None:
    from detente.measures.comparing import compare_sides, draw_side
    from detente.views.comparing import draw_difference, print_difference

    sides = [
        draw_side(archive, *pair, since=first, until=last, statuses=statuses)
        for pair, (first, last) in zip(pairs, spans, strict=True)
    ]
    found = compare_sides(*sides)
    print_difference(found, shape)
    if picture:
        draw_difference(found, picture)


def _beside_series(
    archive: Any,
    first: str,
    second: str,
    file: str,
    *,
    lags: int,
    picture: str | None,
    shape: str,
    **options: Any,
) -> None:
    from detente.measures.comparing import compare_series
    from detente.measures.series import draw_series, read_series
    from detente.views.comparing import draw_lags, print_lags

    theirs = read_series(file)
    ours = draw_series(archive, first, second, **options)
    lines = compare_series(ours, theirs, lags=lags)
    print_lags(ours, lines, shape, name=theirs.name)
    if picture:
        draw_lags(ours, lines, picture, name=theirs.name)


@click.command(short_help="Say what each measure means: unit, formula, source.")
@click.argument("name", metavar="[NAME]", required=False)
@shape_option
def measures(name: str | None, shape: str) -> None:
    """Say what the measures mean: unit, range, formula, source, example, limits, and which command prints
    them.

    NAME is a measure or the start of one: course.level, course, level.
    """
    from detente.views.catalogue import print_catalogue

    print_catalogue(name, shape)


COMMANDS = (panel, coverage, compare, measures)
