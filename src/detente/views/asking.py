"""The commands that question an archive: stance, quotes, figures, promises, doubts; each answers with quotes.

Only the questions stand here; the answers are made by `detente.measures` and set by the view of the same
name. Nothing heavy is imported before a command runs, so that --help answers at once.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from detente.views.options import (
    archive_argument,
    as_code,
    as_currency,
    as_day,
    as_known,
    as_picture,
    first_state,
    open_archive,
    second_state,
    shape_option,
    since_option,
    until_option,
    window_and_shape,
)


@click.command(short_help="Show who stands where on which issue.")
@archive_argument
@as_known
@click.option("--issue", metavar="ID|WORDS", help="An issue by id or words: thaad-south-korea, «THAAD».")
@click.option("--actor", type=as_code, metavar="STATE", help="One actor, by code or name.")
@window_and_shape
def stance(archive: str, issue: str | None, actor: str | None, shape: str, **window: Any) -> None:
    """Show where actors stand on issues, and where a stance changed, with the quotes before and after."""
    from detente.measures.standing import find_standings
    from detente.views.stance import print_standings

    with open_archive(archive) as opened:
        print_standings(find_standings(opened, issue=issue, actor=actor, **window), shape)


@click.command(short_help="Show who said what.")
@archive_argument
@as_known
@click.option("--speaker", metavar="NAME", help="A name, a role or a state: «Xi Jinping», ambassador, China.")
@click.option("--about", metavar="STATE|ISSUE", help="A state or an issue that is spoken of.")
@click.option("--words", metavar="WORDS", help="Words that must all stand in the quote.")
@window_and_shape
def quotes(
    archive: str, speaker: str | None, about: str | None, words: str | None, shape: str, **window: Any
) -> None:
    """Show what was said, by whom, on which day, and in whose report."""
    from detente.measures.quotations import find_quotations
    from detente.views.quotes import print_quotations

    with open_archive(archive) as opened:
        found = find_quotations(opened, speaker=speaker, about=about, words=words, **window)
        print_quotations(found, shape)


@click.command(short_help="Show figures, those that disagree together.")
@archive_argument
@as_known
@first_state
@second_state
@click.option("--what", metavar="WORDS", help="What is measured: trade, contracts, killed.")
@click.option("--unit", metavar="UNIT", help="A unit by code or name: USD, dollars, percent, agreement.")
@click.option("--conflicts", is_flag=True, help="Only figures that disagree with another.")
@click.option("--over-time", is_flag=True, help="As series: figures told for two periods or more.")
@click.option(
    "--convert", "to", metavar="USD", type=as_currency, help="With --over-time: money in one currency."
)
@click.option(
    "--rates", type=click.Path(dir_okay=False), metavar="FILE.csv",
    help="Your rates for --convert: date, currency, rate (US dollars for one unit).",
)  # fmt: skip
@click.option(
    "--picture", type=click.Path(dir_okay=False), metavar="FILE.svg", callback=as_picture,
    help="With --over-time: also draw it, as .svg or .png.",
)  # fmt: skip
@window_and_shape
def figures(
    archive: str, first: str | None, second: str | None, conflicts: bool, shape: str, **options: Any
) -> None:
    """Show figures about two states, one, or all. Figures that disagree stand together, both kept."""
    from detente.measures.figures import find_figures
    from detente.views.figures import print_figures

    series = {name: options.pop(name) for name in ("over_time", "to", "rates", "picture")}
    with open_archive(archive) as opened:
        if _wants_series(conflicts, **series):
            _show_series(opened, first, second, shape=shape, **series, **options)
            return
        found = find_figures(opened, first, second, **options)
        print_figures([line for line in found if line.conflict or not conflicts], shape)


def _wants_series(
    conflicts: bool, *, over_time: bool, to: str | None, rates: str | None, picture: str | None
) -> bool:
    """Return whether series are asked for; refuse options that do not go together."""
    if not over_time and (to or rates or picture):
        raise click.UsageError("--convert, --rates and --picture are for series: add --over-time.")
    if over_time and conflicts:
        raise click.UsageError(
            "--over-time shows every telling, those at odds marked: leave --conflicts out."
        )
    if bool(to) != bool(rates):
        raise click.UsageError(
            "--convert and --rates go together: no rates are shipped, so name the currency and your file, "
            "as --convert USD --rates rates.csv (date, currency, rate)."
        )
    return over_time


def _show_series(
    archive: Any,
    first: str | None,
    second: str | None,
    *,
    shape: str,
    to: str | None,
    rates: str | None,
    picture: str | None,
    over_time: bool,
    **options: Any,
) -> None:
    from detente.measures.figure_series import find_series
    from detente.measures.rates import read_rates
    from detente.views.figure_series import draw_series, print_series

    known = read_rates(rates) if rates else None
    found = find_series(archive, first, second, to=to, rates=known, **options)
    print_series(found, shape)
    if picture:
        draw_series(found, picture)


@click.command(short_help="Show what was announced and what became of it.")
@archive_argument
@as_known
@first_state
@second_state
@click.option(
    "--status", type=click.Choice(("kept", "changed", "lapsed", "open")), help="Only promises in this state."
)
@click.option(
    "--on",
    "as_of",
    type=as_day,
    metavar="DATE",
    help="The day they are judged on, by reports published by then.",
)
@click.option(
    "--rates", is_flag=True, help="How often promises due are kept, and how late, by pair and kind."
)
@window_and_shape
def promises(
    archive: str,
    first: str | None,
    second: str | None,
    status: Any,
    as_of: date | None,
    rates: bool,
    shape: str,
    **window: Any,
) -> None:
    """Show what was announced, what would keep it, and what became of it: kept, changed, lapsed or open.

    Judged, unless --on says otherwise, as of the last day on which a report in ARCHIVE appeared.
    """
    from detente.measures.promise_rates import rate_promises
    from detente.measures.promises import find_promises
    from detente.views.promise_rates import print_rates
    from detente.views.promises import print_promises

    if rates and status:
        raise click.UsageError("--rates weighs promises of every state: leave --status out.")

    with open_archive(archive) as opened:
        judged = as_of or opened.last_published()
        found = find_promises(opened, first, second, status=status, as_of=judged, **window)
        if rates:
            print_rates(rate_promises(opened, found, judged), shape)
            return
        print_promises(found, judged, shape)


@click.command(short_help="Show where reports contradict themselves or the archive.")
@archive_argument
@as_known
@click.option("--all", "everything", is_flag=True, help="What was checked and holds, too.")
@since_option
@until_option
@shape_option
def doubts(archive: str, everything: bool, since: date | None, until: date | None, shape: str) -> None:
    """Show where figures, conversions, weekdays, sums and stated counts do not go together, with both sides.

    Nothing is ever repaired: the record stays as the report has it.
    """
    from detente.measures.doubts import find_doubts
    from detente.pipeline import check_report
    from detente.views.doubts import print_doubts

    with open_archive(archive) as opened:
        found = find_doubts(opened, check_report, since=since, until=until)
        print_doubts([f for f in found if everything or f.verdict == "disagrees"], shape)


COMMANDS = (stance, quotes, figures, promises, doubts)
