"""The commands by which a reviewer says which tellings are one act: join, split, relink."""

from __future__ import annotations

import click

from detente.views.options import archive_argument

signed_by = click.option("--by", required=True, metavar="NAME", help="Who says so.")
with_reason = click.option("--reason", required=True, metavar="WORDS", help="Why.")


@click.command(short_help="Say that two acts are one.")
@archive_argument
@click.argument("act")
@click.argument("other")
@signed_by
@with_reason
def join(archive: str, act: str, other: str, by: str, reason: str) -> None:
    """Count the acts ACT and OTHER once. Ids, or unique starts of them, stand in `detente dyad` and `show`.

    One more signed and dated row: the reports stay as they are, and `detente relink` takes it back.
    """
    from detente.archive import Archive
    from detente.views.terminal import say

    with Archive(archive) as opened:
        now = opened.join(act, other, by=by, reason=reason)
        say(f"{now}: one act, told by {opened.act(now)['n_records']} records.")


@click.command(short_help="Say that records tell an act of their own.")
@archive_argument
@click.argument("act")
@click.argument("records", nargs=-1, required=True, metavar="RECORD…")
@signed_by
@with_reason
def split(archive: str, act: str, records: tuple[str, ...], by: str, reason: str) -> None:
    """Take RECORDs out of ACT: they tell another act. The rules will not put them together again."""
    from detente.archive import Archive
    from detente.views.terminal import say

    with Archive(archive) as opened:
        stays = opened.split(act, records, by=by, reason=reason)
        taken = opened.record(records[0])[0]["act"]
        say(f"{stays} keeps {opened.act(stays)['n_records']} records; {taken} is an act of its own.")


@click.command(short_help="Take back what was joined or split.")
@archive_argument
@click.argument("act")
@signed_by
@with_reason
def relink(archive: str, act: str, by: str, reason: str) -> None:
    """Take back every join and split of ACT's records: the rules decide again."""
    from detente.archive import Archive
    from detente.views.terminal import say

    with Archive(archive) as opened:
        now = opened.undo_linking(act, by=by, reason=reason)
        say(f"{now}: told by {opened.act(now)['n_records']} records, as the rules have it.")


COMMANDS = (join, split, relink)
