"""`detente knowledge`: begin, check and import names and acts of one's own. Heavy parts load inside."""

from __future__ import annotations

from typing import Literal

import click

FAULTY = 1
KINDS = (
    "hos hog leader fm dm finance trade security spokes envoy military legislature opposition rebel chief "
    "vice hog-deputy fm-deputy spy official party aide nuclear subnational"
).split()


@click.group(short_help="Add names and acts of your own: begin, check, import.")
def knowledge() -> None:
    """Add names and acts of your own, without code.

    A folder of plain tables, read beside ours where ARCHIVE/knowledge, --knowledge or
    DETENTE_KNOWLEDGE names it.

    \b
    detente knowledge new crisis/knowledge
    detente knowledge check crisis/knowledge
    """


@knowledge.command(short_help="Write an empty set of tables that explain themselves.")
@click.argument("folder", metavar="FOLDER", type=click.Path(file_okay=False))
def new(folder: str) -> None:
    """Write an empty set of tables to FOLDER, each with what it is for and an example.

    A new leader is then one line in people.csv. Files you need not can be deleted.
    """
    from detente.views.knowledge import write_new

    write_new(folder)


@knowledge.command(short_help="Say what is wrong with your tables, and what looks wrong.")
@click.argument("folder", metavar="FOLDER", type=click.Path(file_okay=False))
def check(folder: str) -> None:
    """Print what is wrong in FOLDER (error) and what looks wrong (warning), with file and line.

    A file with an error is left out when reports are read; a warning changes nothing. Leaves with 0
    where no error is found, else with 1.
    """
    from detente.views.knowledge import check_folder

    if check_folder(folder):
        click.get_current_context().exit(FAULTY)


@knowledge.command("import", short_help="Turn other people's dictionaries into tables.")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(dir_okay=False))
@click.option(
    "--from", "source", type=click.Choice(("petrarch", "officeholders")), required=True,
    help="What the files are: PETRARCH or CAMEO actors and agents, or one CSV of office holders.",
)  # fmt: skip
@click.option("--to", "folder", required=True, type=click.Path(file_okay=False), metavar="FOLDER",
              help="Where the tables go; none is written over.")  # fmt: skip
@click.option(
    "--kind", type=click.Choice(KINDS), help="officeholders: what people are, if no column says so."
)
@click.option(
    "--dates", "order", type=click.Choice(("dmy", "mdy")), help="officeholders: how 03/04/2017 is read."
)
@click.option("--columns", metavar="name=Leader,…", help="officeholders: your names for our columns.")
def import_(
    files: tuple[str, ...],
    source: str,
    folder: str,
    kind: str | None,
    order: Literal["dmy", "mdy"] | None,
    columns: str | None,
) -> None:
    """Turn FILEs into tables in FOLDER, and print what was skipped, by line, with why.

    Dates are kept: a restriction of a dictionary becomes a term of office.
    """
    from detente.views.knowledge import import_office_holders, import_petrarch

    if source == "petrarch":
        if kind or order or columns:
            raise click.UsageError("--kind, --dates and --columns go with --from officeholders.")
        import_petrarch(files, folder)
        return
    if len(files) > 1:
        raise click.UsageError(f"one CSV of office holders at a time, and {len(files)} are named.")
    pairs = [part.partition("=") for part in (columns or "").split(",") if part.strip()]
    if not all(ours.strip() and theirs.strip() for ours, _, theirs in pairs):
        raise click.UsageError(
            f"«{columns}» is no mapping; write our column, =, yours: name=Leader,first=Begin."
        )
    mapping = {ours.strip(): theirs.strip() for ours, _, theirs in pairs}
    import_office_holders(files[0], folder, kind=kind, order=order, mapping=mapping)
