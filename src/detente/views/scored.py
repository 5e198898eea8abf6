"""Scores as tables for people or Markdown for a paper, and the lines of a file that could not be scored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.evaluation.gold import BadLine
from detente.views.terminal import say, stdout_console, write

Table = tuple[str, Sequence[str], list[list[str]]]  # title, columns, rows
SHOWN_FAULTS = 10  # lines named one by one; the rest are counted


def tell_bad(path: str, bad: Sequence[BadLine]) -> None:
    """Say which lines could not be used, and why."""
    for line in bad[:SHOWN_FAULTS]:
        say(f"{path}, line {line.line}: {line.reason}", style="yellow")
    if len(bad) > SHOWN_FAULTS:
        say(f"{path}: and {len(bad) - SHOWN_FAULTS} lines more.", style="yellow")


def say_score(value: float | None) -> str:
    """Return a score as people read it: «0.857»; "" where none can be taken."""
    return "" if value is None else f"{value:.3f}"


def round_score(value: float | None) -> float | None:
    """Return a score as programs read it, to four places; None where none can be taken."""
    return None if value is None else round(value, 4)


def print_tables(tables: Sequence[Table], shape: str) -> None:
    """Print tables for people, or as Markdown."""
    if shape == "markdown":
        for title, columns, rows in tables:
            write(f"**{title}**\n")
            write("| " + " | ".join(columns) + " |")
            write("|" + "---|" * len(columns))
            for row in rows:
                write("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |")
            write("")
        return
    console = stdout_console()
    for n, table in enumerate(tables):
        if n:
            console.print()
        for line, style in _lay_out(table, console.width):
            console.print(line, style=style, soft_wrap=True)


def _lay_out(table: Table, width: int) -> Iterator[tuple[str, str]]:
    """Yield lines with their styles: numbers stand to the right, a last column of words is wrapped."""
    from textwrap import wrap

    title, columns, rows = table
    widths = [max(len(line[i]) for line in (columns, *rows)) for i in range(len(columns))]
    gap = " " if len(columns) > 10 else "  "
    last = len(columns) - 1
    wordy = not all(_is_number(row[last]) for row in rows)
    indent = sum(widths[:last]) + len(gap) * last
    room = max(16, width - indent)
    yield title, "bold"
    for n, cells in enumerate((columns, *rows)):
        ends = wrap(cells[last], room) if wordy else [cells[last].rjust(widths[last])]
        front = [
            c.ljust(w) if i == 0 else c.rjust(w)
            for i, (c, w) in enumerate(zip(cells[:last], widths, strict=False))
        ]
        yield gap.join([*front, ends[0] if ends else ""]).rstrip(), "" if n else "dim"
        yield from ((" " * indent + more, "") for more in ends[1:])


def _is_number(cell: str) -> bool:
    return cell.replace(".", "").replace("-", "").replace("·", "0").isdigit() or not cell
