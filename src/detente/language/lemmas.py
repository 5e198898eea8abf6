"""Dictionary forms of words: «were» -> be, «sanctions» -> sanction, by endings learnt from the treebanks.

`model/lemmas.json` holds, per part of speech and inflection, endings (and whole words, after «^») with
what to cut and add; the longest ending that fits wins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

KEPT_FEATURES = ("Number", "Tense", "VerbForm", "Degree", "Person")
KEEP_CASE = frozenset({"PROPN"})


def key_of(upos: str, feats: str) -> str:
    """Return what a word's endings depend on: «VERB|Tense=Past|VerbForm=Fin»."""
    if upos not in {"NOUN", "VERB", "AUX", "ADJ", "ADV"}:
        return upos
    kept = (f for f in feats.split("|") if f.split("=")[0] in KEPT_FEATURES)
    return "|".join((upos, *kept))


@dataclass(frozen=True, slots=True)
class Lemmatizer:
    """Endings per key: ending -> (letters to cut, letters to add)."""

    rules: Mapping[str, Mapping[str, tuple[int, str]]]
    longest: int = 8

    def lemma(self, form: str, upos: str, feats: str) -> str:
        """Return the dictionary form; a name keeps its capitals, all else is lower case."""
        word = form if upos in KEEP_CASE else form.lower()
        table = self.rules.get(key_of(upos, feats)) or self.rules.get(upos)
        if not table:
            return word
        lower = form.lower().replace("’", "'")
        edit = table.get("^" + lower)
        at = min(len(lower) - 1, self.longest)
        while edit is None and at >= 0:
            edit = table.get(lower[len(lower) - at :])
            at -= 1
        if edit is None:
            return word
        cut, add = edit
        return (word[: len(word) - cut] if cut else word) + add if cut <= len(word) else word
