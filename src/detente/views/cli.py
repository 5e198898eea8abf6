"""The command line: reports in, records, tables and pages out; the library does the work.

Data goes to stdout, talk to stderr. Exit status: 0 all done; 1 some reports were rejected, the
rest is done (for `who`: nobody fits); 2 wrong use, or nothing could be done; 130 stopped by Ctrl-C. Heavy
parts load inside the commands, so that `detente --help` answers at once.
"""

from __future__ import annotations

import io
import sys
from datetime import date
from pathlib import Path
from typing import Any, Literal

import click

from detente.errors import DetenteError
from detente.views.asking import COMMANDS
from detente.views.curating import COMMANDS as CURATING
from detente.views.knowledge_commands import knowledge as knowledge_commands
from detente.views.linking import COMMANDS as LINKING
from detente.views.options import archive_argument, as_known, in_order, open_archive
from detente.views.shelves import ShelvedGroup

SOME_REJECTED = 1
NOBODY = 1
WRONG_USE = 2
INTERRUPTED = 130


LONGEST_PATH = 255  # characters of SENTENCE that may be a file's name
OTHER_SUFFIXES = frozenset({".xlsx", ".xls", ".ods", ".dta", ".sav", ".rds"})  # what export does not write


class Told(click.ClickException):
    """A DetenteError on its way to the person: one red sentence, no traceback."""

    exit_code = WRONG_USE

    def show(self, file: Any = None) -> None:
        from detente.views.terminal import say

        say(f"detente: {self.message}", style="red")


class Front(ShelvedGroup):
    """The group of commands, with one place for how errors and broken pipes end."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except DetenteError as error:
            raise Told(str(error)) from error
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            from detente.views.terminal import leave_quietly

            leave_quietly()


def parse_day(words: str) -> date:
    """Return the day of an option, written as 2017-07-04."""
    try:
        return date.fromisoformat(words.strip())
    except ValueError as error:
        raise click.BadParameter(f"«{words}» is no day; write it as 2017-07-04.") from error


def parse_mapping(words: str) -> dict[str, str]:
    """Return {our field: the user's name for it} of «text=body,published=date»."""
    pairs = [part.partition("=") for part in words.split(",") if part.strip()]
    if not pairs or not all(ours.strip() and theirs.strip() for ours, _, theirs in pairs):
        raise click.BadParameter(
            f"«{words}» is no mapping; write our field, =, your name: text=body,published=date."
        )
    return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}


published_option = click.option(
    "--published",
    type=parse_day,
    metavar="DATE",
    help="The day the reports appeared, for those that do not say.",
)
map_option = click.option(
    "--map",
    "mapping",
    type=parse_mapping,
    metavar="text=body,…",
    help="Your names for our fields, in JSON lines and CSV.",
)
knowledge_option = click.option(
    "--knowledge",
    type=click.Path(file_okay=False),
    metavar="FOLDER",
    help="Names and acts of your own, beside ours; else the folder DETENTE_KNOWLEDGE names.",
)
from_option = click.option(
    "--from", "since", type=parse_day, metavar="DATE", callback=in_order, help="First day of the window."
)
to_option = click.option(
    "--to", "until", type=parse_day, metavar="DATE", callback=in_order, help="Last day of the window."
)


@click.group(cls=Front, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="detente", message="%(prog)s %(version)s")
def cli() -> None:
    """Reports in; a sourced, dated record of how states treat each other out.

    \b
    detente read report.txt --published 2024-05-17
    detente add crisis/ reports/
    detente dyad crisis/ Norway Russia --html pair.html
    """


