"""Scores of an analysis of raw text against gold words, trees and names, aligned by character.

Words match when they cover the same characters (white space not counted), as in the CoNLL 2018
evaluation; a governor counts when it matches the gold governor. All rates are F1 in percent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from detente.language.analysis import Sentence
from training.data import NAME_LABELS, Sample, spans_of

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Word:
    """A word by its characters, white space not counted."""

    start: int
    end: int
    upos: str
    feats: str
    lemma: str
    head: Span | None  # None for the root
    rel: str


@dataclass(slots=True)
class Tally:
    """Counts that add up over reports."""

    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)

    def f1(self, what: str) -> float:
        """Return F1 in percent."""
        return 200 * self.right[what] / max(1, self.gold[what] + self.found[what])


def raw_text(samples: Sequence[Sample]) -> str:
    """Return the running text of consecutive sentences; a blank line opens each paragraph."""
    parts: list[str] = []
    for i, sample in enumerate(samples):
        if i and sample.opens_block:
            parts.append("\n\n")
        elif i and sample.gaps and (sample.gaps[0] or not parts):
            parts.append(" ")
        for j, (form, gap) in enumerate(zip(sample.forms, sample.gaps, strict=True)):
            parts.append((" " if gap and j else "") + form)
    return "".join(parts)


def squeeze(text: str) -> list[int]:
    """Return, for each offset of a text, how many visible characters precede it."""
    counts, n = [], 0
    for c in text:
        counts.append(n)
        n += not c.isspace()
    return [*counts, n]


def gold_words(samples: Sequence[Sample]) -> tuple[list[Word], list[Span]]:
    """Return gold words and sentence spans in visible characters."""
    words: list[Word] = []
    sentences: list[Span] = []
    at = 0
    for s in samples:
        spans = []
        for form in s.forms:
            size = sum(not c.isspace() for c in form)
            spans.append((at, at + size))
            at += size
        sentences.append((spans[0][0], at))
        for i, span in enumerate(spans):
            upos, _, feats = (s.tags or ())[i].partition("|")
            head = (s.heads or ())[i]
            words.append(
                Word(
                    *span,
                    upos,
                    feats,
                    (s.lemmas or ())[i],
                    spans[head] if head >= 0 else None,
                    (s.rels or ())[i],
                )
            )
    return words, sentences


def found_words(sentences: Iterable[Sentence], text: str) -> tuple[list[Word], list[Span]]:
    """Return an analysis's words and sentence spans in visible characters."""
    counts = squeeze(text)
    words: list[Word] = []
    spans: list[Span] = []
    for s in sentences:
        spans.append((counts[s.start], counts[s.end]))
        at = [(counts[t.start], counts[t.end]) for t in s.tokens]
        for t, span in zip(s.tokens, at, strict=True):
            words.append(Word(*span, t.upos, t.feats, t.lemma, at[t.head] if t.head >= 0 else None, t.deprel))
    return words, spans


def add_trees(
    tally: Tally, gold: tuple[list[Word], list[Span]], found: tuple[list[Word], list[Span]]
) -> None:
    """Add words, tags, lemmas, trees and sentences of one report."""
    wanted = {(w.start, w.end): w for w in gold[0]}
    for what in ("words", "upos", "feats", "lemma", "uas", "las"):
        tally.gold[what] += len(gold[0])
        tally.found[what] += len(found[0])
    for w in found[0]:
        g = wanted.get((w.start, w.end))
        if g is None:
            continue
        same_head = w.head == g.head
        hits = {"words": True, "upos": w.upos == g.upos, "feats": w.feats == g.feats, "uas": same_head,
                "lemma": w.lemma == g.lemma or g.lemma == "_",
                "las": same_head and w.rel.split(":")[0] == g.rel.split(":")[0]}  # fmt: skip
        for what, hit in hits.items():
            tally.right[what] += hit
    tally.gold["sentences"] += len(gold[1])
    tally.found["sentences"] += len(found[1])
    tally.right["sentences"] += len(set(gold[1]) & set(found[1]))


MERGED = {"FAC": "LOC"}  # sets without facilities call them places
Names = set[tuple[int, int, str]]


def gold_names(samples: Sequence[Sample], labels: Sequence[Sequence[str]], kinds: frozenset[str]) -> Names:
    """Return gold names in visible characters, with kinds as the scheme merges them."""
    names: Names = set()
    at = 0
    for s, row in zip(samples, labels, strict=True):
        ends = []
        for form in s.forms:
            ends.append((at, at + len(form)))
            at += len(form)
        for a, b, kind in spans_of(row):
            if (kind := MERGED.get(kind, kind)) in kinds:
                names.add((ends[a][0], ends[b - 1][1], kind))
    return names


def found_names(sentences: Iterable[Sentence], text: str, kinds: frozenset[str]) -> Names:
    """Return an analysis's names in visible characters."""
    counts = squeeze(text)
    names: Names = set()
    for s in sentences:
        for n in s.names:
            kind = MERGED.get(n.kind, n.kind)
            if kind in kinds:
                names.add((counts[s.tokens[n.start].start], counts[s.tokens[n.end - 1].end], kind))
    return names


def add_names(tally: Tally, gold: Names, found: Names) -> None:
    """Add the names of one report: exact span and kind."""
    for key, kinds in (("names", None), *((k, k) for k in ("PER", "ORG", "LOC", "NORP", "EVENT"))):
        g = {n for n in gold if kinds in (None, n[2])}
        f = {n for n in found if kinds in (None, n[2])}
        tally.gold[key] += len(g)
        tally.found[key] += len(f)
        tally.right[key] += len(g & f)


def single_labels(allowed: Sequence[int]) -> list[str]:
    """Return the label where only one is allowed, else O."""
    return [NAME_LABELS[a.bit_length() - 1] if a and a & (a - 1) == 0 else "O" for a in allowed]
