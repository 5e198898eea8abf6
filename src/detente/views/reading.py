"""The commands that reports go into: read, add, analyze, explain.

Heavy parts load inside the commands, so that --help answers at once.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from detente.views.options import archive_argument, end_with, knowledge_option, map_option, published_option

LONGEST_PATH = 255  # characters of SENTENCE that may be a file's name


@click.command(short_help="Code reports and print their records.")
@click.argument("reports", nargs=-1, required=True, metavar="REPORT…")
@published_option
@map_option
@knowledge_option
@click.option("--doubts", is_flag=True, help="Also where a report contradicts itself (table and jsonl).")
@click.option(
    "--format", "shape", type=click.Choice(("table", "jsonl", "csv")), default="table", show_default=True,
    help="A table for people, the record contract as JSON lines, or flat CSV.",
)  # fmt: skip
def read(
    reports: tuple[str, ...],
    published: date | None,
    mapping: dict[str, str] | None,
    knowledge: str | None,
    doubts: bool,
    shape: str,
) -> None:
    """Code reports and print their records.

    A REPORT is a file, a folder, or - for standard input.
    """
    from detente.intake import read_reports
    from detente.pipeline import code_reports
    from detente.views.doubts import with_doubts
    from detente.views.knowledge import knowing
    from detente.views.printing import PRINTERS
    from detente.views.terminal import watch

    if doubts and shape == "csv":
        raise click.UsageError("A row of the CSV is a record and no finding: use --format jsonl or table.")
    items = read_reports(reports, published=published, mapping=mapping)
    with knowing(knowledge) as known:
        coded = watch(code_reports(items), "Reading", wanted=not sys.stdout.isatty())
        rejected = PRINTERS[shape](with_doubts(coded) if doubts else coded)
    end_with(rejected + len(known.faults))


@click.command(short_help="Code reports and keep them in an archive.")
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
    end_with(rejected + len(known.faults))


@click.command(short_help="Print sentences, words, tree and names of a text.")
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
    end_with(rejected)


@click.command(short_help="Explain how a sentence is read and coded, step by step.")
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


COMMANDS = (read, add, analyze, explain)
