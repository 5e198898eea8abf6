"""The matrix of who agrees with whom, ordered by blocs: on the terminal and as data."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from detente.views.answering import print_flat
from detente.views.blocks import set_flush
from detente.views.lines import say_share, state_name
from detente.views.terminal import say, stdout_console
from detente.views.wording import say_count

if TYPE_CHECKING:
    from rich.text import Text

    from detente.measures.blocs import Blocs, Member

COLUMNS = (
    "code", "name", "bloc", "silhouette", "stability", "known", "blocs", "mean_silhouette", "is_weak",
    "records",
)  # fmt: skip
CELL = 4  # columns of a cell: a code and a blank
HEAD = 6  # columns of a row's head
_STYLES = ((0.75, "cyan"), (0.5, "default"), (0.0, "yellow"))


def print_blocs(found: Blocs, shape: str) -> None:
    """Print the blocs and the matrix for people, or a row a state as data (`agreement` has the cells)."""
    if shape != "table":
        print_flat((flatten(member, found) for member in found.members), COLUMNS, shape)
        return
    console = stdout_console()
    console.print(set_flush(*_set_blocs(found)))
    console.print()
    for line in _set_matrix(found, console.width):
        console.print(line)
    if found.left_out:
        lack = f"{found.least} issues shared with half of the others"
        say(f"Left out, for want of {lack}: {_some(found.left_out)}.")


def flatten(member: Member, found: Blocs) -> dict[str, Any]:
    """Return a state in its bloc as flat columns."""
    return {
        "code": member.code, "name": state_name(member.code), "bloc": member.bloc,
        "silhouette": member.silhouette, "stability": member.stability, "known": member.known,
        "blocs": found.count, "mean_silhouette": found.silhouette, "is_weak": found.is_weak,
        "records": member.records,
    }  # fmt: skip


def say_structure(found: Blocs) -> str:
    """Return what the cut says: «3 blocs, mean silhouette 0.31», or that none stand out."""
    cells = f"{say_count(len(found.cells), 'pair')} of {say_count(len(found.members), 'state')} known"
    share = f"{say_share(found.mean)} of all shared issues agreed"
    if found.count == 1:
        return f"No blocs stand out: every cut leaves states alone; {cells}; {share}."
    words = f"{say_count(found.count, 'bloc')}, mean silhouette {found.silhouette:.2f}"
    weak = " (no substantial structure: an order of rows, not blocs)" if found.is_weak else ""
    return f"{words}{weak}; {cells}; {share}."


def _some(codes: tuple[str, ...], most: int = 20) -> str:
    more = f" and {len(codes) - most} more" if len(codes) > most else ""
    return ", ".join(codes[:most]) + more


def _set_blocs(found: Blocs) -> Iterator[Text]:
    from rich.text import Text

    yield Text(say_structure(found), style="bold")
    if found.count == 1:
        return
    for bloc, group in groupby(found.members, lambda m: m.bloc):
        members = list(group)
        steady = sum(m.stability for m in members) / len(members)
        word = "alone" if len(members) == 1 else "together"
        yield Text(
            f"{bloc}: {', '.join(m.code for m in members)} · {word} in {say_share(steady)} of draws of issues"
        )


def _set_matrix(found: Blocs, width: int) -> Iterator[Text]:
    """Yield the matrix in parts as wide as the terminal: share agreed in percent, «·» where not known."""
    from rich.text import Text

    room = max(4, (width - HEAD) // CELL)
    for start in range(0, len(found.members), room):
        columns = found.members[start : start + room]
        if start:
            yield Text("")
        yield Text(" " * HEAD + "".join(f"{m.code:>{CELL}}" for m in columns), style="dim")
        for n, row in enumerate(found.members):
            if n and found.members[n - 1].bloc != row.bloc:
                yield Text(" " * HEAD + "─" * CELL * len(columns), style="dim")
            line = Text(f"{row.code:<{HEAD}}", style="bold")
            for column in columns:
                line.append_text(_set_cell(found, row, column))
            yield line
    yield Text(f"percent of shared issues agreed; · fewer than {found.least} shared", style="dim")


def _set_cell(found: Blocs, row: Member, column: Member) -> Text:
    from rich.text import Text

    if row.code == column.code:
        return Text(f"{'■':>{CELL}}", style="dim")
    cell = found.cell(row.code, column.code)
    if cell is None or cell.share is None:
        return Text(f"{'·':>{CELL}}", style="dim")
    style = next(style for least, style in _STYLES if cell.share >= least)
    return Text(f"{100 * cell.share:>{CELL}.0f}", style=style)
