"""Quantities of a report: numbers with the unit and operator they are written with.

«over $10 billion» -> > 1e10 USD · «5 to 7 percent» -> (5, 7) percent · «dozens of heads of state» -> >= 24 ·
«third-largest supplier» -> rank 3 · «2,802 km (1,741 mi)» -> one quantity, checked. A number without a
unit says nothing here, and years, dates, ages, designations and page furniture are no quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from detente.coding.numerals import Numeral, may_start, read_numeral, read_ratio
from detente.coding.pieces import Piece, cut_pieces, span_of, text_of
from detente.coding.reading import Quantity, Reading
from detente.knowledge.units import (
    Money,
    counted_nouns,
    currency_names,
    currency_signs,
    find_unit,
    singular,
    unit_names,
)
from detente.language.analysis import Sentence

Op = Literal["=", ">", "<", "~", ">=", "<="]

# The operator words in front of a number, longest first. acts.jsonl (2026) reads «nearly», «almost» as below.
_BEFORE: tuple[tuple[tuple[str, ...], Op], ...] = tuple(
    (tuple(words.split()), op)
    for words, op in sorted(
        {
            "over": ">", "more than": ">", "above": ">", "exceeding": ">", "in excess of": ">", "upwards of": ">",
            "upward of": ">", "exceeded": ">", "exceeds": ">", "surpassing": ">", "greater than": ">",
            "well over": ">", "higher than": ">", "beyond": ">", "north of": ">",
            "at least": ">=", "no fewer than": ">=", "no less than": ">=", "not less than": ">=",
            "a minimum of": ">=", "at a minimum": ">=", "minimum of": ">=",
            "nearly": "<", "almost": "<", "close to": "<", "just under": "<", "less than": "<", "fewer than": "<",
            "under": "<", "below": "<", "short of": "<", "just short of": "<", "lower than": "<",
            "up to": "<=", "as many as": "<=", "as much as": "<=", "no more than": "<=", "not more than": "<=",
            "at most": "<=", "a maximum of": "<=", "maximum of": "<=", "as high as": "<=", "within": "<=",
            "about": "~", "around": "~", "some": "~", "roughly": "~", "approximately": "~", "estimated": "~",
            "an estimated": "~", "circa": "~", "in the region of": "~", "in the order of": "~", "nearing": "<",
            "estimated at": "~", "approaching": "<",
        }.items(),
        key=lambda item: -len(item[0].split()),
    )  # fmt: skip
)  # type: ignore[assignment]
_AFTER: tuple[tuple[tuple[str, ...], Op], ...] = (
    (("or", "more"), ">="), (("or", "so"), "~"), (("or", "less"), "<="), (("or", "fewer"), "<="),
    (("and", "more"), ">"), (("+",), ">="), (("plus",), ">="),
)  # fmt: skip
# Words that may stand between the operator and the number and change nothing.
_PADDING = frozenset({"a", "an", "total", "of", "the", "whopping", "additional", "another", "just", "reported", "record"})

# «US $ 10», «C $ 300», as some agencies set it; «a $1 billion loan» is no Australian dollar.
_SPACED_SIGNS = frozenset({"us", "u.s.", "hk", "c", "nz", "nt", "u.s"})
# What a number behind it makes a name or a place in a list, not an amount.
_LABELS = frozenset(
    "resolution article articles chapter section paragraph unit no number flight boeing airbus highway route "
    "room page pages phase annex protocol item channel category magnitude type mark mk block zone level tier "
    "class grade act bill decree directive regulation law order case docket line figure table version volume "
    "part step goal sdg area station camp gate pier hall brigade bureau office group gang committee session "
    "serial fifa windows iphone agenda apollo".split()
)
_FURNITURE = frozenset(
    {"comment", "reply", "like", "retweet", "view", "click", "photo", "share", "tag", "result", "min", "star"}
)
_NUMBER_LINK = frozenset({"more", "other", "additional", "new", "further", "extra", "of", "its", "the", "these", "those"})
_STOPS = frozenset(
    "and or but in on at by for to from with as that which who was were is are had has have will would said "
    "says after before during while when if than between among into over under per nor because since until "
    "about against through without within he she it they we you i not also including killed wounded injured "
    "dead missing arrested ago later earlier old".split()
)
_HURT = frozenset(
    "kill kills killed killing injure injures injured injuring wound wounds wounded wounding arrest arrests "
    "arrested arresting detain detains detained detaining leave leaves left leaving hospitalised hospitalized "
    "infect infected infecting expel expels expelled expelling execute executed displace displaced displacing "
    "evacuate evacuated sentenced stranded deport deported".split()
)
_HURT_AFTER = frozenset(
    "dead killed injured wounded missing hospitalised hospitalized arrested detained displaced infected "
    "stranded hurt lives".split()
)
_SUPERLATIVES = frozenset(
    "biggest largest top greatest highest leading main smallest poorest richest strongest busiest "
    "most-visited deadliest longest".split()
)
# Two measures of one thing may be rounded each on its own: 1,741 miles are 2,801.9 km.
_CONVERSION_TOLERANCE = 0.06
_SPECIAL = re.compile(r"\d|[½⅓⅔¼¾⅕⅙⅛]")


@dataclass(frozen=True, slots=True)
class _Found:
    """A quantity by piece index, half open."""

    start: int
    end: int
    value: float | tuple[float, float]
    unit: str
    op: Op = "="
    bracketed: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence with its pieces, what the readers below all look at."""

    sentence: Sentence
    pieces: tuple[Piece, ...]

    def low(self, i: int) -> str:
        return self.pieces[i].low if 0 <= i < len(self.pieces) else ""

    def is_number(self, i: int) -> bool:
        return 0 <= i < len(self.pieces) and self.pieces[i].kind == "number"


