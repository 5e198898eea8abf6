"""One table of every name that may mean an actor or a place, or looks so and does not.

States, adjectives, capitals, palaces, bodies, outlets, people, places and traps meet here; what a name means
in a sentence is for `coding.who.naming` to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from detente.knowledge.layers import added, layered
from detente.knowledge.names import NameTable, Words, split_words
from detente.knowledge.organisations import (
    Organisation,
    Outlet,
    added_organisations,
    added_outlets,
    organisations,
    outlet,
    outlets,
)
from detente.knowledge.people import by_full_name, by_surname
from detente.knowledge.places import KnownPlace, added_places, added_traps, places, traps
from detente.knowledge.states import Seat, added_seats, groups, seats, states
from detente.knowledge.tables import read_table, split_cell

EntryKind = Literal[
    "state", "adjective", "people", "prefix", "several", "capital", "seat", "body", "nickname", "outlet",
    "person", "surname", "place", "regional", "trap",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing a name may stand for. `code` is the state's or body's, "" for people, places and traps."""

    kind: EntryKind
    code: str
    ref: Seat | Organisation | Outlet | KnownPlace | str | None = None


@layered
def gazetteer() -> NameTable[Entry]:
    """Return all names; under one name the likelier meaning stands first.

    A name users gave a meaning has that one, and people who bear it.
    """
    table = _added_names()
    table.closed = frozenset(table.entries)
    _add_traps(table, traps())
    _add_states(table)
    _add_bodies(table, seats(), organisations(), outlets())
    for state in states().values():
        if state.last is None:
            table.add_all(state.capitals, Entry("capital", state.code))
    table.add("European", Entry("regional", "EUR"))
    for key in by_full_name():
        _add_key(table, key, Entry("person", "", key))
    for key in by_surname():
        _add_key(table, key, Entry("surname", "", key))
    _add_places(table, places())
    return table


def _added_names() -> NameTable[Entry]:
    """Return the names users added, apart from people's."""
    table: NameTable[Entry] = NameTable()
    _add_traps(table, added_traps())
    for row in added("states_names"):
        state = states()[row["code"]]
        name = state.name if state.part_of else None
        table.add_all(map(_bare, split_cell(row["names"])), Entry("state", state.coded, name))
        table.add_all(split_cell(row["adjectives"]), Entry("adjective", state.coded))
        table.add_all(split_cell(row["people"]), Entry("people", state.coded))
    # Nicknames settle nothing: «the forum» is whichever forum was named last.
    bare = (replace(body, nicknames=()) for body in added_organisations())
    _add_bodies(table, added_seats(), bare, added_outlets())
    _add_places(table, added_places())
    return table


def _add_traps(table: NameTable[Entry], rows: Iterable[tuple[str, str]]) -> None:
    for words, why in rows:
        table.add(words, Entry("trap", "", why))


def _add_places(table: NameTable[Entry], rows: Iterable[KnownPlace]) -> None:
    for spot in rows:
        if spot.kind != "capital":
            table.add_all((_bare(n) for n in spot.names), Entry("place", _coded(spot.country), spot))


def _add_states(table: NameTable[Entry]) -> None:
    for state in states().values():
        name = state.name if state.part_of else None
        table.add_all((_bare(n) for n in (state.name, *state.names)), Entry("state", state.coded, name))
        table.add_all(state.adjectives, Entry("adjective", state.coded))
        table.add_all(state.people, Entry("people", state.coded))
        table.add_all(state.prefixes, Entry("prefix", state.coded))
    for words, codes in groups().items():
        table.add(words, Entry("several", "", "|".join(codes)))
    for row in read_table("states_loose.csv", delimiter=","):
        kind: EntryKind = row["kind"]  # type: ignore[assignment]
        table.add_all(split_cell(row["words"]), Entry(kind, row["code"]))


def _add_bodies(
    table: NameTable[Entry],
    powers: Iterable[Seat],
    bodies: Iterable[Organisation],
    press: Iterable[Outlet],
) -> None:
    for seat in powers:
        table.add_all((_bare(w) for w in seat.words), Entry("seat", seat.code, seat))
    for body in bodies:
        table.add_all((_bare(n) for n in (body.name, *body.aliases)), Entry("body", body.code, body))
        for nickname in body.nicknames:
            table.add_all((nickname, nickname[:1].upper() + nickname[1:]), Entry("nickname", body.code, body))
    for paper in press:
        for name in (paper.name, *paper.aliases):
            table.add(name, Entry("outlet", paper.code, outlet(name) or paper))


def _coded(country: str | None) -> str:
    return states()[country].coded if country else ""


def _bare(name: str) -> str:
    return name.removeprefix("the ")


def _add_key(table: NameTable[Entry], key: str, entry: Entry) -> None:
    """Put in a key that is folded already."""
    known = table.entries.get(key)
    if known is None:
        table.entries[key] = [entry]
        first, _, rest = key.partition(" ")
        table.lengths.setdefault(first, set()).add(rest.count(" ") + 2 if rest else 1)
    else:
        known.append(entry)


@cache
def common_surnames() -> dict[str, str]:
    """Return short names too common to mean a statesman by themselves, with why: «May», «Li»."""
    rows = read_table("people_common.csv", delimiter=",")
    return {w: row["why"] for row in rows for w in split_cell(row["words"])}


@layered
def _acronyms() -> frozenset[str]:
    words = {w for key in gazetteer().entries for w in key.split() if w.isupper() and len(w) > 1}
    return frozenset(words - {"IS", "AU", "WHO", "MAP", "ANI", "RAI", "TT", "PAP", "FACT"})


def cut(text: str, *, shouted: bool = False) -> Words:
    """Return the words of a text for look-up; words in capitals that are no acronym we know read as names."""
    words = split_words(text)
    least = 2 if shouted else 3
    if not any(k.isupper() and len(k) >= least for k in words.keys):
        return words
    known = _acronyms()
    keys = tuple(
        k.capitalize() if k.isupper() and len(k) >= least and (k not in known) and k.isalpha() else k
        for k in words.keys
    )
    return Words(keys, words.starts, words.ends, words.hyphened)
