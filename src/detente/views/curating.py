"""The commands that look after an archive: review, reviews, release, diff, bundle, search, recode, check.

Only the questions stand here; the archive does the work. Nothing heavy is imported before a command runs.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from detente.views.options import (
    archive_argument,
    as_code,
    as_known,
    open_archive,
    reviews_option,
    shape_option,
    since_option,
    until_option,
)

DIFFERENT = 1  # diff found differences; check found faults that stand
VERDICTS = ("accept", "reject", "correct", "comment", "undo")


@click.command(short_help="Accept, reject, correct or comment on a record or an act.")
@archive_argument
@click.argument("record", metavar="ID")
@click.argument("verdict", type=click.Choice(VERDICTS))
@click.argument("changes", nargs=-1, metavar="[FIELD=VALUE]…")
@click.option("--by", required=True, metavar="NAME", help="Who signs the review.")
@click.option("--reason", required=True, metavar="WORDS", help="Why.")
def review(archive: str, record: str, verdict: Any, changes: tuple[str, ...], by: str, reason: str) -> None:
    """Say of the record or act ID that it holds, does not, or should say something else.

    \b
    detente review crisis 3f9a21 accept --by "Ane Vik" --reason "read the report"
    detente review crisis 3f9a21 correct status=planned date=2021-03-09 --by …
    detente review crisis 3f9a21 undo --by "Ane Vik" --reason "the second report settles it"

    A review is one more row, signed and dated: nothing that was is changed, and undo is a row too. With undo
    ID may be that of a review.
    """
    from detente.archive import Archive
    from detente.views.reviewed import tell_review

    with Archive(archive) as opened:
        tell_review(opened.review(record, verdict, changes, by=by, reason=reason))


@click.command(short_help="List reviews, or write what was reviewed as gold.")
@archive_argument
@click.argument("record", metavar="[ID]", required=False)
@as_known
@click.option(
    "--format", "shape", type=click.Choice(("table", "csv", "jsonl", "gold", "negatives", "training")),
    default="table", show_default=True,
    help="The history; reviewed records as gold, rejected passages as negatives, for `detente evaluate`; "
    "or both sides of each review as training examples.",
)  # fmt: skip
def reviews(archive: str, record: str | None, shape: str) -> None:
    """List the reviews of ARCHIVE, or of one record or act, in the order they were made."""
    from detente.views.reviewed import print_examples, print_reviews

    with open_archive(archive) as opened:
        if shape in ("gold", "negatives", "training"):
            print_examples(opened, shape)
        else:
            print_reviews(opened, record, shape)


@click.command(short_help="Freeze the archive under a name that can be cited.")
@archive_argument
@click.argument("name", required=False, metavar="[NAME]")
@reviews_option
def release(archive: str, name: str | None) -> None:
    """Freeze ids, values, reviews, rules, model, knowledge and counts as NAME; without it, list releases.

    Nothing changes a release any more: reports added later, other rules and later reviews leave it as it is.
    """
    from detente.views.released import print_releases, tell_release

    with open_archive(archive) as opened:
        if name is None:
            print_releases(opened.releases())
        else:
            tell_release(opened.release(name))


@click.command(short_help="Say what differs between two releases, and why.")
@archive_argument
@click.argument("old", metavar="RELEASE")
@click.argument("new", metavar="[RELEASE]", required=False, default="now")
@click.option("--only", type=click.Choice(("report", "record", "act")), help="Only rows of this family.")
@shape_option
def diff(archive: str, old: str, new: str, only: str | None, shape: str) -> None:
    """Say which reports, records and acts came, went and changed from one release to another, or to now.

    Each has its cause: a new report, new rules, a review, or that it was told again.
    """
    from detente.views.released import print_differences

    with open_archive(archive) as opened:
        found = [d for d in opened.differences(old, new) if only in (None, d.family)]
        print_differences(found, old, new, shape)


@click.command(short_help="Write a release as a folder fit to be deposited.")
@archive_argument
@click.argument("name", metavar="RELEASE")
@click.option(
    "--out", required=True, type=click.Path(file_okay=False), metavar="FOLDER", help="A new folder."
)
@click.option("--title", metavar="WORDS", help="What the data set is called.")
@click.option("--author", "authors", multiple=True, metavar="NAME", help="Who made it; again for more.")
@click.option("--license", "licence", metavar="SPDX", help="Its licence, as CC-BY-4.0.")
@click.option(
    "--no-quotes", is_flag=True, help="Leave out the quoted words, where they may not be passed on."
)
def bundle(
    archive: str, name: str, out: str, title: str | None, authors: tuple[str, ...], licence: str | None,
    no_quotes: bool,
) -> None:  # fmt: skip
    """Write RELEASE as Parquet and CSV with codebook, README, CITATION.cff and checksums.

    `sha256sum -c checksums.sha256` in the folder says whether it is whole.
    """
    from detente.exchange.bundle import write_bundle
    from detente.views.terminal import say

    with open_archive(archive) as opened:
        files = write_bundle(
            opened, name, out, title=title, authors=authors, licence=licence, quotes=not no_quotes
        )
    say(f"Wrote {len(files)} files to {out}.")


@click.command(short_help="Find words in quotes and reports.")
@archive_argument
@click.argument("words", nargs=-1, required=True, metavar="WORDS")
@as_known
@click.option("--actor", "actors", multiple=True, type=as_code, metavar="STATE",
              help="Records that name this state or body; again for more.")  # fmt: skip
@click.option("--type", "type_", metavar="TYPE", help="Records of this PLOVER type: CONSULT, AGREE.")
@click.option("--status", metavar="STATUS", help="Records of this status: happened, planned, denied.")
@click.option("--issue", metavar="ID", help="Records on this issue.")
@since_option
@until_option
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many passages.")
@shape_option
def search(
    archive: str, words: tuple[str, ...], actors: tuple[str, ...], type_: str | None, status: str | None,
    issue: str | None, since: date | None, until: date | None, limit: int, shape: str,
) -> None:  # fmt: skip
    """Find passages that hold all WORDS: quotes of records first, then whole reports.

    \b
    detente search crisis fish* quota --actor Norway --since 2021-01-01
    detente search crisis '"joint statement"' -- -trade
    """
    from detente.views.found import print_hits

    with open_archive(archive) as opened:
        hits = opened.search(
            " ".join(words), actors=actors, type=type_, status=status, issue=issue, since=since, until=until,
            limit=limit,
        )  # fmt: skip
        print_hits(hits, shape, limit)


@click.command(short_help="Code the archive's reports anew with today's rules.")
@archive_argument
@click.option("--knowledge", type=click.Path(file_okay=False), metavar="FOLDER",
              help="Names and acts of your own, beside ours; else ARCHIVE/knowledge.")  # fmt: skip
def recode(archive: str, knowledge: str | None) -> None:
    """Code every report of ARCHIVE anew; what is coded otherwise takes the place of what was.

    What was stays in the ledger: releases, and --as-of an earlier day, still show it.
    """
    from detente.views.knowledge import knowing
    from detente.views.recoding import recode_reports

    with knowing(knowledge, archive=archive) as known:
        failed = recode_reports(archive)
    if failed or known.faults:
        click.get_current_context().exit(DIFFERENT)


@click.command(short_help="Check that an archive is whole, and repair what is derived.")
@archive_argument
@click.option("--repair", is_flag=True, help="Make anew what is derived: acts, index, columns.")
@click.option("--quick", is_flag=True, help="Do not compare the columns row by row with the ledger.")
def check(archive: str, repair: bool, quick: bool) -> None:
    """Check hashes of reports and releases, offsets of quotes, and all that is derived against its source.

    Leaves with 1 if a fault stands. Reports, records, reviews and releases are never repaired, only told of.
    """
    from detente.archive import Archive
    from detente.views.found import print_faults

    with Archive(archive) as opened:
        standing = print_faults(opened.check(repair=repair, quick=quick), archive, repair=repair)
    if standing:
        click.get_current_context().exit(DIFFERENT)


COMMANDS = (review, reviews, release, diff, bundle, search, recode, check)
