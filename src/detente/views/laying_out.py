"""The commands that lay an archive out: dyad, show, movers, export.

Heavy parts load inside the commands, so that --help answers at once.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Literal

import click

from detente.views.options import (
    archive_argument,
    as_known,
    open_archive,
    shape_option,
    since_option,
    two_states,
    until_option,
)

OTHER_SUFFIXES = frozenset({".xlsx", ".xls", ".ods", ".dta", ".sav", ".rds"})  # what export does not write


@click.command(short_help="Show how two states treated each other.")
@archive_argument
@as_known
@two_states
@since_option
@until_option
@click.option(
    "--html", "page", type=click.Path(dir_okay=False, writable=True), metavar="FILE",
    help="Write the pair as one self-contained page instead.",
)  # fmt: skip
def dyad(
    archive: str, first: str, second: str, since: date | None, until: date | None, page: str | None
) -> None:
    """Show how two states treated each other, every line with its quote.

    A STATE is a code or a name: RUS, Russia.
    """
    from detente.measures.pair import describe_pair
    from detente.views.dyads import print_pair
    from detente.views.lines import find_rows, require_record
    from detente.views.terminal import say, waiting

    with open_archive(archive) as opened, waiting("Reading the archive"):
        pair = describe_pair(opened, first, second, since=since, until=until)
        require_record(opened, pair)
        rows = find_rows(opened, pair)
    if page is None:
        print_pair(pair, rows)
        return
    from detente.views.page import write_page

    write_page(pair, page, rows)
    say(f"Wrote {page}: {len(pair.acts)} acts between {pair.name_a} and {pair.name_b}.")


@click.command(short_help="Open ids to their words: a record, an act, a report.")
@archive_argument
@as_known
@click.argument("ids", metavar="ID…", nargs=-1, required=True)
@click.option(
    "--format", "shape", type=click.Choice(("table", "jsonl")), default="table", show_default=True,
    help="For people, or one JSON object an id.",
)  # fmt: skip
def show(archive: str, ids: tuple[str, ...], shape: str) -> None:
    """Show a record in its report, with who said it and why it was coded so; an act with all its tellings;
    or a report with all its records.

    The first digits of an ID are enough; ids joined by «;», as the column `acts` of a CSV has them, open one
    after the other.
    """
    from detente.views.opening import print_opened, split_ids

    with open_archive(archive) as opened:
        print_opened(opened, split_ids(ids), shape)


@click.command(short_help="List the pairs of states that moved most.")
@archive_argument
@as_known
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="How many pairs.")
@since_option
@until_option
@click.option(
    "--pages", type=click.Path(file_okay=False), metavar="FOLDER",
    help="Also write a page for each pair, and an index.html that lists them.",
)  # fmt: skip
@shape_option
def movers(
    archive: str, limit: int, since: date | None, until: date | None, pages: str | None, shape: str
) -> None:
    """List the pairs of states that moved most, each with a line of evidence.

    Without --since, acts count from the month the first report appeared: what reports recall
    of older years moves nobody.
    """
    from detente.measures.movers import rank_movers
    from detente.views.moving import find_evidence, print_flat_movers, print_movers, write_pages
    from detente.views.terminal import waiting

    with open_archive(archive) as opened:
        first = opened.first_published()
        opening = since or (first and first.replace(day=1))
        with waiting("Ranking pairs"):
            ranked = rank_movers(opened, limit=limit, since=opening, until=until)
            rows = find_evidence(opened, ranked)
        if shape == "table":
            print_movers(ranked, rows)
        else:
            print_flat_movers(ranked, shape)
        if pages is not None:
            write_pages(opened, ranked, rows, pages, since=since, until=until)


@click.command(short_help="Write all records, acts or reports as a table.")
@archive_argument
@as_known
@click.option(
    "--table", "family", type=click.Choice(("records", "acts", "reports")), default="records",
    show_default=True, help="What a row is: a record, an act with weights and day, or a report's data.",
)  # fmt: skip
@click.option(
    "--format", "shape", type=click.Choice(("csv", "parquet", "jsonl")), default="csv", show_default=True,
    help="CSV, Parquet or JSON lines.",
)  # fmt: skip
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, writable=True), metavar="FILE",
    help="Where to; standard output if not given.",
)  # fmt: skip
def export(
    archive: str,
    family: Literal["records", "acts", "reports"],
    shape: Literal["csv", "parquet", "jsonl"],
    output: str | None,
) -> None:
    """Write all records of ARCHIVE, or all acts, or what is known of its reports.

    Pairs of states by month or year are written by `detente panel`.
    """
    from detente.exchange import export as export_rows
    from detente.views.terminal import say, waiting
    from detente.views.wording import say_count

    if shape == "parquet" and output is None and sys.stdout.isatty():
        raise click.UsageError(
            "Parquet is no text for a terminal; name a file with --output FILE or pipe it."
        )
    file = Path(output or "")
    if file.suffix in OTHER_SUFFIXES:
        raise click.UsageError(f"{shape} is no {file.suffix} file: name it {file.stem}.{shape}.")
    alone = output is not None or not sys.stdout.isatty()  # a wheel would turn in the midst of the data
    with open_archive(archive) as opened, waiting(f"Writing {family}", wanted=alone):
        target = output or (sys.stdout.buffer if shape == "parquet" else sys.stdout)
        rows = export_rows(opened, target, format=shape, family=family)
    if output:
        say(f"Wrote {say_count(rows, 'row')} to {output}.")


COMMANDS = (dyad, show, movers, export)
