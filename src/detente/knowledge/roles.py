"""Words for parts people play: «foreign minister», «destroyer», «protesters», with sector and office.

>>> role("foreign ministers").plural, role("destroyer").sector
(True, 'MIL')
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from detente.knowledge.layers import added, layered
from detente.knowledge.names import NameTable
from detente.knowledge.tables import read_table, split_cell

RoleKind = Literal["person", "body", "unit", "people"]


@dataclass(frozen=True, slots=True)
class Role:
    """A part to play: `kind` person, body, unit (ship, plane) or people; `office` where the part is one.

    `words` is the singular, whichever number was met; `plural` says that many were.
    """

    words: str
    kind: RoleKind
    sector: str
    gender: str
    office: str
    plural: bool = False


@layered
def roles() -> NameTable[Role]:
    """Return all roles by their words in lower case, singular and plural; users' win over ours."""
    table: NameTable[Role] = NameTable()
    for row in (*added("roles"), *read_table("roles.csv", delimiter=",")):
        kind: RoleKind = row["kind"]  # type: ignore[assignment]
        for words in split_cell(row["words"]):
            one = Role(words, kind, row["sector"], row["gender"], row["office"])
            many = Role(words, kind, row["sector"], row["gender"], row["office"], True)
            is_many = kind == "people" or (
                kind == "body" and words.endswith("s") and not words.endswith("ss")
            )
            lowered = words.lower()
            if lowered not in table.entries:
                table.add(lowered, many if is_many else one)
            if not is_many:
                table.add(pluralize(lowered), many)
    return table


def role(words: str) -> Role | None:
    """Return the role words name, in any case and either number; else None."""
    found = roles().get(words.lower())
    return found[0] if found else None


def pluralize(words: str) -> str:
    """Return the plural of a role: «secretary of state» -> «secretaries of state»."""
    for link in (
        " of ",
        " for ",
        " to ",
        "-in-",
        "-general",
        "-elect",
        "-at-large",
        " general",
        " d'affaires",
    ):
        head, found, tail = words.partition(link)
        if found and head:
            return _plural(head) + found + tail
    return _plural(words)


def _plural(word: str) -> str:
    if word.endswith(("man", "woman")):
        return word[:-2] + "en"
    if word.endswith("child"):
        return word + "ren"
    if word.endswith("y") and word[-2:-1] not in ("a", "e", "o"):
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    return word + "s"


@cache
def _cues() -> dict[str, frozenset[str]]:
    return {
        row["cue"]: frozenset(split_cell(row["words"])) for row in read_table("roles_cues.csv", delimiter=",")
    }


def cue(name: str) -> frozenset[str]:
    """Return cue words by the list's name: «visit», «flew» for "travel"; KeyError for an unknown name."""
    return _cues()[name]
