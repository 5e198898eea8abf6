"""What a search found, and what a check found wrong, on the terminal and as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.archive.checking import Fault
from detente.archive.search import Hit
from detente.views.answering import print_blocks, print_flat
from detente.views.blocks import ID_DIGITS, set_facts
from detente.views.terminal import say, write
from detente.views.wording import say_count, say_date

if TYPE_CHECKING:
    from rich.text import Text

HIT_COLUMNS = (
    "hit", "id", "report", "published", "outlet", "title", "type", "mode", "status", "sources", "recipients",
    "date_start", "date_end", "issue", "act", "snippet",
)  # fmt: skip


def print_hits(hits: Sequence[Hit], shape: str, limit: int) -> None:
    """Print passages with the words asked for underlined."""
    if shape != "table":
        print_flat((hit.to_json() for hit in hits), HIT_COLUMNS, shape)
        return
    print_blocks((hit.kind, _set(hit)) for hit in hits)
    more = "; there may be more: raise --limit" if len(hits) == limit else ""
    say(f"{say_count(len(hits), 'passage')}{more}." if hits else "No passage holds these words.")


def _set(hit: Hit) -> list[Text]:
    from rich.text import Text

    snippet = Text(hit.snippet)
    for start, end in hit.marks:
        snippet.stylize("bold underline", start, end)
    about = (hit.title, hit.outlet, say_date(hit.published), hit.id[:ID_DIGITS])
    source = Text(" · ".join(part for part in about if part), style="dim")
    return [set_facts(hit.row), snippet, source] if hit.row else [snippet, source]


def print_faults(faults: Sequence[Fault], path: str, *, repair: bool) -> int:
    """Print each fault and how it ended; return how many stand."""
    for fault in faults:
        ended = " (made anew)" if fault.is_mended else ""
        write(f"{fault.part} {fault.id}: {fault.says}{ended}")
    standing = [f for f in faults if not f.is_mended]
    if not faults:
        say(f"{path} is whole.")
        return 0
    mended = len(faults) - len(standing)
    parts = [f"{say_count(len(faults), 'fault')} in {path}"]
    if mended:
        parts.append(f"{mended} made anew")
    derived = sum(f.is_derived for f in standing)
    if derived and not repair:
        parts.append(f"{derived} of them in what is derived: detente check {path} --repair makes it anew")
    if len(standing) > derived:
        parts.append(
            f"{len(standing) - derived} in what people brought, which is never changed: put back a copy"
        )
    say("; ".join(parts) + ".", style="yellow" if standing else None)
    return len(standing)
