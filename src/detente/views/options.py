"""What commands share: an archive, days, states, reports and the shape of answers; and how they end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from detente.archive import Archive

F = TypeVar("F", bound=Callable[..., Any])

SOME_REJECTED = 1
SHAPES = ("table", "csv", "jsonl")


def as_day(words: str) -> date:
    """Return the day of an option, written as 2017-07-04."""
    try:
        return date.fromisoformat(words.strip())
    except ValueError as error:
        raise click.BadParameter(f"«{words}» is no day; write it as 2017-07-04.") from error


def as_code(words: str) -> str:
    """Return the code of a state or body by code or name: «Russia» -> RUS; else say what comes near."""
    from difflib import get_close_matches

    from detente.knowledge.states import code_of, states

    code = code_of(words)
    if code is None:
        near = get_close_matches(words.title(), [state.name for state in states().values()], n=2, cutoff=0.7)
        mend = f"did you mean {' or '.join(near)}?" if near else "write a code or a name, as RUS or Russia."
        raise click.BadParameter(f"«{words}» names no state we know; {mend}", param_hint="STATE")
    return code


def as_currency(words: str) -> str:
    """Return the ISO 4217 code of a currency by code or name: «dollars» -> USD."""
    from detente.measures.figures import unit_named

    code = unit_named(words).upper()
    if len(code) != 3 or not code.isalpha():
        raise click.BadParameter(f"«{words}» is no currency we know; write its code, as USD or EUR.")
    return code


def in_order(ctx: click.Context, param: click.Parameter, day: date | None) -> date | None:
    """Return the day, once the window does not end before it begins."""
    other = ctx.params.get("until" if param.name == "since" else "since")
    if day and other and (day > other if param.name == "since" else day < other):
        first, last = (day, other) if param.name == "since" else (other, day)
        raise click.UsageError(f"The window ends on {last}, before it begins on {first}; swap the two days.")
    return day


def as_mapping(words: str) -> dict[str, str]:
    """Return {our field: the user's name for it} of «text=body,published=date»."""
    pairs = [part.partition("=") for part in words.split(",") if part.strip()]
    if not pairs or not all(ours.strip() and theirs.strip() for ours, _, theirs in pairs):
        raise click.BadParameter(
            f"«{words}» is no mapping; write our field, =, your name: text=body,published=date."
        )
    return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}


def know_archive(ctx: click.Context, param: click.Parameter, archive: str) -> str:
    """Read with what the archive's own folder `knowledge/` adds, as long as the command runs.

    A command with --knowledge sees to it by itself.
    """
    if (Path(archive) / "knowledge").is_dir() and all(p.name != "knowledge" for p in ctx.command.params):
        from detente.views.knowledge import knowing

        ctx.with_resource(knowing(archive=archive))
    return archive


archive_argument = click.argument(
    "archive", metavar="ARCHIVE", type=click.Path(file_okay=False), callback=know_archive
)
published_option = click.option(
    "--published",
    type=as_day,
    metavar="DATE",
    help="The day the reports appeared, for those that do not say.",
)
map_option = click.option(
    "--map",
    "mapping",
    type=as_mapping,
    metavar="text=body,…",
    help="Your names for our fields, in JSON lines and CSV.",
)
knowledge_option = click.option(
    "--knowledge",
    type=click.Path(file_okay=False),
    metavar="FOLDER",
    help="Names and acts of your own, beside ours; else the folder DETENTE_KNOWLEDGE names.",
)
since_option = click.option(
    "--since", type=as_day, metavar="DATE", callback=in_order,
    help="First day of the window.",
)  # fmt: skip
until_option = click.option(
    "--until", type=as_day, metavar="DATE", callback=in_order,
    help="Last day of the window.",
)  # fmt: skip
shape_option = click.option(
    "--format", "shape", type=click.Choice(SHAPES), default="table", show_default=True,
    help="A table for people, flat CSV, or one JSON object a line.",
)  # fmt: skip


def another(ctx: click.Context, param: click.Parameter, code: str | None) -> str | None:
    """Return the second code of a pair, once it is not the first again."""
    if code and code == ctx.params.get("first"):
        from detente.knowledge.states import name_of

        raise click.UsageError(
            f"{name_of(code)} ({code}) was given twice, and a pair needs two: name another state beside it."
        )
    return code


def as_picture(ctx: click.Context, param: click.Parameter, path: str | None) -> str | None:
    """Return the path of a picture that can be drawn there, so that no answer is waited for in vain."""
    from detente.views.picture import SUFFIXES

    if path and Path(path).suffix not in SUFFIXES:
        raise click.BadParameter(f"{path} ends in neither .svg nor .png: name a picture so.")
    if path and not Path(path).absolute().parent.is_dir():
        raise click.BadParameter(f"{Path(path).parent} is no folder: make it, or name another place.")
    return path


first_state = click.argument("first", metavar="[STATE", required=False, type=as_code)
second_state = click.argument("second", metavar="STATE]", required=False, type=as_code, callback=another)
picture_option = click.option(
    "--picture", type=click.Path(dir_okay=False), metavar="FILE.svg", callback=as_picture,
    help="Also draw it, as .svg or .png.",
)  # fmt: skip


def two_states(command: F) -> F:
    """Give a command two states, one not the other."""
    first = click.argument("first", metavar="STATE", type=as_code)
    second = click.argument("second", metavar="STATE", type=as_code, callback=another)
    return first(second(command))


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Remember how the archive is to be seen; `open_archive` reads it, and no command has to pass it on."""
    ctx.meta[f"detente.{param.name}"] = value


as_of_option = click.option(
    "--as-of", "as_of", type=as_day, metavar="DATE", callback=_keep, expose_value=False,
    help="Answer as the archive knew it at the end of that day (UTC).",
)  # fmt: skip
reviews_option = click.option(
    "--reviews", type=click.Choice(("use", "ignore")), default="use", show_default=True, callback=_keep,
    expose_value=False, help="Leave out what reviewers rejected and use corrections, or ignore both.",
)  # fmt: skip


def as_known(command: F) -> F:
    """Give a command that reads an archive --as-of and --reviews; it opens it with `open_archive`."""
    return as_of_option(reviews_option(command))


def open_archive(path: str) -> Archive:
    """Return the archive as --as-of and --reviews of the command that runs ask for it."""
    from detente.archive import Archive

    meta = click.get_current_context().meta
    return Archive(path, as_of=meta.get("detente.as_of"), reviews=meta.get("detente.reviews") or "use")


def window_and_shape(command: F) -> F:
    """Give a command --since, --until and --format."""
    return since_option(until_option(shape_option(command)))


def end_with(rejected: int) -> None:
    """Leave with the status that says whether every report was read."""
    if rejected:
        click.get_current_context().exit(SOME_REJECTED)