def find_quantities(reading: Reading) -> Reading:
    """Return the reading with its quantities: «a deal worth over $10 billion» -> > 1e10 USD.

    Numbers inside times already found («July 3-4», «in 2017») are left to the times.
    """
    found: list[Quantity] = []
    for index, sentence in enumerate(reading.analysis.sentences):
        times = [
            (sentence.tokens[t.span.start].start, sentence.tokens[t.span.end - 1].end)
            for t in reading.times_in(index)
            if t.kind in ("point", "period") and sentence.tokens
        ]
        found.extend(quantities_of(sentence, index, times))
    return replace(reading, quantities=tuple(found))


def quantities_of(
    sentence: Sentence, index: int = 0, times: list[tuple[int, int]] | None = None
) -> Iterator[Quantity]:
    """Yield the quantities of one sentence; `times` are character offsets that date something."""
    line = _Line(sentence, cut_pieces(sentence))
    held = _without_conversions(line, _scan(line))
    for q in held:
        start, end = line.pieces[q.start].start, line.pieces[q.end - 1].end
        if any(a < end and start < b for a, b in times or ()):
            continue
        span = span_of(sentence, index, start, end)
        yield Quantity(span, q.value, q.unit, q.op, text_of(line.pieces, q.start, q.end, sentence))


def _scan(line: _Line) -> list[_Found]:
    """Return all quantities of a line, left to right, none inside another."""
    found: list[_Found] = []
    i = 0
    while i < len(line.pieces):
        if line.low(i) in ("http", "https", "www"):
            i = _end_of_address(line, i)
            continue
        q = _read_quantity(line, i) or _read_ellipsis(line, i, found)
        if q:
            found.append(_with_operator(line, q, found[-1].end if found else 0))
            i = q.end
        else:
            i = max(i + 1, _end_of_label(line, i))
    return found


def _end_of_address(line: _Line, i: int) -> int:
    """Return the piece behind a web address: all that is glued on."""
    i += 1
    while i < len(line.pieces) and line.pieces[i].glued:
        i += 1
    return i


def _read_ellipsis(line: _Line, i: int, found: list[_Found]) -> _Found | None:
    """«250,000 marched in New York, 100,000 in London»: the second number counts what the first did."""
    if not found or not may_start(line.pieces[i]) or found[-1].unit == "rank" or _is_label(line, i):
        return None
    unit = found[-1].unit
    if find_unit(unit) or unit.isupper() or any(line.low(k) == ";" for k in range(found[-1].end, i)):
        return None
    n = read_numeral(line.pieces, i)
    if n is None or n.kind != "cardinal" or n.value < 100 or _is_clock_or_date(line, n) or _is_year(line, n, n.end):
        return None
    if line.low(n.end) not in ("in", "at", "on", "from", "near", "across", ",", ".", "") or line.low(n.end) == "," and (
        line.is_number(n.end + 1)
    ):
        return None
    return _Found(i, n.end, n.value, unit)


def _read_quantity(line: _Line, i: int) -> _Found | None:
    """Return the quantity whose first piece is `i`: money by its sign, a rank, a number with a unit."""
    signed = _read_signed_money(line, i)
    if signed:
        return signed
    rank = _read_rank(line, i)
    if rank:
        return rank
    of = _read_percent_of(line, i)
    if of:
        return of
    if not may_start(line.pieces[i]) or _is_label(line, i):
        return None
    first = read_numeral(line.pieces, i)
    if first is None:
        return None
    first = read_ratio(line.pieces, first)
    if first.kind == "ordinal":
        return _read_ordinal_count(line, first)
    if _is_clock_or_date(line, first):
        return None
    value, end, last = _read_range(line, first, money=False)
    return _read_unit(line, first, value, _skip_if_not(line, end), last)


