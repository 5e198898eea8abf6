"""Endings that give dictionary forms, learnt from the treebanks: the rules of `detente.language.lemmas`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from detente.language.lemmas import Lemmatizer, key_of
from training.data import Sample

LONGEST = 7
Rules = dict[str, dict[str, tuple[int, str]]]


def learn_rules(samples: Iterable[Sample]) -> Rules:
    """Return, per key, the fewest endings and whole words that give the treebanks' lemmas.

    The key «capital» lists adjectives whose lemma keeps its capital («Dutch»).
    """
    seen: dict[str, Counter[tuple[str, tuple[int, str]]]] = defaultdict(Counter)
    capital: Counter[str] = Counter()
    for sample in samples:
        for form, tag, lemma in zip(sample.forms, sample.tags or (), sample.lemmas or (), strict=True):
            upos, _, feats = tag.partition("|")
            if lemma in {"_", ""} or upos in {"PUNCT", "SYM", "NUM", "X"}:
                continue
            lower = form.lower().replace("’", "'")
            if upos == "ADJ" and form[0].isupper() and not form.isupper():
                capital[lower] += 1 if lemma[0].isupper() else -1
            edit = _edit(form, lemma) if upos == "PROPN" else _edit(lower, lemma.lower())
            for key in {key_of(upos, feats), upos}:  # the part of speech alone, for inflections never met
                seen[key][(lower, edit)] += 1
    rules = {key: table for key, counts in sorted(seen.items()) if (table := _table(counts))}
    rules["capital"] = {"^" + word: (0, "") for word, n in sorted(capital.items()) if n > 0}
    return rules


def known_verbs(samples: Iterable[Sample]) -> list[str]:
    """Return the verb lemmas of the treebanks, sorted."""
    return sorted({
        lemma.lower()
        for s in samples
        for tag, lemma in zip(s.tags or (), s.lemmas or (), strict=True)
        if tag.startswith("VERB") and lemma.isalpha()
    })  # fmt: skip


def _edit(word: str, lemma: str) -> tuple[int, str]:
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
    reader = Lemmatizer({"PROPN": table}, (), LONGEST)
    for word, vote in whole.items():
        edit = vote.most_common(1)[0][0]
        if _apply(word, edit) != reader.lemma(word, "PROPN", ""):
            table["^" + word] = edit
    return table


def _held(table: dict[str, tuple[int, str]], ending: str) -> tuple[int, str] | None:
    for i in range(len(ending) + 1):
        if (edit := table.get(ending[i:])) is not None:
            return edit
    return None


def _apply(word: str, edit: tuple[int, str]) -> str:
    return (word[: len(word) - edit[0]] if edit[0] else word) + edit[1]
