"""Readings without trees, so that the grammar of times and numbers is tested apart from any reader."""

import re
from datetime import date

from detente.coding.reading import Reading
from detente.language.analysis import Analysis, Sentence, Token
from detente.records import Report

_WORD = re.compile(r"\w+|[^\w\s]")
_END = re.compile(r"(?<=[a-z0-9][.!?]) (?=[A-Z])")


def read_plainly(text: str, published: date | None = None) -> Reading:
    """Return a reading whose tokens are words and marks, with no tree and no tags."""
    sentences = []
    start = 0
    for part in _END.split(text):
        tokens = tuple(
            Token(start + m.start(), start + m.end(), m.group(), m.group().lower(), "X", "", -1, "dep")
            for m in _WORD.finditer(part)
        )
        sentences.append(Sentence("text", start, start + len(part), part, tokens))
        start += len(part) + 1
    return Reading(Report(text, published=published), Analysis(tuple(sentences)))
