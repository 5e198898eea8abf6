"""Numbers that stand alone, with what they count: «one won 365 seats, the other lost 42» counts seats.

A tally gives two («the bill passed by 230-197»: votes), a toll people («the toll rose to 93»), a number of
something that thing («the number of cases reached 66»), and an ellipsis what was counted just before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from detente.coding.howmuch.amounts import Found, Line
from detente.coding.howmuch.case import HURT
from detente.coding.howmuch.labels import is_clock_or_date, is_label, is_month, is_year
from detente.coding.howmuch.numerals import Numeral, may_start, read_numeral
from detente.coding.reading import Quantity
from detente.knowledge.units import counted_nouns, find_unit, singular

_MONEY_REACH = 3  # sentences
_SCALE_OF_MONEY = 1e6  # «a target of 10 billion», after «5.8 billion euros»
_VOTING = frozenset("vote ballot pass defeat approve reject adopt acquit convict confirm division".split())
_TOLLS = frozenset("toll casualty death fatality injury".split())
_NUMBERS = frozenset("number total count tally figure".split())
_REACHING = frozenset(
    "rise climb reach exceed pass stand grow fall drop increase jump surpass hit total decline double".split()
)
_GAINING = frozenset(
    "win lose gain receive get take have record score secure collect report need hold garner poll".split()
)
_CLAUSAL = frozenset("nsubj obj obl nmod conj appos root ccomp parataxis dep iobj orphan".split())
_FOLLOWS = frozenset(
    "in at on from near across to and or but more others were was are is had have has for against who did "
    "while with after compared since".split()
)
_OF_THEM = frozenset("them whom these those which".split())
_NO_COUNT = frozenset(
    "at age aged page no number chapter article between phone phoned dial dialed dialled".split()
)
_BOUNDS = frozenset("above below over under between".split())  # «aged above 60»
_MARKS = ("", ",", ".", ";", ")", "”", '"', "(", "]", "—", "–")


@dataclass(frozen=True, slots=True)
class Before:
    """What was counted and what money was spoken of last: «365 seats», «5.8 billion euros»."""

    counted: str | None = None
    money: str | None = None
    counted_at: int = -1  # the sentences they stand in
    money_at: int = -1

    def at(self, index: int) -> Before:
        """Return what a sentence can go on from: the counts of the one before, money of three."""
        counted = self.counted if self.counted_at == index - 1 else None
        money = self.money if index - self.money_at <= _MONEY_REACH else None
        return replace(self, counted=counted, money=money)

    def then(self, index: int, quantities: Sequence[Quantity]) -> Before:
        """Return what was spoken of last once a sentence is read."""
        counted = next((q.unit for q in reversed(quantities) if _is_counted(q.unit)), None)
        money = next((q.unit for q in reversed(quantities) if _is_money(q.unit)), None)
        after = replace(self, counted=counted, counted_at=index) if counted else self
        return replace(after, money=money, money_at=index) if money else after


NOTHING = Before()


def find_bare(line: Line, held: list[Found], before: Before) -> Iterator[Found]:
    """Yield bare numbers of a line as quantities.

    `held` are its quantities with a unit of their own, `before` what was counted before.
    """
    taken = [(q.start, q.end) for q in held]
    unit, money, i = before.counted, before.money, 0
    while i < len(line.pieces):
        inside = next((k for k, (a, b) in enumerate(taken) if a <= i < b), None)
        if inside is not None:
            own = held[inside].unit
            unit, money = own if _is_counted(own) else unit, own if _is_money(own) else money
            i = held[inside].end
            continue
        tally = _read_tally(line, i)
        if tally:
            yield from tally
            i = tally[1].end
            continue
        number = _bare_number(line, i)
        if number is None:
            i += 1
            continue
        here = any(q.end <= i and _is_counted(q.unit) for q in held)
        counted = money if money and number.scale >= _SCALE_OF_MONEY else _told_of(line, number)
        if counted is None and not is_year(line, number, number.end):
            counted = _as_before(line, number, unit, here)
        if counted:
            yield Found(number.start, number.end, number.value, counted)
        i = number.end


def _is_counted(unit: str) -> bool:
    return unit != "rank" and not unit.isupper() and find_unit(unit) is None


def _is_money(unit: str) -> bool:
    return len(unit) == 3 and unit.isupper()


def _read_tally(line: Line, i: int) -> tuple[Found, Found] | None:
    """«230-to-197», «52–48», «by 230 to 197» in a sentence on a vote."""
    if not line.is_number(i) or line.low(i - 1) in ("/", ":", "-", "–", "$"):
        return None
    if not any(token.lemma.lower() in _VOTING for token in line.sentence.tokens):
        return None
    j = i + 1
    while line.low(j) in ("-", "–", "to") and j <= i + 3:
        j += 1
    joined = j - i > 1 and line.is_number(j) and (line.pieces[i + 1].glued or line.low(i - 1) == "by")
    if not joined or line.low(j + 1) in ("-", "–", "/", "percent", "%", "to"):
        return None
    first, second = line.pieces[i], line.pieces[j]
    whole = all("." not in p.text and p.number < 10_000 for p in (first, second))
    if not whole or is_month(line.low(i - 1)) or (line.low(i - 1) == "from" and not first.glued):
        return None
    return Found(i, i + 1, first.number, "vote"), Found(j, j + 1, second.number, "vote")


def _bare_number(line: Line, i: int) -> Numeral | None:
    """Return a whole number that counts no noun of its own."""
    if not may_start(line.pieces[i]) or is_label(line, i) or line.low(i - 1) in _NO_COUNT:
        return None
    n = read_numeral(line.pieces, i)
    if n is None or n.kind != "cardinal" or n.value != int(n.value) or n.value < 2:
        return None
    if is_clock_or_date(line, n) or line.low(n.end) in ("%", "-", "/"):
        return None
    follows = line.low(n.end)
    them = follows == "of" and line.low(n.end + 1) in _OF_THEM
    if follows not in _MARKS and follows not in _FOLLOWS and not them:
        return None
    if follows == "," and line.is_number(n.end + 1):
        return None
    token = line.sentence.tokens[line.pieces[n.end - 1].token]
    behind = token.deprel.startswith("nummod") and token.head < line.pieces[n.end - 1].token
    return n if behind or token.deprel.split(":")[0] in _CLAUSAL else None


def _told_of(line: Line, n: Numeral) -> str | None:
    """Return what the clause says a bare number counts: «the toll rose to 93», «190 were dead»."""
    tokens = line.sentence.tokens
    at = line.pieces[n.end - 1].token
    head = tokens[at].head
    if head >= 0 and tokens[at].deprel.startswith("nsubj") and tokens[head].lemma.lower() in HURT:
        return "person"
    nouns = [k for k in (head,) if k >= 0 and tokens[k].upos == "NOUN"]
    for top in (at, head):
        if top >= 0 and (top == head or tokens[at].deprel == "root" or nouns == []):
            nouns += [k for k in line.sentence.children(top) if tokens[k].deprel.startswith("nsubj")]
    reached = head >= 0 and tokens[head].lemma.lower() in _REACHING
    for k in nouns:
        unit = _counting(line, k, reached)
        if unit:
            return unit
    return None


def _counting(line: Line, noun: int, reached: bool) -> str | None:
    """Return what a noun counts: «toll» people, «number of cases» cases, «cases (rose to)» cases."""
    token = line.sentence.tokens[noun]
    lemma = token.lemma.lower()
    if lemma in _TOLLS or "toll" in token.text.lower():
        return "person"
    if lemma in _NUMBERS:
        below = [k for k in line.sentence.children(noun) if k > noun]
        of = [k for k in below if line.sentence.tokens[k].deprel.startswith("nmod")]
        return _unit_of(line, of[0]) if of else None
    return _unit_of(line, noun) if reached and token.has("Number=Plur") else None


def _unit_of(line: Line, noun: int) -> str | None:
    token = line.sentence.tokens[noun]
    known = counted_nouns().get((token.text.lower(),))
    if known:
        return known.noun
    if token.upos in ("ADJ", "PRON", "DET", "VERB"):
        return "person"  # «the number of infected», «of those held»
    return singular(token.text.lower()) if token.has("Number=Plur") else None


def _as_before(line: Line, n: Numeral, unit: str | None, here: bool) -> str | None:
    """Return what was counted before, where a bare number goes on from it: «lost 42», «29 in Bergen»."""
    if unit is None or line.low(n.start - 1) in _BOUNDS:
        return None
    if here:
        return unit
    token = line.sentence.tokens[line.pieces[n.end - 1].token]
    verb = line.sentence.tokens[token.head].lemma.lower() if token.head >= 0 else ""
    gained = token.deprel in ("obj", "nsubj") and verb in _GAINING
    return unit if gained else None
