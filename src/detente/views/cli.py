"""The command line: reports in, records, tables and pages out; the library does the work.

Data goes to stdout, talk to stderr. Exit status: 0 all done; 1 some reports were rejected, the
rest is done; 2 wrong use, or nothing could be done; 130 stopped by Ctrl-C. Heavy parts load inside
the commands, so that `detente --help` answers at once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from detente.errors import DetenteError

if TYPE_CHECKING:
    from detente.archive import Archive
    from detente.records import Coded, Rejected, Report

SOME_REJECTED = 1
WRONG_USE = 2
INTERRUPTED = 130


class Told(click.ClickException):
    """A DetenteError on its way to the person: one red sentence, no traceback."""

    exit_code = WRONG_USE

    def show(self, file: Any = None) -> None:
        from detente.views.terminal import say

        say(f"detente: {self.message}", style="red")


class Front(click.Group):
    """The group of commands, with one place for how errors and broken pipes end."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except DetenteError as error:
            raise Told(str(error)) from error
        except BrokenPipeError:
            from detente.views.terminal import leave_quietly

            leave_quietly()


class Day(click.ParamType):
    """An ISO day: 2017-07-04."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            self.fail(f"«{value}» is no day; write year, month and day, as in 2017-07-04.", param, ctx)


class Mapping(click.ParamType):
    """Names of fields in the user's own files: text=body,published=date."""

    name = "field=name,…"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dict[str, str]:
        if isinstance(value, dict):
            return value
        pairs = [part.partition("=") for part in str(value).split(",") if part.strip()]
        if not all(eq and ours.strip() and theirs.strip() for ours, eq, theirs in pairs):
            self.fail(f"«{value}» is no mapping; write our field, =, your name: text=body,published=date.")
        return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}


DAY = Day()
MAPPING = Mapping()

published_option = click.option(
    "--published", type=DAY, metavar="DATE", help="The day the reports appeared, for those that do not say."
)
map_option = click.option(
    "--map", "mapping", type=MAPPING, metavar="text=body,…", help="Your names for the fields of JSON lines."
)
from_option = click.option("--from", "since", type=DAY, metavar="DATE", help="First day of the window.")
to_option = click.option("--to", "until", type=DAY, metavar="DATE", help="Last day of the window.")
archive_argument = click.argument("archive", metavar="ARCHIVE", type=click.Path(file_okay=False))


@click.group(cls=Front, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="detente", message="%(prog)s %(version)s")
def cli() -> None:
    """Reports in; a sourced, dated record of how states treat each other out."""


@cli.command()
@click.argument("reports", nargs=-1, required=True, metavar="REPORT…")
@published_option
@map_option
@click.option(
    "--format", "shape", type=click.Choice(("table", "jsonl", "csv")), default="table", show_default=True,
    help="A table for people, the record contract as JSON lines, or flat CSV.",
)  # fmt: skip
def read(
    reports: tuple[str, ...], published: date | None, mapping: dict[str, str] | None, shape: str
) -> None:
    """Code reports and print their records.

    A REPORT is a file, a folder, or - for standard input.
    """
    from detente.records import Rejected
    from detente.views.printing import PRINTERS

    printer = PRINTERS[shape]()
    rejected = 0
    for result in _code(reports, published, mapping, watched=not sys.stdout.isatty()):
        if isinstance(result, Rejected):
            rejected += 1
            printer.reject(result)
        else:
            printer.add(result)
    printer.close()
    _end(rejected)


@cli.command()
@archive_argument
@click.argument("reports", nargs=-1, required=True, metavar="REPORT…")
@published_option
@map_option
def add(
    archive: str, reports: tuple[str, ...], published: date | None, mapping: dict[str, str] | None
) -> None:
    """Code reports and keep their records in ARCHIVE (made if it is not there).

    The same report twice changes nothing. Stopped half way, the archive keeps every report that
    was done, and the same command finishes the rest.
    """
    from detente.views.adding import add_reports

    _end(add_reports(archive, reports, published=published, mapping=mapping))


