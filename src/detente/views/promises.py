"""Promises on the terminal and as data: what was announced, what would keep it, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from detente.views.answering import flat_quote, print_blocks, print_flat, set_told
from detente.views.terminal import say
from detente.views.wording import say_count, say_date

if TYPE_CHECKING:
    from rich.text import Text

    from detente.measures.lines import PromiseLine, Quote

STATES = ("kept", "changed", "lapsed", "open")
STYLES = {"kept": "bold green", "changed": "bold yellow", "lapsed": "bold red", "open": "bold"}
COLUMNS = (
    "act", "state", "parties", "type", "mode", "opens", "due", "awaits", "reason",
    "quote", "speaker", "report", "outlet", "published", "record",
    "then_quote", "then_speaker", "then_report", "then_outlet", "then_published", "then_record",
)  # fmt: skip


def print_promises(found: Sequence[PromiseLine], judged: date | None, shape: str) -> None:
    """Print promises, the latest due first, the undated last."""
    if shape != "table":
        print_flat(map(flatten, found), COLUMNS, shape)
        return
    print_blocks((p.state, _set(p)) for p in found)
    counts = ", ".join(f"{n} {s}" for s in STATES if (n := sum(p.state == s for p in found)))
    as_of = f" as of {say_date(judged)}" if judged else ""
    say(f"{say_count(len(found), 'promise')}{as_of}: {counts}." if found else f"No such promise{as_of}.")


def flatten(p: PromiseLine) -> dict[str, Any]:
    """Return a promise as flat columns; `then_…` is what kept, changed or ended it."""
    names = ("act", "state", "parties", "type", "mode", "opens", "due", "awaits", "reason")
    own = {name: getattr(p, name) for name in names}
    return own | flat_quote(p.planned) | flat_quote(_answer(p)[1], "then_")


def _answer(p: PromiseLine) -> tuple[str, Quote | None]:
    said = {"kept": "and then", "changed": "changed", "lapsed": "called off"}.get(p.state, "")
    return said, p.kept or p.changed or p.called_off


def _set(p: PromiseLine) -> list[Text]:
    from rich.text import Text

    kind = f"{p.type}/{p.mode}" if p.mode else p.type
    due = f" · due {say_date(p.due)}" if p.due else " · no date was given"
    head = Text.assemble((", ".join(p.parties), STYLES[p.state]), f" · {kind}{due}")
    body = [head, *set_told(p.planned)]
    said, answer = _answer(p)
    if answer:
        body += [Text(said, style="italic"), *set_told(answer)]
    elif p.state == "open":
        days = f", {say_date(p.opens)} to {say_date(p.due)}" if p.opens and p.due else ""
        body.append(Text(f"would be kept by {' or '.join(p.awaits)} of the same parties{days}", style="dim"))
    else:
        body.append(Text(p.reason, style="dim"))
    return body
