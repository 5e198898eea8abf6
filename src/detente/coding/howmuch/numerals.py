"""Numbers as written, read from pieces: «2,802», «half a million», «tens of thousands», «twenty-first».

This is the grammar of numbers alone; what they count or measure is read in numbers.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from detente.coding.pieces import Piece

_ONES = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
} | {"nought": 0, "naught": 0}
_TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "quadrillion": 1e15, "lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7, "mln": 1e6, "mil": 1e6,
    "mn": 1e6, "bln": 1e9, "bn": 1e9, "tln": 1e12, "trn": 1e12, "tn": 1e12,
}  # fmt: skip
_LONGEST = (
    24  # pieces of one number: «one hundred and twenty-three thousand four hundred and fifty-six» has 13
)
_GLUED_SCALES = {"k": 1e3, "mm": 1e6, "b": 1e9, "bn": 1e9, "mn": 1e6, "mln": 1e6, "mil": 1e6, "tn": 1e12}
_DOZEN = {"dozen": 12.0, "dozens": 12.0, "dzs": 12.0, "dozs": 12.0}
# «hundreds» is two hundred at the least; the plural alone tells no more.
_VAGUE = {
    "dozens": 24.0, "scores": 40.0, "tens": 20.0, "hundreds": 200.0, "thousands": 2e3, "millions": 2e6,
    "billions": 2e9, "trillions": 2e12, "lakhs": 2e5, "crores": 2e7,
}  # fmt: skip
_PLURAL_SCALES = {"thousands": 1e3, "millions": 1e6, "billions": 1e9, "trillions": 1e12}
_ORDINAL_WORDS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
    "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
    "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70,
    "eightieth": 80, "ninetieth": 90, "hundredth": 100, "thousandth": 1000, "millionth": 10**6,
    "billionth": 10**9, "trillionth": 10**12,
}  # fmt: skip
_FRACTION_WORDS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4, "thirds": 3} | {
    word + "s": value for word, value in _ORDINAL_WORDS.items() if value > 2
}
_SIGNS = {"½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅙": 1 / 6, "⅛": 1 / 8}
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})

NumeralKind = Literal["cardinal", "ordinal", "fraction", "vague"]


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number by piece index, half open. `scale` is the last scale word's worth (1 for none)."""

    start: int
    end: int
    value: float
    kind: NumeralKind = "cardinal"
    scale: float = 1.0
    in_digits: bool = False


def read_numeral(pieces: tuple[Piece, ...], i: int, *, money: bool = False) -> Numeral | None:
    """Return the number that starts at piece `i`, as long as it goes, or None.

    `money` tells that a currency sign stands before: then «m» is a million, not a metre.
    """
    if i >= len(pieces):
        return None
    for read in (_read_vague, _read_fraction, _read_long_ordinal, _read_ordinal):
        numeral = read(pieces, i)
        if numeral:
            return numeral
    return _read_cardinal(pieces, i, money=money)


def find_numerals(pieces: tuple[Piece, ...]) -> Iterator[Numeral]:
    """Yield every number of a sentence, left to right, none inside another, with signs, powers and ratios.

    «minus 5» -> -5 · «1.1^23» · «6.23x10^-4» · «one out of three» -> 0.333. Ordinals are yielded too.
    """
    i = 0
    while i < len(pieces):
        numeral = _read_any(pieces, i)
        if numeral:
            yield numeral
            i = numeral.end
        else:
            i = _past_glued_word(pieces, i)


def _past_glued_word(pieces: tuple[Piece, ...], i: int) -> int:
    """Return the next piece to try; the letters glued to digits («180ml») start nothing."""
    if (
        pieces[i].kind == "number"
        and i + 1 < len(pieces)
        and pieces[i + 1].glued
        and pieces[i + 1].kind == "word"
    ):
        return i + 2
    return i + 1