def _skip_if_not(line: _Line, i: int) -> int:
    """Return the piece behind «, if not millions,»: the least that is said is kept."""
    j = i + 1 if line.low(i) == "," else i
    if (line.low(j), line.low(j + 1)) != ("if", "not") or j + 2 >= len(line.pieces):
        return i
    more = read_numeral(line.pieces, j + 2)
    if more is None:
        return i
    return more.end + (line.low(more.end) == ",")


def _read_percent_of(line: _Line, i: int) -> _Found | None:
    """«a per cent of twenty-two», as tables and transcripts have it: the unit first."""
    j = i + 2 if (line.low(i), line.low(i + 1)) == ("per", "cent") else i + 1
    if line.low(j - 1) not in ("percent", "percents", "cent") or line.low(j) != "of" or may_start(line.pieces[max(0, i - 1)]) and i:
        return None
    n = read_numeral(line.pieces, j + 1) if j + 1 < len(line.pieces) and may_start(line.pieces[j + 1]) else None
    if n is None or n.kind != "cardinal" or n.end < len(line.pieces):
        return None
    return _Found(i, n.end, n.value, "percent")


# Money


def _read_signed_money(line: _Line, i: int) -> _Found | None:
    """«$24.5 billion», «US$10-12bn», «Rs 500 crore», «EUR 3 million», «€3m»."""
    sign = _sign_at(line, i)
    if sign is None:
        return None
    money, j = sign
    first = read_numeral(line.pieces, j, money=True) if j < len(line.pieces) else None
    if first is None or first.kind == "ordinal" or line.pieces[j].low in ("a", "an", "one"):
        return None
    value, end, _ = _read_range(line, first, money=True)
    tail = _money_name_at(line, end)
    if tail and tail[0].code in (money.code, "USD") and not line.is_number(tail[1]):
        end = tail[1]
    return _Found(i, end, _times(value, money.part), money.code)


def _sign_at(line: _Line, i: int) -> tuple[Money, int] | None:
    """Return the currency whose sign or code begins at piece `i`, and the piece behind it."""
    signs = currency_signs()
    best: tuple[Money, int] | None = None
    joined = ""
    for j in range(i, min(i + 4, len(line.pieces))):
        piece = line.pieces[j]
        if piece.kind == "number" or (j > i and not (piece.glued or (joined.lower() in _SPACED_SIGNS and piece.text == "$"))):
            break
        joined += piece.text
        money = signs.get(joined) or (signs.get(joined.upper()) if "$" in joined else None)
        if money and not (len(joined) > 1 and joined.isalpha() and not joined.isupper() and joined not in ("Rs", "Rp")):
            best = money, j + 1
    if best is None:
        return None
    after = best[1]
    if line.low(after) == "." and line.low(i) in ("rs", "fr", "bs"):
        after += 1
    previous = line.pieces[i - 1] if i else None
    if previous and previous.kind == "word" and line.pieces[i].glued and line.pieces[i].text != "$":
        return None
    return best[0], after


def _money_name_at(line: _Line, i: int) -> tuple[Money, int] | None:
    """Return money named behind a number: «yuan», «Swiss francs», «USD», «€», and the piece behind."""
    names = currency_names()
    i = i + 1 if line.low(i) in ("-", "‑") and line.low(i + 1).isalpha() else i
    for length in (4, 3, 2, 1):
        words, end = _words_from(line, i, length)
        if words and words in names and not (line.is_number(end) and line.pieces[end].glued):
            return names[words], end
    piece = line.pieces[i] if i < len(line.pieces) else None
    if piece is None:
        return None
    if piece.text.startswith("M") and piece.text[1:] in currency_signs() and len(piece.text) == 4:
        return Money(piece.text[1:], 1e6), i + 1
    sign = _sign_at(line, i)
    # «in 2017 $20»: a sign glued to the number behind it, or a code that number waits for, is not ours.
    if sign is None or not line.is_number(sign[1]):
        return sign
    if piece.glued and piece.kind == "word" or (piece.text == "$" and not line.pieces[sign[1]].glued):
        return sign
    return None


# Ranges and scales


