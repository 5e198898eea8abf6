"""What a figure counts, by one name: «deals», «contracts» and «agreements» worth 10 billion are one subject.

And the kinds of act a counted noun stands for: the «third meeting this year» counts CONSULT acts.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

FILE = "subjects.toml"
# Said of an amount, not of what it is an amount of: «a total of», «more than», «worth of».
_EMPTY = frozenset(
    "the a an worth total value sum amount several multiple various new number some their its his her "
    "collective combined overall joint".split()
)


def subject_of(what: str) -> str:
    """Return the one name of what a figure counts: «total of deals» and «contracts» are «contracts».

    Words no table knows name themselves, in lower case and without words said of the amount alone.
    """
    words = [w for w in re.findall(r"[\w'’-]+", what.casefold()) if w not in _EMPTY]
    while words and words[0] == "of":
        words.pop(0)
    named = " ".join(words)
    return _same().get(named, named)


def acts_counted(noun: str) -> tuple[tuple[str, str | None], ...]:
    """Return the (type, mode) of the acts a counted noun stands for: «visit» -> CONSULT/visit; () for none.

    A mode of None means any.
    """
    kinds = _table()["acts"].get(noun, ())
    return tuple((type_, mode or None) for type_, _, mode in (kind.partition("/") for kind in kinds))


@cache
def _same() -> Mapping[str, str]:
    return {word: group["name"] for group in _table()["same"] for word in group["words"]}


@cache
def _table() -> Mapping[str, Any]:
    text = (files("detente.knowledge") / "data" / FILE).read_text("utf-8")
    return tomllib.loads(text)