def _read_any(pieces: tuple[Piece, ...], i: int) -> Numeral | None:
    sign, at = _read_sign(pieces, i)
    if at >= len(pieces) or not may_start(pieces[at]):
        return None
    low = pieces[at].low
    if low == "one" and _low(pieces, at - 1) in ("the", "this", "that", "which", "each", "every", "no"):
        return None
    numeral = _read_power(pieces, at) or read_numeral(pieces, at)
    if numeral is None:
        return None
    after = numeral.end
    goes_on = after < len(pieces) and pieces[after].glued and pieces[after].kind == "word"
    if goes_on and numeral.in_digits and numeral.kind != "ordinal" and pieces[after - 1].kind == "number":
        return None  # «180ml»
    numeral = read_ratio(pieces, numeral)
    if sign < 0:
        return Numeral(i, numeral.end, -numeral.value, numeral.kind, numeral.scale, numeral.in_digits)
    return numeral


def _read_sign(pieces: tuple[Piece, ...], i: int) -> tuple[int, int]:
    """Return -1 and the piece behind «minus», «negative» or a dash that is a sign, else 1 and `i`."""
    low = _low(pieces, i)
    if low in ("minus", "negative"):
        return -1, i + 1
    if (
        low in ("-", "−")
        and (i == 0 or not pieces[i].glued)
        and i + 1 < len(pieces)
        and pieces[i + 1].kind == "number"
    ):
        return -1, i + 1
    return 1, i


def _read_power(pieces: tuple[Piece, ...], i: int) -> Numeral | None:
    """«1.1^23», «1e10», «-12e-1», «6.23x10^-4»: all in one, no space between."""
    if pieces[i].kind != "number":
        return None
    base, j = pieces[i].number, i + 1
    factor = 1.0
    mark = _low(pieces, j)
    if mark == "x" and _low(pieces, j + 1) == "10" and _low(pieces, j + 2) == "^":
        factor, base, j = base, 10.0, j + 2
    elif mark == "e" and j < len(pieces) and pieces[j].glued:
        factor, base = base, 10.0
    elif mark != "^":
        return None
    j += 1
    sign = 1.0
    while j < i + 8 and _low(pieces, j) in ("-", "+"):
        sign = -1.0 if _low(pieces, j) == "-" else sign
        j += 1
    if j >= len(pieces) or pieces[j].kind != "number" or not pieces[j].glued or pieces[j].number > 300:
        return None
    try:
        return Numeral(i, j + 1, factor * base ** (sign * pieces[j].number), in_digits=True)
    except (OverflowError, ZeroDivisionError):
        return None


def read_ratio(pieces: tuple[Piece, ...], top: Numeral) -> Numeral:
    """Return «one over three», «two out of five hundred», «1 in twenty-one» as one number, else `top`."""
    end = top.end
    link = _low(pieces, end)
    j = end + 2 if (link, _low(pieces, end + 1)) == ("out", "of") else end + 1
    if link not in ("over", "out", "in") or top.kind != "cardinal" or top.scale != 1:
        return top
    if (link == "out" and j != end + 2) or j >= len(pieces) or not may_start(pieces[j]):
        return top
    bottom = read_numeral(pieces, j)
    if bottom is None and _low(pieces, j) in _ONES:
        bottom = _read_words(pieces, j)
    if bottom is None or bottom.kind != "cardinal" or not bottom.value:
        return top
    last = bottom.end
    if _low(pieces, last) == "hundreds":
        bottom, last = Numeral(j, last + 1, bottom.value * 100), last + 1
    if link == "over" and last < len(pieces) and pieces[last].kind == "word":
        return top
    if link != "over" and (top.value >= bottom.value or (link == "in" and top.value != 1)):
        return top
    return Numeral(top.start, last, top.value / bottom.value, "fraction", in_digits=top.in_digits)


def may_start(piece: Piece) -> bool:
    """Whether a number may begin here: a cheap look before the grammar."""
    low = piece.low
    return (
        piece.kind == "number"
        or low in _ONES
        or low in _TENS
        or low in _SCALES
        or low in _VAGUE
        or low in _DOZEN
        or low in _ORDINAL_WORDS
        or low in _FRACTION_WORDS
        or low in _SIGNS
        or low in ("a", "an", "several")
    )


def _low(pieces: tuple[Piece, ...], i: int) -> str:
    return pieces[i].low if 0 <= i < len(pieces) else ""


