"""Releases on the terminal: what was frozen, and what differs between two and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.archive.releases import Difference, Release
from detente.views.answering import print_flat
from detente.views.blocks import ID_DIGITS
from detente.views.terminal import say, stdout_console, write
from detente.views.wording import say_count, say_date

if TYPE_CHECKING:
    from rich.text import Text

COLUMNS = ("family", "id", "change", "cause", "why", "fields", "words")
MARKS = {"came": ("+", "green"), "went": ("−", "red"), "changed": ("~", "yellow")}


def tell_release(release: Release) -> None:
    """Print what was frozen."""
    for line in describe(release):
        write(line)
    say(f"Released {release.name}: cite it by its name and the hash of its ids.")


def print_releases(releases: Sequence[Release]) -> None:
    """Print every release, the oldest first."""
    for n, release in enumerate(releases):
        if n:
            write("")
        for line in describe(release):
            write(line)
    if not releases:
        say("No release yet: make one with detente release ARCHIVE v1.")


def describe(release: Release) -> list[str]:
    """Return a release as lines: name and day, counts, who coded, hashes."""
    counts = ", ".join(say_count(n, what[:-1]) for what, n in release.counts.items() if what in _FAMILIES)
    lines = [f"{release.name} · {say_date(release.at[:10])} · {counts}"]
    for coder in release.coders:
        own = " ".join(f"{k} {coder[k]}" for k in ("rules", "model", "knowledge") if coder.get(k))
        lines.append(
            f"  {coder.get('name')} {coder.get('version')} {own}: {say_count(coder['records'], 'record')}"
        )
    if release.knowledge:
        lines.append(f"  knowledge of the archive's own: sha256:{release.knowledge[:16]}")
    lines.append(
        f"  ids sha256:{release.ids[:16]}, reviews {'used' if release.reviews == 'use' else 'ignored'}"
    )
    return lines


_FAMILIES = ("reports", "records", "acts", "reviews")


def print_differences(found: Sequence[Difference], old: str, new: str, shape: str) -> None:
    """Print what differs, family by family, with cause and fields."""
    if shape != "table":
        print_flat((d.to_json() for d in found), COLUMNS, shape)
        return
    console = stdout_console()
    for difference in found:
        console.print(_set(difference))
    if not found:
        say(f"Nothing differs between {old} and {new}.")
        return
    for family in ("report", "record", "act"):
        mine = [d for d in found if d.family == family]
        if mine:
            changes = Counter(d.change for d in mine)
            causes = Counter(d.cause for d in mine)
            say(
                f"{family}s: "
                + ", ".join(f"{n:,} {what}" for what, n in changes.items())
                + "; by "
                + ", ".join(f"{what} {n:,}" for what, n in causes.most_common())
                + "."
            )


def _set(difference: Difference) -> Text:
    from rich.text import Text

    mark, style = MARKS[difference.change]
    fields = "; ".join(difference.to_json()["fields"])
    text = Text.assemble(
        (f"{mark} {difference.family} ", style), f"{difference.id[:ID_DIGITS]} {difference.words}"
    )
    if fields:
        text.append(f" [{fields}]", style)
    text.append(f" — {difference.cause}: {difference.why}", "dim")
    return text
