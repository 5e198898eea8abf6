"""Who said what, on the terminal and as data: the newest first, each with its day, its way and its report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from detente.views.answering import flat_quote, print_blocks, print_flat
from detente.views.blocks import ID_DIGITS, set_quote
from detente.views.terminal import say
from detente.views.wording import say_count, say_date

if TYPE_CHECKING:
    from rich.text import Text

    from detente.measures.quotations import Quotation

COLUMNS = (
    "date", "speaker", "code", "role", "kind", "via", "speaks_for", "about", "issue", "direction",
    "quote", "report", "outlet", "published", "record",
)  # fmt: skip


def print_quotations(found: Sequence[Quotation], shape: str) -> None:
    """Print what was said, the newest first."""
    if shape != "table":
        print_flat(map(flatten, found), COLUMNS, shape)
        return
    print_blocks((_day(q), _set(q)) for q in found)
    say(f"{say_count(len(found), 'quotation')}." if found else "Nothing was said so in this window.")


def flatten(q: Quotation) -> dict[str, Any]:
    """Return a quotation as flat columns; `record` is what `detente show` takes."""
    own = {
        "date": q.date, "speaker": q.speaker, "code": q.code, "role": q.role, "kind": q.kind, "via": q.via,
        "speaks_for": q.speaks_for, "about": q.about, "issue": q.issue, "direction": q.direction,
    }  # fmt: skip
    return flat_quote(q.quote) | own


def _day(q: Quotation) -> str:
    return q.date.isoformat() if q.date else "undated"


def _set(q: Quotation) -> list[Text]:
    from rich.text import Text

    who = q.speaker if not q.code or q.code == q.speaker else f"{q.speaker} ({q.code})"
    head = Text(who if q.code else f"{who} (unresolved)", style="bold blue")
    others = [code for code in q.speaks_for if code != q.code]
    if q.role and q.role != q.speaker:
        head.append(f", {q.role}", "dim")
    if others:
        head.append(f" for {', '.join(others)}", "dim")
    facts = [q.kind if q.kind == "direct" else "reported", q.issue]
    facts += [f"relations {q.direction}"] if q.direction else []
    facts += [f"on {', '.join(q.about)}"] if q.about else []
    head.append("".join(f" · {fact}" for fact in facts if fact), "dim")
    parts = (*q.via, q.quote.outlet or "outlet not named", say_date(q.quote.published))
    source = f"{', '.join(part for part in parts if part)} · {q.quote.record[:ID_DIGITS]}"
    return [head, set_quote(q.quote.quote, ()), Text(source, style="dim")]