def _read_vague(pieces: tuple[Piece, ...], i: int) -> Numeral | None:
    """«dozens», «tens of thousands», «several hundred», «hundreds of millions»: the least they can mean."""
    start = i
    if _low(pieces, i) == "several" or (_low(pieces, i) == "a" and _low(pieces, i + 1) == "few"):
        i += 1 if _low(pieces, i) == "several" else 2
        word = _low(pieces, i)
        if word in _SCALES and word not in ("mn", "bn"):
            return Numeral(start, i + 1, 2 * _SCALES[word], "vague", _SCALES[word])
        if word == "dozen":
            return Numeral(start, i + 1, 24.0, "vague")
    word = _low(pieces, i)
    if word not in _VAGUE:
        return None
    if start == i and i and pieces[i - 1].kind == "number":
        return None
    value, end = _VAGUE[word], i + 1
    while _low(pieces, end) == "of" and _low(pieces, end + 1) in _PLURAL_SCALES:
        value *= _PLURAL_SCALES[_low(pieces, end + 1)]
        end += 2
    return Numeral(start, end, value, "vague")


def _read_ordinal(pieces: tuple[Piece, ...], i: int) -> Numeral | None:
    """«third», «21st», «twenty-first», «141st»."""
    piece = pieces[i]
    if piece.kind == "number" and i + 1 < len(pieces):
        follows = pieces[i + 1]
        if follows.glued and follows.low in _ORDINAL_ENDINGS and "." not in piece.text:
            return Numeral(i, i + 2, piece.number, "ordinal", in_digits=True)
        return None
    if piece.low in _ORDINAL_WORDS:
        return Numeral(i, i + 1, float(_ORDINAL_WORDS[piece.low]), "ordinal")
    if piece.low in _TENS:
        j = _skip_hyphen(pieces, i + 1)
        value = _ORDINAL_WORDS.get(_low(pieces, j), 0)
        if 0 < value < 10:
            return Numeral(i, j + 1, _TENS[piece.low] + value, "ordinal")
    return None


def _read_long_ordinal(pieces: tuple[Piece, ...], i: int) -> Numeral | None:
    """«one hundred and twenty-fifth», «two hundredth»: the last of the words alone is an ordinal.

    «Three hundred first responders» are three hundred: first and second need «and» or a ten before them.
    """
    words: list[str] = []
    end = i
    while end < min(len(pieces), i + _LONGEST):
        low = _low(pieces, end)
        if low in _ORDINAL_WORDS:
            break
        if low not in _ONES and low not in _TENS and low not in _SCALES and low not in ("a", "and"):
            if low not in ("-", "‑") or not words:
                return None
        else:
            words.append(low)
        end += 1
    last = _ORDINAL_WORDS.get(_low(pieces, end), 0)
    if not last or not words or words[0] == "and" or words[-1] == "a":
        return None
    if last < 100 and not any(word in _SCALES for word in words):
        return None
    if last < 3 and words[-1] != "and" and words[-1] not in _TENS:
        return None
    before = _worth([word for word in words if word != "and"])
    if before is None or (last >= 100 and before[0] < 2 and words != ["a", "hundred"]):
        return None  # «one hundredth» is a part
    value = before[0] * last if last >= 100 else before[0] + last
    return Numeral(i, end + 1, value, "ordinal")


def _read_fraction(pieces: tuple[Piece, ...], i: int) -> Numeral | None:
    """«two-thirds», «a quarter», «half a million», «three quarters of a billion», «⅔», «3/4»."""
    piece = pieces[i]
    if piece.low in _SIGNS:
        return Numeral(i, i + 1, _SIGNS[piece.low], "fraction")
    share, j = _read_share(pieces, i)
    if share is None:
        return _read_worded_fraction(pieces, i)
    end = j
    if _low(pieces, j) == "of" and _low(pieces, j + 1) == "a":
        j += 2
    elif _low(pieces, j) in ("a", "an"):
        j += 1
    word = _low(pieces, j)
    if word in _SCALES and word != "hundred":
        return Numeral(i, j + 1, share * _SCALES[word], "cardinal", _SCALES[word])
    if word in _DOZEN:
        return Numeral(i, j + 1, share * 12, "cardinal")
    if piece.low == "half" and end == i + 1 and not _is_bounded(pieces, i):
        return None  # «half of», «half the», «second half»: no number that news counts with
    return Numeral(i, end, share, "fraction")


