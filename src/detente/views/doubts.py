"""Doubts about reports on the terminal and as data: what was held against what, with both sides' words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from detente.records import Coded, Finding, Rejected
from detente.views.answering import print_blocks, print_flat
from detente.views.blocks import Beside, set_quote
from detente.views.terminal import say
from detente.views.wording import say_count

if TYPE_CHECKING:
    from rich.text import Text

STYLES = {"disagrees": "bold yellow", "incomplete": "dim", "agrees": "green"}
COLUMNS = ("id", "check", "verdict", "says", "reports", "starts", "ends", "quotes", "records")


def print_doubts(found: Sequence[Finding], shape: str) -> None:
    """Print findings: a table for people, flat CSV, or the finding as docs/records.md prints it."""
    if shape == "jsonl":
        print_flat((f.to_json() for f in found), tuple(found[0].to_json()) if found else (), shape)
        return
    if shape == "csv":
        print_flat(map(flatten, found), COLUMNS, shape)
        return
    print_blocks((f.check, _set(f)) for f in found)
    say(f"{say_count(len(found), 'finding')}." if found else "Nothing was found to disagree.")


def with_doubts(results: Iterable[Coded | Rejected]) -> Iterator[Coded | Rejected | Finding]:
    """Yield the results, each report followed by what it says against itself."""
    from detente.pipeline import check_report

    for result in results:
        yield result
        if isinstance(result, Coded):
            yield from (f for f in check_report(result.report) if f.verdict == "disagrees")


def set_finding(f: Finding) -> Beside:
    """Return one finding as a block: which check in the margin, what was found, both sides."""
    from rich.text import Text

    return Beside((Text(f.check, style="bold"),), tuple(_set(f)))


def flatten(f: Finding) -> dict[str, Any]:
    """Return a finding as flat columns; its sides stand in the same order in each."""
    return {
        "id": f.id, "check": f.check, "verdict": f.verdict, "says": f.says,
        "reports": tuple(e.report for e in f.sides), "starts": tuple(e.start for e in f.sides),
        "ends": tuple(e.end for e in f.sides), "quotes": tuple(e.quote for e in f.sides),
        "records": f.records,
    }  # fmt: skip


def _set(f: Finding) -> list[Text]:
    from rich.text import Text

    body = [Text(f.verdict, style=STYLES[f.verdict]), Text(f.says)]
    body += [set_quote(side.quote, ()) for side in f.sides if side.quote not in f.says]
    return body
