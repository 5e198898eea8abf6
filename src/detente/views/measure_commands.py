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
    as_known,
    open_archive,
    window_and_shape,
)

EVERY = ("day", "week", "month", "quarter", "year")


def as_statuses(ctx: click.Context, param: click.Parameter, words: str) -> tuple[str, ...]:
    """Return the statuses of an option, written as happened,ongoing."""
    named = tuple(word.strip() for word in words.split(",") if word.strip())
    odd = [word for word in named if word not in STATUSES]
    if odd or not named:
        raise click.BadParameter(f"«{words}» names no status; choose of {', '.join(STATUSES)}.")
    return named


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


COMMANDS = (panel,)