def _is_bounded(pieces: tuple[Piece, ...], i: int) -> bool:
    """Whether «more than», «less than» or «over» stands before piece `i`: «more than half of its oil»."""
    before = (_low(pieces, i - 2), _low(pieces, i - 1))
    return before[1] == "than" and before[0] in ("more", "less", "fewer")


def _read_share(pieces: tuple[Piece, ...], i: int) -> tuple[float | None, int]:
    """Return the value of a bare fraction at `i` and where it ends: «3/4», «half», «two-thirds»."""
    piece = pieces[i]
    if piece.kind == "number":
        fits = _low(pieces, i + 1) == "/" and i + 2 < len(pieces) and pieces[i + 2].kind == "number"
        if (
            not fits
            or "/" in (_low(pieces, i + 3), _low(pieces, i - 1))
            or not 0 < pieces[i + 2].number <= 100
        ):
            return None, i
        return piece.number / pieces[i + 2].number, i + 3
    if piece.low in ("half", "quarter"):
        return 1 / _FRACTION_WORDS[piece.low], i + 1
    top: float
    if piece.low in ("a", "an", "one"):
        top = 1.0
    elif piece.low in _ONES and _ONES[piece.low] > 1:
        top = float(_ONES[piece.low])
    else:
        return None, i
    j = _skip_hyphen(pieces, i + 1)
    bottom, end, is_plural = _read_bottom(pieces, j)
    if not bottom or (top > 1 and not is_plural):
        return None, i
    if top == 1.0 and not _stands_alone(pieces, j, end):
        return None, i  # «a third meeting» is no third part
    return top / bottom, end


def _read_bottom(pieces: tuple[Piece, ...], i: int) -> tuple[float, int, bool]:
    """Return the denominator at `i`, where it ends and whether it is a plural: «thirds», «twenty-firsts»."""
    word = _low(pieces, i)
    if _ONES.get(word) and _low(pieces, i + 1) == "hundred":
        j = i + 3 if _low(pieces, i + 2) == "and" else i + 2
        ones, end, is_plural = _read_bottom(pieces, j)  # «one one-hundred-and-fifth»
        return (100.0 * _ONES[word] + ones, end, is_plural) if 2 < ones < 100 else (0.0, i, False)
    if word in _TENS:
        j = _skip_hyphen(pieces, i + 1)
        last = _low(pieces, j)
        ones = _ORDINAL_WORDS.get(last) or _ORDINAL_WORDS.get(last.removesuffix("s"), 0)
        if 0 < ones < 10:
            return _TENS[word] + ones, j + 1, last.endswith("s")
        return 0.0, i, False
    if word in _FRACTION_WORDS:
        return float(_FRACTION_WORDS[word]), i + 1, word not in ("half", "quarter")
    if word in _ORDINAL_WORDS and word not in ("first", "second"):
        return float(_ORDINAL_WORDS[word]), i + 1, False
    return 0.0, i, False


def _stands_alone(pieces: tuple[Piece, ...], start: int, end: int) -> bool:
    """Whether «a fifth» is the part and not the fifth of a series: nothing it could order comes behind."""
    if _low(pieces, start) in ("half", "quarter"):
        return True
    after = _low(pieces, end)
    return after in ("of", "", ".", ",", ";", ")") or after in _SCALES


