"""The look of a word as a small number, for an encoder that reads lower case only.

`shape_of` gives the class of a written word («Moscow» is TITLE, «NATO» UPPER), `glue_of` says
whether it stands against the word before. Training and reading share them.
"""

from __future__ import annotations

NONE, LOWER, TITLE, UPPER, INITIAL, MIXED, DIGIT, PUNCT, OTHER = range(9)
SHAPES = 9

GLUE_NONE, GLUED, SPACED = range(3)
GLUES = 3


def shape_of(word: str) -> int:
    """Return the class of a written word: TITLE for «Moscow», UPPER for «NATO», DIGIT for «24.5»."""
    if any(c.isdigit() for c in word):
        return DIGIT
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return PUNCT
    if word.islower():
        return LOWER
    if word.isupper():
        return INITIAL if len(letters) == 1 else UPPER
    if letters[0].isupper() and all(c.islower() for c in letters[1:]):
        return TITLE
    return MIXED if any(c.isupper() for c in letters) else OTHER


def glue_of(gap: bool) -> int:
    """Return SPACED where something stands between a word and the one before, else GLUED."""
    return SPACED if gap else GLUED
