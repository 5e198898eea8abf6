"""Where words go: data to stdout, talk and progress bars to stderr, both quiet when nobody looks.

Colour and width follow the terminal, NO_COLOR and COLUMNS; a pipe gets plain text of a width
that does not change with the window it was started from.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from shutil import get_terminal_size
from typing import TYPE_CHECKING, NoReturn, TextIO, TypeVar

if TYPE_CHECKING:
    from rich.console import Console

    from detente.records import Rejected

T = TypeVar("T")

PIPE_WIDTH = 80  # columns of piped tables, unless COLUMNS says otherwise
MIN_WIDTH = 40
SHOW_PROGRESS_AFTER = 1.0  # seconds of silence before a bar appears


def stdout_console() -> Console:
    """Return the console that data tables go to."""
    from rich.console import Console

    class Pipe(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # `detente read … | head` is no error: the command line ends quietly

    width = None if sys.stdout.isatty() else _pipe_width()
    return Pipe(file=sys.stdout, width=width, highlight=False, emoji=False, markup=False, soft_wrap=False)


def _pipe_width() -> int:
    asked = os.environ.get("COLUMNS", "")
    return max(MIN_WIDTH, int(asked)) if asked.isdecimal() else PIPE_WIDTH


def text_width() -> int:
    """Return how wide plain text may be: the terminal's width, or a pipe's."""
    return get_terminal_size().columns if sys.stdout.isatty() else _pipe_width()


def stderr_console() -> Console:
    """Return the console for talk: notes, bars, errors. One a stream, so that notes stand above a bar."""
    return _talk_to(sys.stderr)


@lru_cache(maxsize=1)
def _talk_to(stream: TextIO) -> Console:
    from rich.console import Console

    return Console(file=stream, highlight=False, emoji=False, markup=False, soft_wrap=True)


def say(words: str, style: str | None = None) -> None:
    """Say one line to the person at the terminal, on stderr."""
    stderr_console().print(words, style=style)


def tell_rejected(rejected: Rejected) -> None:
    """Say which report could not be read, where it broke, and why."""
    say(f"rejected: {rejected.origin} ({rejected.stage}): {rejected.reason}", style="yellow")


def write(line: str) -> None:
    """Write one line of data to stdout, as it is."""
    sys.stdout.write(line + "\n")


@contextmanager
def progress(words: str, *, unit: str = "reports", wanted: bool = True) -> Iterator[Progress]:
    """Give a counter whose bar appears on a terminal's stderr once a second has gone by."""
    counter = Progress(words, unit, wanted and sys.stderr.isatty())
    try:
        yield counter
    finally:
        counter.close()


class Progress:
    """Counts what is done; draws only when somebody watches and it takes long enough to wonder."""

    def __init__(self, words: str, unit: str, watched: bool) -> None:
        self._words, self._unit, self._watched = words, unit, watched
        self._started = time.monotonic()
        self._bar: object | None = None
        self.done = 0

    def advance(self, note: str = "") -> None:
        """Count one more; `note` stands beside the bar."""
        self.done += 1
        if self._watched and (self._bar or time.monotonic() - self._started > SHOW_PROGRESS_AFTER):
            self._draw(note)

    def _draw(self, note: str) -> None:
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        if self._bar is None:
            columns = (
                SpinnerColumn(),
                TextColumn("{task.description}"),
                BarColumn(bar_width=24, pulse_style="cyan"),
                TextColumn("{task.completed} {task.fields[unit]}"),
                TimeElapsedColumn(),
                TextColumn("{task.fields[note]}"),
            )
            self._bar = Progress(*columns, console=stderr_console(), transient=True)
            self._bar.add_task(self._words, total=None, unit=self._unit, note="")
            self._bar.start()
        assert isinstance(self._bar, Progress)
        self._bar.update(self._bar.task_ids[0], completed=self.done, note=note)

    def close(self) -> None:
        """Take the bar away."""
        from rich.progress import Progress

        if isinstance(self._bar, Progress):
            self._bar.stop()
        self._bar = None


def watch(items: Iterable[T], words: str, *, unit: str = "reports", wanted: bool = True) -> Iterator[T]:
    """Yield the items, with a bar on stderr for anything over a second."""
    with progress(words, unit=unit, wanted=wanted) as counter:
        for item in items:
            yield item
            counter.advance()


@contextmanager
def waiting(words: str, *, wanted: bool = True) -> Iterator[None]:
    """Turn a wheel on a terminal's stderr while one long step runs, once a second has gone by."""
    if not wanted or not sys.stderr.isatty():
        yield
        return
    from threading import Timer

    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    wheel = Progress(*columns, console=stderr_console(), transient=True)
    wheel.add_task(words, total=None)
    timer = Timer(SHOW_PROGRESS_AFTER, wheel.start)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        wheel.stop()


def leave_quietly() -> NoReturn:
    """End after the reader of our pipe went away: no message, the status a shell expects."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
    raise SystemExit(128 + 13)  # as if ended by SIGPIPE
