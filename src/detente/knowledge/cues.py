"""The words that report speech, from `speech_cues.toml`: «claims» -> claim, «according to» -> a phrase."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from detente.errors import KnowledgeError

FILE = "speech_cues.toml"


@dataclass(frozen=True, slots=True)
class SpeechCues:
    """Reporting words by what they do; `kinds_of[lemma]` lists the kinds a verb can be, plainest first."""

    kinds_of: dict[str, tuple[str, ...]]
    object_verbs: frozenset[str]
    raised_nouns: frozenset[str]
    clause_nouns: frozenset[str]
    documents: frozenset[str]
    occasions: frozenset[str]
    spoken_for: frozenset[str]
    crowds: frozenset[str]
    voiceless: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    owned_nouns: frozenset[str]
    outlet_heads: frozenset[str]


@cache
def speech_cues() -> SpeechCues:
    """Return the project's own table of reporting words."""
    return parse_cues((files("detente.knowledge") / "data" / FILE).read_text("utf-8"))


def parse_cues(text: str, *, file: str = FILE) -> SpeechCues:
    """Return a table of reporting words given as TOML.

    Raises KnowledgeError where the text is not TOML or a section is missing.
    """
    table = read_toml(text, file)
    kinds: dict[str, list[str]] = {}
    try:
        for kind, lemmas in table["verbs"].items():
            for lemma in lemmas:
                kinds.setdefault(lemma, []).append(kind)
        return SpeechCues(
            kinds_of={lemma: tuple(k) for lemma, k in kinds.items()},
            object_verbs=frozenset(table["objects"]["lemmas"]),
            raised_nouns=frozenset(table["objects"]["raised"]),
            clause_nouns=frozenset(table["nouns"]["clause"]),
            documents=frozenset(table["nouns"]["document"]),
            occasions=frozenset(table["nouns"]["occasion"]),
            spoken_for=frozenset(table["nouns"]["spoken_for"]),
            crowds=frozenset(table["nouns"]["crowd"]),
            voiceless=frozenset(table["nouns"]["voiceless"]),
            phrases=tuple(tuple(p.split()) for p in table["phrases"]["before"]),
            owned_nouns=frozenset(table["phrases"]["owned"]),
            outlet_heads=frozenset(table["outlets"]["heads"]),
        )
    except KeyError as error:
        raise KnowledgeError(
            f"section {error} is missing from a table of reporting words", file=file
        ) from error


def read_toml(text: str, file: str) -> dict[str, Any]:
    """Return a TOML table; raises KnowledgeError that names the file."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"not TOML: {error}; mend the line it names", file=file) from error
