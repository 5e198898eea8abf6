"""The stance table on the terminal and as data: issue by issue who stands where, and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from detente.views.answering import flat_quote, print_blocks, print_flat, set_told
from detente.views.blocks import set_flush
from detente.views.terminal import say, stdout_console
from detente.views.wording import say_count, say_date

if TYPE_CHECKING:
    from rich.text import Text

    from detente.measures.standing import Standing, Telling

COLUMNS = (
    "issue", "name", "code", "actor", "stance", "conditional", "date", "status", "tellings", "unsettled",
    "changes", "speaks_for", "quote", "speaker", "report", "outlet", "published", "record",
    "before", "before_date", "before_quote", "before_record",
)  # fmt: skip


def print_standings(standings: Sequence[Standing], shape: str) -> None:
    """Print where actors stand, the newest issue first; of a change both sides with their quotes."""
    if shape != "table":
        print_flat(map(flatten, standings), COLUMNS, shape)
        return
    if not standings:
        say("No position lies in this window.")
    console = stdout_console()
    for n, (issue, name, group) in enumerate(_by_issue(standings)):
        from rich.text import Text

        if n:
            console.print()
        console.print(set_flush(Text.assemble((name, "bold underline"), (f"  {issue}", "dim"))))
        console.print()
        print_blocks((s.code, _set(s)) for s in group)


def flatten(s: Standing) -> dict[str, Any]:
    """Return a standing as flat columns; the last change's earlier side as `before`."""
    change = s.changes[-1] if s.changes else None
    before: dict[str, Any] = {
        "before": change.before.stance if change else None,
        "before_date": change.before.date if change else None,
        "before_quote": change.before.quote.quote if change else None,
        "before_record": change.before.quote.record if change else None,
    }
    own = {
        "issue": s.issue, "name": s.name, "code": s.code, "actor": s.actor, "stance": s.stance,
        "conditional": s.conditional, "date": s.date, "status": s.newest.status,
        "tellings": len(s.tellings), "unsettled": s.unsettled, "changes": len(s.changes),
        "speaks_for": s.newest.speaks_for,
    }  # fmt: skip
    return own | flat_quote(s.newest.quote) | before


def _by_issue(standings: Iterable[Standing]) -> Iterator[tuple[str, str, list[Standing]]]:
    groups: dict[str, list[Standing]] = {}
    for s in standings:
        groups.setdefault(s.issue, []).append(s)
    for issue, group in groups.items():
        yield issue, group[0].name, group


def _set(s: Standing) -> list[Text]:
    from rich.text import Text

    head = Text.assemble(f"{s.actor}: ", (_say(s.newest), "bold magenta"))
    if s.unsettled:
        head.append(" · other words of that day differ", "yellow")
    if len(s.tellings) > 1:
        head.append(f" · {say_count(len(s.tellings), 'telling')}", "dim")
    body = [head, *set_told(s.newest.quote)]
    for change in reversed(s.changes):
        day = f" on {say_date(change.before.date)}" if change.before.date else ""
        to = "" if change.after is s.newest else f" → {change.after.stance}"
        body.append(Text(f"changed: {_say(change.before)}{day}{to}", style="yellow"))
        body.extend(set_told(change.before.quote))
        if change.after is not s.newest:
            body.extend(set_told(change.after.quote))
    return body


def _say(telling: Telling) -> str:
    words = f"{telling.stance}, on a condition" if telling.conditional else telling.stance
    return f"{words} (so others say)" if telling.status == "claimed" else words
