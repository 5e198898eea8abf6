"""Endings that give dictionary forms, learnt from the treebanks: the rules of `detente.language.lemmas`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from detente.language.lemmas import KEEP_CASE, Lemmatizer, key_of
from training.data import Sample

LONGEST = 7
Rules = dict[str, dict[str, tuple[int, str]]]


def learn_rules(samples: Iterable[Sample]) -> Rules:
    """Return, per key, the fewest endings and whole words that give the treebanks' lemmas."""
    seen: dict[str, Counter[tuple[str, tuple[int, str]]]] = defaultdict(Counter)
    for sample in samples:
        for form, tag, lemma in zip(sample.forms, sample.tags or (), sample.lemmas or (), strict=True):
            upos, _, feats = tag.partition("|")
            if lemma in {"_", ""} or upos in {"PUNCT", "SYM", "NUM", "X"}:
                continue
            word = form if upos in KEEP_CASE else form.lower().replace("’", "'")
            edit = _edit(word, lemma)
            if edit is not None:
                seen[key_of(upos, feats)][(form.lower().replace("’", "'"), edit)] += 1
    return {key: table for key, counts in sorted(seen.items()) if (table := _table(counts))}


def _edit(word: str, lemma: str) -> tuple[int, str] | None:
    same = 0
    while same < min(len(word), len(lemma)) and word[same] == lemma[same]:
        same += 1
    return len(word) - same, lemma[same:]


def _table(counts: Counter[tuple[str, tuple[int, str]]]) -> dict[str, tuple[int, str]]:
    table: dict[str, tuple[int, str]] = {}
    for size in range(LONGEST + 1):
        votes: dict[str, Counter[tuple[int, str]]] = defaultdict(Counter)
        for (word, edit), _ in counts.items():
            if len(word) > size:
                votes[word[len(word) - size :]][edit] += 1
        for ending, vote in votes.items():
            edit, n = vote.most_common(1)[0]
            if n >= 2 and edit != _held(table, ending) and (size or n > 1) and edit[0] <= size + 3:
                table[ending] = edit
    if not table:
        table[""] = (0, "")
    whole: dict[str, Counter[tuple[int, str]]] = defaultdict(Counter)
    for (word, edit), n in counts.items():
        whole[word][edit] += n
    reader = Lemmatizer({"X": table}, LONGEST)
    for word, vote in whole.items():
        edit = vote.most_common(1)[0][0]
        if _apply(word, edit) != reader.lemma(word, "X", ""):
            table["^" + word] = edit
    return table


def _held(table: dict[str, tuple[int, str]], ending: str) -> tuple[int, str] | None:
    for i in range(len(ending) + 1):
        if (edit := table.get(ending[i:])) is not None:
            return edit
    return None


def _apply(word: str, edit: tuple[int, str]) -> str:
    return (word[: len(word) - edit[0]] if edit[0] else word) + edit[1]