@cli.command()
@archive_argument
@click.argument("first", metavar="STATE")
@click.argument("second", metavar="STATE")
@from_option
@to_option
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
    from detente.archive import Archive
    from detente.measures.pair import describe_pair

    with Archive(archive) as opened:
        a, b = _state(first), _state(second)
        pair = describe_pair(opened, a, b, since=since, until=until)
    if page is None:
        from detente.views.dyads import print_pair

        print_pair(pair)
    else:
        from detente.views.page import write_page
        from detente.views.terminal import say

        write_page(pair, page)
        say(f"Wrote {page}: {len(pair.acts)} acts between {a} and {b}.")


@cli.command()
@archive_argument
@click.argument("record", metavar="ID")
def show(archive: str, record: str) -> None:
    """Show one record in its sentence, in its report, with who said it and why it was coded so.

    The first digits of an ID are enough.
    """
    from detente.archive import Archive
    from detente.views.showing import show_record

    with Archive(archive) as opened:
        show_record(opened, record)


@cli.command()
@archive_argument
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="How many pairs.")
@from_option
@to_option
@click.option(
    "--pages", type=click.Path(file_okay=False), metavar="FOLDER",
    help="Also write a page for each pair, and an index.html that lists them.",
)  # fmt: skip
def movers(archive: str, limit: int, since: date | None, until: date | None, pages: str | None) -> None:
    """List the pairs of states that moved most, each with a line of evidence."""
    from detente.archive import Archive
    from detente.measures.movers import rank_movers
    from detente.views.moving import print_movers, write_pages

    with Archive(archive) as opened:
        ranked = rank_movers(opened, limit=limit, since=since, until=until)
        print_movers(ranked)
        if pages is not None:
            write_pages(opened, ranked, pages, since=since, until=until)


@cli.command()
@archive_argument
@click.option(
    "--format", "shape", type=click.Choice(("csv", "parquet", "jsonl", "panel")), default="csv",
    show_default=True, help="Records as CSV, Parquet or JSON lines, or the panel of pairs by month as CSV.",
)  # fmt: skip
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, writable=True), metavar="FILE",
    help="Where to; standard output if not given.",
)  # fmt: skip
def export(archive: str, shape: str, output: str | None) -> None:
    """Write all records of ARCHIVE, or its panel of pairs by month."""
    from detente.archive import Archive
    from detente.views.exporting import export_records

    if shape == "parquet" and output is None and sys.stdout.isatty():
        raise click.UsageError(
            "Parquet is no text for a terminal; name a file with --output FILE or pipe it."
        )
    with Archive(archive) as opened:
        export_records(opened, shape, output)


@cli.command()
@click.argument("report", metavar="FILE")
@click.option(
    "--format", "shape", type=click.Choice(("conllu", "text")), default="text", show_default=True,
    help="CoNLL-U for evaluation scripts, or text for people.",
)  # fmt: skip
def analyze(report: str, shape: str) -> None:
    """Print what the reader sees in FILE (- for standard input): sentences, words, tree and names."""
    from detente.intake import read_reports
    from detente.language import read_analysis
    from detente.language.conllu import to_conllu, to_text
    from detente.records import Rejected
    from detente.views.terminal import tell_rejected

    rejected = 0
    for item in read_reports([report]):
        if isinstance(item, Rejected):
            tell_rejected(item)
            rejected += 1
        else:
            analysis = read_analysis(item)
            click.echo((to_conllu if shape == "conllu" else to_text)(analysis).rstrip("\n"))
            click.echo()
    _end(rejected)


def _code(
    reports: Iterable[str], published: date | None, mapping: dict[str, str] | None, *, watched: bool
) -> Iterator[Coded | Rejected]:
    from detente.intake import read_reports
    from detente.pipeline import code_reports
    from detente.views.terminal import watch

    items = read_reports(reports, published=published, mapping=mapping)
    return watch(code_reports(items), "Reading", wanted=watched)


def _state(words: str) -> str:
    """Return the code of a state by code or name, or say what was expected."""
    from detente.knowledge.states import code_of

    code = code_of(words)
    if code is None:
        raise click.BadParameter(
            f"«{words}» names no state we know; write a code or a name, as RUS or Russia."
        )
    return code


def _end(rejected: int) -> None:
    """Leave with the status that says whether every report was read."""
    if rejected:
        click.get_current_context().exit(SOME_REJECTED)


def main() -> None:
    """The `detente` command."""
    cli(prog_name="detente")


if __name__ == "__main__":
    main()
