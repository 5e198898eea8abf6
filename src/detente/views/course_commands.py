"""The commands on the way two states go: course, trend. Nothing heavy is imported before one runs."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

import click

from detente.views.measure_commands import EVERY, statuses_option
from detente.views.options import (
    archive_argument,
    as_known,
    open_archive,
    picture_option,
    two_states,
    window_and_shape,
)

F = TypeVar("F", bound=Any)

BAND = 80  # per cent of months that a band holds


def pair_options(command: F) -> F:
    """Give a command two states, a length of periods, a scale, statuses, a window, a shape and a picture."""
    options = (
        archive_argument,
        two_states,
        as_known,
        click.option("--by", "every", type=click.Choice(EVERY), default="month", show_default=True,
                     help="How long a period is."),
        click.option("--scale", "scale_name", default="plover", show_default=True,
                     metavar="plover|goldstein|FILE.csv",
                     help="What acts weigh; a file has type,mode,weight or cameo,weight."),
        statuses_option,
        picture_option,
        window_and_shape,
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@click.command(short_help="Show the course of a pair by day, week, month, quarter or year.")
@pair_options
@click.option("--directed", is_flag=True, help="Only what the first state did to the second.")
@click.option("--band", type=click.FloatRange(50, 99), is_flag=False, flag_value=BAND, metavar="[PERCENT]",
              help="Also the level beneath the means, with a band (80 % unless given).")  # fmt: skip
@click.option("--sloped", is_flag=True, help="With --band: the level may have a slope that lasts.")
@click.option("--bound", type=float, default=9.0, show_default=True, help="Ends of the running level.")
@click.option("--gain", type=float, default=0.1, show_default=True, help="What a point of weight moves it.")
@click.option("--half-life", type=float, default=24.0, show_default=True, metavar="MONTHS",
              help="In how many quiet months half of it fades.")  # fmt: skip
def course(
    archive: str, first: str, second: str, every: Any, scale_name: str, statuses: tuple[str, ...],
    picture: str | None, since: date | None, until: date | None, shape: str, directed: bool,
    band: float | None, sloped: bool, bound: float, gain: float, half_life: float,
) -> None:  # fmt: skip
    """Show how two states treated each other, period by period: acts, their weights, and the running level.

    «course crisis France Norway --by quarter --band» adds the level beneath the noise, with an 80 % band.
    """
    from detente.measures.courses import LevelRule
    from detente.measures.pair_course import describe_course
    from detente.measures.weights import scale_of
    from detente.views.course import print_course

    if sloped and not band:
        raise click.UsageError("--sloped shapes the level of --band: add --band.")
    scale = scale_of(scale_name)
    with open_archive(archive) as opened:
        found = describe_course(
            opened, first, second, every=every, scale=scale, directed=directed, since=since, until=until,
            statuses=statuses, rule=LevelRule(bound, gain, half_life), band=band and band / 100,
            sloped=sloped,
        )  # fmt: skip
        print_course(found, shape)
    if band and not found.levels:
        from detente.views.terminal import say

        say("No band: fewer than four periods have acts; take shorter periods or a longer window.")
    if picture:
        from detente.views.course_picture import draw_course

        draw_course(found, picture)


@click.command(short_help="Show whether a pair rises or falls, since when, by what, on whose word.")
@pair_options
@click.option("--band", type=click.FloatRange(50, 99), default=BAND, show_default=True, metavar="PERCENT",
              help="How often the bands are to hold.")  # fmt: skip
def trend(
    archive: str, first: str, second: str, every: Any, scale_name: str, statuses: tuple[str, ...],
    picture: str | None, since: date | None, until: date | None, shape: str, band: float,
) -> None:  # fmt: skip
    """Show whether two states came closer over a window, with its probability, its turns and the acts behind.

    Then whether it holds without each outlet or voice, and counted otherwise. Needs detente[stats]. «trend
    crisis France Norway --since 2024-01-01» asks of one window.
    """
    from detente.measures.trends import describe_trend
    from detente.measures.weights import scale_of
    from detente.views.trend import print_trend

    scale = scale_of(scale_name)
    with open_archive(archive) as opened:
        found = describe_trend(
            opened, first, second, every=every, scale=scale, since=since, until=until, statuses=statuses,
            band=band / 100,
        )  # fmt: skip
    print_trend(found, shape)
    if picture:
        from detente.views.course_picture import draw_trend

        draw_trend(found, picture)


COMMANDS = (course, trend)
