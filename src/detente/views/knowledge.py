"""What users add to our tables, from the command line: read with it, check it, begin it, import it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from detente.knowledge.extending import find_knowledge
from detente.knowledge.layers import Fault, Knowledge, using
from detente.views.terminal import say
from detente.views.wording import say_count


@contextmanager
def knowing(given: str | None = None, *, archive: str | Path | None = None) -> Iterator[Knowledge]:
    """Read with a folder's knowledge inside the block, and say on stderr which of its files were refused."""
    knowledge = find_knowledge(given, archive=archive)
    if knowledge.faults:
        files = len({fault.file for fault in knowledge.faults})
        verb = "is" if files == 1 else "are"
        say(
            f"{knowledge.folder}: {say_count(files, 'file')} {verb} left out, the rest is used.",
            style="yellow",
        )
        tell_faults(knowledge.faults)
    with using(knowledge):
        yield knowledge


def tell_faults(faults: tuple[Fault, ...]) -> None:
    """Say each fault in a line of its own, on stderr."""
    for fault in faults:
        say(f"  {fault}")
