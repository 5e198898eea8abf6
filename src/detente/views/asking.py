"""The commands that question an archive: stance, quotes, figures, promises, checks; each answers with quotes.

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
    as_day,
    as_known,
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
@window_and_shape
def figures(
    archive: str,
    first: str | None,
    second: str | None,
    what: str | None,
    unit: str | None,
    conflicts: bool,
    shape: str,
    **window: Any,
) -> None:
    """Show figures about two states, one, or all. Figures that disagree stand together, both kept."""
    from detente.measures.figures import find_figures
    from detente.views.figures import print_figures

    with open_archive(archive) as opened:
        found = find_figures(opened, first, second, what=what, unit=unit, **window)
        print_figures([line for line in found if line.conflict or not conflicts], shape)


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
@window_and_shape
def promises(
    archive: str,
    first: str | None,
    second: str | None,
    status: Any,
    as_of: date | None,
    shape: str,
    **window: Any,
) -> None:
    """Show what was announced, what would keep it, and what became of it: kept, changed, lapsed or open.

    Judged, unless --on says otherwise, as of the last day on which a report in ARCHIVE appeared.
    """
    from detente.measures.promises import find_promises
    from detente.views.promises import print_promises

    with open_archive(archive) as opened:
        judged = as_of or opened.last_published()
        found = find_promises(opened, first, second, status=status, as_of=judged, **window)
        print_promises(found, judged, shape)


@click.command(short_help="Show where reports contradict themselves or the archive.")
@archive_argument
@as_known
@click.option("--all", "everything", is_flag=True, help="What was checked and holds, too.")
@since_option
@until_option
@shape_option
def checks(archive: str, everything: bool, since: date | None, until: date | None, shape: str) -> None:
    """Show where figures, conversions, weekdays, sums and stated counts do not go together, with both sides.

    Nothing is ever repaired: the record stays as the report has it.
    """
    from detente.measures.checks import check_archive
    from detente.pipeline import check_report
    from detente.views.checks import print_findings

    with open_archive(archive) as opened:
        found = check_archive(opened, check_report, since=since, until=until)
        print_findings([f for f in found if everything or f.verdict == "disagrees"], shape)


COMMANDS = (stance, quotes, figures, promises, checks)
