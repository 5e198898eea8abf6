"""Any spaCy pipeline with Universal Dependencies labels as a reader: `SpacyReader(nlp)`.

Needs `pip install detente[spacy]`. The pipeline must set sentences, a tree, parts of speech and lemmas;
its entity labels are mapped to ours where they have a counterpart.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from detente.errors import ModelError
from detente.language.analysis import Analysis, Name, NameKind, Sentence, Token
from detente.language.blocks import Block, split_blocks
from detente.records import Field, Report

KINDS: dict[str, NameKind] = {
    "PERSON": "PER", "PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC",
    "NORP": "NORP", "EVENT": "EVENT", "FAC": "FAC",
}  # fmt: skip


class SpacyReader:
    """A reader over a loaded spaCy pipeline, or the name of an installed one.

    `SpacyReader(spacy.load("my_ud_pipeline")).analyze(report)` keeps our blocks, so headings and list
    items are told apart as the built-in reader tells them.
    """

    name = "spacy"

    def __init__(self, pipeline: Any) -> None:
        self.nlp = _load(pipeline) if isinstance(pipeline, str) else pipeline

    def analyze(self, report: Report) -> Analysis:
        """Return the analysis of the title (if any), then of the text."""
        sentences = [*self._read("title", report.title or ""), *self._read("text", report.text)]
        return Analysis(tuple(sentences))

    def _read(self, field: Field, text: str) -> Iterator[Sentence]:
        for block in split_blocks(text):
            doc = self.nlp(text[block.start : block.end])
            for span in doc.sents:
                words = [token for token in span if not token.is_space]
                if words:
                    yield _sentence(field, text, block, span, words)


def _load(name: str) -> Any:
    try:
        import spacy
    except ImportError as error:
        raise ModelError(
            f"the spaCy pipeline «{name}» needs spaCy; install it with `pip install detente[spacy]`"
        ) from error
    try:
        return spacy.load(name)
    except OSError as error:
        raise ModelError(
            f"no spaCy pipeline «{name}» is installed ({error}); install it or give a folder"
        ) from error


def _sentence(field: Field, text: str, block: Block, span: Any, words: list[Any]) -> Sentence:
    places = {token.i: i for i, token in enumerate(words)}
    tokens = tuple(_token(token, places, block.start) for token in words)
    tokens = _one_root(tokens)
    names = []
    for entity in span.ents:
        inside = [places[t.i] for t in entity if t.i in places]
        if (kind := KINDS.get(entity.label_)) and inside:
            names.append(Name(inside[0], inside[-1] + 1, kind))
    start, end = tokens[0].start, tokens[-1].end
    return Sentence(field, start, end, text[start:end], tokens, tuple(names), block.kind, block.paragraph)


def _token(token: Any, places: dict[int, int], offset: int) -> Token:
    start = offset + token.idx
    head = places.get(token.head.i, -1) if token.head.i != token.i else -1
    deprel = "root" if head < 0 else token.dep_
    lemma = token.lemma_ or token.text
    return Token(
        start, start + len(token.text), token.text, lemma, token.pos_, str(token.morph), head, deprel
    )


def _one_root(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the words with roots after the first hung on it, as Universal Dependencies wants one."""
    from dataclasses import replace

    roots = [i for i, t in enumerate(tokens) if t.head < 0]
    return tuple(
        replace(t, head=roots[0], deprel="parataxis") if i in roots[1:] else t for i, t in enumerate(tokens)
    )
