"""Numbers that are no amounts: «Hwasong-14», «Resolution 2231», «in 2017», «aged 46», «11:25»."""

from __future__ import annotations

from detente.coding.howmuch.amounts import Line, counted_phrase
from detente.coding.howmuch.numerals import Numeral, may_start

_BEFORE_YEAR = frozenset("in since by until till of from during the for ( , to and this".split())
# What a number behind it makes a name or a place in a list, not an amount.
_LABELS = frozenset(
    "resolution article articles chapter section paragraph unit no number flight boeing airbus highway "
    "route room page pages phase annex protocol item channel category magnitude type mark mk block zone "
    "level tier class grade act bill decree directive regulation law order case docket line figure "
    "table version volume part step goal sdg area station camp gate pier hall brigade bureau office "
    "group gang committee session serial fifa windows iphone agenda apollo".split()
)
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb apr "
    "jun jul aug sep sept oct nov dec".split()
)


def end_of_address(line: Line, i: int) -> int:
    """Return the piece behind a web address: all that is glued on."""
    i += 1
    while i < len(line.pieces) and line.pieces[i].glued:
        i += 1
    return i


def is_label(line: Line, i: int) -> bool:
    """Whether the number at `i` is part of a name: «Hwasong-14», «G20», «Resolution 2231», «One China»."""
    piece = line.pieces[i]
    before = line.pieces[i - 1] if i else None
    if before is None:
        return piece.low == "one" and _is_name_word(line, i + 1)
    if piece.kind == "word":
        if (
            piece.is_capital
            and not piece.text.isupper()
            and _is_name_word(line, i + 1)
            and before.low not in (".", ":", "“", '"', "”", ")")
        ):
            return True
        return before.low in ("no", "every", "any", "each", "this", "that", "which") and piece.low == "one"
    if piece.glued and before.kind == "word" and before.text not in ("US", "USD", "Rs", "EUR", "m"):
        return True
    if piece.glued and before.low in ("-", "–", "/", ":", ".", "'", "#", "№") and i >= 2:
        back = line.pieces[i - 2]
        if before.glued and (
            (back.kind == "word" and back.low not in ("mid", "to")) or before.low in ("/", ":", "#")
        ):
            return True
    if before.low in ("#", "№"):
        return True
    j = i - 2 if before.low == "." else i - 1
    if line.low(j) in _LABELS and not (
        line.low(j) in ("number", "order", "part")
        and line.low(j + 1) != "."
        and j
        and line.low(j - 1) not in ("", ".")
    ):
        return True
    return (line.low(j) == "of" and line.low(j - 1) in ("group", "gang")) or line.low(j) == "+"


def _is_name_word(line: Line, i: int) -> bool:
    return i < len(line.pieces) and line.pieces[i].kind == "word" and line.pieces[i].is_capital


def end_of_label(line: Line, i: int) -> int:
    """Return the piece behind a label's number, so that its digits are not read again."""
    if not may_start(line.pieces[i]) or not line.is_number(i) or not is_label(line, i):
        return i + 1
    j = i + 1
    while (
        j + 1 < len(line.pieces)
        and line.low(j) in ("/", "-", ".")
        and line.pieces[j].glued
        and line.is_number(j + 1)
    ):
        j += 2
    return j


def is_clock_or_date(line: Line, n: Numeral) -> bool:
    """Whether the number is part of a clock time, a date in digits, a score or a phone number."""
    after, before = line.low(n.end), line.low(n.start - 1)
    if not n.in_digits:
        return False
    if after in ("am", "pm", "a.m.", "p.m.", "gmt", "utc", "edt", "est", "cet"):
        return True
    if after in (":", "/") and line.is_number(n.end + 1) and line.pieces[n.end].glued:
        return True
    if before in (":", "/") and line.is_number(n.start - 2):
        return True
    if after in ("-", "–") and line.is_number(n.end + 1) and line.pieces[n.end].glued:
        second = line.pieces[n.end + 1]
        again = line.low(n.end + 2) in ("-", "–") and line.is_number(n.end + 3)
        falls = n.value >= second.number and n.scale == 1
        return again or falls
    if before in ("-", "–") and line.is_number(n.start - 2) and line.pieces[n.start].glued:
        return True
    return is_month(line.low(n.end)) or (is_month(before) and n.value <= 31 and n.scale == 1)


def is_month(word: str) -> bool:
    return word in _MONTHS


def is_year(line: Line, n: Numeral, end: int) -> bool:
    """Whether bare digits are a year: «in 2017», «the 2015 accord», never «2741 confirmed cases»."""
    text = line.pieces[n.start].text
    if not n.in_digits or len(text) != 4 or not text.isdigit() or n.end - n.start > 1:
        return False
    if line.low(n.end) == "s" and line.pieces[n.end].glued:
        return True
    if not 1500 <= n.value <= 2100:
        return False
    before = line.low(n.start - 1)
    if before in _BEFORE_YEAR:
        return True
    token = line.sentence.tokens[line.pieces[n.start].token]
    return not (token.deprel.startswith("nummod") or counted_phrase(line, end))


def is_age(line: Line, end: int, unit: str) -> bool:
    """«46 years old», «46-year-old», «aged 46»."""
    follows = line.low(end + 1) if line.low(end) in ("-", "‑") else line.low(end)
    return (
        unit in ("year", "month", "day", "week")
        and follows in ("old", "olds", "of")
        and (follows != "of" or line.low(end + 1) == "age")
    )


def is_time_expression(line: Line, start: int, end: int, unit: str) -> bool:
    """Whether a count of days or years dates something: «two days ago», «in three weeks»."""
    if unit not in ("second", "minute", "hour", "day", "week", "month", "year", "decade", "century"):
        return False
    after, before = line.low(end), line.low(start - 1)
    if after in ("ago", "later", "earlier", "hence") or (
        after == "from" and line.low(end + 1) in ("now", "today")
    ):
        return True
    if after in ("after", "before", "since") and unit != "minute":
        return True
    return before in ("last", "past", "next", "coming", "previous", "first") or line.low(start) in (
        "one",
        "a",
        "an",
    )
