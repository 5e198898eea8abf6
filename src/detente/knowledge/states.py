"""States: codes, names, adjectives, capitals and seats of power, from `data/states*.csv`.

>>> code_of("the Kremlin"), code_of("Russian"), name_of("RUS"), cow_of("RUS")
('RUS', 'RUS', 'Russia', 365)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from detente.knowledge.layers import added, layered
from detente.knowledge.names import fold
from detente.knowledge.tables import Row, read_day, read_number, read_table, split_cell

# Codes of the codebook that are no states, and the name we print for them.
BODIES = {
    "UNO": "United Nations",
    "EUR": "European Union",
    "NATO": "NATO",
    "AFU": "African Union",
    "IGO": "international organisation",
    "NGO": "non-governmental organisation",
    "MNC": "multinational company",
}
# States whose name takes an article: «President of the United States».
_ARTICLE = frozenset(
    "USA GBR ARE NLD PHL BHS GMB CAF COD COG DOM CZE MDV COM SUN MHL SLB VAT FLK COK FRO".split()
)


@dataclass(frozen=True, slots=True)
class State:
    """One state or territory: `adjectives` («Russian») also name one of its people, `people` all of them.

    `cow` is the Correlates of War number and `cow_letters` its letters, `gw` the Gleditsch-Ward number,
    `fips` the code of GDELT's places, `cameo` of its actors; `lat` and `lon` are the capital's degrees,
    `first` and `last` the days it began and ended, where that was since 1945.
    """

    code: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    prefixes: tuple[str, ...]
    capital: str
    capitals: tuple[str, ...]
    lat: float | None
    lon: float | None
    cow: int | None
    iso2: str
    fips: str
    first: date | None
    last: date | None
    part_of: str | None = None
    cow_letters: str = ""
    gw: int | None = None
    cameo: str = ""

    @property
    def coded(self) -> str:
        """The code its acts get: a territory's is its state's («HKG» -> «CHN»)."""
        return self.part_of or self.code


@dataclass(frozen=True, slots=True)
class Seat:
    """Words that stand for a state or one of its organs: the Kremlin, the Pentagon, Downing Street."""

    code: str
    words: tuple[str, ...]
    kind: str
    sector: str
    name: str
    first: date | None
    last: date | None


@layered
def states() -> dict[str, State]:
    """Return every state by code, in the order of the table; names users add stand behind ours."""
    more = added("states_names")
    if not more:
        return _our_states()
    known = dict(_our_states())
    for row in more:
        known[row["code"]] = _with_names(known[row["code"]], row)
    return known


def _with_names(state: State, row: Row) -> State:
    return replace(
        state,
        names=(*state.names, *split_cell(row["names"])),
        adjectives=(*state.adjectives, *split_cell(row["adjectives"])),
        people=(*state.people, *split_cell(row["people"])),
    )


@cache
def _our_states() -> dict[str, State]:
    built = {row["code"]: row for row in read_table("states.csv", delimiter=",")}
    return {
        row["code"]: _state(row, built[row["code"]]) for row in read_table("states_names.csv", delimiter=",")
    }


@layered
def seats() -> tuple[Seat, ...]:
    """Return every palace, ministry, parliament, party and service that stands for a state, users' first."""
    return (*added_seats(), *_our_seats())


def added_seats() -> tuple[Seat, ...]:
    """Return the seats users added."""
    return _as_seats(added("states_seats"))


@cache
def _our_seats() -> tuple[Seat, ...]:
    return _as_seats(read_table("states_seats.csv", delimiter=","))


def _as_seats(rows: Iterable[Row]) -> tuple[Seat, ...]:
    return tuple(
        Seat(
            r["code"],
            split_cell(r["words"]),
            r["kind"],
            r["sector"],
            r["name"],
            read_day(r["first"]),
            read_day(r["last"]),
        )
        for r in rows
    )


@dataclass(frozen=True, slots=True)
class FormerName:
    """What a state was called between two days: «Zaire», «Zairian», 1971-10-27 to 1997-05-17."""

    code: str
    name: str
    adjective: str
    first: date
    last: date


@cache
def former_names() -> tuple[FormerName, ...]:
    """Return what states were called before they took the names of today."""
    return tuple(
        FormerName(
            r["code"],
            r["name"],
            r["adjective"],
            date.fromisoformat(r["first"]),
            date.fromisoformat(r["last"]),
        )
        for r in read_table("states_former.csv", delimiter=",")
    )


def name_on(code: str, on: date | None) -> str:
    """Return what a state was called on a day: «COD» in 1985 is «Zaire»; today's name without a day.

    >>> name_on("COD", date(1985, 1, 1)), name_on("SWZ", date(2018, 4, 1)), name_on("COD", None)
    ('Zaire', 'Swaziland', 'Democratic Republic of the Congo')
    """
    held = [n for n in former_names() if on and n.code == code and n.first <= on < n.last]
    return max(held, key=lambda n: n.first).name if held else name_of(code)


# Whose capital a city was before the state of today began.
_BEFORE = {"RUS": "SUN", "CZE": "CSK", "SRB": "YUG"}


