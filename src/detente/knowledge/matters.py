"""A quote in, what it is about out: content words (those of one meaning as one), sums of money, towns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources

from detente.knowledge import states

STEM = 6  # letters: «detention» and «detained» part, «geologist» and «geologists» do not
_SCALES = {"thousand": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_MONEY = re.compile(
    r"(?:[$€£¥₹]|\b(?:USD|EUR|GBP|US)\s?\$?)\s?(\d[\d.,]*)\s?(thousand|million|mn|m|billion|bn|trillion)?\b"
    r"|(\d[\d.,]*)\s?(thousand|million|mn|billion|bn|trillion)?\s"
    r"(?:US )?(?:dollars|euros|pounds|yuan|yen|rubles|roubles|rupees|francs|crowns|kroner|pesos)\b",
    re.I,
)
_TOWN = re.compile(
    r"\b(?:in|to|at|near|from|outside|over|via|into|visit|visits|visited|visiting|reached)\s((?:[A-Z][\w'-]+)(?:\s[A-Z][\w'-]+){0,2})"
)
# Meanings (data/matters.tsv) that only say again what kind of act it is.
KIND_WORDS: Mapping[str, set[str]] = {
    "CONSULT": {"MEET", "VISIT", "PHONE", "summit"},
    "ACCUSE": {"CONDEMN", "ACCUSE", "OUTRAGE", "SUMMON", "ENVOY", "PROTEST"},
    "REQUEST": {"DEMAND"}, "REJECT": {"REFUSE", "MEET"}, "THREATEN": {"WARN"}, "AID": {"MONEY", "RELIEF"},
    "SANCTION": {"SANCTION", "RECALL", "ENVOY", "EXPEL"}, "SUPPORT": {"SIGN", "TREATY", "PRAISE", "THANK"},
    "AGREE": {"TREATY", "SIGN", "MEET", "VISIT", "PHONE"},
    "PROTEST": {"PROTEST"}, "COERCE": {"DETAIN", "SEIZE"}, "ASSAULT": {"KILL"},
    "RETREAT": {"RELEASE", "WITHDRAW", "CEASEFIRE"}, "MOBILIZE": {"DEPLOY"},
}  # fmt: skip
MATTER, ALONE = 0.3, 0.5  # of the shorter telling's matter: two words or more; one beside the same verb


@lru_cache(maxsize=20_000)
def content_words(quote: str) -> frozenset[str]:
    """Return what a quote is about: stems of its content words, words of one meaning as one.

    «a diplomat was sent home» -> {"ENVOY", "EXPEL"}; the meanings stand in `knowledge/data/matters.tsv`.
    """
    lowered = quote.casefold()
    found = set()
    for phrase, meaning in _phrases():
        if phrase in lowered:
            found.add(meaning)
            lowered = lowered.replace(phrase, " ")
    meanings, stems = _meanings()
    for word in re.findall(r"\w{3,}", lowered):
        meant = meanings.get(word) or stems.get(word[:STEM])
        if meant:
            found.add(meant)
        elif len(word) > 3 and word[:STEM] not in _EMPTY_WORDS and not word.isdigit():  # years tell a day
            found.add(word[:STEM])
    return frozenset(found)


def matter_words(quote: str, codes: Iterable[str]) -> frozenset[str]:
    """Return the content words of a quote without the names of its parties, which every quote has."""
    return content_words(quote) - frozenset().union(*map(state_words, codes))


def share_of(words: frozenset[str], others: frozenset[str], *, least: int) -> float:
    """Return the share of the fewer words that the others hold too, 0 to 1; 0 for fewer than `least`."""
    shared = len(words & others)
    return shared / min(len(words), len(others)) if shared >= least else 0.0


def is_one_matter(words: frozenset[str], others: frozenset[str], types: tuple[str, str]) -> bool:
    """Return True where both speak of the same thing: two content words, or one beside the same verb.

    What only names the kind of act («condemned», «talks») is no matter: «condemned the arrest of a geologist»
    and «denounced the geologist's arrest» share two words, «condemned the arrest» and «condemned the tariff»
    none. `types` are the PLOVER types of the two acts.
    """
    kind = KIND_WORDS.get(types[0], set()) | KIND_WORDS.get(types[1], set())
    matter, said = (words & others) - kind, (words & others) & kind
    least = min(len(words - kind), len(others - kind))
    if len(matter) >= 2:
        return len(matter) / least >= MATTER
    return bool(matter and said) and len(matter) / least >= ALONE


@lru_cache(maxsize=1_000)
def state_words(code: str) -> frozenset[str]:
    """Return stems of a state's name, adjective and capital."""
    names = (states.name_of(code), states.adjective_of(code), states.capital_of(code))
    return content_words(" ".join(name for name in names if name))


@lru_cache(maxsize=20_000)
def money_in(quote: str) -> frozenset[float]:
    """Return the sums of money a quote names, without their currency: «$12.5 million» -> {12500000.0}."""
    sums = set()
    for found in _MONEY.finditer(quote):
        scale: str = found[2] or found[4] or ""
        number = str(found[1] or found[3]).replace(",", "").rstrip(".")
        if number.count(".") < 2:
            sums.add(float(number) * _SCALES.get(scale.casefold(), 1.0))
    return frozenset(sums)


@lru_cache(maxsize=20_000)
def towns_in(quote: str) -> frozenset[str]:
    """Return names that stand after «in», «to», «near»: places, mostly, in lower case."""
    return frozenset(name.casefold() for name in _TOWN.findall(quote))


@cache
def _table() -> tuple[tuple[str, str], ...]:
    """Return (word or phrase, meaning) as the data file has them."""
    text = resources.files("detente.knowledge").joinpath("data/matters.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((word.strip(), meaning) for meaning, words in rows for word in words.split(","))


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    return tuple((word, meaning) for word, meaning in _table() if " " in word)


@cache
def _meanings() -> tuple[dict[str, str], dict[str, str]]:
    """Return the meaning of each word, and of each stem of six letters; the first in the table has a stem."""
    words = [(word, meaning) for word, meaning in _table() if " " not in word]
    stems: dict[str, str] = {}
    for word, meaning in words:
        if len(word) >= STEM:
            stems.setdefault(word[:STEM], meaning)
    return dict(words), stems


# Words any two reports of one pair share; cut as `content_words` cuts.
_EMPTY_WORDS = frozenset(
    w[:STEM]
    for w in "that this with from have been will their they said says also which would there were more than "
    "over after before about into other some such when while where president minister foreign government "
    "officials official country countries ministry state states united spokesman spokesperson told between "
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september october november december yesterday today again both during earlier later week weeks month "
    "year years days first second prime leader leaders capital "
    "thousand million billion trillion dollars euros pounds".split()
)