@cli.command(short_help="Code reports and print their records.")
@click.argument("reports", nargs=-1, required=True, metavar="REPORT…")
@published_option
@map_option
@knowledge_option
@click.option("--checks", is_flag=True, help="Also where a report contradicts itself (table and jsonl).")
@click.option(
    "--format", "shape", type=click.Choice(("table", "jsonl", "csv")), default="table", show_default=True,
    help="A table for people, the record contract as JSON lines, or flat CSV.",
)  # fmt: skip
def read(
    reports: tuple[str, ...],
    published: date | None,
    mapping: dict[str, str] | None,
    knowledge: str | None,
    checks: bool,
    shape: str,
) -> None:
    """Code reports and print their records.

    A REPORT is a file, a folder, or - for standard input.
    """
    from detente.intake import read_reports
    from detente.pipeline import code_reports
    from detente.views.checks import with_findings
    from detente.views.knowledge import knowing
    from detente.views.printing import PRINTERS
    from detente.views.terminal import watch

    if checks and shape == "csv":
        raise click.UsageError("A row of the CSV is a record and no finding: use --format jsonl or table.")
    items = read_reports(reports, published=published, mapping=mapping)
    with knowing(knowledge) as known:
        coded = watch(code_reports(items), "Reading", wanted=not sys.stdout.isatty())
        rejected = PRINTERS[shape](with_findings(coded) if checks else coded)
    _end(rejected + len(known.faults))


@cli.command(short_help="Code reports and keep them in an archive.")
@archive_argument
@click.argument("reports", nargs=-1, required=True, metavar="REPORT…")
@published_option
@map_option
@knowledge_option
def add(
    archive: str,
    reports: tuple[str, ...],
    published: date | None,
    mapping: dict[str, str] | None,
    knowledge: str | None,
) -> None:
    """Code reports and keep their records in ARCHIVE (made if it is not there).

    The same report twice changes nothing. Stopped half way, the archive keeps every report that
    was done, and the same command finishes the rest. Names and acts of your own are read from
    ARCHIVE/knowledge where there is such a folder and --knowledge names no other.
    """
    from detente.views.adding import add_reports
    from detente.views.knowledge import knowing

    with knowing(knowledge, archive=archive) as known:
        rejected = add_reports(archive, reports, published=published, mapping=mapping)
    _end(rejected + len(known.faults))


@cli.command(short_help="Show how two states treated each other.")
@archive_argument
@as_known
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
    from detente.measures.pair import describe_pair
    from detente.views.dyads import print_pair
    from detente.views.lines import find_rows, require_record
    from detente.views.terminal import say, waiting

    a, b = _state(first), _state(second)
    if a == b:
        raise click.UsageError(f"«{first}» and «{second}» are one state; name two.")
    with open_archive(archive) as opened, waiting("Reading the archive"):
        pair = describe_pair(opened, a, b, since=since, until=until)
        require_record(opened, pair)
        rows = find_rows(opened, pair)
    if page is None:
        print_pair(pair, rows)
        return
    from detente.views.page import write_page

    write_page(pair, page, rows)
    say(f"Wrote {page}: {len(pair.acts)} acts between {pair.name_a} and {pair.name_b}.")


@cli.command(short_help="Show one record: its words, its source, its why.")
@archive_argument
@as_known
@click.argument("record", metavar="ID")
def show(archive: str, record: str) -> None:
    """Show one record in its sentence, in its report, with who said it and why it was coded so.

    The first digits of an ID are enough.
    """
    from detente.views.reviewed import print_history
    from detente.views.showing import show_record

    with open_archive(archive) as opened:
        show_record(opened, record)
        print_history(opened, record)


@cli.command(short_help="List the pairs of states that moved most.")
@archive_argument
@as_known
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="How many pairs.")
@from_option
@to_option
@click.option(
    "--pages", type=click.Path(file_okay=False), metavar="FOLDER",
    help="Also write a page for each pair, and an index.html that lists them.",
)  # fmt: skip
def movers(archive: str, limit: int, since: date | None, until: date | None, pages: str | None) -> None:
    """List the pairs of states that moved most, each with a line of evidence.

    Without --from, acts count from the month the first report appeared: what reports recall
    of older years moves nobody.
    """
    from detente.measures.movers import rank_movers
    from detente.views.moving import find_evidence, print_movers, write_pages
    from detente.views.terminal import waiting

    with open_archive(archive) as opened:
        first = opened.first_published()
        opening = since or (first and first.replace(day=1))
        with waiting("Ranking pairs"):
            ranked = rank_movers(opened, limit=limit, since=opening, until=until)
            rows = find_evidence(opened, ranked)
        print_movers(ranked, rows)
        if pages is not None:
            write_pages(opened, ranked, rows, pages, since=since, until=until)


