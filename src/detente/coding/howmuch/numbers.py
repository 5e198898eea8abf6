"""Quantities of a report: numbers with the unit and operator they are written with.

«over $10 billion» -> > 1e10 USD · «5 to 7 percent» -> (5, 7) percent · «dozens of heads of state» -> >= 24 ·
«third-largest supplier» -> rank 3 · «2,802 km (1,741 mi)» -> one quantity, checked. A number without a
unit says nothing here, and years, dates, ages, designations and page furniture are no quantities.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from detente.coding.howmuch.amounts import (
    NUMBER_LINK,
    STOPS,
    Found,
    Line,
    counted_phrase,
    exact,
    joined_between,
    looks_plural,
    plain_noun,
    scaled,
    words_from,
)
from detente.coding.howmuch.bare import NOTHING, Before, find_bare
from detente.coding.howmuch.labels import (
    end_of_address,
    end_of_label,
    is_age,
    is_clock_or_date,
    is_label,
    is_time_expression,
    is_year,
)
from detente.coding.howmuch.numerals import Numeral, may_start, read_numeral, read_ratio
from detente.coding.howmuch.ranks import read_ordinal_count, read_rank
from detente.coding.pieces import cut_pieces, span_of, text_of
from detente.coding.reading import Quantity, Reading
from detente.knowledge.units import (
    Money,
    Op,
    currency_names,
    currency_signs,
    find_unit,
    operator_words,
    unit_names,
)
from detente.language.analysis import Sentence

_SAME_IN_PLURAL = frozenset(
    "aircraft personnel series headquarters buffalo sheep fish spacecraft offspring".split()
)
_CHANGES = frozenset(
    "rose fell gained lost climbed dropped up down jumped slid rises falls added shed".split()
)
_NOT_NOUNS = frozenset("ADP PUNCT CCONJ SCONJ ADV VERB".split())
# Words that may stand between the operator and the number and change nothing.
_PADDING = frozenset(
    {"a", "an", "total", "of", "the", "whopping", "additional", "another", "just", "reported", "record"}
)
# «US $ 10», «C $ 300», as some agencies set it; «a $1 billion loan» is no Australian dollar.
_SPACED_SIGNS = frozenset({"us", "u.s.", "hk", "c", "nz", "nt", "u.s"})
_HURT = frozenset(
    "kill kills killed killing injure injures injured injuring wound wounds wounded wounding arrest "
    "arrests arrested arresting detain detains detained detaining leave leaves left leaving "
    "hospitalised hospitalized infect infected infecting expel expels expelled expelling execute "
    "executed displace displaced displacing evacuate evacuated sentenced stranded deport deported".split()
)
_HURT_AFTER = frozenset(
    "dead killed injured wounded missing hospitalised hospitalized arrested detained displaced infected "
    "stranded hurt lives".split()
)
# Two measures of one thing may be rounded each on its own: 1,741 miles are 2,801.9 km.
CONVERSION_TOLERANCE = 0.06


def find_quantities(reading: Reading) -> Reading:
    """Return the reading with its quantities: «a deal worth over $10 billion» -> > 1e10 USD.

    Numbers inside times already found («July 3-4», «in 2017») are left to the times.
    """
    found: list[Quantity] = []
    before = NOTHING
    for index, sentence in enumerate(reading.analysis.sentences):
        times = [
            (sentence.tokens[t.span.start].start, sentence.tokens[t.span.end - 1].end)
            for t in reading.times_in(index)
            if t.kind in ("point", "period") and sentence.tokens
        ]
        here = tuple(quantities_of(sentence, index, times, before=before.at(index)))
        before = before.then(index, here)
        found += here
    return replace(reading, quantities=tuple(found))


def quantities_of(
    sentence: Sentence,
    index: int = 0,
    times: list[tuple[int, int]] | None = None,
    *,
    before: Before = NOTHING,
) -> Iterator[Quantity]:
    """Yield the quantities of one sentence; `times` are character offsets that date something.

    `before` is what was counted last: «won 365 seats. The other party lost 42.»
    """
    line = Line(sentence, cut_pieces(sentence))
    scanned = scan_amounts(line)
    held = joined_between(line, _without_conversions(line, scanned))
    held = sorted([*held, *find_bare(line, scanned, before)], key=lambda q: q.start)
    for q in held:
        start, end = line.pieces[q.start].start, line.pieces[q.end - 1].end
        if any(a < end and start < b for a, b in times or ()):
            continue
        span = span_of(sentence, index, start, end)
        yield Quantity(span, q.value, q.unit, q.op, text_of(line.pieces, q.start, q.end, sentence))


def scan_amounts(line: Line) -> list[Found]:
    """Return all quantities of a line, left to right, none inside another."""
    found: list[Found] = []
    i = 0
    while i < len(line.pieces):
        if line.low(i) in ("http", "https", "www"):
            i = end_of_address(line, i)
            continue
        q = _read_quantity(line, i) or _read_ellipsis(line, i, found)
        if q:
            found.append(_with_operator(line, q, found[-1].end if found else 0))
            i = q.end
        else:
            i = max(i + 1, end_of_label(line, i))
    return found


def _read_ellipsis(line: Line, i: int, found: list[Found]) -> Found | None:
    """«250,000 marched in New York, 100,000 in London»: the second number counts what the first did."""
    if not found or not may_start(line.pieces[i]) or found[-1].unit == "rank" or is_label(line, i):
        return None
    unit = found[-1].unit
    if find_unit(unit) or unit.isupper() or any(line.low(k) == ";" for k in range(found[-1].end, i)):
        return None
    n = read_numeral(line.pieces, i)
    if (
        n is None
        or n.kind != "cardinal"
        or n.value < 100
        or is_clock_or_date(line, n)
        or is_year(line, n, n.end)
    ):
        return None
    if line.low(n.end) not in ("in", "at", "on", "from", "near", "across", ",", ".", "") or (
        line.low(n.end) == "," and (line.is_number(n.end + 1))
    ):
        return None
    return Found(i, n.end, n.value, unit)


def _read_quantity(line: Line, i: int) -> Found | None:
    """Return the quantity whose first piece is `i`: money by its sign, a rank, a number with a unit."""
    signed = _read_signed_money(line, i)
    if signed:
        return signed
    rank = read_rank(line, i)
    if rank:
        return rank
    of = _read_percent_of(line, i)
    if of:
        return of
    if not may_start(line.pieces[i]) or is_label(line, i):
        return None
    first = read_numeral(line.pieces, i)
    if first is None:
        return None
    first = read_ratio(line.pieces, first)
    if line.low(i) == "one" and line.low(i + 1) == "of":
        return None
    if first.kind == "ordinal":
        return read_ordinal_count(line, first)
    if is_clock_or_date(line, first):
        return None
    changed = _read_change(line, first)
    if changed:
        return changed
    value, end, last = _read_range(line, first, money=False)
    return _read_unit(line, first, value, _skip_asides(line, end), last)


def _read_change(line: Line, first: Numeral) -> Found | None:
    """Return the first number of «from 3 to 5 percent», which takes the unit of the second."""
    if line.low(first.start - 1) != "from" or line.low(first.end) != "to":
        return None
    if first.end + 1 >= len(line.pieces) or line.low(first.end + 1) in ("a", "an"):
        return None
    second = _read_quantity(line, first.end + 1)
    if second is None or isinstance(second.value, tuple) or second.unit == "rank":
        return None
    other = read_numeral(line.pieces, first.end + 1)
    scale = other.scale if other and first.scale == 1 and other.scale > 1 else 1.0
    return Found(first.start, first.end, exact(first.value * scale), second.unit)


def _skip_asides(line: Line, i: int) -> int:
    """Return the piece behind «, if not millions,», «or so», «+» between a number and what it counts."""
    for words, _ in operator_words("after"):
        if _matches(line, i, words) and i + len(words) < len(line.pieces):
            behind = line.pieces[i + len(words)]
            return i + len(words) if behind.kind == "word" and behind.low not in STOPS else i
    j = i + 1 if line.low(i) == "," else i
    if (line.low(j), line.low(j + 1)) != ("if", "not") or j + 2 >= len(line.pieces):
        return i
    more = read_numeral(line.pieces, j + 2)
    return more.end + (line.low(more.end) == ",") if more else i


def _read_percent_of(line: Line, i: int) -> Found | None:
    """«a per cent of twenty-two», as tables and transcripts have it: the unit first."""
    j = i + 2 if (line.low(i), line.low(i + 1)) == ("per", "cent") else i + 1
    if (
        line.low(j - 1) not in ("percent", "percents", "cent")
        or line.low(j) != "of"
        or (may_start(line.pieces[max(0, i - 1)]) and i)
    ):
        return None
    n = (
        read_numeral(line.pieces, j + 1)
        if j + 1 < len(line.pieces) and may_start(line.pieces[j + 1])
        else None
    )
    if n is None or n.kind != "cardinal" or n.end < len(line.pieces):
        return None
    return Found(i, n.end, n.value, "percent")


def _read_signed_money(line: Line, i: int) -> Found | None:
    """«$24.5 billion», «US$10-12bn», «Rs 500 crore», «EUR 3 million», «€3m»."""
    sign = _sign_at(line, i) or _name_before(line, i)
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
    return _with_hundredths(line, Found(i, end, scaled(value, money.part), money.code))


def _name_before(line: Line, i: int) -> tuple[Money, int] | None:
    """Return money named before its number, as tables and wires have it: «dollar 22.5 million», «rmb 10».

    A name needs a scale behind the number («a dollar 20 years ago» has none); a code in small letters does
    not, unless the number before waits for it («10 usd 20 times»).
    """
    word = line.low(i)
    money = currency_names().get((word,))
    if money is None or money.part != 1.0 or not line.is_number(i + 1) or line.pieces[i + 1].glued:
        return None
    is_code = word in _SMALL_CODES
    if line.is_number(i - 1) and not (is_code and line.low(i - 2) in _SMALL_CODES):
        return None
    number = read_numeral(line.pieces, i + 1, money=True)
    if number is None or number.kind != "cardinal" or not (is_code or number.scale >= 1e6):
        return None
    return money, i + 1


_SMALL_CODES = frozenset("rmb usd eur gbp".split())


def _with_hundredths(line: Line, q: Found) -> Found:
    """«$100 and fifty»: cents in words, where nothing follows that the fifty could count."""
    if line.low(q.end) != "and" or isinstance(q.value, tuple) or _opens_between(line, q.start):
        return q
    j = q.end + 1
    small = read_numeral(line.pieces, j) if j < len(line.pieces) and may_start(line.pieces[j]) else None
    if small is None or small.kind != "cardinal" or small.in_digits or not 10 <= small.value < 100:
        return q
    if line.low(small.end) not in ("", "."):
        return q
    return replace(q, end=small.end, value=exact(q.value + small.value / 100))


def _sign_at(line: Line, i: int) -> tuple[Money, int] | None:
    """Return the currency whose sign or code begins at piece `i`, and the piece behind it."""
    signs = currency_signs()
    best: tuple[Money, int] | None = None
    joined = ""
    for j in range(i, min(i + 4, len(line.pieces))):
        piece = line.pieces[j]
        if piece.kind == "number" or (
            j > i and not (piece.glued or (joined.lower() in _SPACED_SIGNS and piece.text == "$"))
        ):
            break
        joined += piece.text
        money = signs.get(joined) or (signs.get(joined.upper()) if "$" in joined else None)
        if money is None and len(joined) == 4 and joined.startswith("M") and joined[1:].isupper():
            in_millions = signs.get(joined[1:])  # «MEUR 25», as northern companies report
            money = replace(in_millions, part=1e6) if in_millions else None
        if money and not (
            len(joined) > 1 and joined.isalpha() and not joined.isupper() and joined not in ("Rs", "Rp")
        ):
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


def _money_name_at(line: Line, i: int) -> tuple[Money, int] | None:
    """Return money named behind a number: «yuan», «Swiss francs», «USD», «€», and the piece behind."""
    names = currency_names()
    i = i + 1 if line.low(i) in ("-", "‑") and line.low(i + 1).isalpha() else i
    for length in (4, 3, 2, 1):
        words, end = words_from(line, i, length)
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
    if (piece.glued and piece.kind == "word") or (piece.text == "$" and not line.pieces[sign[1]].glued):
        return sign
    return None


def _read_range(
    line: Line, first: Numeral, *, money: bool
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
    if link == "-" and not line.pieces[end].glued:
        return first.value, end, first
    if sign and link == "to" and line.low(first.start - 2) in _CHANGES:
        return first.value, end, first  # «rose $2 to $71»: by how much, and to what
    low, high = first.value, second.value
    if first.scale == 1 and second.scale > 1 and low < high / second.scale:
        low *= second.scale
    if low >= high or (link == "or" and high > low + 1.5 * second.scale and low):
        return first.value, end, first
    return (low, high), second.end, second


def _opens_between(line: Line, i: int) -> bool:
    """Whether «between» stands before the number or its currency sign."""
    return any(line.low(j) == "between" for j in range(max(0, i - 4), i)) and "and" not in {
        line.low(j) for j in range(max(0, i - 4), i)
    }


def _read_unit(
    line: Line, first: Numeral, value: float | tuple[float, float], end: int, last: Numeral
) -> Found | None:
    """Return the quantity with what stands behind the number, or None if nothing there is a unit."""
    i = first.start
    if first.kind == "vague" and line.low(end) == "of" and line.low(end + 1) != "the":
        of_measure = _money_name_at(line, end + 1) or _measure_at(line, end + 1, first)
        end = end + 1 if of_measure else end  # «millions of dollars», «thousands of tonnes»
    money = _money_name_at(line, end)
    if money:
        return _with_scale_behind(line, Found(i, money[1], scaled(value, money[0].part), money[0].code))
    measured = _measure_at(line, end, first)
    if measured:
        name, stop = measured
        if is_age(line, stop, name) or is_time_expression(line, i, stop, name):
            return None
        if name == "barrel" and [line.low(stop), line.low(stop + 3)] == ["of", "day"]:
            name, stop = "barrel per day", stop + 4  # «900,000 barrels of oil a day»
        return Found(i, stop, scaled(value, 1.0), name)
    if first.kind == "fraction":
        return _read_fraction_of(line, first, end)
    if is_year(line, first, end):
        return None
    part = _part_of_group(line, first, end)
    if part:
        return part
    counted = _counted_at(line, first, last, end)
    if counted:
        noun, stop = counted
        return Found(i, stop, scaled(value, 1.0), noun)
    if _is_people(line, i, end):
        return Found(i, end, scaled(value, 1.0), "person")
    return None


def _read_fraction_of(line: Line, first: Numeral, end: int) -> Found | None:
    """«two-thirds of its oil» -> 66.7 percent -> 25 percent; «a quarter» of nothing is none."""
    shares = line.low(end) in ("of", "the") or line.low(end - 2) in ("in", "out", "of")
    if (
        not shares
        or line.low(end + 1) in ("century", "hour")
        or line.low(end + 2) in ("century", "hour", "year")
    ):
        return None
    return Found(first.start, end, exact(100 * first.value), "percent")


def _part_of_group(line: Line, first: Numeral, end: int) -> Found | None:
    """«19 of the 43 people» counts 19 people, and the 43 is no figure of its own."""
    if line.low(end) != "of" or line.low(end + 1) not in ("the", "its", "their", "some", "about"):
        return None
    j = end + 2
    whole = read_numeral(line.pieces, j) if j < len(line.pieces) and may_start(line.pieces[j]) else None
    if whole is None or whole.kind != "cardinal" or whole.value < first.value or first.kind != "cardinal":
        return None
    counted = _counted_at(line, whole, whole, whole.end)
    return Found(first.start, counted[1], first.value, counted[0]) if counted else None


def _with_scale_behind(line: Line, q: Found) -> Found:
    """«75 USD million», «3 dollars 50 cents»."""
    word = line.low(q.end)
    scale = {"million": 1e6, "billion": 1e9, "trillion": 1e12}.get(word)
    if scale:
        return replace(q, end=q.end + 1, value=scaled(q.value, scale))
    j = q.end + 1 if word == "and" else q.end
    small = read_numeral(line.pieces, j) if j < len(line.pieces) and may_start(line.pieces[j]) else None
    if small and small.kind == "cardinal" and small.value < 100 and not isinstance(q.value, tuple):
        name = _money_name_at(line, small.end)
        is_last = line.low(small.end) in ("", ".", "more") and small.value >= 10
        is_listed = word == "and" and line.low(small.end) == "and" and not small.in_digits
        if name is None and (is_last or is_listed) and q.value >= 1 and not _opens_between(line, q.start):
            return replace(q, end=small.end, value=exact(q.value + small.value / 100))  # «15 dollars 50»
        if name and name[0].part == 0.01 and line.low(small.end):
            return replace(q, end=name[1], value=exact(q.value + small.value / 100))
    return q


def _measure_at(line: Line, i: int, first: Numeral) -> tuple[str, int] | None:
    """Return the measured unit behind a number: «nautical miles», «-kilometer», «%», and the piece behind."""
    names = unit_names()
    start = i + 1 if line.low(i) in ("-", "‑") else i
    for length in (4, 3, 2, 1):
        words, end = words_from(line, start, length)
        unit = names.get(words) if words else None
        if unit is None:
            continue
        short = len(words[-1]) <= 2 and unit.name not in ("km", "percent")
        if short and (
            not first.in_digits or (line.pieces[start].text != line.pieces[start].low and len(words[0]) < 2)
        ):
            continue
        if words == ("m",) and counted_phrase(line, end):
            continue  # «3m people»
        if words == ("second",) and start == i:
            continue
        return unit.name, end
    return None


def _counted_at(line: Line, first: Numeral, last: Numeral, end: int) -> tuple[str, int] | None:
    """Return the noun a number counts, in the singular, and the piece behind it.

    The tree is asked first («12 intergovernmental agreements»: the governor of «12»); where it has
    no answer the first known noun or plural behind the number is taken.
    """
    if line.low(end) in ("-", "‑"):
        return None  # «six-party talks», «two-state solution» name a thing and count nothing
    counted = _counted_by_tree(line, last) or _counted_by_order(line, end)
    if counted is None or (first.value > 1 and _is_single(line, counted)):
        return None
    return counted


def _is_single(line: Line, counted: tuple[str, int]) -> bool:
    """Whether the noun stands in the singular, as no counted noun does: «a 2013 incident»."""
    last = line.low(counted[1] - 1)
    return last == counted[0] and last not in _SAME_IN_PLURAL


def _counted_by_tree(line: Line, last: Numeral) -> tuple[str, int] | None:
    sentence = line.sentence
    token = line.pieces[last.end - 1].token
    head = sentence.tokens[token].head
    if not sentence.tokens[token].deprel.startswith("nummod") or head <= token or head - token > 8:
        return None
    if sentence.tokens[head].upos not in ("NOUN", "PROPN"):
        return None
    near = range(last.end, min(len(line.pieces), last.end + 24))
    at = next((k for k in near if line.pieces[k].token == head), None)
    if at is None or at < last.end:
        return None
    between = range(last.end, at + 1)
    if any(line.low(k) in STOPS for k in between if k != at):
        return None
    for k in between:
        phrase = counted_phrase(line, k)
        if phrase and phrase[1] > at:
            return phrase
    return plain_noun(line, at)


def _counted_by_order(line: Line, end: int) -> tuple[str, int] | None:
    limit = min(len(line.pieces), end + 6)
    best: tuple[str, int] | None = None
    k = end
    while k < limit:
        piece = line.pieces[k]
        if piece.kind != "word" or piece.low in STOPS:
            break
        phrase = counted_phrase(line, k)
        if phrase:
            best, k = phrase, phrase[1]  # «refugee camps»: the last of nouns in a row
            continue
        if best:
            break
        if looks_plural(piece) and piece.low not in NUMBER_LINK:
            plain = plain_noun(line, k)
            if plain:
                return plain
        k += 1
    return best


def _is_people(line: Line, start: int, end: int) -> bool:
    """Whether a bare number counts people hurt or held: «killed five and wounded 110», «80 dead»."""
    if line.low(end) in _HURT_AFTER:
        return True
    if line.low(end) in ("more", "others") and line.low(end + 1) in ("were", "was", "are", "have"):
        return line.low(end + 2) in _HURT_AFTER
    j = start - 1
    while j >= max(0, start - 6) and (line.low(j) in _PADDING or _ends_operator(line, j + 1)):
        j -= 1
    return line.low(j) in _HURT and _ends_phrase(line, end)


def _ends_phrase(line: Line, i: int) -> bool:
    """Whether no noun follows that a number before `i` could count."""
    follows = line.low(i)
    if follows in ("", ".", ",", ";", ")", "others", "more", "worldwide") or follows in STOPS:
        return True
    if i >= len(line.pieces):
        return True
    return line.sentence.tokens[line.pieces[i].token].upos in _NOT_NOUNS


def _ends_operator(line: Line, end: int) -> bool:
    word = line.low(end - 1)
    return any(word in words for words, _ in operator_words("before"))


def _with_operator(line: Line, q: Found, floor: int) -> Found:
    """Return the quantity with the operator words beside it: «more than a dozen» -> > -> ~."""
    q = replace(q, bracketed=_is_bracketed(line, q.start))
    if q.unit == "rank":
        return q
    if q.start > floor and _is_minus(line, q.start - 1) and not isinstance(q.value, tuple):
        q = replace(q, start=q.start - 1, value=-q.value)
    vague = read_numeral(line.pieces, q.start)
    op: Op = ">=" if vague and vague.kind == "vague" else "="
    after = next(((words, o) for words, o in operator_words("after") if _matches(line, q.end, words)), None)
    if after is None and not isinstance(q.value, tuple):
        number = vague.end if vague else q.start
        inner = next(
            ((words, o) for words, o in operator_words("after") if _matches(line, number, words)), None
        )
        op = inner[1] if inner and number < q.end else op
    if after:
        q, op = replace(q, end=q.end + len(after[0]) if after[0] in (("+",),) else q.end), after[1]
    j = q.start
    while j > floor and line.low(j - 1) in _PADDING and j > q.start - 4:
        j -= 1
    for at in sorted({q.start, j}, reverse=True):
        for words, o in operator_words("before"):
            if at - len(words) >= floor and _matches(line, at - len(words), words):
                if words == ("some",) and vague and vague.kind == "vague":
                    continue
                return replace(q, start=at - len(words), op=o)
    return replace(q, op=op)


def _is_minus(line: Line, i: int) -> bool:
    """Whether a sign stands at `i`: «minus five percent», «-5 percent», never «China - 5 percent»."""
    if line.low(i) in ("minus", "negative"):
        return True
    stands_free = i == 0 or not line.pieces[i].glued
    return line.low(i) in ("-", "−") and stands_free and line.pieces[i + 1].glued


def _matches(line: Line, i: int, words: tuple[str, ...]) -> bool:
    return i >= 0 and all(line.low(i + k) == word for k, word in enumerate(words))


def _is_bracketed(line: Line, i: int) -> bool:
    return any(line.low(k) in ("(", "[") for k in range(max(0, i - 3), i)) and ")" not in {
        line.low(k) for k in range(max(0, i - 3), i)
    }


def _without_conversions(line: Line, found: list[Found]) -> list[Found]:
    """Return the quantities less those in brackets that say the one before again in another unit.

    «2,802 km (1,741 mi)» is one; «50 km (80 miles)» does not agree and stays two.
    """
    kept: list[Found] = []
    for q in found:
        if kept and q.bracketed and q.start - kept[-1].end <= 3 and _says_again(kept[-1], q):
            continue
        kept.append(q)
    return kept


def _says_again(first: Found, second: Found) -> bool:
    if first.unit.isupper() and second.unit.isupper() and len(first.unit) == len(second.unit) == 3:
        return first.unit != second.unit
    a, b = find_unit(first.unit), find_unit(second.unit)
    if a is None or b is None or a.base != b.base or a.name == b.name:
        return False
    return do_agree(first, second)


def do_agree(first: Found, second: Found) -> bool:
    """Whether two amounts of one kind are one: «2,802 km (1,741 mi)», «fourteen feet (four metres)».

    Each may have been rounded to its last written figure, or the two differ by six in a hundred.
    """
    a, b = find_unit(first.unit), find_unit(second.unit)
    if a is None or b is None or a.base != b.base:
        return False
    if isinstance(first.value, tuple) and isinstance(second.value, tuple):
        ends = zip(first.value, second.value, strict=True)
        return all(do_agree(replace(first, value=x), replace(second, value=y)) for x, y in ends)
    x, y = middle_of(first.value) * a.factor, middle_of(second.value) * b.factor
    slack = _rounding(middle_of(first.value)) * a.factor + _rounding(middle_of(second.value)) * b.factor
    return abs(x - y) <= max(CONVERSION_TOLERANCE * max(abs(x), abs(y)), slack)


def _rounding(value: float) -> float:
    """Return how far a number may lie from what it was rounded from: 4 half of one, 4.2 half of a tenth.

    The noughts of 30 or 1,000 may be rounded ones, too, but not by more than a twentieth.
    """
    written = f"{abs(value):.12g}"
    if "." in written:
        return 0.5 * 10.0 ** -len(written.partition(".")[2])
    noughts = len(written) - len(written.rstrip("0"))
    return min(0.5 * 10.0**noughts, max(0.5, 0.05 * abs(value)))


def middle_of(value: float | tuple[float, float]) -> float:
    """Return a number, or the middle of a range."""
    return sum(value) / 2 if isinstance(value, tuple) else value