def _read_range(
    line: _Line, first: Numeral, *, money: bool
) -> tuple[float | tuple[float, float], int, Numeral]:
    """Return the value, where it ends, and the last number: «10-12 billion» -> (1e10, 1.2e10)."""
    end = first.end
    link = line.low(end)
    between = first.start and _opens_between(line, first.start)
    joins = link in ("-", "–", "—", "to", "or") or (link == "and" and between)
    if not joins:
        return first.value, end, first
    j = end + 1
    sign = _sign_at(line, j) if money else None
    second = read_numeral(line.pieces, sign[1] if sign else j, money=money)
    if second is None or second.kind in ("ordinal", "fraction") or line.low(j) in ("a", "an"):
        return first.value, end, first
    if line.low(first.start - 1) == "from" and link == "to":
        return first.value, end, first  # «rose from 3 to 5 percent» is two figures
    if link == "-" and not line.pieces[end].glued:
        return first.value, end, first
    low, high = first.value, second.value
    if first.scale == 1 and second.scale > 1 and low < high / second.scale:
        low *= second.scale
    if low >= high or (link == "or" and high > low + 1.5 * second.scale and low):
        return first.value, end, first
    return (low, high), second.end, second


def _opens_between(line: _Line, i: int) -> bool:
    """Whether «between» stands before the number or its currency sign."""
    return any(line.low(j) == "between" for j in range(max(0, i - 4), i)) and "and" not in {
        line.low(j) for j in range(max(0, i - 4), i)
    }


def _times(value: float | tuple[float, float], factor: float) -> float | tuple[float, float]:
    if isinstance(value, tuple):
        return _exact(value[0] * factor), _exact(value[1] * factor)
    return _exact(value * factor)


def _exact(value: float) -> float:
    """Return a value without the dust of binary fractions: 24.5 * 1e9 -> 24500000000.0."""
    return float(f"{value:.12g}")


# Units


def _read_unit(
    line: _Line, first: Numeral, value: float | tuple[float, float], end: int, last: Numeral
) -> _Found | None:
    """Return the quantity with what stands behind the number, or None if nothing there is a unit."""
    i = first.start
    money = _money_name_at(line, end)
    if money:
        return _with_scale_behind(line, _Found(i, money[1], _times(value, money[0].part), money[0].code))
    measured = _measure_at(line, end, first)
    if measured:
        name, stop = measured
        if _is_age(line, stop, name) or _is_time_expression(line, i, stop, name):
            return None
        return _Found(i, stop, _times(value, 1.0), name)
    if first.kind == "fraction":
        return _read_fraction_of(line, first, end)
    if _is_year(line, first, end):
        return None
    part = _part_of_group(line, first, end)
    if part:
        return part
    counted = _counted_at(line, first, last, end)
    if counted:
        noun, stop = counted
        return _Found(i, stop, _times(value, 1.0), noun)
    if _is_people(line, i, end):
        return _Found(i, end, _times(value, 1.0), "person")
    return None


def _read_fraction_of(line: _Line, first: Numeral, end: int) -> _Found | None:
    """«two-thirds of its oil» -> 66.7 percent, «one in four» -> 25 percent; «a quarter» of nothing is none."""
    shares = line.low(end) in ("of", "the") or line.low(end - 2) in ("in", "out", "of")
    if not shares or line.low(end + 1) in ("century", "hour") or line.low(end + 2) in ("century", "hour", "year"):
        return None
    return _Found(first.start, end, _exact(100 * first.value), "percent")


def _part_of_group(line: _Line, first: Numeral, end: int) -> _Found | None:
    """«19 of the 43 people» counts 19 people, and the 43 is no figure of its own."""
    if line.low(end) != "of" or line.low(end + 1) not in ("the", "its", "their", "some", "about"):
        return None
    j = end + 2
    whole = read_numeral(line.pieces, j) if j < len(line.pieces) and may_start(line.pieces[j]) else None
    if whole is None or whole.kind != "cardinal" or whole.value < first.value or first.kind != "cardinal":
        return None
    counted = _counted_at(line, whole, whole, whole.end)
    return _Found(first.start, counted[1], first.value, counted[0]) if counted else None


def _with_scale_behind(line: _Line, q: _Found) -> _Found:
    """«75 USD million», «3 dollars 50 cents»."""
    word = line.low(q.end)
    scale = {"million": 1e6, "billion": 1e9, "trillion": 1e12}.get(word)
    if scale:
        return replace(q, end=q.end + 1, value=_times(q.value, scale))
    j = q.end + 1 if word == "and" else q.end
    small = read_numeral(line.pieces, j) if j < len(line.pieces) and may_start(line.pieces[j]) else None
    if small and small.kind == "cardinal" and small.value < 100 and not isinstance(q.value, tuple):
        name = _money_name_at(line, small.end)
        if name is None and line.low(small.end) in ("", ".") and small.value >= 10 and q.value >= 1:
            return replace(q, end=small.end, value=_exact(q.value + small.value / 100))  # «15 dollars 50»
        if name and name[0].part == 0.01 and line.low(small.end):
            return replace(q, end=name[1], value=_exact(q.value + small.value / 100))
    return q


