"""The commands on all states at once and on what is to come: web, echo, forecast.

Nothing heavy is imported before one runs, so that --help answers at once.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.views.measure_commands import EVERY, statuses_option
from detente.views.options import (
    archive_argument,
    as_code,
    as_known,
    know_archive,
    open_archive,
    picture_option,
    second_state,
    window_and_shape,
)

if TYPE_CHECKING:
    from detente.measures.series import Series


def as_codes(ctx: click.Context, param: click.Parameter, words: str | None) -> tuple[str, ...]:
    """Return the codes of states named with commas: «USA,China» -> USA, CHN."""
    return tuple(as_code(word.strip()) for word in (words or "").split(",") if word.strip())


def as_types(ctx: click.Context, param: click.Parameter, words: str | None) -> tuple[str, ...]:
    """Return PLOVER types named with commas: «sanction,coerce» -> SANCTION, COERCE."""
    from detente.knowledge.ontology import kinds

    named = tuple(word.strip().upper() for word in (words or "").split(",") if word.strip())
    types = sorted({type_ for type_, _ in kinds()})
    if odd := [word for word in named if word not in types]:
        raise click.BadParameter(f"«{odd[0]}» is no PLOVER type; write one of {', '.join(types)}.")
    return named


def as_graph(ctx: click.Context, param: click.Parameter, path: str | None) -> str | None:
    """Return the path of a graph that can be written, before anything is reckoned."""
    if path and Path(path).suffix not in (".graphml", ".gexf"):
        raise click.BadParameter(f"{path} ends in neither .graphml nor .gexf: name a graph so.")
    return path


def as_ahead(ctx: click.Context, param: click.Parameter, words: str) -> tuple[int, int]:
    """Return the first and last period ahead of «1-6», or of «3» alone."""
    first, _, last = words.replace("–", "-").partition("-")
    try:
        ahead = int(first), int(last or first)
    except ValueError as error:
        raise click.BadParameter(f"«{words}» names no periods ahead; write 1-6, or 3.") from error
    if not 1 <= ahead[0] <= ahead[1] <= 24:
        raise click.BadParameter(f"«{words}» does not run from 1 up to 24 at most; write 1-6, or 3.")
    return ahead


@click.command(short_help="Show the web of all states: friends, foes, triads, groups.")
@archive_argument
@as_known
@click.option(
    "--states", callback=as_codes, metavar="STATE,…", help="Only ties among these, by code or name."
)
@click.option("--show", type=click.Choice(("ties", "states", "triads", "balance")), default="ties",
              show_default=True, help="What --format csv and jsonl hold.")  # fmt: skip
@click.option("--min-acts", type=click.IntRange(min=1), default=1, show_default=True,
              help="Leave out ties of fewer acts.")  # fmt: skip
@click.option("--neutral", type=click.FloatRange(min=0), default=0.5, show_default=True, metavar="POINTS",
              help="A tie is friendly above this mean weight, hostile below minus this.")  # fmt: skip
@statuses_option
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True,
              help="How many states and triads people are shown.")  # fmt: skip
@click.option("--graph", type=click.Path(dir_okay=False), metavar="FILE", callback=as_graph,
              help="Also write it as .graphml or .gexf, for Gephi and the like.")  # fmt: skip
@picture_option
@window_and_shape
def web(
    archive: str, states: tuple[str, ...], show: str, min_acts: int, neutral: float,
    statuses: tuple[str, ...], limit: int, graph: str | None, picture: str | None, since: date | None,
    until: date | None, shape: str,
) -> None:  # fmt: skip
    """Show all states of ARCHIVE as a web: who is friend and foe of whom, who stands central, which triads
    are in balance.

    Without --since, acts count from the month the first report appeared, as in `detente movers`.
    """
    from detente.exchange.graphs import export_web
    from detente.measures.balance import weigh_balance
    from detente.measures.quoting import quotes_by_id
    from detente.measures.web import draw_web, rank_states
    from detente.views import web as view
    from detente.views.terminal import say, waiting

    with open_archive(archive) as opened:
        first = opened.first_published()
        opening = since or (first and first.replace(day=1))
        with waiting("Drawing the web"):
            found = rank_states(
                draw_web(opened, states=states, since=opening, until=until, statuses=statuses,
                         min_acts=min_acts, neutral=neutral)
            )  # fmt: skip
            balance = weigh_balance(found)
        if shape == "table":
            quotes = quotes_by_id(opened, view.shown_records(found, balance, limit=limit))
            view.print_web(found, balance, quotes, limit=limit)
        else:
            view.print_data(found, balance, show, shape)
    if graph:
        say(f"Wrote {export_web(found, graph)}.")
    if picture:
        from detente.views.web_picture import draw_web as draw_picture

        draw_picture(found, picture)


@click.command(short_help="Show what a pair did after a third party's acts.")
@archive_argument
@as_known
@click.option("--actor", type=as_code, required=True, metavar="STATE", help="The third party that acts.")
@click.option("--on", type=as_code, metavar="STATE", help="Only its acts on this state.")
@click.option("--type", "types", callback=as_types, metavar="TYPE,…", help="Only acts of these PLOVER types.")
@click.option("--in", "pair", type=as_code, nargs=2, required=True, metavar="STATE STATE",
              help="The pair in which to look.")  # fmt: skip
@click.option("--days", type=click.IntRange(1, 730), default=30, show_default=True,
              help="How many days before, and after.")  # fmt: skip
@click.option("--reading", type=click.Choice(("total", "n")), default="total", show_default=True,
              help="Sum of weights, or number of acts.")  # fmt: skip
@statuses_option
@click.option("--seed", type=int, default=20170704, show_default=True, help="Of the days drawn at random.")
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True,
              help="How many occasions people are shown.")  # fmt: skip
@picture_option
@window_and_shape
def echo(
    archive: str, actor: str, on: str | None, types: tuple[str, ...], pair: tuple[str, str], days: int,
    reading: Any, statuses: tuple[str, ...], seed: int, limit: int, picture: str | None,
    since: date | None, until: date | None, shape: str,
) -> None:  # fmt: skip
    """Show what passed in a pair in the days after a third party's acts, less the days before, beside the
    same after days drawn at random. It makes no causal claim.

    «echo crisis --actor USA --on RUS --type SANCTION --in RUS CHN»
    """
    from detente.measures.echoes import hear_echo
    from detente.measures.quoting import quotes_by_id
    from detente.views import echo as view

    if pair[0] == pair[1]:
        raise click.UsageError(f"{pair[0]} and {pair[1]} are one state; name two after --in.")
    with open_archive(archive) as opened:
        found = hear_echo(
            opened, *pair, by=actor, on=on, types=types, days=days, measure=reading, since=since, until=until,
            statuses=statuses, seed=seed,
        )  # fmt: skip
        quotes = quotes_by_id(opened, [occasion.record for occasion in found.occasions])
        if shape == "table":
            view.print_echo(found, quotes, limit=limit)
        else:
            view.print_data(found, quotes, shape)
    if picture:
        view.draw_echo(found, picture)


def know_archive_if_any(ctx: click.Context, param: click.Parameter, archive: str | None) -> str | None:
    """Read with the archive's own knowledge, where an archive is named."""
    return know_archive(ctx, param, archive) if archive else None