@cli.command(short_help="Write all records, or the panel of pairs by month.")
@archive_argument
@as_known
@click.option(
    "--format", "shape", type=click.Choice(("csv", "parquet", "jsonl", "panel")), default="csv",
    show_default=True, help="Records as CSV, Parquet or JSON lines, or the panel of pairs by month as CSV.",
)  # fmt: skip
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, writable=True), metavar="FILE",
    help="Where to; standard output if not given.",
)  # fmt: skip
def export(archive: str, shape: Literal["csv", "parquet", "jsonl", "panel"], output: str | None) -> None:
    """Write all records of ARCHIVE, or its panel of pairs by month."""
    from detente.exchange import export as export_records
    from detente.exchange import export_panel
    from detente.views.terminal import say, waiting
    from detente.views.wording import say_count

    if shape == "parquet" and output is None and sys.stdout.isatty():
        raise click.UsageError(
            "Parquet is no text for a terminal; name a file with --output FILE or pipe it."
        )
    file = Path(output or "")
    if file.suffix in OTHER_SUFFIXES:
        suffix = {"parquet": ".parquet", "jsonl": ".jsonl"}.get(shape, ".csv")
        raise click.UsageError(f"{shape} is no {file.suffix} file: name it {file.stem}{suffix}.")
    alone = output is not None or not sys.stdout.isatty()  # a wheel would turn in the midst of the data
    with open_archive(archive) as opened, waiting("Writing records", wanted=alone):
        target = output or (sys.stdout.buffer if shape == "parquet" else sys.stdout)
        if shape == "panel":
            rows = export_panel(opened, target)
        else:
            rows = export_records(opened, target, format=shape)
    if output:
        say(f"Wrote {say_count(rows, 'row')} to {output}.")


@cli.command(short_help="Print sentences, words, tree and names of a text.")
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


