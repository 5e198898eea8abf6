"""Rates of promises on the terminal and as data: how often kept, how late, by parties and kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.views.answering import print_blocks, print_flat
from detente.views.terminal import say
from detente.views.wording import say_count, say_date

if TYPE_CHECKING:
    from detente.measures.promise_rates import PromiseRate, PromiseRates

COLUMNS = (
    "parties", "kind", "due", "kept", "changed", "lapsed", "open", "kept_share", "low", "high", "delay",
    "delays", "acts", "deeds",
)  # fmt: skip


def print_rates(rates: PromiseRates, shape: str) -> None:
    """Print the rates, all promises first; what they leave out is said below."""
    if shape != "table":
        print_flat(map(flatten, rates.lines), COLUMNS, shape)
    else:
        print_blocks((line.parties, _set(line)) for line in rates.lines)
    as_of = f" by {say_date(rates.as_of)}" if rates.as_of else ""
    due = rates.lines[0].due if rates.lines else 0
    say(
        f"{say_count(due, 'promise')} due{as_of}; left out: {rates.not_due} not due yet, "
        f"{rates.undated} without a day."
    )


def flatten(line: PromiseRate) -> dict[str, Any]:
    """Return a rate as flat columns; `acts` are the promises, `deeds` what kept them."""
    return {name: getattr(line, name) for name in COLUMNS}


def _set(line: PromiseRate) -> list[Any]:
    from rich.text import Text

    kind = "all kinds" if line.kind == "all" else line.kind
    states = ", ".join(
        f"{n} {state}" for state in ("kept", "changed", "lapsed", "open") if (n := getattr(line, state))
    )
    shares = [100 * (share or 0) for share in (line.kept_share, line.low, line.high)]
    share = "{:.0f} % (95 % interval {:.0f} to {:.0f} %)".format(*shares)
    return [
        Text(f"{kind}: kept {share} of {line.due} due", style="bold"),
        Text(f"{states}{_say_delay(line)}"),
        Text(
            "promises " + ";".join(act[:8] for act in line.acts[:6]) + (";…" if line.due > 6 else ""),
            style="dim",
        ),
    ]


def _say_delay(line: PromiseRate) -> str:
    if line.delay is None:
        return ""
    size = f"{abs(line.delay):g} day{'' if abs(line.delay) == 1 else 's'}"
    when = (
        "on the last day planned"
        if not line.delay
        else f"{size} {'after' if line.delay > 0 else 'before'} the last day planned"
    )
    return f"; deeds, on the median, {when}"