def at_the_time(code: str, on: date | None) -> str:
    """Return the state a capital stood for on a day: «RUS» (Moscow) in 1985 is «SUN»."""
    before = _BEFORE.get(code)
    first = states()[code].first if before else None
    return before if before and on and first and on < first else code


@cache
def shared_seats() -> dict[str, frozenset[str]]:
    """Return bodies of one name in several states, with those states: «Congress», «Labour Party»."""
    rows = read_table("states_shared.csv", delimiter=",")
    return {word: frozenset(split_cell(r["codes"])) for r in rows for word in split_cell(r["words"])}


@cache
def _ships() -> dict[str, str]:
    return {row["prefix"]: row["code"] for row in read_table("states_ships.csv", delimiter=",")}


def ship_code(prefix: str) -> str | None:
    """Return whose warships bear a prefix: «USS» -> «USA»."""
    return _ships().get(prefix)


def name_of(code: str) -> str:
    """Return the name of a state or body: «RUS» -> «Russia», «EUR» -> «European Union»; else the code."""
    state = states().get(code)
    return state.name if state else BODIES.get(code, code)


def full_name(code: str) -> str:
    """Return the name with its article where it takes one: «the United States»."""
    return f"the {name_of(code)}" if code in _ARTICLE or code in ("UNO", "EUR", "AFU") else name_of(code)


def adjective_of(code: str) -> str | None:
    """Return the first adjective of a state: «RUS» -> «Russian»."""
    state = states().get(code)
    return state.adjectives[0] if state and state.adjectives else None


def code_of(words: str) -> str | None:
    """Return the code that words mean: a code, name, adjective, capital or seat, in any case; else None."""
    clean = words.strip().strip(".,;:'\"«»“”").strip()
    if not clean:
        return None
    exact = clean.upper()
    if exact in states() or exact in BODIES:
        return states()[exact].coded if exact in states() else exact
    for form in (words.strip(), clean):
        code = _codes().get(fold(form).lower().removeprefix("the "))
        if code:
            return code
    return None


def cow_of(code: str | None) -> int | None:
    """Return the Correlates of War number of a state, None for bodies and states without one."""
    state = states().get(code or "")
    return state.cow if state else None


def capital_of(code: str) -> str | None:
    """Return the capital of a state: «KAZ» -> «Astana»."""
    state = states().get(code)
    return state.capital or None if state else None


@layered
def _codes() -> dict[str, str]:
    """Return every word for a state in lower case; earlier kinds of words win over later ones."""
    known: dict[str, str] = {}
    for words in (_added_words, _name_words, _adjective_words, _capital_words, _seat_words, _body_words):
        for word, code in words():
            known.setdefault(fold(word).lower().removeprefix("the "), code)
    return known


def _added_words() -> list[tuple[str, str]]:
    named = [(w, r["code"]) for r in added("states_names") for w in _all_words(r)]
    return [(w, states()[c].coded) for w, c in named] + [(w, s.code) for s in added_seats() for w in s.words]


def _all_words(row: Row) -> tuple[str, ...]:
    return tuple(word for column in ("names", "adjectives", "people") for word in split_cell(row[column]))


def _name_words() -> list[tuple[str, str]]:
    return [(n, s.coded) for s in states().values() for n in (s.name, *s.names, s.iso2) if n]


def _adjective_words() -> list[tuple[str, str]]:
    return [(a, s.coded) for s in states().values() for a in (*s.adjectives, *s.people)]


def _capital_words() -> list[tuple[str, str]]:
    return [(c, s.code) for s in states().values() for c in s.capitals]


def _seat_words() -> list[tuple[str, str]]:
    return [(w, seat.code) for seat in seats() for w in seat.words]


def _body_words() -> list[tuple[str, str]]:
    short = [("EU", "EUR"), ("UN", "UNO"), ("AU", "AFU"), ("Brussels", "EUR")]
    return short + [(name, code) for code, name in BODIES.items()]


@cache
def _more_capitals() -> dict[str, tuple[str, ...]]:
    """Return other spellings of capitals by state: «Kiev», «Nur-Sultan», and seats like «The Hague»."""
    return {r["code"]: split_cell(r["names"]) for r in read_table("states_capitals.csv", delimiter=",")}


@cache
def groups() -> dict[str, tuple[str, ...]]:
    """Return names that mean several states: «the permanent members», «the Baltic states»."""
    rows = read_table("states_groups.csv", delimiter=",")
    return {word: split_cell(r["codes"]) for r in rows for word in split_cell(r["words"])}


def _state(row: Row, built: Row) -> State:
    code = row["code"]
    capital = built["capital"]
    capitals = tuple(dict.fromkeys(c for c in (capital, *_more_capitals().get(code, ())) if c))
    return State(
        code,
        row["name"],
        split_cell(row["names"]),
        split_cell(row["adjectives"]),
        split_cell(row["people"]),
        split_cell(row["prefixes"]),
        capital,
        capitals,
        read_number(built["lat"]),
        read_number(built["lon"]),
        int(built["cow"]) if built["cow"] else None,
        built["iso2"],
        built["fips"],
        read_day(built["first"]),
        read_day(built["last"]),
        row["part_of"] or None,
        built["cow_letters"],
        int(built["gw"]) if built["gw"] else None,
        built["cameo"],
    )
