"""Words that judge the course of a relation, from `relation_words.toml`: «at rock bottom» -> falling."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from detente.errors import KnowledgeError
from detente.knowledge.cues import read_toml

FILE = "relation_words.toml"

Direction = Literal["rising", "falling", "stable"]
DIRECTIONS: tuple[Direction, ...] = ("falling", "stable", "rising")  # tried in this order where words tie


@dataclass(frozen=True, slots=True)
class RelationWords:
    """What is judged (`nouns`), and by which words and phrases it goes where."""

    nouns: frozenset[str]
    weak_nouns: frozenset[str]
    words: dict[Direction, frozenset[str]]
    phrases: dict[Direction, tuple[str, ...]]
    reversing: dict[Direction, frozenset[str]]
    events: frozenset[str]


@cache
def relation_words() -> RelationWords:
    """Return the project's own table; raises KnowledgeError where a section is missing."""
    table = read_toml((files("detente.knowledge") / "data" / FILE).read_text("utf-8"), FILE)
    try:
        return RelationWords(
            nouns=frozenset(table["nouns"]),
            weak_nouns=frozenset(table["weak_nouns"]),
            words={d: frozenset(table[d]["words"]) for d in DIRECTIONS},
            phrases={d: tuple(table[d]["phrases"]) for d in DIRECTIONS},
            reversing={d: frozenset(table["reversing"].get(d, ())) for d in DIRECTIONS},
            events=frozenset(table["praise"]["events"]),
        )
    except KeyError as error:
        raise KnowledgeError(f"section {error} is missing; it lists words of relations", file=FILE) from error