def _read_worded_fraction(pieces: tuple[Piece, ...], i: int) -> Numeral | None:
    """«twenty-three fifths», «one hundred and three and two thirds»: numerator in words."""
    end = i
    words: list[str] = []
    while end < min(len(pieces), i + _LONGEST) and (
        _is_count_word(_low(pieces, end)) or (_low(pieces, end) in ("-", "‑") and words)
    ):
        if _low(pieces, end) not in ("-", "‑"):
            words.append(_low(pieces, end))
        end += 1
    if len(words) < 2:
        return None
    last = words[-1]
    bottom = float(
        _FRACTION_WORDS.get(last, 0)
        or (_ORDINAL_WORDS.get(last, 0) if last not in ("first", "second") else 0)
    )
    if last == "firsts":
        bottom = 1.0
    if not bottom or (last in _ORDINAL_WORDS and not _stands_alone(pieces, end - 1, end)):
        return None
    top = words[:-1]
    if top and top[-1] in _TENS and bottom < 10 and len(top) > 1 and top[-2] != "and":
        bottom += _TENS[top.pop()]
    if bottom == 1.0 or (last in _ORDINAL_WORDS and top[-1] not in ("a", "an", "one")):
        return None
    value = _divided(top, bottom)
    return Numeral(i, end, value, "fraction") if value is not None else None


def _is_count_word(low: str) -> bool:
    return (
        low in _ONES
        or low in _TENS
        or low in ("and", "a", "an", "hundred", "thousand", "million", "billion")
        or low in _FRACTION_WORDS
        or low in _ORDINAL_WORDS
        or low == "firsts"
    )


def _divided(top: list[str], bottom: float) -> float | None:
    """Return the value of a numerator in words over `bottom`: a whole and its part where «and» parts them."""
    if "and" in top:
        cut = len(top) - 1 - top[::-1].index("and")
        whole, part = _worth(top[:cut]), _worth(top[cut + 1 :])
        if whole is None or part is None:
            return None
        if part[0] / bottom < 1:
            return whole[0] + part[0] / bottom * (whole[1] if whole[1] >= 1000 else 1)
    worth = _worth([word for word in top if word != "and"])
    return worth[0] / bottom if worth else None