@cli.command(short_help="Say who is meant by a name, on a day, and how we know.")
@click.argument("words", nargs=-1, metavar="WORDS")
@click.option(
    "--on", type=parse_day, metavar="DATE", help="The day the words were written; today's for --stale."
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


for command in (*COMMANDS, *CURATING, *LINKING):
    cli.add_command(command)
cli.add_command(knowledge_commands)


@cli.command(short_help="Explain how a sentence is read and coded, step by step.")
@click.argument("words", nargs=-1, required=True, metavar="SENTENCE")
@published_option
@knowledge_option
@click.option(
    "--format", "shape", type=click.Choice(("text", "json", "html")), default="text", show_default=True,
    help="Text for people, JSON for programs, or one self-contained page.",
)  # fmt: skip
def explain(words: tuple[str, ...], published: date | None, knowledge: str | None, shape: str) -> None:
    """Explain how SENTENCE (or a short text; - for standard input) is read and coded, step by step.

    \b
    detente explain "Norway condemned the raid on Monday." --published 2024-05-17

    Its tree, who and when is meant, which words may name an act and which rows of the lexicon were tried
    there, what was decided by which rule, and the records that came out.
    """
    import json

    from detente.intake import make_report
    from detente.pipeline import explain_report
    from detente.views.explain import WIDTH, to_html, to_json, to_text
    from detente.views.knowledge import knowing
    from detente.views.terminal import stdout_console

    text = sys.stdin.read() if words == ("-",) else " ".join(words)
    if len(words) == 1 and "\n" not in text and len(text) < LONGEST_PATH and Path(text).is_file():
        raise click.UsageError(f"«{text}» is a file; its text is explained by: detente explain - < {text}")
    with knowing(knowledge):
        explained = explain_report(make_report(text, published=published))
    if shape == "json":
        click.echo(json.dumps(to_json(explained), ensure_ascii=False, indent=1))
    elif shape == "html":
        click.echo(to_html(explained), nl=False)
    else:
        click.echo(to_text(explained, width=min(WIDTH, stdout_console().width)), nl=False)


@cli.command(short_help="Say how well records agree with a sample coded by hand.")
@click.argument("gold", required=False, metavar="GOLD", type=click.Path(dir_okay=False))
@click.option(
    "--reports", multiple=True, metavar="REPORT",
    help="The reports GOLD was coded from, to be coded now: a file or a folder, again for more.",
)  # fmt: skip
@click.option(
    "--predicted", type=click.Path(dir_okay=False), metavar="FILE",
    help="Records coded before, as JSON lines, to score instead.",
)  # fmt: skip
@click.option(
    "--negatives", type=click.Path(dir_okay=False), metavar="FILE",
    help="Passages from which no event may be coded, as JSON lines.",
)  # fmt: skip
@click.option(
    "--pairs", type=click.Path(dir_okay=False), metavar="FILE.tsv",
    help="Say what a given source does to a given target in each row, instead.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(dir_okay=False, writable=True), metavar="FILE.tsv",
    help="With --pairs: write the answers here.",
)  # fmt: skip
@click.option(
    "--classes", type=click.Choice(("crosswalk", "codebook")), default="crosswalk", show_default=True,
    help="With --pairs: types by the CAMEO crosswalk that literature scores, or as our records bear them.",
)  # fmt: skip
@click.option("--by", type=click.Choice(("type", "field", "report")), help="Break the figures down.")
@published_option
@click.option("--seed", type=int, default=20170704, help="Of the draws behind the intervals.")
@click.option(
    "--format", "shape", type=click.Choice(("table", "json", "markdown")), default="table", show_default=True,
    help="Tables for people, JSON for programs, Markdown for a paper.",
)  # fmt: skip
def evaluate(
    gold: str | None,
    reports: tuple[str, ...],
    predicted: str | None,
    negatives: str | None,
    pairs: str | None,
    out: str | None,
    classes: str,
    by: str | None,
    published: date | None,
    seed: int,
    shape: str,
) -> None:
    """Say how well records agree with GOLD, a sample coded by hand (JSON lines, as `read` prints records).

    \b
    detente evaluate gold.jsonl --reports reports/
    detente evaluate gold.jsonl --predicted coded.jsonl --by type
    detente evaluate --pairs pairs.tsv --out answers.tsv

    Leaves with 1 if a line of GOLD could not be scored: each is named with its reason, the rest counts.
    """
    from detente.views.evaluate import evaluate_pairs, evaluate_records, print_evaluation

    if pairs is not None:
        if gold or reports or predicted or negatives:
            raise click.UsageError("--pairs scores a file of its own: leave GOLD and its options out.")
        evaluate_pairs(pairs, out=out, classes=classes, by=by, shape=shape)
        return
    if gold is None:
        raise click.UsageError("Nothing to score: give GOLD, records coded by hand, or --pairs FILE.tsv.")
    if bool(reports) == bool(predicted):
        raise click.UsageError("Give either --reports, to code them now, or --predicted, coded before.")
    if out is not None:
        raise click.UsageError("--out goes with --pairs; send the figures to a file with > FILE.")
    evaluation, faults = evaluate_records(
        gold, reports=reports, predicted=predicted, negatives=negatives, published=published, seed=seed
    )
    print_evaluation(evaluation, by=by, shape=shape)
    _end(faults)


def _state(words: str) -> str:
    """Return the code of a state by code or name, or say what was expected and what comes near."""
    from difflib import get_close_matches

    from detente.knowledge.states import code_of, states

    code = code_of(words)
    if code is None:
        near = get_close_matches(words.title(), [state.name for state in states().values()], n=2, cutoff=0.7)
        mend = f"did you mean {' or '.join(near)}?" if near else "write a code or a name, as RUS or Russia."
        raise click.BadParameter(f"«{words}» names no state we know; {mend}")
    return code


def _end(rejected: int) -> None:
    """Leave with the status that says whether every report was read."""
    if rejected:
        click.get_current_context().exit(SOME_REJECTED)


def main() -> None:
    """The `detente` command.

    Output is UTF-8 wherever it goes, and a character that UTF-8 cannot hold is written as JSON
    escapes it.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    cli(prog_name="detente")


if __name__ == "__main__":
    main()
