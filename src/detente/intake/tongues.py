"""Which language a text is in, cheaply: by its letters and its commonest words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from importlib.resources import files

from detente.errors import InputError, KnowledgeError

SAMPLE_CHARS = 6_000  # from the start of the text: a thousand words, which tell as much as ten thousand did
MIN_WORDS = 30  # below this the count says too little: short texts pass
# Another tongue's common words must outnumber English ones so many times and be so large a share of all
# words. Measured on 2,820 texts (Wikinews, UN speeches, briefings): English words are 0.18-0.50 of all,
# another tongue's at most 0.16; the one text refused was indeed in Spanish.
MIN_LEAD = 1.5
MIN_SHARE = 0.12
MAX_FOREIGN_LETTERS = 0.5
_WORD = re.compile(r"[^\W\d_]+")
_BEYOND_LATIN = re.compile("[\u0370-\u1dff\u2c00-\U0003ffff]")  # Greek and on, without quotes and signs

# Unicode's name for a letter begins with its script. Which tongues use it is for the message only.
_SCRIPTS = {
    "CYRILLIC": "Cyrillic letters (Russian, Ukrainian or another)",
    "ARABIC": "Arabic letters (Arabic, Persian, Urdu or another)",
    "CJK": "Chinese characters", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean",
    "DEVANAGARI": "Devanagari letters (Hindi or another)", "GREEK": "Greek", "HEBREW": "Hebrew",
    "THAI": "Thai", "ARMENIAN": "Armenian", "GEORGIAN": "Georgian", "BENGALI": "Bengali", "TAMIL": "Tamil",
    "ETHIOPIC": "Ethiopic letters (Amharic or another)",
}  # fmt: skip


def refuse_foreign(text: str, stated: str | None = None) -> None:
    """Raise InputError (stage «language») where a text is clearly not English.

    `stated` is what the report itself says of its language («fr»); English and silence pass.
    """
    if stated and not stated.strip().lower().startswith(("en", "und")):
        raise InputError(
            f"the report says its language is «{stated[:20]}»: only English is read", stage="language"
        )
    tongue = guess_tongue(text)
    if tongue != "English":
        raise InputError(f"the text looks like {tongue}: only English is read", stage="language")


def guess_tongue(text: str) -> str:
    """Return «English» unless the text is clearly something else: «French», «Cyrillic letters …»."""
    sample = text[:SAMPLE_CHARS]
    if foreign := _foreign_script(sample):
        return foreign
    words = [w.lower() for w in _WORD.findall(sample)]
    if len(words) < MIN_WORDS:
        return "English"
    counts = Counter(words)
    shares = {name: sum(counts[w] for w in common) / len(words) for name, common in _common_words().items()}
    best = max(shares, key=lambda name: shares[name])
    clear = shares[best] >= MIN_SHARE and shares[best] > MIN_LEAD * shares["English"]
    return best if clear else "English"


def _foreign_script(sample: str) -> str | None:
    """Name the script of most letters, if it is not the Latin one."""
    if len(_BEYOND_LATIN.findall(sample)) < MIN_WORDS:
        return None  # the common case, without a look at each letter
    letters = [c for c in sample if c.isalpha()]
    scripts = Counter(unicodedata.name(c, "?").split()[0] for c in letters)
    latin = scripts["LATIN"] + scripts["FULLWIDTH"]
    if len(letters) < MIN_WORDS or len(letters) - latin <= MAX_FOREIGN_LETTERS * len(letters):
        return None
    known = [s for s, _ in scripts.most_common() if s in _SCRIPTS]
    if scripts["HIRAGANA"]:
        return _SCRIPTS["HIRAGANA"]  # Japanese is mostly Chinese characters by count
    return _SCRIPTS[known[0]] if known else "another script"


@cache
def _common_words() -> dict[str, frozenset[str]]:
    """Return the commonest words of each tongue from data/common_words.tsv."""
    tongues: dict[str, frozenset[str]] = {}
    lines = (files("detente.intake") / "data" / "common_words.tsv").read_text("utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if not line or line.startswith("#"):
            continue
        name, tab, words = line.partition("\t")
        if not tab:
            raise KnowledgeError(
                "expected a language, a tab and its words", file="common_words.tsv", line=number
            )
        tongues[name] = frozenset(words.split())
    return tongues