def _worth(words: list[str]) -> tuple[float, float] | None:
    """Return the value of plain number words and their last scale."""
    total = current = 0.0
    scale = 1.0
    for word in words:
        if word in ("a", "an"):
            current += 1
        elif word in _ONES:
            current += _ONES[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word == "hundred":
            current, scale = (current or 1) * 100, 100.0
        elif word in _SCALES:
            scale = _SCALES[word]
            total, current = total + (current or 1) * scale, 0.0
        elif word != "and":
            return None
    return (total + current, scale) if words else None


def _read_cardinal(pieces: tuple[Piece, ...], i: int, *, money: bool) -> Numeral | None:
    """Digits or words, with their scales, and «and a half» behind."""
    start = i
    if _low(pieces, i) in ("a", "an"):
        word = _low(pieces, i + 1)
        if word not in _SCALES and word not in _DOZEN:
            return None
        i += 1
        head = Numeral(start, i, 1.0)
    elif pieces[i].kind == "number":
        head = _read_digits(pieces, i)
    elif pieces[i].low in _SCALES and pieces[i].low in ("hundred", "thousand", "million", "billion"):
        head = Numeral(start, i, 1.0)
    else:
        in_words = _read_words(pieces, i)
        if in_words is None:
            return None
        head = in_words
    return _read_half(pieces, _read_point(pieces, _read_scales(pieces, head, money=money)))


def _read_point(pieces: tuple[Piece, ...], numeral: Numeral) -> Numeral:
    """Return the number with decimals in words: «two hundred point zero three», «nought point eleven»."""
    end = numeral.end
    if _low(pieces, end) != "point" or end + 1 >= len(pieces):
        return numeral
    value, place, j = numeral.value, 0.1, end + 1
    while j < end + _LONGEST and _low(pieces, j) in _ONES and _ONES[_low(pieces, j)] < 10:
        value += _ONES[_low(pieces, j)] * place
        place /= 10
        j += 1
    if j == end + 1:
        more = _read_words(pieces, j)
        if more is None or not 10 <= more.value < 100:
            return numeral
        value, j = value + more.value / 100, more.end
    return Numeral(numeral.start, j, float(f"{value:.12g}"), scale=numeral.scale)


def _read_digits(pieces: tuple[Piece, ...], i: int) -> Numeral:
    """Digits, with thousands set apart by spaces: «1 234 567»."""
    value, end = pieces[i].number, i + 1
    if _is_continental(pieces, i):
        return Numeral(
            i, i + 3, float(f"{pieces[i].text.replace('.', '')}.{pieces[i + 2].text}"), in_digits=True
        )
    if _is_comma_decimal(pieces, i):
        return Numeral(i, i + 3, float(f"{pieces[i].text}.{pieces[i + 2].text}"), in_digits=True)
    if len(pieces[i].text) <= 3 and pieces[i].text.isdigit():
        digits = pieces[i].text
        while end < min(len(pieces), i + _LONGEST) and _is_group(pieces[end]) and not pieces[end].glued:
            digits += pieces[end].text
            end += 1
        if end > i + 1 and pieces[end - 1].text[:3].isdigit():
            value = float(digits)
    return Numeral(i, end, value, in_digits=True)


def _is_continental(pieces: tuple[Piece, ...], i: int) -> bool:
    """Whether «1.111,11» stands here: points between thousands and a comma before the decimals."""
    return (
        _THOUSANDS.fullmatch(pieces[i].text) is not None
        and _low(pieces, i + 1) == ","
        and i + 2 < len(pieces)
        and pieces[i + 1].glued
        and pieces[i + 2].glued
        and pieces[i + 2].text.isdigit()
        and len(pieces[i + 2].text) <= 2
    )


def _is_comma_decimal(pieces: tuple[Piece, ...], i: int) -> bool:
    """Whether «1,3» or «5,00» stands here: a decimal comma, no list and no thousands."""
    if i + 2 >= len(pieces) or _low(pieces, i + 1) != "," or pieces[i + 2].kind != "number":
        return False
    if not (
        pieces[i + 1].glued
        and pieces[i + 2].glued
        and pieces[i].text.isdigit()
        and pieces[i + 2].text.isdigit()
    ):
        return False
    in_list = (
        i + 4 < len(pieces)
        and _low(pieces, i + 3) == ","
        and pieces[i + 4].glued
        and pieces[i + 4].kind == "number"
    )
    return (
        len(pieces[i + 2].text) <= 2 and not in_list and not (_low(pieces, i - 1) == "," and pieces[i].glued)
    )


def _is_group(piece: Piece) -> bool:
    return piece.kind == "number" and len(piece.text.split(".")[0]) == 3 and "," not in piece.text


def _read_words(pieces: tuple[Piece, ...], i: int) -> Numeral | None:
    """A number in words below a scale: «fifty-two», «seventeen», «nine point two»."""
    low = _low(pieces, i)
    if low in _TENS:
        value, end = float(_TENS[low]), i + 1
        j = _skip_hyphen(pieces, end)
        ones = _ONES.get(_low(pieces, j), 0)
        if 0 < ones < 10:
            return Numeral(i, j + 1, value + ones)
        return Numeral(i, end, value)
    if low not in _ONES:
        return None
    return Numeral(i, i + 1, float(_ONES[low]))


def _read_scales(pieces: tuple[Piece, ...], head: Numeral, *, money: bool) -> Numeral:
    """Return `head` with all that multiplies or follows it: «4 thousand 3 hundred and 21»."""
    total, current, end, last = 0.0, head.value, head.end, 1.0
    added = 0.0  # by «and»: «three hundred and two dozens» are 300 and 24
    while end < min(len(pieces), head.start + _LONGEST):
        scale = _scale_at(pieces, end, money=money, in_digits=head.in_digits)
        if scale is not None:
            end = _skip_hyphen(pieces, end) + 1
            if scale == 12 and added:
                current += 11 * added
            elif scale == 100:
                current *= 100
            elif scale > current or total == 0:
                current = (total + current) * scale if last < scale and total else current * scale
                total, current = (0.0 if last < scale and total else total) + current, 0.0
            last = scale
            continue
        follow = end + 1 if _low(pieces, end) == "and" else end
        more = _small_after(pieces, follow, last, with_and=follow != end)
        if more is None:
            break
        current += more.value
        added = more.value if follow != end else 0.0
        end = more.end
        if not _scale_follows(pieces, end, money=money):
            break
    return Numeral(head.start, end, total + current, "cardinal", last, head.in_digits)


def _scale_at(pieces: tuple[Piece, ...], i: int, *, money: bool, in_digits: bool) -> float | None:
    j = _skip_hyphen(pieces, i)
    if j >= len(pieces):
        return None
    piece = pieces[j]
    if piece.low in _DOZEN:
        return 12.0
    if piece.glued and in_digits and j == i:
        if piece.low in _GLUED_SCALES:
            return _GLUED_SCALES[piece.low]
        if piece.low == "m" and (money or piece.text == "M"):
            return 1e6
    if (
        in_digits
        and j == i
        and piece.text in ("k", "K", "M", "b", "B")
        and piece.kind == "word"
        and not money
    ):
        return {"k": 1e3, "m": 1e6, "b": 1e9}[piece.low] if piece.text not in ("b",) else None
    if money and in_digits and piece.low in ("m", "b"):
        return 1e6 if piece.low == "m" else 1e9
    if j != i and piece.low not in ("million", "billion", "thousand", "hundred", "trillion"):
        return None
    return _SCALES.get(piece.low)


def _scale_follows(pieces: tuple[Piece, ...], i: int, *, money: bool) -> bool:
    return _scale_at(pieces, i, money=money, in_digits=False) is not None


def _small_after(pieces: tuple[Piece, ...], i: int, last: float, *, with_and: bool) -> Numeral | None:
    """The smaller part behind a scale: «… thousand [and] three hundred», never «two and three»."""
    if last < 100 or i >= len(pieces) or (last == 12):
        return None
    if pieces[i].kind == "number":
        fits = pieces[i].text.isdigit() and 0 < pieces[i].number < min(last, 1000)
        if with_and and _low(pieces, i + 1) == "hundred" and last == 100:
            return None
        if not fits or (not with_and and not _scale_follows(pieces, i + 1, money=False)):
            return None
        return Numeral(i, i + 1, pieces[i].number)
    more = _read_words(pieces, i)
    if more is None or more.value >= last or not more.value:
        return None
    follows = _SCALES.get(_low(pieces, more.end), 0)
    if with_and and follows >= last and (last != 100 or follows == 100):
        return None
    if with_and and _low(pieces, more.end) in _FRACTION_WORDS:
        return None  # «one billion and three quarters million»: the part is read as one
    return more


def _read_half(pieces: tuple[Piece, ...], numeral: Numeral) -> Numeral:
    """Return the number with a fraction behind it: «one and a half million», «3 million and a half»."""
    end = numeral.end
    if _low(pieces, end) in _SIGNS and numeral.in_digits:
        value = numeral.value + _SIGNS[_low(pieces, end)]
        return _read_scales(pieces, Numeral(numeral.start, end + 1, value, in_digits=True), money=False)
    if numeral.in_digits and numeral.scale == 1 and end < len(pieces) and pieces[end].kind == "number":
        share, j = _read_share(pieces, end)
        if share is not None and share < 1:
            return Numeral(numeral.start, j, numeral.value + share)
    if _low(pieces, end) != "and":
        return numeral
    if end + 1 >= len(pieces):
        return numeral
    share, j = _read_share(pieces, end + 1)
    if share is None or share >= 1 or _low(pieces, end + 1) in ("half", "quarter"):
        return numeral
    word = _low(pieces, j)
    if word in _SCALES and numeral.scale == 1:
        return Numeral(numeral.start, j + 1, (numeral.value + share) * _SCALES[word], scale=_SCALES[word])
    if word in _SCALES and _SCALES[word] < numeral.scale:
        return Numeral(numeral.start, j + 1, numeral.value + share * _SCALES[word], scale=_SCALES[word])
    if numeral.scale >= 1000:
        return Numeral(numeral.start, j, numeral.value + share * numeral.scale, scale=numeral.scale)
    return Numeral(numeral.start, j, numeral.value + share)


def _skip_hyphen(pieces: tuple[Piece, ...], i: int) -> int:
    """Return `i`, or the piece behind a hyphen that stands there."""
    return i + 1 if _low(pieces, i) in ("-", "‑", "–") and i + 1 < len(pieces) else i
