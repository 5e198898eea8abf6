"""Bodies, blocs, armed groups, parties and the press: a name in, what stands behind it out.

>>> organisation("the Arab League").code, organisation("the EU").code, outlet("TASS").state_owned
('IGO', 'EUR', True)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from detente.knowledge.layers import added, layered
from detente.knowledge.names import fold
from detente.knowledge.tables import Row, read_table, split_cell


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body that acts abroad: `code` by the codebook, `home` the state it belongs to where it has one.

    `nicknames` are what a report calls it after its name («the bloc»); they mean it only then.
    """

    code: str
    name: str
    aliases: tuple[str, ...]
    sector: str
    kind: str
    home: str | None
    members: str | None
    nicknames: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlet:
    """A newspaper, broadcaster or agency: the state it sits in, and whether that state owns or runs it."""

    name: str
    code: str
    kind: str
    state_owned: bool
    aliases: tuple[str, ...] = ()
    source: str = ""
    checked: str = ""


@layered
def organisations() -> tuple[Organisation, ...]:
    """Return every organisation, users' first; theirs replace ours of the same name."""
    yours = added_organisations()
    named = {_key(body.name) for body in yours}
    return (*yours, *(body for body in _our_organisations() if _key(body.name) not in named))


def added_organisations() -> tuple[Organisation, ...]:
    """Return the organisations users added."""
    return _as_organisations(added("organisations"))


@cache
def _our_organisations() -> tuple[Organisation, ...]:
    return _as_organisations(read_table("organisations.csv", delimiter=","))


def _as_organisations(rows: Iterable[Row]) -> tuple[Organisation, ...]:
    return tuple(
        Organisation(
            r["code"],
            r["name"],
            split_cell(r["aliases"]),
            r["sector"],
            r["kind"],
            r["home"] or None,
            r["members"] or None,
            split_cell(r["nicknames"]),
        )
        for r in rows
    )


@layered
def outlets() -> tuple[Outlet, ...]:
    """Return every outlet, users' first; titles that one row groups are one outlet each, by name."""
    yours = added_outlets()
    named = {_key(paper.name) for paper in yours}
    return (*yours, *(paper for paper in _our_outlets() if _key(paper.name) not in named))


def added_outlets() -> tuple[Outlet, ...]:
    """Return the outlets users added."""
    return _as_outlets(added("outlets"))


@cache
def _our_outlets() -> tuple[Outlet, ...]:
    return _as_outlets(read_table("outlets.csv", delimiter=","))


def _as_outlets(rows: Iterable[Row]) -> tuple[Outlet, ...]:
    found = []
    for r in rows:
        owned = r["state_owned"] == "yes"
        found.append(
            Outlet(
                r["name"], r["code"], r["kind"], owned, split_cell(r["aliases"]), r["source"], r["checked"]
            )
        )
    return tuple(found)


def organisation(words: str) -> Organisation | None:
    """Return the organisation words name, in any case, with or without «the»; else None."""
    return _organisations().get(_key(words))


def outlet(words: str) -> Outlet | None:
    """Return the outlet words name: «Xinhua news agency», «the BBC»; else None."""
    return _outlets().get(_key(words))


def _key(words: str) -> str:
    return fold(words.strip()).lower().removeprefix("the ")


@layered
def _organisations() -> dict[str, Organisation]:
    known: dict[str, Organisation] = {}
    for body in organisations():
        for name in (body.name, *body.aliases):
            known.setdefault(_key(name), body)
    return known


@layered
def _outlets() -> dict[str, Outlet]:
    known: dict[str, Outlet] = {}
    for paper in outlets():
        known.setdefault(_key(paper.name), paper)
        for alias in paper.aliases:
            known.setdefault(_key(alias), _named(paper, alias))
    return known


def _named(paper: Outlet, alias: str) -> Outlet:
    """Return the outlet under its own name where a row groups several: «CBS» is not called CNN."""
    bare = {_key(w) for w in paper.name.split()} - {"the"}
    same = bare & {_key(w) for w in alias.split()} or (
        alias.isupper() and len(alias) <= 4 and paper.kind == "agency"
    )
    name = paper.name if same else alias
    return Outlet(name, paper.code, paper.kind, paper.state_owned, (), paper.source, paper.checked)


@layered
def members() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Return by organisation its members as (code, first day, last day), "" where open.

    What users list of an organisation replaces our list of it.
    """
    yours = _listed(added("organisations_members"))
    return {**_our_members(), **yours} if yours else _our_members()


@cache
def _our_members() -> dict[str, tuple[tuple[str, str, str], ...]]:
    return _listed(read_table("organisations_members.csv", delimiter=","))


def _listed(rows: Iterable[Row]) -> dict[str, tuple[tuple[str, str, str], ...]]:
    listed: dict[str, list[tuple[str, str, str]]] = {}
    for r in rows:
        listed.setdefault(r["organisation"], []).append((r["code"], r["first"], r["last"]))
    return {name: tuple(rows) for name, rows in listed.items()}


def members_of(words: str, on: str = "") -> tuple[str, ...]:
    """Return the members of an organisation on an ISO day (now, by default) as codes; () where unknown.

    >>> "SWE" in members_of("NATO", "2023-01-01"), "SWE" in members_of("NATO")
    (False, True)
    """
    body = organisation(words)
    rows = members().get(body.members or "", ()) if body else ()
    return tuple(
        c for c, first, last in rows if (not on or first <= on) and (not last or (on and on <= last))
    )