def _measure_at(line: _Line, i: int, first: Numeral) -> tuple[str, int] | None:
    """Return the measured unit behind a number: «nautical miles», «-kilometer», «%», and the piece behind."""
    names = unit_names()
    start = i + 1 if line.low(i) in ("-", "‑") else i
    for length in (4, 3, 2, 1):
        words, end = _words_from(line, start, length)
        unit = names.get(words) if words else None
        if unit is None:
            continue
        short = len(words[-1]) <= 2 and unit.name not in ("km", "percent")
        if short and (not first.in_digits or (line.pieces[start].text != line.pieces[start].low and len(words[0]) < 2)):
            continue
        if words == ("m",) and _counted_phrase(line, end):
            continue  # «3m people»
        if words == ("second",) and start == i:
            continue
        return unit.name, end
    return None


def _words_from(line: _Line, i: int, length: int) -> tuple[tuple[str, ...], int]:
    """Return `length` words from piece `i`, hyphens between them passed over, and where they end."""
    words: list[str] = []
    j = i
    while len(words) < length:
        if j >= len(line.pieces):
            return (), i
        piece = line.pieces[j]
        if piece.low in ("-", "‑") and words:
            j += 1
            continue
        if piece.kind == "number":
            return (), i
        words.append(piece.low)
        j += 1
    return tuple(words), j


def _counted_at(line: _Line, first: Numeral, last: Numeral, end: int) -> tuple[str, int] | None:
    """Return the noun a number counts, in the singular, and the piece behind it.

    The tree is asked first («12 intergovernmental agreements»: the governor of «12»); where it has
    no answer the first known noun or plural behind the number is taken.
    """
    if line.low(end) in ("-", "‑"):
        return None  # «six-party talks», «two-state solution» name a thing and count nothing
    by_tree = _counted_by_tree(line, last)
    if by_tree:
        return by_tree
    return _counted_by_order(line, first, end)


def _counted_by_tree(line: _Line, last: Numeral) -> tuple[str, int] | None:
    sentence = line.sentence
    token = line.pieces[last.end - 1].token
    head = sentence.tokens[token].head
    if not sentence.tokens[token].deprel.startswith("nummod") or head <= token or head - token > 8:
        return None
    if sentence.tokens[head].upos not in ("NOUN", "PROPN"):
        return None
    at = next((k for k, p in enumerate(line.pieces) if p.token == head), None)
    if at is None or at < last.end:
        return None
    between = range(last.end, at + 1)
    if any(line.low(k) in _STOPS for k in between if k != at):
        return None
    for k in between:
        phrase = _counted_phrase(line, k)
        if phrase and phrase[1] > at:
            return phrase
    return _plain_noun(line, at)


def _counted_by_order(line: _Line, first: Numeral, end: int) -> tuple[str, int] | None:
    limit = min(len(line.pieces), end + 6)
    best: tuple[str, int] | None = None
    for k in range(end, limit):
        piece = line.pieces[k]
        if piece.kind != "word" or piece.low in _STOPS:
            break
        phrase = _counted_phrase(line, k)
        if phrase:
            best = phrase
            continue
        if best:
            break
        if _looks_plural(piece) and piece.low not in _NUMBER_LINK and (piece.low == piece.text or k > end or True):
            plain = _plain_noun(line, k)
            if plain:
                return plain
    return best


def _counted_phrase(line: _Line, i: int) -> tuple[str, int] | None:
    nouns = counted_nouns()
    for length in (4, 3, 2, 1):
        words, end = _words_from(line, i, length)
        if words and words in nouns:
            if length == 1 and words[0] in ("state", "force", "call", "other", "good", "order") and i:
                continue
            return nouns[words].noun, end
    return None


def _plain_noun(line: _Line, i: int) -> tuple[str, int] | None:
    """Return a noun no table knows, in the singular; «Mexicans» and their kin are persons."""
    piece = line.pieces[i]
    if piece.is_capital and i:
        if re.search(r"(?:ans|ians|ese|is|ers|ards)$", piece.low) and len(piece.low) > 5:
            return "person", i + 1
        return None
    noun = singular(piece.low)
    if noun in _FURNITURE or len(noun) < 3 or find_unit(noun):
        return None
    if noun == piece.low and line.sentence.tokens[piece.token].has("Number=Sing"):
        return None  # «a 2016 referendum», «chapter 11 case»
    return noun, i + 1


