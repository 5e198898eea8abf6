"""Every error the library raises on purpose.

DetenteError
├── InputError        a report or file cannot be read
│   └── DateError     a date is not a date, or lies where no report can
├── KnowledgeError    a table of names, triggers or issues is malformed (says the file and line)
├── ModelError        the reader's weights are missing or do not fit
├── MissingExtra     a library of an extra is not installed (says which command installs it)
└── ArchiveError      an archive folder is missing, foreign or too new
    ├── NotInArchive  the record, report or pair asked for is not there
    └── ReviewError   a review that cannot be taken: a field, a value or a name is not one

Each message is one sentence: what was read, what was expected, what would mend it.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


class DetenteError(Exception):
    """The root: catch it to catch everything raised on purpose."""


class InputError(DetenteError):
    """A report that cannot be read; `stage` says where it broke, `reason` why."""

    def __init__(self, reason: str, *, stage: str = "intake") -> None:
        super().__init__(reason)
        self.reason = reason
        self.stage = stage


class DateError(InputError):
    """A date that is not one: «--published 2017-13-40»."""


class KnowledgeError(DetenteError):
    """A knowledge table with a bad row; `file` and `line` say where."""

    def __init__(self, reason: str, *, file: str = "", line: int = 0) -> None:
        where = f"{file}, line {line}: " if file else ""
        super().__init__(where + reason)
        self.reason, self.file, self.line = reason, file, line


class ModelError(DetenteError):
    """The reader's weights are missing, truncated or of another version."""


class MissingExtra(DetenteError):  # noqa: N818 - reads as a sentence where it is caught
    """A library that only some commands need: the message names the extra that brings it."""

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(f"This needs {library}, which is not installed: pip install 'detente[{extra}]'.")


class ArchiveError(DetenteError):
    """The folder is no archive, or one written by a newer version."""


class NotInArchive(ArchiveError):  # noqa: N818 - reads as a sentence where it is caught
    """What was asked for is not in this archive; the message says what is near."""


class ReviewError(ArchiveError):
    """A review that cannot be taken: «type=VISIT» is no PLOVER type, «quote=…» is evidence."""


def need(module: str, extra: str) -> Any:
    """Return a library that an extra brings; raises MissingExtra where it is not installed."""
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingExtra(module.partition(".")[0], extra) from error
