"""Units, currencies, counted nouns and calendar words, as tables: a word in, what it means out.

Tables: data/units.csv, data/currencies.csv, data/units_counted.csv, data/calendar.csv, each with its
source and date on top. They are read once, at first use.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, cast

from detente.knowledge.tables import read_table

Op = Literal["=", ">", "<", "~", ">=", "<="]
CountedClass = Literal["person", "force", "weapon", "act", "text", "group", "thing"]

# ISO codes that stand before numbers and mean something else: «ALL 5», «TOP 10», «SDG 14», «COP 27».
_CODES_NOT_READ = frozenset(
    {"ALL", "TOP", "PEN", "CUP", "SOS", "MOP", "GEL", "BAM", "SLE", "MAD", "ANG", "SDG", "COP", "STN"}
)

# Nouns that end in s and are singular all the same.
_SINGULAR_IN_S = ("ss", "us", "is", "ics", "series", "species", "news", "corps", "headquarters", "barracks")


@dataclass(frozen=True, slots=True)
class Unit:
    """A measured unit: `factor` is what one of it is in `base` (1 mile: 1609.344 m)."""

    name: str
    kind: str
    base: str
    factor: float


@dataclass(frozen=True, slots=True)
class Money:
    """A currency by ISO 4217 code; `part` is 0.01 for its hundredths («50 cents»), else 1."""

    code: str
    part: float = 1.0


@dataclass(frozen=True, slots=True)
class Counted:
    """A noun that news counts, in the singular, with its class."""

    noun: str
    group: CountedClass


@dataclass(frozen=True, slots=True)
class CalendarWord:
    """A word of the calendar: «february» is (month, «2»)."""

    word: str
    kind: str
    value: str


@cache
def unit_names() -> MappingProxyType[tuple[str, ...], Unit]:
    """Return every way to write a measured unit, as lower-case words: («nautical», «miles») -> nautical mile.

    Raises KnowledgeError where units.csv is malformed.
    """
    names: dict[tuple[str, ...], Unit] = {}
    for row in read_table("units.csv", delimiter=","):
        try:
            unit = Unit(row["unit"], row["kind"], row["base"], float(row["factor"]))
        except ValueError as error:
            raise row.fail(f"factor «{row['factor']}» is no number: write one like 0.3048") from error
        for name in (row["unit"], *_listed(row["names"])):
            names.setdefault(_words(name), unit)
    return MappingProxyType(names)


@cache
def find_unit(name: str) -> Unit | None:
    """Return the measured unit of this canonical name or spelling, None for counted nouns and money."""
    return unit_names().get(_words(name))


@cache
def currency_signs() -> MappingProxyType[str, Money]:
    """Return signs and ISO codes that stand before or behind a number: «HK$» -> HKD, «EUR» -> EUR."""
    signs: dict[str, Money] = {}
    for row in read_table("currencies.csv", delimiter=","):
        for sign in _listed(row["signs"]):
            signs.setdefault(sign.replace(" ", ""), Money(row["code"]))
        if row["code"] not in _CODES_NOT_READ:
            signs.setdefault(row["code"], Money(row["code"]))
    return MappingProxyType(signs)


@cache
def currency_names() -> MappingProxyType[tuple[str, ...], Money]:
    """Return names of money as lower-case words, one and many: («swiss», «francs») -> CHF -> 0.01 USD."""
    names: dict[tuple[str, ...], Money] = {}
    for row in read_table("currencies.csv", delimiter=","):
        for name in _listed(row["names"]):
            for form in _forms(name):
                names.setdefault(_words(form), Money(row["code"]))
        for name in _listed(row["hundredths"]):
            for form in _forms(name):
                names.setdefault(_words(form), Money(row["code"], 0.01))
    return MappingProxyType(names)


@cache
def operator_words(side: Literal["before", "after"]) -> tuple[tuple[tuple[str, ...], Op], ...]:
    """Return the words that make «=» another operator, longest first: («more», «than») -> «>»."""
    rows = [row for row in read_table("units_operators.csv", delimiter=",") if row["side"] == side]
    words = [(tuple(row["words"].split()), cast(Op, row["op"])) for row in rows]
    return tuple(sorted(words, key=lambda pair: -len(pair[0])))


@cache
def counted_nouns() -> MappingProxyType[tuple[str, ...], Counted]:
    """Return the nouns news counts, one and many: («heads», «of», «state») -> «head of state», a group."""
    nouns: dict[tuple[str, ...], Counted] = {}
    for row in read_table("units_counted.csv", delimiter=","):
        counted = Counted(row["noun"], cast(CountedClass, row["class"]))
        forms = _listed(row["forms"])
        for form in (*_forms(row["noun"]), *forms):
            nouns.setdefault(_words(form), counted)
    return MappingProxyType(nouns)


@cache
def calendar_words() -> MappingProxyType[tuple[str, ...], tuple[CalendarWord, ...]]:
    """Return the words of the calendar; one word may be several things («second», «fall», «night»)."""
    words: dict[tuple[str, ...], tuple[CalendarWord, ...]] = {}
    for row in read_table("calendar.csv", delimiter=","):
        word = CalendarWord(row["word"], row["kind"], row["value"])
        key = _words(row["word"])
        words[key] = (*words.get(key, ()), word)
    return MappingProxyType(words)


def singular(noun: str) -> str:
    """Return a counted noun in the singular: «agreements» -> «agreement», «countries» -> «country»."""
    word = noun.lower()
    known = counted_nouns().get(_words(word))
    if known:
        return known.noun
    if word.endswith(_SINGULAR_IN_S) or not word.endswith("s") or len(word) < 4:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word[:-1]


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _words(name: str) -> tuple[str, ...]:
    return tuple(name.lower().replace("-", " ").replace("/", " / ").split())


def _forms(name: str) -> tuple[str, ...]:
    """Return a noun in the singular and the regular plural."""
    if name.endswith("y") and name[-2:-1] not in "aeiou":
        return name, name[:-1] + "ies"
    if name.endswith(("ch", "sh", "x", "ss")):
        return name, name + "es"
    if name.endswith("s"):
        return (name,)
    return name, name + "s"