def _looks_plural(piece: Piece) -> bool:
    low = piece.low
    return len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is", "ous"))


def _is_people(line: _Line, start: int, end: int) -> bool:
    """Whether a bare number counts people hurt or held: «killed five and wounded 110», «80 dead»."""
    if line.low(end) in _HURT_AFTER:
        return True
    if line.low(end) in ("more", "others") and line.low(end + 1) in ("were", "was", "are", "have"):
        return line.low(end + 2) in _HURT_AFTER
    j = start - 1
    while j >= 0 and (line.low(j) in _PADDING or _ends_operator(line, j + 1)):
        j -= 1
    return line.low(j) in _HURT and _ends_phrase(line, end)


def _ends_phrase(line: _Line, i: int) -> bool:
    """Whether no noun follows that a number before `i` could count."""
    follows = line.low(i)
    if follows in ("", ".", ",", ";", ")", "others", "more", "worldwide") or follows in _STOPS:
        return True
    if i >= len(line.pieces):
        return True
    return line.sentence.tokens[line.pieces[i].token].upos in ("ADP", "PUNCT", "CCONJ", "SCONJ", "ADV", "VERB")


def _ends_operator(line: _Line, end: int) -> bool:
    word = line.low(end - 1)
    return any(word in words for words, _ in _BEFORE)


# What is no quantity


def _is_label(line: _Line, i: int) -> bool:
    """Whether the number at `i` is part of a name: «Hwasong-14», «G20», «Resolution 2231», «One China»."""
    piece = line.pieces[i]
    before = line.pieces[i - 1] if i else None
    if before is None:
        return piece.is_capital and i + 1 < len(line.pieces) and piece.kind == "word" and _is_name_word(line, i + 1)
    if piece.kind == "word":
        if piece.is_capital and not piece.text.isupper() and _is_name_word(line, i + 1) and before.low not in (".", ":"):
            return True
        return before.low in ("no", "every", "any", "each", "this", "that", "which") and piece.low == "one"
    if piece.glued and before.kind == "word" and before.text not in ("US", "USD", "Rs", "EUR", "m"):
        return True
    if piece.glued and before.low in ("-", "–", "/", ":", ".", "'", "#", "№") and i >= 2:
        back = line.pieces[i - 2]
        if before.glued and (back.kind == "word" and back.low not in ("mid", "to") or before.low in ("/", ":", "#")):
            return True
    if before.low in ("#", "№"):
        return True
    j = i - 2 if before.low == "." else i - 1
    if line.low(j) in _LABELS and not (line.low(j) in ("number", "order", "part") and line.low(j + 1) != "."
                                       and j and line.low(j - 1) not in ("", ".")):  # fmt: skip
        return True
    return line.low(j) == "of" and line.low(j - 1) in ("group", "gang") or line.low(j) == "+"


def _is_name_word(line: _Line, i: int) -> bool:
    return i < len(line.pieces) and line.pieces[i].kind == "word" and line.pieces[i].is_capital


def _end_of_label(line: _Line, i: int) -> int:
    """Return the piece behind a label's number, so that its digits are not read again."""
    if not may_start(line.pieces[i]) or not line.is_number(i) or not _is_label(line, i):
        return i + 1
    j = i + 1
    while j + 1 < len(line.pieces) and line.low(j) in ("/", "-", ".") and line.pieces[j].glued and line.is_number(j + 1):
        j += 2
    return j


def _is_clock_or_date(line: _Line, n: Numeral) -> bool:
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
    return _is_month(line.low(n.end)) or (_is_month(before) and n.value <= 31 and n.scale == 1)


_MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb apr jun jul aug sep sept oct nov dec".split()
)


def _is_month(word: str) -> bool:
    return word in _MONTHS


def _is_year(line: _Line, n: Numeral, end: int) -> bool:
    """Whether bare digits are a year: «in 2017», «the 2015 accord», never «2741 confirmed cases»."""
    text = line.pieces[n.start].text
    if not n.in_digits or len(text) != 4 or not text.isdigit() or n.end - n.start > 1:
        return False
    if line.low(n.end) == "s" and line.pieces[n.end].glued:
        return True
    if not 1500 <= n.value <= 2100:
        return False
    before = line.low(n.start - 1)
    if before in ("in", "since", "by", "until", "till", "of", "from", "during", "the", "for", "(", ",", "to", "and", "this"):
        return True
    token = line.sentence.tokens[line.pieces[n.start].token]
    return not (token.deprel.startswith("nummod") or _counted_phrase(line, end))


