"""Figures on the terminal and as data: those that tell one thing differently together, all with quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from detente.views import lines
from detente.views.answering import flat_quote, print_blocks, print_flat, set_told
from detente.views.terminal import say
from detente.views.wording import say_count

if TYPE_CHECKING:
    from rich.text import Text

    from detente.measures.lines import FigureLine

COLUMNS = (
    "what", "value", "value_high", "op", "unit", "parties", "period_start", "period_end", "of", "status",
    "conflict", "differ_in", "quote", "speaker", "report", "outlet", "published", "record",
)  # fmt: skip


def print_figures(found: Sequence[FigureLine], shape: str) -> None:
    """Print figures, newest period first; lines of one conflict set share its name in `conflict`."""
    if shape != "table":
        print_flat(map(flatten, found), COLUMNS, shape)
        return
    print_blocks(_blocks(found))
    sets = len({line.conflict for line in found if line.conflict})
    odd = f", {say_count(sets, 'set')} of them at odds" if sets else ""
    say(f"{say_count(len(found), 'figure')}{odd}." if found else "No such figure lies in this window.")


def flatten(line: FigureLine) -> dict[str, Any]:
    """Return a figure as flat columns; a range has its high end in `value_high`."""
    low, high = line.value if isinstance(line.value, tuple) else (line.value, None)
    names = ("what", "op", "unit", "parties", "period_start", "period_end", "of", "status", "conflict")
    own = {name: getattr(line, name) for name in names}
    return flat_quote(line.quote) | own | {"value": low, "value_high": high, "differ_in": line.differ_in}


def _blocks(found: Sequence[FigureLine]) -> Iterator[tuple[str, list[Text]]]:
    for group in lines.group_conflicts(found):
        first = group[0]
        period = next((line for line in group if line.period_start or line.period_end), first)
        yield lines.say_span(period.period_start, period.period_end), _set(group)


def _set(group: Sequence[FigureLine]) -> list[Text]:
    from rich.text import Text

    first = group[0]
    whose = ", ".join(first.parties)
    names = dict.fromkeys(line.what or "unnamed figure" for line in group)
    head = Text(" · ".join(part for part in (" / ".join(names), whose) if part))
    if len(group) > 1:
        at_odds = "say it is so and that it will be" if first.differ_in == "status" else "disagree"
        head.append(f"  ≠ {len(group)} tellings {at_odds}", "bold yellow")
    body = [head]
    for line in group:
        status = "" if line.status == "happened" else f" · {line.status}"
        body.append(Text.assemble((lines.say_figure(line), "bold green"), (status, "dim")))
        body.extend(set_told(line.quote))
    return body
