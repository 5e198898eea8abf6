"""The commands on who stands with whom: agreement of two states or of all, and the blocs they fall into."""

from __future__ import annotations

from typing import Any

import click

from detente.views.measure_commands import EVERY
from detente.views.options import (
    archive_argument,
    as_known,
    first_state,
    open_archive,
    picture_option,
    second_state,
    window_and_shape,
)

spoken_option = click.option(
    "--spoken-for", type=click.Choice(("apart", "include")), default="apart", show_default=True,
    help="Leave out and count what only others say of a state, or use it.",
)  # fmt: skip


@click.command(short_help="Show how far states agree, issue by issue.")
@archive_argument
@as_known
@first_state
@second_state
@click.option("--by", type=click.Choice(EVERY), help="Period by period, as long as this.")
@click.option("--min", "least", type=click.IntRange(min=1), default=1, show_default=True,
              help="Issues a pair must share to be listed.")  # fmt: skip
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True,
              help="Pairs in a table; data has all.")  # fmt: skip
@spoken_option
@click.option("--issues", is_flag=True, help="As data: one row an issue, with both quotes.")
@click.option("--beside", type=click.Path(dir_okay=False), metavar="FILE.csv",
              help="Compare with a series: a, b, year, agreement or distance, n.")  # fmt: skip
@picture_option
@window_and_shape
def agreement(archive: str, first: str | None, second: str | None, **options: Any) -> None:
    """Show how far two states agree over the issues both are on record on, with the share's n and interval.

    With one state, or none, all pairs are listed, the most issues shared first. «agreement crisis France
    Norway --by year» shows the drift.
    """
    from detente.measures.agreement import find_agreements
    from detente.views.agreeing import answer

    _check(second, options)
    window = {name: options[name] for name in ("since", "until", "by", "spoken_for")}
    with open_archive(archive) as opened:
        found = find_agreements(opened, first, second, least=options["least"], **window)
        answer(opened, found, pair=bool(second), **options)


def _check(second: str | None, options: dict[str, Any]) -> None:
    """Refuse what cannot be asked together, before the archive is read."""
    if options["by"] and not second:
        raise click.UsageError("--by shows the drift of one pair: name two states.")
    if options["beside"] and second:
        raise click.UsageError("--beside compares many pairs: name one state or none.")
    if options["picture"] and not (options["by"] or options["beside"]):
        raise click.UsageError(
            "--picture draws the drift of a pair (with --by) or a comparison (with --beside); "
            "`detente blocs` draws the matrix of all."
        )


@click.command(short_help="Show the matrix of who agrees with whom, and its blocs.")
@archive_argument
@as_known
@click.option("--min", "least", type=click.IntRange(min=1), default=3, show_default=True,
              help="Issues two states must share for their cell to be known.")  # fmt: skip
@click.option("--number", type=click.IntRange(min=2), help="So many blocs, not the number that fits best.")
@spoken_option
@picture_option
@window_and_shape
def blocs(archive: str, least: int, number: int | None, spoken_for: Any, **options: Any) -> None:
    """Show who agrees with whom as an ordered matrix, and the blocs, or that none stand out.

    Blocs are cut where the mean silhouette is highest; cells with too few shared issues stay empty.
    """
    from detente.measures.blocs import find_blocs
    from detente.views.blocs import print_blocs

    window = {name: options[name] for name in ("since", "until")}
    with open_archive(archive) as opened:
        found = find_blocs(opened, least=least, number=number, spoken_for=spoken_for, **window)
        print_blocs(found, options["shape"])
        if options["picture"]:
            from detente.views.agreement_pictures import draw_matrix

            draw_matrix(found, options["picture"])


COMMANDS = (agreement, blocs)
