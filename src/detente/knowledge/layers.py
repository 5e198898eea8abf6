"""What users add to our tables, and which addition the work at hand reads with.

    with using(load_knowledge("knowledge/")):
        detente.read("President Ruta Sand met her Latvian guest.")   # knows what the folder says

A `Knowledge` is the rows of one folder, checked and frozen, with a hash. The tables made from it lie in the
value itself, so that they go when it goes, and nothing made for one archive is seen by another. Which one
is active is a context variable: threads and tasks do not disturb each other, and a new thread starts with
our own tables alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from detente.errors import KnowledgeError
from detente.knowledge.tables import Row

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a file: where it stands, what was read, what was expected, what would mend it."""

    file: str
    line: int  # 0 where the whole file is meant
    column: str  # "" where the whole line is meant
    read: str
    expected: str
    mend: str

    def __str__(self) -> str:
        where = self.file + (f", line {self.line}" if self.line else "")
        where += f", column {self.column}" if self.column else ""
        return f"{where}: {self.read}, where {self.expected} was expected; {self.mend}."


@dataclass(frozen=True, eq=False)
class Knowledge:
    """What one folder adds: rows by table, our own where it is empty; equal where the content is equal.

    `digest` is the hash records are stamped with, "" for our own tables; `faults` says what was refused,
    file by file, and is not in the digest.
    """

    folder: str = ""
    digest: str = ""
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    made: dict[object, Any] = field(default_factory=dict, repr=False)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Knowledge) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __reduce__(self) -> tuple[Any, ...]:
        return Knowledge, (self.folder, self.digest, dict(self.tables), self.faults)

    def __repr__(self) -> str:
        held = f"{sum(map(len, self.tables.values()))} rows, {len(self.faults)} faults"
        return f"Knowledge({self.folder!r}, {held}, {self.digest[:12] or 'ours'})"

    def require_sound(self) -> Knowledge:
        """Return it unchanged; raises KnowledgeError that lists what is wrong where a file was refused."""
        if self.faults:
            raise KnowledgeError(
                f"{self.folder}: " + "\n".join(map(str, self.faults)), line=self.faults[0].line
            )
        return self


OURS = Knowledge()
FOLDER = "knowledge"  # where an archive keeps its own
_ACTIVE: ContextVar[Knowledge] = ContextVar("knowledge", default=OURS)


def active() -> Knowledge:
    """Return what the tables are read with here and now: `OURS` unless `using` says otherwise."""
    return _ACTIVE.get()


@contextmanager
def using(knowledge: Knowledge | None) -> Iterator[Knowledge]:
    """Read all tables with an addition inside the block; None leaves what is active."""
    if knowledge is None:
        yield active()
        return
    token = _ACTIVE.set(knowledge)
    try:
        yield knowledge
    finally:
        _ACTIVE.reset(token)


def added(table: str) -> tuple[Row, ...]:
    """Return the rows the active addition has for a table («people»), every column filled; () without one."""
    return _ACTIVE.get().tables.get(table, ())


def layered(make: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function returns once for each addition: `functools.cache` for tables users may extend."""

    @wraps(make)
    def look(*args: P.args, **kwargs: P.kwargs) -> T:
        made = _ACTIVE.get().made
        key = (make, args, *kwargs.items()) if args or kwargs else make
        known = made.get(key, made)
        if known is not made:
            return known  # type: ignore[no-any-return]
        # Two threads may both make it; the first one in stays, so that identity holds.
        return made.setdefault(key, make(*args, **kwargs))  # type: ignore[no-any-return]

    return look
