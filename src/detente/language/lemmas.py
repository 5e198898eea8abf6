"""Dictionary forms of words: «were» -> be, «provoked» -> provoke, «sanctions» -> sanction.

In this order: irregular verbs from a table; endings and whole words learnt from the treebanks
(`model/lemmas.json`: per part of speech and inflection, what to cut and add; the longest that fits wins);
and for regular verbs the candidates that are known words («provoke», not «provok»).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

KEPT_FEATURES = ("Number", "Tense", "VerbForm", "Degree", "Person")
PEOPLE_ENDINGS = (
    "ian",
    "ean",
    "ese",
    "ish",
    "stani",
    "aqi",
    "eli",
    "eni",
    "dutch",
    "french",
    "greek",
    "swiss",
    "thai",
    "czech",
    "arab",
)  # «Peruvian» keeps its capital
PLAIN_MARKS = {"–": "-", "“": '"', "”": '"', "‘": "'", "’": "'"}
VOWELS = "aeiou"


def key_of(upos: str, feats: str) -> str:
    """Return what a word's endings depend on: «VERB|Tense=Past|VerbForm=Fin»."""
    if upos == "PRON":
        return "|".join((upos, *(f for f in feats.split("|") if f.startswith(("Case", "Poss")))))
    if upos not in {"NOUN", "VERB", "AUX", "ADJ", "ADV"}:
        return upos
    kept = (f for f in feats.split("|") if f.split("=")[0] in KEPT_FEATURES)
    return "|".join((upos, *kept))


@lru_cache(maxsize=1)
def irregular_verbs() -> Mapping[str, str]:
    """Return inflected form -> base of irregular verbs; a form that is itself a base keeps it («found»)."""
    text = resources.files("detente.language").joinpath("data/irregular_verbs.txt").read_text("utf-8")
    rows = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    forms: dict[str, str] = {}
    for base, *inflected in rows:
        for form in inflected:
            forms.setdefault(form, base)
    return forms


@dataclass(frozen=True, slots=True)
class Lemmatizer:
    """Endings per key: ending -> (letters to cut, letters to add), and the words known to be words."""

    rules: Mapping[str, Mapping[str, tuple[int, str]]]
    words: Collection[str] = ()
    longest: int = 7

    def lemma(self, form: str, upos: str, feats: str) -> str:
        """Return the dictionary form; names and peoples keep their capitals, all else is lower."""
        if upos in {"PUNCT", "SYM"}:
            return PLAIN_MARKS.get(form, form)
        if upos == "NUM":
            return form.replace(",", "") if form[:1].isdigit() else form.lower()
        if upos in {"PROPN", "X"}:
            return self._by_rules(form, form.lower().replace("’", "'"), upos, feats)
        lower = form.lower().replace("’", "'")
        found = self._verb(lower, feats) if upos == "VERB" else None
        lemma = found or self._by_rules(lower, lower, upos, feats)
        if upos == "ADJ" and form[:1].isupper() and not form.isupper() and self._is_people(lower):
            return lemma.capitalize()
        return "I" if upos == "PRON" and lemma == "i" else lemma

    def _is_people(self, lower: str) -> bool:
        return "^" + lower in self.rules.get("capital", ()) or lower.endswith(PEOPLE_ENDINGS)

    def _by_rules(self, word: str, lower: str, upos: str, feats: str) -> str:
        table = self.rules.get(key_of(upos, feats)) or self.rules.get(upos)
        if not table:
            return word
        edit = table.get("^" + lower)
        at = min(len(lower) - 1, self.longest)
        while edit is None and at >= 0:
            edit = table.get(lower[len(lower) - at :])
            at -= 1
        if edit is None or edit[0] > len(word):
            return word
        return word[: len(word) - edit[0]] + edit[1]

    def _verb(self, lower: str, feats: str) -> str | None:
        """Return the base of a verb form, None to leave it to the learnt endings."""
        if "Tense=Past" in feats and (base := irregular_verbs().get(lower)):
            return base
        if not any(f in feats for f in ("Tense=Past", "VerbForm=Ger", "VerbForm=Part")):
            return None
        if "^" + lower in self.rules.get(key_of("VERB", feats), ()):
            return None
        return next((base for base in regular_bases(lower) if base in self.words), None)


def regular_bases(lower: str) -> Iterator[str]:
    """Yield what a regular verb form may come from, the likeliest first: «staged» -> stage, stag."""
    for ending in ("ing", "ed"):
        stem = lower.removesuffix(ending)
        if stem == lower or len(stem) < 2 or not any(c in VOWELS + "y" for c in stem):
            continue
        if stem.endswith("i") and ending == "ed":
            yield stem[:-1] + "y"
        if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "aeiouls":
            yield stem[:-1]
        if _would_double(stem) or stem[-1] in "cvzu" or stem.endswith(("dg", "rg", "ang", "eng")):
            yield from (stem + "e", stem)
        else:
            yield from (stem, stem + "e")
        if len(stem) > 3 and stem[-1] == stem[-2]:
            yield stem[:-1]


def _would_double(stem: str) -> bool:
    """Whether a short stem would have doubled its last letter: «stag» gives «stagged», not «staged»."""
    vowels = sum(c in VOWELS for c in stem)
    return vowels == 1 and len(stem) > 2 and stem[-1] not in VOWELS + "wxy" and stem[-2] in VOWELS
