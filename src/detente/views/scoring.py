"""`detente evaluate`: which sample to score against what; the views of each set the figures."""

from __future__ import annotations

from datetime import date

import click

from detente.views.options import end_with, published_option


@click.command(short_help="Say how well records agree with a sample coded by hand.")
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
    from detente.views.evaluate import evaluate_records, print_evaluation
    from detente.views.given_pairs import evaluate_pairs

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
    end_with(faults)


COMMANDS = (evaluate,)
