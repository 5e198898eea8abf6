"""`detente who`: whom a name means on a day; its status says whether anybody fits."""

from __future__ import annotations

from datetime import date

import click

from detente.views.options import as_day, knowledge_option

NOBODY = 1  # nobody fits the words, or a row has aged


@click.command(short_help="Say who is meant by a name, on a day, and how we know.")
@click.argument("words", nargs=-1, metavar="WORDS")
@click.option(
    "--on", type=as_day, metavar="DATE", help="The day the words were written; today's for --stale."
)
@click.option("--members", is_flag=True, help="List the members of the body named, on that day.")
@click.option("--stale", is_flag=True, help="Count the rows of our tables that nobody has checked for long.")
@click.option(
    "--months", type=click.IntRange(min=0), default=12, show_default=True,
    help="With --stale: how old a check may be.",
)  # fmt: skip
@click.option(
    "--format", "shape", type=click.Choice(("table", "json", "csv")), default="table", show_default=True,
    help="A table for people, JSON, or CSV.",
)  # fmt: skip
@knowledge_option
def who(
    words: tuple[str, ...],
    on: date | None,
    members: bool,
    stale: bool,
    months: int,
    shape: str,
    knowledge: str | None,
) -> None:
    """Say who is meant by WORDS (a name, a code, a place, a phrase) on a day, and how we know.

    \b
    detente who "Sergei Ryabkov" --on 2017-07-04
    detente who the Kremlin
    detente who "the bloc's 27 members" --members
    detente who --stale

    Leaves with 0 if somebody fits, 1 if nobody does, or if rows are stale.
    """
    if stale:
        if words or members:
            raise click.UsageError("--stale looks at all tables: leave WORDS and --members out.")
        _stale(on or date.today(), months, shape)
        return
    if not words:
        raise click.UsageError('Nothing was asked: give a name, as detente who "the Kremlin", or --stale.')
    from detente.coding.who.asking import find_who
    from detente.views.knowledge import knowing
    from detente.views.who import print_answer, print_members, tell_no_members, tell_nobody

    with knowing(knowledge):
        answer = find_who(" ".join(words), on)
    if members and answer.fits and not answer.members:
        tell_no_members(answer)
        click.get_current_context().exit(NOBODY)
    if answer.members and members:
        print_members(answer, shape)
    elif answer.candidates or shape != "table":
        print_answer(answer, shape)
    if not answer.fits:
        if shape != "table" or not answer.candidates:
            tell_nobody(answer)
        click.get_current_context().exit(NOBODY)


def _stale(on: date, months: int, shape: str) -> None:
    """Print what has aged; the status says whether anything has."""
    from detente.knowledge.staleness import stale_rows
    from detente.views.who import print_stale

    rows = stale_rows(on, months=months)
    print_stale(rows, months, on, shape)
    if rows:
        click.get_current_context().exit(NOBODY)


COMMANDS = (who,)