def _is_age(line: _Line, end: int, unit: str) -> bool:
    """«46 years old», «46-year-old», «aged 46»."""
    follows = line.low(end + 1) if line.low(end) in ("-", "‑") else line.low(end)
    return unit in ("year", "month", "day", "week") and follows in ("old", "olds", "of") and (
        follows != "of" or line.low(end + 1) == "age"
    )


def _is_time_expression(line: _Line, start: int, end: int, unit: str) -> bool:
    """Whether a count of days or years dates something: «two days ago», «in three weeks», «the last two years»."""
    if unit not in ("second", "minute", "hour", "day", "week", "month", "year", "decade", "century"):
        return False
    after, before = line.low(end), line.low(start - 1)
    if after in ("ago", "later", "earlier", "hence") or (after == "from" and line.low(end + 1) in ("now", "today")):
        return True
    if after in ("after", "before", "since") and unit != "minute":
        return True
    return before in ("last", "past", "next", "coming", "previous", "first") or line.low(start) in ("one", "a", "an")


# Ordinals


def _read_ordinal_count(line: _Line, n: Numeral) -> _Found | None:
    """«third meeting this year» -> 3 meeting; «the third of its kind» -> 3 of what the clause is about."""
    if n.value < 2 or _is_month(line.low(n.end)) or _is_month(line.low(n.start - 1)) or line.low(n.start - 2) == "of":
        return None
    if line.low(n.end) == "of" and line.low(n.end + 1) in ("of", "its", "their", "such") and line.low(n.end + 2) in (
        "kind", "sort", "type"
    ):  # fmt: skip
        noun = _act_noun_before(line, n.start)
        return _Found(n.start, n.end + 3, n.value, noun) if noun else None
    j = n.end
    for k in range(j, min(j + 4, len(line.pieces))):
        if line.pieces[k].kind != "word" and line.low(k) != "-":
            return None
        if line.low(k) in _STOPS:
            return None
        phrase = _counted_phrase(line, k)
        if phrase:
            follows = _counted_phrase(line, phrase[1])
            noun, end = follows or phrase
            group = counted_nouns()[tuple(noun.split())].group if tuple(noun.split()) in counted_nouns() else ""
            return _Found(n.start, end, n.value, noun) if group in ("act", "text", "person") and _tells_count(line, n, end) else None
    return None


def _tells_count(line: _Line, n: Numeral, end: int) -> bool:
    """Whether an ordinal counts acts so far and is no edition or name («Third Committee», «43rd summit»)."""
    if line.pieces[n.start].is_capital and n.start and n.kind == "ordinal" and not n.in_digits:
        return False
    tail = " ".join(line.low(k) for k in range(end, min(end + 8, len(line.pieces))))
    if re.search(r"\b(?:this (?:year|month|week|decade)|so far|in a row|since|to date|of the year|of its kind|in "
                 r"(?:\w+ ){1,3}(?:days|weeks|months|years)|in as many|in less than)\b", tail):  # fmt: skip
        return True
    before = line.low(n.start - 1)
    return before in ("'", "'s", "s", "’", "their", "consecutive", "straight") or line.low(n.end) in (
        "such", "consecutive", "straight", "successive"
    )  # fmt: skip


def _act_noun_before(line: _Line, i: int) -> str | None:
    """Return the first act named before piece `i`, as «of its kind» refers to it: «Xi's meeting … the third»."""
    nouns = counted_nouns()
    for k in range(i):
        for length in (2, 1):
            words, _ = _words_from(line, k, length)
            if words in nouns and nouns[words].group in ("act", "text"):
                return nouns[words].noun
    return None


def _read_rank(line: _Line, i: int) -> _Found | None:
    """«biggest trading partner» -> rank 1, «third-largest supplier» -> rank 3, «No. 2 exporter» -> rank 2."""
    piece = line.pieces[i]
    if piece.low in ("number", "no"):
        return _read_numbered_rank(line, i)
    start, value = i, 1.0
    if may_start(piece) and piece.low not in ("a", "an"):
        ordinal = read_numeral(line.pieces, i)
        if ordinal is None or ordinal.kind != "ordinal":
            return None
        value, i = ordinal.value, ordinal.end
        if line.low(i) in ("-", "‑"):
            i += 1
        while line.low(i) in ("and", "or", ",", "-") or (i < len(line.pieces) and may_start(line.pieces[i])):
            return None
    if line.low(i) == "single":
        i += 1
    if line.low(i) not in _SUPERLATIVES - {"top"} or (start == i and line.low(i) in ("leading", "main")):
        if not (line.low(i) == "most" and line.low(i + 1) in ("important", "populous")):
            return None
        i += 1
    if start == i and (line.low(start - 1) == "s" and line.low(start - 2) not in ("'", "’", "'s")):
        return None
    if _is_one_of(line, start):
        return None
    end = i + 1
    stop = min(len(line.pieces), end + 4)
    while end < stop and line.pieces[end].kind == "word" and line.low(end) not in _STOPS:
        end += 1
    return _Found(start, end, value, "rank") if end > i + 1 else None