@click.command(short_help="Foretell the next months of a pair, beside «no change».")
@click.argument("archive", metavar="[ARCHIVE", required=False, type=click.Path(file_okay=False),
                callback=know_archive_if_any)  # fmt: skip
@click.argument("first", metavar="STATE", required=False, type=as_code)
@second_state
@as_known
@click.option("--series", metavar="FILE.csv", help="Foretell a file's series instead: period,value.")
@click.option(
    "--ahead", default="1-6", show_default=True, callback=as_ahead, metavar="1-6",
    help="Which periods ahead to foretell: months, or as --by says.",
)  # fmt: skip
@click.option(
    "--reading", type=click.Choice(("total", "mean", "n", "level")), default="total",
    show_default=True, help="Sum or mean of weights, number of acts, or running level.",
)  # fmt: skip
@click.option(
    "--by", "every", type=click.Choice(EVERY[1:]), default="month",
    show_default=True, help="How long a period is.",
)  # fmt: skip
@click.option("--band", type=click.FloatRange(50, 98), default=80, show_default=True, metavar="PERCENT",
              help="Of outcomes, how many a band is to hold.")  # fmt: skip
@statuses_option
@picture_option
@window_and_shape
def forecast(
    archive: str | None, first: str | None, second: str | None, series: str | None, ahead: tuple[int, int],
    reading: Any, every: Any, band: float, statuses: tuple[str, ...], picture: str | None,
    since: date | None, until: date | None, shape: str,
) -> None:  # fmt: skip
    """Foretell the next months of a pair with a band, beside «no change» and resampled history, each scored
    on the past; it says so where no change does better.

    «forecast crisis France Norway --ahead 1-3», or of any series: «forecast --series trips.csv»
    """
    from detente.measures.forecasts import forecast as foretell
    from detente.measures.quoting import quotes_by_id
    from detente.measures.series import read_series
    from detente.views import forecast as view

    quote = None
    if series:
        if archive:
            raise click.UsageError("An archive and --series were named; name one of the two.")
        found = foretell(read_series(series), first=ahead[0], last=ahead[1], band=band / 100)
    else:
        if not (archive and first and second):
            raise click.UsageError("Name ARCHIVE and two states, or a file with --series.")
        with open_archive(archive) as opened:
            drawn = _draw(opened, first, second, reading, every, since, until, statuses)
            found = foretell(drawn, first=ahead[0], last=ahead[1], band=band / 100)
            newest = next((acts[-1] for acts in reversed(drawn.acts) if acts), None)
            record = opened.act(newest)["record"] if newest else None
            quote = quotes_by_id(opened, [record]).get(record) if record else None
    if shape == "table":
        view.print_forecast(found, quote)
    else:
        view.print_data(found, shape)
    if picture:
        view.draw_forecast(found, picture)


def _draw(
    archive: Any, a: str, b: str, reading: Any, every: Any, since: date | None, until: date | None,
    statuses: tuple[str, ...],
) -> Series:  # fmt: skip
    from detente.measures.series import draw_series

    return draw_series(
        archive, a, b, reading=reading, every=every, since=since, until=until, statuses=statuses
    )


COMMANDS = (web, echo, forecast)
