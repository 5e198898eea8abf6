"""What the reader makes of a report: sentences of tokens in a tree, names, and chains of mentions.

Offsets are half-open code points into the report's field as received:
`field_text[token.start:token.end] == token.text`, always.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from detente.records import Field, Report

NameKind = Literal["PER", "ORG", "LOC", "NORP", "EVENT", "FAC"]


@dataclass(frozen=True, slots=True)
class Token:
    """One syntactic word. `head` is the index of its governor in the sentence, -1 for the root."""

    start: int
    end: int
    text: str
    lemma: str
    upos: str  # Universal POS: NOUN VERB PROPN ADJ …
    feats: str  # Universal features «Mood=Ind|Number=Sing|Tense=Past|VerbForm=Fin», "" for none
    head: int
    deprel: str  # Universal relation with its subtype: nsubj:pass, obl, acl:relcl …

    def has(self, feature: str) -> bool:
        """Whether the token bears a feature, written «Tense=Past»."""
        return feature in self.feats.split("|")


@dataclass(frozen=True, slots=True)
class Name:
    """A name by token index, half open, in its sentence."""

    start: int
    end: int
    kind: NameKind


@dataclass(frozen=True, slots=True)
class Proposal:
    """An act the network sees at a word: how sure it is of each type, and of each word as a party.

    Weights are shares of 1, rounded, so that machines agree on them.
    """

    token: int
    weight: float  # that the word tells an act at all
    type: str  # the likeliest type, PLOVER's name
    type_weight: float  # of that type
    mode: str | None
    status: str
    sources: tuple[tuple[int, float], ...]  # words that may be its source, each with its weight
    recipients: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `kind` tells prose from headings, list items and datelines."""

    field: Field
    start: int
    end: int
    text: str
    tokens: tuple[Token, ...]
    names: tuple[Name, ...] = ()
    kind: Literal["prose", "heading", "item"] = "prose"
    paragraph: int = 0  # index of the block of text it stands in
    proposals: tuple[Proposal, ...] | None = None  # acts the network sees; None where it does not look

    def children(self, head: int) -> Iterator[int]:
        """Yield the indices of the words directly under `head`, left to right."""
        for i, token in enumerate(self.tokens):
            if token.head == head:
                yield i

    def subtree(self, top: int) -> tuple[int, ...]:
        """Return the indices of `top` and everything under it, left to right."""
        inside = {top}
        grew = True
        while grew:
            grew = False
            for i, token in enumerate(self.tokens):
                if i not in inside and token.head in inside:
                    inside.add(i)
                    grew = True
        return tuple(sorted(inside))

    def root(self) -> int:
        """Return the index of the root, 0 if the tree names none."""
        return next((i for i, t in enumerate(self.tokens) if t.head < 0), 0)


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one sentence by token index, half open; `head` is the head word's index."""

    sentence: int
    start: int
    end: int
    head: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """All sentences of a report, title first, and the chains that tie its mentions of one thing."""

    sentences: tuple[Sentence, ...]
    chains: tuple[tuple[Span, ...], ...] = ()

    def words(self, span: Span) -> str:
        """Return the text of a span as it stands in the report."""
        sentence = self.sentences[span.sentence]
        first, last = sentence.tokens[span.start], sentence.tokens[span.end - 1]
        return sentence.text[first.start - sentence.start : last.end - sentence.start]


class Reader(Protocol):
    """Anything that turns a report into an Analysis: the built-in reader, a spaCy pipeline."""

    name: str

    def analyze(self, report: Report) -> Analysis:
        """Return the analysis of title (if any) and text."""
        ...
