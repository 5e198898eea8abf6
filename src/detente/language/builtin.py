"""The built-in reader: a report in, its sentences with words, trees and names out.

Blocks and words come from rules; one network, run block by block, says where sentences start and what
each word is, governs and names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from detente.language.analysis import Analysis, Sentence, Span, Token
from detente.language.blocks import Block, split_blocks
from detente.language.boundaries import find_starts
from detente.language.encoder import MAX_SUBWORDS, Encoder, Scores
from detente.language.gate import may_hold_record
from detente.language.names import find_names
from detente.language.proposals import find_proposals
from detente.language.tokens import cut_words
from detente.language.tree import find_tree
from detente.records import Field, Report

MODEL = Path(__file__).parent / "model"

START_SCORE = -0.5  # of -2 to 0 on the development treebanks: the most sentences and relations right
HEADING_START_SCORE = 0.5
LOWER_START_SCORE = 1.0  # of a lower-case word after a word without a stop


@dataclass(frozen=True, slots=True)
class _Window:
    """Consecutive words of one block that fit the network."""

    words: list[tuple[int, int]]
    forms: list[str]
    gaps: list[bool]


class BuiltinReader:
    """The reader shipped with the package: one core, no network, no GPU.

    `BuiltinReader().analyze(Report("Beijing criticized the move."))` returns one sentence whose root is
    «criticized» with «Beijing» as nsubj. The same report always gets the same analysis.

    With `gate`, blocks without a name, a pronoun or a group noun get words but no tree: each word X, hung
    on the first. docs/reader.md says what that saves and loses.
    """

    name = "detente"

    def __init__(self, folder: Path = MODEL, *, gate: bool = False) -> None:
        self.encoder = Encoder(folder)
        self.gate = gate

    @property
    def version(self) -> str:
        """The version of the weights, as records carry it."""
        return self.encoder.version

    def analyze(self, report: Report) -> Analysis:
        """Return the analysis of the title (if any), then of the text."""
        sentences = (*self._read("title", report.title or ""), *self._read("text", report.text))
        return Analysis(sentences, _tie_chains(sentences))

    def encode(self, words: Sequence[str], gaps: Sequence[bool]) -> npt.NDArray[np.float32]:
        """Return the network's vectors of a window's words, [words, 384]."""
        return self.encoder.score(words, gaps).vectors

    def _read(self, field: Field, text: str) -> Iterator[Sentence]:
        for block in split_blocks(text):
            words = cut_words(text, block.start, block.end)
            if self.gate and not may_hold_record([text[a:b] for a, b in words]):
                yield from _unparsed(field, text, block, words)
                continue
            for window in self._windows(text, words):
                yield from self._read_window(field, text, block, window)

    def _windows(self, text: str, words: list[tuple[int, int]]) -> Iterator[_Window]:
        """Yield the words in stretches that fit the network, cut where rules see a sentence start."""
        forms = [text[a:b] for a, b in words]
        gaps = [not i or words[i - 1][1] < a for i, (a, _) in enumerate(words)]
        sizes = [len(self.encoder.ids(form)) for form in forms]
        room = MAX_SUBWORDS - 2
        starts = find_starts(text, words) if sum(sizes) > room else []
        begin = 0
        while begin < len(words):
            end = _fill(sizes, begin, room)
            if end < len(words):
                end = max((s for s in starts if begin < s <= end), default=end)
            yield _Window(words[begin:end], forms[begin:end], gaps[begin:end])
            begin = end

    def _read_window(self, field: Field, text: str, block: Block, window: _Window) -> Iterator[Sentence]:
        scores = self.encoder.score(window.forms, window.gaps)
        least = HEADING_START_SCORE if block.kind == "heading" else START_SCORE
        likely = [int(i) for i in np.flatnonzero(scores.starts > least) if i]
        starts = [0, *(i for i in likely if scores.starts[i] > LOWER_START_SCORE or _opens(window.forms, i))]
        for a, b in zip(starts, [*starts[1:], len(window.words)], strict=True):
            tokens = self._tokens(window, scores, a, b)
            begin, end = window.words[a][0], window.words[b - 1][1]
            names = find_names(scores.names[a:b], self.encoder.names)
            acts = find_proposals(scores, self.encoder, a, b)
            said = text[begin:end]
            yield Sentence(field, begin, end, said, tokens, names, block.kind, block.paragraph, acts)

    def _tokens(self, window: _Window, scores: Scores, a: int, b: int) -> tuple[Token, ...]:
        columns = np.concatenate(([0], np.arange(a + 1, b + 1)))
        heads = find_tree(scores.arcs[a:b][:, columns])
        governors = np.array([h + a + 1 if h >= 0 else 0 for h in heads])
        rels = scores.relations(np.arange(a, b), governors)
        tags = scores.tags[a:b].argmax(1)
        tokens = []
        for i, (tag, head, rel) in enumerate(zip(tags.tolist(), heads, rels.tolist(), strict=True)):
            upos, _, feats = self.encoder.tags[tag].partition("|")
            form = window.forms[a + i]
            start, end = window.words[a + i]
            lemma = self.encoder.lemmatizer.lemma(form, upos, feats)
            deprel = _settle(self.encoder.rels[rel], head)
            tokens.append(Token(start, end, form, lemma, upos, feats, head, deprel))
        return tuple(tokens)


def _opens(forms: list[str], i: int) -> bool:
    """Whether a word looks like the first of a sentence: not «suspended» in «Tokyo suspended exports»."""
    return not forms[i][0].islower() or not forms[i - 1][-1].isalnum()


def _tie_chains(sentences: tuple[Sentence, ...]) -> tuple[tuple[Span, ...], ...]:
    """Return the chains of mentions where the package has the part that ties them, else none."""
    if find_spec("detente.language.chains") is None or not (MODEL / "chains.npz").exists():
        return ()
    chains: tuple[tuple[Span, ...], ...] = import_module("detente.language.chains").tie_chains(sentences)
    return chains


def _unparsed(field: Field, text: str, block: Block, words: list[tuple[int, int]]) -> Iterator[Sentence]:
    """Yield the sentences of a block by rules, with words but no tree."""
    starts = find_starts(text, words)
    for a, b in zip(starts, [*starts[1:], len(words)], strict=True):
        tokens = tuple(
            Token(x, y, text[x:y], text[x:y], "X", "", 0 if i else -1, "dep" if i else "root")
            for i, (x, y) in enumerate(words[a:b])
        )
        begin, end = words[a][0], words[b - 1][1]
        yield Sentence(field, begin, end, text[begin:end], tokens, (), block.kind, block.paragraph)


def _settle(deprel: str, head: int) -> str:
    """Return «root» for the root and nothing else."""
    if head < 0:
        return "root"
    return "dep" if deprel == "root" else deprel


def _fill(sizes: list[int], begin: int, room: int) -> int:
    """Return the end of the longest stretch from `begin` that fits, at least one word."""
    end, used = begin, 0
    while end < len(sizes) and (used + sizes[end] <= room or end == begin):
        used += sizes[end]
        end += 1
    return end


@lru_cache(maxsize=1)
def default_reader() -> BuiltinReader:
    """Return the shipped reader, loaded at first use."""
    return BuiltinReader()


def read_analysis(report: Report) -> Analysis:
    """Return the shipped reader's analysis: «Beijing criticized the move.» is one sentence of five words."""
    return default_reader().analyze(report)