def _read_numbered_rank(line: _Line, i: int) -> _Found | None:
    j = i + 2 if line.low(i + 1) == "." else i + 1
    n = read_numeral(line.pieces, j) if j < len(line.pieces) and may_start(line.pieces[j]) else None
    if n is None or n.kind != "cardinal" or n.value > 20:
        return None
    end = n.end
    while end < min(len(line.pieces), n.end + 3) and line.pieces[end].kind == "word" and line.low(end) not in _STOPS:
        end += 1
        if line.low(end - 1) in ("partner", "market", "supplier", "exporter", "importer", "buyer", "investor", "donor",
                                 "producer", "destination", "economy"):  # fmt: skip
            return _Found(i, end, n.value, "rank")
    return None


def _is_one_of(line: _Line, i: int) -> bool:
    """«one of the biggest», «among the largest»."""
    return any(line.low(k) in ("one", "among", "some") for k in range(max(0, i - 5), i) if line.low(k + 1) in ("of", "the"))


# Operators and conversions


def _with_operator(line: _Line, q: _Found, floor: int) -> _Found:
    """Return the quantity with the operator words beside it: «more than a dozen» -> >, «10,000 or so» -> ~."""
    q = replace(q, bracketed=_is_bracketed(line, q.start))
    if q.unit == "rank":
        return q
    if q.start > floor and _is_minus(line, q.start - 1) and not isinstance(q.value, tuple):
        q = replace(q, start=q.start - 1, value=-q.value)
    vague = read_numeral(line.pieces, q.start)
    op: Op = ">=" if vague and vague.kind == "vague" else "="
    after = next(((words, o) for words, o in _AFTER if _matches(line, q.end, words)), None)
    if after is None and line.low(q.end - 1) and not isinstance(q.value, tuple):
        number = vague.end if vague else q.start
        inner = next(((words, o) for words, o in _AFTER if _matches(line, number, words)), None)
        op = inner[1] if inner and number < q.end else op
    if after:
        q, op = replace(q, end=q.end + len(after[0]) if after[0] in (("+",),) else q.end), after[1]
    j = q.start
    while j > floor and line.low(j - 1) in _PADDING and j > q.start - 4:
        j -= 1
    for at in sorted({q.start, j}, reverse=True):
        for words, o in _BEFORE:
            if at - len(words) >= floor and _matches(line, at - len(words), words):
                if words == ("some",) and vague and vague.kind == "vague":
                    continue
                return replace(q, start=at - len(words), op=o)
    return replace(q, op=op)


def _is_minus(line: _Line, i: int) -> bool:
    """Whether a sign stands at `i`: «minus five percent», «-5 percent», never «China - 5 percent»."""
    if line.low(i) in ("minus", "negative"):
        return True
    stands_free = i == 0 or not line.pieces[i].glued
    return line.low(i) in ("-", "−") and stands_free and line.pieces[i + 1].glued


def _matches(line: _Line, i: int, words: tuple[str, ...]) -> bool:
    return i >= 0 and all(line.low(i + k) == word for k, word in enumerate(words))


def _is_bracketed(line: _Line, i: int) -> bool:
    return any(line.low(k) in ("(", "[") for k in range(max(0, i - 3), i)) and ")" not in {
        line.low(k) for k in range(max(0, i - 3), i)
    }


def _without_conversions(line: _Line, found: list[_Found]) -> list[_Found]:
    """Return the quantities less those in brackets that say the one before again in another unit.

    «2,802 km (1,741 mi)» is one; «50 km (80 miles)» does not agree and stays two.
    """
    kept: list[_Found] = []
    for q in found:
        if kept and q.bracketed and q.start - kept[-1].end <= 3 and _says_again(kept[-1], q):
            continue
        kept.append(q)
    return kept


def _says_again(first: _Found, second: _Found) -> bool:
    if first.unit.isupper() and second.unit.isupper() and len(first.unit) == len(second.unit) == 3:
        return first.unit != second.unit
    a, b = find_unit(first.unit), find_unit(second.unit)
    if a is None or b is None or a.base != b.base or a.name == b.name:
        return False
    x, y = _middle(first.value) * a.factor, _middle(second.value) * b.factor
    return abs(x - y) <= _CONVERSION_TOLERANCE * max(abs(x), abs(y))


def _middle(value: float | tuple[float, float]) -> float:
    return sum(value) / 2 if isinstance(value, tuple) else value
